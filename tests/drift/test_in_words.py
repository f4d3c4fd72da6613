"""A finding in sentences: the shift, since when, what moved it, who decided it."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missionkit.drift.in_words import in_words
from missionkit.drift.mix.find import find_mix_shift
from missionkit.drift.moved.drivers import mix_drivers, share_drivers, sum_drivers
from missionkit.ports.finding import Cover, Covering, DriftVerdict, Finding

DRIVERS = share_drivers(
    "activity",
    {"homes": (820, 820), "Harbor festival": (0, 30), "office": (0, 150)},
    {"homes": (610, 610), "Harbor festival": (0, 150), "office": (0, 240)},
)


def shift(**facts: Any) -> Finding:  # noqa: ANN401 - any fact
    said = {
        "title": "Share of effort on the mission",
        "unit": "share of effort",
        "verdict": DriftVerdict.DRIFT,
        "effect": -0.21,
        "low": -0.25,
        "high": -0.17,
        "before": 0.82,
        "after": 0.61,
        "since": date(2026, 3, 1),
        "earliest": date(2026, 2, 1),
        "latest": date(2026, 4, 1),
        **facts,
    }
    return Finding(indicator="x", method="any", version="1", **said)


def cover(standing: Covering, *, whole: bool = True, title: str = "A fair") -> Cover:
    return Cover(
        decision="fair",
        title=title,
        standing=standing,
        effective=date(2026, 1, 5),
        whole=whole,
    )


def test_a_shift_is_told_with_its_month_and_what_moved_it() -> None:
    assert in_words(shift(drivers=DRIVERS)) == (
        "Share of effort on the mission fell from 82% to 61% from March 2026 on"
        " (between February and April 2026); most of it: Harbor festival +12 points,"
        " office +9 points, homes -21 points. No decision covers it."
    )


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"since": None}, " fell from 82% to 61%. No"),
        ({"earliest": None}, " to 61% from March 2026 on. No"),
        ({"latest": date(2026, 2, 1)}, " to 61% from March 2026 on. No"),
        ({"earliest": date(2025, 12, 1)}, "(between December 2025 and April 2026)"),
        ({"since": date(2026, 3, 9)}, " from 9 March 2026 on ("),
        ({"effect": 0.21, "before": 0.004, "after": 0.214}, " rose from 0.4% to 21%"),
        ({"before": 0.0, "after": 0.21, "effect": 0.21}, " rose from 0% to 21% "),
        ({"before": None}, " fell by 21 points from"),
        (
            {"unit": "EUR a month", "before": 21_466.0, "after": 3.14159},
            " fell from 21,500 EUR a month to 3.14 EUR a month ",
        ),
        ({"directed": False, "effect": 0.3, "unit": "share"}, ": about 30% moved from"),
        (
            {"covers": (cover(Covering.BEFORE),)},
            " This is adaptation: it was decided before (A fair, 2026-01-05).",
        ),
        (
            {"covers": (cover(Covering.BEFORE, whole=False),)},
            ". Decided before was only a part of it (A fair, 2026-01-05).",
        ),
        (
            {"covers": (cover(Covering.AFTER_THE_FACT),)},
            ". It was decided after the fact (A fair, 2026-01-05), so it is drift",
        ),
        (
            {"covers": (cover(Covering.BEFORE),) * 5},
            "; A fair, 2026-01-05; and 2 more).",
        ),
        (
            {
                "drivers": sum_drivers(
                    "client", {"mill": 20_000, "quay": 900}, {"mill": 5000, "quay": 950}
                ),
                "unit": "EUR",
            },
            "; most of it: mill -15,000 EUR. ",
        ),
        (
            {
                "drivers": share_drivers(
                    "role",
                    {"coach": (45, 50), "b": (40, 50)},
                    {"coach": (4, 50), "b": (40, 50)},
                )
            },
            "; most of it: coach from 90% to 8.0%. ",
        ),
        ({"drivers": mix_drivers("x", {"a": 1}, {"a": 1})}, " on (between February"),
        (
            {
                "drivers": (
                    *mix_drivers("x", dict.fromkeys("abcdefghijkl", 1), {"a": 12}),
                    *DRIVERS,
                )
            },
            "; most of it: a +92 points. ",
        ),
    ],
)
def test_what_is_not_known_is_left_out(facts: dict[str, Any], said: str) -> None:
    assert said in in_words(shift(**facts))


def test_no_drift_says_what_would_have_shown() -> None:
    calm = {"verdict": DriftVerdict.NO_DRIFT, "visible": 0.0812}

    assert in_words(shift(**calm)) == (
        "Share of effort on the mission: no drift;"
        " a shift of 8 points would have shown."
    )
    assert in_words(shift(verdict=DriftVerdict.NO_DRIFT)) == (
        "Share of effort on the mission: no drift."
    )


def test_what_is_no_share_is_told_in_its_unit() -> None:
    calm = {"verdict": DriftVerdict.NO_DRIFT, "visible": 1234.0, "unit": "EUR"}

    assert in_words(shift(**calm)).endswith("; a shift of 1,230 EUR would have shown.")


def test_where_data_cannot_tell_the_reason_is_said() -> None:
    found = find_mix_shift({"a": 30, "b": 10}, {"a": 28, "b": 12})

    assert in_words(found) == (f"Mix: not enough data to tell: {found.reason}.")


@given(
    counts=st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99)), min_size=2),
    effect=st.floats(-1e9, 1e9).filter(bool),
)
def test_words_are_one_line_for_any_figures(
    counts: list[tuple[int, int]], effect: float
) -> None:
    sides = [
        {f"n{at}": pair[side] for at, pair in enumerate(counts)} for side in (0, 1)
    ]
    found = shift(
        unit="EUR", effect=effect, drivers=sum_drivers("x", *sides), before=-1e300
    )

    assert "\n" not in in_words(found)
