"""The ways the Trust has chosen, the rules it keeps, and what it hands over."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from missionkit.domain.declaration import Element
from missionkit.domain.ids import (
    AnyId,
    BusinessOutputId,
    CourseOfActionId,
    DirectiveId,
    InfluencerId,
    NeedId,
    ObjectiveId,
    ProcessId,
    PurposeId,
)
from missionkit.domain.plan import (
    ActionLevel,
    BusinessOutput,
    CourseOfAction,
    Directive,
    DirectiveKind,
    Enforcement,
    OutputKind,
    Purpose,
)
from missionkit.domain.values import Contribution, Money
from missionkit.samples.days import PLAN_YEAR, STRATEGY
from missionkit.samples.harbour import parties

Row = tuple[str, str, str, dict[str, int], str, str]  # the last two: assumption, budget

STRATEGIES: Final[tuple[Row, ...]] = (
    (
        "fabric-first",
        "Insulate before we heat",
        "Walls, roofs, windows first; new heating only in homes that hold the warmth.",
        {"epc-c": 80, "damp-solved": 60},
        "The grant for whole streets is renewed for 2027.",
        "9400000",
    ),
    (
        "own-trades",
        "Do repairs with our own people",
        "Bring back in house what was contracted out in 2019, trade by trade.",
        {"first-time-fix": 75, "hazards-in-time": 50, "people-stay": 25},
        "Thirty tradespeople can be hired at the town's going rate.",
        "2150000",
    ),
    (
        "own-land",
        "Build on land that we own",
        "Garage courts and yards before land at market prices.",
        {"new-homes": 80, "interest-cover": -25},
        "Planning permission takes no longer than nine months.",
        "21800000",
    ),
    (
        "early-help",
        "Help early",
        "A visit after the first missed rent or the first complaint from next door.",
        {"arrears": 60, "tenancies-kept": 70, "clean-estates": 25},
        "Officers have time for patches of at most 350 homes.",
        "640000",
    ),
    (
        "one-record",
        "One record of each home",
        "What surveyors, operatives and officers know stands in one place.",
        {"records-true": 80, "checks-in-date": 40, "damp-solved": 25},
        "The two old systems can be switched off in 2027.",
        "780000",
    ),
    (
        "grow-our-own",
        "Grow our own",
        "Apprentices and coaches in every trade and team.",
        {"people-stay": 60, "harm-free": 30},
        "Two in three apprentices stay for five years.",
        "410000",
    ),
    (
        "ask-first",
        "Ask before we decide",
        "Tenants see a plan while it can still be changed.",
        {"tenant-voice": 70, "complaints-answered": 30},
        "One tenant in ten takes part in at least one question a year.",
        "95000",
    ),
    (
        "waterfront",
        "Let at market rent on the waterfront",
        "Use the Quay Street offer to earn a margin for social homes.",
        {"quay-apartments": 90, "interest-cover": 20, "new-homes": -40},
        "Rents on the waterfront stay where they were in 2024.",
        "6900000",
    ),
)

TACTICS: Final[tuple[Row, ...]] = (
    (
        "street-by-street",
        "Improve whole streets at once",
        "One visit for all trades, one crew for a street.",
        {"epc-c": 60},
        "Nine in ten tenants of a street agree to the works.",
        "5200000",
    ),
    (
        "van-stock",
        "Stock vans by what the street needs",
        "Parts are loaded by the history of the homes on the day's round.",
        {"first-time-fix": 50},
        "Eight parts in ten can be told from the history.",
        "120000",
    ),
    (
        "panel-seat",
        "A seat for tenants at the table",
        "The tenants' panel reads board papers first and speaks first.",
        {"tenant-voice": 70},
        "The panel is paid for its time.",
        "36000",
    ),
)
CARRIES_OUT: Final = {
    "street-by-street": "fabric-first",
    "van-stock": "own-trades",
    "panel-seat": "ask-first",
}


def _course(row: Row, level: ActionLevel) -> CourseOfAction:
    ref, name, description, weights, assumption, budget = row
    broader = CARRIES_OUT.get(ref)
    return CourseOfAction(
        id=CourseOfActionId(ref),
        name=name,
        level=level,
        description=description,
        implements=(CourseOfActionId(broader),) if broader else (),
        contributions=tuple(
            Contribution(target=ObjectiveId(target), weight=weight)
            for target, weight in weights.items()
        ),
        assumptions=(assumption,),
        budget=Money(Decimal(budget), "GBP"),
        period=STRATEGY if level is ActionLevel.STRATEGY else PLAN_YEAR,
    )


DIRECTIVES: Final = (
    Directive(
        id=DirectiveId("repairs-policy"),
        statement="A repair is closed when the tenant says that it is done",
        enforcement=Enforcement.STRICT,
        governs=(AnyId("repairs"), AnyId("own-trades")),
    ),
    Directive(
        id=DirectiveId("hazard-rule"),
        statement="An emergency hazard is made safe within 24 hours, whatever it costs",
        kind=DirectiveKind.RULE,
        enforcement=Enforcement.STRICT,
        governs=(
            AnyId("repairs"),
            AnyId("building-safety"),
            AnyId("risk-child-ill"),
        ),
        basis=DirectiveId("repairs-policy"),
    ),
    Directive(
        id=DirectiveId("lettings-policy"),
        statement="Homes go to those in greatest need who have waited longest",
        enforcement=Enforcement.OVERRIDE_WITH_REASON,
        governs=(AnyId("lettings"),),
    ),
    Directive(
        id=DirectiveId("treasury-policy"),
        statement="No loan is drawn that takes interest cover below 1.25 in any year",
        enforcement=Enforcement.STRICT,
        governs=(
            AnyId("resource-management"),
            AnyId("own-land"),
            AnyId("waterfront"),
            AnyId("risk-covenant"),
        ),
    ),
    Directive(
        id=DirectiveId("eviction-policy"),
        statement="Nobody is evicted for arrears who keeps to an agreed plan",
        enforcement=Enforcement.OVERRIDE_WITH_REASON,
        governs=(AnyId("income"), AnyId("early-help")),
    ),
)


def _output(
    ref: str, name: str, kind: OutputKind, needs: tuple[str, ...], by: str
) -> BusinessOutput:
    return BusinessOutput(
        id=BusinessOutputId(ref),
        name=name,
        kind=kind,
        satisfies=tuple(map(NeedId, needs)),
        produced_by=ProcessId(by) if by else None,
    )


PRODUCT, SERVICE, INFORMATION = (
    OutputKind.PRODUCT,
    OutputKind.SERVICE,
    OutputKind.INFORMATION,
)
REPAIR: Final = ("repairs-on-time", "damp-free", "hazard-times")
OUTPUTS: Final = (
    _output("new-home", "A new home", PRODUCT, ("more-homes",), "development"),
    _output(
        "let-home", "A home let", SERVICE, ("quick-let", "homeless-lets"), "lettings"
    ),
    _output("finished-repair", "A finished repair", SERVICE, REPAIR, "repairs"),
    _output("warm-home", "An improved home", PRODUCT, ("warm-homes",), "home-upgrades"),
    _output(
        "safety-record",
        "A safety certificate in date",
        INFORMATION,
        ("safe-buildings", "consumer-standards"),
        "building-safety",
    ),
    _output("rent-account", "A rent account", SERVICE, ("fair-rent",), "income"),
    _output("answer", "An answer to a complaint", SERVICE, ("be-heard",), "complaints"),
    _output("estate-care", "A cared-for estate", SERVICE, ("tidy-estates",), "estates"),
    _output("energy-advice", "Advice on energy bills", SERVICE, ("warm-homes",), ""),
)

PURPOSES: Final = (
    Purpose(
        id=PurposeId("regulatory-returns"),
        name="Returns to the regulator",
        description="Asked for by law; serves no goal of ours, and is not waste.",
        off_mission=False,
        declared_by=parties.SECRETARY,
        driven_by=(InfluencerId("inspection-regime"),),
    ),
    Purpose(
        id=PurposeId("harbor-festival"),
        name="The harbor festival",
        description="Sponsorship and volunteers for the town's summer festival.",
        declared_by=parties.EVENTS_MANAGER,
    ),
    Purpose(
        id=PurposeId("quay-talks"),
        name="Talks about more on the waterfront",
        description="Meetings with the harbor company about a second block.",
        declared_by=parties.GROWTH_DIRECTOR,
        driven_by=(InfluencerId("waterfront-offer"),),
    ),
)


def elements() -> Iterator[Element]:
    """Give courses of action, directives, outputs and purposes."""
    yield from (_course(row, ActionLevel.STRATEGY) for row in STRATEGIES)
    yield from (_course(row, ActionLevel.TACTIC) for row in TACTICS)
    yield from DIRECTIVES
    yield from OUTPUTS
    yield from PURPOSES
