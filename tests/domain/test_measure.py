from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from missionkit.domain.context import PotentialImpact
from missionkit.domain.ids import PotentialImpactId, SuccessMeasureId
from missionkit.domain.measure import SuccessMeasure, TargetSetting

DAYS = st.dates(date(2026, 1, 1), date(2026, 1, 6))


def target(since: date | None, until: date | None, number: int = 1) -> TargetSetting:
    return TargetSetting(value=Decimal(number), since=since, until=until)


def measure(*targets: TargetSetting) -> SuccessMeasure:
    return SuccessMeasure(id=SuccessMeasureId("m"), name="x", targets=targets)


def test_without_targets_none_holds() -> None:
    assert measure().target_on(date(2026, 1, 1)) is None


def test_the_newest_target_that_holds_is_the_one() -> None:
    always = target(None, None, 1)
    spring = target(date(2026, 3, 1), date(2026, 5, 31), 2)
    summer = target(date(2026, 6, 1), None, 3)
    both = measure(always, spring, summer)

    assert both.target_on(date(2026, 1, 1)) is always
    assert both.target_on(date(2026, 3, 1)) is spring
    assert both.target_on(date(2026, 5, 31)) is spring
    assert both.target_on(date(2026, 6, 1)) is summer
    assert measure(spring).target_on(date(2026, 6, 1)) is None


@given(st.lists(st.tuples(st.none() | DAYS, st.none() | DAYS), max_size=4), DAYS)
def test_a_target_that_is_found_holds_on_the_day(
    ends: list[tuple[date | None, date | None]], day: date
) -> None:
    targets = [target(a, b) for a, b in ends if not (a and b and a > b)]
    holding = [
        t
        for t in targets
        if (t.since is None or t.since <= day) and (t.until is None or day <= t.until)
    ]
    found = measure(*targets).target_on(day)

    assert (found is None) is (not holding)
    if found is not None:
        assert found in holding
        assert all((t.since or date.min) <= (found.since or date.min) for t in holding)


def test_exposure_is_likelihood_times_impact_where_both_are_known() -> None:
    def impact(likelihood: float | None, size: int | None) -> float | None:
        ref = PotentialImpactId("p")
        return PotentialImpact(
            id=ref, event="x", likelihood=likelihood, impact=size
        ).exposure

    assert impact(0.5, -80) == 40
    assert impact(0.5, 80) == 40
    assert impact(0, -80) == 0
    assert impact(None, 80) is None
    assert impact(0.5, None) is None
