"""From what a caller passes to an act that can be judged."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from missionkit.domain.checking import shape_faults
from missionkit.domain.codes import WRONG_TYPE
from missionkit.domain.history import Actor
from missionkit.domain.ids import is_id
from missionkit.domain.model import Model, refuse_no_model
from missionkit.domain.review import Evidence, ReviewCycle
from missionkit.domain.spec import Leaf, Many, Nested
from missionkit.domain.workflow import Workflow
from missionkit.errors import InvalidValueError, NotFoundError
from missionkit.issue import Issue, Refusal, RefusalKind, did_you_mean
from missionkit.markup import shown
from missionkit.review import codes
from missionkit.review.act import Act, Asked, finds_workflow
from missionkit.review.moving import Fire
from missionkit.review.setting import Setting, setting_read


def actor_of(by: str | Actor) -> Actor:
    """Return who acts."""
    return by if isinstance(by, Actor) else Actor(id=by)


def act_of(act: Any) -> Act:  # noqa: ANN401 - anything may be given
    """Return an act; the name of an event is the act that fires it.

    Raises:
        InvalidValueError: it is no act.
    """
    if isinstance(act, str):
        return Fire(event=act)
    if isinstance(act, Fire):
        return _sound(act)
    if not isinstance(act, type) and callable(getattr(act, "plan", None)):
        found: Act = act
        return found
    named = f"write {act.__name__}(…)" if isinstance(act, type) else ""
    issue = WRONG_TYPE.issue(
        f"act must be an event or an act, got {_told(act)}.",
        path="act",
        value=act,
        fix=named or "pass the name of an event, or an act with what it is about",
    )
    raise InvalidValueError("act", (issue,))


def _sound(act: Fire) -> Fire:
    """Return an event whose parts are of their types."""
    faults = (
        *shape_faults(Leaf(str), act.event, "event"),
        *shape_faults(Many(frozenset, Leaf(str)), act.causes, "causes"),
        *shape_faults(Many(tuple, Nested(Evidence)), act.evidence, "evidence"),
    )
    if faults:
        raise InvalidValueError("act", faults)
    return act


def heard(  # noqa: PLR0913 - all that is told of an act, by keyword
    model: Model,
    cycle: ReviewCycle | str,
    make: Callable[[], Act],
    *,
    by: str | Actor,
    at: datetime,
    why: str,
    settings: Mapping[str, Any],
    anew: type | None = None,
) -> tuple[Act, Asked | Refusal]:
    """Return an act, and how it is asked, or why no workflow can answer.

    An act of the class *anew* makes the review, which is not in the model yet.

    Raises:
        InvalidValueError: an argument is missing or of a wrong type; all are named.
        NotFoundError: there is no such review, or nothing of a name that is given.
    """
    refuse_no_model(model, "a review")
    faults = list(_faults(cycle, by, at, why))
    setting = setting_read(settings, faults)
    act = _made(make, faults)
    new = anew is not None and isinstance(act, anew)
    faults += _faults_of_new(cycle) if new else ()
    if faults or act is None:
        raise InvalidValueError("act", tuple(faults))
    held = cycle if new and isinstance(cycle, ReviewCycle) else _held(model, cycle)
    if finds_workflow(act):
        workflow = act.workflow(held, setting)
    else:
        workflow = (newest_workflow if new else workflow_of)(held, setting)
    if isinstance(workflow, Refusal):
        return act, workflow
    return act, _asked(model, held, workflow, setting, by=by, at=at, why=why)


def asked(  # noqa: PLR0913 - all that is told of an act, by keyword
    model: Model,
    cycle: ReviewCycle | str,
    *,
    by: str | Actor,
    at: datetime,
    why: str,
    setting: Setting,
) -> Asked | Refusal:
    """Return an act as it is asked, or why the review's workflow cannot answer.

    Raises:
        InvalidValueError: there is no model, review, actor, instant or reason; all are
            named.
        NotFoundError: there is no such review.
    """
    refuse_no_model(model, "a review")
    faults = tuple(_faults(cycle, by, at, why))
    if faults:
        raise InvalidValueError("act", faults)
    held = _held(model, cycle)
    workflow = workflow_of(held, setting)
    if isinstance(workflow, Refusal):
        return workflow
    return _asked(model, held, workflow, setting, by=by, at=at, why=why)


def asked_anew(  # noqa: PLR0913 - all that is told of an act, by keyword
    model: Model,
    cycle: ReviewCycle,
    *,
    by: str | Actor,
    at: datetime,
    why: str,
    setting: Setting,
) -> Asked | Refusal:
    """Return an act that makes a review, or why its workflow cannot answer.

    It runs by the newest version of its workflow that is here.

    Raises:
        InvalidValueError: there is no model, review, actor, instant or reason; all are
            named.
    """
    refuse_no_model(model, "a review")
    faults = (*_faults_of_new(cycle), *_faults(cycle, by, at, why))
    if faults:
        raise InvalidValueError("act", faults)
    workflow = newest_workflow(cycle, setting)
    if isinstance(workflow, Refusal):
        return workflow
    return _asked(model, cycle, workflow, setting, by=by, at=at, why=why)


def newest_workflow(cycle: ReviewCycle, setting: Setting) -> Workflow | Refusal:
    """Return the newest version of a review's workflow, or why there is none here."""
    versions = [each for each in setting.workflows if each.name == cycle.workflow]
    newest = max(versions, key=lambda each: each.version, default=None)
    return newest or absent_workflow(cycle, setting)


