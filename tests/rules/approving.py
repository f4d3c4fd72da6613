"""How stories tell that something was approved, as it was then."""

from datetime import UTC, datetime

from missionkit.domain.draft import Draft
from missionkit.domain.ids import AnyId
from missionkit.domain.review import PinnedDigest

APPROVED = datetime(2026, 3, 1, tzinfo=UTC)


def reviewing(d: Draft, *parties: str) -> None:
    """Let Ann and others have a role that may approve."""
    if "ann" not in d.model:
        d.party("Ann", id="ann")
    if "may-approve" not in d.model:
        d.role("May approve", id="may-approve", kind="reviewer")
    for each in ("ann", *parties):
        if f"{each}-may-approve" not in d.model:
            ref = f"{each}-may-approve"
            d.role_assignment(id=ref, role="may-approve", party=each)


def approve(d: Draft, artifact: str, *pinned: str) -> None:
    """Let Ann, a reviewer, approve an artifact and all that is pinned with it."""
    reviewing(d)
    digests = tuple(
        PinnedDigest(of=AnyId(ref), digest=d.model.digest(ref) or "")
        for ref in (artifact, *pinned)
    )
    d.set(artifact, status="approved")
    d.approval(artifact=artifact, party="ann", at=APPROVED, digests=digests)
