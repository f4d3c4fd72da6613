"""What a process offers to a role: the facts by which the five questions are answered.

Where a model tells of nothing of the kind anywhere, nobody can know: the answer is "not
known". Where it tells of other processes and not of this one, the answer is "no".
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import Any, Final

from missionkit.domain.care import (
    CareFunction,
    Feedback,
    Investigation,
    Practice,
    Training,
)
from missionkit.domain.declaration import Element
from missionkit.domain.measure import Observation, SuccessMeasure
from missionkit.domain.model import Model, in_force
from missionkit.domain.plan import BusinessOutput
from missionkit.domain.process import Activity, Flow, Process
from missionkit.domain.role import Responsibility, Role, RoleAssignment, RoleKind
from missionkit.domain.stakeholder import Need, Stakeholder
from missionkit.domain.values import Cadence, Unit
from missionkit.ports.limits import limits_of
from missionkit.processes.acts import acts_of
from missionkit.processes.answers import Answer, Offer, Question
from missionkit.processes.currency import (
    CARE_LIMITS,
    MONTHS,
    CareState,
    FunctionCurrency,
    function_currency,
)
from missionkit.processes.release import standing
from missionkit.trace.readings import known_on

_STEPS: Final = (
    RoleKind.PERFORMER,
    RoleKind.COACH,
    RoleKind.OWNER,
    RoleKind.ENGINEER,
)


class Facts:
    """A model on a day, with what is looked up of it again and again."""

    def __init__(self, model: Model, on: date) -> None:
        """Look at *model* as it stood on a day."""
        self.model = model
        self.on = on
        self._by: dict[tuple[type, str], dict[str, tuple[Any, ...]]] = {}

    def processes_of(self, role: str) -> tuple[str, ...]:
        """Return the ids of the processes in which a role plays a part on the day."""
        return self._processes.get(role, ())

    @cached_property
    def _processes(self) -> dict[str, tuple[str, ...]]:
        there = {each.id for each in standing(self.model, self.on)}
        within = {str(each.id): each.process for each in self.model.of(Activity)}
        found: dict[str, set[str]] = {}
        assigned = in_force(self.model, RoleAssignment, on=self.on)
        answered = self.model.of(Responsibility)
        parts = [(each.role, str(each.on)) for each in assigned]
        parts += [(each.role, str(each.on)) for each in answered]
        for role, on in parts:
            ref = within.get(on) or on
            if ref in there:
                found.setdefault(role, set()).add(ref)
        return {role: tuple(sorted(refs)) for role, refs in found.items()}

    @cached_property
    def kinds_in(self) -> dict[str, dict[RoleKind, tuple[str, ...]]]:
        """The roles with a part in each process, by their kind."""
        found: dict[str, dict[RoleKind, tuple[str, ...]]] = {}
        for role in self.model.of(Role):
            for ref in self.processes_of(role.id):
                if role.kind is not None:
                    held = found.setdefault(ref, {})
                    held[role.kind] = (*held.get(role.kind, ()), role.id)
        return found

    def of(self, kind: type[Any], process: str) -> tuple[Any, ...]:
        """Return the elements of a kind that are about a process."""
        return self.by(kind, "process").get(process, ())

    def by(self, kind: type[Any], name: str) -> Mapping[str, tuple[Any, ...]]:
        """Return the elements of a kind by the id in a field; found out only once."""
        key = (kind, name)
        if key not in self._by:
            found: dict[str, list[Any]] = {}
            for each in self.model.of(kind):
                found.setdefault(str(getattr(each, name)), []).append(each)
            self._by[key] = {ref: tuple(held) for ref, held in found.items()}
        return self._by[key]

    def is_past(self, *days: date | None) -> bool:
        """Return whether one of some days lies within the year up to the day."""
        since = Cadence(1, Unit.YEAR).after(self.on, -1)
        return any(day is not None and since <= day <= self.on for day in days)

    def is_read(self, measure: str) -> bool:
        """Return whether a measure was read within the year up to the day."""
        readings = self.by(Observation, "measure").get(measure, ())
        return any(self.is_past(known_on(each)) for each in readings)

    @cached_property
    def acts(self) -> dict[str | None, Any]:
        """The acts of process management by process."""
        return acts_of(self.model)

    def training(self, process: str) -> FunctionCurrency:
        """Return how current the training for a process is."""
        learned = CareFunction.TRAINING
        acts = [act for act in self.acts.get(process, ()) if act.function is learned]
        months = self._limits[MONTHS[learned].name]
        return function_currency(learned, acts, self.on, months=months, notice=0)

    @cached_property
    def _limits(self) -> Mapping[str, float]:
        return limits_of(CARE_LIMITS, self.model, {})

    def tells_of(self, *kinds: type[Element]) -> bool:
        """Return whether the model tells of anything of some kinds."""
        return any(self.model.of(kind) for kind in kinds)


def _answer(
    question: Question, evidence: Iterable[str], yes: str, no: str, *, known: bool
) -> Offer:
    shown = tuple(evidence)
    unknown = Answer.NO if known else Answer.NOT_KNOWN
    return Offer(
        question=question,
        answer=Answer.YES if shown else unknown,
        reason=yes if shown else no if known else f"{no}, and of no other process",
        evidence=shown,
    )


def _reflection(facts: Facts, role: Role, process: str) -> Offer:
    """Answer whether what was done is looked at again, within a year."""
    del role
    looked = (
        *(e.id for e in facts.of(Investigation, process) if facts.is_past(e.on)),
        *(e.id for e in facts.of(Feedback, process) if facts.is_past(e.on)),
        *(e.id for e in facts.of(Practice, process) if facts.is_past(e.reviewed)),
    )
    return _answer(
        Question.REFLECTION,
        looked,
        "results, problems or practices were looked at within a year",
        "no investigation, feedback or review of a practice within a year is told",
        known=facts.tells_of(Investigation, Feedback, Practice),
    )


def _complex_arenas(facts: Facts, role: Role, process: str) -> Offer:
    """Answer whether there is a next part to grow into, or a larger process."""
    held = facts.kinds_in.get(process, {})
    if role.kind not in _STEPS:
        said = "nobody knows what comes after a role of this kind"
        asked = Question.COMPLEX_ARENAS
        return Offer(question=asked, answer=Answer.NOT_KNOWN, reason=said)
    above = _STEPS[_STEPS.index(role.kind) + 1 :]
    own = facts.model.get(Process, process)
    larger = (own.parent,) if own.parent and role.kind in _STEPS[2:] else ()
    return _answer(
        Question.COMPLEX_ARENAS,
        (*(ref for kind in above for ref in held.get(kind, ())), *larger),
        "there is a part with more to answer for, or a larger process",
        "nobody plays a part beyond this one, and no larger process is told",
        known=True,
    )


def _learning(facts: Facts, role: Role, process: str) -> Offer:
    """Answer whether training for the process, or the role, is there and current."""
    asked, held = Question.LEARNING, facts.training(process)
    if held.state in (CareState.CURRENT, CareState.DUE):
        said = "training is current"
        return Offer(
            question=asked, answer=Answer.YES, reason=said, evidence=held.refs[:1]
        )
    own = (
        each.id
        for each in facts.by(Training, "role").get(role.id, ())
        if each.process is None and _is_current(facts, each)
    )
    lapsed = held.state is CareState.LAPSED
    return _answer(
        asked,
        own,
        "training for the role is current",
        f"training lapsed on {held.due}" if lapsed else "no dated training is told",
        known=lapsed or facts.tells_of(Training),
    )


def _is_current(facts: Facts, training: Training) -> bool:
    due = training.next_due
    return facts.is_past(training.on) if due is None else _began(facts, training)


def _began(facts: Facts, training: Training) -> bool:
    day, due = training.on, training.next_due
    return day is not None and due is not None and day <= facts.on <= due


def _own_customers(facts: Facts, role: Role, process: str) -> Offer:
    """Answer whether a stakeholder takes what the process gives."""
    del role
    model = facts.model
    given = facts.by(Flow, "source").get(process, ())
    made = facts.by(BusinessOutput, "produced_by").get(process, ())
    needs = [_at(model, need) for output in made for need in output.satisfies]
    served = {
        *(
            str(e.target)
            for e in given
            if isinstance(_at(model, e.target), Stakeholder)
        ),
        *(str(n.stakeholder) for n in needs if isinstance(n, Need) and n.stakeholder),
    }
    inside = "only other processes take what it gives"
    return _answer(
        Question.OWN_CUSTOMERS,
        sorted(served),
        "stakeholders take what it gives",
        inside if given or made else "what it gives, and to whom, is not told",
        known=bool(given or made) or facts.tells_of(Flow, BusinessOutput),
    )


def _at(model: Model, ref: str | None) -> Element | None:
    return model.find(ref) if ref else None


def _autonomy(facts: Facts, role: Role, process: str) -> Offer:
    """Answer whether there is a measure to steer by, with a reading of the year."""
    del role
    aims = facts.model.get(Process, process).achieves
    measured = facts.by(SuccessMeasure, "of")
    measures = [each for ref in (process, *aims) for each in measured.get(ref, ())]
    unread = "its measures have no reading within a year"
    return _answer(
        Question.AUTONOMY,
        (each.id for each in measures if facts.is_read(each.id)),
        "there are measures with readings to steer by",
        unread if measures else "no measure of it or of its objectives is told",
        known=bool(measures) or facts.tells_of(SuccessMeasure),
    )


OFFERS: Final[dict[Question, Callable[[Facts, Role, str], Offer]]] = {
    Question.REFLECTION: _reflection,
    Question.COMPLEX_ARENAS: _complex_arenas,
    Question.LEARNING: _learning,
    Question.OWN_CUSTOMERS: _own_customers,
    Question.AUTONOMY: _autonomy,
}
"""How each question is answered of a role in one process."""
