"""Gates ask whether top management stands by the core intent that is to be pursued."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from missionkit.domain.intent import CoreIntent
from missionkit.domain.review import Approval, Artifact
from missionkit.domain.role import RoleAssignment, RoleKind
from missionkit.ports.rule import Judgment, RuleView
from missionkit.rules.codes import direct as codes
from missionkit.rules.facts.approvals import approvals_in
from missionkit.rules.facts.lifetime import holds
from missionkit.rules.facts.officers import officers
from missionkit.rules.facts.players import assigned
from missionkit.rules.facts.whole import root_of, whose
from missionkit.trace.approvals import order_of

_WHOLE: Final = ""


def intents_without_sponsor(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each core intent that no sponsor approved as it is now.

    It is the intent in force on the day, or one to come, unless another one of these
    supersedes it. Top management is who was sponsor on the day of the approval: of
    the review that made the artifact, of the intent's organization, or of the whole.
    """
    approvals = view.once(_approvals_of_intents)
    current = tuple(_current(view, view.day))
    if not current:
        yield codes.INTENT_NOT_APPROVED.issue(
            f"No core intent{whose(view)} is in force on {view.day}.",
            ref=root_of(view),
            fix="add mission, vision and values, and have the sponsor approve them",
        )
    for intent in current:
        given = [a for a in approvals.get(intent.id, ()) if a.at.date() <= view.day]
        yield from _doubts(view, intent, given)


def _doubts(
    view: RuleView, intent: CoreIntent, given: list[Approval]
) -> Iterator[Judgment]:
    by_top = [each for each in given if _is_by_top(view, intent, each)]
    if not by_top:
        said = "approved, but by no sponsor" if given else "not approved"
        yield codes.INTENT_NOT_APPROVED.issue(
            f"{view.named(intent)} is {said}.", ref=intent.id
        )
        return
    newest = max(by_top, key=order_of)
    if not _pins(newest, intent.id, view.model.digest(intent.id)):
        yield codes.INTENT_NOT_APPROVED.issue(
            f"{view.named(intent)} changed since a sponsor approved it.",
            ref=intent.id,
            value=newest.at.date(),
            fix="have the sponsor approve it anew, as it is now",
        )


def _current(view: RuleView, day: date) -> Iterator[CoreIntent]:
    going_on = [
        intent
        for intent in view.of(CoreIntent)
        if intent.effective is None or (intent.effective.end or date.max) >= day
    ]
    replaced = {intent.supersedes for intent in going_on}
    for intent in going_on:
        if intent.id not in replaced:
            yield intent


def _approvals_of_intents(view: RuleView) -> Mapping[str, list[Approval]]:
    intents = view.by_id(CoreIntent)
    found: dict[str, list[Approval]] = {}
    for approval in view.of(Approval):
        if intents.keys().isdisjoint(pin.of for pin in approval.digests):
            continue  # most are of other things, and need not be looked up
        for ref in approvals_in(view).subjects(approval):
            if ref in intents:
                found.setdefault(ref, []).append(approval)
    return found


def _is_by_top(view: RuleView, intent: CoreIntent, approval: Approval) -> bool:
    """Return whether a sponsor approved, also one who has left since then.

    Nobody approves what they wrote or submitted.
    """
    made = view.by_id(Artifact).get(approval.artifact)
    if made is not None and approval.party in {made.author, made.submitter}:
        return False
    sponsors = view.once(_sponsors)
    places = (made.cycle if made else None, intent.organization, _WHOLE)
    return any(
        one.party == approval.party and holds(one.period, approval.at.date())
        for place in places
        for one in sponsors.get(place or _WHOLE, ())
    )


def _sponsors(view: RuleView) -> Mapping[str, Sequence[RoleAssignment]]:
    """Return the assignments of sponsors, by what they are for."""
    whole = officers(view, RoleKind.SPONSOR)
    return {**assigned(view, RoleKind.SPONSOR), _WHOLE: whole}


def _pins(approval: Approval, ref: str, digest: str | None) -> bool:
    return any(pin.of == ref and pin.digest == digest for pin in approval.digests)
