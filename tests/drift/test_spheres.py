"""The alignment map: ratings as they were given, and which sphere pulls which."""

import json
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import missionkit as mk
from missionkit.errors import InvalidValueError, NotFoundError

MISSION, VISION, VALUES = mk.IntentPart
DAY = date(2026, 6, 30)


def sphere(ref: str, *relations: tuple[Any, ...]) -> mk.OperatingSphere:
    held = (
        mk.SphereRelation(
            to=mk.OperatingSphereId(to), kind=kind, strength=more[0] if more else None
        )
        for to, kind, *more in relations
    )
    return mk.OperatingSphere(
        id=mk.OperatingSphereId(ref), name=ref.title(), relations=tuple(held)
    )


def rating(
    ref: str,
    on: str,
    value: int,
    at: date | None,
    **given: Any,  # noqa: ANN401 - fields of the rating
) -> mk.IntentAlignment:
    facts: dict[str, Any] = {
        "intent": "intent",
        "part": MISSION,
        "opinion": True,
        **given,
    }
    return mk.IntentAlignment(
        id=mk.IntentAlignmentId(ref),
        on=mk.OperatingSphereId(on),
        rating=value,
        at=at,
        rater=mk.PartyId("somebody"),
        **facts,
    )


def model(*elements: mk.Element) -> mk.Model:
    return mk.Model(
        [
            mk.Party(id=mk.PartyId("somebody"), name="Ada Secret"),
            mk.Evidence(id=mk.EvidenceId("survey"), locator="survey.pdf"),
            mk.CoreIntent(
                id=mk.CoreIntentId("before"),
                mission="Grow",
                effective=mk.Period(end=date(2025, 12, 31)),
            ),
            mk.CoreIntent(
                id=mk.CoreIntentId("intent"),
                mission="Warm <homes>",
                effective=mk.Period(start=date(2026, 1, 1)),
            ),
            *elements,
        ]
    )


RATED = model(
    sphere("shop", ("intent", "carries out", 0.9), ("office", "feeds", 0.5)),
    sphere("office", ("shop", "pays", 0.8)),
    sphere("attic", ("shop", "weighs on")),
    rating("first", "shop", 10, date(2026, 1, 5)),
    rating("unsure", "shop", 20, None),
    rating("second", "shop", 70, date(2026, 5, 5), opinion=False, evidence=("survey",)),
    rating("later", "shop", 90, date(2026, 7, 1)),
    rating("former", "shop", 5, date(2026, 2, 1), intent="before"),
    rating("aim", "office", -30, date(2026, 2, 1), part=VISION),
)
FOUND = mk.sphere_map(RATED, on=DAY)


def test_ratings_are_shown_the_newest_first() -> None:
    found = FOUND.of("shop", MISSION)

    assert [each.id for each in found] == ["second", "first", "unsure"]
    assert [str(each) for each in found] == [
        "70 (survey, 2026-05-05)",
        "10 (opinion, 2026-01-05)",
        "20 (opinion, day not known)",
    ]


def test_what_nobody_rated_is_named() -> None:
    assert FOUND.unrated == (
        ("attic", MISSION),
        ("attic", VISION),
        ("attic", VALUES),
        ("office", MISSION),
        ("office", VALUES),
        ("shop", VISION),
        ("shop", VALUES),
    )
    assert "not rated" in str(FOUND)


def test_without_a_day_all_ratings_are_shown() -> None:
    every = [each.id for each in mk.sphere_map(RATED).ratings if each.sphere == "shop"]

    assert every == ["later", "second", "former", "first", "unsure"]


def test_who_rated_is_left_out() -> None:
    shown = f"{FOUND}{FOUND._repr_html_()}{FOUND.as_dict()}"

    assert "Ada" not in shown
    assert "somebody" not in shown


def test_pulls_go_from_the_strongest_to_what_is_not_known() -> None:
    assert [(p.sphere, p.to, p.strength) for p in FOUND.pulls] == [
        ("shop", "intent", 0.9),
        ("office", "shop", 0.8),
        ("shop", "office", 0.5),
        ("attic", "shop", None),
    ]
    assert all(pull.pull is None for pull in FOUND.pulls)


