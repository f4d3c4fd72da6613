"""A workflow as Mermaid text: a state diagram for Markdown pages and wikis."""

from collections.abc import Iterator, Mapping
from typing import Final

from missionkit.domain.workflow import Workflow
from missionkit.formats.mermaid import escaped
from missionkit.formats.workflow_drawing import (
    Line,
    lines_of,
    staying,
    title_of,
)
from missionkit.markup import one_line, shortened

_EDGE: Final = "[*]"


def workflow_mermaid(workflow: Workflow) -> str:
    """Return a Mermaid state diagram of a workflow: its stages, ends and moves.

    Causes and approvals stand with their move. Events that leave a review in its stage
    are named in a note. Everything of a text that could mean something to Mermaid is
    written as the number of its character.
    """
    return "\n".join(_lines(workflow)) + "\n"


def _lines(workflow: Workflow) -> Iterator[str]:
    drawn = lines_of(workflow)
    stages = {stage.key: f"s{at}" for at, stage in enumerate(workflow.stages, 1)}
    ends = {end: f"e{at}" for at, end in enumerate(workflow.ends, 1)}
    yield "stateDiagram-v2"
    yield "    direction LR"
    for stage in workflow.stages:
        yield f'    state "{escaped(title_of(stage))}" as {stages[stage.key]}'
    for end, name in ends.items():
        yield f'    state "{escaped(shortened(one_line(end), 80))}" as {name}'
    for line in drawn:
        yield _arrow(line, {**stages, **ends})
    for name in ends.values():
        yield f"    {name} --> {_EDGE}"
    if still := ". ".join(staying(workflow)):  # a state has room for one note
        yield f"    note left of {next(iter(stages.values()))} : {escaped(still)}"


def _arrow(line: Line, names: Mapping[str, str]) -> str:
    source = names[line.source] if line.source is not None else _EDGE
    said = f"{line.event}: {line.note}" if line.note else line.event
    return f"    {source} --> {names[line.target]} : {escaped(said)}"
