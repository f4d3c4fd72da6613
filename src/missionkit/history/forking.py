"""Where a scenario was forked from, as its first commit says."""

import re
from collections.abc import Iterable
from typing import Final

from missionkit.domain.history import Commit
from missionkit.errors import NotFoundError

_ACT: Final = re.compile(r"fork:(\S+)@([1-9][0-9]*)").fullmatch


def fork_act(source: str, version: int) -> str:
    """Return the act of a commit that begins a scenario."""
    return f"fork:{source}@{version}"


def forked_at(first: Iterable[Commit], origin: str) -> int:
    """Return at which version of *origin* a scenario begins.

    Raises:
        NotFoundError: it was not forked from there.
    """
    for commit in first:
        for act in commit.facts.acts:
            hit = _ACT(act)
            if hit and hit[1] == origin:
                return int(hit[2])
    raise NotFoundError("fork from", origin)
