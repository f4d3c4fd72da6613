from datetime import date
from decimal import Decimal

from missionkit.domain.draft import Draft, draft
from missionkit.domain.measure import Direction, TargetSetting
from missionkit.report.results import is_judged, reached, results_of

DAY = date(2026, 11, 21)


def measure(d: Draft, of: str, last: int | None, target: int | None = 80) -> None:
    targets = [TargetSetting(value=Decimal(target))] if target is not None else []
    made = d.success_measure("M", of=of, direction=Direction.HIGHER, targets=targets)
    if last is not None:
        d.observation(measure=made, value=last, at=DAY)


def test_an_objective_is_reached_where_every_measure_with_a_target_is_met() -> None:
    with draft("Trust") as d:
        for ref in ("both", "one", "half", "unread", "aimless"):
            d.objective(ref, id=ref)
        measure(d, "both", 80)
        measure(d, "both", 90)
        measure(d, "both", 1, None)
        measure(d, "half", 80)
        measure(d, "half", None)
        measure(d, "one", 80)
        measure(d, "one", 79)
        measure(d, "unread", None)
        measure(d, "aimless", 80, None)
    found = results_of(d.model, {}, DAY)

    assert {ref: reached(results) for ref, results in found.items()} == {
        "both": True,
        "one": False,
        "half": False,
        "unread": False,
        "aimless": False,
    }

    assert [ref for ref, results in found.items() if is_judged(results)] == [
        "both",
        "half",
        "one",
    ]


def test_nothing_measured_is_nothing_reached() -> None:
    assert not reached([])
