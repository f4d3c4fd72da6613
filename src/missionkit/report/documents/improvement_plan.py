"""The improvement plan: what is done, why, by whom, until when, and if it works."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from missionkit.domain.care import Investigation
from missionkit.domain.context import PotentialImpact
from missionkit.domain.review import (
    ActionStatus,
    Decision,
    DriftSignal,
    ImprovementAction,
)
from missionkit.domain.role import RoleKind
from missionkit.report.blocks import Fact, Facts, Section
from missionkit.report.document_view import DocumentView, lacking, said_or, table
from missionkit.report.inline import Faint, Fixed, Inline, Mark, Strong, Tone, Written
from missionkit.report.measured import amount_said, target_said
from missionkit.rules.facts.carry_over import SETTLED, carried

KEY: Final = "improvement-plan"
TITLE: Final = "Improvement plan"
CONSUMERS: Final = (
    "mission-management",
    "resource-management",
    "demand-creation",
    "demand-fulfillment",
)
_HEAD: Final = (
    "Action",
    "Cause",
    "Owner",
    "Due",
    "How we see that it works",
    "Standing",
)
_ENDED: Final = SETTLED | {ActionStatus.DONE}
_TONES: Final = {
    ActionStatus.VERIFIED: Tone.GOOD,
    ActionStatus.DONE: Tone.GOOD,
    ActionStatus.INEFFECTIVE: Tone.BAD,
}


def sections(view: DocumentView) -> Iterator[Section]:
    """Yield the actions of the review and those of none, open ones first."""
    actions = sorted(
        view.model.of(ImprovementAction),
        key=lambda each: (each.due or date.max, each.id),
    )
    mine = _ours(view)
    ours = [each for each in actions if mine is None or each.id in mine]
    others = [each for each in actions if mine is not None and each.id not in mine]
    left = [each for each in ours if each.status not in _ENDED]
    ended = [each for each in ours if each.status in _ENDED]
    parts = (
        ("In short", "short", _short(view, ours)),
        ("To be done", "open", _actions(view, left, "No action is to be done.")),
        ("Done", "done", _actions(view, ended, "No action is done yet.")),
        ("Of no review, or of another", "others", _actions(view, others, "None.")),
    )
    for title, ref, blocks in parts:
        if ref != "others" or others:
            yield Section(title=title, id=ref, blocks=tuple(blocks))


def _ours(view: DocumentView) -> frozenset[str] | None:
    """Return what follows from the review, or was taken over by it; None for all."""
    if view.review is None:
        return None
    following = view.facts.referring(ImprovementAction, "decision")
    decided = view.facts.referring(Decision, "cycle").get(view.review.id, ())
    own = {each.id for made in decided for each in following.get(made.id, ())}
    return carried(view.facts, view.review) | own


def _short(view: DocumentView, actions: list[ImprovementAction]) -> Iterator[Written]:
    late = sum(_is_late(view, each) for each in actions)
    ended = [each for each in actions if each.status in _ENDED]
    seen = sum(each.status is ActionStatus.VERIFIED for each in actions)
    unowned = sum(not view.who(each.id, RoleKind.OWNER) for each in actions)
    yield Facts(
        [
            Fact(str(len(actions) - len(ended)), "actions are to be done"),
            Fact(str(late), "of them are late", Tone.BAD if late else Tone.GOOD),
            Fact(str(seen), "were verified"),
            Fact(str(unowned), "have no owner", Tone.BAD if unowned else Tone.GOOD),
        ]
        if actions
        else [Fact("0", "actions are recorded", Tone.WARN)]
    )


def _is_late(view: DocumentView, each: ImprovementAction) -> bool:
    return each.due is not None and each.due < view.on and each.status not in _ENDED


def _actions(
    view: DocumentView, actions: list[ImprovementAction], none: str
) -> Iterator[Written]:
    rows = [_row(view, each) for each in actions]
    yield from table(_HEAD, rows, Faint(none))


def _row(view: DocumentView, each: ImprovementAction) -> tuple[Inline, ...]:
    about = view.named(each.addresses)
    said = Faint(f"for {about}") if about else lacking("for nothing that is recorded")
    return (
        (Strong(each.statement), " ", said),
        _cause(view, each),
        said_or(view.who(each.id, RoleKind.OWNER), "no owner is recorded"),
        _due(view, each),
        _effect(view, each),
        _standing(view, each),
    )


def _cause(view: DocumentView, each: ImprovementAction) -> Inline:
    """Return the causes that were found, or else only why it was decided."""
    causes = _causes(view, each)
    if causes:
        return "; ".join(causes)
    decision = view.facts.by_id(Decision).get(each.decision or "")
    none = lacking("no cause is recorded")
    if decision is None or decision.rationale is None:
        return none
    return (none, Faint(f"; decided because: {decision.rationale}"))


def _causes(view: DocumentView, each: ImprovementAction) -> list[str]:
    """Return the causes that were found for what an action is about."""
    about = view.facts.referring(Investigation, "addresses")
    looked = view.facts.by_id(Investigation)
    impacts = view.facts.by_id(PotentialImpact)
    signals = view.facts.by_id(DriftSignal)
    found: list[str | None] = []
    for ref in each.addresses:
        found += [case.cause for case in about.get(ref, ())]
        found.append(looked[ref].cause if ref in looked else None)
        found.append(impacts[ref].cause if ref in impacts else None)
        found += [f"drift: {signals[ref].indicator}"] if ref in signals else []
    return list(dict.fromkeys(said for said in found if said))


def _due(view: DocumentView, each: ImprovementAction) -> Inline:
    if each.due is None:
        return lacking("no day is recorded")
    shown = Fixed(each.due.isoformat())
    return (shown, " ", Mark("late", Tone.BAD)) if _is_late(view, each) else shown


def _effect(view: DocumentView, each: ImprovementAction) -> Inline:
    if each.effect_measure is None:
        return lacking("no measure is recorded")
    result = view.by_measure.get(each.effect_measure)
    if result is None:
        return view.title(each.effect_measure)
    word, tone = result.standing.value
    last = result.readings[-1] if result.readings else None
    now = f", now {amount_said(last, result.measure.unit or '')}" if last else ""
    target = ("; target ", target_said(result)) if result.target else ""
    return (result.measure.name, target, f"{now} ", Mark(word, tone))


def _standing(view: DocumentView, each: ImprovementAction) -> Inline:
    word = each.status.replace("_", " ")
    mark = Mark(word, _TONES.get(each.status, Tone.PLAIN))
    if each.status not in _ENDED or each.status is ActionStatus.CANCELED:
        return mark
    day = Fixed(each.closed.isoformat()) if each.closed else "on a day not recorded"
    if each.verified_by:
        return (mark, " ", day, f", by {view.title(each.verified_by)}")
    return (mark, " ", day, ", ", lacking("not verified"))
