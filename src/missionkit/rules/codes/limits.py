"""Codes of thresholds."""

from typing import Final

from missionkit.issue import Code, Severity

UNKNOWN_LIMIT: Final = Code(
    "MK-LIM-001",
    Severity.WARNING,
    "a misspelled limit would change nothing, in silence",
    "use the name of a limit that one of the rules has",
    act="Name limits that a rule has",
    by="facilitator",
)
