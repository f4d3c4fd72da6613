"""What every store decides alike: what is left of a commit when a payload goes."""

from missionkit.domain.history import Payload
from missionkit.errors import NotFoundError
from missionkit.ports.store import Disposed


def without(
    payloads: tuple[Payload | None, ...], what: Disposed
) -> tuple[Payload | None, ...]:
    """Return the payloads of a commit with one of them erased.

    Raises:
        NotFoundError: the commit has no such payload.
    """
    if not 0 <= what.put < len(payloads):
        raise NotFoundError("payload", f"{what.put} of commit {what.sequence}")
    return (*payloads[: what.put], None, *payloads[what.put + 1 :])
