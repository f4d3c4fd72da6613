"""How far effort lies from its plan, against the published vectors."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

import missionkit as mk
from tests.drift.conducted import figures, one, organization, said, view

MODEL = organization()
MEASURES = (
    "plan-total-variation",
    "plan-jensen-shannon-distance",
    "plan-jensen-shannon-divergence",
)


def snapshot(
    *buckets: tuple[object, ...],
    **facts: Any,  # noqa: ANN401 - fields of the snapshot
) -> mk.AllocationSnapshot:
    held = tuple(
        mk.AllocationBucket(
            name=str(name),
            planned=None if planned is None else Decimal(str(planned)),
            actual=Decimal(str(actual)),
            on=mk.AnyId(str(on[0])) if on else None,
        )
        for name, planned, actual, *on in buckets
    )
    given = {"id": "effort", "period": mk.month(date(2026, 1, 1)), **facts}
    return mk.AllocationSnapshot(buckets=held, **given)


def values(*held: mk.AllocationSnapshot, name: str = MEASURES[0]) -> list[float | str]:
    return said(one(name, view(MODEL.with_(*held), 1)))


@pytest.mark.parametrize(
    ("actual", "off", "wanted"),
    [
        ((0.3, 0.3, 0.4), None, (0.2, 0.206731, 0.042738)),
        ((0.25, 0.2, 0.15), 0.4, (0.4, 0.490394, 0.240486)),
    ],
)
def test_published_distances_come_out(
    actual: tuple[float, ...], off: float | None, wanted: tuple[float, ...]
) -> None:
    buckets = zip("abc", (0.5, 0.3, 0.2), actual, strict=True)
    held = snapshot(*buckets, off_mission=None if off is None else Decimal(str(off)))

    found = [values(held, name=name) for name in MEASURES]
    assert found == [[pytest.approx(each, abs=5e-7)] for each in wanted]


def test_what_lies_apart_is_one_bit_apart() -> None:
    held = snapshot(("a", 1, 0), ("b", 0, 1))

    assert [values(held, name=name) for name in MEASURES] == [[1.0]] * 3


def test_the_base_is_named() -> None:
    titles = [one(n, view(MODEL.with_(snapshot(("a", 1, 1))), 1)) for n in MEASURES]

    assert [(series.title, series.unit) for series in titles] == [
        ("Effort against plan: total variation", "share that would have to move"),
        ("Effort against plan: Jensen-Shannon distance, base 2", "distance, base 2"),
        ("Effort against plan: Jensen-Shannon divergence, base 2", "bits, base 2"),
    ]


def test_each_basis_has_a_series() -> None:
    spend = snapshot(("a", 1, 1), id="spend", basis=mk.Basis.SPEND)
    heads = snapshot(("a", 1, 1), id="heads", basis=mk.Basis.HEADCOUNT)

    found = figures(MEASURES[0], view(MODEL.with_(spend, heads), 1))
    words = [series.title.partition(" ")[0] for series in found]
    assert words == ["Spend", "Headcount"]


def test_a_purpose_off_mission_needs_no_plan() -> None:
    held = snapshot(("a", 4, 3, "repairs"), ("f", None, 1, "festival"))

    assert values(held) == [0.25]
    (series,) = figures(MEASURES[0], view(MODEL.with_(held), 1))
    assert series.refs == ("repairs", "festival")


@pytest.mark.parametrize(
    ("held", "why"),
    [
        (snapshot(("a", 1, 1), ("b", None, 2)), "nobody says what was planned for b"),
        (snapshot(("a", 0, 1)), "nothing was planned for it"),
        (snapshot(("a", 1, 0)), "nothing was counted in it"),
        (snapshot(), "nothing was planned for it"),
        (snapshot(("a", 1, 1), period=None), "no snapshot of it is there"),
    ],
)
def test_what_does_not_compare_has_a_reason(
    held: mk.AllocationSnapshot, why: str
) -> None:
    assert values(held) == [why]


def test_parts_of_the_organization_are_added_up() -> None:
    north = snapshot(("a", 4, 4, "repairs"), ("b", 4, 0), id="north")
    south = snapshot(("other", 0, 4, "repairs"), id="south")

    assert values(north, south) == [0.5]


def test_a_model_without_snapshots_has_no_plan() -> None:
    assert figures(MEASURES[0], view()) == []


def test_a_period_that_is_not_over_is_not_compared() -> None:
    model = MODEL.with_(snapshot(("a", 1, 1)))
    seen = view(model, 1, on=date(2026, 1, 30))

    why = "it ends after 2026-01-30, the day that is asked about"
    assert said(one(MEASURES[0], seen)) == [why]
