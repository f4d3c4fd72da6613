from datetime import date
from typing import Any

import pytest

from missionkit.domain.draft import Draft
from missionkit.domain.measure import Observation
from missionkit.domain.values import Period
from missionkit.trace.readings import known_on, taken_on

DAY = date(2026, 6, 30)
LATE = date(2027, 1, 8)
EARLY = date(2025, 12, 1)
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))


def reading(**fields: Any) -> Observation:  # noqa: ANN401 - any field
    d = Draft()
    d.success_measure("Done", id="done")
    return d.observation(measure="done", value=1, **fields)


@pytest.mark.parametrize(
    ("fields", "day", "known"),
    [
        ({"at": DAY}, DAY, DAY),
        ({"at": DAY, "period": YEAR}, DAY, DAY),
        ({"at": LATE, "period": YEAR}, YEAR.end, LATE),
        ({"at": EARLY, "period": YEAR}, YEAR.end, YEAR.end),
        ({"period": YEAR}, YEAR.end, YEAR.end),
        ({"period": Period(start=DAY)}, DAY, DAY),
        ({"period": Period(start=DAY), "at": LATE}, LATE, LATE),
        ({}, None, None),
    ],
)
def test_a_reading_stands_for_its_period_and_is_known_from_when_it_was_recorded(
    fields: dict[str, Any], day: date | None, known: date | None
) -> None:
    assert (taken_on(reading(**fields)), known_on(reading(**fields))) == (day, known)
