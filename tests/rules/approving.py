"""How stories tell that something was approved, as it was then."""

from datetime import UTC, datetime

from missionkit.domain.draft import Draft
from missionkit.domain.ids import AnyId
from missionkit.domain.review import PinnedDigest

APPROVED = datetime(2026, 3, 1, tzinfo=UTC)


def approve(d: Draft, artifact: str, *pinned: str) -> None:
    """Let Ann approve an artifact, and all that is pinned with it, as it is now."""
    if "ann" not in d.model:
        d.party("Ann", id="ann")
    digests = tuple(
        PinnedDigest(of=AnyId(ref), digest=d.model.digest(ref) or "")
        for ref in (artifact, *pinned)
    )
    d.set(artifact, status="approved")
    d.approval(artifact=artifact, party="ann", at=APPROVED, digests=digests)
