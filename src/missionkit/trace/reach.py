"""How far everything is from some elements, over the steps of one branch."""

from collections.abc import Container, Iterable

from missionkit.trace.lines import Steps


def reached(
    steps: Steps, starts: Iterable[int], *, closed: Container[int] = ()
) -> dict[int, int]:
    """Return the fewest steps from any of *starts*, none of them through *closed*."""
    distance = dict.fromkeys((at for at in starts if at not in closed), 0)
    waiting = list(distance)
    for here in waiting:
        for there in steps.after(here):
            if there not in distance and there not in closed:
                distance[there] = distance[here] + 1
                waiting.append(there)
    return distance
