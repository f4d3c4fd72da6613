"""Small organizations that run on processes, and what is wrong with each."""

from datetime import date

from missionkit.domain.draft import Draft
from missionkit.domain.intent import Limit
from missionkit.domain.process import (
    DesignBrief,
    ReleaseLadder,
    ReleaseState,
    ReleaseStep,
)
from missionkit.domain.values import Cadence, Period, Unit
from tests.rules.cases import DAY, Story, Twin, case

LONG_AGO = date(2024, 3, 1)
LATELY = date(2026, 6, 1)
ANSWERS = {
    "provides": "Warm homes, to tenants",
    "timing": "In twenty days",
    "profitability": "It pays for itself",
    "fit": "It suits all of us",
    "price": "Ten pounds a week",
}


def climbed(count: int, year: int = 2026) -> ReleaseLadder:
    """Return a ladder of which so many rungs were reached, one a month."""
    states = tuple(ReleaseState)[:count]
    return ReleaseLadder(
        steps=tuple(
            ReleaseStep(state=state, on=date(year, month, 1))
            for month, state in enumerate(states, 1)
        )
    )


def staffed(d: Draft, **played: str) -> None:
    """Tell of a process, and by whom which role is played for it."""
    for name in ("Ana", "Ben"):
        d.party(name, id=name.lower())
    d.process("Build", id="build")
    for kind, party in played.items():
        d.role(kind.title(), id=kind, kind=kind)
        d.role_assignment(role=kind, party=party, on="build", id=f"{kind}-of-build")


@case("MK-PRC-001", "build", on=DAY)
def _owner_alone(d: Draft, twin: Twin) -> None:
    staffed(d, owner="ana", performer=twin("ana", "ben"))


@case("MK-PRC-002", "build", on=DAY)
def _never_handed_over(d: Draft, twin: Twin) -> None:
    staffed(d, owner="ana", engineer="ben")
    d.set("build", release=climbed(2))
    d.handover(process="build", to_party="ana", accepted=twin(None, LATELY))


@case("MK-PRC-003", "given", "delivered", on=DAY)
def _half_a_handover(d: Draft, twin: Twin) -> None:
    staffed(d, owner="ana", engineer="ben")
    kept = {"knowledge", "documents", "measures"}
    d.handover(
        process="build",
        id="given",
        accepted=LATELY,
        delivered=twin(kept, kept | {"training"}),
    )


@case("MK-PRC-004", "given", "to_party", on=DAY)
def _handed_to_another(d: Draft, twin: Twin) -> None:
    staffed(d, owner="ana")
    d.handover(
        process="build", id="given", accepted=LATELY, to_party=twin("ben", "ana")
    )


@case("MK-PRC-005", "build", on=DAY)
def _nobody_performs(d: Draft, twin: Twin) -> None:
    staffed(d, coach="ana", performer="ben")
    d.set("ben", active=twin(broken=False, mended=True))


@case("MK-PRC-006", "build", on=DAY)
def _coach_left(d: Draft, twin: Twin) -> None:
    staffed(d, coach="ana", performer="ben")
    d.set("coach-of-build", period=Period(end=twin(LATELY, DAY)))


@case("MK-PRC-007", "performer-of-build", "party", on=DAY)
def _untrained(d: Draft, twin: Twin) -> None:
    staffed(d, performer="ben")
    d.training("Digging", process="build", parties=(twin("ana", "ben"),), on=LATELY)


@case("MK-PRC-008", "build", on=DAY)
def _nothing_to_steer_by(d: Draft, twin: Twin) -> None:
    staffed(d, performer="ben")
    unit = twin(Unit.YEAR, Unit.QUARTER)
    d.success_measure("Holes", of="build", frequency=Cadence(1, unit))


@case("MK-PRC-009", "care-for-ben", "on", on=DAY)
def _manager_of_people(d: Draft, twin: Twin) -> None:
    staffed(d)
    d.role("Manager", id="manager", kind="manager")
    on = twin("ben", "build")
    d.role_assignment(role="manager", party="ana", on=on, id="care-for-ben")


@case("MK-PRC-010", "build", "brief.fit", on=DAY)
def _left_open(d: Draft, twin: Twin) -> None:
    answers = ANSWERS | {"fit": twin(None, ANSWERS["fit"])}
    d.process("Build", id="build", brief=DesignBrief(**answers), release=climbed(2))


@case("MK-PRC-011", "build", "brief.fit")
def _in_a_word(d: Draft, twin: Twin) -> None:
    answers = ANSWERS | {"fit": twin("Yes", ANSWERS["fit"])}
    d.process("Build", id="build", brief=DesignBrief(**answers))


@case("MK-PRC-012", "build", "release.steps[0]", on=DAY)
def _designed_first(d: Draft, twin: Twin) -> None:
    d.objective("Warm homes", id="warm", period=Period(start=date(2026, 3, 1)))
    d.process(
        "Build", id="build", achieves=("warm",), release=climbed(2, twin(2025, 2026))
    )


