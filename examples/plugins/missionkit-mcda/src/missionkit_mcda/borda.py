"""The Borda count: ballots of raters who order what they know, over pymcdm's ranks."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from math import fsum, isfinite
from typing import ClassVar

from attrs import frozen
from pymcdm.helpers import rankdata

import missionkit as mk


def borda(ballots: Iterable[Mapping[str, float]]) -> Mapping[str, float]:
    """Return the points of each of those ordered, over all ballots.

    A ballot gives each a number, the higher the better. The last has no point, and
    each place before it one more; those that tie share their points.

    Raises:
        ValueError: a number is not finite.
    """
    found: dict[str, list[float]] = {}
    for ballot in ballots:
        for name, held in _points(ballot).items():
            found.setdefault(name, []).append(held)
    return {name: fsum(found[name]) for name in sorted(found)}


def _points(ballot: Mapping[str, float]) -> dict[str, float]:
    if not all(map(isfinite, ballot.values())):
        raise ValueError("a ballot has a number that is not finite")
    places = rankdata(list(ballot.values()), reverse=True)
    return {n: float(len(ballot) - p) for n, p in zip(ballot, places, strict=True)}


@frozen
class Borda:
    """Which share of the others raters put a stakeholder before, on average.

    The last ratings of one rater are a ballot: it orders stakeholders by the sum of
    power, legitimacy and urgency. A rater who did not give all three for a stakeholder
    did not vote on it. Ballots may be of different lengths, so each counts as a share
    of the points that it could give.
    """

    name: ClassVar[str] = "mcda.borda"
    version: ClassVar[str] = "1"
    requires: ClassVar[tuple[str, ...]] = ("salience_rating", "stakeholder")
    limits: ClassVar[tuple[mk.LimitSpec, ...]] = ()

    def __call__(self, view: mk.ScoreView, /) -> mk.Score:
        """Return the share of points of the stakeholder that is asked about."""
        if view.subject is None or view.subject not in view.by_id(mk.Stakeholder):
            why = "it is asked of one stakeholder"
            return view.unable(self, why, combine=mk.Combine.SUM, scale=mk.SHARE)
        ballots = _ballots(view)
        parts = [
            _part(ballot, number, view.subject)
            for number, (_, ballot) in enumerate(sorted(ballots.items()), 1)
        ]
        return view.scored(
            self, parts, combine=mk.Combine.SUM, scale=mk.SHARE, mean=True
        )


def _ballots(view: mk.ScoreView) -> dict[str, dict[str, mk.SalienceRating]]:
    """Return the last ratings of each rater that were known on the day."""
    found: dict[str, dict[str, mk.SalienceRating]] = {}
    for each in sorted(view.of(mk.SalienceRating), key=_made):
        if view.on is None or each.at.date() <= view.on:
            found.setdefault(each.rater, {})[each.stakeholder] = each
    return found


def _made(rating: mk.SalienceRating) -> tuple[datetime, str]:
    return rating.at, rating.id


def _part(ballot: Mapping[str, mk.SalienceRating], number: int, own: str) -> mk.Part:
    sums = {ref: _sum(rating) for ref, rating in ballot.items()}
    votes = {ref: held for ref, held in sums.items() if held is not None}
    name = f"ballot {number}"  # of a party, whose name is nobody's business here
    if own not in votes or len(votes) == 1:
        why = "it was not rated" if own not in votes else "nothing else was rated"
        refs = (ballot[own].id,) if own in ballot else (own,)
        return mk.Part(name=name, because=why, refs=refs)
    points = _points(votes)[own]
    most = len(votes) - 1
    return mk.Part(
        name=name,
        value=points / most,
        because=f"{points:g} of {most} points",
        refs=(ballot[own].id, *(ballot[ref].id for ref in votes if ref != own)),
    )


def _sum(rating: mk.SalienceRating) -> float | None:
    held = (rating.power, rating.legitimacy, rating.urgency)
    known = [each for each in held if each is not None]
    return fsum(known) if len(known) == len(held) else None
