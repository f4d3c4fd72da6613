"""The process chart: families, levels, owners and interfaces of all processes."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from attrs import frozen

from missionkit.domain.model import Model
from missionkit.domain.process import (
    Process,
    ProcessFamily,
    ProcessLevel,
    ReleaseState,
)
from missionkit.domain.role import RoleAssignment
from missionkit.errors import NotFoundError
from missionkit.issue import nearest
from missionkit.markup import columns, one_line, table
from missionkit.ports.rule import NO_LIMITS
from missionkit.processes.asking import refuse_unsound
from missionkit.processes.currency import CareState, FunctionCurrency, chart_currency
from missionkit.processes.interfaces import Interface, Landscape, landscape
from missionkit.processes.playing import owning
from missionkit.processes.release import release_on

_HEAD: Final = ("family", "process", "level", "owner", "in use", "takes", "gives")


@frozen(kw_only=True)
class ChartedProcess:
    """One process of the chart.

    `owners` are roles, by name, and `people` those who play them, where these were
    asked for. `depth` counts the processes that it is part of.
    """

    id: str
    title: str
    family: ProcessFamily | None
    level: ProcessLevel
    depth: int
    parent: str | None
    critical: bool
    release: ReleaseState | None
    owners: tuple[str, ...]
    people: tuple[str, ...]
    takes: tuple[Interface, ...]
    gives: tuple[Interface, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON values; interfaces are given by the ids of their flows."""
        return {
            "id": self.id,
            "title": self.title,
            "family": self.family.value if self.family else None,
            "level": self.level.value,
            "depth": self.depth,
            "parent": self.parent,
            "critical": self.critical,
            "release": self.release.value if self.release else None,
            "owners": list(self.owners),
            "people": list(self.people),
            "takes": [each.flow for each in self.takes],
            "gives": [each.flow for each in self.gives],
        }

    def row(self) -> tuple[str, ...]:
        """Return its cells in a table."""
        state = self.release.value if self.release else "not said"
        owner = ", ".join(self.owners) or "✕ nobody"
        people = f" ({', '.join(self.people)})" if self.people else ""
        return (
            family_name(self.family),
            f"{'  ' * self.depth}{self.title}{' (critical)' if self.critical else ''}",
            self.level.replace("_", " "),
            owner + people,
            state,
            said_of(self.takes, "source"),
            said_of(self.gives, "target"),
        )


@frozen(kw_only=True)
class ProcessChart:
    """All processes on a day, by family, each below what it is part of.

    `reviewed` tells when the chart was looked at last, and when it is due again.
    """

    on: date
    processes: tuple[ChartedProcess, ...]
    interfaces: tuple[Interface, ...]
    reviewed: FunctionCurrency

    def __iter__(self) -> Iterator[ChartedProcess]:
        """Yield the processes in the order of the chart."""
        return iter(self.processes)

    def __len__(self) -> int:
        """Return how many processes there are."""
        return len(self.processes)

    def __getitem__(self, process: str) -> ChartedProcess:
        """Return one process by its id, or raise `NotFoundError`."""
        for each in self.processes:
            if each.id == process:
                return each
        known = (each.id for each in self.processes)
        name = str(process)
        raise NotFoundError("process", name, nearest(name, known))

    def families(self) -> dict[ProcessFamily | None, tuple[ChartedProcess, ...]]:
        """Return the processes of each family; the four are there even if empty.

        Those that say no family come last, under None.
        """
        found: dict[ProcessFamily | None, list[ChartedProcess]] = {
            family: [] for family in ProcessFamily
        }
        for each in self.processes:
            found.setdefault(each.family, []).append(each)
        return {family: tuple(held) for family, held in found.items()}

    @property
    def missing(self) -> tuple[str, ...]:
        """What a whole chart would have and this one lacks, in words."""
        families = self.families()
        lost = [
            f"no process of {family_name(f)}"
            for f, held in families.items()
            if not held
        ]
        lost += [f"no family for “{p.title}”" for p in families.get(None, ())]
        lost += [f"no owner of “{p.title}”" for p in self.processes if not p.owners]
        lost += [said for each in self.interfaces for said in each.broken]
        return tuple(lost)

    @property
    def review(self) -> str:
        """When it was last reviewed and when that is due again, in words."""
        due = f"due by {self.reviewed.due}" if self.reviewed.due else ""
        if self.reviewed.last is None:
            return f"✕ never reviewed: {self.reviewed.reason}"
        sign = "✕ " if self.reviewed.state is CareState.LAPSED else ""
        late = " and lapsed" if sign else ""
        return f"{sign}last reviewed on {self.reviewed.last}, next {due}{late}"

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {
            "on": self.on.isoformat(),
            "reviewed": self.reviewed.as_dict(),
            "processes": [each.as_dict() for each in self.processes],
            "interfaces": [each.as_dict() for each in self.interfaces],
            "missing": list(self.missing),
        }

    def to_json(self) -> str:
        """Return it as JSON."""
        return json.dumps(self.as_dict(), ensure_ascii=False, indent=2) + "\n"

    def __str__(self) -> str:
        """Return one line for each process, and what is missing below."""
        rows = (_HEAD, *(each.row() for each in self.processes))
        head = one_line(f"process chart on {self.on}: {self.review}")
        lost = (f"✕ {one_line(said)}" for said in self.missing)
        return "\n".join((head, columns(rows), *lost))

    def _repr_html_(self) -> str:
        rows = (each.row() for each in self.processes)
        return table((f"process chart on {self.on}, {self.review}", *_HEAD[1:]), rows)


