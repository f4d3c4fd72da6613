"""The same two for the options of a table, so that `rank` can put them in order."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from math import fsum
from typing import ClassVar

from attrs import frozen

import missionkit as mk
from missionkit_mcda.borda import borda
from missionkit_mcda.promethee import FLOW, Preference, net_flows


@frozen(kw_only=True)
class OfCriteria:
    """A ranker whose values add up over the criteria, each judged by itself.

    Those whose number is not known for a criterion are no rivals by it.
    """

    options: mk.Options
    name: ClassVar[str]
    version: ClassVar[str] = "1"
    requires: ClassVar[tuple[str, ...]] = ()
    limits: ClassVar[tuple[mk.LimitSpec, ...]] = ()
    scale: ClassVar[mk.Scale]

    def judged(
        self, criterion: mk.Criterion, known: Mapping[str, float]
    ) -> Mapping[str, float]:
        """Return what each of several options has by one criterion."""
        raise NotImplementedError

    @cached_property
    def columns(self) -> Sequence[Sequence[float | None]]:
        """What each option has by each criterion, None where it is not known."""
        return tuple(self._column(each) for each in self.options.criteria)

    def values(
        self, shares: Sequence[float], missing: mk.MissingPolicy, /
    ) -> list[float | None]:
        """Return the value of each option, if the criteria had these shares."""
        rows = zip(*self.columns, strict=True) if any(shares) else ()
        found = [_mean(row, shares, missing) for row in rows]
        return found or [None] * len(self.options.names)

    def __call__(self, view: mk.ScoreView, /) -> mk.Score:
        """Return the score of the option that is asked about."""
        if view.subject is None or view.subject not in self.options.names:
            why = "only an option of the table has a value"
            return view.unable(self, why, combine=mk.Combine.SUM, scale=self.scale)
        row = self.options.place_of(view.subject)
        parts = [
            self._part(each, column[row], each.values[row])
            for each, column in zip(self.options.criteria, self.columns, strict=True)
        ]
        return view.scored(
            self, parts, combine=mk.Combine.SUM, scale=self.scale, mean=True
        )

    def _column(self, criterion: mk.Criterion) -> tuple[float | None, ...]:
        cells = zip(self.options.names, criterion.values, strict=True)
        known = {name: float(cell) for name, cell in cells if cell is not None}
        found = self.judged(criterion, known) if len(known) > 1 else {}
        return tuple(found.get(name) for name in self.options.names)

    def _part(
        self, criterion: mk.Criterion, value: float | None, cell: float | None
    ) -> mk.Part:
        better = f"{cell}; {criterion.direction} is better"
        lacking = "it is not known" if cell is None else "it is known of no other"
        return mk.Part(
            name=criterion.name,
            value=value,
            weight=criterion.weight,
            because=lacking if value is None else better,
            refs=(criterion.name,),
        )


@frozen(kw_only=True)
class PrometheeRanker(OfCriteria):
    """How far each option is preferred to the others: net flows, each by its weight.

    *within* has a criterion with q and p of its linear preference. Of one that it has
    not, the preference grows up to the widest difference.
    """

    name: ClassVar[str] = "mcda.promethee"
    scale: ClassVar[mk.Scale] = FLOW

    preference: Preference = Preference.USUAL
    within: tuple[tuple[str, float, float], ...] = ()

    def judged(
        self, criterion: mk.Criterion, known: Mapping[str, float]
    ) -> Mapping[str, float]:
        """Return the net flow of each by one criterion."""
        chosen = {name: (q, p) for name, q, p in self.within}
        flows = net_flows(
            tuple(known.values()),
            preference=self.preference,
            within=chosen.get(criterion.name, (0.0, criterion.span or 1.0)),
            higher=criterion.direction is mk.Direction.HIGHER,
        )
        return dict(zip(known, flows, strict=True))


@frozen(kw_only=True)
class BordaRanker(OfCriteria):
    """Which share of the others each option is put before: a criterion is a ballot."""

    name: ClassVar[str] = "mcda.borda"
    scale: ClassVar[mk.Scale] = mk.SHARE

    def judged(
        self, criterion: mk.Criterion, known: Mapping[str, float]
    ) -> Mapping[str, float]:
        """Return the share of points of each by one criterion."""
        rises = criterion.direction is mk.Direction.HIGHER
        points = borda([{n: held if rises else -held for n, held in known.items()}])
        return {name: held / (len(known) - 1) for name, held in points.items()}


def _mean(
    row: Sequence[float | None], shares: Sequence[float], missing: mk.MissingPolicy
) -> float | None:
    """Return the mean of a row by shares, of what counts of it."""
    if missing is mk.MissingPolicy.FAIL and None in row:
        return None
    held = list(_counted(row, shares, missing))
    whole = fsum(share for _, share in held)
    return fsum(value * share for value, share in held) / whole if whole else None


def _counted(
    row: Sequence[float | None], shares: Sequence[float], missing: mk.MissingPolicy
) -> Iterator[tuple[float, float]]:
    for value, share in zip(row, shares, strict=True):
        if value is not None or missing is mk.MissingPolicy.ZERO:
            yield value or 0.0, share
