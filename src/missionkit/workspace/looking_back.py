"""The past of a stream, read as models, as a log, and as what differs."""

from collections.abc import Iterable

from missionkit.domain.declaration import Element, id_of
from missionkit.domain.history import Head
from missionkit.domain.model import Model
from missionkit.history.blaming import Blame, Version, blame, versions
from missionkit.history.checkpoint import Checkpoint, checkpoint_of
from missionkit.history.choosing import When, names_from
from missionkit.history.differences import Diff, diff
from missionkit.history.log import Log, log_of
from missionkit.history.mentions import (
    Mention,
    mentioned_before,
    mentioned_now,
    names_of,
)
from missionkit.history.past import Progress, newest, refuse_unknown
from missionkit.ports.store import Store
from missionkit.workspace.desk import Desk


def model_of(
    desk: Desk, stream: str, when: When, progress: Progress | None = None
) -> Model:
    """Return the model that a stream held then."""
    return desk.model(when.state(desk.store, stream, progress))


def logged(desk: Desk, stream: str) -> Log:
    """Return the log of a stream."""
    refuse_unknown(desk.store, stream)
    return log_of(desk.store.read(stream))


def versions_of(desk: Desk, stream: str, ref: Element | str) -> tuple[Version, ...]:
    """Return what each commit did to one element."""
    refuse_unknown(desk.store, stream)
    return versions(desk.store.read(stream), id_of(ref), desk.kinds)


def blamed(desk: Desk, stream: str, ref: Element | str) -> Blame:
    """Return for each field of an element who changed it last, and why."""
    refuse_unknown(desk.store, stream)
    return blame(desk.store.read(stream), id_of(ref), desk.kinds)


def differing(desk: Desk, stream: str, before: int, after: int | None) -> Diff:
    """Return what differs between two versions, or since one; 0 is empty."""
    then = When(version=before)
    refuse_unknown(desk.store, stream)
    old = model_of(desk, stream, then) if before else Model(kinds=desk.kinds)
    return diff(old, model_of(desk, stream, When(version=after)))


def mentioned(
    desk: Desk,
    stream: str,
    party: Element | str,
    names: str | Iterable[str],
    *,
    history: bool,
) -> tuple[Mention, ...]:
    """Return where text of other elements names a party, or a word of its name."""
    refuse_unknown(desk.store, stream)
    ref, read, more = id_of(party), desk.store.read, names_from(names)
    every = (*names_of(ref, read(stream), desk.kinds), *more)
    if history:
        return tuple(mentioned_before(read(stream), ref, every, desk.kinds))
    return tuple(mentioned_now(model_of(desk, stream, When()), ref, every))


def heads_of(store: Store) -> Checkpoint:
    """Return what holds all streams to what they are now."""
    heads = []
    for stream in store.streams():
        state = newest(store, stream)
        heads.append(Head(stream=stream, sequence=state.sequence, hash=state.hash))
    return checkpoint_of(heads)
