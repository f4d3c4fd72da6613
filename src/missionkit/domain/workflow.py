"""How a review is run, as data: stages, moves, gates and roles."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import cached_property
from typing import Annotated

from attrs import evolve, frozen

from missionkit.domain import codes
from missionkit.domain.declaration import proof, value
from missionkit.domain.marks import NotEmpty
from missionkit.domain.stages import (
    Migration,
    Move,
    Permission,
    Renamed,
    ReviewAct,
    Stage,
    WorkflowRole,
)
from missionkit.domain.stepping import NO_CONTEXT, Context, Position, Table
from missionkit.domain.values import Count, Line
from missionkit.domain.workflow_shape import faults_of_migrations, faults_of_shape
from missionkit.domain.workflow_told import told
from missionkit.errors import InvalidValueError
from missionkit.issue import Issue
from missionkit.markup import one_line, shown


@frozen(kw_only=True)
@value
class Workflow:
    """A named and versioned way to run a review.

    Its shape is proved when it is built: one start, everything can be reached and
    everything leads to an end. All faults are named together, each with the way that
    shows it.
    """

    name: Line
    version: Count = 1
    label: str = ""
    stages: Annotated[tuple[Stage, ...], NotEmpty()]
    ends: Annotated[tuple[Line, ...], NotEmpty()] = ("closed",)
    moves: tuple[Move, ...] = ()
    roles: tuple[WorkflowRole, ...] = ()
    permissions: tuple[Permission, ...] = ()
    migrations: tuple[Migration, ...] = ()
    provenance: str = ""

    @proof("stages", "ends", "moves", "permissions", "roles")
    def _shape(self) -> Iterator[Issue]:
        return faults_of_shape(
            self.stages, self.ends, self.moves, self.permissions, self.roles
        )

    @proof("stages", "migrations", "version")
    def _migrations(self) -> Iterator[Issue]:
        return faults_of_migrations(self.stages, self.migrations, self.version)

    def __str__(self) -> str:
        """Return its stages, its moves and who may do what, one a line."""
        label = f": {self.label}" if self.label else ""
        head = one_line(f"{self.name}, version {self.version}{label}")
        head = f"{head}\n{one_line(self.provenance)}".rstrip()
        below = told(self.stages, self.ends, self.moves, self.roles, self.permissions)
        return f"{head}\n\n{below}"

    def stage(self, key: str | None) -> Stage | None:
        """Return the stage with a key, or None."""
        return self._by_key.get(key)

    @property
    def open_to_all(self) -> bool:
        """Whether it names no role anywhere, so that anybody may act."""
        return not (
            self.roles
            or any(stage.responsible or stage.accountable for stage in self.stages)
            or any(move.roles for move in self.moves)
            or any(permission.roles for permission in self.permissions)
        )

    def may(self, act: ReviewAct, stage: str | None = None) -> tuple[str, ...]:
        """Return the roles that may do something; nothing where nobody may.

        What a stage hands over is submitted by the roles responsible for the stage,
        unless the workflow says otherwise.
        """
        for permission in self.permissions:
            if permission.act is act:
                return permission.roles
        found = self.stage(stage)
        return found.responsible if found and act is ReviewAct.SUBMIT else ()

    def migrates(self, version: int, stages: Mapping[str, str]) -> "Workflow":
        """Return the same workflow, in which reviews of an earlier version go on.

        *stages* holds what earlier stages are called now; others keep their names.

        Raises:
            InvalidValueError: the version is none before this one, or a stage that is
                named is not here.
        """
        migration = Migration(version=version, stages=_renamed(stages))
        return evolve(self, migrations=(*self.migrations, migration))

    @cached_property
    def _by_key(self) -> Mapping[str | None, Stage]:
        return {stage.key: stage for stage in self.stages}

    @cached_property
    def table(self) -> Table:
        """Its moves, by event, status and stage."""
        return Table.of(self.stages, self.ends, self.moves, anyone=self.open_to_all)

    def step(
        self, position: Position, event: str, context: Context = NO_CONTEXT
    ) -> Move:
        """Return the move that an event makes: the bare machine.

        *context* answers whether each guard, and each rule of the gates on the way,
        holds, and says which causes are given and which roles the actor has.

        Raises:
            RefusedError: the event is unknown, is not possible there, or is refused by
                guards, gates or roles; every reason is named.
            InvalidValueError: an argument is of a wrong type.
        """
        try:
            return self.table.step(position, event, context)
        except (
            AttributeError,
            TypeError,
        ):  # asked afterwards: steps are fast
            _refuse_wrong(position, event, context)
            raise

    def after(self, position: Position, move: Move) -> Position:
        """Return where a review stands after a move."""
        return self.table.after(position, move)


def _renamed(stages: object) -> tuple[Renamed, ...]:
    """Return what earlier stages are called now, as values."""
    if isinstance(stages, Mapping):
        return tuple(Renamed(before=old, now=new) for old, new in stages.items())
    issue = codes.WRONG_TYPE.issue(
        f"stages must be a dict, got {shown(stages)} ({type(stages).__name__}).",
        path="stages",
        value=stages,
        fix='write {"earlier": "now"}',
    )
    raise InvalidValueError("migrates", (issue,))


def _refuse_wrong(position: object, event: object, context: object) -> None:
    """Raise `InvalidValueError` where a step is asked with what is of a wrong type."""
    causes, roles = getattr(context, "causes", None), getattr(context, "roles", None)
    wanted: tuple[tuple[str, object, type, str], ...] = (
        ("position", position, Position, "a position"),
        ("event", event, str, "text"),
        ("context", context, Context, "a context"),
        ("context.causes", causes or set(), AbstractSet, "a set of texts"),
        ("context.roles", roles or set(), AbstractSet, "a set of texts"),
    )
    faults = tuple(
        codes.WRONG_TYPE.issue(
            f"{path} must be {noun}, got {shown(given)} ({type(given).__name__}).",
            path=path,
            value=given,
        )
        for path, given, types, noun in wanted
        if not isinstance(given, types)
    )
    if faults:
        raise InvalidValueError("step", faults)
