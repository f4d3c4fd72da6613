"""The time sheets and receipts of three years: tables as other systems export them.

The months of the four quarters add up to what `EFFORT` and `REVENUE` say of them; those
before and after are as usual. Months differ by chance, the same in every run.
"""

import csv
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from io import StringIO
from random import Random
from typing import Final

from missionkit.domain.conduct import ActivityRecord, Ledger, RevenueRecord
from missionkit.domain.values import Period
from missionkit.drift.ledger.calendar import periods
from missionkit.formats.ledger import read_ledger
from missionkit.samples.days import SAMPLE_DAY
from missionkit.samples.tables import rows

QUARTERS: Final = (
    ("2025-q4", Period(date(2025, 10, 1), date(2025, 12, 31))),
    ("2026-q1", Period(date(2026, 1, 1), date(2026, 3, 31))),
    ("2026-q2", Period(date(2026, 4, 1), date(2026, 6, 30))),
    ("2026-q3", Period(date(2026, 7, 1), date(2026, 9, 30))),
)
MONTHS: Final = periods(date(2023, 11, 1), date(2026, 10, 31))

# what is served | hours a quarter before, quarter by quarter
EFFORT: Final = """
sphere-homes | 60600 | 60400 59800 58700 57900
sphere-services | 51700 | 51800 51900 51200 50600
sphere-new-homes | 7550 | 7600 7900 8100 8300
sphere-money | 11550 | 11600 11400 11700 11600
sphere-people | 17300 | 17200 17500 17900 17600
quay-apartments | 0 | 400 1100 2600 3900
harbor-festival | 640 | 700 1060 2640 3870
quay-talks | 110 | 120 180 250 300
- | 1450 | 1480 1390 1310 1270
"""

# what is served | activity | team | sphere | how much of it
WORK: Final = """
sphere-homes | Day-to-day repairs | Trades | sphere-homes | 0.55
sphere-homes | Planned works | Trades | sphere-homes | 0.3
sphere-homes | Inspections | Surveyors | sphere-homes | 0.15
sphere-services | Tenancy visits | Housing officers | sphere-services | 0.5
sphere-services | Calls and letters | Contact center | sphere-services | 0.5
sphere-new-homes | Design and planning | Designers | sphere-new-homes | 0.6
sphere-new-homes | Site visits | Surveyors | sphere-new-homes | 0.4
sphere-money | Rents and accounts | Accounts | sphere-money | 1
sphere-people | Hiring and training | People team | sphere-people | 0.4
sphere-people | Systems | People team | sphere-people | 0.6
quay-apartments | Design and planning | Designers | sphere-money | 0.5
quay-apartments | Letting | Contact center | sphere-money | 0.5
harbor-festival | Festival committee | Housing officers | sphere-services | 0.6
harbor-festival | Stages and stalls | Trades | sphere-homes | 0.4
quay-talks | Talks with the developer | Designers | sphere-money | 1
- | Not booked to anything | Trades | - | 0.7
- | Not booked to anything | Contact center | - | 0.3
"""

# client | thousands of pounds a quarter before, quarter by quarter
REVENUE: Final = """
client-rents | 11990 | 11980 12040 12190 12230
client-charges | 608 | 604 611 615 617
client-council | 880 | 880 880 874 861
client-health | 140 | 140 140 132 118
client-grants | 2250 | 2410 1720 2960 1840
client-sales | 900 | 1180 640 1020 730
client-quay | 0 | 0 0 44 131
- | 18 | 18 18 18 18
"""

# client | as the bank calls it | whether it recurs | segment | offering
PAYERS: Final = """
client-rents | Tenants of rented homes | yes | tenants | rent
client-charges | Shared owners | yes | tenants | charges
client-council | Saltmere Council, support contracts | yes | public bodies | support
client-health | Coastal Health Partnership | yes | public bodies | support
client-grants | Grants for warmth and building | no | public bodies | grants
client-sales | Buyers of first shares | no | buyers | shares
client-quay | Tenants at market rent, Quay Street | no | market | rent
- | Not identified | no | - | -
"""
_LUMPY: Final = frozenset({"client-grants", "client-sales"})
_FIRST_PAID: Final = {"client-quay": date(2026, 6, 1)}
_LAST: Final = 3
NOT_STATED: Final = "-"


