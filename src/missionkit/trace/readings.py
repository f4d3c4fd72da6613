"""Of which day a reading of a measure is, and since when it is known."""

from datetime import date

from missionkit.domain.measure import Observation


def taken_on(reading: Observation) -> date | None:
    """Return the day that a reading stands for; None where nobody said.

    A reading of a period stands for the end of it, however long after that it was
    recorded; one that was recorded within the period, for what was known by then.
    """
    period, recorded = reading.period, reading.at
    if period is None or (recorded is not None and period.covers(recorded)):
        return recorded
    return period.end or period.start


def known_on(reading: Observation) -> date | None:
    """Return the day from which on a reading is known; None where nobody said.

    That is when it was recorded, but never before the day that it stands for.
    """
    day = taken_on(reading)
    return day if day is None else max(day, reading.at or day)
