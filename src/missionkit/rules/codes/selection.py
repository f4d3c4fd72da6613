"""Codes of how rules are selected, graded and waived."""

from typing import Final

from missionkit.issue import Code, Severity

UNKNOWN_CODE: Final = Code(
    "MK-SEL-001",
    Severity.ERROR,
    "a misspelled code would select nothing, in silence",
    "use a code of the rule book, or how one begins, such as MK-TRC",
)
UNKNOWN_SEVERITY: Final = Code(
    "MK-SEL-002",
    Severity.ERROR,
    "only the declared severities have a meaning",
    "use error, warning or advice",
)
WAIVED_CODE_UNKNOWN: Final = Code(
    "MK-SEL-003",
    Severity.WARNING,
    "a waiver of a rule that does not exist allows nothing",
    "correct `code`, or remove the waiver",
    act="Correct the waivers that name no rule",
    by="sponsor",
)
