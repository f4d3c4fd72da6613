"""The system chart: what the four business processes hand to each other.

It is set against the flows that every organization has, and what is missing is named.
"""

import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any, Final

from attrs import frozen

from missionkit.domain.model import Model
from missionkit.domain.process import Flow, Process, ProcessFamily
from missionkit.domain.templates import four_processes
from missionkit.markup import columns, one_line, table
from missionkit.processes.asking import refuse_unsound
from missionkit.processes.chart import family_name
from missionkit.processes.interfaces import FlowEnd, Interface, Landscape, landscape

_OUTSIDE: Final = "outside"


@frozen(kw_only=True)
class SystemFlow:
    """What one business process hands to another, or takes from or gives to outside.

    None stands for those outside; `flows` are the ids of what tells of it.
    """

    item: str
    source: ProcessFamily | None
    target: ProcessFamily | None
    flows: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {
            "item": self.item,
            "source": self.source.value if self.source else None,
            "target": self.target.value if self.target else None,
            "flows": list(self.flows),
        }


@frozen(kw_only=True)
class ExpectedFlow:
    """What every organization hands from one business process to another."""

    item: str
    source: ProcessFamily
    target: ProcessFamily

    def __str__(self) -> str:
        """Return it in words."""
        ends = f"{family_name(self.source)} to {family_name(self.target)}"
        return f"“{self.item}” from {ends}"

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {
            "item": self.item,
            "source": self.source.value,
            "target": self.target.value,
        }


@frozen(kw_only=True)
class SystemOutput:
    """An output of mission management: who takes it, and who should but does not."""

    item: str
    consumers: tuple[str, ...]
    missing: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {
            "item": self.item,
            "consumers": list(self.consumers),
            "missing": list(self.missing),
        }


@frozen(kw_only=True)
class SystemChart:
    """The four business processes as one system on a day.

    `processes` are the ids of each family, `flows` what passes between families and to
    and from outside, `broken` the flows that lack an end, `missing` what every
    organization has and this one does not tell of, `outputs` those of mission
    management.
    """

    on: date
    processes: dict[ProcessFamily, tuple[str, ...]]
    flows: tuple[SystemFlow, ...]
    broken: tuple[Interface, ...]
    missing: tuple[ExpectedFlow, ...]
    outputs: tuple[SystemOutput, ...]

    def between(
        self, source: ProcessFamily | None, target: ProcessFamily | None
    ) -> tuple[SystemFlow, ...]:
        """Return what passes from one family to another; None stands for outside."""
        ends = (source, target)
        return tuple(each for each in self.flows if (each.source, each.target) == ends)

    def lacking(
        self, source: ProcessFamily, target: ProcessFamily
    ) -> tuple[ExpectedFlow, ...]:
        """Return what should pass from one family to another and does not."""
        ends = (source, target)
        return tuple(
            each for each in self.missing if (each.source, each.target) == ends
        )

    @property
    def whole(self) -> bool:
        """Whether every flow has both ends and nothing is missing."""
        unused = any(not each.consumers or each.missing for each in self.outputs)
        return not (self.broken or self.missing or unused)

    @property
    def trouble(self) -> tuple[str, ...]:
        """What is missing or broken, in words."""
        return (
            *(
                f"no process of {family_name(f)}"
                for f, p in self.processes.items()
                if not p
            ),
            *(said for each in self.broken for said in each.broken),
            *(f"{each} is missing" for each in self.missing),
            *(f"nobody takes “{o.item}”" for o in self.outputs if not o.consumers),
        )

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {
            "on": self.on.isoformat(),
            "processes": {f.value: list(refs) for f, refs in self.processes.items()},
            "flows": [each.as_dict() for each in self.flows],
            "broken": [each.as_dict() for each in self.broken],
            "missing": [each.as_dict() for each in self.missing],
            "outputs": [each.as_dict() for each in self.outputs],
            "whole": self.whole,
        }

    def to_json(self) -> str:
        """Return it as JSON."""
        return json.dumps(self.as_dict(), ensure_ascii=False, indent=2) + "\n"

    def __str__(self) -> str:
        """Return what each family hands to each other one, and what is missing."""
        grid = columns((self._head(), *self._rows()))
        return "\n".join((grid, *(f"✕ {one_line(said)}" for said in self.trouble)))

    def _repr_html_(self) -> str:
        return table(self._head(), self._rows())

    def _head(self) -> tuple[str, ...]:
        return (f"from, on {self.on}", "to", "what passes", "missing")

    def _rows(self) -> Iterator[tuple[str, ...]]:
        for source in (*ProcessFamily, None):
            for target in (*ProcessFamily, None):
                held = "; ".join(each.item for each in self.between(source, target))
                lost = ""
                if source and target:
                    lost = "; ".join(e.item for e in self.lacking(source, target))
                if held or lost:
                    yield end_name(source), end_name(target), held, lost


