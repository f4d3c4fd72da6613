"""What charts are drawn of: figures in order, and what there is no figure of.

A point without a figure stays one: nothing is put in its place, no moving range and no
run reaches over it, and sums wait for the next figure.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final, TypeAlias

from attrs import frozen

from missionkit.domain.checking import shape_faults
from missionkit.domain.codes import BROKEN_RULE
from missionkit.domain.intent import Limit
from missionkit.drift.charts import codes
from missionkit.drift.charts.chart import ChartPoint
from missionkit.drift.charts.faults import NUMBER, Faults
from missionkit.issue import Issue
from missionkit.ports.series import Series

Figures: TypeAlias = Series | Sequence[float | None]

_LARGEST: Final = 1e150  # what is larger has squares that are no numbers


@frozen(kw_only=True)
class Reading:
    """The figures of a chart; None where there is none, with the reason."""

    values: tuple[float | None, ...]
    starts: tuple[date | None, ...]
    ends: tuple[date | None, ...]
    reasons: tuple[str, ...]
    title: str = "figures"
    unit: str = ""

    @property
    def known(self) -> Iterator[tuple[int, float]]:
        """The places of the figures that there are, each with its figure."""
        return ((at, x) for at, x in enumerate(self.values) if x is not None)

    def runs(self, first: int = 0, last: int | None = None) -> list[list[int]]:
        """Return the places of figures that follow each other without a gap."""
        found: list[list[int]] = [[]]
        for at, x in enumerate(self.values[: None if last is None else last + 1]):
            if x is None or at < first:
                found.append([])
            else:
                found[-1].append(at)
        return [run for run in found if run]

    def ranges(
        self, span: int, first: int = 0, last: int | None = None
    ) -> Iterator[tuple[int, float]]:
        """Yield the moving ranges, each with the place of the last of its figures."""
        for run in self.runs(first, last):
            held = [self.values[at] or 0.0 for at in run]
            for at in range(span - 1, len(run)):
                among = held[at - span + 1 : at + 1]
                yield run[at], max(among) - min(among)

    def point(
        self,
        at: int,
        value: float | None,
        *,
        lower: float | None = None,
        center: float | None = None,
        upper: float | None = None,
    ) -> ChartPoint:
        """Return a point of a line; where there is no figure, without limits."""
        there = value is not None
        return ChartPoint(
            at=at,
            start=self.starts[at],
            value=value,
            reason=self.reasons[at],
            lower=lower if there else None,
            center=center if there else None,
            upper=upper if there else None,
        )


def read(faults: Faults, data: Figures) -> Reading:
    """Return the figures of a series or a list; note all that is wrong with them."""
    if isinstance(data, Series):
        reading = Reading(
            values=tuple(point.value for point in data.points),
            starts=tuple(point.start for point in data.points),
            ends=tuple(point.end for point in data.points),
            reasons=tuple(point.reason for point in data.points),
            title=data.title,
            unit=data.unit,
        )
    else:
        held = () if isinstance(data, str | bytes) else data
        if held is not data or not isinstance(held, Sequence):
            said = f"data must be figures in order, got {type(data).__name__}."
            faults.found.append(codes.NO_NUMBERS.issue(said, path="data", value=data))
            held = (0.0,)
        none = (None,) * len(held)
        reasons = tuple("no figure" if each is None else "" for each in held)
        reading = Reading(values=tuple(held), starts=none, ends=none, reasons=reasons)
    faults.found += _figure_faults(reading)
    return reading


def _figure_faults(reading: Reading) -> Iterator[Issue]:
    for at, each in reading.known:
        wrong = list(shape_faults(NUMBER, each, f"data[{at}]"))
        yield from wrong
        if not wrong and abs(each) > _LARGEST:
            said = f"data[{at}] is too large to be charted."
            fix = "give the figures in a larger unit"
            yield BROKEN_RULE.issue(said, path=f"data[{at}]", value=each, fix=fix)
    if all(each is None for each in reading.values):
        said = "There is no figure."
        yield codes.TOO_SHORT.issue(said, path="data", value=len(reading.values))


def limits(**numbers: float) -> tuple[Limit, ...]:
    """Return the parameters of a chart by their names."""
    return tuple(Limit(name=name, value=float(x)) for name, x in numbers.items())


def stretches(places: Iterable[int]) -> list[list[int]]:
    """Return places in order, those that follow each other together."""
    found: list[list[int]] = []
    for at in places:
        if found and found[-1][-1] == at - 1:
            found[-1].append(at)
        else:
            found.append([at])
    return found