def family_name(family: ProcessFamily | None) -> str:
    """Return the name of a family as people say it.

    >>> family_name(ProcessFamily.DEMAND_CREATION), family_name(None)
    ('demand creation', 'no family')
    """
    return family.replace("_", " ") if family else "no family"


def said_of(interfaces: tuple[Interface, ...], end: str) -> str:
    """Return each item with who stands at its other end."""
    joint = "from" if end == "source" else "to"
    return "; ".join(f"{each.item} {joint} {getattr(each, end)}" for each in interfaces)


def process_chart(
    model: Model,
    *,
    on: date,
    people: bool = False,
    limits: Mapping[str, float] = NO_LIMITS,
) -> ProcessChart:
    """Return the process chart of *model* on a day; retired processes are left out.

    Owners are given as roles, with the people who play them only where *people* is
    true. Limits are those given, the organization's own, or the usual ones.

    Raises:
        InvalidValueError: *on* is no date, or a limit is none.
    """
    refuse_unsound("process_chart", model, on)
    reviewed = chart_currency(model, on=on, limits=limits)
    land = landscape(model, on)
    owners = owning(model, on)
    charted = (
        _charted(model, land, process, depth, owners=owners, on=on, people=people)
        for process, depth in _in_order(land)
    )
    return ProcessChart(
        on=on,
        processes=tuple(charted),
        interfaces=land.interfaces,
        reviewed=reviewed,
    )


def _charted(  # noqa: PLR0913 - what one process is drawn from
    model: Model,
    land: Landscape,
    process: Process,
    depth: int,
    *,
    owners: Mapping[str, list[RoleAssignment]],
    on: date,
    people: bool,
) -> ChartedProcess:
    ref = str(process.id)
    held = owners.get(ref, [])
    parties = [model.title(each.party) for each in held] if people else []
    return ChartedProcess(
        id=ref,
        title=process.name,
        family=land.family(ref),
        level=process.level,
        depth=depth,
        parent=str(process.parent) if process.parent in land.known else None,
        critical=process.critical,
        release=release_on(process, on),
        owners=tuple(dict.fromkeys(model.title(each.role) for each in held)),
        people=tuple(dict.fromkeys(parties)),
        takes=land.taken.get(ref, ()),
        gives=land.given.get(ref, ()),
    )


def _in_order(land: Landscape) -> Iterator[tuple[Process, int]]:
    """Yield the processes by family, the wider before its parts, with their depth."""
    known = {str(each.id) for each in land.processes}
    below: dict[str | None, list[Process]] = {}
    for each in land.processes:
        inner = each.parent in known and land.family(str(each.parent)) is land.family(
            str(each.id)
        )
        below.setdefault(str(each.parent) if inner else None, []).append(each)
    for family in (*ProcessFamily, None):
        tops = [p for p in below.get(None, ()) if land.family(str(p.id)) is family]
        waiting = [(process, 0) for process in reversed(_wide_first(tops))]
        while waiting:
            process, depth = waiting.pop()
            yield process, depth
            parts = _wide_first(below.get(str(process.id), []))
            waiting += [(part, depth + 1) for part in reversed(parts)]


def _wide_first(processes: list[Process]) -> list[Process]:
    ranks = tuple(ProcessLevel)
    return sorted(processes, key=lambda p: (ranks.index(p.level), p.id))
