"""Customers at both ends: what they need, what they get, and how it satisfies them.

A need of importance 1 is expected to be satisfied in full, at 100, one of importance 0
at 0. The gap is that expectation less the mean of what the same stakeholder said within
a year of the processes that make the outputs for the need. It is our own convention: it
shows where to look first, and is no measurement of loyalty.
"""

import json
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any, Final, TypeAlias

from attrs import frozen

from missionkit.domain.care import Feedback
from missionkit.domain.declaration import Element, id_of
from missionkit.domain.model import Model
from missionkit.domain.plan import BusinessOutput
from missionkit.domain.process import Process
from missionkit.domain.stakeholder import Need, NeedStatus
from missionkit.domain.values import Cadence, Unit
from missionkit.errors import NotFoundError
from missionkit.issue import nearest
from missionkit.markup import columns, join, shown, table, tag
from missionkit.processes.asking import refuse_unsound
from missionkit.processes.complaints import Complaint, complaints
from missionkit.processes.loyalty import Loyalty, loyalty_of
from missionkit.processes.numbers import exact, plain

Said: TypeAlias = dict[tuple[str, str], list[tuple[str, int]]]
_FULL: Final = 100
_ANSWERED: Final = (NeedStatus.PROPOSED, NeedStatus.ACCEPTED, NeedStatus.MET)
_HEAD: Final = (
    "stakeholder",
    "need",
    "output",
    "process",
    "expected",
    "satisfaction",
    "gap",
    "why",
)


