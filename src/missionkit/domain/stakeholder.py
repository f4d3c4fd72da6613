"""Who has a stake in the organization, and what they need from it."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Final

from attrs import frozen

from missionkit.domain.declaration import Entity, entity, invariant
from missionkit.domain.ids import NeedId, PartyId, SalienceRatingId, StakeholderId
from missionkit.domain.marks import Doc, Expected, Link
from missionkit.domain.values import Line, Name, Ratio, Statement, Text

STAKES: Final = ("customer", "shareholder", "employee", "supplier", "society")
"""The five categories of stake; one stakeholder may hold several, and others too."""


class StakeholderKind(StrEnum):
    """What a stakeholder is."""

    PERSON = "person"
    ORGANIZATION = "organization"
    GROUP = "group"


class Engagement(StrEnum):
    """How a stakeholder stands towards the organization."""

    UNAWARE = "unaware"
    RESISTANT = "resistant"
    NEUTRAL = "neutral"
    SUPPORTIVE = "supportive"
    LEADING = "leading"


class NeedKind(StrEnum):
    """How binding a need is."""

    NEED = "need"
    EXPECTATION = "expectation"
    REQUIREMENT = "requirement"
    OBLIGATION = "obligation"


class NeedStatus(StrEnum):
    """What has been decided about a need."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    MET = "met"
    WITHDRAWN = "withdrawn"


@frozen(kw_only=True)
@entity("stakeholder", level=0)
class Stakeholder(Entity):
    """A person, organization or group with a stake in the organization."""

    id: StakeholderId
    name: Name
    kind: StakeholderKind = StakeholderKind.GROUP
    stakes: Annotated[
        frozenset[Line],
        Expected("the stake says what the organization owes them"),
        Doc("customer, shareholder, employee, supplier, society, or a word of yours"),
    ] = frozenset()
    description: str = ""
    representative: Annotated[PartyId | None, Link("represented_by")] = None
    engagement_now: Engagement | None = None
    engagement_wanted: Engagement | None = None


@frozen(kw_only=True)
@entity("salience_rating")
class SalienceRating(Entity):
    """How much a stakeholder counts, as one rater saw it at one time."""

    id: SalienceRatingId
    stakeholder: Annotated[StakeholderId, Link("rates")]
    rater: Annotated[PartyId, Link("rated_by")]
    at: datetime
    power: Ratio | None = None
    legitimacy: Ratio | None = None
    urgency: Ratio | None = None
    interest: Ratio | None = None


@frozen(kw_only=True)
@entity("need", level=1)
class Need(Entity):
    """What a stakeholder expects or requires."""

    id: NeedId
    statement: Statement
    kind: NeedKind = NeedKind.NEED
    stakeholder: Annotated[
        StakeholderId | None,
        Link("holds_need", reverse=True, trace=True),
        Expected("a need without a holder cannot be weighed or answered"),
    ] = None
    status: NeedStatus = NeedStatus.PROPOSED
    decided_reason: Text | None = None
    importance: Annotated[Ratio | None, Expected("weighs needs against each other")] = (
        None
    )
    success_hint: str = ""

    @invariant(
        "MK-DOM-016",
        "a declined need says why",
        fields=("status", "decided_reason"),
        fix="fill decided_reason",
    )
    def _declined_has_reason(self) -> bool:
        return self.status is not NeedStatus.DECLINED or self.decided_reason is not None

    @invariant(
        "MK-DOM-017",
        "an obligation cannot be declined",
        fields=("status", "kind"),
        fix="accept the need, or correct its kind",
    )
    def _obligation_stands(self) -> bool:
        declined = self.status is NeedStatus.DECLINED
        return not (declined and self.kind is NeedKind.OBLIGATION)
