"""The test of Page and Hinkley, with the numbers of river."""

import pytest

from missionkit.domain.review import Shift
from missionkit.drift.charts.page_hinkley import page_hinkley_chart
from missionkit.errors import InvalidValueError

SHOWN = [10.2, 9.8, 10.1, 9.9, 10.0, 10.9, 11.1, 11.0, 11.2, 10.8]


def test_the_vector_of_the_specification_comes_out() -> None:
    chart = page_hinkley_chart(SHOWN, threshold=2, delta=0.1, fading=1, least=3)
    (signal,) = chart.signals

    assert (signal.at, signal.direction) == (8, Shift.UP)
    assert f"{signal.statistic:.4f}" == "2.5226"
    assert signal.limit == 2
    assert signal.since == 5
    assert chart.baseline is None


def test_after_an_alarm_all_begins_anew() -> None:
    whole = page_hinkley_chart(SHOWN, threshold=2, delta=0.1, fading=1, least=3)
    rest = page_hinkley_chart([10.8], threshold=2, delta=0.1, fading=1, least=3)

    assert whole.points[9].value == rest.points[0].value


def test_falls_are_the_mirror_of_rises() -> None:
    up = page_hinkley_chart(SHOWN, threshold=1, delta=0.1, least=3)
    down = page_hinkley_chart([-x for x in SHOWN], threshold=1, delta=0.1, least=3)

    assert [p.value for p in down.lines[1].points] == [p.value for p in up.points]
    assert [(s.at, s.since) for s in down.signals] == [
        (s.at, s.since) for s in up.signals
    ]
    assert {s.direction for s in down.signals} == {Shift.DOWN}


def test_its_usual_parameters_never_alarm_on_a_year_of_months() -> None:
    assert page_hinkley_chart([0.0] * 6 + [1.0] * 6).signals == ()


def test_a_gap_is_passed_over() -> None:
    gapped = [*SHOWN[:4], None, *SHOWN[4:]]
    chart = page_hinkley_chart(gapped, threshold=2, delta=0.1, fading=1, least=3)

    assert chart.signal is not None
    assert (chart.signal.at, chart.signal.since) == (9, 6)
    assert chart.points[4].value is None


def test_parameters_out_of_order_are_refused_together() -> None:
    with pytest.raises(InvalidValueError) as error:
        page_hinkley_chart([1], threshold=0, delta=-1, fading=2, least=0)

    paths = [issue.path for issue in error.value.issues]
    assert paths == ["threshold", "delta", "fading", "least"]
