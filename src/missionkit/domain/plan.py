"""What the organization wants to reach, and the ways it takes to get there."""

from enum import StrEnum
from typing import Annotated

from attrs import frozen

from missionkit.domain.declaration import Entity, entity
from missionkit.domain.ids import (
    AnyId,
    BusinessOutputId,
    CoreIntentId,
    CourseOfActionId,
    DirectiveId,
    GoalId,
    InfluencerId,
    NeedId,
    ObjectiveId,
    PartyId,
    ProcessId,
    PurposeId,
)
from missionkit.domain.marks import Expected, Link, Progress, Validity
from missionkit.domain.values import (
    Contribution,
    Money,
    Name,
    Period,
    Statement,
    Text,
    Weight,
)


class Perspective(StrEnum):
    """The four perspectives of a balanced scorecard."""

    FINANCIAL = "financial"
    CUSTOMER = "customer"
    PROCESS = "process"
    LEARNING = "learning"


class Refinement(StrEnum):
    """Whether a goal asks for all of its parts, or for any one of them."""

    AND = "and"
    OR = "or"


class Commitment(StrEnum):
    """Whether an objective must be reached, or reaches beyond what is sure."""

    COMMITTED = "committed"
    ASPIRATIONAL = "aspirational"


class ObjectiveStatus(StrEnum):
    """Where an objective stands."""

    DRAFT = "draft"
    ACTIVE = "active"
    MET = "met"
    MISSED = "missed"
    DROPPED = "dropped"


class ActionLevel(StrEnum):
    """Whether a course of action is a strategy or a tactic that carries one out."""

    STRATEGY = "strategy"
    TACTIC = "tactic"


class DirectiveKind(StrEnum):
    """Whether a directive is a policy or a rule made from one."""

    POLICY = "policy"
    RULE = "rule"


class Enforcement(StrEnum):
    """How strictly a directive is applied."""

    STRICT = "strict"
    OVERRIDE_WITH_REASON = "override_with_reason"
    GUIDELINE = "guideline"


class OutputKind(StrEnum):
    """What the organization hands over."""

    PRODUCT = "product"
    SERVICE = "service"
    INFORMATION = "information"
    OTHER = "other"


@frozen(kw_only=True)
@entity("goal", level=3)
class Goal(Entity):
    """A broad result, wanted for longer than one review cycle."""

    id: GoalId
    statement: Statement
    description: str = ""
    intent: Annotated[CoreIntentId | None, Link("amplifies", trace=True)] = None
    parent: Annotated[GoalId | None, Link("refines", trace=True, acyclic=True)] = None
    refinement: Refinement | None = None
    perspective: Perspective | None = None
    horizon: Annotated[
        Period | None,
        Validity(),
        Expected("without a horizon nobody can say it is late"),
    ] = None
    weight: Weight | None = None
    contributions: tuple[Contribution, ...] = ()


@frozen(kw_only=True)
@entity("objective", level=2)
class Objective(Entity):
    """A measurable result for a set time, derived from needs and serving a goal."""

    id: ObjectiveId
    statement: Statement
    description: str = ""
    needs: Annotated[
        tuple[NeedId, ...],
        Link("satisfied_by", reverse=True, trace=True),
        Expected("objectives are derived from the needs of stakeholders"),
    ] = ()
    goal: Annotated[GoalId | None, Link("serves", trace=True)] = None
    period: Annotated[
        Period | None, Validity(), Expected("an objective is a result for a set time")
    ] = None
    weight: Weight | None = None
    commitment: Commitment = Commitment.COMMITTED
    status: Annotated[ObjectiveStatus, Progress()] = ObjectiveStatus.DRAFT
    contributions: tuple[Contribution, ...] = ()


@frozen(kw_only=True)
@entity("course_of_action", plural="courses_of_action")
class CourseOfAction(Entity):
    """A way to reach goals and objectives: a strategy, or a tactic within one."""

    id: CourseOfActionId
    name: Name
    level: ActionLevel = ActionLevel.STRATEGY
    description: str = ""
    implements: Annotated[
        tuple[CourseOfActionId, ...], Link("implements", trace=True, acyclic=True)
    ] = ()
    contributions: tuple[Contribution, ...] = ()
    assumptions: tuple[Text, ...] = ()
    budget: Money | None = None
    period: Annotated[Period | None, Validity()] = None


@frozen(kw_only=True)
@entity("directive")
class Directive(Entity):
    """A policy or rule that governs what is done and how."""

    id: DirectiveId
    statement: Statement
    kind: DirectiveKind = DirectiveKind.POLICY
    enforcement: Annotated[
        Enforcement | None, Expected("people must know what happens when they deviate")
    ] = None
    governs: Annotated[
        tuple[AnyId, ...],
        Link("governs"),
        Expected("a directive that governs nothing is not kept"),
    ] = ()
    basis: Annotated[DirectiveId | None, Link("based_on", acyclic=True)] = None


@frozen(kw_only=True)
@entity("business_output")
class BusinessOutput(Entity):
    """What the organization hands over so that needs are satisfied."""

    id: BusinessOutputId
    name: Name
    kind: OutputKind = OutputKind.OTHER
    description: str = ""
    satisfies: Annotated[
        tuple[NeedId, ...],
        Link("satisfies", trace=True),
        Expected("an output that nobody needs is waste"),
    ] = ()
    produced_by: Annotated[
        ProcessId | None, Link("produces", reverse=True, trace=True, upward=False)
    ] = None


@frozen(kw_only=True)
@entity("purpose")
class Purpose(Entity):
    """What effort may serve besides goals, declared so that it can be counted."""

    id: PurposeId
    name: Name
    description: str = ""
    off_mission: bool = True
    declared_by: Annotated[PartyId | None, Link("declared_by")] = None
    driven_by: Annotated[tuple[InfluencerId, ...], Link("driven_by")] = ()
