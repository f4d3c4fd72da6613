"""What was decided, and what became of the actions that were to follow."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from missionkit.domain.review import ActionStatus, Decision, ImprovementAction
from missionkit.report.blocks import Grid, Heading, Section
from missionkit.report.inline import Faint, Fixed, Inline, Mark, Strong, Tone, Written
from missionkit.report.view import PackView
from missionkit.report.wording import plural

ORDER: Final = 55
_MOST: Final = 100
_ENDED: Final = frozenset(
    {
        ActionStatus.DONE,
        ActionStatus.VERIFIED,
        ActionStatus.CANCELED,
    }
)
_TONES: Final = {
    ActionStatus.VERIFIED: Tone.GOOD,
    ActionStatus.DONE: Tone.GOOD,
    ActionStatus.INEFFECTIVE: Tone.BAD,
}


def section(view: PackView) -> Section | None:
    """Return the actions, open ones first, and the decisions; None without any."""
    blocks = (*_actions(view), *_decisions(view))
    if not blocks:
        return None
    title = "Decisions and actions"
    return Section(title=title, id="decisions-and-actions", blocks=blocks)


def _actions(view: PackView) -> Iterator[Written]:
    actions = sorted(
        view.model.of(ImprovementAction),
        key=lambda action: (action.status in _ENDED, action.due or date.max, action.id),
    )
    if actions:
        yield Heading("Actions")
        rows = [_action(view, action) for action in actions[:_MOST]]
        yield Grid(("Action", "For", "Open for", "Due", "Standing"), rows)


def _action(view: PackView, action: ImprovementAction) -> tuple[Inline, ...]:
    due = action.due
    late = due is not None and due < view.on and action.status not in _ENDED
    standing = Mark(
        action.status.replace("_", " "), _TONES.get(action.status, Tone.PLAIN)
    )
    return (
        Strong(action.statement),
        view.named(action.addresses) or Faint("not said"),
        _age(view, action),
        Fixed(due.isoformat()) if due else Faint("not said"),
        (standing, " ", Mark("late", Tone.BAD)) if late else standing,
    )


def _age(view: PackView, action: ImprovementAction) -> Inline:
    """Return for how long an action has been open; of what is over nothing."""
    if action.status in _ENDED:
        return ""
    decision = view.model.find(action.decision) if action.decision else None
    decided = decision.at if isinstance(decision, Decision) else None
    since = action.opened or decided
    if since is None or since > view.on:
        return Faint("not said")
    return Fixed(plural((view.on - since).days, "day"))


def _decisions(view: PackView) -> Iterator[Written]:
    decisions = sorted(
        view.model.of(Decision),
        key=lambda decision: (-(decision.at or date.min).toordinal(), decision.id),
    )
    if decisions:
        yield Heading("Decisions")
        rows: list[tuple[Inline, ...]] = [
            (
                Fixed(decision.at.isoformat()) if decision.at else Faint("not said"),
                Strong(decision.statement),
                decision.rationale or Faint("no reason given"),
            )
            for decision in decisions[:_MOST]
        ]
        yield Grid(("On", "Decision", "Why"), rows)
