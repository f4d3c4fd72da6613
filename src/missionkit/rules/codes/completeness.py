"""Codes of what is expected and missing."""

from typing import Final

from missionkit.issue import Code, Severity

EXPECTED: Final = Code(
    "MK-CPL-001",
    Severity.ADVICE,
    "the declaration of the field says what it is needed for",
    "fill the field as soon as it is known",
    act="Fill in what is still missing",
    by="planner",
)
