"""The measurable results for 2026: whose need each answers, which goal it serves."""

from collections.abc import Iterator
from typing import Final

from missionkit.domain.declaration import Element
from missionkit.domain.ids import GoalId, NeedId, ObjectiveId
from missionkit.domain.plan import Commitment, Objective, ObjectiveStatus
from missionkit.samples.days import PLAN_YEAR
from missionkit.samples.harbour import goals


def _objective(
    ref: str, goal: GoalId | None, weight: float, needs: tuple[str, ...], statement: str
) -> Objective:
    return Objective(
        id=ObjectiveId(ref),
        statement=statement,
        needs=tuple(map(NeedId, needs)),
        goal=goal,
        period=PLAN_YEAR,
        weight=weight,
        status=ObjectiveStatus.ACTIVE,
    )


FOR_HOMES: Final = (
    _objective(
        "epc-c",
        goals.LOW_BILLS,
        1.0,
        ("warm-homes", "net-zero"),
        "82 % of homes reach energy band C by the end of 2026",
    ),
    _objective(
        "damp-solved",
        goals.SAFE_HOMES,
        0.3,
        ("damp-free", "hazard-times"),
        "No case of damp or mold stays open for more than 60 days",
    ),
    _objective(
        "hazards-in-time",
        goals.SAFE_HOMES,
        0.35,
        ("hazard-times", "safe-buildings"),
        "Every hazard is made safe within the legal days",
    ),
    _objective(
        "checks-in-date",
        goals.SAFE_HOMES,
        0.35,
        ("safe-buildings", "consumer-standards"),
        "Every safety check is in date, every day of the year",
    ),
    _objective(
        "first-time-fix",
        goals.PROMISE_KEPT,
        0.4,
        ("repairs-on-time",),
        "88 % of repairs are finished at the first visit",
    ),
    _objective(
        "complaints-answered",
        goals.PROMISE_KEPT,
        0.2,
        ("be-heard",),
        "95 % of complaints are answered in full in ten working days",
    ),
    _objective(
        "tenant-voice",
        goals.PROMISE_KEPT,
        0.2,
        ("be-heard",),
        "Tenants take part in every major decision",
    ),
    _objective(
        "charges-explained",
        goals.PROMISE_KEPT,
        0.2,
        ("clear-charges",),
        "Every service-charge bill comes with a breakdown",
    ),
    _objective(
        "new-homes",
        goals.HOMES_FOR_MORE,
        0.5,
        ("more-homes", "fair-rent"),
        "120 new homes at social and affordable rent in 2026",
    ),
    _objective(
        "relet-time",
        goals.HOMES_FOR_MORE,
        0.3,
        ("quick-let", "clear-waiting"),
        "An empty home is let again within 24 days on average",
    ),
    _objective(
        "homeless-half",
        goals.HOMES_FOR_MORE,
        0.1,
        ("homeless-lets",),
        "Half of all lettings in 2026 go to homeless households",
    ),
)

FOR_THE_TRUST: Final = (
    _objective(
        "interest-cover",
        goals.STRONG_TRUST,
        0.4,
        ("covenants",),
        "Interest cover is 1.40 or more at the end of each quarter",
    ),
    _objective(
        "arrears",
        goals.STRONG_TRUST,
        0.3,
        ("covenants", "fair-rent"),
        "Rent arrears fall below 4 % without one more eviction",
    ),
    _objective(
        "records-true",
        goals.STRONG_TRUST,
        0.3,
        ("true-records", "consumer-standards"),
        "98 % of home records are complete and were checked",
    ),
    _objective(
        "harm-free",
        goals.GOOD_EMPLOYER,
        0.5,
        ("safe-work",),
        "At most four lost-time injuries per thousand employees",
    ),
    _objective(
        "people-stay",
        goals.GOOD_EMPLOYER,
        0.5,
        ("good-work",),
        "Fewer than 12 in 100 employees leave in a year",
    ),
    _objective(
        "clean-estates",
        goals.GOOD_STREETS,
        0.5,
        ("tidy-estates",),
        "Nine in ten estates are graded A or B",
    ),
    _objective(
        "tenancies-kept",
        goals.GOOD_STREETS,
        0.5,
        ("support-to-stay",),
        "Nine in ten supported tenants keep their home for a year",
    ),
    _objective(
        "quay-apartments",
        goals.MARKET_RENT,
        1.0,
        ("covenants",),
        "40 market-rent apartments on Quay Street are let",
    ),
)

DROPPED: Final = Objective(
    id=ObjectiveId("fiber"),
    statement="Fiber broadband reaches 3,000 homes by the end of 2026",
    needs=(NeedId("broadband"),),
    goal=goals.GOOD_STREETS,
    period=PLAN_YEAR,
    commitment=Commitment.ASPIRATIONAL,
    status=ObjectiveStatus.DROPPED,
)


def elements() -> Iterator[Element]:
    """Give the objectives of the year."""
    yield from FOR_HOMES
    yield from FOR_THE_TRUST
    yield DROPPED
