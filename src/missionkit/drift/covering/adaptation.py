"""Drift told from adaptation: a shift that somebody decided in time is no drift."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from attrs import evolve, frozen

from missionkit.domain.checking import refuse_no_day
from missionkit.domain.intent import CoreIntent
from missionkit.domain.model import Model, refuse_no_model
from missionkit.domain.relation import Relation
from missionkit.domain.review import Decision, DecisionKind
from missionkit.drift.covering.deciding import holds
from missionkit.drift.covering.uncovered import is_share, left_of
from missionkit.markup import one_line, shortened
from missionkit.ports.finding import (
    Cover,
    Covering,
    DriftVerdict,
    Finding,
    refuse_no_finding,
)

SUPERSEDES: Final = "supersedes"
_TITLE: Final = 160
_NOTHING: Final = 1e-9
_NAMED: Final = 5


def matched(finding: Finding, model: Model, on: date | None = None) -> Finding:
    """Return the finding with the decisions of a model that cover its shift.

    A decision covers a shift where `Decision.covers` names what the figure is about, or
    what moved it (the refs of the finding, or of a driver), where its direction is that
    of what it names, and as far as `up_to` allows: that is the amount which may be
    reached in one period, in the unit in which it is counted, as in rule MK-DRF-039.
    One that confirms the course covers nothing, one that changes the intent no shift
    away from it, nor does one without a date, one that
    is not effective on the day, nor one that another decision supersedes by a
    `Relation` of that kind.

    Decided before the shift showed, by `at` and by `effective`, it is adaptation; later
    it is after the fact, and the shift is drift still, as it is where nothing says on
    which day it was decided. A decision covers the whole
    where what it leaves open is no more than `least`, and no more than half of the
    interval, within which nobody can tell it from nothing. Where only several together
    do so, each says with which others.
    """
    refuse_no_finding(finding, "matched")
    refuse_no_model(model, "matched")
    if on is not None:
        refuse_no_day(on, "matched")
    if finding.verdict is not DriftVerdict.DRIFT:
        return evolve(finding, covers=())
    found = [_Matched.of(finding, each) for each in _in_force(model, on)]
    helping = [each for each in found if each.left < 1 - _NOTHING]
    covers = [
        _cover(finding, each, [other for other in helping if other.fits(each)])
        for each in helping
    ]
    idle = [_bounded(each) for each in found if _is_idle(finding, each)]
    ordered = sorted([*covers, *idle], key=_order)
    return evolve(finding, covers=tuple(ordered))


def _order(cover: Cover) -> tuple[bool, bool, date, str]:
    late = cover.standing is Covering.AFTER_THE_FACT
    return late, not cover.whole, cover.effective, cover.decision


@frozen
class _Matched:
    """A decision, how it stands to a shift, and what it leaves open of it."""

    decision: Decision
    standing: Covering
    left: float

    @classmethod
    def of(cls, finding: Finding, decision: Decision) -> "_Matched":
        """Compare a decision with a shift."""
        timely = _is_timely(decision, _shown(finding))
        standing = Covering.BEFORE if timely else Covering.AFTER_THE_FACT
        return cls(decision, standing, left_of(finding, [decision]))

    def fits(self, other: "_Matched") -> bool:
        """Return whether it counts beside another: what came in time, for all."""
        return self.standing in (Covering.BEFORE, other.standing)


def _in_force(model: Model, on: date | None) -> Iterator[Decision]:
    replaced = {
        str(relation.target)
        for relation in model.of(Relation)
        if relation.kind == SUPERSEDES
        and isinstance(by := model.find(relation.source), Decision)
        and holds(by, on)
    }
    for decision in model.of(Decision):
        taken = decision.at is None or on is None or decision.at <= on
        dated = _last_date(decision) is not None
        if taken and dated and holds(decision, on) and decision.id not in replaced:
            yield _apart_from_intent(decision, model)


def _apart_from_intent(decision: Decision, model: Model) -> Decision:
    """Return a decision; one that changed the intent covers no shift away from it.

    Effort on the mission is judged by the intent that holds, the new one.
    """
    if decision.kind is not DecisionKind.CHANGE_INTENT:
        return decision
    intents = {str(intent.id) for intent in model.of(CoreIntent)}
    covers = tuple(ref for ref in decision.covers if ref not in intents)
    return evolve(decision, covers=covers)


def _last_date(decision: Decision) -> date | None:
    days = [day for day in (decision.at, decision.effective) if day is not None]
    return max(days, default=None)


def _is_timely(decision: Decision, shown: date | None) -> bool:
    """Return whether it is known to be taken, and effective, by a day."""
    last = _last_date(decision)
    if decision.at is None or last is None or shown is None:
        return False
    return last <= shown


def _shown(finding: Finding) -> date | None:
    """Return the last day of the period from which the shift shows."""
    for point in finding.series.points if finding.series else ():
        if point.start == finding.since:
            return point.end
    return finding.since


def _cover(finding: Finding, each: _Matched, helping: Sequence[_Matched]) -> Cover:
    if _is_small(finding, each.left):
        return _told(each, whole=True)
    together = left_of(finding, [other.decision for other in helping])
    if _is_small(finding, together):
        others = [o.decision.id for o in helping if o.decision.id != each.decision.id]
        more = "" if len(others) <= _NAMED else f" and {len(others) - _NAMED} more"
        why = f"together with {', '.join(others[:_NAMED])}{more}"
        return _told(each, whole=True, why=why)
    return _told(each, whole=False, why=f"it leaves {_open(finding, each.left)} open")


def _is_small(finding: Finding, left: float) -> bool:
    rest = left * abs(finding.effect or 0)
    unsure = ((finding.high or 0) - (finding.low or 0)) / 2
    return left <= _NOTHING or rest <= min(finding.least or 0, unsure)


def _open(finding: Finding, left: float) -> str:
    rest = left * abs(finding.effect or 0)
    if is_share(finding.unit):
        return f"{rest * 100:.0f} points"
    return f"{rest:.3g} {finding.unit}"


def _is_idle(finding: Finding, each: _Matched) -> bool:
    """Return whether a decision covers nothing, and would but for its amount."""
    if each.left < 1 - _NOTHING or each.decision.up_to is None:
        return False
    return left_of(finding, [evolve(each.decision, up_to=None)]) < 1 - _NOTHING


def _bounded(each: _Matched) -> Cover:
    why = (
        f"it allows up to {each.decision.up_to:f}, and nothing shows that this was kept"
    )
    return _told(each, whole=False, why=why)


def _told(each: _Matched, *, whole: bool, why: str = "") -> Cover:
    decision = each.decision
    if decision.at is None and not why:
        why = "nothing says on which day it was decided"
    return Cover(
        decision=decision.id,
        title=shortened(one_line(decision.statement), _TITLE),
        standing=each.standing,
        effective=decision.effective or decision.at or date.min,
        whole=whole,
        why=why,
    )
