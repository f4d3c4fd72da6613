import json
import sys
from typing import Any, Final

import jsonschema
import pytest
from hypothesis import example, given

import missionkit as mk
from missionkit.codec.workflow_document import (
    WORKFLOW_SCHEMA,
    dumps_workflow,
    loads_workflow,
    workflow_schema,
    yaml_dumps_workflow,
)
from missionkit.domain.defining import define_workflow
from missionkit.domain.four_stages import FOUR_STAGES
from missionkit.domain.workflow import Workflow
from missionkit.errors import (
    DocumentError,
    InvalidValueError,
    LimitError,
    MissingExtraError,
)
from missionkit.testing.workflows import sound_workflows

EVERY: Final = (
    define_workflow("every", start="a", label="Every field", provenance="A\nB")
    .stage(
        "a",
        "A: the first",
        work_processes=["w"],
        inputs=["i"],
        outputs=[mk.StageOutput(name="o", consumers=("c",), view="needs-register")],
        entry=["MK-GAT-001"],
        exit=["MK-GAT-003"],
        accountable=["x"],
        responsible=["y"],
        consulted=["z"],
        max_days=3,
        overdue="late",
    )
    .move("late", "a", "closed", label="Late", causes="no", approvals=2, priority=-1)
    .move("again", "a", "a", gated=False, guards="g", roles="y", when=["blocked"])
    .role("y", parties=2)
    .allow("waive", "y")
    .workflow
)
HEAD: Final = f"schema: {WORKFLOW_SCHEMA}\n"
SOUND: Final = (
    HEAD
    + """name: small
stages:
  - {key: a, label: A}
moves:
  - {event: open, target: a, when: [draft]}
  - {event: end, source: a, target: closed}
"""
)


def faults(data: Any, **given: Any) -> list[tuple[str, str, str]]:  # noqa: ANN401 - anything
    with pytest.raises(DocumentError) as caught:
        loads_workflow(data, source="w", **given)
    return [
        (issue.code, issue.path, str(issue.source or ""))
        for issue in caught.value.issues
    ]


@given(sound_workflows(rules=["MK-GAT-001"], roles=["sponsor"], guards=["g"]))
@example(FOUR_STAGES)
@example(EVERY)
def test_a_workflow_comes_back_as_it_was_from_every_form(flow: Workflow) -> None:
    text = dumps_workflow(flow)
    values = json.loads(text)

    assert loads_workflow(text) == flow
    assert loads_workflow(text.encode()) == flow
    assert loads_workflow(dumps_workflow(flow, indent=None)) == flow
    assert loads_workflow(yaml_dumps_workflow(flow)) == flow
    assert loads_workflow(values) == flow
    jsonschema.validate(values, workflow_schema())


def test_a_document_says_its_schema_and_leaves_out_what_is_usual() -> None:
    flow = define_workflow("small", start="a").move("end", "a", "closed").workflow
    document = json.loads(dumps_workflow(flow))

    assert list(document) == ["schema", "name", "stages", "moves"]
    assert document["schema"] == WORKFLOW_SCHEMA
    assert document["stages"] == [{"key": "a", "label": "A"}]
    assert document["moves"][0] == {
        "event": "end",
        "source": "a",
        "target": "closed",
        "guards": ["carry_over_kept"],
    }


def test_yaml_is_read_as_people_write_it() -> None:
    assert loads_workflow(SOUND).stages[0].label == "A"


def test_the_schema_is_sound_and_knows_every_field() -> None:
    schema = workflow_schema()

    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["required"] == ["schema", "name", "stages"]
    assert schema["properties"]["schema"] == {"const": WORKFLOW_SCHEMA}
    assert "Move" in schema["$defs"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"schema": WORKFLOW_SCHEMA, "name": "x"}, schema)


def test_faults_of_every_part_are_told_at_once_with_their_places() -> None:
    text = (
        HEAD
        + """name: x
version: two
stages:
  - {key: a, label: A, lable: x}
moves:
  - event: open
    target: b
    when: [drafty]
"""
    )
    assert faults(text) == [
        ("MK-DOC-012", "version", "w:3:10"),
        ("MK-DOC-014", "stages[0].lable", "w:5:24"),
        ("MK-DOC-015", "moves[0].when[0]", "w:9:12"),
    ]


