"""What a score is made of: its parts, how they combine, and the scale of the result."""

from enum import StrEnum
from typing import Annotated, Final

from attrs import frozen

from missionkit.domain.declaration import value
from missionkit.domain.marks import NotEmpty
from missionkit.domain.values import Descriptor, Line
from missionkit.markup import one_line

_NEAR: Final = 1e-9


class Combine(StrEnum):
    """How the parts of a score make its value; parts add up only in a sum.

    sum: each value times its weight, added. min: the lowest value. closeness: how far
    from the worst ends, as a share of the way from there to the best ends. rank: the
    place among the values compared. propagation: along links between goals.
    """

    SUM = "sum"
    MIN = "min"
    CLOSENESS = "closeness"
    RANK = "rank"
    PROPAGATION = "propagation"


class MissingPolicy(StrEnum):
    """What is done about missing data: the caller chooses, and the score records it.

    skip: it is left out, and weights count among the rest. zero: it counts as 0. fail:
    there is no value.
    """

    SKIP = "skip"
    ZERO = "zero"
    FAIL = "fail"


class PartRole(StrEnum):
    """What a part does where parts do not all do the same."""

    AND = "and"
    OR = "or"
    CONTRIBUTION = "contribution"
    DEPENDENCY = "dependency"
    GIVEN = "given"
    SUBJECT = "subject"


@frozen(kw_only=True)
@value
class Scale:
    """What a number of a score means: from *low* to *high*, or without an end.

    On a scale in words a value stands for one of the `steps`.
    """

    name: Line
    low: float | None = None
    high: float | None = None
    steps: tuple[Descriptor, ...] = ()

    @property
    def zero(self) -> float:
        """The nearest that the scale has to 0."""
        low = 0.0 if self.low is None else max(0.0, self.low)
        return low if self.high is None else min(low, self.high)

    def settled(self, number: float) -> float:
        """Return *number*; the end of the scale where it is beyond by a rounding."""
        ends = [end for end in (self.low, self.high) if end is not None]
        near = _NEAR * max(1.0, *map(abs, ends)) if ends else 0.0
        for end in ends:
            if abs(number - end) <= near and not self.holds(number):
                return end
        return number

    def holds(self, number: float) -> bool:
        """Return whether *number* is on the scale."""
        above = self.low is None or self.low <= number
        return above and (self.high is None or number <= self.high)

    def word(self, number: float) -> str:
        """Return the step that *number* stands for, if it stands for one."""
        names = (step.name for step in self.steps if step.satisfaction == number)
        return next(names, "")

    def __str__(self) -> str:
        """Return the name and the ends."""
        low = "" if self.low is None else f"from {said(self.low)}"
        high = (
            "" if self.high is None else f"{'to' if low else 'up to'} {said(self.high)}"
        )
        ends = " ".join(end for end in (low, high) if end)
        return ", ".join(each for each in (self.name, ends) if each)


SATISFACTION: Final = Scale(name="satisfaction", low=-100, high=100)
SHARE: Final = Scale(name="share", low=0, high=1)


@frozen(kw_only=True)
@value
class Part:
    """One part of a score; without a value it is missing, and `because` says why.

    `refs` are the elements, or the columns of a table, that show it. `weight` is what
    it counts; `best` and `worst` are the ends that a closeness is measured to. `label`
    is the value as a word of the scale, where it has no number. An imputed part was
    missing, and counts as 0 because the caller asked for it.
    """

    name: Line
    value: float | None = None
    weight: float = 1.0
    role: PartRole | None = None
    label: str = ""
    because: str = ""
    refs: Annotated[tuple[Line, ...], NotEmpty()]
    best: float | None = None
    worst: float | None = None
    imputed: bool = False

    @property
    def amount(self) -> float | None:
        """What the part adds to a sum, which is its value times its weight."""
        return None if self.value is None else self.value * self.weight

    def __str__(self) -> str:
        """Return the name, the value, and why it is so."""
        shown = self.label or ("missing" if self.value is None else said(self.value))
        because = f" ({self.because})" if self.because else ""
        return one_line(f"{self.name}: {shown}{because}")


@frozen
@value
class Weighting:
    """The weight of a part as it was given, before any other one was left out."""

    name: Line
    weight: float


def said(number: float) -> str:
    """Return a number as people read it.

    >>> said(64.0), said(1 / 3)
    ('64', '0.333333')
    """
    return f"{number:.6g}"
