from itertools import combinations
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missionkit.domain.defining import WorkflowDraft, define_workflow
from missionkit.domain.four_stages import FOUR_STAGES
from missionkit.domain.lifecycle import lifecycle
from missionkit.domain.stages import Move, Stage
from missionkit.domain.workflow import Workflow
from missionkit.errors import InvalidValueError
from missionkit.report.pictures.lanes import Span, lanes, ports, spread
from missionkit.report.pictures.workflow import workflow_map
from missionkit.testing.workflows import sound_workflows
from tests.report.pages import NASTY

SVG = "{http://www.w3.org/2000/svg}"


def parsed(flow: Workflow) -> ET.Element:
    return ET.fromstring(workflow_map(flow))  # noqa: S314 - our own text


def grants() -> WorkflowDraft:
    return (
        define_workflow("grants", start="letter", label="Two-stage grant review")
        .stage("letter", "Letter of intent", max_days=30, overdue="drop")
        .stage("proposal", "Full proposal", entry=["MK-GAT-003"])
        .move("invite", "letter", "proposal", approvals=2)
        .move("submit", "proposal", "panel")
        .move("fast-track", "letter", "panel", causes=["emergency"])
        .move("award", "panel", "awarded", approvals=3)
        .move("decline", "panel", "declined")
        .move("drop", "letter", "declined")
        .move("shine", "letter", "awarded", causes=["prize"])
        .move("revise", "panel", "proposal", causes=["budget"], gated=False)
        .move("revise", "proposal", "proposal", causes=["typo"], gated=False)
        .move("drop", target="declined", when="draft")
        .end("awarded", "declined")
    )


def titles(root: ET.Element, class_: str) -> list[str]:
    return [
        each.findtext(f"{SVG}title") or ""
        for each in root.iter(f"{SVG}g")
        if class_ in each.get("class", "").split()
    ]


def test_a_map_shows_every_stage_end_and_line() -> None:
    root = parsed(grants().workflow)

    assert root.findtext(f"{SVG}title") == "Two-stage grant review, version 1"
    assert titles(root, "mk-stage") == [
        "Letter of intent (letter)",
        "Full proposal (proposal)",
        "Panel (panel)",
    ]
    assert titles(root, "mk-end") == ["awarded", "declined"]
    assert sorted(titles(root, "mk-way")) == [
        "award: 3 approvals",
        "decline",
        "drop",
        "drop",
        "fast-track: emergency",
        "invite: 2 approvals",
        "open",
        "revise: budget",
        "revise: typo",
        "shine: prize",
        "submit",
    ]
    assert sorted(titles(root, "mk-back")) == ["revise: budget", "revise: typo"]


def test_a_stage_says_what_its_gates_ask_and_how_long_it_may_last() -> None:
    svg = workflow_map(grants().workflow)

    assert ">at most 30 days<" in svg
    assert ">1 rule to enter<" in svg
    assert ">2 rules to enter, 6 rules to leave<" in workflow_map(FOUR_STAGES)


def test_what_stays_in_its_stage_is_named_at_the_foot() -> None:
    svg = workflow_map(FOUR_STAGES)

    assert ">In every stage: block, unblock, suspend, resume, cancel<" in svg
    bare = Workflow(
        name="bare",
        stages=FOUR_STAGES.stages,
        moves=tuple(move for move in FOUR_STAGES.moves if move.target),
    )
    assert "In every stage" not in workflow_map(bare)


def test_a_map_is_sound_xml_with_a_role_and_no_way_out() -> None:
    svg = workflow_map(FOUR_STAGES)
    root = parsed(FOUR_STAGES)

    assert root.get("role") == "img"
    assert (root.get("aria-label") or "").startswith("The four key stages")
    assert svg.count("http") == 1  # the namespace
    assert {node.tag.removeprefix(SVG) for node in root.iter()} == {
        "svg", "title", "desc", "style", "g", "rect", "text", "path", "circle",
    }  # fmt: skip
    assert workflow_map(FOUR_STAGES) == svg


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_nasty_names_stay_text(text: str) -> None:
    draft = define_workflow("w", start="a", label=text).stage("a", text)
    try:
        flow = draft.move(text, "a", text, causes=text).end(text).workflow
    except InvalidValueError:
        return
    root = parsed(flow)

    assert {node.tag.removeprefix(SVG) for node in root.iter()} <= {
        "svg", "title", "desc", "style", "g", "rect", "text", "path", "circle",
    }  # fmt: skip


@given(sound_workflows(timed=True))
def test_everything_stands_inside_the_picture(flow: Workflow) -> None:
    root = parsed(flow)
    _, _, wide, tall = map(float, root.get("viewBox", "").split())

    for box in root.iter(f"{SVG}rect"):
        x, y, w, h = (float(box.get(n, "0")) for n in ("x", "y", "width", "height"))
        assert 0 <= x <= x + w <= wide
        assert 30 <= y <= y + h <= tall
    for each in root.iter(f"{SVG}text"):
        assert 0 < float(each.get("y", "0")) < tall


def test_only_workflows_are_drawn() -> None:
    with pytest.raises(InvalidValueError, match="workflow must be a Workflow"):
        workflow_map(None)  # type: ignore[arg-type]


SPANS = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 5)).filter(lambda s: s[0] != s[1]),
    max_size=12,
)


@given(SPANS)
def test_no_two_lines_overlap_in_a_lane(pairs: list[tuple[int, int]]) -> None:
    spans = [Span(*pair) for pair in pairs]
    chosen = lanes(spans)

    assert len(chosen) == len(spans)
    for (a, one), (b, other) in combinations(list(zip(spans, chosen, strict=True)), 2):
        assert one != other or a.high <= b.low or b.high <= a.low


@given(SPANS)
def test_each_end_of_a_line_has_a_port_of_its_own(pairs: list[tuple[int, int]]) -> None:
    spans = [Span(*pair) for pair in pairs]
    found = ports(spans, lanes(spans))

    assert sorted(end for ends in found.values() for end in ends) == list(
        range(2 * len(spans))
    )
    for box, ends in found.items():
        assert all(
            box in (spans[end // 2].source, spans[end // 2].target) for end in ends
        )


def test_ports_are_spread_evenly_in_the_middle() -> None:
    assert spread(1, 0, 100, 20) == (50,)
    assert spread(3, 0, 100, 20) == (30, 50, 70)
    assert spread(9, 0, 100, 20)[0] == 10


@pytest.mark.timeout(60)
def test_a_picture_of_very_many_lines_is_drawn() -> None:
    keys = [f"s{number}" for number in range(120)]
    flow = Workflow(
        name="w",
        stages=tuple(Stage(key=key, label=key) for key in keys),
        moves=(
            *lifecycle("s0"),
            *(Move(event=f"to-{key}", target=key) for key in keys),
            Move(event="end", target="closed"),
        ),
    )

    assert workflow_map(flow).count("<path") > len(keys) ** 2


def test_lines_beyond_the_last_lane_share_it() -> None:
    chosen = lanes([Span(0, 1)] * 300)

    assert chosen[:200] == tuple(range(200))
    assert set(chosen[200:]) == {199}
