"""Measures as scores: satisfaction, and the grade of key results."""

import json
import os
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from missionkit.domain.draft import draft
from missionkit.domain.measure import TargetSetting
from missionkit.domain.model import Model
from missionkit.domain.values import Descriptor, DescriptorScale, Period
from missionkit.ports.score import Score
from missionkit.scoring.methods.okr import grade
from missionkit.scoring.methods.target_ratio import ratio
from missionkit.scoring.score import score

DATA = Path(os.environ.get("MISSIONKIT_DATA", "no-data"))
CITY = DATA / "reference_numbers" / "cases" / "cityscore_ratio.json"
SCALE = DescriptorScale(
    name="mood",
    steps=(
        Descriptor(name="bad", satisfaction=-60),
        Descriptor(name="unsaid"),
        Descriptor(name="good", satisfaction=80),
    ),
)
FULL: dict[str, Any] = {
    "direction": "higher",
    "unit": "%",
    "baseline": Decimal(40),
    "worst": Decimal(30),
    "threshold": Decimal(38),
    "targets": (TargetSetting(value=Decimal(45)),),
}


def model(
    reading: dict[str, Any] | None,
    /,
    *more: dict[str, Any],
    **facts: Any,  # noqa: ANN401
) -> Model:
    with draft("Trust", id="trust") as d:
        d.objective("Warm homes", id="warm")
        d.success_measure("Warmth", id="m", of="warm", **(FULL | facts))
        for at, each in enumerate([reading, *more] if reading else more):
            d.observation(**({"id": f"o{at}", "measure": "m"} | each))
    return d.model


def asked(held: Model, using: str = "measure-satisfaction", **more: Any) -> Score:  # noqa: ANN401
    return score(held, using=using, **({"subject": "m"} | more))


def of(value: str) -> dict[str, Any]:
    return {"value": Decimal(value)}


def test_a_reading_is_put_between_the_levels() -> None:
    made = asked(model(of("42")))

    assert made.value == 57
    assert made.parts[0].because == "42; worst 30, threshold 38, target 45"
    assert made.parts[0].refs == ("m", "o0")
    assert asked(model(of("42")), subject="warm").value == 57
    assert asked(model(of("42")), subject=None).value == 57


@pytest.mark.parametrize(
    ("reading", "facts", "why"),
    [
        (None, {}, "it has no reading"),
        (of("42") | {"unit": "kg"}, {}, "its last reading is in another unit"),
        (of("42"), {"targets": ()}, "it has no target"),
        (
            of("42"),
            {"targets": (TargetSetting(descriptor="warm"),), "worst": None},
            "it has no target and no worst value",
        ),
        (of("42"), {"threshold": None}, "it has no threshold"),
        (
            of("42"),
            {"direction": "lower"},
            "its target, threshold and worst value are out of order",
        ),
        ({"descriptor": "fair"}, {}, "'fair' is no step of its scale"),
        ({"descriptor": "fair"}, {"scale": SCALE}, "'fair' is no step of its scale"),
        (
            {"descriptor": "unsaid"},
            {"scale": SCALE},
            "'unsaid' stands for no satisfaction",
        ),
    ],
)
def test_what_cannot_be_judged_says_why(
    reading: dict[str, Any] | None, facts: dict[str, Any], why: str
) -> None:
    made = asked(model(reading, **facts))

    assert made.value is None
    assert [part.because for part in made.missing] == [why]


def test_a_word_counts_what_its_scale_says() -> None:
    assert asked(model({"descriptor": "good"}, scale=SCALE)).value == 80
    both = {"descriptor": "bad", "value": Decimal(45)}
    assert asked(model(both, scale=SCALE)).value == -60
    assert asked(model(both)).value == 100


def test_the_last_reading_known_on_the_day_counts() -> None:
    held = model(
        of("30") | {"at": date(2026, 1, 31)},
        of("45") | {"at": date(2026, 2, 28)},
        of("38")
        | {
            "at": date(2026, 4, 9),
            "period": Period(date(2026, 3, 1), date(2026, 3, 31)),
        },
        of("42"),
    )

    assert asked(held).value == 0
    assert asked(held, on=date(2026, 3, 31)).value == 100
    assert asked(held, on=date(2026, 2, 1)).value == -100
    assert asked(held, on=date(2025, 2, 1)).value == 57


def test_a_reading_that_was_corrected_does_not_count() -> None:
    day = {"at": date(2026, 1, 31)}
    held = model(of("42") | day | {"corrects": "o1"}, of("45") | day)

    assert asked(held).value == 57


def test_the_target_is_that_of_the_day_of_the_reading() -> None:
    targets = (
        TargetSetting(value=Decimal(42), since=date(2025, 1, 1)),
        TargetSetting(value=Decimal(50), since=date(2026, 1, 1)),
    )
    old = model(of("42") | {"at": date(2025, 6, 1)}, targets=targets)
    new = model(of("42") | {"at": date(2026, 6, 1)}, targets=targets)

    assert (asked(old).value, asked(new).value) == (100, 33)


