"""What a workflow is made of: stages, gates, moves between stages, and who may act."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Final

from attrs import frozen

from missionkit.domain.declaration import value
from missionkit.domain.marks import AtLeast, Doc, Matches, NotEmpty
from missionkit.domain.review import CycleStatus
from missionkit.domain.values import Count, Line

RuleCode = Annotated[
    str, Matches(r"[A-Z]{2,8}-[A-Z]{3}-[0-9]{3}", "a code such as MK-GAT-010")
]


class ReviewAct(StrEnum):
    """What is done in a review besides moving it on."""

    OPEN_REVIEW = "open_review"
    SUBMIT = "submit"
    APPROVE = "approve"
    REAFFIRM = "reaffirm"
    WAIVE = "waive"
    DISPOSE_AGENDA_ITEM = "dispose_agenda_item"
    DECIDE = "decide"
    ASSIGN_ACTION = "assign_action"
    VERIFY_ACTION = "verify_action"
    MIGRATE = "migrate"


@frozen(kw_only=True)
@value
class Gate:
    """What must hold: codes of rules from the same book that `check` uses."""

    rules: tuple[RuleCode, ...] = ()


@frozen(kw_only=True)
@value
class StageOutput:
    """What a stage hands over, and the processes or the stage that use it."""

    name: Line
    consumers: tuple[Line, ...] = ()
    view: Annotated[
        Line | None, Doc("which view of the model shows it, such as business-plan")
    ] = None


@frozen(kw_only=True)
@value
class Stage:
    """One stage of a review: its work, what goes in and out, and its two gates.

    Where it may last only *max_days*, counted from the day it was entered, the event
    *overdue* is refused before they have passed. Other events are possible any time.
    """

    key: Line
    label: Line
    work_processes: tuple[Line, ...] = ()
    inputs: tuple[Line, ...] = ()
    outputs: tuple[StageOutput, ...] = ()
    entry: Gate = Gate()
    exit: Gate = Gate()
    accountable: tuple[Line, ...] = ()
    responsible: Annotated[
        tuple[Line, ...], Doc("the roles that make what the stage hands over")
    ] = ()
    consulted: tuple[Line, ...] = ()
    max_days: Count | None = None
    overdue: Line | None = None

    def overdue_from(self, entered: date | None) -> date | None:
        """Return the first day on which it lasts too long; None without a limit."""
        if self.max_days is None or entered is None:
            return None
        begin = entered.toordinal() + self.max_days + 1
        return date.fromordinal(min(begin, date.max.toordinal()))


@frozen(kw_only=True)
@value
class Move:
    """What an event does to a review: from where, in which status, to where.

    Of several moves for one event the one with the lowest *priority* is made whose
    *causes* hold one of those given; one without causes needs none. A move to another
    stage, or to an end, asks the gates on its way unless it is not *gated*.
    """

    event: Line
    source: Annotated[
        Line | None, Doc("the stage it leads from; any, where left out")
    ] = None
    target: Annotated[
        Line | None, Doc("the stage or the end it leads to; where left out, it stays")
    ] = None
    label: str = ""
    when: Annotated[
        tuple[CycleStatus, ...],
        NotEmpty(),
        Doc("in which status of the review it is possible"),
    ] = (CycleStatus.ACTIVE,)
    then: Annotated[
        CycleStatus | None,
        Doc(
            "the status after it; where left out, active in a stage, closed at an end,"
            " and for a move that stays the status before it was suspended"
        ),
    ] = None
    causes: tuple[Line, ...] = ()
    gated: bool = True
    guards: tuple[Line, ...] = ()
    roles: tuple[Line, ...] = ()
    approvals: Annotated[
        int,
        AtLeast(0),
        Doc("how many parties must approve each artifact of the stage"),
    ] = 0
    priority: int = 0


@frozen(kw_only=True)
@value
class Permission:
    """Which roles may do something in a review."""

    act: ReviewAct
    roles: tuple[Line, ...] = ()


@frozen(kw_only=True)
@value
class WorkflowRole:
    """A role of a workflow's own, and how many parties play it, if that is fixed."""

    name: Line
    parties: Count | None = None


@frozen(kw_only=True)
@value
class Renamed:
    """A stage of an earlier version, and what it is called now."""

    before: Line
    now: Line


@frozen(kw_only=True)
@value
class Migration:
    """How running reviews of an earlier version go on in this one."""

    version: Count
    stages: tuple[Renamed, ...] = ()


STAYING: Final = frozenset({CycleStatus.CLOSED, CycleStatus.CANCELED})
"""In these statuses a review is over."""
