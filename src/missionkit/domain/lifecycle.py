"""The moves that every review has, whatever its stages: from draft to the end."""

from collections.abc import Iterable

from missionkit.domain.review import CycleStatus
from missionkit.domain.stages import Move

_RUNNING = (CycleStatus.ACTIVE, CycleStatus.BLOCKED)


def lifecycle(
    start: str,
    *,
    open: Iterable[str] = (),
    run: Iterable[str] = (),
    cancel: Iterable[str] = (),
    cancel_guards: Iterable[str] = (),
) -> tuple[Move, ...]:
    """Return the moves open, block, unblock, suspend, resume and cancel.

    *start* is the stage that is entered first. *open*, *run* and *cancel* are the roles
    that may open a review, stop and go on with it, and cancel it; nobody is refused
    where a workflow names no role at all.
    """
    stops = tuple(run)
    return (
        Move(event="open", target=start, when=(CycleStatus.DRAFT,), roles=tuple(open)),
        Move(event="block", then=CycleStatus.BLOCKED, roles=stops),
        Move(
            event="unblock",
            when=(CycleStatus.BLOCKED,),
            then=CycleStatus.ACTIVE,
            roles=stops,
        ),
        Move(
            event="suspend",
            when=_RUNNING,
            then=CycleStatus.SUSPENDED,
            roles=stops,
        ),
        Move(event="resume", when=(CycleStatus.SUSPENDED,), roles=stops),
        Move(
            event="cancel",
            when=(CycleStatus.DRAFT, *_RUNNING, CycleStatus.SUSPENDED),
            then=CycleStatus.CANCELED,
            guards=tuple(cancel_guards),
            roles=tuple(cancel),
        ),
    )
