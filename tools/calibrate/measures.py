"""What is made of counts: intervals, bounds, and power at an equal rate of alarms."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from math import exp, fsum, lgamma, log, sqrt
from statistics import NormalDist
from typing import Final

WIDTH: Final = NormalDist().inv_cdf(0.975)


def wilson(hits: float, runs: int) -> tuple[float, float]:
    """Return the 95 % interval of a share (E. B. Wilson, 1927)."""
    share, extra = hits / runs, WIDTH * WIDTH / runs
    middle = (share + extra / 2) / (1 + extra)
    spread = sqrt(share * (1 - share) * extra + extra * extra / 4) / (1 + extra)
    return max(middle - spread, 0.0), min(middle + spread, 1.0)


def most_alarms(runs: int, level: float, doubt: float = 0.001) -> int:
    """Return how many alarms a test that holds its *level* has at most.

    It has more only with a probability of *doubt*, by the binomial distribution.
    """
    chances = [
        exp(
            lgamma(runs + 1)
            - lgamma(hits + 1)
            - lgamma(runs - hits + 1)
            + hits * log(level)
            + (runs - hits) * log(1 - level)
        )
        for hits in range(runs + 1)
    ]
    most = runs
    while most and fsum(chances[most:]) <= doubt:
        most -= 1
    return most


def alarms_at_rate(
    still: Sequence[float], shifted: Sequence[float], alarms: int
) -> list[float]:
    """Return how much of an alarm each shifted run is, at a rate of false alarms.

    The threshold is the one above which *alarms* of the *still* scores lie. Scores that
    equal it are alarms in part, so that the rate is met exactly where scores tie.
    """
    ranked = sorted(still)
    if alarms >= len(ranked):
        return [1.0] * len(shifted)
    threshold = ranked[-1 - alarms]
    above = len(ranked) - bisect_right(ranked, threshold)
    tied = len(ranked) - above - bisect_left(ranked, threshold)
    part = (alarms - above) / tied
    return [
        1.0 if score > threshold else part if score == threshold else 0.0
        for score in shifted
    ]


def paired(
    ours: Sequence[float], theirs: Sequence[float]
) -> tuple[float, float, float]:
    """Return how much more often we alarm in the same runs, with its 95 % interval.

    Two runs on which both differ, one each way, are added (A. Agresti, Y. Min, *Simple
    improved confidence intervals for comparing matched proportions*, 2005). The
    threshold of the peer is taken as given.
    """
    apart = [own - peer for own, peer in zip(ours, theirs, strict=True)]
    total, runs = fsum(apart), len(apart) + 2
    spread = fsum(gap * gap for gap in apart) + 1 - total * total / runs
    margin = WIDTH * sqrt(spread) / runs
    return (
        total / len(apart),
        max(total / runs - margin, -1.0),
        min(total / runs + margin, 1.0),
    )
