import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from random import Random
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missionkit.domain.draft import draft
from missionkit.domain.model import Model
from missionkit.domain.stakeholder import NeedStatus
from missionkit.domain.values import Period
from missionkit.drawing.fitting import fitted, width
from missionkit.drawing.shapes import number
from missionkit.report.pictures.bars import Bar, bars
from missionkit.report.pictures.chart import Side, chart_of
from missionkit.report.pictures.ordering import crossings, ordered
from missionkit.report.pictures.sparkline import in_words, sparkline
from missionkit.report.pictures.strategy_map import strategy_map
from tests.report.pages import NASTY

DAY = date(2026, 11, 21)
SVG = "{http://www.w3.org/2000/svg}"


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - our own text


def harbour() -> Model:
    with draft("Harbour Housing Trust") as d:
        tenants = d.stakeholder("Tenants", stakes={"customer"})
        warm = d.need("A warm home", stakeholder=tenants)
        d.need("A home to reach by wheelchair", stakeholder=tenants)
        d.need("Nobody's need")
        intent = d.core_intent("Decent homes")
        above = d.goal("Homes that last", intent=intent)
        goal = d.goal("Homes that are easy to heat", parent=above)
        d.goal("A goal for itself")
        epc = d.objective("Band C by 2030", goal=goal, needs=[warm])
        other = d.objective("Boilers", goal=goal, needs=[warm])
        d.objective("For nobody", goal=goal)
        repairs = d.process("Repairs", achieves=[epc])
        d.process("Heating", achieves=[epc, other])
        d.role_assignment(role=d.role("Performer"), party=d.party("Ann"), on=repairs)
    return d.model


@given(st.text(max_size=80) | st.sampled_from(NASTY), st.integers(1, 4))
def test_text_fits_its_box(text: str, lines: int) -> None:
    found = fitted(text, 150, 11.5, lines)

    assert len(found) <= lines
    # One letter stands even where it is wider than the box.
    assert all(width(line, 11.5) <= 150 or len(line) <= 2 for line in found)


def test_text_that_is_cut_says_so() -> None:
    assert fitted("one two three", 32, 10, 1) == ("one…",)
    assert fitted("one two", 500, 10, 1) == ("one two",)
    assert fitted("", 40, 10, 2) == ()
    assert fitted("漢字漢字漢字", 30, 10, 2) == ("漢字漢", "字漢字")


def test_combining_marks_take_no_room() -> None:
    assert width("e\u0301", 10) == width("e", 10)


@given(st.data())
def test_ordering_keeps_every_box_and_never_adds_crossings(data: st.DataObject) -> None:
    columns = [
        [f"{at}-{row}" for row in range(data.draw(st.integers(0, 6)))]
        for at in range(4)
    ]
    names = [name for column in columns for name in column]
    ends = st.sampled_from(names or [""])
    pairs = data.draw(st.lists(st.tuples(ends, ends), max_size=15 if names else 0))

    found = ordered(columns, pairs)

    assert [sorted(column) for column in found] == columns
    assert crossings(found, pairs) <= crossings(columns, pairs)
    assert ordered(columns, pairs) == found


def test_ordering_untangles_what_can_be_untangled() -> None:
    columns = [["a", "b", "c"], ["x", "y", "z"]]
    pairs = [("a", "z"), ("b", "y"), ("c", "x")]

    assert crossings(columns, pairs) == 3
    assert crossings(ordered(columns, pairs), pairs) == 0


def test_lines_that_end_at_one_box_do_not_cross() -> None:
    assert crossings([["a", "b"], ["x"]], [("a", "x"), ("b", "x")]) == 0


def test_a_chart_has_a_band_for_each_level_and_columns_for_goals_below_goals() -> None:
    chart = chart_of(harbour(), on=DAY, most=40)

    assert [(band.title, band.count, len(band.columns)) for band in chart.bands] == [
        ("Stakeholders", "1", 1),
        ("Needs", "3", 1),
        ("Objectives", "3", 1),
        ("Goals", "3", 2),
        ("Mission", "1", 1),
    ]
    assert ("homes-that-are-easy-to-heat", "homes-that-last") in chart.lines


