"""What bears on the bakery, what may come of it, and what it does about that."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from missionkit.domain.context import (
    Assessment,
    ImpactKind,
    Influencer,
    PotentialImpact,
    Response,
    Side,
    Swot,
    Trend,
)
from missionkit.domain.declaration import Element
from missionkit.domain.ids import (
    AnyId,
    AssessmentId,
    ConclusionId,
    CourseOfActionId,
    DirectiveId,
    GoalId,
    InfluencerId,
    PotentialImpactId,
    ReviewCycleId,
)
from missionkit.domain.plan import ActionLevel, CourseOfAction, Directive, Enforcement
from missionkit.domain.review import Conclusion, ConclusionKind
from missionkit.domain.values import Contribution, Money
from missionkit.testing.bakery.people import MANAGER
from missionkit.testing.bakery.plan import GOALS, YEAR
from missionkit.testing.bakery.telling import Telling
from missionkit.testing.bakery.work import PROCESSES, owned

SCANNED: Final = date(2026, 6, 2)
RISK: Final = AnyId("oven-fails")
STRATEGY: Final = CourseOfActionId("own-grain")

# What is so, in which part of the environment, and what it means.
INFLUENCERS: Final = (
    ("new-council", "The council wants shops in villages", "political", "opportunity"),
    ("grain-price", "The price of grain doubled", "economic", "threat"),
    ("early-buses", "More people leave for work before seven", "social", "opportunity"),
    ("cheap-ovens", "Ovens need half the power", "technological", "opportunity"),
    ("dry-summers", "Summers in the valley are dry", "environmental", "threat"),
    ("one-baker", "Only one of us knows the old oven", "internal", "weakness"),
)


def scan(cycle: ReviewCycleId, tell: Telling) -> Iterator[Element]:
    """Yield what bears on the bakery, each judged, and where there was nothing."""
    for ref, statement, part, swot in INFLUENCERS:
        inside = part == "internal"
        yield Influencer(
            id=InfluencerId(ref),
            statement=tell.text(statement),
            side=Side.INTERNAL if inside else Side.EXTERNAL,
            category="people" if inside else part,
            trend=Trend.UP,
            observed=SCANNED,
        )
        yield Assessment(
            id=AssessmentId(f"{ref}-judged"),
            statement=tell.text(f"{statement}, and that matters to us"),
            influencers=(InfluencerId(ref),),
            swot=Swot(swot),
            strength=tell.number(50, -100, 100),
            assessor=MANAGER,
            at=SCANNED,
        )
    yield Conclusion(
        id=ConclusionId("no-new-law"),
        statement=tell.text("No law that touches a bakery was changed or announced"),
        kind=ConclusionKind.NOTHING_MATERIAL,
        about="scan:legal",
        cycle=cycle,
        by=MANAGER,
        at=SCANNED,
    )


def impacts(tell: Telling) -> Iterator[Element]:
    """Yield a risk and a reward; a directive places the answer to the risk."""
    yield PotentialImpact(
        id=PotentialImpactId(RISK),
        event=tell.text("The old oven fails in the week before a feast"),
        cause=tell.text("Nobody else can repair it"),
        effect=tell.text("The shelves stay empty for days"),
        likelihood=tell.ratio(30),
        impact=tell.number(-60, -100, -1),
        response=Response.REDUCE,
        review_by=YEAR.end,
        threatens=(AnyId(GOALS[0][0]),),
        identified_by=AssessmentId("one-baker-judged"),
    )
    yield PotentialImpact(
        id=PotentialImpactId("second-shop"),
        event=tell.text("The council lets us have the empty shop at the station"),
        kind=ImpactKind.REWARD,
        cause=tell.text("It wants shops in villages"),
        effect=tell.text("Those who leave early buy from us"),
        likelihood=tell.ratio(40),
        impact=tell.number(50, 1, 100),
        response=Response.PURSUE,
        review_by=YEAR.end,
        identified_by=AssessmentId("new-council-judged"),
    )
    yield Directive(
        id=DirectiveId("two-at-the-oven"),
        statement=tell.text("Two people of each shift can start and mend the oven"),
        enforcement=Enforcement.STRICT,
        governs=(RISK, AnyId(PROCESSES[0][0])),
    )


def courses(goals: Sequence[GoalId], tell: Telling) -> Iterator[Element]:
    """Yield a strategy with the tactic that carries it out, and one of its own."""
    for ref, name, level, implements in (
        (
            STRATEGY,
            "Buy grain from the valley, for years ahead",
            ActionLevel.STRATEGY,
            (),
        ),
        (
            "one-field-first",
            "Begin with one field and one grower",
            ActionLevel.TACTIC,
            (STRATEGY,),
        ),
        ("open-early", "Open before the first bus", ActionLevel.STRATEGY, ()),
    ):
        yield CourseOfAction(
            id=CourseOfActionId(ref),
            name=tell.text(name),
            level=level,
            implements=implements,
            contributions=tuple(
                Contribution(
                    target=goal,
                    weight=tell.number(40, 1, 100),
                    rationale=tell.text("Whoever begins early is done in time"),
                )
                for goal in goals
            ),
            budget=Money(Decimal(tell.number(3000, 0, 10000)), "EUR"),
            period=YEAR,
        )
        yield owned(ref)
