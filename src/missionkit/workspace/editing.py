"""An edit of a stream's model, and its transaction that is run again.

What is edited by rules of its own, such as a review, is one call of `decided` with an
`Act` that names what the commit stands for.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TypeVar

from attrs import evolve

from missionkit.history.choosing import When
from missionkit.history.differences import Diff
from missionkit.history.edit import Edit
from missionkit.history.folding import State
from missionkit.history.past import newest, no_version, refuse_unknown
from missionkit.history.writing import Act
from missionkit.workspace.desk import Desk
from missionkit.workspace.turns import TRIES, tried

T = TypeVar("T")


@contextmanager
def edited(  # noqa: PLR0913 - options of one act, by keyword
    desk: Desk,
    stream: str,
    act: Act,
    *,
    create: bool = False,
    expected: int | None = None,
    rebase: bool = False,
) -> Iterator[Edit]:
    """Yield a draft of a stream's model; what was changed becomes one commit."""
    if not create:
        refuse_unknown(desk.store, stream)
    state = seen(desk, stream, expected, rebase=rebase)
    draft = desk.begun(state)
    yield draft
    commit = desk.writer.write(stream, state, draft, act, rebase=rebase)
    desk.listeners.tell(stream, commit)


def transacted(  # noqa: PLR0913 - options of one act, by keyword
    desk: Desk,
    stream: str,
    act: Act,
    change: Callable[[Edit], T],
    *,
    create: bool = False,
    tries: int = TRIES,
) -> T:
    """Return what *change* returns when its edit is committed.

    Where others were faster it is called again with a new draft.
    """

    def once() -> T:
        with edited(desk, stream, act, create=create) as draft:
            return change(draft)

    if not create:
        refuse_unknown(desk.store, stream)
    with desk.turns.of(stream):
        return tried(once, tries)


def decided(
    desk: Desk, stream: str, act: Act, decide: Callable[[Edit, datetime], T]
) -> T:
    """Return what *decide* returns when what it did to the draft is committed.

    It is given the instant that the commit will bear. Where others were faster it is
    called again, with a new draft and a new instant; so it does nothing but decide.
    """

    def once() -> T:
        state = newest(desk.store, stream)
        draft = desk.begun(state)
        # Only now, or what others committed meanwhile would seem to come later.
        at = desk.writer.instant()
        result = decide(draft, at)
        commit = desk.writer.write(stream, state, draft, evolve(act, at=at))
        desk.listeners.tell(stream, commit)
        return result

    refuse_unknown(desk.store, stream)
    with desk.turns.of(stream):
        return tried(once)


def seen(desk: Desk, stream: str, expected: int | None, *, rebase: bool) -> State:
    """Return the newest state, or with *rebase* the one that was seen.

    Raises:
        NotFoundError: there was no such version.
        ConflictError: another one is the newest, and *rebase* is not given.
    """
    state = newest(desk.store, stream)
    if expected is None or When(version=expected).version == state.sequence:
        return state
    if not 0 <= expected <= state.sequence:
        raise no_version(stream, expected)
    if rebase:
        then = When(version=expected)
        return then.state(desk.store, stream) if expected else State()
    raise desk.writer.conflict(stream, expected, Diff())
