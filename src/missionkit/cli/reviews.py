"""What the commands about reviews share: a model from a file or a store, workflows."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path as Folder
from typing import Annotated, Final, TypeAlias, cast

from attrs import frozen
from cyclopts import Parameter

from missionkit.cli import codes
from missionkit.cli.judging import Asked
from missionkit.cli.stores import opened
from missionkit.cli.streams import complain
from missionkit.cli.terminal import loaded
from missionkit.domain.model import Model
from missionkit.domain.workflow import Workflow
from missionkit.errors import InvalidValueError
from missionkit.formats.workflow_file import load_workflow
from missionkit.markup import Html, join, shown
from missionkit.plugins import Plugin, installed
from missionkit.ports.format import Imported
from missionkit.ports.guard import Guard
from missionkit.review.setting import WORKFLOWS, Settings
from missionkit.review.state import CycleState, cycle_state
from missionkit.stores.folder.opening import MARK
from missionkit.stores.opening import is_database
from missionkit.workspace import Workspace
from missionkit.workspace.staling import WentStale

Many: TypeAlias = Annotated[tuple[str, ...], Parameter(negative=(), show_default=False)]
"""An option that can be given more than once."""

_MAGIC: Final = b"SQLite format 3\x00"


@frozen
class Held:
    """A model, and where it is kept: a stream of a workspace, or a document."""

    model: Model
    workspace: Workspace | None = None
    stream: str = ""
    imported: Imported | None = None


@frozen
class Told:
    """Where a review stands and, of a store, which commits made approvals stale."""

    state: CycleState
    stale: tuple[WentStale, ...] = ()

    @classmethod
    def of(
        cls, there: Held, cycle: str, on: date, by: str | None, settings: Settings
    ) -> "Told":
        """Return it on a day, for somebody who acts if one is named."""
        state = cycle_state(there.model, cycle, on=on, by=by, **settings)
        if there.workspace is None:
            return cls(state)
        review = there.workspace.review(there.stream, cycle, **settings)
        return cls(state, review.stale(on=on))

    def __str__(self) -> str:
        """Return the state, and below it who changed what had been approved."""
        return "\n\n".join(map(str, (self.state, *self.stale)))

    def as_dict(self) -> dict[str, object]:
        """Return it as JSON values."""
        stale = [each.as_dict() for each in self.stale]
        return {**self.state.as_dict(), "made_stale": stale}

    def to_html(self) -> Html:
        """Return it as HTML tables; every text is escaped."""
        return join((self.state.to_html(), *(each.to_html() for each in self.stale)))


@contextmanager
def held(place: str, stream: str | None, *, lenient: bool) -> Iterator[Held]:
    """Yield the model of a document, or of a stream of a store, which stays as it is.

    Raises:
        InvalidValueError: it is not clear which stream is meant.
    """
    if not _is_store(place):
        if stream is not None:
            said = "A document has no streams; only a store has."
            raise _wrong(said, stream, "leave --stream out, or name a store")
        imported = loaded(place, lenient=lenient)
        yield Held(imported.model, imported=imported)
        return
    with opened(place) as workspace:
        name = _stream(workspace, stream)
        yield Held(workspace.model(name), workspace, name)


def _is_store(place: str) -> bool:
    if is_database(place):
        return True
    try:
        if (Folder(place) / MARK).is_file():
            return True
        with Folder(place).open("rb") as file:
            return file.read(len(_MAGIC)) == _MAGIC
    except (OSError, ValueError):  # told when it is read as a document
        return False


def _stream(workspace: Workspace, stream: str | None) -> str:
    """Return the stream that is asked for, or else the only one."""
    if stream is not None:
        return stream
    names = workspace.streams()
    if len(names) == 1:
        return names[0]
    if not names:
        raise _wrong("The store holds no stream.", "", "name a store that holds one")
    said = f"The store holds {len(names)} streams."
    raise _wrong(said, "", f"name one with --stream: {', '.join(names[:10])}")


def _wrong(said: str, value: str, fix: str) -> InvalidValueError:
    issue = codes.WRONG_OPTION.issue(said, path="--stream", value=value, fix=fix)
    return InvalidValueError("options", (issue,))


def settings_of(how: Asked, files: Iterable[str], *, plugged: bool) -> Settings:
    """Return by what reviews are judged: rules, limits, workflows and guards."""
    known = (*WORKFLOWS, *map(load_workflow, files))
    found = Settings(
        rules=how["rules"],
        limits=how["limits"] or {},
        severities=how["severities"] or {},
        workflows=known,
    )
    if plugged:
        workflows = [p.value for p in _plugins("workflows", is_workflow)]
        guards = {p.name: p.value for p in _plugins("guards", callable)}
        found["workflows"] = (*known, *cast("list[Workflow]", workflows))
        found["guards"] = cast("dict[str, Guard]", guards)
    return found


def is_workflow(value: object) -> bool:
    """Return whether something is a workflow."""
    return isinstance(value, Workflow)


def _plugins(group: str, fits: Callable[[object], bool]) -> Iterator[Plugin]:
    """Yield the plug-ins that are what they should be; the others are told of."""
    found = installed(group)
    for error in found.failed:
        complain(str(error))
    for plugin in found.found:
        if fits(plugin.value):
            yield plugin
        else:
            said = f"is left out: {shown(plugin.value)} is none of the {group}"
            complain(f"plug-in {shown(plugin.name)} of {plugin.distribution} {said}")
