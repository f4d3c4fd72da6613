"""May it be done, and do it: one way in for every act of a review."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, Unpack

from missionkit.domain.checking import shape_faults
from missionkit.domain.history import Actor
from missionkit.domain.model import Model
from missionkit.domain.review import Evidence, ReviewCycle
from missionkit.domain.spec import Leaf, Many
from missionkit.errors import InvalidValueError, RefusedError
from missionkit.issue import Refusal, Verdict
from missionkit.review.act import Act, done, outcome
from missionkit.review.asking import act_of, heard
from missionkit.review.looking_up import evidence_of
from missionkit.review.moving import Fire
from missionkit.review.opening import OpenReview
from missionkit.review.setting import Settings

_ASKED_ONLY = "asked only"


def can(  # noqa: PLR0913 - all that is told of an act, by keyword
    model: Model,
    cycle: ReviewCycle | str,
    act: Act | str,
    *,
    by: str | Actor,
    at: datetime,
    why: str = _ASKED_ONLY,
    **settings: Unpack[Settings],
) -> Verdict:
    """Return whether an act may be done in a review, and every reason why not.

    *act* is an event of the workflow, or an act with what it is about, such as
    ``Approve(artifact="needs-register")``. It agrees with `perform` always.

    Raises:
        InvalidValueError: an argument is missing or of a wrong type; all are named.
        NotFoundError: there is no such review.
    """
    made, given = heard(
        model,
        cycle,
        lambda: act_of(act),
        by=by,
        at=at,
        why=why,
        settings=settings,
        anew=OpenReview,
    )
    if isinstance(given, Refusal):
        return Verdict(allowed=False, refusals=(given,))
    return outcome(made, given)[0]


def perform(  # noqa: PLR0913 - all that is told of an act, by keyword
    model: Model,
    cycle: ReviewCycle | str,
    act: Act | str,
    *,
    by: str | Actor,
    at: datetime,
    why: str,
    **settings: Unpack[Settings],
) -> Model:
    """Return the model after an act; the whole act, or nothing of it.

    Raises:
        RefusedError: it may not be done; the verdict says why.
        InvalidValueError: an argument is missing or of a wrong type; all are named.
        NotFoundError: there is no such review.
    """
    return performed(
        model,
        cycle,
        lambda: act_of(act),
        by=by,
        at=at,
        why=why,
        settings=settings,
    )


def performed(  # noqa: PLR0913 - all that is told of an act, by keyword
    model: Model,
    cycle: ReviewCycle | str,
    make: Callable[[], Act],
    *,
    by: str | Actor,
    at: datetime,
    why: str,
    settings: Mapping[str, Any],
) -> Model:
    """Return the model after an act that is still to be made of its parts.

    What is wrong with the parts is told together with all else.
    """
    act, given = heard(
        model,
        cycle,
        make,
        by=by,
        at=at,
        why=why,
        settings=settings,
        anew=OpenReview,
    )
    if isinstance(given, Refusal):
        raise RefusedError(Verdict(allowed=False, refusals=(given,)))
    return done(act, given)


def fire(  # noqa: PLR0913 - all that is told of an act, by keyword
    model: Model,
    cycle: ReviewCycle | str,
    event: str,
    *,
    by: str | Actor,
    at: datetime,
    why: str,
    causes: str | Iterable[str] = (),
    evidence: Evidence | str | Iterable[Evidence | str] = (),
    **settings: Unpack[Settings],
) -> Model:
    """Return the model after an event moved the review on.

    *causes* say why a correction is needed; *evidence* is kept with the stage that is
    left, as new elements or by the ids of those that are there.

    Raises:
        RefusedError: it may not be done; the verdict says why.
        InvalidValueError: an argument is missing or of a wrong type; all are named.
        NotFoundError: there is no such review, or no such evidence.
    """
    return performed(
        model,
        cycle,
        lambda: act_of(
            Fire(
                event=event,
                causes=_causes_of(causes),
                evidence=evidence_of(model, evidence),
            )
        ),
        by=by,
        at=at,
        why=why,
        settings=settings,
    )


def _causes_of(given: object) -> tuple[str, ...]:
    """Return causes, of which one may be given alone."""
    held = (given,) if isinstance(given, str) else given
    held = tuple(held) if isinstance(held, Iterable) else held
    faults = tuple(shape_faults(Many(tuple, Leaf(str)), held, "causes"))
    if faults:
        raise InvalidValueError("act", faults)
    return tuple(map(str, held)) if isinstance(held, tuple) else ()
