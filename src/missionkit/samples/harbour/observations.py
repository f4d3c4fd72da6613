"""A year of readings, from November 2025 to October 2026."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from missionkit.domain.declaration import Element
from missionkit.domain.ids import ObservationId, PartyId, SuccessMeasureId
from missionkit.domain.measure import Observation, Quality
from missionkit.domain.values import Period
from missionkit.samples.harbour import parties
from missionkit.samples.tables import rows

# Each row: measure | who recorded it | readings from November 2025 on
MONTHLY: Final = """
homes-at-c | assets | 74.6 75.1 75.4 75.9 76.5 77.0 77.8 78.3 79.0 79.6 80.1 80.7
damp-over-60        | repairs  | 71 78 84 80 69 58 51 44 37 33 29 31
hazards-on-time | safety | 93.1 92.4 92.0 93.8 95.2 96.0 96.7 97.4 97.9 98.3 98.6 98.9
checks-done | safety | 99.1 99.0 99.2 99.2 99.4 99.5 99.5 99.6 99.6 99.7 99.8 99.8
fixed-first-time | repairs | 80.2 79.5 78.9 80.8 82.0 82.6 83.9 84.4 84.1 85.2 85.9 86.3
answers-in-ten-days | contact | 88 89 90 91 92 92 93 93 92 84 79 74
relet-days | lettings | 36 37 39 38 36 35 34 33 31 30 29 28
arrears-rate | income | 4.9 5.0 5.2 5.0 4.8 4.7 4.6 4.5 4.5 4.4 4.3 4.4
records-complete | data | 88.0 88.4 88.9 89.3 90.1 90.6 90.9 91.2
satisfied-with-repair | contact | 77 76 75 77 79 80 81 82 81 83 84 84
repairs-a-day | repairs | 3.2 3.0 3.1 3.3 3.4 3.4 3.5 3.6 3.5 3.6 3.7 3.7
visits-arranged | safety | 86 84 87 89 90 91 92 93 93 94 95 94
early-contacts | income | 52 50 55 58 61 64 66 69 70 72 74 75
"""

# Each row: measure | who recorded it | the last quarter of 2025, three of 2026
QUARTERLY: Final = """
bills-explained | income | 22 24 31 35
homes-handed-over | growth | 94 18 41 66
lets-to-homeless | lettings | 41 43 44 46
cover | finance | 1.52 1.47 1.44 1.41
lost-time-injuries | people | 6.1 5.2 4.8 3.9
leavers | people | 15.8 14.9 13.6 12.7
estates-a-or-b | services | 81 83 86 87
homes-kept | support | 86 87 88 89
quay-lets | growth | 0 0 7 19
actions-on-time | planning | 74 78 81 83
surveys-ahead | assets | 63 67 71 76
offers-accepted | lettings | 61 63 64 66
starts | growth | 112 22 47 58
training-days | people | 3.1 3.4 3.9 4.2
"""
VERDICTS: Final = (
    (date(2026, 3, 31), "asked late", -30),
    (date(2026, 6, 30), "heard", 50),
    (date(2026, 9, 30), "heard", 50),
)
MONTHS: Final = ((2025, 11), (2025, 12), *((2026, month) for month in range(1, 11)))
QUARTERS: Final = ((2025, 12), (2026, 3), (2026, 6), (2026, 9))

RECORDERS: Final = {
    "assets": parties.ASSETS_HEAD,
    "contact": parties.CONTACT_MANAGER,
    "data": parties.DATA_HEAD,
    "finance": parties.FINANCE_DIRECTOR,
    "growth": parties.DEVELOPMENT_MANAGER,
    "income": parties.INCOME_HEAD,
    "lettings": parties.LETTINGS_MANAGER,
    "people": parties.PEOPLE_HEAD,
    "planning": parties.PLANNER,
    "repairs": parties.REPAIRS_HEAD,
    "safety": parties.SAFETY_MANAGER,
    "services": parties.SERVICES_DIRECTOR,
    "support": parties.SUPPORT_MANAGER,
}


def recorders() -> dict[str, PartyId]:
    """Return who keeps the data of each measure."""
    return {ref: RECORDERS[by] for ref, by, _ in rows(MONTHLY + QUARTERLY)}


def _readings(
    table: str, ends: tuple[tuple[int, int], ...], months: int
) -> Iterator[Observation]:
    for ref, by, values in rows(table):
        for (year, month), value in zip(ends, values.split(), strict=False):
            last = date(year, month, monthrange(year, month)[1])
            yield Observation(
                id=ObservationId(f"{ref}-{last:%Y-%m}"),
                measure=SuccessMeasureId(ref),
                value=Decimal(value),
                at=last,
                period=Period(date(year, month - months + 1, 1), last),
                quality=_quality(last),
                recorded_by=RECORDERS[by],
            )


def _quality(day: date) -> Quality:
    return Quality.PROVISIONAL if day == date(2026, 10, 31) else Quality.MEASURED


def elements() -> Iterator[Element]:
    """Give the readings of all measures."""
    yield from _readings(MONTHLY, MONTHS, 1)
    yield from _readings(QUARTERLY, QUARTERS, 3)
    for day, verdict, satisfaction in VERDICTS:
        yield Observation(
            id=ObservationId(f"panel-verdict-{day:%Y-%m}"),
            measure=SuccessMeasureId("panel-verdict"),
            value=Decimal(satisfaction),
            descriptor=verdict,
            at=day,
            recorded_by=parties.PANEL_CHAIR,
        )
