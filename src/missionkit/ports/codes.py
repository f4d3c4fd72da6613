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