def test_what_has_no_measures_says_so() -> None:
    with draft("Trust", id="trust") as d:
        d.objective("Warm homes", id="warm")
    for using in ("measure-satisfaction", "okr", "target-ratio"):
        assert asked(d.model, using, subject="warm").reason == "nothing measures it"
        assert asked(d.model, using, subject=None).reason == "there are no measures"


# ---- key results ---------------------------------------------------------------------

# Linear between start and target, cut off at both: domain knowledge of OKR grading,
# rework.withgoogle.com; the colors are those of Doerr, Measure What Matters.
GRADES = [
    ("0", "0", "10", 0.0),
    ("7", "0", "10", 0.7),
    ("12", "0", "10", 1.0),
    ("-3", "0", "10", 0.0),
    ("6", "8", "4", 0.5),
    ("9", "8", "4", 0.0),
    ("0.3", "0.1", "0.4", 2 / 3),
]


@pytest.mark.parametrize(("value", "start", "end", "expected"), GRADES)
def test_a_grade_is_the_way_that_was_made(
    value: str, start: str, end: str, expected: float
) -> None:
    assert grade(*map(Decimal, (value, start, end))) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("value", "found", "color"),
    [
        ("45", 1, "green"),
        ("43.5", 0.7, "green"),
        ("42", 0.4, "yellow"),
        ("41", 0.2, "red"),
    ],
)
def test_a_grade_has_a_color(value: str, found: float, color: str) -> None:
    made = asked(model(of(value)), "okr")

    assert made.value == found
    assert made.parts[0].because == f"{color}; {value} from 40 to 45"


def test_from_which_grade_a_color_begins_is_a_limit() -> None:
    made = asked(model(of("42")), "okr", limits={"okr_green": 0.4})

    assert made.parts[0].because.startswith("green")


@pytest.mark.parametrize(
    ("reading", "facts", "why"),
    [
        (None, {}, "it has no reading"),
        ({"descriptor": "good"}, {}, "its last reading is no number"),
        (of("42") | {"unit": "kg"}, {}, "its last reading is in another unit"),
        (of("42"), {"baseline": None}, "it has no baseline"),
        (of("42"), {"targets": ()}, "it has no target"),
        (of("42"), {"baseline": Decimal(45)}, "its target is where it began"),
        (
            of("42"),
            {"direction": "band"},
            "a band has no way from a baseline to a target",
        ),
    ],
)
def test_what_cannot_be_graded_says_why(
    reading: dict[str, Any] | None, facts: dict[str, Any], why: str
) -> None:
    made = asked(model(reading, **facts), "okr")

    assert [part.because for part in made.missing] == [why]
    assert asked(model(reading, **facts), "okr", missing="zero").value == 0


# ---- ratios --------------------------------------------------------------------------

# CityScoreToolkit of the City of Boston, models.py: 0 is 0 whichever way is good.
RATIOS = [
    ("1000", "10000", True, 0.1),
    ("12000", "10000", True, 1.2),
    ("4", "2", False, 0.5),
    ("0", "2", False, 0),
    ("0", "2", True, 0),
    ("-1", "2", True, None),
    ("1", "0", True, None),
    ("1", "-2", False, None),
]


@pytest.mark.parametrize(("value", "target", "up", "found"), RATIOS)
def test_a_ratio_is_that_to_the_target(
    value: str, target: str, *, up: bool, found: float | None
) -> None:
    assert ratio(Decimal(value), Decimal(target), higher=up) == found


@pytest.mark.skipif(not CITY.exists(), reason="the reference numbers are not here")
def test_the_ratios_of_a_city_agree() -> None:
    case = json.loads(CITY.read_text("utf-8"))
    for (value, target, up), found in zip(
        case["input"]["rows_value_target_up"], case["expected"], strict=True
    ):
        made = ratio(Decimal(value), Decimal(target), higher=up)
        assert made == pytest.approx(found, rel=1e-12)


@pytest.mark.parametrize(
    ("reading", "facts", "why"),
    [
        (None, {}, "it has no reading"),
        (of("42") | {"unit": "kg"}, {}, "its last reading is in another unit"),
        (of("42"), {"targets": ()}, "it has no target that is a number"),
        (of("-42"), {}, "only of numbers above 0 there is a ratio"),
        (
            of("42"),
            {"direction": "band"},
            "it does not say whether higher or lower values are good",
        ),
    ],
)
def test_what_has_no_ratio_says_why(
    reading: dict[str, Any] | None, facts: dict[str, Any], why: str
) -> None:
    made = asked(model(reading, **facts), "target-ratio")

    assert [part.because for part in made.missing] == [why]
    assert asked(model(of("54"), **FULL), "target-ratio").value == 1.2
