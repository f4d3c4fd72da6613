"""Whether what was approved still says what was approved."""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

from attrs import frozen

from missionkit.domain.review import Approval, Artifact
from missionkit.ports.rule import RuleView


class ApprovalState(StrEnum):
    """What is known of the approval of an artifact."""

    APPROVED = "approved"
    STALE = "stale"
    NOT_APPROVED = "not approved"
    UNKNOWN = "unknown"


@frozen(kw_only=True)
class ApprovalStanding:
    """How an artifact stands to its newest approval.

    `changed` are the ids of what says something else now, `unknown` those of which
    nobody can tell: what the approval does not pin, and what cannot be read here.
    """

    artifact: str
    state: ApprovalState
    approval: Approval | None = None
    changed: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def standing_of(
    view: RuleView, artifact: Artifact, *, by_others: bool = False
) -> ApprovalStanding:
    """Return how an artifact stands, up to the day of the view if it has one.

    The artifact itself, what it covers and what it was made from are looked at, and
    whatever else the approval pins. *by_others* counts only what was approved by
    somebody who is neither author nor submitter of the artifact.
    """
    approvals = view.referring(Approval, "artifact").get(artifact.id, ())
    own = (artifact.author, artifact.submitter) if by_others else ()
    approval = _newest(view, (each for each in approvals if each.party not in own))
    if approval is None:
        return ApprovalStanding(artifact=artifact.id, state=ApprovalState.NOT_APPROVED)
    pinned = {str(pin.of): str(pin.digest) for pin in approval.digests}
    now = {
        ref: view.model.digest(ref)
        for ref in (artifact.id, *artifact.covers, *artifact.inputs, *pinned)
    }
    changed = tuple(_changed(pinned, now))
    unknown = tuple(r for r, digest in now.items() if None in (digest, pinned.get(r)))
    certain = ApprovalState.UNKNOWN if unknown else ApprovalState.APPROVED
    return ApprovalStanding(
        artifact=artifact.id,
        state=ApprovalState.STALE if changed else certain,
        approval=approval,
        changed=changed,
        unknown=unknown,
    )


def _changed(pinned: Mapping[str, str], now: Mapping[str, str | None]) -> Iterator[str]:
    for ref, digest in now.items():
        if digest is not None and pinned.get(ref, digest) != digest:
            yield ref


def newest_approval(view: RuleView, artifact: str) -> Approval | None:
    """Return the last approval of an artifact, or None where nobody approved it."""
    return _newest(view, view.referring(Approval, "artifact").get(artifact, ()))


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
    """Return the approvals by what they pin."""
    found: dict[str, list[Approval]] = {}
    for approval in view.of(Approval):
        for ref in dict.fromkeys(str(pin.of) for pin in approval.digests):
            found.setdefault(ref, []).append(approval)
    return {ref: tuple(by) for ref, by in found.items()}


def _newest(view: RuleView, approvals: Iterable[Approval]) -> Approval | None:
    on = view.on
    past = (each for each in approvals if on is None or each.at.date() <= on)
    return max(past, key=lambda each: (each.at, each.id), default=None)
