"""What is wrong with a request for a chart: all of it is told at once."""

from typing import Final

from attrs import define, field

from missionkit.domain.checking import shape_faults
from missionkit.domain.codes import BROKEN_RULE
from missionkit.domain.marks import AtLeast
from missionkit.domain.spec import Leaf
from missionkit.errors import InvalidValueError
from missionkit.issue import Issue
from missionkit.markup import shown

NUMBER: Final = Leaf(float)
_AMOUNT: Final = Leaf(float, (AtLeast(0),))


@define
class Faults:
    """The faults noted so far of what was asked."""

    asked: str
    found: list[Issue] = field(factory=list)

    def above_zero(self, **numbers: object) -> None:
        """Note each number that is not above zero."""
        for name, held in numbers.items():
            wrong = list(shape_faults(_AMOUNT, held, name))
            if not wrong and not held:
                said = f"{name} must be above 0, got 0."
                wrong = [BROKEN_RULE.issue(said, path=name, value=held)]
            self.found += wrong

    def at_least_zero(self, **numbers: object) -> None:
        """Note each number that is below zero."""
        for name, held in numbers.items():
            self.found += shape_faults(_AMOUNT, held, name)

    def at_most(self, most: float, /, **numbers: float) -> None:
        """Note each number, else sound, that is above *most*."""
        for name, held in numbers.items():
            if not list(shape_faults(NUMBER, held, name)) and held > most:
                said = f"{name} must be at most {most:g}, got {shown(held)}."
                self.found.append(BROKEN_RULE.issue(said, path=name, value=held))

    def whole(self, least: int, /, **numbers: object) -> None:
        """Note each number that is not whole, or is below *least*."""
        for name, held in numbers.items():
            self.found += shape_faults(Leaf(int, (AtLeast(least),)), held, name)

    def refuse(self) -> None:
        """Raise `InvalidValueError` with all that was noted, if anything was."""
        if self.found:
            raise InvalidValueError(self.asked, tuple(self.found))
