from datetime import date
from decimal import Decimal

from missionkit.domain.draft import Draft
from missionkit.domain.measure import TargetSetting
from missionkit.domain.values import Period
from tests.rules.cases import DAY, Twin, case

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))


def target(number: int, since: date | None = None) -> TargetSetting:
    return TargetSetting(value=Decimal(number), since=since)


@case("MK-MSR-017", "done", "targets[1].value")
def _target_below_threshold(d: Draft, twin: Twin) -> None:
    d.success_measure(
        "Done",
        id="done",
        direction="higher",
        worst=0,
        threshold=5,
        targets=(target(8), target(twin(5, 6))),
    )


@case("MK-MSR-018", "reading", "unit")
def _reading_in_another_unit(d: Draft, twin: Twin) -> None:
    d.success_measure("Done", id="done", unit="homes")
    d.observation(id="reading", measure="done", value=1, unit=twin("streets", "homes"))


@case("MK-MSR-019", "reading", "at", on=DAY)
def _reading_from_tomorrow(d: Draft, twin: Twin) -> None:
    d.success_measure("Done", id="done")
    at = twin(date(2026, 7, 1), DAY)
    d.observation(id="reading", measure="done", value=1, at=at)


@case("MK-MSR-020", "done", "targets[1].value")
def _target_made_easier(d: Draft, twin: Twin) -> None:
    d.objective("Insulate", id="insulate", period=YEAR)
    d.success_measure(
        "Done",
        id="done",
        of="insulate",
        direction="higher",
        targets=(target(90, YEAR.start), target(twin(70, 90), date(2026, 6, 1))),
    )
    d.observation(measure="done", value=60, at=date(2026, 5, 31))


@case("MK-MSR-021", "trust")
def _nothing_warns(d: Draft, twin: Twin) -> None:
    d.organization("Trust", id="trust")
    for number in range(3):
        d.success_measure(f"Done {number}", id=f"done-{number}", stage="outcome")
    d.set("done-2", leading=twin(broken=False, mended=True))


@case("MK-MSR-022", "trust")
def _too_much_at_once(d: Draft, twin: Twin) -> None:
    d.organization("Trust", id="trust")
    for number in range(26):
        d.objective(f"Objective {number}", id=f"objective-{number}")
    d.set("objective-7", status=twin("active", "dropped"))
