"""What bears on the Trust, what it means, and what may come of it."""

from collections.abc import Iterator
from datetime import date
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
    InfluencerId,
    PotentialImpactId,
)
from missionkit.samples.harbour import parties

OBSERVED: Final = date(2026, 1, 20)
ASSESSED: Final = date(2026, 2, 4)
LOOK_AGAIN: Final = date(2027, 1, 31)

OUTSIDE: Final = (  # category, trend
    (
        "inspection-regime",
        "The regulator inspects landlords every four years and publishes grades",
        "political",
        Trend.FLAT,
    ),
    (
        "rent-settlement",
        "Rents of social homes may rise by prices plus one percent until 2036",
        "economic",
        Trend.UP,
    ),
    (
        "interest-rates",
        "New loans cost nearly twice what the old ones do",
        "economic",
        Trend.FLAT,
    ),
    (
        "aging-tenants",
        "Four in ten tenants are over sixty, and live alone",
        "social",
        Trend.UP,
    ),
    (
        "damp-sensors",
        "Sensors that report damp before it shows cost less than one visit",
        "technological",
        Trend.UP,
    ),
    (
        "hazard-law",
        "The law sets days within which hazards in homes must be made safe",
        "legal",
        Trend.UP,
    ),
    (
        "storm-tides",
        "Storm tides reach the lower streets more often",
        "environmental",
        Trend.UP,
    ),
    (
        "waterfront-offer",
        "The harbor company offers its warehouses on Quay Street for conversion",
        "economic",
        Trend.UNKNOWN,
    ),
)
INSIDE: Final = (
    ("loyal-trades", "Operatives stay eleven years on average", "people", Trend.FLAT),
    (
        "two-systems",
        "What is known of a home stands in two systems",
        "data",
        Trend.FLAT,
    ),
    ("thin-coaching", "There is one coach for 64 operatives", "people", Trend.DOWN),
    ("owned-land", "The Trust owns 61 garage courts", "assets", Trend.FLAT),
)


def _influencer(row: tuple[str, str, str, Trend], side: Side) -> Influencer:
    ref, statement, category, trend = row
    return Influencer(
        id=InfluencerId(ref),
        statement=statement,
        side=side,
        category=category,
        trend=trend,
        observed=OBSERVED,
    )


STRONG, WEAK = Swot.STRENGTH, Swot.WEAKNESS
CHANCE, THREAT = Swot.OPPORTUNITY, Swot.THREAT

JUDGMENTS: Final = (  # judged, swot, strength, affected
    (
        "trades-know-homes",
        "Our trades know the homes; that is worth a visit in every five",
        "loyal-trades",
        STRONG,
        60,
        ("first-time-fix",),
    ),
    (
        "land-at-hand",
        "Land that we own takes a third off the cost of a home",
        "owned-land",
        STRONG,
        50,
        ("new-homes", "own-land"),
    ),
    (
        "records-split",
        "Two records mean that neither is trusted",
        "two-systems",
        WEAK,
        -55,
        ("records-true", "checks-in-date"),
    ),
    (
        "coach-too-few",
        "New operatives learn by mistakes that tenants pay for",
        "thin-coaching",
        WEAK,
        -40,
        ("first-time-fix", "people-stay"),
    ),
    (
        "steady-income",
        "Ten years of known rents let us borrow for whole streets",
        "rent-settlement",
        CHANCE,
        45,
        ("interest-cover", "epc-c"),
    ),
    (
        "sense-damp-early",
        "Sensors could halve the cases that become hazards",
        "damp-sensors",
        CHANCE,
        50,
        ("damp-solved",),
    ),
    (
        "quay-temptation",
        "Quay Street earns quickly, and draws the development team away",
        "waterfront-offer",
        CHANCE,
        15,
        ("quay-apartments", "new-homes"),
    ),
    (
        "graded-in-public",
        "A poor grade would be read by tenants and by lenders",
        "inspection-regime",
        THREAT,
        -60,
        ("checks-in-date", "records-true"),
    ),
    (
        "dear-money",
        "Each new loan lowers interest cover",
        "interest-rates",
        THREAT,
        -50,
        ("interest-cover", "new-homes"),
    ),
    (
        "steps-and-stairs",
        "More tenants each year cannot use the home that they have",
        "aging-tenants",
        THREAT,
        -45,
        ("tenancies-kept",),
    ),
    (
        "days-are-law",
        "Late repairs of hazards are now broken law, not poor service",
        "hazard-law",
        THREAT,
        -65,
        ("hazards-in-time", "damp-solved"),
    ),
    (
        "water-in-streets",
        "640 homes stand where the tide may come",
        "storm-tides",
        THREAT,
        -50,
        ("checks-in-date",),
    ),
)


