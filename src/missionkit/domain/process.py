"""The processes by which the mission is accomplished."""

from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Annotated, Final

from attrs import frozen

from missionkit.domain.declaration import Entity, entity, invariant, value
from missionkit.domain.ids import (
    ActivityId,
    CourseOfActionId,
    EvidenceId,
    FlowId,
    ObjectiveId,
    OperatingSphereId,
    PartyId,
    ProcessId,
    ResourceDemandId,
    ResourceId,
    StakeholderId,
)
from missionkit.domain.marks import AtLeast, Expected, Link, NotEmpty, Progress
from missionkit.domain.values import (
    Amount,
    Contribution,
    Hours,
    Line,
    Money,
    Name,
    Text,
)


class ProcessFamily(StrEnum):
    """The four business processes that every organization has."""

    MISSION_MANAGEMENT = "mission_management"
    RESOURCE_MANAGEMENT = "resource_management"
    DEMAND_CREATION = "demand_creation"
    DEMAND_FULFILLMENT = "demand_fulfillment"


class ProcessLevel(StrEnum):
    """How much a process takes in."""

    BUSINESS = "business"
    WORK = "work"
    ACTIVITY_GROUP = "activity_group"


class ReleaseState(StrEnum):
    """How far a process is on its way into use."""

    DEVELOPED = "developed"
    PUBLISHED = "published"
    INSTALLED = "installed"
    COMMISSIONED = "commissioned"
    RETIRED = "retired"


class ValueClass(StrEnum):
    """Whether a customer would pay for it."""

    VALUE_ADDED = "value_added"
    NECESSARY = "necessary"
    WASTE = "waste"


class FlowKind(StrEnum):
    """What passes from one process to the next."""

    PRODUCT = "product"
    INFORMATION = "information"
    RESOURCE = "resource"
    PLAN = "plan"
    DATA = "data"


class ResourceType(StrEnum):
    """What a resource is."""

    HUMAN = "human"
    PHYSICAL = "physical"
    FINANCIAL = "financial"
    INFORMATION = "information"


class Capability(StrEnum):
    """Whether a resource can do what is asked of it."""

    CAPABLE = "capable"
    LIMITED = "limited"
    NOT_CAPABLE = "not_capable"


class ResourceStage(StrEnum):
    """Where in its life a resource is."""

    SPECIFIED = "specified"
    ACQUIRED = "acquired"
    MAINTAINED = "maintained"
    DISPOSED = "disposed"


class DemandStatus(StrEnum):
    """What became of a demand for resources."""

    REQUESTED = "requested"
    COMMITTED = "committed"
    REFUSED = "refused"
    FULFILLED = "fulfilled"


@frozen(kw_only=True)
@value
class DesignBrief:
    """An engineer's answers to the five questions of process design."""

    provides: Annotated[
        Text | None, Expected("what should the process provide, and to whom?")
    ] = None
    timing: Annotated[
        Text | None, Expected("what time frames, flexibility and precision are needed?")
    ] = None
    profitability: Annotated[
        Text | None, Expected("will it bring profit, return on assets and growth?")
    ] = None
    fit: Annotated[
        Text | None, Expected("does the design meet customer and company needs?")
    ] = None
    price: Annotated[
        Text | None, Expected("how much will the customer pay for the result?")
    ] = None


@frozen(kw_only=True)
@value
class ReleaseStep:
    """One rung of the release ladder, reached on a day and shown by evidence."""

    state: ReleaseState
    on: date
    by: Annotated[PartyId | None, Link("released_by")] = None
    evidence: Annotated[tuple[EvidenceId, ...], Link("shown_by")] = ()


_RUNGS: Final = tuple(ReleaseState)


