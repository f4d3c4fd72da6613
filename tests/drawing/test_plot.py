"""Lines over time: sound SVG, within its frame, readable without color."""

import re
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missionkit.drawing.plot import Plot, Stretch, Trace, plot
from tests.report.pages import NASTY

SVG = "{http://www.w3.org/2000/svg}"
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - our own text


def drawn(*values: float | None, **more: object) -> Plot:
    given = {
        "title": "Effort",
        "said": "A line.",
        "labels": [f"m{at}" for at in range(len(values))],
        "traces": [Trace(values=values, look="mk-figure", name="share", dotted=True)],
        "number": lambda value: f"{value:.3g}",
    }
    return Plot(**(given | more))  # type: ignore[arg-type]  # the fields of a plot


def points(root: ET.Element) -> list[tuple[float, float]]:
    """Return every place that a path leads to in absolute numbers."""
    ways = " ".join(path.get("d", "") for path in root.iter(f"{SVG}path"))
    found = re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", ways)
    return [(float(x), float(y)) for x, y in found]


@given(st.lists(NUMBERS | st.none(), min_size=1, max_size=200))
def test_whatever_the_figures_the_line_stays_within_the_frame(
    values: list[float | None],
) -> None:
    svg = plot(drawn(*values))
    if all(value is None for value in values):
        assert svg == ""
        return
    root = parsed(svg)
    _, _, wide, tall = map(float, root.get("viewBox", "").split())

    assert all(0 <= x <= wide and 0 <= y <= tall for x, y in points(root))


@pytest.mark.parametrize("value", [float("nan"), float("inf"), None])
def test_what_is_no_number_is_a_gap(value: float | None) -> None:
    root = parsed(plot(drawn(1, 2, value, 3)))
    way = root.findall(f"{SVG}path[@class='mk-figure']")[-1].get("d", "")

    assert way.count("M") == 2
    assert len(list(root.iter(f"{SVG}circle"))) == 3 + 1  # one is in the legend


def test_without_a_figure_there_is_no_picture() -> None:
    assert plot(drawn(None, None)) == ""
    assert plot(drawn()) == ""


def test_a_picture_says_what_it_shows_to_those_who_cannot_see_it() -> None:
    root = parsed(plot(drawn(1, 2)))

    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == "Effort"
    assert root.findtext(f"{SVG}desc") == "A line."


def test_the_legend_names_every_line_the_stretch_and_the_crosses() -> None:
    level = Trace(values=(1.0, None), look="mk-before", name="level before")
    unseen = Trace(values=(None, None), look="mk-after", name="not there")
    base = drawn(1, 2)
    svg = plot(
        drawn(
            1,
            2,
            traces=[*base.traces, level, unseen],
            stretch=Stretch(first=1, last=1, name="began here"),
            marked=frozenset({1, 7}),
            crossed="signal",
        )
    )
    texts = [text.text for text in parsed(svg).iter(f"{SVG}text")]

    assert {"share", "level before", "began here", "signal"} <= set(texts)
    assert "not there" not in texts
    assert svg.count('class="mk-mark"') == 2  # the cross, and that of the legend


def test_a_long_legend_takes_several_lines_and_a_long_one_is_cut() -> None:
    traces = [
        Trace(values=(1.0, 2.0), look=f"mk-{at}", name=f"{at} {'name ' * 60}")
        for at in range(3)
    ]
    root = parsed(plot(drawn(1, 2, traces=traces)))
    legend = [t for t in root.iter(f"{SVG}text") if (t.text or "").endswith("…")]

    assert len(legend) == 3
    assert len({text.get("y") for text in legend}) == 3


def test_a_cross_needs_a_figure() -> None:
    assert 'class="mk-mark"' not in plot(drawn(1, None, marked=frozenset({1})))


def test_labels_do_not_lie_on_each_other() -> None:
    labels = [f"Month {at}" for at in range(60)]
    root = parsed(plot(drawn(*range(60), labels=labels)))
    shown = [t for t in root.iter(f"{SVG}text") if (t.text or "").startswith("Month")]
    places = [float(text.get("x", "0")) for text in shown]

    assert 3 < len(shown) < 20
    assert min(b - a for a, b in pairwise(places)) > 60


def test_more_than_150_figures_have_no_dots() -> None:
    assert plot(drawn(*range(151))).count("<circle") == 1  # that of the legend
    assert plot(drawn(*range(150))).count("<circle") == 151


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (0.63, 0.84, ["0.6", "0.7", "0.8", "0.9"]),
        (0, 100, ["0", "25", "50", "75", "100"]),
        (5, 5, ["5"]),
        (-1, 1, ["-1", "-0.5", "0", "0.5", "1"]),
        (-1.7e308, 1.7e308, ["-1.7e+308", "1.7e+308"]),
    ],
    ids=range(5),
)
def test_ticks_are_round_numbers(low: float, high: float, ticks: list[str]) -> None:
    root = parsed(plot(drawn(low, high)))
    found = [
        text.text
        for text in root.iter(f"{SVG}text")
        if text.get("class") == "mk-small mk-right"
    ]

    assert found == ticks


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_nasty_texts_are_shown_and_do_nothing(text: str) -> None:
    root = parsed(
        plot(drawn(1, 2, title=text, said=text, head=text, labels=[text] * 2))
    )

    assert root.find(f".//{SVG}script") is None
    assert not any(
        name.startswith("on") for node in root.iter() for name in node.attrib
    )
