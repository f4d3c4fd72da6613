"""Scenarios are forked and merged, and what one commit did is undone."""

from collections.abc import Callable
from typing import cast

from attrs import evolve

from missionkit.domain.history import Commit
from missionkit.domain.model import Model
from missionkit.history.choosing import When
from missionkit.history.disposing import erased_in
from missionkit.history.forking import (
    common_base,
    fork_act,
    merge_act,
    own_changes,
    shared_ids,
)
from missionkit.history.merging import Merged, rejoined, reverted
from missionkit.history.past import newest, refuse_unknown
from missionkit.history.writing import Act
from missionkit.workspace.desk import Desk
from missionkit.workspace.editing import seen
from missionkit.workspace.looking_back import model_of
from missionkit.workspace.turns import tried


def undone(desk: Desk, stream: str, version: int, act: Act) -> Merged:
    """Undo what one commit did, as a new commit; conflicts are returned."""
    after = model_of(desk, stream, When(version=version))
    before = Model(kinds=desk.kinds)
    if version > 1:
        before = model_of(desk, stream, When(version=version - 1))
    back = frozenset(before.ids())
    act = evolve(act, acts=(f"revert:{version}",), back=back)
    done = desk.store.read(stream, after=version - 1, upto=version)
    lost = frozenset(ref for commit in done for ref in erased_in(commit))
    return _brought(
        desk, stream, act, lambda there: reverted(before, after, there, lost)
    )


def forked(desk: Desk, source: str, target: str, act: Act) -> Commit:
    """Begin a stream that holds what another holds now."""
    refuse_unknown(desk.store, source)
    origin = newest(desk.store, source)
    empty = seen(desk, target, 0, rebase=False)
    draft = desk.writer.begun(empty)
    draft.become(origin.model(desk.kinds))
    act = evolve(act, acts=(fork_act(source, origin.sequence),), always=True)
    commit = cast("Commit", desk.writer.write(target, empty, draft, act))
    desk.listeners.tell(target, commit)
    return commit


def merged(desk: Desk, source: str, target: str, act: Act) -> Merged:
    """Bring what another stream changed into one, since they were last one."""
    refuse_unknown(desk.store, source)
    refuse_unknown(desk.store, target)
    read = (tuple(desk.store.read(source)), tuple(desk.store.read(target)))
    stream, version = common_base(source, target, *read)
    base = model_of(desk, stream, When(version=version))
    theirs = newest(desk.store, source)
    model = theirs.model(desk.kinds)
    acts = (merge_act(source, theirs.sequence),)
    back = shared_ids(source, target, *read)
    act = evolve(act, acts=acts, back=back, always=True)
    changed = own_changes(source, target, *read)
    return _brought(
        desk, target, act, lambda there: rejoined(base, there, model, changed)
    )


def _brought(
    desk: Desk, stream: str, act: Act, bring: Callable[[Model], Merged]
) -> Merged:
    """Commit what a merge with the model that is there now gives, if it can be."""
    refuse_unknown(desk.store, stream)
    found, commit = tried(lambda: desk.writer.bring(stream, act, bring))
    desk.listeners.tell(stream, commit)
    return found
