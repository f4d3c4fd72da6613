"""What passes between processes and stakeholders on a day, with both of its ends."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import Any

from attrs import field, frozen

from missionkit.domain.model import Model
from missionkit.domain.process import Flow, FlowKind, Process, ProcessFamily
from missionkit.processes.release import standing


@frozen(kw_only=True)
class FlowEnd:
    """One end of a flow: a process or a stakeholder, or why there is none."""

    ref: str = ""
    title: str = ""
    process: bool = False
    broken: str = ""

    def __str__(self) -> str:
        """Return the name of who stands there, or why nobody does."""
        return self.title if not self.broken else f"✕ {self.broken}"

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {
            "ref": self.ref or None,
            "title": self.title,
            "process": self.process,
            "broken": self.broken,
        }


@frozen(kw_only=True)
class Interface:
    """What one end hands to the other, and when it is accepted."""

    flow: str
    item: str
    kind: FlowKind | None = None
    source: FlowEnd
    target: FlowEnd
    acceptance: str = ""

    @property
    def broken(self) -> tuple[str, ...]:
        """What is wrong with its ends, in words; nothing where both are there."""
        found = []
        if self.source.broken:
            found.append(f"“{self.item}” comes from nowhere: {self.source.broken}")
        if self.target.broken:
            found.append(f"“{self.item}” goes nowhere: {self.target.broken}")
        return tuple(found)

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {
            "flow": self.flow,
            "item": self.item,
            "kind": self.kind.value if self.kind else None,
            "source": self.source.as_dict(),
            "target": self.target.as_dict(),
            "acceptance": self.acceptance,
            "broken": list(self.broken),
        }


@frozen
class Landscape:
    """The processes that are there on a day, and what passes between their ends."""

    processes: tuple[Process, ...]
    interfaces: tuple[Interface, ...]
    _families: Mapping[str, ProcessFamily | None] = field(alias="families")

    @cached_property
    def known(self) -> frozenset[str]:
        """The ids of the processes."""
        return frozenset(str(each.id) for each in self.processes)

    @cached_property
    def taken(self) -> Mapping[str, tuple[Interface, ...]]:
        """What each process or stakeholder takes."""
        return _by(self.interfaces, [each.target.ref for each in self.interfaces])

    @cached_property
    def given(self) -> Mapping[str, tuple[Interface, ...]]:
        """What each process or stakeholder gives."""
        return _by(self.interfaces, [each.source.ref for each in self.interfaces])

    def family(self, ref: str) -> ProcessFamily | None:
        """Return the family of a process: its own, or that of what it is part of."""
        return self._families.get(ref)


def _by(
    interfaces: Iterable[Interface], refs: Iterable[str]
) -> dict[str, tuple[Interface, ...]]:
    found: dict[str, list[Interface]] = {}
    for each, ref in zip(interfaces, refs, strict=True):
        found.setdefault(ref, []).append(each)
    return {ref: tuple(held) for ref, held in found.items()}


def landscape(model: Model, on: date) -> Landscape:
    """Return the processes and interfaces of *model* on a day.

    A flow between processes that were both retired by then is left out; one that leads
    to or comes from a retired process has lost an end.
    """
    there = standing(model, on)
    known = {str(each.id) for each in there}
    found = []
    for flow in model.of(Flow):
        source = _end(model, flow.source, known, "nobody is named who gives it")
        target = _end(model, flow.target, known, "nobody is named who takes it")
        if {source.ref, target.ref} & known or not (source.process or target.process):
            found.append(
                Interface(
                    flow=str(flow.id),
                    item=flow.item,
                    kind=flow.kind,
                    source=source,
                    target=target,
                    acceptance=flow.acceptance,
                )
            )
    return Landscape(there, tuple(found), families_of(model))


def _end(model: Model, ref: str | None, known: set[str], nobody: str) -> FlowEnd:
    if ref is None:
        return FlowEnd(broken=nobody)
    title = model.title(ref)
    if not isinstance(model.find(ref), Process):
        return FlowEnd(ref=str(ref), title=title)
    gone = "" if str(ref) in known else f"{title} is retired"
    return FlowEnd(ref=str(ref), title=title, process=True, broken=gone)


def families_of(model: Model) -> dict[str, ProcessFamily | None]:
    """Return the family of each process: its own, or that of what it is part of."""
    by_id = {str(each.id): each for each in model.of(Process)}
    found: dict[str, ProcessFamily | None] = {}
    for ref, process in by_id.items():
        above: Process | None = process
        while above is not None and above.family is None:
            above = by_id.get(str(above.parent)) if above.parent else None
        found[ref] = above.family if above is not None else None
    return found