def time_sheets() -> str:
    """Return the hours of each team and month as a CSV table.

    One row a quarter has hours that nobody can read.
    """
    draw = Random(1).random  # noqa: S311 - the same in every run
    found = StringIO()
    table = csv.writer(found, lineterminator="\n")
    table.writerow(["on", "what", "hours", "serves", "role", "sphere"])
    booked = {
        served: _by_month(usual, actual.split(), 0.05, draw)
        for served, usual, actual in rows(EFFORT)
    }
    work = list(rows(WORK))
    for at, month in enumerate(MONTHS):
        day = month.end or SAMPLE_DAY
        for served, what, team, sphere, part in work:
            hours = Decimal(part) * booked[served][at]
            if hours:
                facts = [day, what, f"{hours:f}", served, team, sphere]
                table.writerow(_stated(facts))
        if day.month % _LAST == 0:
            table.writerow([day, "Inspections", "see paper", "", "Surveyors", ""])
    return found.getvalue()


def bank_receipts() -> str:
    """Return what each client paid in each month as a CSV table."""
    draw = Random(2).random  # noqa: S311 - the same in every run
    found = StringIO()
    table = csv.writer(found, lineterminator="\n")
    head = ["on", "client", "amount", "currency", "recurring", "segment", "offering"]
    table.writerow(head)
    paid = {
        client: _by_month(
            usual,
            actual.split(),
            0.6 if client in _LUMPY else 0.05,
            draw,
            unit=1000,
            first=_FIRST_PAID.get(client),
        )
        for client, usual, actual in rows(REVENUE)
    }
    for at, month in enumerate(MONTHS):
        for client, name, recurring, segment, offering in rows(PAYERS):
            amount = paid[client][at]
            if amount:
                facts = [name, amount, "GBP", recurring, segment, offering]
                table.writerow(_stated([month.end, *facts]))
    return found.getvalue()


def _stated(cells: list[object]) -> list[object]:
    return ["" if cell == NOT_STATED else cell for cell in cells]


def _by_month(  # noqa: PLR0913 - how amounts are spread, by keyword
    usual: str,
    actual: list[str],
    spread: float,
    draw: Callable[[], float],
    *,
    unit: int = 1,
    first: date | None = None,
) -> list[int]:
    """Return a whole number for each month; those of a quarter add up to its own."""
    quarters = dict(zip((q.start for _, q in QUARTERS), actual, strict=True))
    found: list[int] = []
    wanted: list[Period] = []
    for month in MONTHS:
        wanted.append(month)
        start = month.start or SAMPLE_DAY
        if start.month % _LAST == 0 or month == MONTHS[-1]:
            begun = quarters.get(_quarter(start))
            late = actual[-1] if start > SAMPLE_DAY.replace(day=1, month=9) else usual
            whole = int(begun or late) * unit * (1 if begun else len(wanted) / _LAST)
            open_ = [first is None or (each.start or start) >= first for each in wanted]
            found += _split(round(whole), open_, spread, draw)
            wanted = []
    return found


def _quarter(day: date) -> date:
    return day.replace(month=day.month - (day.month - 1) % _LAST, day=1)


def _split(
    whole: int, open_: list[bool], spread: float, draw: Callable[[], float]
) -> list[int]:
    """Return parts of a whole, one a month, that differ by chance."""
    weights = [(1 + spread * (2 * draw() - 1)) * each for each in open_]
    every = sum(weights)
    parts = [round(whole * each / every) if every else 0 for each in weights]
    parts[-1] = whole - sum(parts[:-1])
    return parts


@lru_cache(maxsize=1)
def ledgers() -> tuple[Ledger[ActivityRecord], Ledger[RevenueRecord]]:
    """Return the time sheets and the receipts as ledgers."""
    hours = read_ledger(time_sheets().encode(), ActivityRecord, name="time-sheets.csv")
    receipts = read_ledger(bank_receipts().encode(), RevenueRecord, name="receipts.csv")
    return Ledger(tuple(hours.source)), Ledger(tuple(receipts.source))
