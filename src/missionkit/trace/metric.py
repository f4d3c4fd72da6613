"""One measure of coverage: a share that can be counted again by hand."""

from collections.abc import Container, Iterable, Sequence
from typing import Final

from attrs import evolve, frozen

_HUNDRED: Final = 100
_HALF: Final = 0.5


@frozen(kw_only=True)
class Metric:
    """A share from 0 to 1 of the elements or links that it counts, both listed.

    `value` is None where there is nothing to judge, and `reason` says why; with a value
    `reason` names what was left out, if anything was.
    """

    name: str
    meaning: str
    value: float | None = None
    numerator: tuple[str, ...] = ()
    denominator: tuple[str, ...] = ()
    reason: str = ""

    @property
    def missing(self) -> tuple[str, ...]:
        """What is counted below but not above the line."""
        above = set(self.numerator)
        return tuple(ref for ref in self.denominator if ref not in above)

    @property
    def percent(self) -> str:
        """The share in whole percent; 0 and 100 % only where none or all is there."""
        if self.value is None:
            return ""
        near = int(self.value * _HUNDRED + _HALF)
        whole = near if self.value in (0, 1) else min(max(near, 1), _HUNDRED - 1)
        return f"{whole} %"

    def __str__(self) -> str:
        """Return the name, the share, what it counts, and what was left out."""
        if self.value is None:
            return f"{self.name}: not judged, as {self.reason}"
        counted = f"{len(self.numerator):,} of {len(self.denominator):,}"
        more = f"; {self.reason}" if self.reason else ""
        return f"{self.name}: {self.percent} ({counted} {self.meaning}{more})"


def share(
    asked: Metric, above: Sequence[str], below: Sequence[str], left: str = ""
) -> Metric:
    """Return the metric *asked* as the share that *above* is of *below*.

    Its reason says why there is nothing to judge; *left* says what was left out.
    """
    if not below:
        return asked
    return evolve(
        asked,
        value=len(above) / len(below),
        numerator=tuple(above),
        denominator=tuple(below),
        reason=left,
    )


def share_in(
    asked: Metric, above: Container[str], below: Iterable[str], left: str = ""
) -> Metric:
    """Return the metric *asked* as the share of *below* that is in *above* too."""
    listed = sorted(below)
    return share(asked, [ref for ref in listed if ref in above], listed, left)
