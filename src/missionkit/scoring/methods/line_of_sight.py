"""Whether an element is linked to the core intent and to a stakeholder, as a score."""

from collections.abc import Iterator
from typing import ClassVar, Final

from attrs import frozen

from missionkit.domain.kinds import KINDS
from missionkit.ports.part import SHARE, Combine, Part
from missionkit.ports.rule import LimitSpec
from missionkit.ports.score import Score
from missionkit.ports.scorer import Scorer, ScoreView
from missionkit.scoring.naming import listed
from missionkit.trace.branch import Branch
from missionkit.trace.coverage import coverage
from missionkit.trace.why import why

_METRIC: Final = "line-of-sight completeness"


@frozen
class LineOfSight:
    """Of one element: 1 with a line to the intent and to a stakeholder, else less.

    Of the organization as a whole: the share of elements that have both, by kinds, each
    of which counts by how many it has.
    """

    name: ClassVar[str] = "line-of-sight"
    version: ClassVar[str] = "1"
    requires: ClassVar[tuple[str, ...]] = tuple(spec.kind for spec in KINDS)
    limits: ClassVar[tuple[LimitSpec, ...]] = ()

    def __call__(self, view: ScoreView, /) -> Score:
        """Return the share of both branches, or of all elements."""
        parts = tuple(_of_all(view) if view.subject is None else _of_one(view))
        if not parts:
            said = "no element lies on the line of sight"
            return view.unable(self, said, combine=Combine.SUM, scale=SHARE)
        return view.scored(self, parts, combine=Combine.SUM, scale=SHARE, mean=True)


def _of_one(view: ScoreView) -> Iterator[Part]:
    for branch in why(view.model, view.subject or "").branches:
        passed = branch.paths[0] if branch.paths else branch.way
        refs = (view.subject or "", *(hop.target for hop in passed))
        yield Part(
            name=f"to the {branch.name}",
            value=float(branch.whole),
            because=_said(branch),
            refs=tuple(dict.fromkeys(refs)),
        )


def _said(branch: Branch) -> str:
    if branch.broken is not None:
        return f"it stops at {branch.broken}"
    steps = len(branch.paths[0])
    return f"the shortest way has {steps} step{'' if steps == 1 else 's'}"


def _of_all(view: ScoreView) -> Iterator[Part]:
    metric = coverage(view.model, on=view.on)[_METRIC]
    above = frozenset(metric.numerator)
    held: dict[str, list[str]] = {}
    for ref in metric.denominator:
        held.setdefault(view.model.kind_of(ref), []).append(ref)
    for kind, refs in held.items():
        lacking = [ref for ref in refs if ref not in above]
        whole = len(refs) - len(lacking)
        yield Part(
            name=kind.replace("_", " "),
            value=whole / len(refs),
            weight=len(refs),
            because=f"{whole:,} of {len(refs):,} have both lines",
            refs=listed(view, lacking or refs),
        )


SCORERS: tuple[Scorer, ...] = (LineOfSight(),)
