from datetime import date, timedelta
from decimal import Decimal

from missionkit.domain.draft import Draft
from missionkit.domain.process import ReleaseLadder, ReleaseState, ReleaseStep
from missionkit.domain.values import Cadence, Period, Unit
from tests.rules.cases import DAY, Twin, case

YEAR = Period(date(2025, 1, 1), date(2025, 12, 31))
NEXT = Period(date(2026, 1, 1), date(2026, 12, 31))


@case("MK-REV-029", "risks", "disposition")
def _item_passed_over(d: Draft, twin: Twin) -> None:
    d.review_cycle("Review", id="review", status="closed")
    done = twin(None, "considered")
    d.agenda_item("Risks", id="risks", code="e", cycle="review", disposition=done)


@case("MK-REV-030", "dry")
def _red_and_undecided(d: Draft, twin: Twin) -> None:
    d.review_cycle("Review", id="review", status="closed", period=YEAR)
    d.objective("Dry homes", id="homes")
    d.success_measure(
        "Damp", id="dry", of="homes", direction="lower", threshold=Decimal(5)
    )
    d.observation(measure="dry", value=Decimal(9), at=date(2025, 6, 1))
    d.decision("Dry them", cycle="review", addresses=twin((), ("homes",)))


@case("MK-REV-031", "act", "due")
def _action_without_day(d: Draft, twin: Twin) -> None:
    d.role("Owner", id="owner", kind="owner")
    d.party("Ana", id="ana")
    d.improvement_action("Act", id="act", due=twin(None, DAY))
    d.role_assignment(role="owner", party="ana", on="act")


@case("MK-REV-032", "taken", "covers")
def _carry_over_lost(d: Draft, twin: Twin) -> None:
    d.review_cycle("Before", id="before", status="closed", period=YEAR)
    d.review_cycle("After", id="after", previous="before", status="active")
    d.decision("Do both", id="both", cycle="before")
    d.improvement_action("One", id="one", decision="both")
    d.improvement_action("Two", id="two", decision="both")
    covers = twin(("one",), ("one", "two"))
    d.artifact("Taken", id="taken", view="carry-over", cycle="after", covers=covers)


@case("MK-REV-033", "turn", "options")
def _no_options(d: Draft, twin: Twin) -> None:
    options = twin((), ("Stay", "Turn"))
    d.decision("Turn", id="turn", kind="course_correction", options=options)


@case("MK-REV-034", "waiver", "until", on=DAY)
def _waiver_expired(d: Draft, twin: Twin) -> None:
    d.party("Ana", id="ana")
    d.waiver(
        id="waiver",
        code="MK-TRC-001",
        on="ana",
        granted_by="ana",
        why="Wait",
        until=DAY - timedelta(days=twin(1, 0)),
    )


@case("MK-REV-035", "after")
def _review_late(d: Draft, twin: Twin) -> None:
    yearly = Cadence(1, Unit.YEAR)
    d.review_cycle("Before", id="before", status="closed", period=YEAR, cadence=yearly)
    d.review_cycle("After", id="after", previous="before", status="active")
    entered = date(2027, 2, twin(6, 5))
    d.stage_run(cycle="after", stage="understand", entered=entered)


@case("MK-REV-036", "rescue", "release")
def _critical_not_in_use(d: Draft, twin: Twin) -> None:
    d.review_cycle("Review", id="review", status="active", stage="review")
    steps = tuple(
        ReleaseStep(state=state, on=date(2026, month, 1))
        for month, state in enumerate(list(ReleaseState)[: twin(3, 4)], 1)
    )
    release = ReleaseLadder(steps=steps)
    d.process("Rescue", id="rescue", critical=True, release=release)
