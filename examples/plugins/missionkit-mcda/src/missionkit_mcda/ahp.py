"""The analytic hierarchy process: priorities from judgments of pairs, over ahpy."""

from collections.abc import Iterator, Mapping
from itertools import combinations
from math import fsum, isfinite, nan
from types import MappingProxyType
from typing import ClassVar, Final, Literal, TypeAlias

import ahpy
from attrs import frozen

import missionkit as mk

NAMESPACE: Final = "missionkit-mcda"
"""Where the `ext` of an objective holds its judgments, under ``over``."""

Pair: TypeAlias = tuple[str, str]
Table: TypeAlias = Literal["saaty", "dd"]
SAATY: Final[Table] = "saaty"
"""Random indices of Saaty, Theory and Applications of the ANP, 2005, page 31."""
DODD: Final[Table] = "dd"
"""Random indices of Donegan and Dodd, doi:10.1016/0895-7177(91)90098-R, 1991."""

_MOST: Final = mk.LimitSpec(
    "consistency_ratio_at_most", 0.1, "how far judgments may contradict each other"
)
_DIGITS: Final = 14  # ahpy rounds to four unless told
_SCALE: Final = mk.SHARE
_LARGEST: Final = 15  # beyond, Saaty's table has no random index


@frozen(kw_only=True)
class Priorities:
    """What each thing compared counts, and how well the judgments agree.

    `ratio` is the consistency ratio: the `index` as a share of that of judgments by
    chance. Up to 0.1 is taken for consistent.
    """

    weights: Mapping[str, float]
    eigenvalue: float
    index: float
    ratio: float


def priorities(
    judgments: Mapping[Pair, float], *, random_index: Table = SAATY
) -> Priorities:
    """Return the priorities that judgments give, each pair compared once.

    ``{("a", "b"): 3}`` says that a counts three times as much as b.

    Raises:
        ValueError: a pair is missing, given twice, or its judgment is no number above
            zero; or there are fewer than two things, or more than fifteen.
    """
    names = sorted({name for pair in judgments for name in pair})
    wrong = next(_faults(judgments, names), "")
    if wrong:
        raise ValueError(wrong)
    compared = ahpy.Compare(
        "missionkit",
        {pair: float(judgments[pair]) for pair in sorted(judgments)},
        precision=_DIGITS,
        random_index=random_index,
    )
    weights = {name: float(compared.local_weights[name]) for name in names}
    rows = [fsum(_judged(judgments, a, b) * weights[b] for b in names) for a in names]
    eigenvalue = fsum(rows)  # as the weights add up to 1
    return Priorities(
        weights=MappingProxyType(weights),
        eigenvalue=eigenvalue,
        index=(eigenvalue - len(names)) / (len(names) - 1),
        ratio=float(compared.consistency_ratio),
    )


def _judged(judgments: Mapping[Pair, float], one: str, other: str) -> float:
    if one == other:
        return 1.0
    held = judgments.get((one, other))
    return 1 / judgments[other, one] if held is None else held


def _faults(judgments: Mapping[Pair, float], names: list[str]) -> Iterator[str]:
    if len(names) < 2:  # noqa: PLR2004 - there is nothing to compare
        yield "fewer than two things are compared"
    if len(names) > _LARGEST:
        yield f"{len(names)} things are compared, and {_LARGEST} are the most"
    for one, other in sorted(judgments):
        held = judgments[one, other]
        if one == other:
            yield f"{one} is compared with itself"
        elif (other, one) in judgments:
            yield f"{one} and {other} are compared twice"
        elif not (isfinite(held) and held > 0 and isfinite(1 / held)):
            yield f"the judgment of {one} over {other} is no number above zero"
    for one, other in combinations(names, 2):
        if (one, other) not in judgments and (other, one) not in judgments:
            yield f"nobody compared {one} with {other}"


@frozen
class Ahp:
    """How much an objective counts among those that were compared pair by pair.

    The priority of an objective is the sum, over all objectives, of the judgment of it
    over the other, times the priority of the other: so the judgments are the parts.
    Where a pair was not compared, or the judgments contradict each other by more than
    the limit, there is no value.
    """

    name: ClassVar[str] = "mcda.ahp"
    version: ClassVar[str] = "1"
    requires: ClassVar[tuple[str, ...]] = ("objective",)
    limits: ClassVar[tuple[mk.LimitSpec, ...]] = (_MOST,)

    random_index: Table = SAATY

    def __call__(self, view: mk.ScoreView, /) -> mk.Score:
        """Return the priority of the objective that is asked about."""
        objectives = view.by_id(mk.Objective)
        judgments = _judgments(objectives)
        try:
            found = priorities(judgments, random_index=self.random_index)
        except ValueError as error:
            return self._unable(view, str(error))
        most = view.limit(str(_MOST.name))
        if found.ratio > most:
            said = f"a consistency ratio of {found.ratio:.3g}, and {most:g} is the most"
            return self._unable(view, f"its judgments contradict each other: {said}")
        if view.subject is None or view.subject not in found.weights:
            return self._unable(view, "it is asked of one objective that was compared")
        settings = (
            mk.Limit(name=str(_MOST.name), value=most),
            mk.Limit(name="consistency_ratio", value=found.ratio),
        )
        parts = (
            mk.Part(
                name=f"over {objectives[other].statement}"[:80],
                value=_judged(judgments, view.subject, other),
                weight=weight / found.eigenvalue,
                because=f"the other has priority {weight:.4g}",
                refs=tuple(dict.fromkeys((view.subject, other))),
            )
            for other, weight in found.weights.items()
        )
        return view.scored(
            self, parts, combine=mk.Combine.SUM, scale=_SCALE, settings=settings
        )

    def _unable(self, view: mk.ScoreView, why: str) -> mk.Score:
        return view.unable(self, why, combine=mk.Combine.SUM, scale=_SCALE)


def _judgments(objectives: Mapping[str, mk.Objective]) -> dict[Pair, float]:
    """Return what the objectives say of each other; NaN where it is no number."""
    found: dict[Pair, float] = {}
    for one, objective in objectives.items():
        held = objective.ext.get(NAMESPACE)
        over = held.get("over") if isinstance(held, Mapping) else None
        for other, said in (over if isinstance(over, Mapping) else {}).items():
            number = isinstance(said, int | float) and not isinstance(said, bool)
            sound = number and other in objectives
            found[one, other] = float(str(said)) if sound else nan
    return found
