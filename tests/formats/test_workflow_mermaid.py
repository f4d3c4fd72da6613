import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missionkit.domain.defining import define_workflow
from missionkit.domain.four_stages import FOUR_STAGES
from missionkit.domain.workflow import Workflow
from missionkit.errors import InvalidValueError
from missionkit.formats.workflow_drawing import Line, lines_of, staying
from missionkit.formats.workflow_mermaid import workflow_mermaid
from missionkit.testing.workflows import sound_workflows
from tests.formats.test_mermaid import NASTY

SAFE = r"[\w \u2060#;]+"
LINE = re.compile(
    rf'stateDiagram-v2|    direction LR|    state "{SAFE}" as [se]\d+'
    rf"|    (\[\*\]|s\d+) --> [se]\d+ : {SAFE}|    e\d+ --> \[\*\]"
    rf"|    note left of s1 : {SAFE}"
)
HOSTILE = [text for text in NASTY if "\n" not in text]


def test_a_diagram_has_stages_ends_moves_and_a_note() -> None:
    flow = (
        define_workflow("w", start="a")
        .stage("a", "First look")
        .move("on", "a", "b", approvals=2)
        .move("skip", "a", "gone", approvals=1, then="canceled")
        .move("back", "b", "a", causes=["x_y"], gated=False)
        .move("back", "b", "a", causes=["z"], gated=False, priority=1)
        .move("end", "b", "done")
        .end("done", "gone")
        .workflow
    )
    assert workflow_mermaid(flow) == (
        "stateDiagram-v2\n"
        "    direction LR\n"
        '    state "First look" as s1\n'
        '    state "B" as s2\n'
        '    state "done" as e1\n'
        '    state "gone" as e2\n'
        "    s1 --> s2 : on#58; 2 approvals\n"
        "    s1 --> e2 : skip#58; 1 approval#44; canceled\n"
        "    s2 --> s1 : back#58; x#95;y#44; z\n"
        "    s2 --> e1 : end\n"
        "    [*] --> s1 : open\n"
        "    e1 --> [*]\n"
        "    e2 --> [*]\n"
        "    note left of s1 : In every stage#58; block#44; unblock#44; suspend#44;"
        " resume#44; cancel\n"
    )


def test_a_move_from_anywhere_is_drawn_from_every_stage_and_from_the_draft() -> None:
    flow = (
        define_workflow("w", start="a")
        .move("on", "a", "b")
        .move("drop", target="closed", when=["draft", "active"])
        .workflow
    )
    drawn = [(line.source, line.target) for line in lines_of(flow)]

    assert drawn == [
        ("a", "b"), (None, "closed"), ("a", "closed"), ("b", "closed"), (None, "a"),
    ]  # fmt: skip


def test_the_four_stages_have_a_line_for_each_way() -> None:
    lines = lines_of(FOUR_STAGES)

    assert len(lines) == 1 + 4 + 9
    assert (
        Line(
            source="review",
            target="direct",
            event="correct",
            note="objective_wrong, infeasible",
        )
        in lines
    )
    assert staying(FOUR_STAGES) == (
        "In every stage: block, unblock, suspend, resume, cancel",
    )


def test_what_stays_in_one_stage_is_not_said_of_every_stage() -> None:
    flow = (
        define_workflow("w", start="a")
        .stage("a", "First look")
        .move("on", "a", "b")
        .move("hold", "b", then="blocked")
        .move("wait", "a", then="blocked")
        .move("end", "b", "closed")
        .workflow
    )
    every = "In every stage: block, unblock, suspend, resume, cancel"

    assert staying(flow) == (every, "In B: hold", "In First look: wait")
    assert workflow_mermaid(flow).count("note left of") == 1
    assert "In B#58; hold#46; In First look#58; wait" in workflow_mermaid(flow)


def test_a_note_is_left_out_where_nothing_stays() -> None:
    flow = define_workflow("w", start="a").move("end", "a", "closed").workflow
    moves = tuple(move for move in flow.moves if move.target)
    bare = Workflow(name="w", stages=flow.stages, moves=moves)

    assert "note" not in workflow_mermaid(bare)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_name_can_say_anything_to_mermaid(text: str) -> None:
    flow = (
        define_workflow("w", start=text)
        .move(text, text, f"{text}!", causes=text)
        .move("x", text, text, label=text)
        .end(f"{text}!")
        .workflow
    )
    assert all(LINE.fullmatch(line) for line in workflow_mermaid(flow).splitlines())


@given(st.text(max_size=120))
def test_any_label_is_refused_or_stays_in_its_line(label: str) -> None:
    draft = define_workflow("w", start="a").stage("a", label)
    try:
        flow = draft.move("end", "a", "closed").workflow
    except InvalidValueError:
        return
    assert all(LINE.fullmatch(line) for line in workflow_mermaid(flow).splitlines())


@given(sound_workflows())
def test_every_line_of_any_workflow_has_the_one_form(flow: Workflow) -> None:
    text = workflow_mermaid(flow)

    assert all(LINE.fullmatch(line) for line in text.splitlines())
    assert text == workflow_mermaid(flow)


def test_only_workflows_are_drawn() -> None:
    with pytest.raises(InvalidValueError, match="workflow must be a Workflow"):
        workflow_mermaid("four-stages")  # type: ignore[arg-type]