@frozen(kw_only=True)
@value
class ReleaseLadder:
    """How a process came into use: developed, published, installed, commissioned."""

    steps: Annotated[tuple[ReleaseStep, ...], NotEmpty()]

    @property
    def state(self) -> ReleaseState:
        """The rung that was reached last."""
        return self.steps[-1].state

    @invariant(
        "MK-DOM-021",
        "no rung of the release ladder is skipped, though a process may retire early",
        fields=("steps",),
        fix="add the rung between, or correct the order",
    )
    def _no_rung_skipped(self) -> bool:
        ranks = [_RUNGS.index(step.state) for step in self.steps]
        retired = len(_RUNGS) - 1
        climbs = all(b in (a + 1, retired) and b > a for a, b in pairwise(ranks))
        return ranks[0] == 0 and climbs

    @invariant(
        "MK-DOM-022",
        "the rungs of the release ladder are reached one after another",
        fields=("steps",),
        fix="correct the dates",
    )
    def _in_time_order(self) -> bool:
        return all(a.on <= b.on for a, b in pairwise(self.steps))


@frozen(kw_only=True)
@entity("process", plural="processes")
class Process(Entity):
    """Work that turns inputs into results which somebody needs."""

    id: ProcessId
    name: Name
    family: Annotated[
        ProcessFamily | None, Expected("every process belongs to one of the four")
    ] = None
    level: ProcessLevel = ProcessLevel.WORK
    parent: Annotated[ProcessId | None, Link("part_of", acyclic=True)] = None
    purpose: Annotated[
        Text | None, Expected("performers steer by what the process is for")
    ] = None
    critical: bool = False
    achieves: Annotated[tuple[ObjectiveId, ...], Link("achieves", trace=True)] = ()
    realizes: Annotated[tuple[CourseOfActionId, ...], Link("realizes", trace=True)] = ()
    contributions: tuple[Contribution, ...] = ()
    sphere: Annotated[OperatingSphereId | None, Link("belongs_to")] = None
    brief: Annotated[
        DesignBrief | None, Expected("the five questions are answered before design")
    ] = None
    release: Annotated[ReleaseLadder | None, Progress()] = None


@frozen(kw_only=True)
@entity("activity", plural="activities")
class Activity(Entity):
    """One piece of the work of a process."""

    id: ActivityId
    name: Name
    process: Annotated[
        ProcessId | None,
        Link("part_of", trace=True),
        Expected("work outside of a process cannot be improved"),
    ] = None
    sequence: Annotated[int | None, AtLeast(0)] = None
    value_class: Annotated[
        ValueClass | None, Expected("what adds no value is kept to a minimum")
    ] = None
    duration_hours: Hours | None = None
    effort_hours: Hours | None = None


@frozen(kw_only=True)
@entity("flow")
class Flow(Entity):
    """What one process hands to another, or takes from or gives to a stakeholder."""

    id: FlowId
    item: Name
    source: Annotated[ProcessId | StakeholderId | None, Link("gives", reverse=True)] = (
        None
    )
    target: Annotated[ProcessId | StakeholderId | None, Link("takes")] = None
    kind: FlowKind | None = None
    acceptance: str = ""

    @invariant(
        "MK-DOM-023",
        "a flow has at least one end, and not the same one twice",
        fields=("source", "target"),
        fix="name the process or stakeholder at one end",
    )
    def _has_an_end(self) -> bool:
        return self.source != self.target


@frozen(kw_only=True)
@entity("resource")
class Resource(Entity):
    """People, things, money or knowledge that processes need."""

    id: ResourceId
    name: Name
    type: Annotated[
        ResourceType | None, Expected("each type is acquired in its own way")
    ] = None
    capacity: Amount | None = None
    unit: Line | None = None
    cost: Money | None = None
    capability: Capability | None = None
    stage: Annotated[ResourceStage, Progress()] = ResourceStage.SPECIFIED


@frozen(kw_only=True)
@entity("resource_demand")
class ResourceDemand(Entity):
    """What a process asks of resource management."""

    id: ResourceDemandId
    statement: Name
    process: Annotated[
        ProcessId | None,
        Link("demands", reverse=True),
        Expected("somebody must be told whether the demand is met"),
    ] = None
    resource: Annotated[ResourceId | None, Link("asks_for")] = None
    quantity: Amount | None = None
    unit: Line | None = None
    needed_from: Annotated[
        date | None, Expected("a demand without a day is never late")
    ] = None
    status: Annotated[DemandStatus, Progress()] = DemandStatus.REQUESTED
    reason: str = ""