def workflow_of(cycle: ReviewCycle, setting: Setting) -> Workflow | Refusal:
    """Return the workflow by which a review runs, or why it is not here."""
    named = [each for each in setting.workflows if each.name == cycle.workflow]
    for each in named:
        if each.version == cycle.workflow_version:
            return each
    if not named:
        return absent_workflow(cycle, setting)
    versions = ", ".join(str(each.version) for each in named)
    issue = codes.WORKFLOW_CHANGED.issue(
        f"The review runs by version {cycle.workflow_version} of"
        f" {shown(cycle.workflow)}; here is {versions}.",
        ref=cycle.id,
        path="workflow_version",
        value=cycle.workflow_version,
    )
    return Refusal(RefusalKind.STAGE, issue)


def absent_workflow(cycle: ReviewCycle, setting: Setting) -> Refusal:
    """Return the refusal of a review whose workflow is not here, in any version."""
    issue = codes.WORKFLOW_ABSENT.issue(
        f"The workflow {shown(cycle.workflow)} is not here.",
        ref=cycle.id,
        path="workflow",
        value=cycle.workflow,
        fix=did_you_mean(cycle.workflow, [each.name for each in setting.workflows]),
    )
    return Refusal(RefusalKind.STAGE, issue)


def _asked(  # noqa: PLR0913 - all that is told of an act, by keyword
    model: Model,
    cycle: ReviewCycle,
    workflow: Workflow,
    setting: Setting,
    *,
    by: str | Actor,
    at: datetime,
    why: str,
) -> Asked:
    return Asked(
        model=model,
        cycle=cycle,
        workflow=workflow,
        by=actor_of(by),
        at=at,
        why=why.strip(),
        setting=setting,
    )


def _held(model: Model, cycle: ReviewCycle | str) -> ReviewCycle:
    return model.get(ReviewCycle, cycle if isinstance(cycle, str) else cycle.id)


def _made(make: Callable[[], Act], faults: list[Issue]) -> Act | None:
    """Return the act as it is made, or None with what is wrong with its parts."""
    try:
        return make()
    except InvalidValueError as error:
        faults += error.issues
    except NotFoundError:
        if not faults:
            raise
    return None


def _told(given: object) -> str:
    """Return what was given as a message tells it: an element by its id."""
    ref = getattr(given, "id", None)
    return shown(ref) if isinstance(ref, str) else shown(given)


def _faults_of_new(cycle: object) -> Iterator[Issue]:
    """Yield the fault of an id in place of a review that is to be made."""
    if isinstance(cycle, str):
        yield WRONG_TYPE.issue(
            f"cycle must be the review that is to be made, got {shown(cycle)}.",
            path="cycle",
            value=cycle,
            fix="pass the review itself; it is not in the model yet",
        )


def _faults(cycle: object, by: object, at: object, why: object) -> Iterator[Issue]:
    if not isinstance(cycle, ReviewCycle | str):
        yield WRONG_TYPE.issue(
            f"cycle must be a review or its id, got {_told(cycle)}.",
            path="cycle",
            value=cycle,
            fix="pass the id of a review of the model",
        )
    yield from _faults_of_actor(by)
    yield from shape_faults(Leaf(datetime), at, "at")
    if isinstance(why, str) and why.strip():
        yield from shape_faults(Leaf(str), why.strip(), "why")
    else:
        yield codes.NO_REASON.issue("why is blank.", path="why", value=why)


def _faults_of_actor(by: object) -> Iterator[Issue]:
    ref = by.id if isinstance(by, Actor) else by
    if not (isinstance(ref, str) and is_id(ref)):
        yield codes.NO_PARTY.issue(
            f"by must be the id of a party, got {shown(ref)}.", path="by", value=ref
        )
    roles = by.roles if isinstance(by, Actor) else None
    named = isinstance(roles, tuple | frozenset) and all(
        isinstance(each, str) for each in roles
    )
    if roles is not None and not named:
        yield WRONG_TYPE.issue(
            f"by.roles must be a collection of names, got {_told(roles)}.",
            path="by.roles",
            value=roles,
            fix='write roles=("sponsor",)',
        )
