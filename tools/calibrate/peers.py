"""River, ruptures and scipy: their verdicts by default, and scores to compare with.

A score is what a peer compares with its threshold, whatever that is: with a threshold
for each cell that gives our rate of false alarms, the peer knows the noise of the cell,
which no user does. So the comparison is in favor of the peer. One thing it is not told:
the deviation of the noise. Thresholds of river are in the unit of the series, and would
tell; so it is given values over the deviation that ruptures is given, too.
"""

from collections.abc import Callable
from importlib import import_module
from importlib.metadata import version
from itertools import pairwise
from math import log, sqrt
from typing import Any, Final

import numpy as np

# By name: they have no types, or none that hold.
ruptures: Any = import_module("ruptures")
drift: Any = import_module("river.drift")
spatial: Any = import_module("scipy.spatial")
stats: Any = import_module("scipy.stats")

PENALTY: Final = 3.0
MOST_CHANGES: Final = 6
FINEST: Final = 40
PSI_ALARM: Final = 0.2
DISTANCE_ALARM: Final = 0.1
CHI_SQUARE_ALARM: Final = 0.05
ROUNDED: Final = 9

Judged = tuple[dict[str, bool], dict[str, float]]


def judged_series(values: tuple[float, ...]) -> Judged:
    """Return who alarms by its defaults, and the scores of those that have one."""
    alarms, scores = _by_ruptures(np.array(values))
    alarms |= {
        "ADWIN": _first(drift.ADWIN(), values),
        "PageHinkley": _first(drift.PageHinkley(), values),
        "KSWIN": _first(drift.KSWIN(seed=1), values),
    }
    deviation = sqrt(_variance(np.array(values)))
    scaled = tuple((value - values[0]) / deviation for value in values)
    scores |= {"ADWIN": _adwin(scaled), "PageHinkley": _page_hinkley(scaled)}
    return alarms, scores


def _variance(values: Any) -> float:  # noqa: ANN401 - an array
    """Return the variance of the noise, from first differences: shifts are in one."""
    steps = np.diff(values)
    return float(steps @ steps) / (2 * len(steps)) or 1.0


def _by_ruptures(values: Any) -> Judged:  # noqa: ANN401 - an array
    """Judge by PELT and by binary segmentation, with the cost of squared deviations.

    `KernelCPD` with the linear kernel is what ruptures calls PELT in C; it gives the
    change points of `Pelt(model="l2", jump=1)`, in a hundredth of the time. PELT alarms
    where for some number of changes the cost falls by more than the penalty for each;
    binary segmentation where it does for one.
    """
    variance = _variance(values)
    search = ruptures.KernelCPD(kernel="linear", min_size=2).fit(values)
    error, length = search.cost.error, len(values)
    most = min(MOST_CHANGES, length // 2 - 1)
    search.predict(n_bkps=most)
    gains = []
    for changes in range(1, most + 1):
        ends = [0, *search.segmentations_dict[changes]]
        cost = sum(error(a, b) for a, b in pairwise(ends))
        gains.append(
            round(float(error(0, length) - cost) / variance / changes, ROUNDED)
        )
    penalty = PENALTY * log(length)
    pelt = search.predict(pen=penalty * variance)
    return (
        {"PELT": len(pelt) > 1, "Binseg": gains[0] >= penalty},
        {"PELT": max(gains), "Binseg": gains[0]},
    )


def _first(detector: Any, values: tuple[float, ...]) -> bool:  # noqa: ANN401 - any of river
    """Tell whether a detector of river alarms at any point."""
    for value in values:
        detector.update(value)
        if detector.drift_detected:
            return True
    return False


def _adwin(values: tuple[float, ...]) -> float:
    """Return for how small a `delta` ADWIN alarms, as the number of times it is halved.

    It looks at every point, at windows of one point and more. Until its first alarm it
    does the same for every `delta`; so a larger one alarms wherever a smaller one does.
    """
    low, high = 0, FINEST
    while low < high:
        middle = (low + high + 1) // 2
        detector = drift.ADWIN(
            delta=0.99 * 2.0 ** (1 - middle),
            clock=1,
            grace_period=2,
            min_window_length=1,
        )
        low, high = (middle, high) if _first(detector, values) else (low, middle - 1)
    return float(low)


def _page_hinkley(values: tuple[float, ...]) -> float:
    """Return the largest of what Page-Hinkley compares with its threshold."""
    detector = drift.PageHinkley(min_instances=1, threshold=float("inf"))
    largest = 0.0
    for value in values:
        detector.update(value)
        up = detector._sum_increase - detector._min_increase  # noqa: SLF001 - shown nowhere else
        down = detector._max_decrease - detector._sum_decrease  # noqa: SLF001 - likewise
        largest = max(largest, up, down)
    return round(largest, ROUNDED)


def judged_mix(counts: tuple[tuple[int, ...], tuple[int, ...]]) -> Judged:
    """Return which usual rule alarms, and the figure that it looks at."""
    before, after = (np.array(group, dtype=float) for group in counts)
    chance = _chi_square(before, after)
    figures = {
        "PSI, floor 0.0001": _psi(
            np.maximum(before / before.sum(), 1e-4),
            np.maximum(after / after.sum(), 1e-4),
        ),
        "PSI, a half added": _psi(_half_added(before), _half_added(after)),
        "Jensen-Shannon": float(spatial.distance.jensenshannon(before, after)),
        "chi-square": 1 - chance,
    }
    limits = (PSI_ALARM, PSI_ALARM, DISTANCE_ALARM, 1 - CHI_SQUARE_ALARM)
    alarms = {
        name: figure > limit
        for (name, figure), limit in zip(figures.items(), limits, strict=True)
    }
    return alarms, {name: round(figure, ROUNDED) for name, figure in figures.items()}


def _psi(before: Any, after: Any) -> float:  # noqa: ANN401 - arrays
    return float(((after - before) * np.log(after / before)).sum())


def _half_added(group: Any) -> Any:  # noqa: ANN401 - arrays
    return (group + 0.5) / (group + 0.5).sum()


def _chi_square(before: Any, after: Any) -> float:  # noqa: ANN401 - arrays
    """Return the p-value of Pearson's test, over the categories that there are."""
    there = before + after > 0
    table = np.array([before[there], after[there]])
    return float(stats.chi2_contingency(table, correction=False).pvalue)


def versions() -> dict[str, str]:
    """Return which release of each peer was asked."""
    return {peer: version(peer) for peer in ("river", "ruptures", "scipy")}


JUDGES: Final[dict[str, Callable[..., Judged]]] = {
    "series": judged_series,
    "mix": judged_mix,
}
