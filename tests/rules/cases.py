"""For every rule a small model that it finds wanting, and the mended twin of it."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeAlias, TypeVar

from attrs import frozen

from missionkit.domain.declaration import Element
from missionkit.domain.draft import Draft
from missionkit.domain.ids import AnyId, GoalId, ObjectiveId
from missionkit.domain.intent import Limit
from missionkit.domain.model import Model
from missionkit.domain.opaque import Opaque
from missionkit.domain.plan import Objective
from missionkit.domain.process import ReleaseLadder, ReleaseState, ReleaseStep
from missionkit.domain.stakeholder import STAKES
from missionkit.domain.values import Cadence, Contribution, Period, Unit

DAY = date(2026, 6, 30)
T = TypeVar("T")


@frozen
class Twin:
    """Which of two models is told: the one with the fault, or its mended twin."""

    mended: bool

    def __call__(self, broken: T, mended: T) -> T:
        return mended if self.mended else broken


Story: TypeAlias = Callable[[Draft, Twin], object]


@frozen(kw_only=True)
class Case:
    """What a story tells: a model with one fault, at an element and a path."""

    code: str
    ref: str
    path: str = ""
    on: date | None = None
    story: Story

    def model(self, *, mended: bool) -> Model:
        d = Draft()
        self.story(d, Twin(mended))
        return d.model


CASES: list[Case] = []


def case(
    code: str, ref: str, path: str = "", on: date | None = None
) -> Callable[[Story], Story]:
    def keep(story: Story) -> Story:
        CASES.append(Case(code=code, ref=ref, path=path, on=on, story=story))
        return story

    return keep


def told(story: Callable[[Draft], object]) -> Model:
    """Return the model that a story of one telling makes."""
    d = Draft()
    story(d)
    return d.model


def retired(on: date = date(2026, 1, 1)) -> ReleaseLadder:
    first = ReleaseStep(state=ReleaseState.DEVELOPED, on=date(2025, 1, 1))
    return ReleaseLadder(steps=(first, ReleaseStep(state=ReleaseState.RETIRED, on=on)))


@case("MK-CPL-001", "warm", "importance")
def _expected_field(d: Draft, twin: Twin) -> None:
    d.need("Warm", id="warm", stakeholder="them", importance=twin(None, 0.9))
    d.stakeholder("They", id="them", stakes={"customer"})


@case("MK-TRC-001", "warm")
def _need_without_objective(d: Draft, twin: Twin) -> None:
    d.need("Warm", id="warm", status="accepted")
    d.objective("Insulate", needs=twin((), ("warm",)))


@case("MK-TRC-002", "insulate", "goal")
def _objective_without_goal(d: Draft, twin: Twin) -> None:
    d.goal("Warm homes", id="homes")
    d.objective("Insulate", goal=twin(None, "homes"))


@case("MK-TRC-003", "homes", "intent")
def _goal_without_intent(d: Draft, twin: Twin) -> None:
    d.core_intent("House people", id="intent")
    d.goal("Warm homes", id="homes", intent=twin(None, "intent"))
    d.goal("Warm walls", id="walls", parent="homes")


@case("MK-TRC-004", "insulate")
def _objective_without_measure(d: Draft, twin: Twin) -> None:
    d.objective("Insulate", id="insulate")
    d.success_measure("Homes done", of=twin(None, "insulate"))


@case("MK-TRC-005", "insulate")
def _objective_without_process(d: Draft, twin: Twin) -> None:
    d.objective("Insulate", id="insulate")
    d.process("Building", achieves=("insulate",))
    d.set("building", release=twin(retired(), None))


@case("MK-TRC-006", "building", "achieves")
def _process_without_objective(d: Draft, twin: Twin) -> None:
    d.objective("Insulate", id="insulate")
    d.process("Building", achieves=twin((), ("insulate",)))


@case("MK-TRC-007", "done", on=DAY)
def _measure_not_observed(d: Draft, twin: Twin) -> None:
    d.success_measure("Done", id="done", frequency=Cadence(10, Unit.DAY))
    day = DAY - timedelta(days=twin(21, 20))
    d.observation(measure="done", value=Decimal(1), at=day)


@case("MK-TRC-008", "house", "produced_by")
def _output_without_process(d: Draft, twin: Twin) -> None:
    d.process("Building", id="building")
    d.business_output("House", produced_by=twin(None, "building"))


@case("MK-TRC-009", "warm", "status")
def _need_with_dropped_objectives(d: Draft, twin: Twin) -> None:
    d.need("Warm", id="warm", status="accepted")
    d.objective("Insulate", needs=("warm",), status="dropped")
    d.objective("Heat", needs=("warm",), status=twin("dropped", "active"))


@case("MK-TRC-010", "")
def _stake_without_holder(d: Draft, twin: Twin) -> None:
    d.stakeholder("Most", stakes=set(STAKES) - {"supplier"})
    d.stakeholder("One more", stakes={twin("supplyer", "Supplier")})


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


@case("MK-STR-006", "build-them", "achieves[0]")
def _unreadable_target(d: Draft, twin: Twin) -> None:
    erased: Element = Opaque(kind="objective", id=AnyId("bet"), erased=True)
    there: Element = Objective(id=ObjectiveId("bet"), statement="Bet")
    d.add(twin(erased, there))
    d.process("Build them", achieves=("bet",))


@case("MK-STR-023", "heat", "contributions[1].target")
def _circular_contribution(d: Draft, twin: Twin) -> None:
    d.goal("Homes", id="homes")
    d.goal("Walls", id="walls")
    d.objective("Insulate", id="insulate")
    on_walls = Contribution(target=GoalId("walls"), weight=5)
    on_insulate = Contribution(target=ObjectiveId("insulate"), weight=50)
    d.objective("Heat", id="heat", contributions=(on_walls, on_insulate))
    back = (Contribution(target=ObjectiveId("heat"), weight=-10),)
    d.set("insulate", contributions=twin(back, ()))


@case("MK-STR-024", "homes")
def _weights_not_one(d: Draft, twin: Twin) -> None:
    d.goal("Homes", id="homes")
    for number in range(10):
        weight = twin(0.101, 0.1) if number == 9 else 0.1
        d.objective("O", id=f"o-{number}", goal="homes", weight=weight)


@case("MK-STR-026", "new", "effective")
def _intents_overlap(d: Draft, twin: Twin) -> None:
    end = twin(DAY, date(2026, 6, 29))
    d.core_intent("Old", id="old", effective=Period(date(2020, 1, 1), end))
    d.core_intent("New", id="new", effective=Period(DAY))


@case("MK-STR-027", "second", "pass_number")
def _passes_miscounted(d: Draft, twin: Twin) -> None:
    d.review_cycle("Review", id="review")
    d.stage_run(id="first", cycle="review", stage="understand")
    number = twin(3, 2)
    d.stage_run(id="second", cycle="review", stage="understand", pass_number=number)


@case("MK-LIM-001", "trust", "limits[0].name")
def _unknown_limit(d: Draft, twin: Twin) -> None:
    name = twin("consulted_rolls", "consulted_roles")
    d.organization("Trust", id="trust", limits=(Limit(name=name, value=2),))
