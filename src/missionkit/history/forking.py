"""Where two streams were last one: by the acts of the commits that fork and merge."""

import re
from collections.abc import Container, Iterable, Iterator
from typing import Final

from missionkit.domain.history import Commit
from missionkit.errors import NotFoundError
from missionkit.history.folding import changed

_FORK: Final = re.compile(r"fork:(\S+)@([1-9][0-9]{0,14})").fullmatch
_MERGE: Final = re.compile(r"merge:(\S+)@([1-9][0-9]{0,14})").fullmatch


def fork_act(source: str, version: int) -> str:
    """Return the act of a commit that begins a scenario."""
    return f"fork:{source}@{version}"


def merge_act(source: str, version: int) -> str:
    """Return the act of a commit that brings another stream in."""
    return f"merge:{source}@{version}"


def common_base(
    source: str,
    target: str,
    commits: Iterable[Commit],
    others: Iterable[Commit],
) -> tuple[str, int]:
    """Return a stream and the version of it in which two streams were last one.

    *commits* are those of *source* and *others* those of *target*: one was forked from
    the other, and each may have been merged into the other since.

    Raises:
        NotFoundError: neither was forked from the other.
    """
    brought = list(_taken_from(target, commits))
    taken = list(_taken_from(source, others))
    if taken and (not brought or taken[-1][1] >= brought[-1][0]):
        return source, taken[-1][1]
    if brought:
        return target, brought[-1][1]
    raise NotFoundError("fork from", target)


def shared_ids(
    source: str,
    target: str,
    commits: Iterable[Commit],
    others: Iterable[Commit],
) -> frozenset[str]:
    """Return the ids of all elements that two streams ever had in common.

    The streams and commits are given as to `common_base`. Such an id is that of one
    thing in both, also where one of them removed it.
    """
    of_source, of_target = tuple(commits), tuple(others)
    taken = {upto for _, upto in _taken_from(source, of_target)}
    brought = {upto for _, upto in _taken_from(target, of_source)}
    return frozenset({*_there_at(taken, of_source), *_there_at(brought, of_target)})


def own_changes(
    source: str,
    target: str,
    commits: Iterable[Commit],
    others: Iterable[Commit],
) -> frozenset[str]:
    """Return the ids of what *source* put anew since *target* last had all of it.

    The streams and commits are given as to `common_base`. What it took from *target*
    is not its own. So this is known also of what was erased in *target* since.
    """
    of_source = tuple(commits)
    brought = {at for at, _ in _taken_from(target, of_source)}
    last = max((upto for _, upto in _taken_from(source, others)), default=0)
    return frozenset(_put_anew(of_source, brought, last))


def _put_anew(
    commits: Iterable[Commit], brought: Container[int], after: int
) -> Iterator[str]:
    there: dict[str, bytes | None] = {}
    for commit in commits:
        sequence = commit.facts.sequence
        own = sequence > after and sequence not in brought
        for ref, held in changed(commit):
            data = held.data if held else None
            if own and data is not None and there.get(ref) != data:
                yield ref
            there[ref] = data


def _there_at(versions: Container[int], commits: Iterable[Commit]) -> Iterator[str]:
    there: dict[str, None] = {}
    for commit in commits:
        for change in commit.facts.changes:
            if change.op == "put":
                there[change.id] = None
            else:
                there.pop(change.id, None)
        if commit.facts.sequence in versions:
            yield from there


def _taken_from(origin: str, commits: Iterable[Commit]) -> Iterator[tuple[int, int]]:
    """Yield at which commit a stream took all of another, and up to which of its."""
    for commit in commits:
        for act in commit.facts.acts:
            hit = _FORK(act) if commit.facts.sequence == 1 else _MERGE(act)
            if hit and hit[1] == origin:
                yield commit.facts.sequence, int(hit[2])
