"""How a review is run, as data: stages, moves, gates and roles."""

from typing import Annotated

from attrs import frozen

from missionkit.domain.declaration import invariant, value
from missionkit.domain.marks import Doc, Matches, NotEmpty
from missionkit.domain.values import Count, Line

RuleCode = Annotated[
    str, Matches(r"[A-Z]{2,8}-[A-Z]{3}-[0-9]{3}", "a code such as MK-GAT-010")
]


@frozen(kw_only=True)
@value
class Gate:
    """What must hold: codes of rules from the same book that `check` uses."""

    rules: tuple[RuleCode, ...] = ()


@frozen(kw_only=True)
@value
class StageOutput:
    """What a stage hands over, and the processes that use it."""

    name: Line
    consumers: tuple[Line, ...] = ()


@frozen(kw_only=True)
@value
class Stage:
    """One stage of a review: its work, what goes in and out, and its two gates."""

    key: Line
    label: Line
    work_processes: tuple[Line, ...] = ()
    inputs: tuple[Line, ...] = ()
    outputs: tuple[StageOutput, ...] = ()
    entry: Gate = Gate()
    exit: Gate = Gate()
    accountable: tuple[Line, ...] = ()
    responsible: tuple[Line, ...] = ()
    consulted: tuple[Line, ...] = ()


@frozen(kw_only=True)
@value
class Move:
    """An event that leads from one stage to another, and who may cause it."""

    event: Line
    source: Line
    target: Line
    guards: tuple[Line, ...] = ()
    roles: tuple[Line, ...] = ()
    approvals: Annotated[int, Doc("how many different parties must approve")] = 0
    priority: int = 0
    max_days: Count | None = None


@frozen(kw_only=True)
@value
class Workflow:
    """A named and versioned way to run a review."""

    name: Line
    version: Count = 1
    stages: Annotated[tuple[Stage, ...], NotEmpty()]
    moves: tuple[Move, ...] = ()
    provenance: str = ""

    @invariant(
        "MK-WFL-001",
        "each stage of a workflow has a key of its own",
        fields=("stages",),
        fix="rename one of the two stages",
    )
    def _distinct(self) -> bool:
        return len({stage.key for stage in self.stages}) == len(self.stages)

    @invariant(
        "MK-WFL-002",
        "a move leads from a stage of the workflow to a stage of it",
        fields=("moves", "stages"),
        fix="add the stage, or correct the name",
    )
    def _moves_between_stages(self) -> bool:
        keys = {stage.key for stage in self.stages}
        return all({move.source, move.target} <= keys for move in self.moves)

    def stage(self, key: str) -> Stage | None:
        """Return the stage with a key, or None."""
        return next((stage for stage in self.stages if stage.key == key), None)