def test_a_chart_tells_which_end_of_a_box_is_loose() -> None:
    broken = chart_of(harbour(), on=DAY, most=40).broken

    assert broken == {
        "a-home-to-reach-by-wheelchair": {Side.UP},
        "nobody-s-need": {Side.UP, Side.DOWN},
        "a-goal-for-itself": {Side.UP, Side.DOWN},
        "for-nobody": {Side.DOWN},
    }


def test_an_empty_level_is_one_gap_and_not_many() -> None:
    with draft("Trust") as d:
        goal = d.goal("A goal", intent=d.core_intent("Homes"))
        d.objective("One", goal=goal)
        d.stakeholder("Tenants")
    chart = chart_of(d.model, on=DAY, most=40)

    assert chart.broken == {}
    assert [band.total for band in chart.bands] == [1, 0, 1, 1, 1]
    assert "✕ no needs" in strategy_map(d.model, on=DAY)


def test_what_was_given_up_and_missions_of_other_times_are_not_drawn() -> None:
    with draft("Trust") as d:
        d.need("No longer", status=NeedStatus.WITHDRAWN)
        d.core_intent("Old", effective=Period(None, date(2020, 1, 1)))
        d.core_intent("New", effective=Period(date(2020, 1, 2)))
    chart = chart_of(d.model, on=DAY, most=40)

    assert [ref for column in chart.columns for ref in column] == ["new"]


def big(needs: int = 500) -> Model:
    random = Random(3)  # noqa: S311 - an example, not a secret
    with draft("Large") as d:
        holders = [d.stakeholder(f"Group {at}") for at in range(60)]
        asked = [
            d.need(f"Need number {at}", stakeholder=random.choice(holders))
            for at in range(needs)
        ]
        goals = [d.goal(f"Goal {at}", intent=None) for at in range(60)]
        for at in range(300):
            chosen = random.sample(asked, 20)
            d.objective(f"Objective {at}", goal=random.choice(goals), needs=chosen)
    return d.model


def test_a_large_model_gives_a_bounded_picture_that_says_what_it_leaves_out() -> None:
    model = big()
    chart = chart_of(model, on=DAY, most=40)
    svg = strategy_map(model, on=DAY)

    assert [band.count for band in chart.bands] == [
        "40 of 60",
        "40 of 500",
        "40 of 300",
        "40 of 60",
        "0",
    ]
    assert "760 elements are not drawn" in chart.in_words()
    assert len(svg) < 300_000
    assert "40 of 500" in svg


def test_lines_beyond_the_bound_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("missionkit.report.pictures.chart._MOST_LINES", 2)
    chart = chart_of(harbour(), on=DAY, most=40)

    assert len(chart.lines) == 2
    assert f"{chart.lines_left} more lines are not drawn" in chart.in_words()


def test_of_too_many_the_broken_and_best_linked_are_drawn() -> None:
    columns = chart_of(harbour(), on=DAY, most=2).columns

    assert sorted(columns[1]) == ["a-home-to-reach-by-wheelchair", "nobody-s-need"]
    assert sorted(columns[2]) == ["band-c-by-2030", "for-nobody"]


def test_a_map_is_sound_xml_with_a_role_a_title_and_no_way_out() -> None:
    svg = strategy_map(harbour(), on=DAY)
    root = parsed(svg)

    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
    assert root.get("viewBox", "").startswith("0 0 1332 ")
    assert root.findtext(f"{SVG}title") == "Strategy map"
    assert "4 have no way on" in (root.findtext(f"{SVG}desc") or "")
    assert svg.count("http") == 1  # the namespace
    assert {node.tag.removeprefix(SVG) for node in root.iter()} == {
        "svg", "title", "desc", "style", "g", "rect", "text", "path",
    }  # fmt: skip


def test_a_broken_box_is_marked_in_shape_and_words() -> None:
    root = parsed(strategy_map(harbour(), on=DAY))
    broken = [g for g in root.iter(f"{SVG}g") if "mk-broken" in g.get("class", "")]
    stubs = [path for g in broken for path in g.iter(f"{SVG}path")]

    assert len(broken) == 4
    assert len(stubs) == 6
    titles = {g.findtext(f"{SVG}title") for g in broken}
    assert "For nobody (nothing below it)" in titles
    assert "Nobody's need (nothing below it; nothing above it)" in titles


