"""Between which places an option stays, whatever the weights are."""

from collections.abc import Iterator, Sequence
from itertools import islice
from math import log
from random import Random
from typing import Any, Final

from attrs import asdict, frozen

from missionkit.domain.checking import shape_faults
from missionkit.domain.marks import AtLeast, Between
from missionkit.domain.spec import Leaf
from missionkit.errors import InvalidValueError
from missionkit.markup import Html, columns, join, table, tag
from missionkit.ports.part import MissingPolicy
from missionkit.ports.ranker import Ranker
from missionkit.scoring.places import in_order, places
from missionkit.scoring.rankers import values_of
from missionkit.scoring.reading_options import shares_of

_SHOWN: Final = 20
_MOST: Final = 100_000
_HEAD: Final = ("option", "best place", "worst place", "how often first")


@frozen(kw_only=True)
class RankInterval:
    """The best and the worst place of an option, and how often it was first."""

    option: str
    best: int
    worst: int
    first: float


@frozen(kw_only=True)
class RankIntervals:
    """Between which places each option stayed in many rankings by random weights.

    Those that are first most often come first. Options without a place have none.
    """

    draws: int
    seed: int
    spread: float | None = None
    options: tuple[RankInterval, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return everything as JSON values."""
        return {**asdict(self), "options": [asdict(each) for each in self.options]}

    def __str__(self) -> str:
        """Return for each option between which places it stayed."""
        if not self.options:
            return "No option has a place."
        rows = [("", *row) for row in self._rows()]
        found = columns([("", *_HEAD), *rows])
        return "\n".join(each for each in (found, self._more(), self._how()) if each)

    def _repr_html_(self) -> Html:
        if not self.options:
            return tag("p", str(self))
        more = tag("p", self._more()) if self._more() else ""
        return join((table(_HEAD, self._rows()), more, tag("p", self._how())))

    def _rows(self) -> Iterator[tuple[str, ...]]:
        for each in islice(self.options, _SHOWN):
            yield each.option, f"{each.best}", f"{each.worst}", f"{each.first:.1%}"

    def _more(self) -> str:
        more = len(self.options) - _SHOWN
        return f"… and {more:,} more" if more > 0 else ""

    def _how(self) -> str:
        near = "" if self.spread is None else f" within {self.spread:.0%} of their own"
        return f"By {self.draws:,} sets of random weights{near}, seed {self.seed}."


def rank_intervals(
    method: Ranker,
    policy: MissingPolicy,
    *,
    draws: int,
    seed: int,
    spread: float | None,
) -> RankIntervals:
    """Return between which places each option stays under random weights."""
    _refuse(draws, seed, spread)
    names, own = method.options.names, [e.share for e in method.options.criteria]
    best = [len(names) + 1] * len(names)
    worst, first = [0] * len(names), [0] * len(names)
    for shares in islice(_random_shares(own, seed, spread), draws):
        values = values_of(method, shares, policy) if own else [None] * len(names)
        for row, place in enumerate(places(values, in_order(values, names))):
            if place is not None:
                best[row] = min(best[row], place)
                worst[row] = max(worst[row], place)
                first[row] += place == 1
    found = (
        RankInterval(option=name, best=b, worst=w, first=often / draws)
        for name, b, w, often in zip(names, best, worst, first, strict=True)
        if w
    )
    options = sorted(found, key=lambda e: (-e.first, e.best, e.worst, e.option))
    return RankIntervals(draws=draws, seed=seed, spread=spread, options=tuple(options))


def _refuse(draws: object, seed: object, spread: object) -> None:
    faults = [
        *shape_faults(Leaf(int, (Between(1, _MOST),)), draws, "draws"),
        *shape_faults(Leaf(int, (AtLeast(0),)), seed, "seed"),
    ]
    if spread is not None:
        faults += shape_faults(Leaf(float, (Between(0, 1),)), spread, "spread")
    if faults:
        raise InvalidValueError("intervals", tuple(faults))


def _random_shares(
    own: Sequence[float], seed: int, spread: float | None
) -> Iterator[Sequence[float]]:
    """Yield shares of weights without end; equal seeds give equal ones.

    Only `random()` is asked: what else the generator offers may change with Python.
    """
    drawn = Random(seed).random  # noqa: S311 - chance is meant, not secrecy
    while True:
        if spread is None:  # evenly over all shares there are
            yield shares_of(-log(1 - drawn()) for _ in own)
        else:
            yield shares_of(s * (1 + spread * (2 * drawn() - 1)) for s in own)
