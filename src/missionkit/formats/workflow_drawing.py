"""What pictures of a workflow show: stages, ends, and one line for each way between."""

from collections.abc import Iterable, Iterator
from typing import Final

from attrs import frozen

from missionkit.domain.checking import shape_faults
from missionkit.domain.review import CycleStatus
from missionkit.domain.spec import Nested
from missionkit.domain.stages import STAYING, Move, Stage
from missionkit.domain.workflow import Workflow
from missionkit.errors import InvalidValueError
from missionkit.markup import one_line, shortened

_LONGEST: Final = 80


@frozen(kw_only=True)
class Line:
    """One way that an event leads, from a stage to a stage or an end.

    A line without *source* comes from the draft. *note* says what it takes: causes,
    approvals, another status than usual.
    """

    source: str | None
    target: str
    event: str
    note: str = ""


def lines_of(workflow: Workflow) -> tuple[Line, ...]:
    """Return the lines of a picture; moves that only differ in causes share one."""
    refuse_no_workflow(workflow)
    found: dict[tuple[str | None, str, str], list[Move]] = {}
    for move in workflow.moves:
        if move.target is None:
            continue
        draft = CycleStatus.DRAFT in move.when
        if draft:
            found.setdefault((None, move.target, move.event), []).append(move)
        if not draft or len(move.when) > 1:
            for source in _sources(workflow, move):
                found.setdefault((source, move.target, move.event), []).append(move)
    return tuple(
        Line(source=source, target=target, event=_said(event), note=_note(moves))
        for (source, target, event), moves in found.items()
    )


def staying(workflow: Workflow) -> tuple[str, ...]:
    """Return sentences about the events that leave a review in its stage.

    Those of every stage, such as ``block``, come first, then those of one stage each.
    """
    found: dict[str | None, dict[str, None]] = {None: {}}
    for move in workflow.moves:
        if move.target is None:
            found.setdefault(move.source, {})[_said(move.event)] = None
    titles = {stage.key: title_of(stage) for stage in workflow.stages}
    return tuple(
        f"{'In every stage' if key is None else f'In {titles[key]}'}: {', '.join(held)}"
        for key, held in found.items()
        if held
    )


def title_of(stage: Stage) -> str:
    """Return what a stage is called in a picture."""
    return _said(stage.label or stage.key)


def refuse_no_workflow(workflow: object) -> None:
    """Raise `InvalidValueError` where what is to be drawn is no workflow."""
    if not isinstance(workflow, Workflow):
        faults = tuple(shape_faults(Nested(Workflow), workflow, "workflow"))
        raise InvalidValueError("picture", faults)


def _sources(workflow: Workflow, move: Move) -> Iterator[str]:
    if move.source is not None:
        yield move.source
    else:
        yield from (stage.key for stage in workflow.stages)


def _note(moves: Iterable[Move]) -> str:
    said: dict[str, None] = {}
    for move in moves:
        said |= dict.fromkeys(move.causes)
        if move.approvals:
            many = "approval" if move.approvals == 1 else "approvals"
            said[f"{move.approvals} {many}"] = None
        if move.then in STAYING - {CycleStatus.CLOSED}:
            said[str(move.then)] = None
    return _said(", ".join(said))


def _said(text: str) -> str:
    return shortened(one_line(text), _LONGEST)
