"""Individuals and moving ranges, and what every chart has in common."""

import json
import pickle
from datetime import date
from html.parser import HTMLParser
from math import inf, nan
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missionkit.domain.review import Shift
from missionkit.domain.values import Period
from missionkit.drift.charts.chart import Chart
from missionkit.drift.charts.cusum import cusum_chart
from missionkit.drift.charts.ewma import ewma_chart
from missionkit.drift.charts.nelson import nelson_chart
from missionkit.drift.charts.page_hinkley import page_hinkley_chart
from missionkit.drift.charts.xmr import xmr_chart
from missionkit.errors import InvalidValueError
from missionkit.ports.series import Series, SeriesPoint

CHARTS = [xmr_chart, nelson_chart, ewma_chart, cusum_chart, page_hinkley_chart]
LIMITED = CHARTS[:-1]
# NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2: flow rates of ten batches.
# It rounds the mean moving range to 1.8778 and divides by 1.128.
FLOW = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]


def series(*values: float | None, title: str = "Effort on mission") -> Series:
    """Return months of 2025."""
    points = [
        SeriesPoint(
            start=date(2025, at, 1),
            end=date(2025, at, 28),
            value=value,
            reason="" if value is not None else "nobody counted",
        )
        for at, value in enumerate(values, start=1)
    ]
    return Series(indicator="effort", title=title, unit="share", points=tuple(points))


def codes_of(error: pytest.ExceptionInfo[InvalidValueError]) -> list[tuple[str, str]]:
    return [(issue.code, issue.path) for issue in error.value.issues]


def test_the_example_of_the_handbook_comes_out() -> None:
    chart = xmr_chart(FLOW)
    point, spread = chart.points[0], chart.lines[1].points[1]

    assert point.center == pytest.approx(50.81)
    assert point.upper == pytest.approx(55.8041, abs=0.005)
    assert point.lower == pytest.approx(45.8159, abs=0.005)
    assert spread.center == pytest.approx(1.8778, abs=5e-5)
    assert spread.upper == pytest.approx(3.267 * 1.8778, abs=0.002)
    assert chart.signals == ()
    assert chart.lines[1].points[0].value is None


def test_sigma_is_the_mean_moving_range_by_its_constant() -> None:
    held = xmr_chart([1, 3, 2, 4, 3, 5, 4]).baseline
    assert held is not None

    assert held.sigma == pytest.approx(1.5 / 1.128, rel=4e-4)  # 1.1284 rounded
    assert held.how == (
        "center is the mean, sigma is the mean moving range by 1.1284, of 7 points"
    )
    assert (held.first, held.last, held.points) == (0, 6, 7)


def test_the_median_range_is_not_widened_by_one_large_step() -> None:
    values = [1, 3, 1, 3, 1, 3, 1, 3, 90, 91]
    plain, median = xmr_chart(values), xmr_chart(values, median=True)
    assert plain.baseline is not None
    assert median.baseline is not None

    assert median.baseline.sigma == pytest.approx(2 / 0.9539, rel=1e-4)
    assert plain.baseline.sigma > 4 * median.baseline.sigma
    assert "median moving range" in median.baseline.how
    even = xmr_chart([0, 1, 0, 1, 4, 1, 4], median=True).baseline
    assert even is not None
    assert even.sigma == pytest.approx(2 / 0.9539, rel=1e-4)


def test_ranges_may_be_those_of_more_figures() -> None:
    chart = xmr_chart([1, 2, 4, 3, 5, 4, 6, 7, 6], span=3)
    ranges = [point.value for point in chart.lines[1].points]

    assert ranges == [None, None, 3, 2, 2, 2, 2, 3, 1]
    assert chart.baseline is not None
    assert chart.baseline.sigma == pytest.approx(15 / 7 / 1.693, rel=1e-3)


