"""The line of sight of each need: up to the mission, and down to who performs."""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Final

from attrs import frozen

from missionkit.domain.model import Model, in_force
from missionkit.domain.plan import Objective, ObjectiveStatus
from missionkit.domain.process import Activity, Process
from missionkit.domain.role import RoleAssignment
from missionkit.domain.stakeholder import Need, NeedStatus
from missionkit.trace.lifetime import is_retired
from missionkit.trace.lines import lines_of
from missionkit.trace.reach import reached
from missionkit.trace.toward import Toward

SETTLED: Final = frozenset({NeedStatus.DECLINED, NeedStatus.WITHDRAWN})
_UNRATED: Final = 0.5


class Break(StrEnum):
    """Where the line of a need stops, in a manager's words."""

    HOLDER = "nobody is named who has this need"
    OBJECTIVE = "no objective answers it"
    MISSION = "its objectives do not lead up to the mission"
    PROCESS = "no process works on its objectives"
    PERFORMER = "nobody performs the processes behind it"
    APART = "no one objective has both, a way to the mission and somebody who performs"


@frozen
class Carriers:
    """Which objectives and processes carry a line, on one day."""

    objectives: Mapping[str, Objective]
    to_mission: frozenset[str]
    processes: Mapping[str, tuple[str, ...]]
    performed: frozenset[str]

    @classmethod
    def of(cls, model: Model, on: date) -> "Carriers":
        """Return how things stand in *model* on a day."""
        living = [p for p in model.of(Process) if not is_retired(p, on)]
        achieved: dict[str, list[str]] = {}
        for process in living:
            for ref in process.achieves:
                achieved.setdefault(ref, []).append(process.id)
        return cls(
            objectives={
                objective.id: objective
                for objective in model.of(Objective)
                if objective.status is not ObjectiveStatus.DROPPED
            },
            to_mission=reaching(model, Toward.INTENT),
            processes={ref: tuple(by) for ref, by in achieved.items()},
            performed=_performed(model, living, on),
        )

    def has_performer(self, objective: str) -> bool:
        """Return whether somebody performs a process that achieves an objective."""
        return not self.performed.isdisjoint(self.processes.get(objective, ()))


def reaching(model: Model, toward: Toward) -> frozenset[str]:
    """Return the ids of the elements from which a branch reaches its end."""
    lines = lines_of(model)
    found = reached(lines.steps[toward].reversed(), lines.ends(toward))
    return frozenset(lines.ids[number] for number in found)


def _performed(model: Model, living: Iterable[Process], on: date) -> frozenset[str]:
    """Return the processes with a role played on them, their parts or their whole."""
    staffed: set[str | None] = {a.on for a in in_force(model, RoleAssignment, on=on)}
    staffed |= {part.process for part in model.of(Activity) if part.id in staffed}
    parent: dict[str, str | None] = {process.id: process.parent for process in living}
    staffed |= {parent[ref] for ref in parent if ref in staffed}
    found = set()
    for ref in parent:
        above: str | None = ref
        while above is not None and above not in staffed:
            above = parent.get(above)
        if above is not None:
            found.add(ref)
    return frozenset(found)


@frozen(kw_only=True)
class NeedLine:
    """The line of one need: what stands along it, and where it stops."""

    need: Need
    objectives: tuple[str, ...]
    processes: tuple[str, ...]
    breaks: tuple[Break, ...]

    @property
    def whole(self) -> bool:
        """Whether the line reaches the mission at one end and people at the other."""
        return not self.breaks


def need_lines(model: Model, carriers: Carriers) -> tuple[NeedLine, ...]:
    """Return the line of each need that was not turned down, weightiest first."""
    answers: dict[str, list[str]] = {}
    for objective in carriers.objectives.values():
        for ref in objective.needs:
            answers.setdefault(ref, []).append(objective.id)
    needs = [need for need in model.of(Need) if need.status not in SETTLED]
    needs.sort(key=lambda need: (-weight_of(need), need.id))
    return tuple(
        _line(need, tuple(answers.get(need.id, ())), carriers) for need in needs
    )


def weight_of(need: Need) -> float:
    """Return how much a need counts; half where nobody has said."""
    return _UNRATED if need.importance is None else need.importance


def _line(need: Need, objectives: tuple[str, ...], carriers: Carriers) -> NeedLine:
    processes = (p for o in objectives for p in carriers.processes.get(o, ()))
    breaks = [Break.HOLDER] if need.stakeholder is None else []
    return NeedLine(
        need=need,
        objectives=objectives,
        processes=tuple(dict.fromkeys(processes)),
        breaks=(*breaks, *_breaks(objectives, carriers)),
    )


def _breaks(objectives: tuple[str, ...], carriers: Carriers) -> Iterable[Break]:
    up = {o for o in objectives if o in carriers.to_mission}
    down = {o for o in objectives if carriers.has_performer(o)}
    if not objectives:
        return (Break.OBJECTIVE,)
    if up & down:
        return ()
    if up and down:
        return (Break.APART,)
    worked = any(carriers.processes.get(o) for o in objectives)
    below = Break.PERFORMER if worked else Break.PROCESS
    return (*((Break.MISSION,) if not up else ()), *((below,) if not down else ()))
