"""A figure with its levels before and after, and a finding in a notebook."""

from datetime import date
from itertools import pairwise
from xml.etree import ElementTree as ET

from attrs import evolve

from missionkit.domain.intent import Limit
from missionkit.domain.values import Period
from missionkit.ports.finding import (
    SLOPE,
    Cover,
    Covering,
    DriftVerdict,
    Driver,
    Finding,
)
from missionkit.ports.series import Series, SeriesPoint
from missionkit.ports.shift_picture import day_label, said_as

SVG = "{http://www.w3.org/2000/svg}"


def months(count: int) -> list[tuple[date, date]]:
    starts = [date(2025 + at // 12, at % 12 + 1, 1) for at in range(count + 1)]
    return [
        (start, date.fromordinal(after.toordinal() - 1))
        for start, after in pairwise(starts)
    ]


def series(count: int = 12, unit: str = "share of effort") -> Series:
    return Series(
        indicator="effort-on-mission",
        title="Effort on <the> mission",
        unit=unit,
        points=tuple(
            SeriesPoint(start=start, end=end, reason="nothing is recorded")
            if at == 4
            else SeriesPoint(start=start, end=end, value=0.8 if at < 8 else 0.6)
            for at, (start, end) in enumerate(months(count))
        ),
    )


def finding(**facts: object) -> Finding:
    held = {
        "indicator": "effort-on-mission",
        "title": "Effort on <the> mission",
        "unit": "share of effort",
        "verdict": DriftVerdict.DRIFT,
        "effect": -0.2,
        "low": -0.25,
        "high": -0.15,
        "before": 0.8,
        "after": 0.6,
        "since": date(2025, 9, 1),
        "earliest": date(2025, 8, 1),
        "latest": date(2025, 10, 1),
        "visible": 0.05,
        "p_value": 0.004,
        "points": 11,
        "period": Period(date(2025, 1, 1), date(2025, 12, 31)),
        "method": "level-shift",
        "version": "1",
        "series": series(),
    }
    return Finding(**(held | facts))  # type: ignore[arg-type]  # the fields of one


def drawn(found: Finding) -> list[str]:
    root = ET.fromstring(found.picture())  # noqa: S314 - our own text
    return [text.text or "" for text in root.iter(f"{SVG}text")]


def test_a_drift_has_two_levels_and_the_time_in_which_it_began() -> None:
    texts = drawn(finding())

    assert "✕ Effort on <the> mission: drift" in texts
    assert "level before: 80%" in texts
    assert "level after: 60%" in texts
    assert "began here, 95% sure: Aug 2025 to Oct 2025" in texts


def test_a_month_that_is_certain_is_told_once() -> None:
    sure = finding(earliest=date(2025, 9, 1), latest=date(2025, 9, 1))

    assert "began here, 95% sure: Sep 2025" in drawn(sure)


def test_words_of_the_caller_stand_above() -> None:
    assert "✕ It fell." in finding().picture("It fell.")


def test_what_did_not_shift_has_no_levels() -> None:
    calm = finding(verdict=DriftVerdict.NO_DRIFT, since=None, earliest=None)

    assert drawn(calm)[0] == "✓ Effort on <the> mission: no drift"
    assert not [text for text in drawn(calm) if "level" in text or "began" in text]


def test_a_picture_tells_how_many_periods_lack_a_figure() -> None:
    root = ET.fromstring(finding().picture())  # noqa: S314 - our own text

    assert root.findtext(f"{SVG}desc") == (
        "✕ Effort on <the> mission: drift. 12 periods, 1 without a figure, from 80% in"
        " Jan 2025 to 60% in Dec 2025."
    )


def test_without_figures_there_is_no_picture() -> None:
    unknown = evolve(
        series(), points=tuple(each for each in series().points if each.reason)
    )
    unsure = {"verdict": DriftVerdict.NOT_ENOUGH_DATA, "reason": "too few"}

    assert finding(series=None).picture() == ""
    assert finding(series=unknown, **unsure).picture() == ""


def test_an_interval_outside_of_the_figures_is_not_drawn() -> None:
    early = finding(earliest=date(2020, 1, 1), latest=date(2020, 2, 1))

    assert not [text for text in drawn(early) if "began" in text]


def test_a_notebook_shows_the_picture_the_figures_and_what_moved_it() -> None:
    driver = Driver(
        dimension="role", name="<Crew>", before=0.1, after=0.3, moved=-0.1, share=0.5
    )
    cover = Cover(
        decision="d",
        title="Do it & soon",
        standing=Covering.AFTER_THE_FACT,
        effective=date(2025, 11, 1),
        whole=False,
        why="it leaves 10 points open",
    )
    whole = evolve(cover, whole=True, why="", standing=Covering.BEFORE)
    html = finding(drivers=(driver,), covers=(cover,), adjusted=0.02)._repr_html_()

    assert html.count("<svg") == 1
    assert "<td>-20 points (95% sure: -25 points to -15 points)</td>" in html
    assert "<td>80% to 60%</td>" in html
    assert "<td>2025-09-01 (from 2025-08-01 to 2025-10-01)</td>" in html
    assert "<td>0.004; among all 0.02; level 0.05</td>" in html
    assert "role: &lt;Crew&gt;</td><td>-10 points</td><td>50%</td>" in html
    assert "Do it &amp; soon, 2025-11-01, after the fact; it leaves 10 points" in html
    assert "adaptation" in finding(covers=(whole,))._repr_html_()


def test_a_notebook_shows_why_data_cannot_tell() -> None:
    unsure = Finding(
        indicator="i",
        title="Clients",
        unit="clients",
        verdict=DriftVerdict.NOT_ENOUGH_DATA,
        reason="there are 3 points",
        method="m",
        version="1",
        drivers=(Driver(dimension="d", name="n", before=1, after=2, moved=1),),
    )
    html = unsure._repr_html_()

    assert "Clients: not enough data" in html
    assert "<td>there are 3 points</td>" in html
    assert "since" not in html
    assert "<svg" not in html


def test_a_distance_is_no_way_up_or_down() -> None:
    assert finding().sized(0.125) == "12.5 points"
    assert finding(directed=False).sized(0.125) == "12.5%"
    assert finding(unit="EUR").sized(12500.0) == "12,500"


def test_values_are_said_as_people_read_them() -> None:
    assert said_as(1234567.0, "hours") == "1,234,567"
    assert said_as(1e15, "hours") == "1e+15"
    assert said_as(2.5, "clients") == "2.5"
    assert said_as(1e9, "share of effort") == "1e+09"


def test_periods_that_are_no_months_are_called_by_their_first_day() -> None:
    week = SeriesPoint(start=date(2025, 9, 1), end=date(2025, 9, 7), value=1)
    late = SeriesPoint(start=date(2025, 9, 8), end=date(2025, 10, 7), value=1)
    leap = SeriesPoint(start=date(2025, 2, 1), end=date(2025, 2, 28), value=1)

    assert [day_label(each) for each in (week, late, leap)] == [
        "2025-09-01",
        "2025-09-08",
        "Feb 2025",
    ]


def test_a_slope_has_its_levels_before_and_after_and_the_time_that_it_took() -> None:
    took = (Limit(name=SLOPE, value=3.0),)
    texts = drawn(finding(parameters=took, earliest=date(2025, 9, 1)))

    assert "it took from Sep 2025 to Oct 2025" in texts
    assert {"level after: 60%", "the way between"} <= set(texts)
    assert not [text for text in texts if "began" in text]


def test_a_slope_from_the_first_figure_on_has_no_way_to_draw() -> None:
    took = (Limit(name=SLOPE, value=3.0),)
    first = finding(parameters=took, since=date(2025, 1, 1))

    assert "the way between" not in drawn(first)
