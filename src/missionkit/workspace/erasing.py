"""What was ever stored of somebody is erased, in one stream or in many."""

from collections.abc import Iterable
from typing import TypeAlias

from attrs import frozen

from missionkit.domain.declaration import Element
from missionkit.domain.history import Commit
from missionkit.errors import MissionKitError, NotFoundError
from missionkit.history.choosing import ids_of
from missionkit.history.past import refuse_nameless, refuse_unknown
from missionkit.history.writing import Act, able_to_erase
from missionkit.issue import nearest
from missionkit.markup import one_line, table
from missionkit.workspace.desk import Desk
from missionkit.workspace.turns import tried

Failed: TypeAlias = tuple[str, MissionKitError]
"""A stream, and why nothing was erased there."""


@frozen(kw_only=True)
class Erasure:
    """What came of erasing in many streams: each is done by itself, or failed.

    `done` are the commits that say so, and `failed` names each stream in which nothing
    was erased, with the error. It is true where none failed.
    """

    done: tuple[Commit, ...]
    failed: tuple[Failed, ...] = ()

    def __bool__(self) -> bool:
        """Return whether it is done in every stream."""
        return not self.failed

    def __str__(self) -> str:
        """Return where it is done, and where not and why."""
        return "\n".join(one_line(": ".join(row)) for row in self._rows())

    def _repr_html_(self) -> str:
        return table(("stream", "what came of it"), self._rows())

    def _rows(self) -> list[tuple[str, str]]:
        done = [
            (commit.facts.stream, f"erased, as commit {commit.facts.sequence} says")
            for commit in self.done
        ]
        failed = [(stream, f"not erased: {error}") for stream, error in self.failed]
        none = [("every stream", "nothing was left to erase")]
        return [*done, *failed] or none


def erased(
    desk: Desk,
    stream: str,
    refs: Element | str | Iterable[Element | str],
    act: Act,
) -> Commit | None:
    """Erase all that was ever stored of some elements, and record that it was done."""
    refuse_unknown(desk.store, stream)
    return _erased(desk, stream, ids_of(refs), act)


def erased_everywhere(
    desk: Desk,
    refs: Element | str | Iterable[Element | str],
    act: Act,
    prefix: str,
) -> Erasure:
    """Erase some elements from every stream that ever held one."""
    refuse_nameless(prefix)
    able_to_erase(desk.store)
    held, unread = _held(desk, prefix)
    ids = ids_of(refs)
    known = dict.fromkeys(ref for _, there in held for ref in there)
    # Where a stream cannot be read nobody knows what it held.
    for ref in () if unread else sorted(ids - known.keys()):
        raise NotFoundError("element in any stream", ref, nearest(ref, known))
    done, failed = [], []
    for stream, there in held:
        try:
            if commit := _erased(desk, stream, ids & there, act):
                done.append(commit)
        except MissionKitError as error:
            failed.append((stream, error))
    return Erasure(done=tuple(done), failed=(*unread, *failed))


def _held(
    desk: Desk, prefix: str
) -> tuple[list[tuple[str, frozenset[str]]], list[Failed]]:
    """Return what each stream ever held, and which streams cannot be read."""
    held, unread = [], []
    for stream in desk.store.streams(prefix):
        try:
            there = [
                change.id
                for commit in desk.store.read(stream)
                for change in commit.facts.puts
            ]
            held.append((stream, frozenset(there)))
        except MissionKitError as error:
            unread.append((stream, error))
    return held, unread


def _erased(desk: Desk, stream: str, ids: frozenset[str], act: Act) -> Commit | None:
    if not ids:
        return None
    commit = tried(lambda: desk.writer.erase(stream, ids, act))
    desk.listeners.tell(stream, commit)
    return commit
