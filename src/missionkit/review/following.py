"""What a review made and left to do: artifacts, agenda, actions, what it took over."""

from collections.abc import Container, Iterable, Iterator
from datetime import date
from typing import Final

from attrs import frozen

from missionkit.domain.declaration import Element
from missionkit.domain.display import title_of
from missionkit.domain.review import (
    ActionStatus,
    Agenda,
    AgendaItem,
    Approval,
    Artifact,
    ArtifactStatus,
    Decision,
    Disposition,
    DriftSignal,
    ImprovementAction,
    ReviewCycle,
)
from missionkit.domain.stages import Stage
from missionkit.ports.rule import RuleView
from missionkit.rules.facts.approvals import approvals_in, standing_that_counts
from missionkit.rules.facts.carry_over import carried
from missionkit.rules.facts.signals import unresolved
from missionkit.trace.approvals import ApprovalStanding, ApprovalState

_SETTLED: Final = frozenset({ActionStatus.VERIFIED, ActionStatus.CANCELED})


@frozen(kw_only=True)
class ArtifactStanding:
    """What a review made, who approved it, and whether that still holds."""

    artifact: Artifact
    standing: ApprovalStanding
    approvals: tuple[Approval, ...] = ()

    @property
    def stale(self) -> bool:
        """Whether what was approved says something else now."""
        return self.standing.state is ApprovalState.STALE

    @property
    def approved(self) -> bool:
        """Whether it is approved by who might approve it, and as it is now."""
        stands = self.standing.state is ApprovalState.APPROVED
        return stands and self.artifact.status is ArtifactStatus.APPROVED

    def as_dict(self) -> dict[str, object]:
        """Return it as JSON values."""
        return {
            "id": self.artifact.id,
            "title": self.artifact.title,
            "stage": self.artifact.stage,
            "status": self.artifact.status.value,
            "standing": self.standing.state.value,
            "changed": list(self.standing.changed),
            "added": list(self.standing.added),
            "removed": list(self.standing.removed),
            "unknown": list(self.standing.unknown),
            "pass_undone": self.standing.passed,
            "approvals": [
                {
                    "id": each.id,
                    "party": each.party,
                    "at": each.at.isoformat(),
                    "pass": each.pass_number,
                    "why": each.why,
                }
                for each in self.approvals
            ],
        }


@frozen(kw_only=True)
class AgendaPoint:
    """A point of the agenda that is open: its item, or that it has none yet."""

    title: str
    code: str = ""
    item: str = ""

    def as_dict(self) -> dict[str, object]:
        """Return it as JSON values."""
        return {"title": self.title, "code": self.code, "item": self.item}


@frozen(kw_only=True)
class ActionStanding:
    """An action that is not settled: for how many days, and whether it is late."""

    action: ImprovementAction
    since: date | None = None
    days: int | None = None
    late: bool = False

    def as_dict(self) -> dict[str, object]:
        """Return it as JSON values."""
        due = self.action.due
        return {
            "id": self.action.id,
            "statement": self.action.statement,
            "status": self.action.status.value,
            "since": self.since.isoformat() if self.since else None,
            "days": self.days,
            "due": due.isoformat() if due else None,
            "late": self.late,
        }


@frozen(kw_only=True)
class CarriedOver:
    """What a review took over from the one before it, and whether it is still open.

    Nobody can say so of what is only to be looked at, such as a report or a risk.
    """

    id: str
    title: str
    open: bool | None = None

    def as_dict(self) -> dict[str, object]:
        """Return it as JSON values."""
        return {"id": self.id, "title": self.title, "open": self.open}


def artifacts(
    view: RuleView, cycle: ReviewCycle, stages: Iterable[Stage]
) -> tuple[ArtifactStanding, ...]:
    """Return what a review made, in the order of its stages, with the approvals."""
    place = {stage.key: at for at, stage in enumerate(stages)}
    made = view.referring(Artifact, "cycle").get(cycle.id, ())
    ordered = sorted(made, key=lambda m: (place.get(m.stage or "", -1), m.id))
    return tuple(
        ArtifactStanding(
            artifact=each,
            standing=standing_that_counts(view, each),
            approvals=approvals_in(view).by_artifact.get(each.id, ()),
        )
        for each in ordered
    )


def agenda_points(view: RuleView, cycle: ReviewCycle) -> Iterator[AgendaPoint]:
    """Yield the points of the agenda that nobody has disposed of."""
    items = view.referring(AgendaItem, "cycle").get(cycle.id, ())
    for item in items:
        if item.disposition is None:
            yield AgendaPoint(title=item.title, code=item.code or "", item=item.id)
    known = {item.code for item in items}
    agenda = view.by_id(Agenda).get(cycle.agenda or "")
    for entry in agenda.entries if agenda else ():
        if entry.code not in known:
            yield AgendaPoint(title=entry.title, code=entry.code)


def decisions(view: RuleView, cycle: ReviewCycle) -> tuple[Decision, ...]:
    """Return what a review decided, the last decision first."""
    found = view.referring(Decision, "cycle").get(cycle.id, ())
    return tuple(
        sorted(found, key=lambda each: (-(each.at or date.min).toordinal(), each.id))
    )


def actions(view: RuleView, cycle: ReviewCycle) -> Iterator[ActionStanding]:
    """Yield the open actions of a review and those that it took over, late ones first.

    What is done has still to be seen to work.
    """
    decided = {each.id: each for each in decisions(view, cycle)}
    taken = carried(view, cycle)
    mine = (
        _action(view, each)
        for each in view.of(ImprovementAction)
        if (each.decision in decided or each.id in taken)
        and each.status not in _SETTLED
    )
    yield from sorted(mine, key=_urgency)


def _urgency(found: ActionStanding) -> tuple[bool, date, int, str]:
    action = found.action
    return not found.late, action.due or date.max, -(found.days or 0), action.id


def _action(view: RuleView, action: ImprovementAction) -> ActionStanding:
    decision = view.by_id(Decision).get(action.decision or "")
    since = action.opened or (decision.at if decision else None)
    done = action.status is ActionStatus.DONE
    return ActionStanding(
        action=action,
        since=since,
        days=max(0, (view.day - since).days) if since else None,
        late=action.due is not None and action.due < view.day and not done,
    )


def carry_over(view: RuleView, cycle: ReviewCycle) -> Iterator[CarriedOver]:
    """Yield what a review took over, in the order of the ids."""
    items = view.referring(AgendaItem, "cycle").get(cycle.id, ())
    seen = {each.code for each in items if each.code and _is_done(each)}
    waiting = {signal.id for signal in view.once(unresolved)}
    for ref in sorted(carried(view, cycle)):
        held = view.model.find(ref)
        if held is not None:
            known = _is_open(held, waiting, seen)
            yield CarriedOver(id=ref, title=title_of(held), open=known)


def _is_open(
    held: Element, waiting: Container[str], seen: Container[str]
) -> bool | None:
    match held:
        case ImprovementAction():
            return held.status not in _SETTLED
        case AgendaItem():
            return not _is_done(held) and held.code not in seen
        case DriftSignal():
            return held.id in waiting
    return None


def _is_done(item: AgendaItem) -> bool:
    return item.disposition not in (None, Disposition.DEFERRED)
