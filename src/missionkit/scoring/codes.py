"""Codes of what cannot be scored as it was asked."""

from typing import Final

from missionkit.issue import Code, Severity

NO_SCORER: Final = Code(
    "MK-SCO-003",
    Severity.ERROR,
    "only a scorer says what it reads, and gives a score that can be made again",
    "pass the name of a method, or what has a name, a version, `requires` and `limits`",
)
UNKNOWN_LIMIT: Final = Code(
    "MK-SCO-004",
    Severity.ERROR,
    "a limit that the method does not have would change nothing",
    "use the name of a limit that the method has",
)
