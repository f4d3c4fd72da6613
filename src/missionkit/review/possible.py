"""When each act is possible: in which status of the review."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from missionkit.domain.review import CycleStatus
from missionkit.domain.stages import ReviewAct

_MEETING: Final = (CycleStatus.ACTIVE, CycleStatus.BLOCKED)
_BEGUN: Final = (*_MEETING, CycleStatus.SUSPENDED)
_NOT_OVER: Final = (CycleStatus.DRAFT, *_BEGUN)

# A review that is over is a record; only its report, and what else its last stage made,
# may be written and approved after the last meeting. Before it begins, what is asked on
# its way in may be waived, and what was carried over may get an owner. Work on actions
# does not wait for a review that is suspended; its stages and its agenda do.
_REPORTING: Final = (*_MEETING, CycleStatus.CLOSED)
POSSIBLE: Final[Mapping[ReviewAct, tuple[CycleStatus, ...]]] = MappingProxyType(
    {
        ReviewAct.SUBMIT: _REPORTING,
        ReviewAct.APPROVE: _REPORTING,
        ReviewAct.REAFFIRM: _REPORTING,
        ReviewAct.WAIVE: _NOT_OVER,
        ReviewAct.DISPOSE_AGENDA_ITEM: _MEETING,
        ReviewAct.DECIDE: _BEGUN,
        ReviewAct.ASSIGN_ACTION: _NOT_OVER,
        ReviewAct.VERIFY_ACTION: _BEGUN,
        ReviewAct.MIGRATE: _NOT_OVER,
    }
)
"""In which status of a review each act is possible."""
