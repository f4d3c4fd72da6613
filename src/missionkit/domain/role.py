"""Who plays what part: roles, their assignment, and what they answer for."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from attrs import frozen

from missionkit.domain.declaration import Entity, entity, invariant
from missionkit.domain.ids import (
    AnyId,
    DevelopmentId,
    HandoverId,
    PartyId,
    ProcessId,
    ResponsibilityId,
    RoleAssignmentId,
    RoleId,
)
from missionkit.domain.marks import Doc, Expected, Link, Validity
from missionkit.domain.values import Line, Name, Period, Text


class RoleKind(StrEnum):
    """What a role is for."""

    ENGINEER = "engineer"
    OWNER = "owner"
    COACH = "coach"
    PERFORMER = "performer"
    MANAGER = "manager"
    SPONSOR = "sponsor"
    FACILITATOR = "facilitator"
    PLANNER = "planner"
    REVIEWER = "reviewer"
    DATA_OWNER = "data_owner"
    STAKEHOLDER_REP = "stakeholder_rep"


class Letter(StrEnum):
    """What a role has to do with something."""

    RESPONSIBLE = "R"
    ACCOUNTABLE = "A"
    CONSULTED = "C"
    INFORMED = "I"
    SUPPORTING = "S"
    VERIFYING = "V"


class Delivery(StrEnum):
    """What an engineer hands over to an owner."""

    KNOWLEDGE = "knowledge"
    DOCUMENTS = "documents"
    TRAINING = "training"
    MEASURES = "measures"


@frozen(kw_only=True)
@entity("role")
class Role(Entity):
    """A part to be played, whoever plays it."""

    id: RoleId
    name: Name
    kind: Annotated[
        RoleKind | None, Expected("rules of process and review ask for kinds of roles")
    ] = None
    competences: tuple[Line, ...] = ()


@frozen(kw_only=True)
@entity("role_assignment")
class RoleAssignment(Entity):
    """Who plays a role, for what and when: the only statement of it."""

    id: RoleAssignmentId
    role: Annotated[RoleId, Link("plays", trace=True, upward=False)]
    party: Annotated[PartyId, Link("played_by", trace=True, upward=False)]
    on: Annotated[
        AnyId | None,
        Link("staffed_by", reverse=True, trace=True),
        Doc("the element the role is played for; the whole organization if left out"),
    ] = None
    period: Annotated[Period | None, Validity()] = None


@frozen(kw_only=True)
@entity("responsibility", plural="responsibilities")
class Responsibility(Entity):
    """One letter of a responsibility matrix: a role's part in something."""

    id: ResponsibilityId
    on: Annotated[AnyId, Link("answered_for_by", reverse=True)]
    role: Annotated[RoleId, Link("answers")]
    letter: Letter


@frozen(kw_only=True)
@entity("handover")
class Handover(Entity):
    """An engineer gives a designed process to its owner."""

    id: HandoverId
    process: Annotated[ProcessId, Link("handed_over", reverse=True)]
    from_party: Annotated[
        PartyId | None, Link("given_by"), Expected("it must be known who designed it")
    ] = None
    to_party: Annotated[
        PartyId | None, Link("given_to"), Expected("it must be known who keeps it now")
    ] = None
    on: Annotated[date | None, Expected("from this day the owner answers")] = None
    delivered: Annotated[
        frozenset[Delivery], Expected("an owner needs all four to keep the process")
    ] = frozenset()
    accepted: date | None = None

    @invariant(
        "MK-DOM-024",
        "a handover is not accepted before it is made",
        fields=("accepted", "on"),
        fix="correct one of the two dates",
    )
    def _accepted_after(self) -> bool:
        return self.accepted is None or self.on is None or self.on <= self.accepted


@frozen(kw_only=True)
@entity("development")
class Development(Entity):
    """A person's own record of growth: it is never scored or ranked."""

    id: DevelopmentId
    party: Annotated[PartyId, Link("of_person")]
    aim: Annotated[Text | None, Expected("growth has a direction")] = None
    since: date | None = None
    reflections: tuple[Text, ...] = ()