@case("MK-PRC-013", "build", "release.steps[1]", on=DAY)
def _not_documented(d: Draft, twin: Twin) -> None:
    d.process("Build", id="build", release=climbed(3))
    day = twin(LATELY, date(2026, 3, 1))
    d.care_record("Wrote it", process="build", function="documentation", on=day)


@case("MK-PRC-014", "build", "release.steps[3]", on=DAY)
def _not_verified(d: Draft, twin: Twin) -> None:
    d.process("Build", id="build", release=climbed(4))
    d.success_measure("Holes", id="holes", of="build")
    day = twin(date(2026, 4, 2), date(2026, 4, 1))
    d.observation(measure="holes", value=3, at=day)


@case("MK-PRC-015", "build", "release.steps[3]", on=DAY)
def _trained_late(d: Draft, twin: Twin) -> None:
    d.process("Build", id="build", release=climbed(4))
    day = twin(date(2026, 4, 2), date(2026, 4, 1))
    d.training("Digging", process="build", on=day)


@case("MK-PRC-016", "build", "release.steps[3]", on=DAY)
def _measured_late(d: Draft, twin: Twin) -> None:
    d.process("Build", id="build", release=climbed(4))
    d.success_measure("Doors", id="holes", of="build", unit="doors")
    day = twin(date(2026, 4, 2), date(2026, 4, 1))
    d.observation(measure="holes", value=3, at=day)


def _lapsed(function: str) -> Story:
    def story(d: Draft, twin: Twin) -> None:
        d.process("Build", id="build")
        day = twin(LONG_AGO, LATELY)
        d.care_record("Did it", process="build", function=function, on=day)

    return story


for number, function in enumerate(
    (
        "documentation",
        "resources",
        "customer_feedback",
        "benchmarking",
        "best_practice",
        "training",
    ),
    17,
):
    case(f"MK-PRC-{number:03}", "build", on=DAY)(_lapsed(function))


@case("MK-PRC-023", "build", on=DAY)
def _left_out(d: Draft, twin: Twin) -> None:
    d.process("Build", id="build", release=climbed(4))
    for function in (
        "documentation",
        "resources",
        "customer_feedback",
        "benchmarking",
        "best_practice",
        twin("best_practice", "training"),
    ):
        d.care_record("Did it", process="build", function=function, on=LATELY)


@case("MK-PRC-024", "by-hand", "reviewed", on=DAY)
def _forgotten_practice(d: Draft, twin: Twin) -> None:
    d.process("Build", id="build")
    reviewed = twin(None, LATELY)
    d.practice(
        "By hand", id="by-hand", process="build", since=LONG_AGO, reviewed=reviewed
    )


@case("MK-PRC-025", "peer", "on", on=DAY)
def _old_benchmark(d: Draft, twin: Twin) -> None:
    d.process("Build", id="build")
    d.benchmark("Peer", id="peer", process="build", on=twin(LONG_AGO, LATELY))


@case("MK-PRC-026", "trust", on=DAY)
def _forgotten_chart(d: Draft, twin: Twin) -> None:
    d.organization("Trust", id="trust")
    d.process("Build", id="build")
    day = twin(date(2025, 12, 29), date(2025, 12, 30))
    d.care_record("Drew the chart", function="documentation", on=day)


@case("MK-PRC-027", "why", "cause", on=DAY)
def _unknown_cause(d: Draft, twin: Twin) -> None:
    d.investigation("It rains in", id="why", on=LONG_AGO, cause=twin(None, "The roof"))


@case("MK-PRC-028", "why", on=DAY)
def _nothing_follows(d: Draft, twin: Twin) -> None:
    d.investigation("It rains in", id="why", on=LONG_AGO, cause="The roof")
    d.improvement_action(
        "Mend it", addresses=("why",), status=twin("canceled", "in_progress")
    )


@case("MK-PRC-029", "wet", on=DAY)
def _unanswered(d: Draft, twin: Twin) -> None:
    d.process("Build", id="build")
    satisfaction = twin(-1, 0)
    d.feedback(
        "Wet again", id="wet", process="build", on=LONG_AGO, satisfaction=satisfaction
    )


def working(d: Draft, value_class: str, hours: float) -> None:
    d.process("Build", id="build")
    d.activity("Dig", process="build", value_class="value_added", effort_hours=10.0)
    d.activity("Talk", process="build", value_class=value_class, effort_hours=hours)


@case("MK-PRC-030", "trust", on=DAY)
def _much_management(d: Draft, twin: Twin) -> None:
    limit = Limit(name="management_share", value=0.2)
    d.organization("Trust", id="trust", limits=(limit,))
    working(d, "necessary", twin(3.0, 2.0))


@case("MK-PRC-031", "build", on=DAY)
def _much_waste(d: Draft, twin: Twin) -> None:
    working(d, "waste", twin(5.0, 4.0))


@case("MK-PRC-032", "spare")
def _idle_role(d: Draft, twin: Twin) -> None:
    d.process("Build", id="build")
    for name in ("Chair", "Spare"):
        d.role(name, id=name.lower())
    for letter in "AR":
        d.responsibility(on="build", role="chair", letter=letter)
    d.responsibility(on="build", role=twin("chair", "spare"), letter="I")
