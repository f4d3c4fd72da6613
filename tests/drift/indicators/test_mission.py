"""Which share of the effort serves the mission: by hand, and as laws."""

from datetime import date
from decimal import Decimal
from math import fsum, isclose
from random import Random
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import missionkit as mk
from missionkit.drift.indicator_catalog import INDICATORS
from missionkit.drift.sight import strengths
from tests.drift.conducted import figures, one, organization, said, titled, view, work

MODEL = organization()
ROWS = (
    (1, "repairs", 6, "builder", "homes"),
    (1, "damp", 2, "Builder", "Homes"),
    (1, "fabric", 1, "Architect", None),
    (1, "filing", 1, None, "attic"),
    (1, "festival", 2, "Architect", "attic"),
    (1, None, 2, None, None),
    (1, "nowhere", 1, None, None),
    (1, "selling", 1, None, None),
    (3, "festival", 3, "Architect", "attic"),
    (3, "returns", 1, "Architect", "attic"),
)
SEEN = view(MODEL, activities=work(*ROWS))
NONE = "no activity is recorded in it"
EFFORT = [
    name for name, indicator in INDICATORS.items() if "activities" in indicator.requires
]
TOLD_BY_LEDGERS = ("effort-on-mission-by-role", "effort-on-mission-by-sphere")


def test_effort_in_sight_of_the_intent_is_shared_by_all_effort() -> None:
    series = one("effort-on-mission", SEEN)

    assert said(series) == [9 / 16, NONE, 0.0]
    assert [point.of for point in series.points] == [16.0, None, 4.0]
    assert series.refs == ("intent",)
    assert series.season == 12


def test_each_hour_is_weighted_by_the_strongest_way_to_the_intent() -> None:
    assert said(one("effort-on-mission-weighted", SEEN)) == [8.6 / 16, NONE, 0.0]


def test_weights_that_nobody_states_give_no_second_figure() -> None:
    seen = view(MODEL, activities=work((1, "repairs", 3)))

    assert figures("effort-on-mission-weighted", seen) == []


def test_a_way_is_as_strong_as_what_it_passes() -> None:
    found = strengths(SEEN)

    wanted = {
        "intent": 1.0,
        "goal": 1.0,
        "warm": 1.0,
        "warmth": 0.5,
        "tenants": 0.5,
        "repairs": 1.0,
        "damp": 1.0,
        "fabric": 0.6,
        "homes": 0.5,
        "money": 0.5,
    }
    assert dict(found) == wanted


def test_the_strongest_of_several_ways_counts() -> None:
    strong = mk.Contribution(target=mk.GoalId("goal"), weight=90)
    harm = mk.Contribution(target=mk.ObjectiveId("warm"), weight=-50)
    fabric = MODEL.get(mk.CourseOfAction, "fabric")
    glass = evolve(
        fabric, id=mk.CourseOfActionId("glass"), contributions=(strong, harm)
    )
    both = evolve(fabric, contributions=(*fabric.contributions, strong))

    found = strengths(view(MODEL.with_(glass, both)))
    assert (found["glass"], found["fabric"]) == (0.9, 0.9)


def test_what_nobody_names_and_what_is_not_there_is_unknown() -> None:
    assert said(one("effort-unknown", SEEN)) == [3 / 16, NONE, 0.0]


def test_an_intent_that_does_not_hold_is_no_mission() -> None:
    ended = mk.Period(date(2020, 1, 1), date(2021, 1, 1))
    intent = MODEL.get(mk.CoreIntent, "intent")
    model = MODEL.with_(evolve(intent, effective=ended))
    rows = work((1, "repairs", 1))

    later = view(model, 1, activities=rows, on=date(2026, 12, 31))
    assert said(one("effort-on-mission", later)) == [0.0]
    assert said(one("effort-on-mission", view(model, 1, activities=rows))) == [1.0]


def test_a_period_that_is_not_over_has_no_figure() -> None:
    seen = view(MODEL, activities=work(*ROWS), on=date(2026, 3, 30))

    why = "it ends after 2026-03-30, the day that is asked about"
    assert said(one("effort-on-mission", seen)) == [9 / 16, NONE, why]


def test_hours_of_nothing_are_no_share() -> None:
    seen = view(MODEL, 1, activities=work((1, "repairs", 0)))

    assert said(one("effort-on-mission", seen)) == ["no effort is counted in it"]


def test_each_role_has_its_share_and_so_has_nobody() -> None:
    found = titled(figures("effort-on-mission-by-role", SEEN))

    head = "Effort on the mission: role"
    why = "no effort of this role is counted in it"
    assert {title: said(series) for title, series in found.items()} == {
        f"{head} Builder": [1.0, NONE, why],
        f"{head} Architect": [1 / 3, NONE, 0.0],
        f"{head} not stated": [0.0, NONE, why],
    }
    assert found[f"{head} Builder"].refs == ("builder",)
    assert found[f"{head} Architect"].refs == ()


def test_a_role_that_has_the_name_of_another_thing_is_still_a_role() -> None:
    seen = view(MODEL, 1, activities=work((1, "repairs", 1, "filing")))

    (series,) = figures("effort-on-mission-by-role", seen)
    assert (series.title, series.refs) == ("Effort on the mission: role filing", ())


def test_each_sphere_has_its_share() -> None:
    found = titled(figures("effort-on-mission-by-sphere", SEEN))

    shares = {t.rpartition(" ")[2]: s.points[0].value for t, s in found.items()}
    assert shares == {"Homes": 1.0, "Attic": 0.0, "stated": 1 / 5}


