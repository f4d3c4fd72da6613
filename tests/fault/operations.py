"""What can be done with a store; a fault may befall it at any call that it makes."""

import os
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Final, TypeAlias

from attrs import frozen

from missionkit.domain.history import Commit, CommitDraft
from missionkit.history.disposing import acts_of
from missionkit.history.sealing import head_of, seal
from missionkit.ports.store import Disposed
from missionkit.testing.stores import commits
from missionkit.testing.stores.making import START
from missionkit.testing.stores.snapshotting import snapshot_at
from tests.fault.durable import NEW_STREAM, SQLITE, Durable, Kind, said
from tests.fault.tracing import traced

Begin: TypeAlias = Callable[[Kind, Path], Callable[[], object]]
"""Gets what is needed, such as an open store, and returns what is then done."""

S: Final = "harbour"
OTHER: Final = "library/quiet"
SECRET: Final = b"Ana Ruiz, who asked to be forgotten"
HELD: Final = commits(S, 2, data=[b'{"name":"%s"}' % SECRET, b'{"name":"two"}'])
NEW: Final = commits(S, 50, after=HELD)
ERASED: Final = (Disposed(sequence=1, put=0), Disposed(sequence=2, put=0))
_NOTE: Final = CommitDraft(
    id="note",
    at=START + timedelta(minutes=3),
    actor="records",
    why="they asked",
    changes=(),
    acts=acts_of(ERASED),
    schema=1,
)
(NOTE,) = seal([_NOTE], head_of(S, HELD[-1]))


@frozen
class Operation:
    """One thing to do with a store, which *before* has filled.

    A fault befalls only what is done after it has begun. What it *erases* no file may
    have afterwards.
    """

    name: str
    before: Callable[[Kind, Path], None]
    begin: Begin
    erases: bytes = b""


def empty(kind: Kind, folder: Path) -> None:
    """Make no store at all."""


def filled(kind: Kind, folder: Path) -> None:
    """Make a store with two streams, one of which has a snapshot."""
    with closing(kind.opened(folder)) as store:
        made = snapshot_at(HELD[-1])
        store.append_with_snapshot(S, HELD, expected=0, snapshot=made)
        store.append(OTHER, commits(OTHER, 2), expected=0)


def _with(act: Callable[[Durable], object]) -> Begin:
    def begin(kind: Kind, folder: Path) -> Callable[[], object]:
        store = kind.opened(folder)
        return lambda: act(store)

    return begin


def _opened(kind: Kind, folder: Path) -> Callable[[], object]:
    return lambda: kind.opened(folder).close()


def _opened_and_appended(kind: Kind, folder: Path) -> Callable[[], object]:
    new: list[Commit] = []

    def act() -> None:
        with closing(kind.opened(folder)) as store:
            if not new:
                new.extend(commits(S, after=tuple(store.read(S)), by="mender"))
            store.append(S, new, expected=new[0].facts.sequence - 1)

    return act


def _mending(broken_off: Operation) -> Operation:
    """Return the next append where somebody died in the midst of an operation."""

    def before(kind: Kind, folder: Path) -> None:
        filled(kind, folder)

        def begin() -> Callable[[], str]:
            act = broken_off.begin(kind, folder)
            return lambda: said(act)

        fault = kind.midway[broken_off.name]
        assert traced(begin, Path(os.devnull), fault).hit

    name = f"append after a broken {broken_off.name}"
    return Operation(name, before, _opened_and_appended)


MAKING: Final = Operation("making", empty, _opened)
APPEND: Final = Operation(
    "append", filled, _with(lambda s: s.append(S, NEW[:1], expected=2))
)
APPEND_50: Final = Operation(
    "append of 50", filled, _with(lambda s: s.append(S, NEW, expected=2))
)
DISPOSAL: Final = Operation(
    "disposal",
    filled,
    _with(lambda s: s.dispose(S, ERASED, NOTE, expected=2, snapshot=None)),
    erases=SECRET,
)
SNAPSHOT: Final = Operation(
    "snapshot",
    filled,
    _with(
        lambda s: s.append_with_snapshot(
            S, NEW[:1], expected=2, snapshot=snapshot_at(NEW[0], b"newer")
        )
    ),
)
OPERATIONS: Final = (
    MAKING,
    APPEND,
    APPEND_50,
    Operation(
        "append to a new stream",
        filled,
        _with(lambda s: s.append(NEW_STREAM, commits(NEW_STREAM), expected=0)),
    ),
    SNAPSHOT,
    DISPOSAL,
    _mending(APPEND_50),
    _mending(DISPOSAL),
)
MIGRATION: Final = Operation(
    "migration", lambda _, folder: filled(SQLITE, folder), _opened
)
