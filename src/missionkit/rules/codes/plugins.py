"""Codes of rules that come from elsewhere."""

from typing import Final

from missionkit.issue import Code, Severity

RULE_FAILED: Final = Code(
    "MK-PLG-001",
    Severity.ERROR,
    "a rule that fails has judged nothing; the other rules were not harmed",
    "report it to the author of the rule, or check without it",
)
