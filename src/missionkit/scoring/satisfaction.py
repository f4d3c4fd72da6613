"""How satisfied one is with a reading: from -100 at the worst to 100 at the target.

By the rules of GRL (ITU-T Z.151) for indicators: 0 at the threshold, straight between
the levels, full at the target and beyond, rounded toward zero.
"""

from decimal import Decimal
from fractions import Fraction

from attrs import frozen

from missionkit.domain.measure import Direction
from missionkit.ports.propagating import FULL


@frozen(kw_only=True)
class Levels:
    """The target, the threshold and the worst value; which values are good.

    Where nothing says which, the order of the levels does. In a band those near the
    target are good, and the others may stand on either side of it.
    """

    target: Decimal
    threshold: Decimal
    worst: Decimal
    direction: Direction | None = None

    @property
    def in_order(self) -> bool:
        """Whether the threshold lies between the others, as the direction has it."""
        fall = Direction.LOWER if self.target < self.worst else Direction.HIGHER
        fits = self.direction in (None, Direction.BAND, fall)
        return fits and 0 < self.short(self.threshold) < self.short(self.worst)

    def short(self, value: Decimal) -> Fraction:
        """Return how far *value* falls short of the target; less than 0 if beyond."""
        apart = Fraction(self.target) - Fraction(value)
        if self.direction is Direction.BAND:
            return abs(apart)
        return apart if self.target > self.worst else -apart


def satisfaction(value: Decimal, levels: Levels) -> int | None:
    """Return the satisfaction with a value; None where the levels are out of order."""
    if not levels.in_order:
        return None
    short, half = levels.short(value), levels.short(levels.threshold)
    if short <= half:
        return int(FULL * min((half - short) / half, Fraction(1)))
    whole = levels.short(levels.worst) - half
    return -int(FULL * min((short - half) / whole, Fraction(1)))
