"""The organization and its core intent: mission, vision and values."""

from typing import Annotated

from attrs import frozen

from missionkit.domain.declaration import Entity, entity, value
from missionkit.domain.ids import CoreIntentId, OperatingSphereId, OrganizationId
from missionkit.domain.marks import Between, Doc, Expected, Link, Validity
from missionkit.domain.values import (
    Count,
    Currency,
    Line,
    Name,
    Period,
    Ratio,
    Statement,
    Text,
)


@frozen(kw_only=True)
@value
class Limit:
    """A threshold of the organization's own, in place of a rule's default."""

    name: Line
    value: float


@frozen(kw_only=True)
@entity("organization")
class Organization(Entity):
    """Whom the model describes; its parts name it as their parent."""

    id: OrganizationId
    name: Name
    acronym: str = ""
    description: str = ""
    purpose: Annotated[
        Text | None, Expected("the mission says how the purpose is to be reached")
    ] = None
    legal_form: str = ""
    parent: Annotated[OrganizationId | None, Link("part_of", acyclic=True)] = None
    currency: Currency | None = None
    fiscal_year_start: Annotated[
        int | None, Between(1, 12), Doc("the month in which the fiscal year starts")
    ] = None
    limits: tuple[Limit, ...] = ()


@frozen(kw_only=True)
@value
class ValueStatement:
    """A principle that guides the organization, and how one sees it at work."""

    name: Line
    description: str = ""
    behaviors: tuple[Line, ...] = ()


@frozen(kw_only=True)
@entity("core_intent", level=4)
class CoreIntent(Entity):
    """Mission, vision and values: what every part must stay in harmony with."""

    id: CoreIntentId
    mission: Statement
    vision: Annotated[
        Text | None, Expected("goals are judged by what they bring closer")
    ] = None
    values: Annotated[
        tuple[ValueStatement, ...], Expected("values bound how the mission is pursued")
    ] = ()
    rationale: str = ""
    horizon_years: Count | None = None
    organization: Annotated[OrganizationId | None, Link("intends", reverse=True)] = None
    effective: Annotated[
        Period | None,
        Validity(),
        Expected("two intents may not hold at the same time"),
    ] = None
    supersedes: Annotated[CoreIntentId | None, Link("supersedes", acyclic=True)] = None


@frozen(kw_only=True)
@value
class SphereRelation:
    """How one sphere bears on another, or on the core intent."""

    to: Annotated[OperatingSphereId | CoreIntentId, Link("bears_on")]
    kind: Line
    strength: Ratio | None = None


@frozen(kw_only=True)
@entity("operating_sphere")
class OperatingSphere(Entity):
    """An area of operation, as the organization itself cuts them."""

    id: OperatingSphereId
    name: Name
    description: str = ""
    organization: Annotated[OrganizationId | None, Link("part_of")] = None
    relations: tuple[SphereRelation, ...] = ()