def _assessment(row: tuple[str, str, str, Swot, int, tuple[str, ...]]) -> Assessment:
    ref, statement, influencer, swot, strength, affected = row
    return Assessment(
        id=AssessmentId(ref),
        statement=statement,
        influencers=(InfluencerId(influencer),),
        swot=swot,
        affects=tuple(map(AnyId, affected)),
        strength=strength,
        assessor=parties.PLANNER,
        at=ASSESSED,
    )


IMPACTS: Final = (
    PotentialImpact(
        id=PotentialImpactId("risk-child-ill"),
        event="A child falls ill from mold in a home that was reported to us",
        cause="A case is closed when it was painted over",
        effect="Harm to a family; a finding against the Trust; trust lost",
        likelihood=0.2,
        impact=-95,
        response=Response.REDUCE,
        review_by=LOOK_AGAIN,
        threatens=(AnyId("damp-solved"), AnyId("safe-homes")),
        identified_by=AssessmentId("days-are-law"),
    ),
    PotentialImpact(
        id=PotentialImpactId("risk-covenant"),
        event="Interest cover falls below the covenant in a quarter",
        cause="Two schemes are late while their loans are drawn",
        effect="Lenders may reprice; building stops for a year",
        likelihood=0.25,
        impact=-70,
        response=Response.REDUCE,
        review_by=LOOK_AGAIN,
        threatens=(AnyId("interest-cover"), AnyId("new-homes")),
        identified_by=AssessmentId("dear-money"),
    ),
    PotentialImpact(
        id=PotentialImpactId("risk-flood"),
        event="A storm tide floods the lower streets at night",
        cause="The sea wall is older than the forecast",
        effect="640 households without a home for months",
        likelihood=0.1,
        impact=-80,
        response=Response.SHARE,
        review_by=LOOK_AGAIN,
        threatens=(AnyId("safe-homes"),),
        identified_by=AssessmentId("water-in-streets"),
    ),
    PotentialImpact(
        id=PotentialImpactId("risk-trades-leave"),
        event="A third of the electricians leave for the wind farm",
        cause="Its builder pays a fifth more",
        effect="Checks fall out of date within two months",
        likelihood=0.3,
        impact=-55,
        response=Response.REDUCE,
        review_by=LOOK_AGAIN,
        threatens=(AnyId("checks-in-date"), AnyId("building-safety")),
        identified_by=AssessmentId("coach-too-few"),
    ),
    PotentialImpact(
        id=PotentialImpactId("reward-sensors"),
        event="Damp is seen by sensors before tenants must report it",
        kind=ImpactKind.REWARD,
        cause="Sensors are fitted with every improvement",
        effect="Half as many hazards, and visits in daylight",
        likelihood=0.6,
        impact=50,
        response=Response.PURSUE,
        review_by=LOOK_AGAIN,
        identified_by=AssessmentId("sense-damp-early"),
    ),
)


def elements() -> Iterator[Element]:
    """Give influencers, assessments and potential impacts."""
    yield from (_influencer(row, Side.EXTERNAL) for row in OUTSIDE)
    yield from (_influencer(row, Side.INTERNAL) for row in INSIDE)
    yield from map(_assessment, JUDGMENTS)
    yield from IMPACTS
