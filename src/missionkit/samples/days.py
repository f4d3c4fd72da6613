"""The days on which everything in the sample organization hangs."""

from datetime import date
from typing import Final

from missionkit.domain.values import Period

SAMPLE_DAY: Final = date(2026, 11, 2)
"""The day on which the sample is judged: the board reviews the year 2026."""

PLAN_YEAR: Final = Period(date(2026, 1, 1), date(2026, 12, 31))
LAST_YEAR: Final = Period(date(2025, 1, 1), date(2025, 12, 31))
STRATEGY: Final = Period(date(2026, 1, 1), date(2030, 12, 31))
