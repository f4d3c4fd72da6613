"""How far a process had come on a day, by its release ladder."""

from datetime import date
from typing import Final

from missionkit.domain.model import Model
from missionkit.domain.process import Process, ReleaseState

_IN_USE: Final = (ReleaseState.INSTALLED, ReleaseState.COMMISSIONED)


def release_on(process: Process, on: date) -> ReleaseState | None:
    """Return the rung reached by a process on a day; None where there was none."""
    steps = process.release.steps if process.release else ()
    return next((step.state for step in reversed(steps) if step.on <= on), None)


def is_used(process: Process, on: date) -> bool:
    """Return whether work is done by a process on a day.

    One whose ladder is not told is taken to be in use.
    """
    return process.release is None or release_on(process, on) in _IN_USE


def standing(model: Model, on: date) -> tuple[Process, ...]:
    """Return the processes that are there on a day: all but those retired by then."""
    retired = ReleaseState.RETIRED
    found = model.of(Process)
    return tuple(each for each in found if release_on(each, on) is not retired)
