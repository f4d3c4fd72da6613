"""Whether something holds on a day: yes, no, or not to be known without a day."""

from datetime import date

from missionkit.domain.values import Period


def holds(period: Period | None, on: date | None) -> bool | None:
    """Return whether what has a period holds; None where that depends on the day.

    What has no period holds always.
    """
    if period is None:
        return True
    return None if on is None else period.covers(on)
