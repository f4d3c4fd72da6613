"""What moved a figure: its parts add up to the change, whatever the figure is."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from math import fsum

import pytest
from attrs import evolve

import missionkit as mk
from missionkit.drift.figure import Figure
from missionkit.drift.indicator_catalog import INDICATORS
from missionkit.drift.moved import effort as moved_effort
from missionkit.drift.moved import revenue as moved_revenue
from missionkit.drift.moved.by import KEPT, with_drivers, with_few_drivers
from missionkit.ports.finding import SLOPE
from tests.drift.conducted import organization, sales, view, work

MONTHS = mk.periods(date(2023, 11, 1), date(2026, 10, 31))
QUARTERS = mk.periods(date(2025, 10, 1), date(2026, 9, 30), by=mk.quarter)
# What they are is no share, no sum and no index, so that nothing adds up to them.
WITHOUT = {
    "easy-clients-fit-less",
    "plan-jensen-shannon-distance",
    "plan-jensen-shannon-divergence",
}
INDEX = {"client-concentration", "client-concentration-normalized", "effective-clients"}
MEANS = {
    "monthly-recurring-revenue",
    "plan-total-variation",
    "largest-client",
    "three-largest-clients",
}


def by_ledger() -> mk.IndicatorView:
    hours, receipts = mk.sample_ledgers()
    return mk.IndicatorView(
        model=known(mk.sample()), activities=hours, revenue=receipts, periods=MONTHS
    )


def known(model: mk.Model) -> mk.Model:
    """Let it be known of each client what it took to win it."""
    clients = model.of(mk.Client)
    return model.with_(
        *(evolve(each, effort_to_win=float(at)) for at, each in enumerate(clients))
    )


def by_snapshot() -> mk.IndicatorView:
    return mk.IndicatorView(model=mk.sample(), periods=QUARTERS, season=1)


def shifted(series: mk.Series) -> mk.Finding | None:
    """Say of a series that it shifted in the middle of what is known of it."""
    points = series.known
    if len(points) < 2:
        return None
    return mk.Finding(
        indicator=series.indicator,
        title=series.title,
        unit=series.unit,
        verdict=mk.DriftVerdict.DRIFT,
        effect=1.0,
        low=0.0,
        high=2.0,
        since=points[len(points) // 2].start,
        points=len(points),
        method="told",
        version="1",
        refs=series.refs,
        series=series,
    )


def level(points: Sequence[mk.SeriesPoint], *, pooled: bool) -> float:
    """Return the mean of values, each weighted by what it was made of, or alike."""
    weights = [(p.of or 0.0) if pooled else 1.0 for p in points]
    values = [p.value or 0.0 for p in points]
    return fsum(v * w for v, w in zip(values, weights, strict=True)) / fsum(weights)


def moved_in(
    seen: mk.IndicatorView, name: str
) -> Iterator[tuple[mk.Finding, str, list[mk.Driver]]]:
    for series in INDICATORS[name](seen):
        finding = shifted(series)
        if finding is None:
            continue
        found = with_drivers(finding, seen)
        for dimension in dict.fromkeys(d.dimension for d in found.drivers):
            held = [d for d in found.drivers if d.dimension == dimension]
            yield found, dimension, held


@pytest.fixture(scope="module", params=[by_ledger, by_snapshot])
def seen(request: pytest.FixtureRequest) -> mk.IndicatorView:
    made: mk.IndicatorView = request.param()
    return made


@pytest.mark.parametrize("name", sorted(set(INDICATORS) - WITHOUT))
def test_the_parts_of_each_dimension_add_up_to_the_change(
    name: str, seen: mk.IndicatorView
) -> None:
    for finding, dimension, held in moved_in(seen, name):
        assert finding.series is not None
        assert finding.since is not None
        known = finding.series.known
        sides = (
            [p for p in known if p.start < finding.since],
            [p for p in known if p.start >= finding.since],
        )
        pooled = name not in MEANS
        before, after = (level(side, pooled=pooled) for side in sides)
        moved = fsum(d.moved for d in held)
        if name not in INDEX:
            assert moved == pytest.approx(after - before, rel=1e-9, abs=1e-9), dimension
        if any(d.moved for d in held) and held[0].share is not None:
            assert fsum(d.share or 0 for d in held) == pytest.approx(1)


def test_every_figure_that_can_be_taken_apart_says_how() -> None:
    lacking = {
        name
        for name, each in INDICATORS.items()
        if isinstance(each, Figure) and each.moved is None
    }
    assert lacking == WITHOUT


def test_a_ledger_tells_more_than_snapshots_do() -> None:
    dims = [
        {d for _, d, _ in moved_in(made, name)}
        for name in ("effort-off-mission", "recurring-share")
        for made in (by_ledger(), by_snapshot())
    ]
    assert dims == [
        {"what is served", "activity", "role", "sphere"},
        {"what is served"},
        {"client", "segment", "offering"},
        {"client"},
    ]


def test_what_a_snapshot_calls_off_mission_is_told_as_such() -> None:
    ((_, _, held),) = moved_in(by_snapshot(), "effort-off-mission")
    assert held[0].name == "off mission, and nobody says for what"
    assert held[0].refs == ()
    assert held[0].share == pytest.approx(1, abs=0.05)


@pytest.mark.parametrize(
    "name",
    [
        "effort-off-mission",
        "recurring-share",
        "monthly-recurring-revenue",
        "effective-clients",
        "gross-revenue-retention",
    ],
)
def test_without_drift_or_a_day_there_are_no_drivers(name: str) -> None:
    seen = by_ledger()
    (series,) = INDICATORS[name](seen)
    finding = shifted(series)
    assert finding is not None
    for less in (
        evolve(finding, verdict=mk.DriftVerdict.NO_DRIFT),
        evolve(finding, since=None),
        evolve(finding, series=None),
        evolve(finding, points=0),
        evolve(finding, indicator="acme.own"),
        evolve(finding, indicator="easy-clients-fit-less"),
        evolve(finding, since=MONTHS[0].start),
    ):
        assert with_drivers(less, seen).drivers == ()


def test_a_shift_that_took_its_time_is_told_by_what_came_after_it() -> None:
    seen = by_ledger()
    series = next(iter(INDICATORS["effort-off-mission"](seen)))
    finding = shifted(series)
    assert finding is not None
    slope = mk.Limit(name=SLOPE, value=6.0)
    late = evolve(
        finding, since=date(2026, 2, 1), latest=date(2026, 8, 1), parameters=(slope,)
    )
    steep = with_drivers(late, seen).drivers[0]
    flat = with_drivers(evolve(late, parameters=()), seen).drivers[0]
    assert steep.moved > flat.moved > 0


def test_the_smallest_are_told_together() -> None:
    drivers = mk.share_drivers(
        "activity",
        {f"a{n}": (n, 2 * n) for n in range(1, 13)},
        {f"a{n}": (n, 3 * n) for n in range(1, 13)},
    )
    finding = shifted(next(iter(INDICATORS["recurring-share"](by_ledger()))))
    assert finding is not None
    few = with_few_drivers(evolve(finding, drivers=drivers)).drivers
    *largest, rest = few
    assert tuple(largest) == drivers[:KEPT]
    assert (rest.name, rest.things) == ("5 others", 5)
    assert fsum(d.share or 0 for d in few) == pytest.approx(1)
    assert rest.before == pytest.approx(1 / 2)
    assert rest.after == pytest.approx(1 / 3)
    eight = with_few_drivers(evolve(finding, drivers=drivers[: KEPT + 1])).drivers
    assert eight == drivers[: KEPT + 1]


def test_what_has_no_parts_is_added_up() -> None:
    drivers = mk.sum_drivers(
        "client", dict.fromkeys("abcdefghij", 1), dict.fromkeys("abcdefghij", 3)
    )
    finding = shifted(next(iter(INDICATORS["recurring-share"](by_ledger()))))
    assert finding is not None
    rest = with_few_drivers(evolve(finding, drivers=drivers)).drivers[-1]
    assert (rest.before, rest.after, rest.moved) == (3, 9, 6)
    assert (rest.part_before, rest.part_after) == (None, None)


def test_things_of_no_part_have_no_figure_together() -> None:
    gone = [
        mk.Driver(
            dimension="x",
            name=f"n{n}",
            before=1,
            after=1,
            moved=0,
            part_before=0,
            part_after=0,
        )
        for n in range(10)
    ]
    finding = shifted(next(iter(INDICATORS["recurring-share"](by_ledger()))))
    assert finding is not None
    rest = with_few_drivers(evolve(finding, drivers=tuple(gone))).drivers[-1]
    assert (rest.before, rest.after, rest.share) == (0, 0, None)


def paid(**given: object) -> mk.IndicatorView:
    """Give a view of four months of an organization with a wanted kind of client."""
    return view(organization(), 4, **given)


def test_refunds_leave_no_parts_of_a_share() -> None:
    rows = [(month, "ann", 10, True) for month in range(1, 5)]
    rows += [(month, "bob", 5, False) for month in range(1, 5)]
    rows += [(1, "eve", 20, False), (3, "eve", -4, False), (4, "eve", 2, False)]
    seen = paid(revenue=sales(*rows))
    assert not list(moved_in(seen, "recurring-share"))
    assert [d for _, d, _ in moved_in(seen, "monthly-recurring-revenue")] == ["client"]


def test_amounts_of_two_currencies_are_not_put_together() -> None:
    rows = [(m, "ann", 10, True, "EUR" if m < 3 else "GBP") for m in range(1, 5)]
    seen = paid(revenue=sales(*rows))
    for name in ("recurring-share", "client-concentration", "gross-revenue-retention"):
        assert not list(moved_in(seen, name))


@pytest.mark.parametrize(
    ("name", "left", "module"),
    [
        ("effort-off-mission", {"what is served", "role"}, moved_effort),
        ("recurring-share", {"client"}, moved_revenue),
    ],
)
def test_of_too_many_different_entries_nobody_is_told(
    name: str, left: set[str], module: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_CELLS", 3)
    hours = work(
        *((m, s, m, "Builder") for m in (1, 2, 3, 4) for s in ("damp", "festival"))
    )
    money = [
        mk.RevenueRecord(
            on=date(2026, m, 1),
            client=who,
            amount=mk.Money(Decimal(m), "EUR"),
            recurring=who == "ann",
            segment="all",
        )
        for m in (1, 2, 3, 4)
        for who in ("ann", "bob")
    ]
    seen = paid(activities=hours, revenue=mk.Ledger(money))
    assert {d for _, d, _ in moved_in(seen, name)} == left


def test_roles_of_one_name_within_another_are_told_apart() -> None:
    rows = [
        (m, s, h, role)
        for m in (1, 2, 3, 4)
        for s, h, role in (
            ("damp", m, "mason"),
            ("festival", 1, "mason"),
            ("damp", 1, "old mason"),
            ("festival", m * m, "old mason"),
            ("damp", 1, None),
        )
    ]
    seen = paid(activities=work(*rows))
    for finding, dimension, held in moved_in(seen, "effort-on-mission-by-role"):
        if dimension == "role":
            ((name),) = [d.name for d in held]
            assert finding.title == f"Effort on the mission: role {name}"


def test_the_report_keeps_covers_and_the_few_largest() -> None:
    hours, receipts = mk.sample_ledgers()
    report = mk.find_drift(
        mk.sample(), on=mk.SAMPLE_DAY, activities=hours, revenue=receipts
    )
    for finding in report.drift:
        for dimension in {d.dimension for d in finding.drivers}:
            held = [d for d in finding.drivers if d.dimension == dimension]
            assert len(held) <= KEPT + 1
