"""Whether the core intent that goals lead to is one that somebody approved."""

from collections.abc import Iterable, Iterator

from missionkit.domain.intent import CoreIntent
from missionkit.domain.plan import Goal
from missionkit.issue import Issue
from missionkit.ports.rule import Judgment, NotJudged, RuleView
from missionkit.rules.codes import tracing as codes
from missionkit.rules.facts.approvals import approved, last_pinning
from missionkit.rules.facts.lifetime import holds


def intents_not_approved(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each intent in force, with goals, that is not approved.

    What is approved is told by the last approval that pins the intent. Where the model
    keeps no approvals, or the intent cannot be read here, its goals are not judged. Of
    an intent that is over, the goals are found whose horizon is not.
    """
    unkept: list[str] = []
    undated: list[str] = []
    intents = view.by_id(CoreIntent)
    for ref, goals in sorted(view.referring(Goal, "intent").items()):
        sound = approved(view, ref) if ref in intents else None
        if sound is None:
            unkept += (goal.id for goal in goals)
        elif not sound:
            in_force = _in_force(view, intents[ref])
            undated += [ref] if in_force is None else []
            if in_force:
                yield _not_approved(view, ref, len(goals))
            elif in_force is False:
                yield from _left_behind(view, intents[ref], goals)
    if unkept:
        why = "no approval says whether the core intent is approved"
        yield NotJudged(codes.GOAL_WITHOUT_INTENT.code, why, tuple(sorted(unkept)))
    if undated:
        why = "whether the core intent is in force depends on the day: pass on="
        yield NotJudged(codes.GOAL_WITHOUT_INTENT.code, why, tuple(undated))


def _in_force(view: RuleView, intent: CoreIntent) -> bool | None:
    """Return whether an intent holds on the day, and none that supersedes it does."""
    after = view.referring(CoreIntent, "supersedes").get(intent.id, ())
    held = holds(intent.effective, view.on)
    replaced = [holds(each.effective, view.on) for each in after]
    if held is False or True in replaced:
        return False
    return None if None in replaced else held


def _left_behind(
    view: RuleView, intent: CoreIntent, goals: Iterable[Goal]
) -> Iterator[Issue]:
    """Yield the goals that go on although the intent they lead to does not."""
    if intent.effective and view.on and (intent.effective.start or view.on) > view.on:
        return  # it is to come
    for goal in goals:
        if goal.horizon is not None and holds(goal.horizon, view.on):
            yield codes.GOAL_WITHOUT_INTENT.issue(
                f"{view.named(goal)} goes on, but its core intent"
                f" {view.titled(intent)} is over.",
                ref=goal.id,
                path="intent",
                value=intent.id,
                fix="name the core intent that is in force, or end the goal's horizon",
            )


def _not_approved(view: RuleView, ref: str, goals: int) -> Issue:
    many = "a goal leads" if goals == 1 else f"{goals} goals lead"
    approval = last_pinning(view, ref)
    found = "was approved by nobody"
    if approval is not None:
        found = f"changed since it was approved on {approval.at.date()}"
    return codes.GOAL_WITHOUT_INTENT.issue(
        f"{view.named(ref)}, to which {many}, {found}.",
        ref=ref,
        fix="let the sponsor approve it, as an artifact that covers it",
    )
