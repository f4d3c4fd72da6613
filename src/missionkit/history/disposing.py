"""How a commit says which payloads were erased, so that verification can tell."""

import re
from collections.abc import Container, Iterable, Iterator
from typing import Final

from missionkit.codec.stored import NOTHING
from missionkit.domain.history import Commit, Header
from missionkit.ports.store import Disposed

_ACT: Final = re.compile(r"dispose:([1-9][0-9]*):([0-9]+)").fullmatch


def acts_of(what: Iterable[Disposed]) -> tuple[str, ...]:
    """Return the acts that stand in the commit which says what was erased."""
    return tuple(f"dispose:{each.sequence}:{each.put}" for each in what)


def disposed_by(header: Header) -> Iterator[Disposed]:
    """Yield what a commit says was erased."""
    for act in header.acts:
        hit = _ACT(act)
        if hit:
            yield Disposed(sequence=int(hit[1]), put=int(hit[2]))


def payloads_of(commits: Iterable[Commit], refs: Container[str]) -> Iterator[Disposed]:
    """Yield every payload that some elements still have, in any commit."""
    for commit in commits:
        for at, put in enumerate(commit.facts.puts):
            payload = commit.payloads[at]
            if put.id in refs and payload is not None and payload.data != NOTHING:
                yield Disposed(sequence=commit.facts.sequence, put=at)
