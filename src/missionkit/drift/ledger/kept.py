"""Effort kept as columns, for many questions to the same ledger.

A ledger is read anew for each question. Who asks often keeps what is summed: sixteen
bytes a record. Where numpy is installed it does the sums; the totals are the same.
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from importlib.util import find_spec
from typing import Final, TypeAlias

from attrs import field, frozen

from missionkit.domain.codes import WRONG_TYPE
from missionkit.domain.conduct import ActivityRecord, Ledger
from missionkit.domain.ids import AnyId
from missionkit.drift.ledger.calendar import By, bounds, month, periods
from missionkit.drift.ledger.sums import ZERO, decimal_of, plus
from missionkit.drift.ledger.sums import times as multiplied
from missionkit.drift.ledger.tables import fitting
from missionkit.errors import InvalidValueError
from missionkit.markup import shown

Served: TypeAlias = AnyId | None
Totals: TypeAlias = Mapping[tuple[date, Served], Decimal]
"""How much effort went where: by the first day of a period and by what it served."""

ASKED: Final = "totals"


@frozen(kw_only=True, eq=False)
class KeptEffort:
    """The days, hours and ends of many activities, in the order of the ledger."""

    first: date
    last: date
    names: tuple[Served, ...] = field(repr=False)
    days: "array[int]" = field(repr=False)
    served: "array[int]" = field(repr=False)
    hours: "array[float]" = field(repr=False)

    def __len__(self) -> int:
        """Return how many records are kept."""
        return len(self.days)

    def totals(self, *, by: By = month) -> Totals:
        """Return how many hours went where in each period, as `summarize` counts them.

        Raises:
            InvalidValueError: *by* gives no periods, or a total is too large.
        """
        if not self.days:
            return {}
        between = periods(self.first, self.last, by=by)
        starts = [each.start or self.first for each in between]
        found = _by_numpy(self, starts)
        return _plainly(self, by) if found is None else found


def keep_effort(ledger: Ledger[ActivityRecord]) -> KeptEffort:
    """Return what a ledger of effort holds as columns; it is read once.

    Raises:
        InvalidValueError: it is no ledger, or it gives what is no activity.
    """
    if not isinstance(ledger, Ledger):
        raise _refused(f"ledger must be a ledger, got {shown(ledger)}.", ledger)
    names: dict[Served, int] = {}
    days, served, hours = array("i"), array("i"), array("d")
    for record in ledger:
        if type(record) is not ActivityRecord:
            raise _refused(f"the ledger must give activities, got {shown(record)}.")
        days.append(record.on.toordinal())
        served.append(names.setdefault(record.serves, len(names)))
        hours.append(record.hours)
    return KeptEffort(
        first=date.fromordinal(min(days, default=1)),
        last=date.fromordinal(max(days, default=1)),
        names=tuple(names),
        days=days,
        served=served,
        hours=hours,
    )


def _refused(said: str, held: object = "") -> InvalidValueError:
    issue = WRONG_TYPE.issue(said, path="ledger", value=held)
    return InvalidValueError("keep_effort", (issue,))


def _by_numpy(kept: KeptEffort, starts: list[date]) -> Totals | None:
    """Return the totals; None without numpy, or where its sums would be rounded."""
    if find_spec("numpy") is None:
        return None
    from missionkit.drift.ledger.kept_arrays import summed  # noqa: PLC0415 - an extra

    ordinals = [start.toordinal() for start in starts]
    found = summed(kept.days, kept.served, kept.hours, ordinals, len(kept.names))
    if found is None:
        return None
    wide = len(kept.names)
    return _told(
        ((starts[cell // wide], kept.names[cell % wide]), total)
        for cell, total in found
    )


def _plainly(kept: KeptEffort, by: By) -> Totals:
    starts = {
        day: bounds(ASKED, by, date.fromordinal(day))[0] for day in set(kept.days)
    }
    alike = Counter(zip(kept.days, kept.served, kept.hours, strict=True))
    found: dict[tuple[date, Served], Decimal] = {}
    for (day, served, hours), times in alike.items():
        key = starts[day], kept.names[served]
        found[key] = plus(
            found.get(key, ZERO), multiplied(decimal_of(hours), Decimal(times))
        )
    return _told(found.items())


def _told(found: Iterable[tuple[tuple[date, Served], Decimal]]) -> Totals:
    told = {key: fitting(total, str(key[1])) for key, total in found}
    return dict(sorted(told.items(), key=lambda held: (held[0][0], held[0][1] or "")))
