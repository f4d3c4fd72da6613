"""Drift told from adaptation: decided in time, after the fact, in part, or not."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from missionkit.domain.draft import Draft, draft
from missionkit.domain.ids import AnyId
from missionkit.domain.model import Model
from missionkit.drift.covering.adaptation import matched
from missionkit.drift.moved.drivers import (
    concentration_drivers,
    mix_drivers,
    share_drivers,
    sum_drivers,
)
from missionkit.drift.raising import raised
from missionkit.errors import InvalidValueError
from missionkit.ports.finding import Cover, Covering, DriftVerdict, Driver, Finding
from missionkit.ports.series import Series, SeriesPoint

ON = date(2026, 9, 30)
SINCE = date(2026, 3, 1)
EARLY = date(2026, 1, 15)
BEFORE, AFTER = Covering.BEFORE, Covering.AFTER_THE_FACT


def cast() -> Draft:
    d = draft("Quay")
    d.purpose("Harbor festival", id="festival")
    d.purpose("Gardens", id="gardens")
    d.process("Homes", id="homes")
    return d


def decide(d: Draft, id: str = "decided", **fields: Any) -> Draft:  # noqa: ANN401 - any field
    held = {"covers": ("festival",), "at": EARLY, **fields}
    d.decision(f"We do it: {id}", id=id)
    d.set(id, **held)
    return d


def drivers(
    festival: float = 150, gardens: float = 0, of: float = 1000
) -> tuple[Driver, ...]:
    homes = of - festival - gardens
    return share_drivers(
        "activity",
        {
            "homes": (0.97 * of, 0.97 * of),
            "festival": (0, 0.03 * of),
            "gardens": (0, 0),
        },
        {"homes": (homes, homes), "festival": (0, festival), "gardens": (0, gardens)},
        refs={each: [each] for each in ("homes", "festival", "gardens")},
    )


def shift(**facts: Any) -> Finding:  # noqa: ANN401 - any fact
    said = {
        "verdict": DriftVerdict.DRIFT,
        "effect": -0.12,
        "low": -0.15,
        "high": -0.09,
        "before": 0.97,
        "after": 0.85,
        "least": 0.02,
        "since": SINCE,
        "drivers": drivers(),
        "unit": "share of effort",
        **facts,
    }
    return Finding(
        indicator="mission-share",
        title="Share of effort on the mission",
        method="level-shift",
        version="1",
        **said,
    )


def covers(finding: Finding, d: Draft, on: date | None = ON) -> list[tuple[Any, ...]]:
    held = matched(finding, d.model, on)
    return [(each.decision, each.standing, each.whole) for each in held.covers]


def series(of: float | None = 1000) -> Series:
    months = [(date(2026, m, 1), date(2026, m, 28)) for m in range(1, 7)]
    points = tuple(
        SeriesPoint(start=start, end=end, value=0.97 if start < SINCE else 0.85, of=of)
        for start, end in months
    )
    return Series(indicator="x", title="X", unit="share of effort", points=points)


@pytest.mark.parametrize(
    ("decision", "expected"),
    [
        ({}, [(BEFORE, True)]),
        ({"direction": "up"}, [(BEFORE, True)]),
        ({"direction": "down"}, []),
        ({"covers": ("gardens",)}, []),
        ({"covers": ()}, []),
        ({"kind": "confirm_course"}, []),
        ({"kind": "course_correction"}, [(BEFORE, True)]),
        ({"at": None}, []),
        ({"at": None, "effective": EARLY}, [(AFTER, True)]),
        ({"at": SINCE}, [(BEFORE, True)]),
        ({"at": date(2026, 4, 1)}, [(AFTER, True)]),
        ({"at": date(2026, 4, 1), "effective": EARLY}, [(AFTER, True)]),
        ({"effective": date(2026, 4, 1)}, [(AFTER, True)]),
        ({"effective": date(2026, 10, 1)}, []),
        ({"at": date(2026, 10, 1), "effective": EARLY}, []),
        ({"up_to": Decimal(150)}, [(BEFORE, True)]),
        ({"up_to": Decimal(8500)}, [(BEFORE, True)]),
        ({"up_to": Decimal(140)}, [(BEFORE, True)]),
        ({"up_to": Decimal(60)}, [(BEFORE, False)]),
        ({"up_to": Decimal(20)}, [(BEFORE, False)]),
    ],
)
def test_a_decision_covers_what_it_names_in_time_and_as_far_as_it_allows(
    decision: dict[str, Any], expected: list[tuple[Covering, bool]]
) -> None:
    found = covers(shift(), decide(cast(), **decision))

    assert found == [("decided", *each) for each in expected]


def test_only_what_was_decided_in_time_makes_it_adaptation() -> None:
    in_time = matched(shift(), decide(cast()).model, ON)
    late = matched(shift(), decide(cast(), at=date(2026, 6, 1)).model, ON)

    assert in_time.is_adaptation
    assert not late.is_adaptation
    assert late.verdict is DriftVerdict.DRIFT
    assert in_time.covers == (
        Cover(
            decision="decided",
            title="We do it: decided",
            standing=BEFORE,
            effective=EARLY,
        ),
    )


@pytest.mark.parametrize(
    ("facts", "whole"),
    [
        ({"least": 0.10}, False),
        ({"low": -0.24, "high": 0.0}, False),
        ({"least": 0.10, "low": -0.24, "high": 0.0}, True),
        ({"least": None, "low": -0.24, "high": 0.0}, False),
    ],
)
def test_what_is_left_open_must_neither_matter_nor_be_sure(
    facts: dict[str, Any], *, whole: bool
) -> None:
    held = covers(shift(**facts), decide(cast(), up_to=Decimal(60)))

    assert held == [("decided", BEFORE, whole)]


def test_the_month_in_which_it_shows_counts_to_its_last_day() -> None:
    held = decide(cast(), at=date(2026, 3, 28))

    assert covers(shift(series=series()), held) == [("decided", BEFORE, True)]
    assert covers(shift(), held) == [("decided", AFTER, True)]


def test_where_nobody_knows_since_when_it_shows_no_decision_was_in_time() -> None:
    assert covers(shift(since=None), decide(cast())) == [("decided", AFTER, True)]


def test_without_a_day_every_decision_is_known() -> None:
    held = decide(cast(), at=date(2030, 1, 1))

    assert covers(shift(), held, None) == [("decided", AFTER, True)]
    with pytest.raises(InvalidValueError):
        matched(shift(), held.model, "2026")  # type: ignore[arg-type]  # on purpose


def test_what_is_left_open_is_told() -> None:
    found = matched(shift(), decide(cast(), up_to=Decimal(60)).model, ON)
    passed = matched(shift(), decide(cast(), up_to=Decimal(20)).model, ON)

    assert found.covers[0].why == "it leaves 9 points open"
    assert passed.covers[0].why == (
        "it allows up to 20, and nothing shows that this was kept"
    )
    assert not found.is_adaptation


def test_a_superseded_decision_covers_nothing() -> None:
    d = decide(decide(cast(), "old"), "new", covers=(), at=date(2026, 2, 1))
    d.relation(source="new", target="old", kind="supersedes")
    other = decide(decide(cast(), "old"), "new", covers=(), at=date(2026, 11, 1))
    other.relation(source="new", target="old", kind="supersedes")
    other.relation(source="new", target="homes", kind="supersedes")
    other.relation(source="homes", target="old", kind="supersedes")

    assert covers(shift(), d) == []
    assert covers(shift(), other) == [("old", BEFORE, True)]


def test_two_decisions_can_cover_together_what_neither_does_alone() -> None:
    found = shift(drivers=drivers(100, 80), effect=-0.15, after=0.82)
    d = decide(decide(cast(), "one"), "two", covers=("gardens",), at=SINCE)

    held = matched(found, d.model, ON)

    assert [(c.decision, c.whole, c.why) for c in held.covers] == [
        ("one", True, "together with two"),
        ("two", True, "together with one"),
    ]
    assert held.is_adaptation


def test_what_was_decided_late_does_not_help_what_was_decided_in_time() -> None:
    found = shift(drivers=drivers(100, 80), effect=-0.15, after=0.82)
    d = decide(decide(cast(), "one"), "two", covers=("gardens",), at=ON)

    held = matched(found, d.model, ON)

    assert [(c.decision, c.standing, c.whole) for c in held.covers] == [
        ("one", BEFORE, False),
        ("two", AFTER, True),
    ]
    assert not held.is_adaptation


def test_many_that_cover_together_are_named_in_part() -> None:
    names = [f"p{at}" for at in range(8)]
    d = draft("Quay")
    before: dict[str, tuple[float, float]] = {"homes": (100, 100)}
    after: dict[str, tuple[float, float]] = {"homes": (20, 20)}
    for name in names:
        d.purpose(name, id=name)
        decide(d, f"d-{name}", covers=(name,))
        after[name] = (0, 10)
    found = share_drivers("x", before, after, refs={name: [name] for name in names})

    held = matched(shift(drivers=found, effect=-0.8), d.model, ON)

    assert held.covers[0].why == (
        "together with d-p1, d-p2, d-p3, d-p4, d-p5 and 2 more"
    )


@pytest.mark.parametrize(
    ("facts", "decision", "expected"),
    [
        ({}, {}, [True]),
        ({}, {"direction": "down"}, [True]),
        ({}, {"direction": "up"}, []),
        # 850 of 1,000 hours a month are on the mission after the shift.
        ({}, {"direction": "down", "up_to": Decimal(850)}, [True]),
        ({}, {"direction": "down", "up_to": Decimal(900)}, [False]),
        ({}, {"direction": "down", "up_to": Decimal(980)}, [False]),
        ({"series": series(None)}, {"direction": "down", "up_to": Decimal(1)}, [False]),
        ({"series": None}, {"up_to": Decimal(1)}, [False]),
        ({"before": None}, {"direction": "down"}, [True]),
        ({"before": None}, {"direction": "up"}, []),
        ({"unit": "months"}, {"direction": "down", "up_to": Decimal("0.85")}, [True]),
    ],
)
def test_a_decision_may_cover_what_the_figure_is_about(
    facts: dict[str, Any], decision: dict[str, Any], expected: list[bool]
) -> None:
    found = evolve(shift(drivers=(), refs=("homes",), series=series()), **facts)
    held = covers(found, decide(cast(), covers=("homes",), **decision))

    assert held == [("decided", BEFORE, whole) for whole in expected]


def mix(**facts: Any) -> Finding:  # noqa: ANN401 - any fact
    found = mix_drivers(
        "activity",
        {"homes": 90, "festival": 10},
        {"homes": 60, "festival": 40},
        refs={"homes": ["homes"], "festival": ["festival"]},
    )
    said = {
        "directed": False,
        "effect": 0.3,
        "low": 0.15,
        "high": 0.45,
        "drivers": found,
        "least": 0.1,
    }
    return shift(**said | facts)


@pytest.mark.parametrize(
    ("decision", "expected"),
    [
        ({}, [True]),
        ({"direction": "up"}, [True]),
        ({"direction": "down"}, []),
        ({"direction": "up", "up_to": Decimal(40)}, [True]),
        ({"direction": "up", "up_to": Decimal(30)}, [True]),
        ({"direction": "up", "up_to": Decimal(12)}, [False]),
        ({"covers": ("homes",), "direction": "down"}, [True]),
        ({"covers": ("homes",), "direction": "down", "up_to": Decimal(85)}, [False]),
        ({"covers": ("homes",), "direction": "up"}, []),
    ],
)
def test_of_a_mix_a_decision_covers_what_grew_or_shrank(
    decision: dict[str, Any], expected: list[bool]
) -> None:
    held = covers(mix(), decide(cast(), **decision))

    assert held == [("decided", BEFORE, whole) for whole in expected]


@pytest.mark.parametrize(("way", "expected"), [(None, [True]), ("up", [])])
def test_a_mix_as_a_whole_goes_neither_up_nor_down(
    way: str | None, expected: list[bool]
) -> None:
    held = covers(
        mix(drivers=(), refs=("homes",)),
        decide(cast(), covers=("homes",), direction=way),
    )

    assert held == [("decided", BEFORE, whole) for whole in expected]


def test_to_shrink_one_thing_does_not_cover_where_its_effort_went() -> None:
    found = mix_drivers(
        "activity",
        {"homes": 50, "gardens": 50},
        {"homes": 10, "gardens": 50, "festival": 40},
        refs={each: [each] for each in ("homes", "festival", "gardens")},
    )
    shrink = decide(cast(), covers=("homes",), direction="down")
    grow = decide(cast(), covers=("festival",))

    shrunk = matched(mix(drivers=found, effect=0.4), shrink.model, ON)
    grown = matched(mix(drivers=found, effect=0.4), grow.model, ON)

    assert not shrunk.is_adaptation
    assert [c.whole for c in grown.covers] == [False]


@pytest.mark.parametrize(
    ("decision", "expected"),
    [
        ({}, [True]),
        ({"up_to": Decimal(900)}, [True]),
        ({"up_to": Decimal(500)}, [False]),
        ({"direction": "down"}, []),
    ],
)
def test_of_a_sum_a_decision_covers_what_each_moved(
    decision: dict[str, Any], expected: list[bool]
) -> None:
    found = sum_drivers(
        "client",
        {"festival": 200, "homes": 50},
        {"festival": 900, "homes": 40},
        refs={"festival": ["festival"]},
    )
    facts = {"unit": "EUR a month", "effect": 690.0, "before": 250.0, "after": 940.0}
    held = covers(shift(drivers=found, least=20, **facts), decide(cast(), **decision))

    assert held == [("decided", BEFORE, whole) for whole in expected]
    if expected == [False]:
        why = (
            matched(
                shift(drivers=found, least=20, **facts),
                decide(cast(), **decision).model,
                ON,
            )
            .covers[0]
            .why
        )
        assert why == "it leaves 390 EUR a month open"


def test_of_a_concentration_a_decision_covers_who_grew() -> None:
    found = concentration_drivers(
        "client",
        {"festival": 20, "homes": 40, "gardens": 40},
        {"festival": 60, "homes": 20, "gardens": 20},
        refs={"festival": ["festival"], "homes": ["homes"]},
    )
    facts = {"unit": "index", "effect": 0.08, "before": 0.36, "after": 0.44}

    grown = covers(shift(drivers=found, **facts), decide(cast()))
    shrunk = covers(shift(drivers=found, **facts), decide(cast(), covers=("homes",)))

    assert grown == [("decided", BEFORE, True)]
    assert shrunk == [("decided", BEFORE, False)]


def test_of_two_dimensions_the_one_that_is_covered_most_counts() -> None:
    by_role = share_drivers("role", {"x": (97, 100)}, {"x": (85, 100)})

    held = covers(shift(drivers=(*by_role, *drivers())), decide(cast()))

    assert held == [("decided", BEFORE, True)]


@pytest.mark.parametrize(
    ("verdict", "reason"),
    [(DriftVerdict.NO_DRIFT, ""), (DriftVerdict.NOT_ENOUGH_DATA, "too few")],
)
def test_what_is_no_drift_has_nothing_to_cover(
    verdict: DriftVerdict, reason: str
) -> None:
    held = matched(shift(verdict=verdict, reason=reason), decide(cast()).model, ON)

    assert held.covers == ()


@given(
    festival=st.integers(31, 500),
    gardens=st.integers(0, 400),
    more=st.integers(0, 600),
    less=st.integers(0, 600),
)
def test_who_allows_more_leaves_no_more_open(
    festival: int, gardens: int, more: int, less: int
) -> None:
    low, high = sorted((less, more))
    held = shift(drivers=drivers(festival, gardens), effect=-0.3)
    whole = [
        [cover.whole for cover in matched(held, decided.model, ON).covers]
        for decided in (
            decide(cast(), up_to=Decimal(low)),
            decide(cast(), up_to=Decimal(high)),
            decide(cast()),
        )
    ]

    assert sum(whole[0]) <= sum(whole[1]) <= sum(whole[2])


def test_drift_becomes_a_signal_that_a_review_must_answer() -> None:
    model = cast().model
    found = shift(statistic=5.5, limit=3.2, refs=("homes", "gone"))

    signal = raised(found, model, ON)

    assert signal.id == "drift-2026-03-01-share-of-effort-on-the-mission"
    assert signal.indicator == "Share of effort on the mission"
    assert signal.detector == "level-shift"
    assert signal.at == ON
    assert signal.direction == "down"
    assert (signal.statistic, signal.limit) == (5.5, 3.2)
    assert signal.concerns == (AnyId("homes"), AnyId("festival"))
    assert model.with_(signal)[signal.id] == signal


def test_the_same_drift_is_raised_once() -> None:
    model = cast().model
    signal = raised(shift(), model, ON)
    kept = model.with_(evolve(signal, detector="level-shift"))

    assert raised(shift(), kept, date(2026, 12, 1)) == signal
    assert raised(shift(since=date(2026, 5, 1)), kept, ON).id != signal.id
    assert raised(evolve(shift(), method="other"), kept, ON).id == f"{signal.id}-2"


@pytest.mark.parametrize(
    ("finding", "decided", "said"),
    [
        (shift(verdict=DriftVerdict.NO_DRIFT), False, "no drift"),
        (shift(verdict=DriftVerdict.NOT_ENOUGH_DATA, reason="x"), False, "no drift"),
        (shift(), True, "decided in time: decided"),
    ],
)
def test_nothing_else_is_raised(finding: Finding, said: str, *, decided: bool) -> None:
    d = decide(cast()) if decided else cast()
    held = matched(finding, d.model, ON)

    with pytest.raises(InvalidValueError, match=said) as error:
        raised(held, d.model, ON)
    assert [issue.code for issue in error.value.issues] == ["MK-DRF-112"]


def test_partly_covered_or_decided_late_it_is_raised() -> None:
    for decision in ({"up_to": Decimal(60)}, {"at": ON}):
        d = decide(cast(), **decision)

        assert raised(matched(shift(), d.model, ON), d.model, ON).concerns


def test_matching_is_a_pure_function_of_what_is_in_force() -> None:
    first = decide(decide(cast(), "a"), "b", covers=("gardens",)).model
    again = Model(reversed(list(first)))

    assert matched(shift(), again, ON) == matched(shift(), first, ON)


def test_who_changes_the_intent_covers_no_shift_away_from_it() -> None:
    d = cast()
    d.core_intent("Homes within means", id="intent")
    decide(d, covers=("intent",), kind="change_intent")
    assert not covers(shift(refs=("intent",), drivers=()), d)

    d.set("decided", covers=("intent", "festival"))
    ((decision, *_),) = covers(shift(refs=("intent",)), d)
    assert decision == "decided"

    d.set("decided", covers=("intent",), kind="course_correction")
    assert covers(shift(refs=("intent",), drivers=()), d)
