"""What is known of the work of processes: who does it, and how far it is in use."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from missionkit.domain.care import CareFunction, CareRecord
from missionkit.domain.measure import Observation, SuccessMeasure
from missionkit.domain.plan import Objective, ObjectiveStatus
from missionkit.domain.process import Process, ReleaseState, ReleaseStep
from missionkit.domain.role import Delivery, Handover, RoleAssignment, RoleKind
from missionkit.ports.rule import RuleView
from missionkit.processes.acts import Act, acts_of
from missionkit.processes.release import standing
from missionkit.rules.facts.officers import officers
from missionkit.rules.facts.players import assigned, players


def living(view: RuleView) -> tuple[Process, ...]:
    """Return the processes that were not retired by the day."""
    return view.once(_living)


def _living(view: RuleView) -> tuple[Process, ...]:
    return standing(view.model, view.day)


def reached(
    process: Process, state: ReleaseState, day: date
) -> tuple[int, ReleaseStep] | None:
    """Return a rung that a process reached up to a day, and its place in the ladder."""
    for at, step in enumerate(process.release.steps if process.release else ()):
        if step.state is state and step.on <= day:
            return at, step
    return None


def has_reached(process: Process, state: ReleaseState, day: date) -> bool:
    """Return whether a process had reached a rung on a day."""
    return reached(process, state, day) is not None


def performing(view: RuleView, process: Process) -> Sequence[RoleAssignment]:
    """Return the assignments of performers of one process in particular."""
    return assigned(view, RoleKind.PERFORMER).get(process.id, ())


def performers(view: RuleView, process: Process) -> frozenset[str]:
    """Return who performs a process on the day: those of the whole, if no others."""
    own = players(view, performing(view, process), view.day).sure
    return own or view.once(_everywhere)


def _everywhere(view: RuleView) -> frozenset[str]:
    return players(view, officers(view, RoleKind.PERFORMER), view.day).sure


def performers_are_told(view: RuleView) -> bool:
    """Return whether the model tells of any performers, on any day."""
    return bool(
        officers(view, RoleKind.PERFORMER) or assigned(view, RoleKind.PERFORMER)
    )


def accepted(view: RuleView, process: str) -> list[Handover]:
    """Return the handovers of a process that were accepted up to the day."""
    made = view.referring(Handover, "process").get(process, ())
    return [each for each in made if each.accepted and each.accepted <= view.day]


def delivered(view: RuleView, process: Process, what: Delivery) -> Iterator[date]:
    """Yield the days on which handovers of a process delivered something."""
    for each in accepted(view, process.id):
        if what in each.delivered and each.accepted:
            yield each.on or each.accepted


def acts(view: RuleView) -> Mapping[str | None, tuple[Act, ...]]:
    """Return the acts of process management by process; those for none under None."""
    return view.once(_acts)


def _acts(view: RuleView) -> Mapping[str | None, tuple[Act, ...]]:
    return acts_of(view.model)


def acted(view: RuleView, process: Process, function: CareFunction) -> Iterator[date]:
    """Yield the days up to the day on which a function was performed for a process."""
    for act in acts(view).get(process.id, ()):
        if act.function is function and act.on is not None and act.on <= view.day:
            yield act.on


def keeps_care(view: RuleView) -> bool:
    """Return whether the organization records acts of process management at all."""
    return any(each.on and each.on <= view.day for each in view.of(CareRecord))


def measures(view: RuleView, process: Process) -> Iterator[SuccessMeasure]:
    """Yield the measures of a process and of the objectives that it pursues."""
    measured = view.referring(SuccessMeasure, "of")
    yield from measured.get(process.id, ())
    for objective in objectives(view, process):
        yield from measured.get(objective.id, ())


def objectives(view: RuleView, process: Process) -> Iterator[Objective]:
    """Yield the objectives that a process achieves and that are still pursued."""
    known = view.by_id(Objective)
    for ref in process.achieves:
        found = known.get(ref)
        if found is not None and found.status in _PURSUED:
            yield found


_PURSUED = frozenset({ObjectiveStatus.DRAFT, ObjectiveStatus.ACTIVE})


def readings(view: RuleView, measure: SuccessMeasure) -> Iterator[date]:
    """Yield the days of the readings of a measure."""
    for each in view.referring(Observation, "measure").get(measure.id, ()):
        day = each.at or (each.period.end if each.period else None)
        if day is not None:
            yield day
