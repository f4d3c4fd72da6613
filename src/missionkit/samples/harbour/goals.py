"""The broad results that the Trust wants by 2030."""

from collections.abc import Iterator
from typing import Final

from missionkit.domain.declaration import Element
from missionkit.domain.ids import GoalId
from missionkit.domain.plan import Goal, Perspective
from missionkit.samples.days import STRATEGY
from missionkit.samples.harbour.organization import INTENT

SAFE_HOMES: Final = GoalId("safe-homes")
LOW_BILLS: Final = GoalId("low-bills")
PROMISE_KEPT: Final = GoalId("promise-kept")
HOMES_FOR_MORE: Final = GoalId("homes-for-more")
STRONG_TRUST: Final = GoalId("strong-trust")
GOOD_EMPLOYER: Final = GoalId("good-employer")
GOOD_STREETS: Final = GoalId("good-streets")
MARKET_RENT: Final = GoalId("market-rent")

GOALS: Final = (
    Goal(
        id=SAFE_HOMES,
        statement="Every home is safe, dry and in good repair",
        description="What the law asks is the floor; what we would accept is the aim.",
        intent=INTENT,
        perspective=Perspective.CUSTOMER,
        horizon=STRATEGY,
        weight=0.3,
    ),
    Goal(
        id=LOW_BILLS,
        statement="Every home costs little to heat",
        intent=INTENT,
        parent=SAFE_HOMES,
        perspective=Perspective.CUSTOMER,
        horizon=STRATEGY,
    ),
    Goal(
        id=PROMISE_KEPT,
        statement="Tenants get the service that they were promised",
        description="Days, hours and answers: what was said is what happens.",
        intent=INTENT,
        perspective=Perspective.CUSTOMER,
        horizon=STRATEGY,
        weight=0.2,
    ),
    Goal(
        id=HOMES_FOR_MORE,
        statement="More people have a home within their means",
        description="Homes that are built, and homes that do not stand empty.",
        intent=INTENT,
        perspective=Perspective.CUSTOMER,
        horizon=STRATEGY,
        weight=0.2,
    ),
    Goal(
        id=STRONG_TRUST,
        statement="The Trust can pay for its promises for thirty years",
        intent=INTENT,
        perspective=Perspective.FINANCIAL,
        horizon=STRATEGY,
        weight=0.1,
    ),
    Goal(
        id=GOOD_EMPLOYER,
        statement="People who work here stay, grow and go home unharmed",
        intent=INTENT,
        perspective=Perspective.LEARNING,
        horizon=STRATEGY,
        weight=0.1,
    ),
    Goal(
        id=GOOD_STREETS,
        statement="People want to stay in the streets where they live",
        intent=INTENT,
        perspective=Perspective.PROCESS,
        horizon=STRATEGY,
        weight=0.1,
    ),
    Goal(
        id=MARKET_RENT,
        statement="A portfolio of market-rent apartments on the waterfront",
        description="Brought in by the new-homes team after the Quay Street offer.",
        perspective=Perspective.FINANCIAL,
        horizon=STRATEGY,
    ),
)


def elements() -> Iterator[Element]:
    """Give the goals."""
    yield from GOALS
