"""An act of a review as one commit: decided on the newest model, or not written."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeAlias, cast

from attrs import evolve

from missionkit.domain.history import Actor, Commit
from missionkit.domain.model import Model
from missionkit.history.choosing import act_of
from missionkit.history.edit import Edit
from missionkit.workspace.desk import Desk
from missionkit.workspace.editing import decided

Doing: TypeAlias = Callable[[Edit, datetime], Model]
"""Returns the model after an act on a draft at an instant, or raises `RefusedError`."""


def committed(  # noqa: PLR0913 - all that is told of an act
    desk: Desk, stream: str, name: str, doing: Doing, *, by: str | Actor, why: str
) -> Commit:
    """Return the commit of an act; *name* is how the history calls it.

    Where others were faster, it is decided again on what is there then.
    """
    act = evolve(act_of(stream, by, why), acts=(name,), always=True)
    drafts: list[Edit] = []

    def step(draft: Edit, at: datetime) -> None:
        draft.become(doing(draft, at))
        drafts.append(draft)

    decided(desk, stream, act, step)
    return cast("Commit", drafts[-1].commit)