@frozen(kw_only=True)
class ServiceLine:
    """One need, what is made for it, and how satisfied its holder is with that.

    `expected` is from 0 to 100, `satisfaction` from -100 to 100, each None where nobody
    says; `refs` are the feedback that counts.
    """

    stakeholder: str
    need: str
    titles: tuple[str, str]
    outputs: tuple[str, ...] = ()
    processes: tuple[str, ...] = ()
    expected: Fraction | None = None
    satisfaction: Fraction | None = None
    refs: tuple[str, ...] = ()

    @property
    def gap(self) -> Fraction | None:
        """How far satisfaction falls short of what is expected; below 0 if beyond."""
        if self.expected is None or self.satisfaction is None:
            return None
        return self.expected - self.satisfaction

    @property
    def reason(self) -> str:
        """What is missing on the way from need to satisfaction; nothing if whole."""
        lacks = (
            ("no output is made for it", not self.outputs),
            ("nobody says which process makes it", not self.processes),
            ("nobody says how important it is", self.expected is None),
            ("its holder said nothing within a year", self.satisfaction is None),
        )
        return next((said for said, is_so in lacks if is_so), "")

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON values."""
        numbers = (self.expected, self.satisfaction, self.gap)
        expected, satisfied, gap = (None if n is None else plain(n) for n in numbers)
        return {
            "stakeholder": self.stakeholder,
            "need": self.need,
            "outputs": list(self.outputs),
            "processes": list(self.processes),
            "expected": expected,
            "satisfaction": satisfied,
            "gap": gap,
            "refs": list(self.refs),
            "reason": self.reason,
        }

    def row(self) -> tuple[str, ...]:
        """Return its cells in a table."""
        numbers = (self.expected, self.satisfaction, self.gap)
        told = ("" if n is None else f"{plain(n):.0f}" for n in numbers)
        made = (", ".join(self.outputs), ", ".join(self.processes))
        return (*self.titles, *made, *told, self.reason)


@frozen(kw_only=True)
class Service:
    """The customers at both ends of the processes, on a day.

    Lines are ordered by their gap, the widest first, and then those without one.
    """

    on: date
    lines: tuple[ServiceLine, ...] = ()
    complaints: tuple[Complaint, ...] = ()
    loyalty: Loyalty

    def __iter__(self) -> Iterator[ServiceLine]:
        """Yield the lines."""
        return iter(self.lines)

    def __len__(self) -> int:
        """Return how many lines there are."""
        return len(self.lines)

    def __getitem__(self, need: str) -> ServiceLine:
        """Return the line of a need by its id, or raise `NotFoundError`."""
        for each in self.lines:
            if each.need == need:
                return each
        name = str(need)
        known = (each.need for each in self.lines)
        raise NotFoundError("need that somebody holds", name, nearest(name, known))

    @property
    def open_complaints(self) -> tuple[Complaint, ...]:
        """The complaints that nothing addresses yet."""
        return tuple(each for each in self.complaints if each.is_open)

    def open_by_process(self) -> dict[str, tuple[Complaint, ...]]:
        """Return the open complaints by process; those about none are under ""."""
        found: dict[str, tuple[Complaint, ...]] = {}
        for each in self.open_complaints:
            ref = each.process or ""
            found[ref] = (*found.get(ref, ()), each)
        return dict(sorted(found.items()))

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {
            "on": self.on.isoformat(),
            "lines": [each.as_dict() for each in self.lines],
            "complaints": [each.as_dict() for each in self.complaints],
            "loyalty": self.loyalty.as_dict(),
        }

    def to_json(self) -> str:
        """Return it as JSON."""
        return json.dumps(self.as_dict(), ensure_ascii=False, indent=2) + "\n"

    def __str__(self) -> str:
        """Return one line for each need, the open complaints, and who stayed."""
        rows = columns([_HEAD, *(each.row() for each in self)])
        return "\n".join((rows, *self._open(), str(self.loyalty)))

    def _repr_html_(self) -> str:
        told = tag("ul", *(tag("li", line) for line in self._open()))
        rows = table(_HEAD, (each.row() for each in self))
        return str(join((rows, told, tag("p", str(self.loyalty)))))

    def _open(self) -> Iterator[str]:
        for process, held in self.open_by_process().items():
            for each in held:
                owner = ", ".join(each.owners) or "no owner"
                said = f"{shown(each.statement)} ({each.satisfaction}, {each.on})"
                yield f"open: {said} for {process or 'no process'}: {owner}"


def service(model: Model, *, on: date) -> Service:
    """Return what customers need, get and say of it on a day, and where the gaps are.

    Needs that were declined or withdrawn are left out. Complaints are with the roles
    that own the process; people are not named.

    Raises:
        InvalidValueError: *on* is no date.
    """
    refuse_unsound("service", model, on)
    outputs: dict[str, list[BusinessOutput]] = {}
    for output in model.of(BusinessOutput):
        for ref in dict.fromkeys(output.satisfies):
            outputs.setdefault(str(ref), []).append(output)
    said = _said(model, on)
    lines = (
        _line(model, each, outputs.get(str(each.id), []), said)
        for each in model.of(Need)
        if each.stakeholder is not None and each.status in _ANSWERED
    )
    return Service(
        on=on,
        lines=tuple(sorted(lines, key=_widest_first)),
        complaints=complaints(model, on=on),
        loyalty=loyalty_of(model, on),
    )


def service_of(model: Model, process: Element | str, *, on: date) -> Service:
    """Return the same about one process: the needs it makes outputs for.

    Raises:
        NotFoundError: there is no such process; the nearest ids are named.
        InvalidValueError: *on* is no date.
    """
    refuse_unsound("service_of", model, on)
    ref = model.get(Process, id_of(process)).id
    whole = service(model, on=on)
    return Service(
        on=on,
        lines=tuple(each for each in whole if ref in each.processes),
        complaints=tuple(each for each in whole.complaints if each.process == ref),
        loyalty=whole.loyalty,
    )


def _widest_first(line: ServiceLine) -> tuple[bool, Fraction, str]:
    gap = line.gap
    return gap is None, -gap if gap is not None else Fraction(), line.need


def _said(model: Model, on: date) -> Said:
    """Return what was said within a year, by who said it and of which process."""
    since = Cadence(1, Unit.YEAR).after(on, -1)
    found: Said = {}
    for each in model.of(Feedback):
        if each.satisfaction is not None and each.on and since < each.on <= on:
            key = (str(each.stakeholder), str(each.process))
            found.setdefault(key, []).append((each.id, each.satisfaction))
    return found


def _line(
    model: Model, need: Need, outputs: list[BusinessOutput], said: Said
) -> ServiceLine:
    holder = str(need.stakeholder)
    makers = {str(e.produced_by) for e in outputs if e.produced_by is not None}
    heard = sorted(each for ref in makers for each in said.get((holder, ref), ()))
    total = sum(satisfaction for _, satisfaction in heard)
    return ServiceLine(
        stakeholder=holder,
        need=need.id,
        titles=(model.title(holder), need.statement),
        outputs=tuple(str(e.id) for e in outputs),
        processes=tuple(sorted(makers)),
        expected=None if need.importance is None else exact(need.importance) * _FULL,
        satisfaction=Fraction(total, len(heard)) if heard else None,
        refs=tuple(ref for ref, _ in heard),
    )
