"""What foreign code reports through a port where it has no code of its own."""

from typing import Final

from missionkit.issue import Code, Severity

GUARD_REFUSED: Final = Code(
    "MK-WFL-030",
    Severity.ERROR,
    "a guard of the workflow has to let the move pass",
    "bring about what the guard asks for, or have it waived",
)
UNREASONED: Final = Code(
    "MK-SCO-001",
    Severity.ERROR,
    "nobody can defend a number that is not there without a reason",
    "give a value, or say in `reason` why there is none",
)
NOT_RECOMPUTED: Final = Code(
    "MK-SCO-002",
    Severity.ERROR,
    "a number that its parts do not give cannot be defended",
    "let the view make the score, with `scored`",
)
UNKNOWN_LIMIT: Final = Code(
    "MK-SCO-004",
    Severity.ERROR,
    "a limit that the method does not have would change nothing",
    "use the name of a limit that the method has",
)
POINTS_OUT_OF_ORDER: Final = Code(
    "MK-DRF-004",
    Severity.ERROR,
    "a change is dated by the order of the points",
    "give the periods in order, without overlap",
)
POINT_UNREASONED: Final = Code(
    "MK-DRF-005",
    Severity.ERROR,
    "a gap must not look like a zero, nor be passed over in silence",
    "give a value, or say in `reason` why there is none",
)
FINDING_INCOMPLETE: Final = Code(
    "MK-DRF-006",
    Severity.ERROR,
    "a verdict that does not say what it rests on cannot be defended",
    "give what the verdict asks for: a reason, or an effect with its interval",
)
LATER_DAY: Final = Code(
    "MK-DRF-050",
    Severity.WARNING,
    "what has not happened yet cannot be counted as done",
    "correct the date, or give a later day as today",
)
