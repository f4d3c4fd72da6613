"""Gates ask whether the plan works against a need that was accepted."""

from collections.abc import Container, Iterable, Iterator, Mapping
from functools import cache
from typing import Final

from attrs import frozen

from missionkit.domain.declaration import Element
from missionkit.domain.plan import CourseOfAction, Objective, ObjectiveStatus
from missionkit.domain.process import Process
from missionkit.domain.review import Decision
from missionkit.domain.spec import Many, Nested, spec_of
from missionkit.domain.stakeholder import Need, NeedStatus
from missionkit.domain.values import Contribution
from missionkit.ports.rule import Judgment, LimitSpec, RuleView
from missionkit.rules.codes import direct as codes
from missionkit.rules.facts.plan_gaps import goes_on
from missionkit.trace.lifetime import is_retired

HARM: Final = LimitSpec(
    "harmful_contribution", 50, "from how much harm on a need has to be decided about"
)


@frozen
class _Harm:
    """A contribution that hurts: whose it is, and where it stands there."""

    holder: Element
    path: str
    what: Contribution


def needs_hurt(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each contribution that hurts an accepted need, undecided.

    A need is hurt where an objective is that answers it, or the goal of one. It is
    decided about by a decision that names the need, or both ends of the contribution.
    Nothing is hurt by what was dropped or retired, or by a course of action whose
    period is over.
    """
    harms = tuple(_harms(view))
    if not harms:
        return
    decided = _decided(view)
    at_stake = _needs_at_stake(view, decided)
    for harm in harms:
        needs = at_stake.get(harm.what.target)
        whose = decided.get(harm.holder.id, frozenset())
        known = whose & decided.get(harm.what.target, frozenset())
        if needs and not known:
            more = f" and {len(needs) - 1} more" if needs[1:] else ""
            yield codes.NEED_HURT.issue(
                f"{view.named(harm.holder)} hurts need {view.titled(needs[0])}{more}.",
                ref=harm.holder.id,
                path=f"{harm.path}.weight",
                value=harm.what.weight,
            )


def _harms(view: RuleView) -> Iterator[_Harm]:
    """Yield what hurts, of every kind that has contributions."""
    least = -view.limit(HARM.name)
    for cls in view.model.kinds.classes:
        names = _of_contributions(cls)
        if names:
            yield from _harms_of(view, view.of(cls), names, least)


def _harms_of(
    view: RuleView, holders: Iterable[Element], names: tuple[str, ...], least: float
) -> Iterator[_Harm]:
    for holder in holders:
        for name in names:
            for index, what in enumerate(getattr(holder, name)):
                if what.weight <= least and _is_pursued(view, holder):
                    yield _Harm(holder, f"{name}[{index}]", what)


@cache
def _of_contributions(cls: type) -> tuple[str, ...]:
    """Return the names of a kind's fields that hold contributions; most have none."""
    return tuple(
        each.name
        for each in spec_of(cls).fields
        if isinstance(each.shape, Many)
        and isinstance(each.shape.item, Nested)
        and each.shape.item.cls is Contribution
    )


def _is_pursued(view: RuleView, holder: Element) -> bool:
    match holder:
        case Process():
            return not is_retired(holder, view.on)
        case Objective(status=status):
            return status is not ObjectiveStatus.DROPPED
        case CourseOfAction():
            return goes_on(view, holder)
    return True


def _needs_at_stake(
    view: RuleView, decided: Container[str]
) -> Mapping[str, tuple[str, ...]]:
    """Return the accepted needs by the objectives that answer them, and their goals."""
    needs = {
        str(need.id)
        for need in view.of(Need)
        if need.status is NeedStatus.ACCEPTED and need.id not in decided
    }
    found: dict[str, dict[str, None]] = {}
    for objective in view.of(Objective):
        if objective.status is ObjectiveStatus.DROPPED:
            continue
        for ref in objective.needs:
            if ref in needs:
                for target in (objective.id, objective.goal):
                    found.setdefault(target or "", {})[ref] = None
    return {target: tuple(held) for target, held in found.items()}


def _decided(view: RuleView) -> Mapping[str, frozenset[str]]:
    """Return the decisions by what they name."""
    found: dict[str, set[str]] = {}
    for decision in view.of(Decision):
        for ref in (*decision.addresses, *decision.covers):
            found.setdefault(ref, set()).add(decision.id)
    return {ref: frozenset(by) for ref, by in found.items()}
