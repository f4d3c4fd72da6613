"""PROMETHEE II: how far one is preferred to the others, over pymcdm."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from math import isfinite
from typing import ClassVar, Final

import numpy as np
from attrs import frozen
from pymcdm.methods import PROMETHEE_II

import missionkit as mk

FLOW: Final = mk.Scale(name="net flow", low=-1, high=1)


class Preference(StrEnum):
    """How a difference becomes a preference; the values are the names in pymcdm.

    usual: any difference is all. linear: none up to q, all from p, even between.
    """

    USUAL = "usual"
    LINEAR = "vshape_2"


def net_flows(
    values: Sequence[float],
    *,
    preference: Preference = Preference.USUAL,
    within: tuple[float, float] = (0.0, 1.0),
    higher: bool = True,
) -> tuple[float, ...]:
    """Return the net flow of each of some values by one criterion.

    *within* are q and p of a linear preference. The net flow by several criteria is the
    sum of these, each times its weight, where the weights add up to 1.

    Raises:
        ValueError: there are fewer than two values, one is no finite number, or q and p
            are not in order.
    """
    q, p = within
    if len(values) < 2:  # noqa: PLR2004 - there is nothing to prefer it to
        raise ValueError("fewer than two values are compared")
    if not all(map(isfinite, values)):
        raise ValueError("a value is no finite number")
    if not (isfinite(p) and 0 <= q < p):
        raise ValueError("q and p must be finite, and 0 <= q < p")
    method = PROMETHEE_II(preference, q=[float(q)], p=[float(p)])
    column = np.array(values, dtype=float).reshape(-1, 1)
    types = np.array([1 if higher else -1])
    # By one criterion some row always dominates, of which pymcdm would warn.
    flows = method(column, np.ones(1), types, validation=False)
    return tuple(map(float, flows))


@frozen
class Promethee:
    """How far a course of action is preferred to the others, by what it contributes to.

    Each objective or goal is a criterion, and counts by its weight where all of them
    have one. A course of action is compared with those that contribute to the same;
    what it says nothing about is missing. Courses of action that are not in force on
    the day are left out.
    """

    name: ClassVar[str] = "mcda.promethee"
    version: ClassVar[str] = "1"
    limits: ClassVar[tuple[mk.LimitSpec, ...]] = ()
    requires: ClassVar[tuple[str, ...]] = (
        "course_of_action",
        "goal.weight",
        "objective.weight",
    )

    preference: Preference = Preference.USUAL
    within: tuple[float, float] = (0.0, 100.0)

    def __call__(self, view: mk.ScoreView, /) -> mk.Score:
        """Return the net flow of the course of action that is asked about."""
        options = {each.id: each for each in view.in_force(mk.CourseOfAction)}
        if view.subject not in options:
            why = "it is asked of one course of action that is in force"
            return view.unable(self, why, combine=mk.Combine.SUM, scale=FLOW)
        criteria: dict[str, dict[str, int]] = {}
        for ref, option in options.items():
            for each in option.contributions:
                criteria.setdefault(each.target, {})[ref] = each.weight
        weights = _weights(view, criteria)
        weighed = any(weight is not None for weight in weights.values())
        parts = [
            self._part(
                view, target, criteria[target], 1.0 if not weighed else weights[target]
            )
            for target in sorted(criteria)
        ]
        return view.scored(self, parts, combine=mk.Combine.SUM, scale=FLOW, mean=True)

    def _part(
        self,
        view: mk.ScoreView,
        target: str,
        cells: Mapping[str, int],
        weight: float | None,
    ) -> mk.Part:
        own = str(view.subject)
        lacking = next(_lacking(cells, own, weight), "")
        return mk.Part(
            name=view.titled(target),
            value=None if lacking else self._flow(cells, own),
            weight=weight or 0.0,
            because=lacking or f"{cells[own]}, beside {_others(cells, own)}",
            refs=(own, *(each for each in cells if each != own), target),
        )

    def _flow(self, cells: Mapping[str, int], own: str) -> float:
        values = tuple(map(float, cells.values()))
        flows = net_flows(values, preference=self.preference, within=self.within)
        return flows[list(cells).index(own)]


def _weights(view: mk.ScoreView, targets: Iterable[str]) -> Mapping[str, float | None]:
    """Return the weight of each objective or goal that something contributes to."""
    known: dict[str, mk.Objective | mk.Goal] = {
        **view.by_id(mk.Objective),
        **view.by_id(mk.Goal),
    }
    return {ref: known[ref].weight if ref in known else None for ref in targets}


def _lacking(cells: Mapping[str, int], own: str, weight: float | None) -> Iterator[str]:
    if own not in cells:
        yield "it says nothing about this"
    elif len(cells) == 1:
        yield "nothing else contributes to this"
    if weight is None:
        yield "this has no weight, though others have"


def _others(cells: Mapping[str, int], own: str) -> str:
    return ", ".join(f"{held} of {ref}" for ref, held in cells.items() if ref != own)
