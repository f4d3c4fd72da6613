"""How current the care for a process is: six functions, each with its own rhythm.

The newest act of a function counts. It says when the next one is due, or else a limit
in months does. What happens after the day that is asked about is not known on it.
"""

import json
from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from enum import StrEnum
from operator import itemgetter
from typing import Any, Final

from attrs import frozen

from missionkit.domain.care import CareFunction
from missionkit.domain.declaration import Element, id_of
from missionkit.domain.model import Model
from missionkit.domain.process import Process, ReleaseState
from missionkit.domain.values import Cadence, Unit
from missionkit.errors import NotFoundError
from missionkit.issue import nearest
from missionkit.markup import columns, one_line, table
from missionkit.ports.rule import NO_LIMITS, LimitSpec
from missionkit.processes.acts import Act, acts_of
from missionkit.processes.asking import limits_in_use, refuse_unsound
from missionkit.processes.release import release_on

_USUAL: Final = {CareFunction.CUSTOMER_FEEDBACK: 6}
_MONTHS: Final = 12
_MOST: Final = 1000
_HEAD: Final = ("function", "state", "last", "due", "why", "records")


def _spec(function: CareFunction) -> LimitSpec:
    words = function.replace("_", " ")
    verb = "are" if function is CareFunction.RESOURCES else "is"
    said = f"after how many months the {words} of a process {verb} due again"
    return LimitSpec(f"{function}_months", _USUAL.get(function, _MONTHS), said)


MONTHS: Final = {function: _spec(function) for function in CareFunction}
"""After how many months each function is due, where its newest act does not say."""
NOTICE: Final = LimitSpec(
    "care_notice", 30, "how many days ahead an act of care is called due"
)
CHART: Final = LimitSpec(
    "process_chart_months", 6, "after how many months the process chart is due again"
)
"""The chart is looked at again at least every six months."""
CARE_LIMITS: Final = (*MONTHS.values(), NOTICE, CHART)


class CareState(StrEnum):
    """How current a function of process management is."""

    CURRENT = "current"
    DUE = "due"
    LAPSED = "lapsed"
    NEVER = "never"


@frozen(kw_only=True)
class FunctionCurrency:
    """How current one function is on a day, and which acts say so.

    `refs` are its acts up to the day, the newest first, `undated` those that nobody
    can place in time. `stated` tells whether the newest act says itself when the next
    one is due.
    """

    function: CareFunction
    state: CareState
    last: date | None = None
    due: date | None = None
    stated: bool = False
    months: float
    refs: tuple[str, ...] = ()
    undated: tuple[str, ...] = ()

    @property
    def reason(self) -> str:
        """Why it stands as it does, in words."""
        lost = f"{len(self.undated)} without a day" if self.undated else ""
        if self.last is None:
            return lost or "nothing is recorded"
        said = "as recorded" if self.stated else f"{self.months:g} months after"
        return "; ".join(part for part in (said, lost) if part)

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {
            "function": self.function.value,
            "state": self.state.value,
            "last": self.last.isoformat() if self.last else None,
            "due": self.due.isoformat() if self.due else None,
            "stated": self.stated,
            "months": self.months,
            "refs": list(self.refs),
            "undated": list(self.undated),
            "reason": self.reason,
        }

    def row(self) -> tuple[str, ...]:
        """Return its cells in a table."""
        words = self.function.replace("_", " ")
        refs = (*self.refs, *self.undated)
        days = (str(self.last or ""), str(self.due or ""))
        return words, self.state.value, *days, self.reason, ", ".join(refs)


@frozen(kw_only=True)
class ProcessCurrency:
    """How current each of the six functions is for one process on a day.

    `process` is None where the organization as a whole is asked about.
    """

    process: str | None
    title: str
    on: date
    release: ReleaseState | None = None
    functions: tuple[FunctionCurrency, ...]

    def __iter__(self) -> Iterator[FunctionCurrency]:
        """Yield the functions in their usual order."""
        return iter(self.functions)

    def __len__(self) -> int:
        """Return how many functions there are."""
        return len(self.functions)

    def __getitem__(self, function: str) -> FunctionCurrency:
        """Return one function, or raise `NotFoundError`."""
        for each in self.functions:
            if each.function == function:
                return each
        known = (each.function.value for each in self.functions)
        name = str(function)
        raise NotFoundError("function", name, nearest(name, known))

    def of(self, state: CareState) -> tuple[FunctionCurrency, ...]:
        """Return the functions that are in a state."""
        return tuple(each for each in self.functions if each.state is state)

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {
            "process": self.process,
            "title": self.title,
            "on": self.on.isoformat(),
            "release": self.release.value if self.release else None,
            "functions": [each.as_dict() for each in self.functions],
        }

    def to_json(self) -> str:
        """Return it as JSON."""
        return json.dumps(self.as_dict(), ensure_ascii=False, indent=2) + "\n"

    def __str__(self) -> str:
        """Return one line for each function."""
        head = one_line(f"{self.title} on {self.on}")
        return head + "\n" + columns([_HEAD, *(each.row() for each in self)])

    def _repr_html_(self) -> str:
        rows = (each.row() for each in self)
        head = (f"{self.title} on {self.on}", *_HEAD[1:])
        return table(head, rows)