def test_effort_is_shared_by_process_and_stakeholder() -> None:
    process = titled(figures("effort-on-mission-by-process", SEEN))
    people = titled(figures("effort-on-mission-by-stakeholder", SEEN))

    head = "Effort on the mission"
    assert {title: said(series) for title, series in process.items()} == {
        f"{head} by way of Repairs": [8 / 16, NONE, 0.0]
    }
    assert {title: said(series) for title, series in people.items()} == {
        f"{head} for Tenants": [9 / 16, NONE, 0.0]
    }
    assert people[f"{head} for Tenants"].refs == ("tenants",)


def test_effort_off_mission_names_what_drives_it() -> None:
    (series,) = figures("effort-for-purpose", SEEN)

    assert said(series) == [2 / 16, NONE, 3 / 4]
    assert series.title == "Effort for The festival"
    assert series.refs == ("festival", "fashion")
    assert said(one("effort-off-mission", SEEN)) == [2 / 16, NONE, 3 / 4]
    assert one("effort-off-mission", SEEN).refs == ("festival",)


def snapshot(
    ref: str = "effort",
    **facts: Any,  # noqa: ANN401 - fields of the snapshot
) -> mk.AllocationSnapshot:
    given: dict[str, Any] = {"period": mk.month(date(2026, 1, 1)), **facts}
    return mk.AllocationSnapshot(id=mk.AllocationSnapshotId(ref), **given)


def bucket(on: str | None, actual: int) -> mk.AllocationBucket:
    ref = None if on is None else mk.AnyId(on)
    return mk.AllocationBucket(name=f"on {on}", on=ref, actual=Decimal(actual))


def test_effort_is_read_from_snapshots_of_hours() -> None:
    parts = (bucket("repairs", 5), bucket("filing", 2), bucket(None, 1))
    hours = snapshot(buckets=parts, off_mission=Decimal(1), unknown=Decimal(1))
    spend = snapshot("spend", basis=mk.Basis.SPEND, buckets=(bucket("filing", 9),))
    seen = view(MODEL.with_(hours, spend), 2)

    why = "no snapshot of it is there"
    assert said(one("effort-on-mission", seen)) == [0.5, why]
    assert said(one("effort-unknown", seen)) == [0.2, why]
    assert said(one("effort-off-mission", seen)) == [0.1, why]
    lumped = "a snapshot does not say for which purpose effort was off mission"
    assert said(one("effort-for-purpose", seen)) == [lumped, why]
    untold = "no ledger says by which role effort was spent"
    assert said(one("effort-on-mission-by-role", seen)) == [untold, why]
    assert one("effort-on-mission-by-role", seen).title.endswith("role by role")


def test_spheres_are_on_the_mission_by_their_relations() -> None:
    parts = (bucket("homes", 4), bucket("money", 4), bucket("attic", 2))
    seen = view(MODEL.with_(snapshot(buckets=parts)), 1)

    assert said(one("effort-on-mission", seen)) == [0.8]
    assert said(one("effort-on-mission-weighted", seen)) == [0.4]


def test_a_ledger_goes_before_snapshots() -> None:
    model = MODEL.with_(snapshot(buckets=(bucket("filing", 5),)))

    seen = view(model, 1, activities=work((1, "repairs", 1)))
    assert said(one("effort-on-mission", seen)) == [1.0]


records = st.lists(
    st.tuples(
        st.integers(1, 4),
        st.sampled_from([None, "repairs", "damp", "fabric", "festival", "filing"]),
        st.floats(0, 1e6) | st.sampled_from([0.1, 0.25, 7.5]),
        st.sampled_from([None, "builder", "Architect"]),
        st.sampled_from([None, "homes", "Cellar"]),
    ),
    max_size=12,
)


@given(records)
def test_shares_are_shares(rows: list[tuple[object, ...]]) -> None:
    seen = view(MODEL, activities=work(*rows))
    for name in EFFORT:
        for series in figures(name, seen):
            assert all(0 <= value <= 1 for value in series.values)


@given(records)
@pytest.mark.parametrize("name", TOLD_BY_LEDGERS)
def test_parts_weighted_by_their_effort_give_the_whole(
    name: str, rows: list[tuple[object, ...]]
) -> None:
    seen = view(MODEL, activities=work(*rows))
    whole, parts = one("effort-on-mission", seen), figures(name, seen)
    for at, point in enumerate(whole.points):
        if point.value is not None:
            held = [part.points[at] for part in parts]
            done = fsum((p.value or 0) * (p.of or 0) for p in held)
            every = point.of or 0
            assert isclose(done, point.value * every, rel_tol=1e-9, abs_tol=1e-9)
            assert isclose(fsum(p.of or 0 for p in held), every, rel_tol=1e-9)


@given(records, st.integers(0, 99))
def test_order_changes_nothing(rows: list[tuple[object, ...]], seed: int) -> None:
    mixed = Random(seed).sample(rows, len(rows))  # noqa: S311 - any order
    turned = mk.Model(reversed(tuple(MODEL)))
    for name in EFFORT:
        found = figures(name, view(MODEL, activities=work(*rows)))
        assert figures(name, view(turned, activities=work(*mixed[::-1]))) == found


@given(records)
def test_a_ledger_and_its_snapshots_give_the_same(
    rows: list[tuple[Any, ...]],
) -> None:
    # A snapshot keeps 40 digits of a sum.
    ledger = work(*((m, on, round(hours, 9), *by) for m, on, hours, *by in rows))
    kept = MODEL.with_(*mk.summarize(ledger, model=MODEL))
    for name in EFFORT:
        if name not in TOLD_BY_LEDGERS:
            of_ledger = figures(name, view(MODEL, activities=ledger))
            of_snapshots = figures(name, view(kept))
            assert [s.values for s in of_snapshots] == [s.values for s in of_ledger]
            assert [s.title for s in of_snapshots] == [s.title for s in of_ledger]