def test_a_baseline_of_the_first_points_is_not_touched_by_the_rest() -> None:
    calm = [1, 3, 2, 4, 3, 5]
    one, other = (xmr_chart([*calm, x], baseline=6) for x in (4, 90))

    assert one.baseline == other.baseline
    assert one.signals == ()
    assert [(s.rule, s.at, s.direction) for s in other.signals] == [
        ("nelson-1", 6, Shift.UP),
        ("wide-range", 6, Shift.UP),
    ]


def test_a_baseline_may_be_a_period() -> None:
    held = series(9, 1, 3, 2, 4, 3, 5, 9)
    chart = xmr_chart(held, baseline=Period(date(2025, 2, 1), date(2025, 7, 31)))
    assert chart.baseline is not None

    assert (chart.baseline.first, chart.baseline.last) == (1, 6)
    assert chart.baseline.center == 3
    assert chart.title == "Effort on mission"
    assert chart.unit == "share"
    assert chart.points[0].start == date(2025, 1, 1)


def test_one_of_both_numbers_may_be_given() -> None:
    values = [1, 3, 2, 4, 3, 5]
    center = xmr_chart(values, center=10).baseline
    sigma = xmr_chart(values, sigma=2).baseline
    assert center is not None
    assert sigma is not None

    assert (center.center, sigma.center) == (10, 3)
    assert sigma.sigma == 2
    assert "center as given" in center.how
    assert "sigma as given" in sigma.how


def test_no_range_is_made_over_a_gap() -> None:
    chart = xmr_chart(series(1, 3, 2, None, 9, 8, 9, 8))
    ranges = [point.value for point in chart.lines[1].points]

    assert ranges == [None, 2, 1, None, None, 1, 1, 1]
    assert chart.points[3].reason == "nobody counted"
    assert chart.points[3].upper is None
    assert "nobody counted" in str(chart)


def test_rules_of_nelson_are_looked_for_on_request() -> None:
    values = [1, 3, 2, 4, 3, 5, 6, 7, 8, 9, 10]
    chart = xmr_chart(values, rules=(3,), baseline=6)

    assert [signal.rule for signal in chart.signals] == ["nelson-3"]
    assert xmr_chart(values, rules=(), baseline=6).signals == ()


# ---- every chart ---------------------------------------------------------------------


@pytest.mark.parametrize("made", LIMITED)
@given(values=st.lists(st.integers(-50, 50), min_size=8, max_size=30))
def test_shift_and_scale_move_a_chart_and_mirror_turns_it(
    made: Any,  # noqa: ANN401 - each has parameters of its own
    values: list[int],
) -> None:
    told = made(values, center=0.5, sigma=8).signals
    moved = made([4 * x + 64 for x in values], center=66, sigma=32).signals
    turned = made([-x for x in values], center=-0.5, sigma=8).signals

    facts = [(s.rule, s.at, s.points, s.direction) for s in told]
    assert [(s.rule, s.at, s.points, s.direction) for s in moved] == facts
    assert {(s.rule, s.at, s.points) for s in turned} == {f[:3] for f in facts}


@pytest.mark.parametrize("made", CHARTS)
def test_a_chart_is_a_value_that_tells_itself(made: Any) -> None:  # noqa: ANN401
    chart: Chart = made(series(1, 3, 2, None, 4, 3, 5, 2, 40, title="<b>Effort</b>"))
    told = json.loads(chart.as_json())
    html = chart._repr_html_()
    parser = HTMLParser()
    parser.feed(html)

    assert pickle.loads(pickle.dumps(chart)) == chart  # noqa: S301 - our own bytes
    assert told["kind"] == chart.kind
    assert told["lines"][0]["points"][0]["start"] == "2025-01-01"
    assert "&lt;b&gt;Effort" in html
    assert "<b>" not in html
    assert f"{chart.kind} chart of <b>Effort</b>, in share" in str(chart)
    assert "2025-09-01" in str(chart)


