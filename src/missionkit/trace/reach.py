"""What can be reached from some elements over the steps of one branch, and how far."""

from collections.abc import Iterable, Iterator

from missionkit.trace.lines import Steps


def waves(
    steps: Steps, starts: Iterable[int], *, closed: Iterable[int] = ()
) -> Iterator[list[int]]:
    """Yield what is no step away from *starts*, then one step, then two, and so on.

    Nothing is reached through *closed*, nor are they themselves.
    """
    seen = bytearray(len(steps.starts) - 1)
    for at in closed:
        seen[at] = 1
    wave = starts
    while fresh := _unseen(wave, seen):
        yield fresh
        wave = (there for here in fresh for there in steps.after(here))


def _unseen(wave: Iterable[int], seen: bytearray) -> list[int]:
    fresh = []
    for at in wave:
        if not seen[at]:
            seen[at] = 1
            fresh.append(at)
    return fresh


def reached(
    steps: Steps, starts: Iterable[int], *, closed: Iterable[int] = ()
) -> dict[int, int]:
    """Return the fewest steps from any of *starts*, none of them through *closed*."""
    found = enumerate(waves(steps, starts, closed=closed))
    return {at: distance for distance, wave in found for at in wave}


def spread(
    steps: Steps, starts: Iterable[int], *, closed: Iterable[int] = ()
) -> bytearray:
    """Return a 1 for each number that can be reached, and a 0 for each other."""
    found = bytearray(len(steps.starts) - 1)
    for wave in waves(steps, starts, closed=closed):
        for at in wave:
            found[at] = 1
    return found
