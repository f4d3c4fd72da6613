"""The eight rules of Nelson: patterns that chance seldom makes.

L. Nelson, *The Shewhart Control Chart: Tests for Special Causes*, Journal of Quality
Technology 16(4), 1984. On independent, normal figures with a known center and sigma the
eight together tell something by chance at one point in 44, the first at one in 370.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import Final, TypeAlias

from attrs import frozen

from missionkit.domain.checking import shape_faults
from missionkit.domain.marks import Between
from missionkit.domain.review import Shift
from missionkit.domain.spec import Leaf
from missionkit.drift.charts import codes
from missionkit.drift.charts.baseline import Usual, Window, begun
from missionkit.drift.charts.chart import Chart, ChartBaseline, ChartLine, ChartSignal
from missionkit.drift.charts.faults import Faults
from missionkit.drift.charts.reading import Figures, Reading, limits, stretches

_LINE: Final = "value"
_WIDE: Final = 3


@frozen
class _Run:
    """Figures that follow each other without a gap, beside what is usual."""

    values: tuple[float, ...]
    center: float
    sigma: float

    def beyond(self, sigmas: int, way: int) -> list[int]:
        """Return the places of figures more than so many sigmas off the center."""
        limit = self.limit(sigmas, way)
        return [at for at, x in enumerate(self.values) if way * (x - limit) > 0]

    def limit(self, sigmas: int, way: int) -> float:
        return self.center + way * sigmas * self.sigma


@frozen
class _Hit:
    """Places that fulfill a rule, and the one at which they first do."""

    places: tuple[int, ...]
    at: int
    way: int
    limit: float


@frozen
class NelsonRule:
    """One rule: what it says, how many points it needs, and what finds it."""

    number: int
    says: str
    needs: int
    find: Callable[[_Run], Iterable[_Hit]]


_Find: TypeAlias = Callable[[_Run], Iterator[_Hit]]


def _single(run: _Run) -> Iterator[_Hit]:
    for way in (1, -1):
        for at in run.beyond(3, way):
            yield _Hit((at,), at, way, run.limit(3, way))


def _one_side(run: _Run) -> Iterator[_Hit]:
    for way in (1, -1):
        yield from _rows(run.beyond(0, way), 9, way, run.center)


def _trend(run: _Run) -> Iterator[_Hit]:
    for way in (1, -1):
        steps = [
            i for i, (a, b) in enumerate(pairwise(run.values)) if way * (b - a) > 0
        ]
        for row in stretches(steps):
            places = (*row, row[-1] + 1)
            yield from _rows(places, 6, way, run.center)


def _alternating(run: _Run) -> Iterator[_Hit]:
    steps = [(b > a) - (b < a) for a, b in pairwise(run.values)]
    turns = [i for i, (a, b) in enumerate(pairwise(steps)) if a * b < 0]
    for row in stretches(turns):
        yield from _rows((*row, row[-1] + 1, row[-1] + 2), 14, 0, run.center)


def _some_beyond(some: int, among: int, sigmas: int) -> _Find:
    """Return what finds *some* of so many points in a row beyond, on the same side."""

    def find(run: _Run) -> Iterator[_Hit]:
        for way in (1, -1):
            beyond = set(run.beyond(sigmas, way))
            ends = [
                end
                for end in range(among - 1, len(run.values))
                if sum(at in beyond for at in range(end - among + 1, end + 1)) >= some
            ]
            for row in _overlapping(ends, among):
                within = range(row[0] - among + 1, row[-1] + 1)
                places = tuple(at for at in within if at in beyond)
                at = places[some - 1]
                yield _Hit(places, at, way, run.limit(sigmas, way))

    return find


def _near(run: _Run) -> Iterator[_Hit]:
    far = {*run.beyond(1, 1), *run.beyond(1, -1)}
    edges = (run.limit(1, 1), run.limit(1, -1))
    near = [i for i, x in enumerate(run.values) if i not in far and x not in edges]
    yield from _rows(near, 15, 0, run.limit(1, 1))


def _far(run: _Run) -> Iterator[_Hit]:
    far = sorted((*run.beyond(1, 1), *run.beyond(1, -1)))
    yield from _rows(far, 8, 0, run.limit(1, 1))


def _rows(places: Sequence[int], least: int, way: int, limit: float) -> Iterator[_Hit]:
    """Yield each stretch of places that is long enough."""
    for row in stretches(places):
        if len(row) >= least:
            yield _Hit(tuple(row), row[least - 1], way, limit)


def _overlapping(ends: Iterable[int], among: int) -> list[list[int]]:
    """Return the ends of windows, those together whose windows touch or overlap."""
    found: list[list[int]] = []
    for end in ends:
        if found and end - among <= found[-1][-1]:
            found[-1].append(end)
        else:
            found.append([end])
    return found


_RULES: Final = (
    NelsonRule(1, "a point beyond three sigmas", 1, _single),
    NelsonRule(2, "nine points in a row on one side of the center", 9, _one_side),
    NelsonRule(3, "six points in a row that rise, or that fall", 6, _trend),
    NelsonRule(4, "fourteen points in a row that go up and down", 14, _alternating),
    NelsonRule(
        5,
        "two of three points in a row beyond two sigmas on the same side",
        3,
        _some_beyond(2, 3, 2),
    ),
    NelsonRule(
        6,
        "four of five points in a row beyond one sigma on the same side",
        5,
        _some_beyond(4, 5, 1),
    ),
    NelsonRule(7, "fifteen points in a row within one sigma", 15, _near),
    NelsonRule(8, "eight points in a row beyond one sigma, on either side", 8, _far),
)
NELSON_RULES: Final = MappingProxyType({rule.number: rule for rule in _RULES})
"""The rules by their numbers."""

_NUMBER: Final = Leaf(int, (Between(1, len(_RULES)),))


def nelson_chart(
    data: Figures,
    *,
    rules: Sequence[int] = tuple(NELSON_RULES),
    baseline: Window = None,
    center: float | None = None,
    sigma: float | None = None,
) -> Chart:
    """Return figures beside three sigmas, and where they fulfill the rules of Nelson.

    What is usual is the *center* and the *sigma* given, or those of the *baseline*:
    its first so many points, a period, or all of them. A run that goes on is one
    signal. No run reaches over a point without a figure.

    >>> chart = nelson_chart([0, 2.5, 0, 2.5], center=0, sigma=1)
    >>> [(signal.rule, signal.points) for signal in chart.signals]
    [('nelson-5', (1, 3))]

    Raises:
        InvalidValueError: a figure is no finite number, there are fewer than six to say
            what is usual or all of these are alike, or a rule is not among the eight.
    """
    faults = Faults("nelson_chart")
    check_rules(faults, rules)
    usual = Usual(baseline=baseline, center=center, sigma=sigma)
    reading, held = begun(faults, data, usual)
    return Chart(
        kind="Nelson",
        title=reading.title,
        unit=reading.unit,
        lines=(value_line(reading, held),),
        signals=tuple(nelson_signals(reading, held, rules)),
        baseline=held,
        parameters=limits(**{f"rule_{each}": 1 for each in rules}),
    )


def check_rules(faults: Faults, rules: object) -> None:
    """Note each number of a rule that there is none of."""
    if isinstance(rules, str | bytes) or not isinstance(rules, Sequence):
        said = f"rules must be a list of numbers, got {type(rules).__name__}."
        faults.found.append(codes.NO_NUMBERS.issue(said, path="rules", value=rules))
        return
    for at, each in enumerate(rules):
        faults.found += shape_faults(_NUMBER, each, f"rules[{at}]")


def value_line(reading: Reading, held: ChartBaseline) -> ChartLine:
    """Return the figures beside the center and three sigmas on each side."""
    wide = _WIDE * held.sigma
    points = (
        reading.point(
            at,
            x,
            lower=held.center - wide,
            center=held.center,
            upper=held.center + wide,
        )
        for at, x in enumerate(reading.values)
    )
    return ChartLine(name=_LINE, points=tuple(points))


def nelson_signals(
    reading: Reading, held: ChartBaseline, rules: Sequence[int]
) -> list[ChartSignal]:
    """Return where figures fulfill rules, those first that could be told first."""
    found = [
        _signal(reading, NELSON_RULES[number], run, hit)
        for run in reading.runs()
        for number in rules
        for hit in NELSON_RULES[number].find(
            _Run(
                tuple(reading.values[at] or 0.0 for at in run), held.center, held.sigma
            )
        )
    ]
    return sorted(found, key=lambda each: (each.at, each.rule, each.points))


def _signal(
    reading: Reading, rule: NelsonRule, run: Sequence[int], hit: _Hit
) -> ChartSignal:
    at = run[hit.at]
    return ChartSignal(
        rule=f"nelson-{rule.number}",
        says=rule.says,
        line=_LINE,
        at=at,
        start=reading.starts[at],
        since=run[hit.places[0]],
        direction={1: Shift.UP, -1: Shift.DOWN}.get(hit.way),
        statistic=reading.values[at] or 0.0,
        limit=hit.limit,
        points=tuple(run[each] for each in hit.places),
    )
