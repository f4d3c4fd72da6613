"""What the bakery wants: for whom, why, by when, and how one sees it."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from missionkit.domain.declaration import Element
from missionkit.domain.ids import (
    CoreIntentId,
    GoalId,
    NeedId,
    ObjectiveId,
    ObservationId,
    OrganizationId,
    StakeholderId,
    SuccessMeasureId,
)
from missionkit.domain.intent import CoreIntent, Limit, Organization, ValueStatement
from missionkit.domain.measure import (
    Direction,
    Observation,
    SuccessMeasure,
    TargetSetting,
    ValueChainStage,
)
from missionkit.domain.plan import Goal, Objective, ObjectiveStatus
from missionkit.domain.stakeholder import STAKES, Need, NeedStatus, Stakeholder
from missionkit.domain.values import Cadence, Period, Unit
from missionkit.testing.bakery.telling import DAY, Outline, Said, Telling, said, share

BAKERY: Final = OrganizationId("millbrook-bakery")
INTENT: Final = CoreIntentId("bread-for-millbrook")
YEAR: Final = Period(date(2026, 1, 1), date(2026, 12, 31))
HORIZON: Final = Period(date(2026, 1, 1), date(2029, 12, 31))
MONTHLY: Final = Cadence(1, Unit.MONTH)
READ: Final = DAY - timedelta(days=15)
"""The day of the newest reading of each measure."""

STAKEHOLDERS: Final[tuple[Said, ...]] = (
    ("members", "Members of the cooperative"),
    ("the-village", "People of the village"),
    ("growers", "Growers of grain in the valley"),
    ("the-school", "The school and its kitchen"),
    ("staff", "Everybody who works here"),
)
NEEDS: Final[tuple[Said, ...]] = (
    ("bread-at-seven", "Fresh bread at seven in the morning"),
    ("fair-price", "A loaf that everybody in the village can pay for"),
    ("known-grain", "To know in which fields the grain grew"),
    ("steady-orders", "Orders of grain that do not jump from month to month"),
)
DECLINED: Final[tuple[Said, ...]] = (
    ("open-on-sundays", "To buy bread on Sundays"),
    ("cake-on-order", "Cakes for every feast, ordered the day before"),
)
GIVEN_UP: Final[tuple[Said, ...]] = (
    ("bread-by-post", "Bread sent to those who moved away"),
    ("late-counter", "A counter that is open until ten"),
)
GOALS: Final[tuple[Said, ...]] = (
    ("daily-bread", "Good bread on every table of the village"),
    ("whole-valley", "A valley that lives from its own grain"),
)
SUBGOALS: Final[tuple[Said, ...]] = (
    ("early-shelves", "Full shelves when the first bus leaves"),
    ("no-waste", "No loaf is thrown away"),
)
OBJECTIVES: Final[tuple[Said, ...]] = (
    ("shelves-by-seven", "Shelves are full by seven on nearly every day"),
    ("village-loaf", "The village loaf costs less than the loaf from town"),
    ("valley-grain", "Most of the grain comes from the valley"),
)
DROPPED: Final[tuple[Said, ...]] = (
    ("postal-bread", "Two hundred loaves a month go out by post"),
    ("evening-counter", "The counter stays open until ten on Fridays"),
)
MEASURES: Final[tuple[Said, ...]] = (
    ("days-on-time", "Days on which the shelves were full by seven"),
    ("loaves-sold", "Village loaves sold in a month"),
    ("grain-share", "Sacks of grain from the valley"),
)


def organization(tell: Telling, limits: tuple[Limit, ...] = ()) -> Iterator[Element]:
    """Yield the bakery itself, and its core intent."""
    yield Organization(
        id=BAKERY,
        name=tell.text("Millbrook Cooperative Bakery"),
        purpose=tell.text("Bread for a village that had lost its last baker"),
        currency="EUR",
        limits=limits,
    )
    yield CoreIntent(
        id=INTENT,
        mission=tell.text("We bake the daily bread of Millbrook, with its own grain."),
        vision=tell.text("Nobody leaves the valley to buy bread"),
        values=(ValueStatement(name=tell.text("What we sell we would eat")),),
        organization=BAKERY,
        effective=HORIZON,
    )


def stakeholders(outline: Outline, tell: Telling) -> Iterator[Element]:
    """Yield the stakeholders, who have each category of stake among them."""
    for at, (ref, name) in enumerate(said(STAKEHOLDERS, outline.stakeholders)):
        yield Stakeholder(
            id=StakeholderId(ref),
            name=tell.text(name),
            stakes=frozenset(share(STAKES, at, outline.stakeholders)),
        )


def needs(outline: Outline, tell: Telling) -> Iterator[Element]:
    """Yield the needs: accepted ones, declined ones, and one for each that dropped."""
    holders = [ref for ref, _ in said(STAKEHOLDERS, outline.stakeholders)]
    accepted = said(NEEDS, max(outline.needs, outline.stakeholders))
    for status, several, reason in (
        (NeedStatus.ACCEPTED, accepted, None),
        (NeedStatus.DECLINED, said(DECLINED, outline.declined), "We are too few"),
        (NeedStatus.WITHDRAWN, said(GIVEN_UP, outline.dropped), "Nobody asked again"),
    ):
        for at, (ref, statement) in enumerate(several):
            yield Need(
                id=NeedId(ref),
                statement=tell.text(statement),
                stakeholder=StakeholderId(holders[at % len(holders)]),
                status=status,
                decided_reason=tell.text(reason) if reason else None,
                importance=tell.ratio(80),
            )


def goals(outline: Outline, tell: Telling) -> Iterator[Element]:
    """Yield the goals: those of the intent, and those below the first of them."""
    for ref, statement in said(GOALS, outline.goals):
        yield Goal(
            id=GoalId(ref),
            statement=tell.text(statement),
            intent=INTENT,
            horizon=HORIZON,
        )
    for ref, statement in said(SUBGOALS, outline.subgoals):
        yield Goal(
            id=GoalId(ref),
            statement=tell.text(statement),
            parent=GoalId(GOALS[0][0]),
            horizon=HORIZON,
        )


def objectives(outline: Outline, tell: Telling) -> Iterator[Element]:
    """Yield the objectives, each with needs, goal, measure and newest reading."""
    wanted = [ref for ref, _ in said(NEEDS, max(outline.needs, outline.stakeholders))]
    measures = said(MEASURES, outline.objectives)
    for at, (ref, statement) in enumerate(said(OBJECTIVES, outline.objectives)):
        yield Objective(
            id=ObjectiveId(ref),
            statement=tell.text(statement),
            needs=tuple(map(NeedId, share(wanted, at, outline.objectives))),
            goal=_goal(outline, at),
            period=YEAR,
            status=ObjectiveStatus.ACTIVE,
        )
        yield from _measured(ref, measures[at], tell, leading=at == 0)
    gone = zip(
        said(DROPPED, outline.dropped), said(GIVEN_UP, outline.dropped), strict=True
    )
    for at, ((ref, statement), (need, _)) in enumerate(gone):
        yield Objective(
            id=ObjectiveId(ref),
            statement=tell.text(statement),
            needs=(NeedId(need),),
            goal=_goal(outline, at),
            period=YEAR,
            status=ObjectiveStatus.DROPPED,
        )


def _goal(outline: Outline, at: int) -> GoalId:
    refs = goal_ids(outline)
    return refs[at % len(refs)]


def goal_ids(outline: Outline) -> list[GoalId]:
    """Return the ids of all goals."""
    pairs = (*said(GOALS, outline.goals), *said(SUBGOALS, outline.subgoals))
    return [GoalId(ref) for ref, _ in pairs]


def _measured(
    of: str, measure: Said, tell: Telling, *, leading: bool
) -> Iterator[Element]:
    """Yield a measure and its newest reading, better than what must be reached."""
    ref, name = measure
    worst = tell.number(40, -1000, 1000)
    threshold = worst + tell.number(20, 1, 1000)
    target = threshold + tell.number(30, 1, 1000)
    yield SuccessMeasure(
        id=SuccessMeasureId(ref),
        name=tell.text(name),
        of=ObjectiveId(of),
        direction=Direction.HIGHER,
        unit="a month",
        threshold=Decimal(threshold),
        worst=Decimal(worst),
        targets=(TargetSetting(value=Decimal(target), since=YEAR.start),),
        frequency=MONTHLY,
        stage=None if leading else ValueChainStage.OUTCOME,
        leading=leading,
    )
    yield Observation(
        id=ObservationId(f"{ref}-june"),
        measure=SuccessMeasureId(ref),
        value=Decimal(target + tell.number(0, -10, 10)),
        unit="a month",
        at=READ,
    )
