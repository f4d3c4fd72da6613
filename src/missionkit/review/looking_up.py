"""What an act is about, looked up in the model: there, or named with what is near."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from attrs import evolve

from missionkit.domain.checking import shape_faults
from missionkit.domain.declaration import Element, id_of
from missionkit.domain.ids import AnyId
from missionkit.domain.model import Model
from missionkit.domain.review import ActionStatus, Evidence, ImprovementAction
from missionkit.domain.spec import Many, Nested, spec_of
from missionkit.errors import InvalidValueError
from missionkit.issue import Issue, Refusal, RefusalKind, did_you_mean
from missionkit.markup import shown
from missionkit.review import codes
from missionkit.review.act import Asked


def ref_of(given: Any) -> Any:  # noqa: ANN401 - anything may be given
    """Return the id of an element, or what was given in place of one."""
    return id_of(given) if hasattr(given, "id") else given


def evidence_of(model: Model, given: object) -> tuple[Evidence, ...]:
    """Return evidence, of which each may be named by its id, and one given alone.

    Raises:
        InvalidValueError: something is no evidence; all of it is named.
        NotFoundError: there is no such evidence.
    """
    held = (given,) if isinstance(given, str | Evidence) else given
    held = tuple(held) if isinstance(held, Iterable) else held
    named = held if isinstance(held, tuple) else ()
    found = tuple(
        model.get(Evidence, each) if isinstance(each, str) else each for each in named
    )
    wrong = found if isinstance(held, tuple) else held
    faults = tuple(shape_faults(Many(tuple, Nested(Evidence)), wrong, "evidence"))
    if faults:
        raise InvalidValueError("act", faults)
    return found


def supporting(evidence: Iterable[Evidence], of: str) -> Iterator[Evidence]:
    """Yield evidence as it supports something, beside what it supports already."""
    for each in dict.fromkeys(evidence):
        refs = dict.fromkeys((*each.supports, AnyId(of)))
        yield evolve(each, supports=tuple(refs))


def ids_taken(asked: Asked, evidence: Iterable[Evidence]) -> Iterator[Issue]:
    """Yield an issue for each new evidence whose id something else has already."""
    given: dict[str, Evidence] = {}
    for each in evidence:
        held = asked.model.find(each.id) or given.get(each.id)
        given[each.id] = each
        if held not in (None, each):
            yield codes.ID_TAKEN.issue(
                f"The id {each.id} of evidence is taken.",
                ref=each.id,
                path="evidence",
                value=each.id,
                fix="take another id, or name by its id what is there",
            )


def refused_ids(asked: Asked, evidence: Iterable[Evidence]) -> Iterator[Refusal]:
    """Yield the refusal of each new evidence whose id something else has already."""
    for issue in ids_taken(asked, evidence):
        yield Refusal(RefusalKind.EVENT, issue)


def absent(
    asked: Asked, ref: str | None, path: str, kind: type[Element] | None = None
) -> Iterator[Refusal]:
    """Yield the refusal of an act about what is not there, or of another kind."""
    found = None if ref is None else asked.model.find(ref)
    if ref is None or (found is not None and isinstance(found, kind or object)):
        return
    known = asked.model.of(kind) if kind else asked.model
    words = spec_of(kind).kind.replace("_", " ") if kind else "element"
    issue = codes.NOT_THERE.issue(
        f"There is no {words} {shown(ref)}.",
        ref=asked.cycle.id,
        path=path,
        value=ref,
        fix=did_you_mean(ref, [each.id for each in known]),
    )
    yield Refusal(RefusalKind.EVENT, issue)


def day_amiss(asked: Asked, day: date | None, path: str) -> Iterator[Refusal]:
    """Yield the refusal of a day to come that is missing, or lies before the act."""
    if day is not None and day >= asked.day:
        return
    said = (
        f"{path} is missing."
        if day is None
        else f"{path} is {day}, before the day of the act, {asked.day}."
    )
    issue = codes.DAY_AMISS.issue(said, ref=asked.cycle.id, path=path, value=day or "")
    yield Refusal(RefusalKind.EVENT, issue)


def not_due(
    action: ImprovementAction, wanted: tuple[ActionStatus, ...]
) -> Iterator[Refusal]:
    """Yield the refusal of what an action's status does not allow."""
    if action.status not in wanted:
        words = " or ".join(wanted).replace("_", " ")
        issue = codes.NOT_DUE.issue(
            f"The action is {action.status.replace('_', ' ')}, not {words}.",
            ref=action.id,
            path="status",
            value=action.status,
        )
        yield Refusal(RefusalKind.EVENT, issue)