def test_pulls_follow_effort_where_it_is_given() -> None:
    found = mk.sphere_map(RATED, effort={"office": 30, "shop": 10})

    assert [(p.sphere, p.to, p.effort, p.pull) for p in found.pulls] == [
        ("office", "shop", 0.75, pytest.approx(0.6)),
        ("shop", "intent", 0.25, 0.225),
        ("shop", "office", 0.25, 0.125),
        ("attic", "shop", None, None),
    ]
    assert "75.0%" in str(found)


def test_effort_may_be_a_snapshot() -> None:
    bucket = mk.AllocationBucket(name="o", on=mk.AnyId("office"), actual=Decimal(3))
    other = mk.AllocationBucket(name="i", on=mk.AnyId("intent"), actual=Decimal(9))
    loose = mk.AllocationBucket(name="l", actual=Decimal(9))
    ref = mk.AllocationSnapshotId("hours")
    held = mk.AllocationSnapshot(id=ref, buckets=(bucket, other, loose))
    none = mk.AllocationSnapshot(id=ref, buckets=(other,))

    assert mk.sphere_map(RATED, effort=held).pulls[0].effort == 1.0
    assert mk.sphere_map(RATED, effort=none) == mk.sphere_map(RATED)


def test_circles_are_shown() -> None:
    assert FOUND.circles == (("office", "shop", "office"),)
    assert "In a circle: Office → Shop → Office" in str(FOUND)


def test_titles_are_escaped() -> None:
    html = FOUND._repr_html_()

    assert "Warm &lt;homes&gt;" in html
    assert "<homes>" not in html


def test_a_model_without_spheres_says_so() -> None:
    found = mk.sphere_map(mk.Model())

    assert str(found) == "There is no sphere."
    assert found._repr_html_() == "<p>There is no sphere.</p>"


def test_a_map_of_spheres_alone_has_one_table() -> None:
    found = mk.sphere_map(model(sphere("alone")))

    assert str(found).splitlines()[0].split() == ["sphere", *mk.IntentPart]
    assert found._repr_html_().count("<table") == 1


def test_it_is_written_as_json() -> None:
    found = json.loads(json.dumps(FOUND.as_dict()))

    assert found["on"] == "2026-06-30"
    assert found["ratings"][0]["at"] == "2026-02-01"
    assert found["circles"] == [["office", "shop", "office"]]


def test_bad_input_is_refused() -> None:
    with pytest.raises(NotFoundError) as error:
        mk.sphere_map(RATED, effort={"offise": 1})
    assert error.value.nearest == ("office",)
    with pytest.raises(InvalidValueError):
        mk.sphere_map(RATED, effort={"office": -1})
    with pytest.raises(InvalidValueError):
        mk.sphere_map(RATED, effort=[1, 2])  # type: ignore[arg-type]  # that is the point
    with pytest.raises(NotFoundError):
        mk.sphere_map(RATED, effort={7: 1})  # type: ignore[dict-item]  # that is the point
    with pytest.raises(InvalidValueError):
        mk.sphere_map(RATED, on="today")  # type: ignore[arg-type]  # that is the point
    with pytest.raises(InvalidValueError):
        mk.sphere_map("model")  # type: ignore[arg-type]  # that is the point


@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.integers(0, 5), st.floats(0, 1) | st.none()),
        max_size=12,
    )
)
def test_every_circle_comes_round_by_relations(rows: list[Any]) -> None:
    ties: dict[int, list[tuple[Any, ...]]] = {at: [] for at in range(6)}
    for source, to, strength in rows:
        ties[source].append((f"s{to}", "pulls", strength))
    spheres = [sphere(f"s{at}", *held) for at, held in ties.items()]
    found = mk.sphere_map(model(*spheres))

    steps = {(pull.sphere, pull.to) for pull in found.pulls}
    assert len(found.pulls) == len(rows)
    for circle in found.circles:
        assert circle[0] == circle[-1]
        assert set(pairwise(circle)) <= steps
    assert mk.sphere_map(model(*spheres[::-1])) == found
