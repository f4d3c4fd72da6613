from datetime import date
from decimal import Decimal

import pytest

from missionkit.domain.draft import draft
from missionkit.domain.ids import ObservationId, SuccessMeasureId
from missionkit.domain.measure import Observation, SuccessMeasure, TargetSetting
from missionkit.domain.values import Period
from missionkit.trace.outcomes import day_of, is_met, readings_of

DAY = date(2026, 6, 30)


def test_readings_stand_in_the_order_of_their_days_without_those_corrected() -> None:
    with draft("Trust") as d:
        d.success_measure("Share", id="share")
        value = Decimal(1)
        d.observation(id="late", measure="share", value=value, at=DAY)
        d.observation(id="early", measure="share", value=value, at=date(2026, 1, 1))
        d.observation(id="undated", measure="share", value=value)
        d.observation(id="wrong", measure="share", value=value, at=DAY)
        d.observation(
            id="right", measure="share", value=value, at=DAY, corrects="wrong"
        )
        d.observation(id="ahead", measure="share", value=value, at=date(2026, 7, 1))
        spring = Period(date(2026, 1, 1), date(2026, 3, 31))
        d.observation(id="of-spring", measure="share", value=value, period=spring)
    found = readings_of(d.model, DAY)

    assert list(found) == ["share"]
    assert [each.id for each in found["share"]] == [
        "undated",
        "early",
        "of-spring",
        "late",
        "right",
    ]
    assert [day_of(each) for each in found["share"]][:3] == [
        date.min,
        date(2026, 1, 1),
        date(2026, 3, 31),
    ]


@pytest.mark.parametrize(
    ("direction", "target", "reading", "met"),
    [
        ("higher", 10, 10, True),
        ("higher", 10, 9, False),
        ("lower", 10, 10, True),
        ("lower", 10, 11, False),
        ("band", 10, 10, None),
        (None, 10, 10, None),
        ("higher", "good", "good", True),
        ("higher", "good", "fair", None),
        ("higher", "good", 10, None),
        ("higher", 10, "good", None),
    ],
)
def test_a_reading_meets_a_target_it_can_be_compared_with(
    direction: str | None, target: int | str, reading: int | str, *, met: bool | None
) -> None:
    with draft("Trust") as d:
        measure = d.success_measure("Share", id="share", direction=direction)
    found = Observation(
        id=ObservationId("o"),
        measure=SuccessMeasureId("share"),
        value=Decimal(reading) if isinstance(reading, int) else None,
        descriptor=reading if isinstance(reading, str) else None,
    )
    aim = TargetSetting(
        value=Decimal(target) if isinstance(target, int) else None,
        descriptor=target if isinstance(target, str) else None,
    )
    assert isinstance(measure, SuccessMeasure)
    assert is_met(measure, aim, found) is met
