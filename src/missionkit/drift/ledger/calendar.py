"""The periods by which figures are told apart: months, quarters, years, or others."""

from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Final, TypeAlias

from missionkit.domain.checking import shape_faults
from missionkit.domain.spec import Leaf
from missionkit.domain.values import Period
from missionkit.drift import codes
from missionkit.errors import InvalidValueError
from missionkit.issue import Issue
from missionkit.markup import shown

By: TypeAlias = Callable[[date], Period]
"""Gives the period that a day belongs to, such as `month`."""

_MONTHS_A_YEAR: Final = 12
_MONTHS_A_QUARTER: Final = 3
_NEXT: Final = timedelta(days=1)


def month(day: date) -> Period:
    """Return the month of a day, from its first day to its last.

    >>> str(month(date(2026, 2, 14)))
    '2026-02-01 to 2026-02-28'
    """
    return _months(day, 1)


def quarter(day: date) -> Period:
    """Return the quarter of the calendar year that a day lies in.

    >>> str(quarter(date(2026, 2, 14)))
    '2026-01-01 to 2026-03-31'
    """
    return _months(day, _MONTHS_A_QUARTER)


def year(day: date) -> Period:
    """Return the calendar year of a day.

    >>> str(year(date(2026, 2, 14)))
    '2026-01-01 to 2026-12-31'
    """
    return _months(day, _MONTHS_A_YEAR)


def periods(first: date, last: date, *, by: By = month) -> tuple[Period, ...]:
    """Return every period from that of the *first* day to that of the *last* one.

    They follow each other without a gap. Where *last* lies before *first* there is
    none.

    >>> [str(each.start) for each in periods(date(2025, 11, 5), date(2026, 1, 1))]
    ['2025-11-01', '2025-12-01', '2026-01-01']

    Raises:
        InvalidValueError: what is given as a day is none; *by* gives what is no period
            around its day, or the periods leave days out.
    """
    faults = [
        *shape_faults(Leaf(date), first, "first"),
        *shape_faults(Leaf(date), last, "last"),
        *by_faults(by),
    ]
    if faults:
        raise InvalidValueError("periods", tuple(faults))
    found: list[Period] = []
    day = first
    while day <= last:
        start, end = bounds("periods", by, day)
        if found and start != day:
            raise _refused("periods", f"The period of {day} begins on {start}", start)
        found.append(Period(start, end))
        if end == date.max:
            break
        day = end + _NEXT
    return tuple(found)


def bounds(asked: str, by: By, day: date) -> tuple[date, date]:
    """Return the first and the last day of the period that *by* gives for a day.

    Raises `InvalidValueError` where that is no period with two ends around the day.
    """
    _refuse_by(asked, by)
    held = by(day)
    start = held.start if type(held) is Period else None
    end = held.end if type(held) is Period else None
    if start is None or end is None or not start <= day <= end:
        raise _refused(asked, f"by gives no period around {day}, got {shown(held)}", "")
    return start, end


def by_faults(by: object) -> Iterator[Issue]:
    """Yield what is wrong with what should give the period of a day."""
    if not callable(by):
        said = f"by must be a function from a day to its period, got {shown(by)}."
        yield codes.NO_PERIOD.issue(said, path="by", value=by)


def _refuse_by(asked: str, by: object) -> None:
    if faults := tuple(by_faults(by)):
        raise InvalidValueError(asked, faults)


def label(start: date, end: date) -> str:
    """Return the short name of a period, in the letters of an id.

    >>> label(date(2026, 1, 1), date(2026, 3, 31))
    '2026-q1'
    """
    held = Period(start, end)
    if held == month(start):
        return f"{start.year:04}-{start.month:02}"
    if held == quarter(start):
        return f"{start.year:04}-q{(start.month - 1) // _MONTHS_A_QUARTER + 1}"
    if held == year(start):
        return f"{start.year:04}"
    return f"{start}-to-{end}" if end != start else str(start)


def _months(day: date, length: int) -> Period:
    """Return the period of *length* months of the year that a day lies in."""
    first = day.month - (day.month - 1) % length
    last = first + length - 1
    end = date(day.year, last, monthrange(day.year, last)[1])
    return Period(date(day.year, first, 1), end)


def _refused(asked: str, said: str, value: object) -> InvalidValueError:
    issue: Issue = codes.NO_PERIOD.issue(f"{said}.", path="by", value=value)
    return InvalidValueError(asked, (issue,))
