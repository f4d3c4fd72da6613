"""Which records and snapshots belong to which of the periods that are asked about."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Final, TypeAlias, TypeVar

from attrs import frozen

from missionkit.domain.codes import WRONG_TYPE
from missionkit.domain.conduct import (
    ActivityRecord,
    AllocationSnapshot,
    RevenueRecord,
    RevenueSnapshot,
)
from missionkit.domain.values import Period
from missionkit.errors import InvalidValueError
from missionkit.markup import shown
from missionkit.ports.indicator import IndicatorView

R = TypeVar("R", ActivityRecord, RevenueRecord)
S = TypeVar("S", AllocationSnapshot, RevenueSnapshot)
Held: TypeAlias = tuple[S, ...] | str

_NOWHERE: Final = -1
_WORDS: Final[dict[type, str]] = {
    ActivityRecord: "activities",
    RevenueRecord: "receipts",
}


@frozen
class Span:
    """A period with both of its days."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.start).days + 1

    def holds(self, other: "Span") -> bool:
        """Return whether another span lies within."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: "Span") -> bool:
        """Return whether both have a day in common."""
        return self.start <= other.end and other.start <= self.end


def span_of(period: Period | None) -> Span | None:
    """Return a period's days; None where one of them is not known."""
    if period is None or period.start is None or period.end is None:
        return None
    return Span(period.start, period.end)


def spans(view: IndicatorView) -> tuple[Span, ...]:
    """Return the periods that are asked about; one without both days has no figure."""
    return tuple(span for each in view.periods if (span := span_of(each)))


def placed(
    view: IndicatorView, records: Iterable[R], kind: type[R]
) -> Iterator[tuple[int, R]]:
    """Yield each record of a day that is asked about, with the place of its period.

    Raises `InvalidValueError` for a record of another kind.
    """
    place, places = placing(view), dict[date, int]()
    for record in records:
        if type(record) is not kind:
            said = f"the ledger must give {_WORDS[kind]}, got {shown(record)}."
            issue = WRONG_TYPE.issue(said, path="ledger", value=record)
            raise InvalidValueError("ledger", (issue,))
        at = places.get(record.on)
        if at is None:
            at = places[record.on] = place(record.on)
        if at != _NOWHERE:
            yield at, record


def placing(view: IndicatorView) -> Callable[[date], int]:
    """Return the function that gives the place of a day's period, or -1 for none."""
    found = spans(view)
    starts = [span.start for span in found]

    def place(day: date) -> int:
        at = bisect_right(starts, day) - 1
        return at if at >= 0 and day <= found[at].end else _NOWHERE

    return place


def not_over(view: IndicatorView, span: Span) -> str:
    """Return why a period has no figures yet, or nothing where it is over."""
    if view.on is None or span.end <= view.on:
        return ""
    return f"it ends after {view.on}, the day that is asked about"


def fitting(span: Span, snapshots: Iterable[S]) -> Held[S]:
    """Return the snapshots that make up a period, or why they do not.

    Those of the whole period go before those of parts, which must follow each other
    without a gap. Several of the same days are taken for parts of the organization.
    """
    near = [(of, each) for each in snapshots if (of := span_of(each.period))]
    inside = [(of, each) for of, each in near if span.holds(of)]
    whole = [each for of, each in inside if of == span]
    if whole:
        return _once(whole)
    across = next((of for of, _ in near if span.meets(of) and not span.holds(of)), None)
    if not inside and across is not None:
        return f"the snapshot from {across.start} to {across.end} is no part of it"
    if not inside:
        return "no snapshot of it is there"
    reason = _untiled(span, sorted({(of.start, of.end) for of, _ in inside}))
    return reason or _once([each for _, each in inside])


def _untiled(span: Span, parts: Sequence[tuple[date, date]]) -> str:
    """Return why parts do not make up a period, or nothing."""
    days, last = 0, None
    for start, end in parts:
        if last is not None and start <= last:
            return f"two snapshots of it overlap at {start}"
        days += (end - start).days + 1
        last = end
    left = span.days - days
    return f"{left} of its {span.days} days are in no snapshot" if left else ""


def _once(found: list[S]) -> Held[S]:
    sources = [each.source_digest for each in found if each.source_digest]
    if len(set(sources)) < len(sources):
        return "two snapshots of it count the same source"
    return tuple(found)