def test_words_say_which_point_since_when_and_by_which_limit() -> None:
    text = str(cusum_chart([0, 0, 3, 3], h=4, center=0, sigma=1))

    assert "Usual is 0, sigma 1: as given." in text
    assert "With k 0.5, h 4, head_start 0." in text
    assert text.endswith(
        "beyond-limit at point 4 since point 3, up: the sum of rises is above its"
        " limit (sum of rises 5, limit 4)."
    )
    assert "No signal." in str(cusum_chart([0, 0], center=0, sigma=1))
    assert "No signal." in cusum_chart([0, 0], center=0, sigma=1)._repr_html_()


def test_what_has_no_parameters_names_none() -> None:
    assert "With " not in str(nelson_chart([0, 1], rules=(), center=0, sigma=1))


def test_a_chart_is_short_at_a_prompt() -> None:
    chart = xmr_chart(series(1, 3, 2, 4, 3, 5, 90), baseline=6)

    assert repr(chart) == (
        "<XmR chart of Effort on mission, in share: 7 points, 2 signals>"
    )


def test_a_chart_without_a_signal_has_none() -> None:
    assert xmr_chart([1, 3, 2, 4, 3, 5]).signal is None


@pytest.mark.parametrize("made", CHARTS)
@pytest.mark.parametrize(
    ("data", "paths"),
    [
        ("123456", ["data"]),
        (7, ["data"]),
        ([1, nan, 2, inf], ["data[1]", "data[3]"]),
        ([1, True, "x"], ["data[1]", "data[2]"]),
        ([1e200, 1], ["data[0]"]),
        ([], ["data"]),
        ([None, None], ["data"]),
    ],
)
def test_what_is_no_figure_is_refused_all_at_once(
    made: Any,  # noqa: ANN401 - each has parameters of its own
    data: Any,  # noqa: ANN401 - anything may be given
    paths: list[str],
) -> None:
    with pytest.raises(InvalidValueError) as error:
        made(data)

    assert [issue.path for issue in error.value.issues] == paths


@pytest.mark.parametrize("made", LIMITED)
def test_limits_of_few_points_are_refused_and_so_are_those_of_none(
    made: Any,  # noqa: ANN401 - each has parameters of its own
) -> None:
    refused: list[tuple[list[float | None], dict[str, Any], str, str]] = [
        ([1, 3, 2, 4, 3], {}, "MK-DRF-090", "baseline"),
        ([1, 3, 2, 4, 3, 5, 4], {"baseline": 5}, "MK-DRF-090", "baseline"),
        (
            [1, None, 2, None, 3, None, 1, None, 2, None, 2],
            {},
            "MK-DRF-090",
            "baseline",
        ),
        ([4, 4, 4, 4, 4, 4, 4], {}, "MK-DRF-091", "baseline"),
        ([1, 2, 3], {"baseline": 4}, "MK-DOM-002", "baseline"),
        ([1, 2, 3], {"baseline": 0}, "MK-DOM-002", "baseline"),
        ([1, 2, 3], {"baseline": True}, "MK-DOM-001", "baseline"),
        ([1, 2, 3], {"baseline": Period(date(2025, 1, 1))}, "MK-DRF-090", "baseline"),
        ([1, 2, 3], {"center": nan, "sigma": 1}, "MK-DOM-001", "center"),
        ([1, 2, 3], {"center": 1, "sigma": 0}, "MK-DOM-002", "sigma"),
    ]
    for data, given_, code, path in refused:
        with pytest.raises(InvalidValueError) as error:
            made(data, **given_)
        assert codes_of(error) == [(code, path)]
        assert error.value.kind == made.__name__


@pytest.mark.parametrize("span", [1, 11, 2.0])
def test_a_span_is_a_whole_number_from_two_to_ten(span: int) -> None:
    with pytest.raises(InvalidValueError, match="span"):
        xmr_chart(FLOW, span=span)


def test_a_median_is_asked_for_by_yes_or_no() -> None:
    with pytest.raises(InvalidValueError, match="median"):
        xmr_chart(FLOW, median="yes")  # type: ignore[arg-type]  # on purpose
