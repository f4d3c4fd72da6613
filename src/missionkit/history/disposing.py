"""How a commit says which payloads were erased, so that verification can tell."""

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Final

from missionkit.codec.stored import NOTHING
from missionkit.domain.history import Commit, Header
from missionkit.errors import CorruptStoreError
from missionkit.ports.store import Disposed

_ACT: Final = re.compile(r"dispose:([1-9][0-9]{0,14}):([0-9]{1,15})").fullmatch


def acts_of(what: Iterable[Disposed]) -> tuple[str, ...]:
    """Return the acts that stand in the commit which says what was erased."""
    return tuple(f"dispose:{each.sequence}:{each.put}" for each in what)


def disposed_by(header: Header) -> Iterator[Disposed]:
    """Yield what a commit says was erased."""
    for act in header.acts:
        hit = _ACT(act)
        if hit:
            yield Disposed(sequence=int(hit[1]), put=int(hit[2]))


def reaches_behind(commits: Iterable[Commit], sequence: int) -> bool:
    """Return whether commits say that something up to another one was erased."""
    return any(
        each.sequence <= sequence
        for commit in commits
        for each in disposed_by(commit.facts)
    )


def payloads_of(commits: Iterable[Commit], refs: Container[str]) -> Iterator[Disposed]:
    """Yield every payload that some elements still have, in any commit."""
    for commit in commits:
        for at, put in enumerate(commit.facts.puts):
            payload = commit.payloads[at]
            if put.id in refs and payload is not None and payload.data != NOTHING:
                yield Disposed(sequence=commit.facts.sequence, put=at)


def erased_by(commits: Sequence[Commit]) -> Iterator[tuple[int, int]]:
    """Yield each commit that says what was erased, and of how many payloads it is so.

    Commits stand in their places, the first one first.
    """
    for at, commit in enumerate(commits, 1):
        with suppress(CorruptStoreError):  # verification tells of it
            count = sum(_is_gone(commits, each) for each in disposed_by(commit.facts))
            if count:
                yield at, count


def _is_gone(commits: Sequence[Commit], place: Disposed) -> bool:
    found = commits[place.sequence - 1 : place.sequence]
    return any(
        commit.payloads[place.put : place.put + 1] == (None,) for commit in found
    )


def erased_in(commit: Commit) -> Iterator[str]:
    """Yield the ids of the elements that a commit put and that are erased since."""
    for put, payload in zip(commit.facts.puts, commit.payloads, strict=False):
        if payload is None:
            yield put.id
