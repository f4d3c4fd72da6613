"""Complaints that nobody has answered yet, and which role is to answer them."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from attrs import frozen

from missionkit.domain.care import Feedback, Investigation
from missionkit.domain.model import Model
from missionkit.domain.review import ActionStatus, Decision, ImprovementAction
from missionkit.processes.asking import refuse_unsound
from missionkit.processes.playing import owning

_GIVEN_UP: Final = (ActionStatus.CANCELED, ActionStatus.INEFFECTIVE)


@frozen(kw_only=True)
class Complaint:
    """What somebody was dissatisfied with, and which roles own the process.

    It is open until somebody answers: by an investigation of its process since then,
    or by a decision or an action that addresses it or its process; `answered_by` are
    those. An action that was given up answers nothing.
    """

    feedback: str
    statement: str
    process: str | None = None
    stakeholder: str | None = None
    on: date
    satisfaction: int
    owners: tuple[str, ...] = ()
    answered_by: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether nothing addresses it yet."""
        return not self.answered_by

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {
            "feedback": self.feedback,
            "statement": self.statement,
            "process": self.process,
            "stakeholder": self.stakeholder,
            "on": self.on.isoformat(),
            "satisfaction": self.satisfaction,
            "owners": list(self.owners),
            "answered_by": list(self.answered_by),
        }


def complaints(model: Model, *, on: date) -> tuple[Complaint, ...]:
    """Return feedback below zero up to a day, the oldest first, with what answers it.

    Raises:
        InvalidValueError: *on* is no date.
    """
    refuse_unsound("complaints", model, on)
    acts = _by_subject(model)
    owners = owner_roles(model, on)
    found = (
        Complaint(
            feedback=each.id,
            statement=each.statement,
            process=each.process,
            stakeholder=each.stakeholder,
            on=each.on,
            satisfaction=each.satisfaction,
            owners=owners.get(str(each.process), ()),
            answered_by=_answered_by(each, acts, on),
        )
        for each in model.of(Feedback)
        if each.on is not None
        and each.on <= on
        and each.satisfaction is not None
        and each.satisfaction < 0
    )
    return tuple(sorted(found, key=lambda each: (each.on, each.feedback)))


def owner_roles(model: Model, on: date) -> dict[str, tuple[str, ...]]:
    """Return the owner's roles that somebody plays on a day, by what they are for."""
    return {
        ref: tuple(sorted({str(each.role) for each in held}))
        for ref, held in owning(model, on).items()
    }


@frozen
class _Act:
    """Something that answers complaints about what it is about, if not older.

    Complaints that it names are answered however old it is.
    """

    ref: str
    on: date | None
    about: tuple[str, ...]
    named: tuple[str, ...] = ()

    def answers(self, said: Feedback, on: date) -> bool:
        """Return whether it answers feedback by a day: not what came before."""
        if self.on is not None and self.on > on:
            return False
        if said.id in self.named:
            return True
        since = self.on is None or said.on is None or self.on >= said.on
        return since and bool({str(said.id), str(said.process)} & {*self.about})


def _answered_by(
    said: Feedback, acts: Mapping[str, list[_Act]], on: date
) -> tuple[str, ...]:
    near = (*acts.get(said.id, ()), *acts.get(str(said.process), ()))
    return tuple(sorted({act.ref for act in near if act.answers(said, on)}))


def _by_subject(model: Model) -> Mapping[str, list[_Act]]:
    """Return what may answer by the ids of all that it is about or names."""
    found: dict[str, list[_Act]] = {}
    for act in _acts(model):
        for ref in {*act.about, *act.named}:
            found.setdefault(ref, []).append(act)
    return found


def _acts(model: Model) -> Iterator[_Act]:
    """Yield what may answer: an investigation also by the process it looks into."""
    for each in model.of(Investigation):
        own = (str(each.process),) if each.process else ()
        yield _Act(each.id, each.on, own, named=each.addresses)
    for decision in model.of(Decision):
        yield _Act(decision.id, decision.at, decision.addresses)
    for action in model.of(ImprovementAction):
        if action.status not in _GIVEN_UP:
            yield _Act(action.id, action.opened, action.addresses)
