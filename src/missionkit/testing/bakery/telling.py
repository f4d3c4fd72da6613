"""In which words and numbers the bakery is told, and how large it is."""

from collections.abc import Sequence
from datetime import date
from typing import Final, TypeAlias

from attrs import frozen

DAY: Final = date(2026, 6, 30)
"""The day on which the bakery is judged."""

Said: TypeAlias = tuple[str, str]
"""The id of an element, and the text that names it."""


class Telling:
    """Texts and numbers as they are usually told; whoever tells may vary them."""

    def text(self, said: str) -> str:
        """Return a text to say in place of *said*."""
        return said

    def number(self, usual: int, low: int, high: int) -> int:  # noqa: ARG002 - for those who vary it
        """Return a number from *low* to *high*."""
        return usual

    def ratio(self, usual: int) -> float:
        """Return a share of one; *usual* is a percentage."""
        return self.number(usual, 0, 100) / 100


@frozen(kw_only=True)
class Outline:
    """How many things of each kind there are."""

    stakeholders: int = 1
    needs: int = 1
    declined: int = 0
    goals: int = 1
    subgoals: int = 0
    objectives: int = 1
    dropped: int = 0
    processes: int = 1
    retired: int = 0
    outputs: int = 0


def said(several: Sequence[Said], count: int) -> list[Said]:
    """Return *count* ids and texts; where there are too few, they are numbered on."""
    rounds = (divmod(at, len(several)) for at in range(count))
    return [_again(several[at], again + 1) for again, at in rounds]


def _again(one: Said, number: int) -> Said:
    if number == 1:
        return one
    ref, text = one
    return f"{ref}-{number}", f"{text} ({number})"


def share(several: Sequence[str], at: int, count: int) -> tuple[str, ...]:
    """Return what the one at *at* of *count* gets of several: each gets some."""
    mine = tuple(several[at::count])
    return mine or (several[at % len(several)],)
