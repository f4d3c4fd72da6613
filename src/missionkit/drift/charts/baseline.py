"""What is usual of a figure: given, or taken from the points that the caller names."""

from collections.abc import Sequence
from math import fsum
from typing import Final, TypeAlias

from attrs import frozen

from missionkit.domain.checking import shape_faults
from missionkit.domain.codes import BROKEN_RULE, WRONG_TYPE
from missionkit.domain.marks import AtLeast, Between
from missionkit.domain.spec import Leaf
from missionkit.domain.values import Period
from missionkit.drift.charts import codes
from missionkit.drift.charts.chart import ChartBaseline
from missionkit.drift.charts.constants import ChartConstants
from missionkit.drift.charts.faults import NUMBER, Faults
from missionkit.drift.charts.reading import Figures, Reading, read
from missionkit.errors import InvalidValueError
from missionkit.markup import shown

Window: TypeAlias = int | Period | None

LEAST: Final = 6
"""How many points limits are made of at least."""

_SPANS: Final = Leaf(int, (Between(2, 10),))


@frozen(kw_only=True)
class Usual:
    """What the caller says of what is usual: numbers, or the points to take it from."""

    baseline: Window = None
    center: float | None = None
    sigma: float | None = None
    median: bool = False
    span: int = 2


def begun(faults: Faults, data: Figures, usual: Usual) -> tuple[Reading, ChartBaseline]:
    """Return the figures and what is usual of them; refuse with all that is wrong."""
    _check(faults, usual)
    reading = read(faults, data)
    faults.refuse()
    first, last = _window(faults, reading, usual)
    faults.refuse()
    return reading, _baseline(faults, reading, usual, (first, last))


def _check(faults: Faults, usual: Usual) -> None:
    if usual.center is not None:
        faults.found += shape_faults(NUMBER, usual.center, "center")
    if usual.sigma is not None:
        faults.above_zero(sigma=usual.sigma)
    faults.found += shape_faults(_SPANS, usual.span, "span")
    faults.found += shape_faults(Leaf(bool), usual.median, "median")
    held = usual.baseline
    if isinstance(held, int) and not isinstance(held, bool):
        faults.found += shape_faults(Leaf(int, (AtLeast(1),)), held, "baseline")
    elif held is not None and not isinstance(held, Period):
        said = f"baseline must be a number of points, or a period, got {shown(held)}."
        faults.found.append(WRONG_TYPE.issue(said, path="baseline", value=held))


def _window(faults: Faults, reading: Reading, usual: Usual) -> tuple[int, int]:
    """Return the first and the last place of the points that say what is usual."""
    size = len(reading.values)
    held = usual.baseline
    if not isinstance(held, Period):
        last = size if held is None else held
        if last > size:
            said = f"baseline is {last} points, and there are {size}."
            faults.found.append(BROKEN_RULE.issue(said, path="baseline", value=held))
        return 0, last - 1
    within = [
        at
        for at, (start, end) in enumerate(
            zip(reading.starts, reading.ends, strict=True)
        )
        if start and end and held.covers(start) and held.covers(end)
    ]
    if not within:
        said = f"No point lies within {held}."
        faults.found.append(codes.TOO_SHORT.issue(said, path="baseline", value=held))
        return 0, 0
    return within[0], within[-1]


def _baseline(
    faults: Faults, reading: Reading, usual: Usual, window: tuple[int, int]
) -> ChartBaseline:
    if usual.center is not None and usual.sigma is not None:
        center, sigma = float(usual.center), float(usual.sigma)
        return ChartBaseline(center=center, sigma=sigma, how="as given")
    first, last = window
    held = [x for at, x in reading.known if first <= at <= last]
    if len(held) < LEAST:
        said = f"The baseline has {len(held)} figures, and limits need {LEAST}."
        issue = codes.TOO_SHORT.issue(said, path="baseline", value=len(held))
        raise InvalidValueError(faults.asked, (issue,))
    center = fsum(held) / len(held) if usual.center is None else float(usual.center)
    told = ["center as given" if usual.center is not None else "center is the mean"]
    if usual.sigma is None:
        sigma, how = _spread(faults, reading, usual, window)
        told.append(how)
    else:
        sigma = float(usual.sigma)
        told.append("sigma as given")
    return ChartBaseline(
        center=center,
        sigma=sigma,
        how=f"{', '.join(told)}, of {len(held)} points",
        first=first,
        last=last,
        points=len(held),
    )


def _spread(
    faults: Faults, reading: Reading, usual: Usual, window: tuple[int, int]
) -> tuple[float, str]:
    """Return sigma by the moving ranges of the baseline, and how it was made."""
    ranges = sorted(size for _, size in reading.ranges(usual.span, *window))
    if len(ranges) < LEAST - 1:
        said = f"The baseline has {len(ranges)} moving ranges without a gap in them."
        fix = f"give figures that follow each other, {LEAST} of them or more"
        issue = codes.TOO_SHORT.issue(said, path="baseline", value=said, fix=fix)
        raise InvalidValueError(faults.asked, (issue,))
    known = ChartConstants(usual.span)
    if usual.median:
        found = _median(ranges) / known.d4
        how = f"sigma is the median moving range by {known.d4:.4f}"
    else:
        found = fsum(ranges) / len(ranges) / known.d2
        how = f"sigma is the mean moving range by {known.d2:.4f}"
    if not found:
        said = "The moving ranges of the baseline give no spread."
        issue = codes.NO_SPREAD.issue(said, path="baseline", value=found)
        raise InvalidValueError(faults.asked, (issue,))
    return found, how


def _median(ordered: Sequence[float]) -> float:
    half = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[half]
    return (ordered[half - 1] + ordered[half]) / 2
