"""Whether what was approved still says what was approved."""

from collections.abc import Iterable, Mapping
from functools import partial

from missionkit.domain.review import Approval, Artifact
from missionkit.ports.rule import RuleView
from missionkit.rules.facts.review_roles import approving_roles, might_approve
from missionkit.trace.approvals import (
    Approvals,
    ApprovalStanding,
    ApprovalState,
    order_of,
)


def standing_of(view: RuleView, artifact: Artifact) -> ApprovalStanding:
    """Return how an artifact stands, up to the day of the view if it has one."""
    return approvals_in(view).standing(artifact)


def standing_that_counts(view: RuleView, artifact: Artifact) -> ApprovalStanding:
    """Return how an artifact stands to its newest approval that counts in its review.

    One counts by a party that is neither author nor submitter, and had on that day a
    role that may approve. Of a workflow that is not here nobody knows these roles.
    """
    might = partial(might_approve, view, artifact)
    return approvals_in(view).standing(artifact, by_others=True, might=might)


def approvals_that_count(view: RuleView, artifact: Artifact) -> tuple[Approval, ...]:
    """Return the approvals of an artifact that count and stand, one of each party."""
    might = partial(might_approve, view, artifact)
    return approvals_in(view).that_stand(artifact, might=might)


def not_approved(view: RuleView, artifact: Artifact) -> str:
    """Return in words why the approvals of an artifact do not count, or are none."""
    if not approvals_in(view).by_artifact.get(artifact.id):
        return "not approved"
    if not approvals_in(view).by_others(artifact):
        return "approved only by who wrote or submitted it"
    return "approved only by who had no role that may"


def how_to_approve(view: RuleView, artifact: Artifact) -> str:
    """Return who is to approve an artifact so that it counts."""
    roles = approving_roles(view, artifact)
    who = f"{' or '.join(roles) or 'nobody'}" if roles is not None else "somebody"
    return f"have it approved by {who}, who is neither author nor submitter"


def approvals_in(view: RuleView) -> Approvals:
    """Return the approvals up to the day of the view, made once for all who ask."""
    return view.once(_approvals)


def _approvals(view: RuleView) -> Approvals:
    return Approvals(view.model, view.on)


def why_stale(standing: ApprovalStanding) -> str:
    """Return in words why an approval is stale: how much is not as it was then."""
    counted = (
        (standing.changed, "changed", "changed"),
        (standing.added, "was added", "were added"),
        (standing.removed, "was removed", "were removed"),
    )
    parts = [
        f"one thing {one}" if len(refs) == 1 else f"{len(refs)} things {many}"
        for refs, one, many in counted
        if refs
    ]
    said = [f"{' and '.join(parts)} since it was approved"] if parts else []
    if standing.passed:
        said.append("the pass of the stage in which it was approved was undone")
    return ", and ".join(said)


def why_doubtful(standing: ApprovalStanding) -> str:
    """Return in words why an approval is stale, or why nobody can say whether it is."""
    unknown = standing.state is ApprovalState.UNKNOWN
    return (
        "not all of it can be compared with what was approved"
        if unknown
        else why_stale(standing)
    )


def approved(view: RuleView, element_id: str) -> bool | None:
    """Return whether the last approval that pins an element pins what it says now.

    None where the model keeps no approvals, or where the element cannot be read here.
    """
    if not view.of(Approval):
        return None
    approval = last_pinning(view, element_id)
    if approval is None:
        return False
    now = view.model.digest(element_id)
    if now is None:
        return None
    return any(p.of == element_id and p.digest == now for p in approval.digests)


def last_pinning(view: RuleView, element_id: str) -> Approval | None:
    """Return the last approval that pins an element, or None where none does."""
    return _newest(view, view.once(_pinning).get(element_id, ()))


def _pinning(view: RuleView) -> Mapping[str, tuple[Approval, ...]]:
    """Return the approvals by what somebody stands by in them."""
    found: dict[str, list[Approval]] = {}
    for approval in view.of(Approval):
        for ref in approvals_in(view).subjects(approval):
            found.setdefault(ref, []).append(approval)
    return {ref: tuple(by) for ref, by in found.items()}


def _newest(view: RuleView, approvals: Iterable[Approval]) -> Approval | None:
    on = view.on
    past = (each for each in approvals if on is None or each.at.date() <= on)
    return max(past, key=order_of, default=None)
