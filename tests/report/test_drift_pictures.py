"""A mix before and after, the curve of concentration, the map of the spheres."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from missionkit.domain.draft import draft
from missionkit.domain.intent import SphereRelation
from missionkit.domain.model import Model
from missionkit.domain.review import IntentPart
from missionkit.drift.amounts import Number
from missionkit.drift.mix.find import find_mix_shift
from missionkit.drift.spheres import SphereMap, sphere_map
from missionkit.errors import InvalidValueError
from missionkit.markup import Html
from missionkit.report.pictures.concentration import (
    concentration_curve,
    concentration_in_words,
)
from missionkit.report.pictures.mix import MixPart, mix_in_words, mix_of, mix_picture
from missionkit.report.pictures.spheres import sphere_picture
from tests.report.pages import NASTY

SVG = "{http://www.w3.org/2000/svg}"
DAY = date(2026, 4, 1)


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - our own text


def texts(svg: Html) -> list[str]:
    return [text.text or "" for text in parsed(svg).iter(f"{SVG}text")]


def inside(svg: Html) -> bool:
    """Return whether every box lies within the frame."""
    root = parsed(svg)
    _, _, wide, tall = map(float, root.get("viewBox", "").split())
    return all(
        float(box.get("x", "")) >= 0
        and float(box.get("y", "")) >= 0
        and float(box.get("x", "")) + float(box.get("width", "")) <= wide + 0.1
        and float(box.get("y", "")) + float(box.get("height", "")) <= tall + 0.1
        for box in root.iter(f"{SVG}rect")
    )


def test_a_mix_has_two_bars_a_part_what_moved_most_first() -> None:
    parts = [MixPart("homes", 0.6, 0.55), MixPart("<films>", 0.1, 0.4)]
    svg = mix_picture("Effort", parts)
    found = texts(svg)

    assert found == [
        "before",
        "after",
        "<films>",
        "10.0% to 40.0% (+30.0 points)",
        "homes",
        "60.0% to 55.0% (-5.0 points)",
    ]
    assert svg.count('class="mk-before"') == svg.count('class="mk-after"') == 3
    assert parsed(svg).findtext(f"{SVG}desc") == mix_in_words(parts)


@given(
    st.lists(
        st.builds(
            MixPart,
            st.text(min_size=1) | st.sampled_from(NASTY),
            st.floats(-1, 2),
            st.floats(0, 1),
        )
    )
)
def test_bars_stay_within_the_picture(parts: list[MixPart]) -> None:
    svg = mix_picture("Mix", parts)

    assert svg == "" if not parts else inside(svg)


def test_more_than_twelve_parts_are_counted() -> None:
    svg = mix_picture("Mix", [MixPart(f"p{at:02}", 0, at / 100) for at in range(20)])

    assert "and 8 more that moved less" in texts(svg)
    assert svg.count('class="mk-after"') == 13


def test_a_finding_tells_its_mix_by_one_dimension() -> None:
    found = find_mix_shift({"a": 90, "b": 10}, {"a": 50, "b": 50})
    dimension = found.drivers[0].dimension
    alone = evolve(found.drivers[0], part_before=None, part_after=None)
    parts = mix_of(found, dimension)

    assert {part.name for part in parts} == {"a", "b"}
    assert mix_of(found, "no such dimension") == ()
    assert mix_of(evolve(found, drivers=(alone,)), dimension) == ()


def test_the_curve_tells_the_ratios_and_the_index() -> None:
    paid: dict[str, Number] = {
        "<Council>": 50,
        "b": 30.0,
        "c": 10,
        "d": 10,
        "nobody": Decimal(0),
    }
    svg = concentration_curve(paid, "Revenue")
    found = texts(svg)

    assert "the largest: 50.0% (CR1)" in found
    assert "the 3 largest: 90.0% (CR3)" in found
    assert "Herfindahl-Hirschman index: 0.360" in found
    assert "as concentrated as 2.8 equal clients" in found
    assert "there are 4 clients" in found
    assert "1. <Council>" in found
    assert svg.count("<circle") == 4
    assert concentration_in_words(paid).startswith("The largest: 50.0% (CR1); the 3")


def test_who_pays_alone_is_a_curve_as_well() -> None:
    found = texts(concentration_curve({"one": 1}, "Revenue", what="payers"))

    assert "the largest: 100.0% (CR1)" in found
    assert "there are 1 payers" in found
    assert not [each for each in found if "CR3" in each]


def test_many_clients_have_a_curve_without_dots() -> None:
    svg = concentration_curve({f"c{at}": at + 1 for at in range(61)}, "Revenue")

    assert "<circle" not in svg


@pytest.mark.parametrize("paid", [{}, {"a": 0}, {"a": -1, "b": 3}])
def test_what_is_no_share_is_refused(paid: dict[str, int]) -> None:
    with pytest.raises(InvalidValueError):
        concentration_curve(paid, "Revenue")


def bakery(spheres: int = 2, *, rated: bool = True) -> Model:
    with draft("Bakery") as d:
        intent = d.core_intent("Good bread", id="intent")
        made = [
            d.operating_sphere(f"Sphere {at}", id=f"s{at}") for at in range(spheres)
        ]
        for at, each in enumerate(made):
            after = made[(at + 1) % spheres]
            d.set(
                each,
                relations=[
                    SphereRelation(to=intent.id, kind="carries out", strength=0.9),
                    SphereRelation(to=after.id, kind="orders from"),
                ],
            )
            if rated and at < 2:
                d.intent_alignment(
                    on=each,
                    intent=intent,
                    part=IntentPart.MISSION,
                    rating=70 - 90 * at,
                    at=DAY,
                    opinion=True,
                )
    return d.model


def test_a_map_shows_ratings_and_pulls_with_words() -> None:
    svg = sphere_picture(sphere_map(bakery(), on=DAY))
    found = texts(svg)
    root = parsed(svg)

    assert "mission: +70 (opinion)" in found
    assert "✕ mission: -20 (opinion)" in found
    assert found.count("vision: not rated") == 2
    assert found.count("0.9") == 2
    assert found.count("?") == 2  # nobody said how strong
    assert svg.count('class="mk-pull mk-unknown"') == 2
    assert svg.count('class="mk-box mk-below"') == 1
    assert "Sphere 0 carries out Good bread (0.9)" in str(root.findtext(f"{SVG}desc"))


@pytest.mark.parametrize("count", [1, 2, 5, 9, 10, 30])
def test_spheres_do_not_lie_on_each_other(count: int) -> None:
    svg = sphere_picture(sphere_map(bakery(count), on=DAY))
    boxes = [
        (float(box.get("x", "")), float(box.get("y", "")))
        for box in parsed(svg).iter(f"{SVG}rect")
        if "mk-box" in str(box.get("class")) or box.get("class") == "mk-intent"
    ]

    assert inside(svg)
    assert len(boxes) == min(count, 10) + 1
    assert not list(overlaps(boxes))
    assert ("more spheres are not drawn" in svg) is (count > 10)


def overlaps(boxes: list[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    for at, (x, y) in enumerate(boxes):
        for a, b in boxes[at + 1 :]:
            if abs(x - a) < 216 and abs(y - b) < 78:
                yield x, y


def test_without_spheres_there_is_no_map() -> None:
    assert sphere_picture(SphereMap()) == ""


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_nasty_names_are_shown_and_do_nothing(text: str) -> None:
    with draft("Trust") as d:
        d.operating_sphere(text, id="s")
    for svg in (
        sphere_picture(sphere_map(d.model)),
        concentration_curve({text: 1, "b": 2}, text),
        mix_picture(text, [MixPart(text, 0.1, 0.2)]),
    ):
        root = parsed(svg)
        assert root.find(f".//{SVG}script") is None
        assert not [k for node in root.iter() for k in node.attrib if k[:2] == "on"]
