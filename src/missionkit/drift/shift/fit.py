"""One shift of level in a short series: how likely, where, how large.

The statistic is the log of a likelihood ratio. Above the line is the likelihood of a
shift, the mean over all places where it could have happened (D. Andrews, W. Ploberger,
*Optimal Tests When a Nuisance Parameter Is Present Only Under the Alternative*, 1994),
those in the middle counted more; below it that of no shift. Both are taken at the
autocorrelation that suits them best, so that noise which follows itself is not mistaken
for a shift; a shift pays for the autocorrelation that it needs.
"""

from collections.abc import Sequence
from math import exp, fsum, log, sqrt
from typing import Final

from attrs import frozen

from missionkit.drift.shift.whitened import EDGE, Whitened, dot, whitened

AUTOCORRELATIONS: Final = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5)
"""The autocorrelations that limits allow for."""
_BEYOND: Final = (0.6, 0.7, 0.8, 0.9)
# The fewer points there are, the less do their ends tell.
_MIDDLE_MOST: Final = 5.0
_MIDDLE: Final = 120.0
_SURE: Final = 0.95
_LEAST: Final = 1e-12


@frozen(kw_only=True)
class ShiftFit:
    """What a series says of one shift.

    `first` is the number of points before the most likely shift, which lies between
    `earliest` and `latest` with 95 %, and `before` their mean. `error` is the standard
    error of the `effect`, `spread` the size of the noise, and `middle` how many
    independent points a shift half-way would be worth. `likelihood` is how likely the
    series is with its best shift.
    """

    statistic: float
    likelihood: float
    first: int
    earliest: int
    latest: int
    before: float
    effect: float
    error: float
    autocorrelation: float
    spread: float
    middle: float
    freedom: int


@frozen
class _Fits:
    """The fits of every step at one autocorrelation."""

    by: Whitened
    effects: tuple[float, ...]
    rests: tuple[float, ...]
    without: float
    likelihoods: tuple[float, ...]
    most: float
    least: float

    @property
    def exact(self) -> bool:
        """Whether some step leaves nothing but roundings."""
        return min(self.rests) <= self.least


def fit_shift(
    values: Sequence[float], places: tuple[int, ...], season: int
) -> ShiftFit:
    """Return what *values* at *places* say of one shift; not all may be equal.

    With a *season* above 1 every part of the year has a level of its own.
    """
    fits = [_fits(values, places, season, each) for each in AUTOCORRELATIONS]
    best = [
        max(fit.likelihoods[at] - AUTOCORRELATIONS[row] for row, fit in enumerate(fits))
        for at in range(len(fits[0].effects))
    ]
    likely = [max(fit.likelihoods[at] for fit in fits) for at in range(len(best))]
    at = max(range(len(best)), key=lambda place: (likely[place], -place))
    further = [_fits(values, places, season, each) for each in _BEYOND]
    # Where nothing is left, nothing follows itself.
    every = fits[:1] if fits[0].exact else [*fits, *further]
    chosen = max(every, key=lambda fit: fit.likelihoods[at])
    freedom = max(1, len(values) - len(chosen.by.levels) - 1)
    spread = sqrt(chosen.rests[at] / freedom)
    earliest, latest = _between(likely)
    return ShiftFit(
        statistic=_ratio(best, len(values)) - max(fit.without for fit in fits),
        likelihood=fits[0].most if fits[0].exact else max(fit.most for fit in fits),
        first=EDGE + at,
        earliest=EDGE + earliest,
        latest=EDGE + latest,
        before=fsum(values[: EDGE + at]) / (EDGE + at),
        effect=chosen.effects[at],
        error=spread / sqrt(chosen.by.sizes[at]),
        autocorrelation=chosen.by.autocorrelation,
        spread=spread,
        middle=chosen.by.sizes[len(best) // 2],
        freedom=freedom,
    )


def _fits(
    values: Sequence[float], places: tuple[int, ...], season: int, phi: float
) -> _Fits:
    by = whitened(places, season, phi)
    middle = fsum(values) / len(values)
    left = by.left_of([each - middle for each in values])
    whole = dot(left, left)
    least = max(whole * _LEAST, 5e-324)
    effects, rests, likelihoods = [], [], []
    half = (len(values) - len(by.levels)) / 2
    for step, size in zip(by.steps, by.sizes, strict=True):
        effect = dot(left, step) / size if size > _LEAST else 0.0
        rest = max(whole - effect * effect * size, least)
        effects.append(effect)
        rests.append(rest)
        likelihoods.append(by.likelihood - half * log(rest))
    return _Fits(
        by=by,
        effects=tuple(effects),
        rests=tuple(rests),
        without=by.likelihood - half * log(max(whole, least)),
        likelihoods=tuple(likelihoods),
        most=by.spread - len(values) / 2 * log(min(rests)),
        least=least,
    )


def _ratio(best: Sequence[float], count: int) -> float:
    """Return the log of the mean likelihood, places in the middle counted more."""
    most = max(best)
    middle = min(_MIDDLE_MOST, _MIDDLE / count)
    weights = [
        (at * (count - at) / count**2) ** middle for at in range(EDGE, count - EDGE + 1)
    ]
    held = fsum(w * exp(b - most) for w, b in zip(weights, best, strict=True))
    return most + log(held / fsum(weights))


def _between(likely: Sequence[float]) -> tuple[int, int]:
    """Return the ends of the fewest likeliest places that make up 95 %."""
    most = max(likely)
    shares = [exp(each - most) for each in likely]
    enough = _SURE * fsum(shares)
    held: list[int] = []
    for at in sorted(range(len(shares)), key=lambda at: (-shares[at], at)):
        held.append(at)
        if fsum(shares[each] for each in held) >= enough:
            break
    return min(held), max(held)
