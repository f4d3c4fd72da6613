"""What bears on the organization, how it is judged, and what may come of it."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Final

from attrs import frozen

from missionkit.domain.declaration import Entity, entity
from missionkit.domain.ids import (
    AnyId,
    AssessmentId,
    InfluencerId,
    PartyId,
    PotentialImpactId,
)
from missionkit.domain.marks import Doc, Expected, Link
from missionkit.domain.values import Line, Ratio, Satisfaction, Statement, Text


class Side(StrEnum):
    """Whether something comes from outside or from inside."""

    EXTERNAL = "external"
    INTERNAL = "internal"


SCANNED: Final = (
    "political",
    "economic",
    "social",
    "technological",
    "legal",
    "environmental",
    Side.INTERNAL.value,
)
"""What a review scans: six parts of the world outside, and what is inside."""


class Trend(StrEnum):
    """Where something is heading."""

    UP = "up"
    FLAT = "flat"
    DOWN = "down"
    UNKNOWN = "unknown"


class Swot(StrEnum):
    """What an influencer means for the organization."""

    STRENGTH = "strength"
    WEAKNESS = "weakness"
    OPPORTUNITY = "opportunity"
    THREAT = "threat"


class ImpactKind(StrEnum):
    """Whether a potential impact is feared or hoped for."""

    RISK = "risk"
    REWARD = "reward"


class Response(StrEnum):
    """What is done about a potential impact."""

    AVOID = "avoid"
    REDUCE = "reduce"
    SHARE = "share"
    RETAIN = "retain"
    PURSUE = "pursue"


@frozen(kw_only=True)
@entity("influencer")
class Influencer(Entity):
    """Something that can help or hinder the organization without being asked."""

    id: InfluencerId
    statement: Statement
    side: Annotated[
        Side | None, Expected("what is outside is watched, what is inside is changed")
    ] = None
    category: Annotated[
        Line | None,
        Expected("the environment is scanned category by category"),
        Doc("political, economic, social, technological, legal, environmental …"),
    ] = None
    trend: Trend = Trend.UNKNOWN
    observed: date | None = None
    origin: str = ""


@frozen(kw_only=True)
@entity("assessment")
class Assessment(Entity):
    """A judgment of influencers: what they mean for the organization."""

    id: AssessmentId
    statement: Statement
    influencers: Annotated[
        tuple[InfluencerId, ...],
        Link("judges"),
        Expected("a judgment of nothing cannot be checked"),
    ] = ()
    swot: Annotated[Swot | None, Expected("strengths are used, threats are met")] = None
    affects: Annotated[tuple[AnyId, ...], Link("affects")] = ()
    strength: Satisfaction | None = None
    assessor: Annotated[PartyId | None, Link("assessed_by")] = None
    at: date | None = None


@frozen(kw_only=True)
@entity("potential_impact")
class PotentialImpact(Entity):
    """A risk or a reward: an event that may come, and what it would do."""

    id: PotentialImpactId
    event: Statement
    kind: ImpactKind = ImpactKind.RISK
    cause: Annotated[Text | None, Expected("a response acts on the cause")] = None
    effect: Annotated[Text | None, Expected("the effect is what matters")] = None
    likelihood: Annotated[Ratio | None, Expected("ranks impacts by exposure")] = None
    impact: Annotated[Satisfaction | None, Expected("ranks impacts by exposure")] = None
    response: Annotated[
        Response | None, Expected("an impact without a response is only watched")
    ] = None
    review_by: Annotated[date | None, Expected("impacts change with time")] = None
    threatens: Annotated[tuple[AnyId, ...], Link("threatens")] = ()
    identified_by: Annotated[AssessmentId | None, Link("identifies", reverse=True)] = (
        None
    )

    @property
    def exposure(self) -> float | None:
        """Likelihood times the size of the impact, 0 to 100, where both are known."""
        if self.likelihood is None or self.impact is None:
            return None
        return self.likelihood * abs(self.impact)
