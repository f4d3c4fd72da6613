"""What was before: an earlier mission, and an objective that was missed last year."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from missionkit.domain.care import Investigation
from missionkit.domain.declaration import Element
from missionkit.domain.ids import (
    AnyId,
    CoreIntentId,
    GoalId,
    InvestigationId,
    NeedId,
    ObjectiveId,
    ObservationId,
    ProcessId,
    SuccessMeasureId,
)
from missionkit.domain.intent import CoreIntent, ValueStatement
from missionkit.domain.measure import (
    Direction,
    Observation,
    SuccessMeasure,
    TargetSetting,
    ValueChainStage,
)
from missionkit.domain.plan import Objective, ObjectiveStatus
from missionkit.domain.values import Period
from missionkit.testing.bakery.cycle import LAST_YEAR
from missionkit.testing.bakery.people import MANAGER
from missionkit.testing.bakery.plan import BAKERY, GOALS, MONTHLY, NEEDS
from missionkit.testing.bakery.telling import Telling
from missionkit.testing.bakery.work import PROCESSES

EARLIER: Final = CoreIntentId("bread-until-2025")
MISSED: Final = ObjectiveId("nothing-left-over")
LEFT_OVER: Final = SuccessMeasureId("loaves-left-over")


def earlier_intent(tell: Telling) -> Iterator[Element]:
    """Yield the mission of the years before."""
    yield CoreIntent(
        id=EARLIER,
        mission=tell.text("We keep the bakery of Millbrook open."),
        vision=tell.text("A village with a shop of its own"),
        values=(ValueStatement(name=tell.text("Everybody lends a hand")),),
        organization=BAKERY,
        effective=Period(date(2021, 1, 1), date(2025, 12, 31)),
    )


def missed(tell: Telling) -> Iterator[Element]:
    """Yield what was missed last year, how that was seen, and why it was so."""
    yield Objective(
        id=MISSED,
        statement=tell.text("Hardly a loaf is left over in the evening"),
        needs=(NeedId(NEEDS[0][0]),),
        goal=GoalId(GOALS[0][0]),
        period=LAST_YEAR,
        status=ObjectiveStatus.MISSED,
    )
    best = tell.number(5, 0, 100)
    threshold = best + tell.number(10, 1, 100)
    worst = threshold + tell.number(20, 1, 100)
    yield SuccessMeasure(
        id=LEFT_OVER,
        name=tell.text("Loaves left over in the evening"),
        of=MISSED,
        direction=Direction.LOWER,
        stage=ValueChainStage.OUTCOME,
        unit="a day",
        threshold=Decimal(threshold),
        worst=Decimal(worst),
        targets=(TargetSetting(value=Decimal(best), since=LAST_YEAR.start),),
        frequency=MONTHLY,
    )
    yield Observation(
        id=ObservationId("left-over-last-june"),
        measure=LEFT_OVER,
        value=Decimal(threshold + 1),
        unit="a day",
        at=date(2025, 6, 20),
    )
    yield Investigation(
        id=InvestigationId("why-so-much-is-left"),
        problem=tell.text("A tenth of the bread is left over on Mondays"),
        process=ProcessId(PROCESSES[0][0]),
        on=date(2025, 6, 24),
        by=MANAGER,
        cause=tell.text("We bake as much as on Saturdays"),
        addresses=(AnyId(MISSED),),
    )