def test_an_objective_says_who_works_on_it() -> None:
    svg = strategy_map(harbour(), on=DAY)

    assert ">2 processes<" in svg
    assert ">✕ nobody performs it<" in svg
    assert ">✕ no process works on it<" in svg


def test_a_map_is_the_same_whatever_the_order_of_elements() -> None:
    model = harbour()

    assert strategy_map(Model(reversed(tuple(model))), on=DAY) == strategy_map(
        model, on=DAY
    )


def test_boxes_do_not_overlap() -> None:
    root = parsed(strategy_map(big(60), on=DAY))
    boxes = [
        tuple(float(rect.get(name, "0")) for name in ("x", "y", "width", "height"))
        for rect in root.iter(f"{SVG}rect")
        if rect.get("class") == "mk-box"
    ]

    assert len(boxes) > 100
    for x, y, _, tall in boxes:
        assert sum(a == x and abs(b - y) < tall for a, b, _, _ in boxes) == 1


def test_goals_in_a_circle_of_columns_are_joined_by_a_bow() -> None:
    with draft("Deep") as d:
        above = d.goal("0", id="g0")
        for at in range(1, 6):
            above = d.goal(str(at), id=f"g{at}", parent=above)
    chart = chart_of(d.model, on=DAY, most=40)

    assert [len(column) for column in chart.bands[3].columns] == [4, 1, 1]
    assert parsed(strategy_map(d.model, on=DAY)) is not None


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_a_map_of_nasty_names_is_sound_xml(text: str) -> None:
    with draft("Trust") as d:
        d.need(text, id="n", stakeholder=d.stakeholder(text, id="s"))
    root = parsed(strategy_map(d.model, on=DAY))

    assert len(list(root.iter(f"{SVG}g"))) == 2
    assert root.find(f".//{SVG}script") is None


def test_bars_show_shares_and_say_what_is_not_judged() -> None:
    rows = [
        Bar("needs", 0.5, "50 % (1 of 2)"),
        Bar("links", None, "not judged: none"),
        Bar("too much", 1.5, "150 %"),
    ]
    root = parsed(bars("Coverage", rows))
    wide = [rect.get("width") for rect in root.iter(f"{SVG}rect")]

    assert root.get("aria-label") == (
        "Coverage. needs: 50 % (1 of 2); links: not judged: none; too much: 150 %"
    )
    assert wide == ["400", "200", "400", "400"]
    assert parsed(bars("Nothing", [])).get("viewBox") == "0 0 960 30"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([], "0 readings"),
        ([1], "1 reading, from 1 to 1"),
        ([1, 2], "2 readings, from 1 to 2"),
    ],
    ids=range(3),
)
def test_a_sparkline_says_what_it_shows(values: Sequence[int], words: str) -> None:
    assert in_words([Decimal(value) for value in values]) == words


def test_a_line_needs_two_points() -> None:
    assert sparkline([Decimal(1)]) == ""


@given(st.lists(st.decimals(allow_nan=False, allow_infinity=False), min_size=2))
def test_a_sparkline_stays_within_its_box(values: list[Decimal]) -> None:
    root = parsed(
        sparkline(values, values[0]).replace("<svg", f"<svg xmlns='{SVG[1:-1]}'")
    )
    way = root.findall(f"{SVG}path")[-1].get("d", "")
    points = [
        tuple(map(float, point)) for point in re.findall(r"([\d.]+) ([\d.]+)", way)
    ]

    assert len(points) == min(len(values), 60)
    assert all(0 <= x <= 112 and 0 <= y <= 27 for x, y in points)


def test_a_flat_line_runs_through_the_middle() -> None:
    assert "M3.5 13.5L108.5 13.5" in sparkline([Decimal(2), Decimal(2)])


@pytest.mark.parametrize(
    ("value", "said"),
    [("1E+3", "1000"), ("0.00", "0.00"), ("-1.50", "-1.50"), ("1E+999", "1E+999")],
)
def test_numbers_are_written_as_people_write_them(value: str, said: str) -> None:
    assert number(Decimal(value)) == said