def care_of(
    model: Model,
    process: Element | str | None,
    *,
    on: date,
    limits: Mapping[str, float] = NO_LIMITS,
) -> ProcessCurrency:
    """Return how current the care for a process is on a day, function by function.

    With None for *process* it is about the organization as a whole: what is recorded
    for no process. Limits are those given, the organization's own, or the usual ones.

    Raises:
        NotFoundError: there is no such process; the nearest ids are named.
        InvalidValueError: *on* is no date, or a limit is none.
    """
    refuse_unsound("care_of", model, on)
    used = limits_in_use("care_of", CARE_LIMITS, model, limits)
    found = None if process is None else model.get(Process, id_of(process))
    acts = acts_of(model).get(found.id if found else None, ())
    return currency_of(model, found, acts, on, used)


def currency_of(
    model: Model,
    process: Process | None,
    acts: tuple[Act, ...],
    on: date,
    limits: Mapping[str, float],
) -> ProcessCurrency:
    """Return how current six functions are by the *acts* that are told of a process."""
    root = model.root
    whole = root.name if root else "The organization"
    return ProcessCurrency(
        process=str(process.id) if process else None,
        title=process.name if process else whole,
        on=on,
        release=release_on(process, on) if process else None,
        functions=tuple(
            function_currency(
                function,
                [act for act in acts if act.function is function],
                on,
                months=limits[MONTHS[function].name],
                notice=limits[NOTICE.name],
            )
            for function in CareFunction
        ),
    )


def chart_currency(
    model: Model, *, on: date, limits: Mapping[str, float] = NO_LIMITS
) -> FunctionCurrency:
    """Return how current the process chart is on a day.

    It was looked at when documentation was cared for with no process named, as an act
    for all processes together.

    Raises:
        InvalidValueError: *on* is no date, or a limit is none.
    """
    refuse_unsound("chart_currency", model, on)
    used = limits_in_use("chart_currency", CARE_LIMITS, model, limits)
    acts = [
        act
        for act in acts_of(model).get(None, ())
        if act.function is CareFunction.DOCUMENTATION
    ]
    months, notice = used[CHART.name], used[NOTICE.name]
    function = CareFunction.DOCUMENTATION
    return function_currency(function, acts, on, months=months, notice=notice)


def function_currency(
    function: CareFunction,
    acts: list[Act],
    on: date,
    *,
    months: float,
    notice: float,
) -> FunctionCurrency:
    """Return how current a function is by its *acts*, in any order."""
    undated = tuple(sorted(act.ref for act in acts if act.on is None))
    past = sorted(
        (
            ((act.on, act.due or after(act.on, months), act.ref), act)
            for act in acts
            if act.on is not None and act.on <= on
        ),
        key=itemgetter(0),
    )
    if not past:
        never = CareState.NEVER
        return FunctionCurrency(
            function=function, state=never, months=months, undated=undated
        )
    (last, due, _), newest = past[-1]
    return FunctionCurrency(
        function=function,
        state=_state(due, on, notice),
        last=last,
        due=due,
        stated=newest.due is not None,
        months=months,
        refs=tuple(dict.fromkeys(act.ref for _, act in reversed(past))),
        undated=undated,
    )


def _state(due: date, on: date, notice: float) -> CareState:
    left = due.toordinal() - on.toordinal()
    if left < 0:
        return CareState.LAPSED
    return CareState.DUE if left <= notice else CareState.CURRENT


def after(day: date, months: float) -> date:
    """Return the day so many *months* after another; at most the last day there is.

    >>> after(date(2026, 1, 31), 1.5)
    datetime.date(2026, 3, 14)
    """
    if months >= date.max.year * _MONTHS:
        return date.max
    whole = int(months)
    times, rest = divmod(whole, _MOST)
    for _ in range(times):
        day = Cadence(_MOST, Unit.MONTH).after(day)
    day = Cadence(rest, Unit.MONTH).after(day) if rest else day
    days = int((months - whole) * monthrange(day.year, day.month)[1])
    return day + timedelta(min(days, (date.max - day).days))
