"""At which share of one weight another option is first, by a method that is a stranger.

How its values follow from weights is not known, so shares are tried in steps, away from
the one that holds, and the last step is halved until the share is found.
"""

from collections.abc import Iterator, Sequence

from attrs import frozen

from missionkit.ports.part import MissingPolicy
from missionkit.ports.ranker import Ranker
from missionkit.scoring.places import in_order, nearness
from missionkit.scoring.rankers import values_of
from missionkit.scoring.reading_options import shares_of

_STEPS = 100
_HALVES = 40
_BEYOND = 1e-4


@frozen(eq=False)
class Search:
    """A ranker whose first option is known, and what to do about what is missing."""

    ranker: Ranker
    policy: MissingPolicy
    first: int

    def nearest_flip(
        self, at: int, shares: Sequence[float]
    ) -> tuple[float, int] | None:
        """Return the nearest share at which another is first, and its row."""
        last = {1: shares[at], -1: shares[at]}
        for side, share in _away_from(shares[at]):
            if self._ahead(at, shares, share) is not None:
                return self._between(at, shares, last[side], share)
            last[side] = share
        return None

    def _between(
        self, at: int, shares: Sequence[float], near: float, far: float
    ) -> tuple[float, int] | None:
        """Return where it changes, between a share where it is first and another."""
        for _ in range(_HALVES):
            middle = (near + far) / 2
            if self._ahead(at, shares, middle) is None:
                near = middle
            else:
                far = middle
        end = 1.0 if far > shares[at] else 0.0
        beyond = self._ahead(at, shares, far + (end - far) * _BEYOND)
        ahead = self._ahead(at, shares, far) if beyond is None else beyond
        return None if ahead is None else (far, ahead)

    def _ahead(self, at: int, shares: Sequence[float], share: float) -> int | None:
        """Return the row that is first at a share, unless the first one still is."""
        others = [0.0 if n == at else held for n, held in enumerate(shares)]
        if not any(others):  # nothing else counts now, so all else counts alike
            others = [float(n != at) for n in range(len(shares))]
        moved = [held * (1 - share) for held in shares_of(others)]
        moved[at] = share
        values = values_of(self.ranker, moved, self.policy)
        row = in_order(values, self.ranker.options.names)[0]
        own, best = values[self.first], values[row]
        if best is None or (own is not None and best - own <= nearness(values)):
            return None
        return row


def _away_from(share: float) -> Iterator[tuple[int, float]]:
    """Yield shares on either side, the nearest first, and each end once."""
    for step in range(1, _STEPS + 1):
        for side in (1, -1):
            there = share + side * step / _STEPS
            if abs(there - 0.5) < 0.5 + 1 / _STEPS:
                yield side, min(max(there, 0.0), 1.0)
