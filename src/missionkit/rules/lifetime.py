"""Whether something holds on a day: yes, no, or not to be known without a day."""

from datetime import date

from missionkit.domain.process import Process, ReleaseState
from missionkit.domain.values import Period


def holds(period: Period | None, on: date | None) -> bool | None:
    """Return whether what has a period holds; None where that depends on the day.

    What has no period holds always.
    """
    if period is None:
        return True
    return None if on is None else period.covers(on)


def is_retired(process: Process, on: date | None) -> bool:
    """Return whether a process was taken out of use, by the day if one is given."""
    steps = process.release.steps if process.release else ()
    return any(
        step.state is ReleaseState.RETIRED and (on is None or step.on <= on)
        for step in steps
    )
