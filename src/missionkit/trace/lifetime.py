"""Whether a process is in use on a day."""

from datetime import date

from missionkit.domain.process import Process, ReleaseState


def is_retired(process: Process, on: date | None) -> bool:
    """Return whether a process was taken out of use, by the day if one is given."""
    steps = process.release.steps if process.release else ()
    for step in steps:  # asked of every process, again and again
        if step.state is ReleaseState.RETIRED and (on is None or step.on <= on):
            return True
    return False
