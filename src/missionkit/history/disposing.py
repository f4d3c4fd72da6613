"""How a commit says which payloads were erased, so that verification can tell."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from missionkit.domain.history import Header
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