def end_name(family: ProcessFamily | None) -> str:
    """Return the name of an end of the system.

    >>> end_name(None)
    'outside'
    """
    return family_name(family) if family else _OUTSIDE


def system_chart(model: Model, *, on: date) -> SystemChart:
    """Return the four business processes of *model* as one system on a day.

    A process counts to its family, or to that of what it is part of. What passes
    within one family is not shown.

    Raises:
        InvalidValueError: *on* is no date.
    """
    refuse_unsound("system_chart", model, on)
    land = landscape(model, on)
    flows = tuple(_flows(land))
    lost = _missing(flows)
    return SystemChart(
        on=on,
        processes={
            family: tuple(
                str(p.id) for p in land.processes if land.family(str(p.id)) is family
            )
            for family in ProcessFamily
        },
        flows=flows,
        broken=tuple(each for each in land.interfaces if each.broken),
        missing=lost,
        outputs=tuple(_outputs(land, lost)),
    )


def _flows(land: Landscape) -> Iterator[SystemFlow]:
    """Yield each item that passes between two families, or a family and outside."""
    found: dict[tuple[int, int, str], list[Interface]] = {}
    ranks = {family: at for at, family in enumerate((*ProcessFamily, None))}
    for each in land.interfaces:
        source, target = _family(land, each.source), _family(land, each.target)
        lost = each.broken or _homeless(land, each)
        if source is not target and not lost:
            key = (ranks[source], ranks[target], each.item.casefold())
            found.setdefault(key, []).append(each)
    ends = tuple(ranks)
    for (source_at, target_at, _), held in sorted(
        found.items(), key=lambda pair: pair[0]
    ):
        yield SystemFlow(
            item=held[0].item,
            source=ends[source_at],
            target=ends[target_at],
            flows=tuple(each.flow for each in held),
        )


def _family(land: Landscape, end: FlowEnd) -> ProcessFamily | None:
    return land.family(end.ref) if end.process else None


def _homeless(land: Landscape, each: Interface) -> bool:
    """Return whether one end is a process that belongs to no family."""
    ends = (each.source, each.target)
    return any(end.process and land.family(end.ref) is None for end in ends)


@cache
def _template() -> tuple[ExpectedFlow, ...]:
    parts = four_processes()
    families = {
        str(part.id): part.family
        for part in parts
        if isinstance(part, Process) and part.family
    }
    return tuple(
        ExpectedFlow(
            item=part.item,
            source=families[str(part.source)],
            target=families[str(part.target)],
        )
        for part in parts
        if isinstance(part, Flow)
    )


def _missing(flows: tuple[SystemFlow, ...]) -> tuple[ExpectedFlow, ...]:
    told = {(each.item.casefold(), each.source, each.target) for each in flows}
    return tuple(
        each
        for each in _template()
        if (each.item.casefold(), each.source, each.target) not in told
    )


def _outputs(land: Landscape, lost: tuple[ExpectedFlow, ...]) -> Iterator[SystemOutput]:
    """Yield each item that mission management gives or should give, by its name."""
    mission = ProcessFamily.MISSION_MANAGEMENT
    expected = [each.item for each in _template() if each.source is mission]
    given = [e for e in land.interfaces if _family(land, e.source) is mission]
    named = {item.casefold(): item for item in expected}
    named |= {each.item.casefold(): each.item for each in given}
    for key, item in named.items():
        takers = [e.target for e in given if e.item.casefold() == key]
        yield SystemOutput(
            item=item,
            consumers=tuple(
                dict.fromkeys(end.title for end in takers if not end.broken)
            ),
            missing=tuple(
                family_name(each.target)
                for each in lost
                if each.source is mission and each.item.casefold() == key
            ),
        )
