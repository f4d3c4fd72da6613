from missionkit.domain.draft import Draft
from tests.rules.cases import Twin, case


@case("MK-RSP-011", "building")
def _not_one_accountable(d: Draft, twin: Twin) -> None:
    d.process("Building", id="building")
    for name in ("Chair", "Clerk"):
        d.role(name, id=name.lower())
    d.responsibility(on="building", role="chair", letter="A")
    d.responsibility(on="building", role="clerk", letter=twin("A", "C"))


@case("MK-RSP-012", "building")
def _nobody_responsible(d: Draft, twin: Twin) -> None:
    d.process("Building", id="building")
    d.role("Chair", id="chair")
    d.responsibility(on="building", role="chair", letter="A")
    d.responsibility(on="building", role="chair", letter=twin("V", "R"))


@case("MK-RSP-013", "building")
def _not_one_owner(d: Draft, twin: Twin) -> None:
    d.process("Building", id="building")
    d.role("Owner", id="owner", kind="owner")
    d.party("Ana", id="ana")
    d.party("Ben", id="ben", active=twin(broken=True, mended=False))
    d.role_assignment(role="owner", party="ana", on="building")
    d.role_assignment(role="owner", party="ben", on="building")


@case("MK-RSP-014", "ana")
def _accountable_for_too_much(d: Draft, twin: Twin) -> None:
    d.role("Chair", id="chair")
    d.party("Ana", id="ana")
    d.role_assignment(role="chair", party="ana")
    for number in range(twin(8, 7)):
        d.process("Work", id=f"work-{number}")
        d.responsibility(on=f"work-{number}", role="chair", letter="A")


@case("MK-RSP-015", "building")
def _too_many_consulted(d: Draft, twin: Twin) -> None:
    d.process("Building", id="building")
    for number in range(twin(4, 3)):
        d.role("Expert", id=f"expert-{number}")
        d.responsibility(on="building", role=f"expert-{number}", letter="C")


@case("MK-RSP-016", "act", "verified_by")
def _verifier_is_owner(d: Draft, twin: Twin) -> None:
    d.role("Owner", id="owner", kind="owner")
    d.party("Ana", id="ana")
    d.party("Ben", id="ben")
    d.improvement_action("Act", id="act", verified_by=twin("ana", "ben"))
    d.role_assignment(role="owner", party="ana", on="act")
