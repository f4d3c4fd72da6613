"""Codes of rules that come from elsewhere."""

from typing import Final

from missionkit.issue import Code, Severity

RULE_FAILED: Final = Code(
    "MK-PLG-001",
    Severity.ERROR,
    "a rule that fails has judged nothing; the other rules were not harmed",
    "report it to the author of the rule, or check without it",
)
NO_RULE: Final = Code(
    "MK-PLG-002",
    Severity.ERROR,
    "what is no rule cannot be asked, and what it was to find stays unseen",
    "let the entry point name a rule, a `RuleEntry`, or a tuple of them",
)
TAKEN: Final = Code(
    "MK-PLG-003",
    Severity.ERROR,
    "one name for two things could not be told apart in a result, a waiver or a limit",
    "let the author rename it, with letters of their own in front: ACME-001",
)
NOT_LOADED: Final = Code(
    "MK-PLG-004",
    Severity.ERROR,
    "a plug-in that cannot be loaded has judged nothing; no other was harmed",
    "install it anew or remove it, or check without plug-ins",
)
