"""In which words and numbers the bakery is told, and how large it is."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Final, TypeAlias

from attrs import asdict, frozen

from missionkit.domain.declaration import value
from missionkit.domain.marks import AtLeast
from missionkit.domain.values import Count

DAY: Final = date(2026, 6, 30)
"""The day on which the bakery is judged."""

Said: TypeAlias = tuple[str, str]
"""The id of an element, and the text that names it."""
Several: TypeAlias = Annotated[int, AtLeast(0)]


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
@value
class Outline:
    """How many things of each kind there are."""

    stakeholders: Count = 1
    needs: Count = 1
    declined: Several = 0
    goals: Count = 1
    subgoals: Several = 0
    objectives: Count = 1
    dropped: Several = 0
    processes: Count = 1
    retired: Several = 0
    outputs: Several = 0

    def or_more(self, least: "Outline") -> "Outline":
        """Return an outline with as much of everything as the larger of two has."""
        held, wanted = asdict(self), asdict(least)
        return Outline(**{name: max(held[name], wanted[name]) for name in held})


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
