"""What somebody may do in a review, as far as that is known beforehand."""

from collections.abc import Iterator
from datetime import datetime
from typing import Unpack

from attrs import frozen

from missionkit.domain.history import Actor
from missionkit.domain.model import Model
from missionkit.domain.review import ReviewCycle
from missionkit.issue import Refusal, Verdict
from missionkit.review.act import Asked, outcome
from missionkit.review.asking import heard
from missionkit.review.moving import Fire
from missionkit.review.possible import POSSIBLE
from missionkit.review.setting import Settings


@frozen(kw_only=True)
class Option:
    """Something that may be done in a review, and whether an actor may do it now.

    A move tells its *causes*, and the stage or the end to which it leads. What else
    speaks against an act is known only with what it is about.
    """

    name: str
    verdict: Verdict
    causes: tuple[str, ...] = ()
    target: str | None = None


def options(
    model: Model,
    cycle: ReviewCycle | str,
    *,
    by: str | Actor,
    at: datetime,
    **settings: Unpack[Settings],
) -> tuple[Option, ...]:
    """Return every event and every act, and whether an actor may do it.

    Events come first, each move by itself. An act is judged by the status of the
    review and by who acts alone. Where the workflow is not here, there are none.

    Raises:
        InvalidValueError: an argument is missing or of a wrong type; all are named.
        NotFoundError: there is no such review.
    """
    _, given = heard(
        model,
        cycle,
        lambda: Fire(event="look"),
        by=by,
        at=at,
        why="asked only",
        settings=settings,
    )
    if isinstance(given, Refusal):
        return ()
    return (*_moves(given), *_acts(given))


def _moves(given: Asked) -> Iterator[Option]:
    table = given.workflow.table
    here = [each.move for each in table.moves_at(given.position)]
    for event in table.events:
        moves = [move for move in here if move.event == event]
        for move in moves:
            act = Fire(event=event, causes=move.causes[:1])
            yield Option(
                name=event,
                verdict=outcome(act, given)[0],
                causes=move.causes,
                target=move.target,
            )
        if not moves:
            yield Option(name=event, verdict=outcome(Fire(event=event), given)[0])


def _acts(given: Asked) -> Iterator[Option]:
    for act in POSSIBLE:
        found = (
            *given.refused_status(act),
            *given.refused_role(act, given.position.stage),
        )
        verdict = Verdict(allowed=not found, refusals=found)
        yield Option(name=act.value, verdict=verdict)