def test_an_unknown_key_is_told_with_the_nearest_name() -> None:
    with pytest.raises(DocumentError) as caught:
        loads_workflow(SOUND.replace("moves:", "movs:"))
    (issue,) = [i for i in caught.value.issues if i.code == "MK-DOC-014"]

    assert issue.fix == "did you mean 'moves'?"
    assert "lenient" not in str(caught.value)


def test_faults_of_shape_stand_at_their_line() -> None:
    assert faults(SOUND.replace("closed", "clsed")) == [
        ("MK-WFL-002", "moves[1].target", "w:7:37")
    ]
    assert ("MK-WFL-005", "stages[0]", "w:4:5") in faults(
        SOUND.replace("  - {event: end, source: a, target: closed}\n", "")
    )


def test_faults_of_shape_are_told_beside_those_of_other_fields() -> None:
    text = SOUND.replace("name: small", "name: ' '").replace("closed", "clsed")

    assert faults(text) == [
        ("MK-DOM-002", "name", "w:2:7"),
        ("MK-WFL-002", "moves[1].target", "w:7:37"),
    ]
    assert faults(text.replace("name: ' '\n", ""))[-1][0] == "MK-WFL-002"


def test_plain_values_have_no_lines_and_are_read_as_strictly() -> None:
    assert faults({"schema": WORKFLOW_SCHEMA, "name": "x", "stages": ()}) == [
        ("MK-DOM-002", "stages", "")
    ]
    assert faults({"schema": object()}) == [("MK-DOC-012", "", "")]
    circle: dict[str, object] = {}
    circle["schema"] = circle
    assert faults(circle) == [("MK-DOC-012", "", "")]


HEADS: Final[dict[str, tuple[Any, list[tuple[str, str, str]]]]] = {
    "empty": ("", [("MK-DOC-002", "", "w:1:1")]),
    "list": ("[]", [("MK-DOC-012", "", "w:1:1")]),
    "text": ("hello", [("MK-DOC-012", "", "w:1:1")]),
    "number": (5, [("MK-DOC-012", "", "")]),
    "broken": ('{"schema": ', [("MK-DOC-003", "schema", "w:1:12")]),
    "none": (
        SOUND.removeprefix(HEAD),
        [("MK-DOC-019", "", "w:1:1")],
    ),
    "a model": ('{"schema": "missionkit/1"}', [("MK-DOC-020", "schema", "w:1:12")]),
    "newer": (
        '{"schema": "missionkit-workflow/2", "x": 1}',
        [("MK-DOC-021", "schema", "w:1:12")],
    ),
    "another": (
        SOUND.replace("workflow/1", "workflow/0"),
        [("MK-DOC-020", "schema", "w:1:9")],
    ),
}


@pytest.mark.parametrize("name", HEADS)
def test_what_is_no_workflow_is_refused_by_its_head(name: str) -> None:
    data, told = HEADS[name]

    assert faults(data) == told


def test_a_model_is_said_to_be_one() -> None:
    with pytest.raises(DocumentError, match="read it with `load`"):
        loads_workflow('{"schema": "missionkit/1"}')


def test_a_workflow_is_said_to_be_one_where_a_model_is_read() -> None:
    with pytest.raises(DocumentError, match="read it with `load_workflow`"):
        mk.loads(dumps_workflow(FOUR_STAGES))


def test_limits_hold() -> None:
    with pytest.raises(LimitError):
        loads_workflow(SOUND, limits=mk.Limits(size=20))
    told = faults(HEAD + "a: 1\nb: 2\nc: 3\n", limits=mk.Limits(faults=3))
    assert max(code for code, _, _ in told) == "MK-DOC-029"


def test_only_workflows_are_written() -> None:
    with pytest.raises(InvalidValueError, match="must be a workflow"):
        dumps_workflow("four-stages")  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError):
        yaml_dumps_workflow(None)  # type: ignore[arg-type]


def test_without_the_extra_yaml_is_refused_and_json_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "missionkit.codec.yaml_text", None)

    assert loads_workflow(dumps_workflow(FOUR_STAGES)) == FOUR_STAGES
    with pytest.raises(MissingExtraError):
        loads_workflow(SOUND)
