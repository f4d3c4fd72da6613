"""Supplier, input, process, output, customer: what a process lives on and for whom."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import zip_longest
from typing import Any, Final

from attrs import frozen

from missionkit.domain.declaration import Element, id_of
from missionkit.domain.model import Model
from missionkit.domain.plan import BusinessOutput
from missionkit.domain.process import Activity, Process
from missionkit.domain.stakeholder import Need
from missionkit.errors import NotFoundError
from missionkit.issue import nearest
from missionkit.markup import columns, one_line, table
from missionkit.processes.asking import refuse_unsound
from missionkit.processes.interfaces import FlowEnd, Interface, landscape

_HEAD: Final = ("supplier", "input", "process", "output", "customer")
_UNNEEDED: Final = FlowEnd(broken="nobody is named who needs it")


@frozen(kw_only=True)
class SipocLine:
    """One input with its supplier, or one output with its customer.

    `ref` is the flow or the business output that tells of it.
    """

    ref: str
    item: str
    end: FlowEnd
    acceptance: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {
            "ref": self.ref,
            "item": self.item,
            "end": self.end.as_dict(),
            "acceptance": self.acceptance,
        }


@frozen(kw_only=True)
class Sipoc:
    """One process with its inputs and suppliers, its outputs and customers."""

    process: str
    title: str
    on: date
    purpose: str
    activities: tuple[str, ...]
    inputs: tuple[SipocLine, ...]
    outputs: tuple[SipocLine, ...]

    @property
    def broken(self) -> tuple[str, ...]:
        """Which ends are missing, in words; nothing where the process is whole."""
        found = [] if self.inputs else ["nothing goes into it"]
        found += [] if self.outputs else ["nothing comes out of it"]
        lines = (*self.inputs, *self.outputs)
        found += [
            f"“{each.item}”: {each.end.broken}" for each in lines if each.end.broken
        ]
        return tuple(found)

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {
            "process": self.process,
            "title": self.title,
            "on": self.on.isoformat(),
            "purpose": self.purpose,
            "activities": list(self.activities),
            "inputs": [each.as_dict() for each in self.inputs],
            "outputs": [each.as_dict() for each in self.outputs],
            "broken": list(self.broken),
        }

    def to_json(self) -> str:
        """Return it as JSON."""
        return json.dumps(self.as_dict(), ensure_ascii=False, indent=2) + "\n"

    def __str__(self) -> str:
        """Return the five columns, and which ends are missing."""
        lost = (f"✕ {one_line(said)}" for said in self.broken)
        return "\n".join((columns((_HEAD, *self._rows())), *lost))

    def _repr_html_(self) -> str:
        return table((f"{_HEAD[0]} (on {self.on})", *_HEAD[1:]), self._rows())

    def _rows(self) -> Iterator[tuple[str, ...]]:
        middle = (self.title, *self.activities)
        for given, said, made in zip_longest(self.inputs, middle, self.outputs):
            yield (
                str(given.end) if given else "",
                given.item if given else "",
                said or "",
                made.item if made else "",
                str(made.end) if made else "",
            )


def sipoc(model: Model, process: Element | str, *, on: date) -> Sipoc:
    """Return supplier, input, process, output and customer of a process on a day.

    Inputs and outputs are its own flows; of its outputs that satisfy needs, those who
    hold the needs are the customers.

    Raises:
        NotFoundError: no such process is there on the day; the nearest ids are named.
        InvalidValueError: *on* is no date.
    """
    refuse_unsound("sipoc", model, on)
    found = model.get(Process, id_of(process))
    every = {each.process: each for each in sipocs(model, on=on)}
    if found.id not in every:
        raise NotFoundError("process", str(found.id), nearest(str(found.id), every))
    return every[str(found.id)]


def sipocs(model: Model, *, on: date) -> tuple[Sipoc, ...]:
    """Return the five columns of every process that is there on a day.

    Raises:
        InvalidValueError: *on* is no date.
    """
    refuse_unsound("sipocs", model, on)
    land = landscape(model, on)
    steps = _steps(model)
    produced = _produced(model)
    return tuple(
        Sipoc(
            process=str(each.id),
            title=each.name,
            on=on,
            purpose=each.purpose or "",
            activities=steps.get(str(each.id), ()),
            inputs=tuple(
                _line(one, one.source) for one in land.taken.get(str(each.id), ())
            ),
            outputs=_joined(
                [_line(one, one.target) for one in land.given.get(str(each.id), ())],
                produced.get(str(each.id), []),
            ),
        )
        for each in land.processes
    )


def _line(each: Interface, end: FlowEnd) -> SipocLine:
    return SipocLine(ref=each.flow, item=each.item, end=end, acceptance=each.acceptance)


def _joined(flows: list[SipocLine], outputs: list[SipocLine]) -> tuple[SipocLine, ...]:
    """Return the outputs, each item with each customer once.

    What a flow hands to somebody has a customer, so the lack of needs is no matter.
    """
    said = {(each.item.casefold(), each.end.ref) for each in flows}
    items = {item for item, ref in said if ref}
    return (
        *flows,
        *(
            each
            for each in outputs
            if (each.item.casefold(), each.end.ref) not in said
            and not (each.end.broken and each.item.casefold() in items)
        ),
    )


def _steps(model: Model) -> Mapping[str, tuple[str, ...]]:
    """Return the names of the activities of each process, in their sequence."""
    found: dict[str, list[Activity]] = {}
    for each in model.of(Activity):
        if each.process is not None:
            found.setdefault(str(each.process), []).append(each)
    last = float("inf")
    for held in found.values():
        held.sort(key=lambda a: (last if a.sequence is None else a.sequence, a.id))
    return {ref: tuple(each.name for each in held) for ref, held in found.items()}


def _produced(model: Model) -> Mapping[str, list[SipocLine]]:
    """Return the business outputs of each process, a line for each customer."""
    holders = {str(need.id): need.stakeholder for need in model.of(Need)}
    found: dict[str, list[SipocLine]] = {}
    for each in model.of(BusinessOutput):
        if each.produced_by is None:
            continue
        refs = dict.fromkeys(holders.get(str(need)) for need in each.satisfies)
        ends = [
            FlowEnd(ref=str(r), title=model.title(r)) for r in refs if r is not None
        ]
        found.setdefault(str(each.produced_by), []).extend(
            SipocLine(ref=str(each.id), item=each.name, end=end)
            for end in ends or [_UNNEEDED]
        )
    return found
