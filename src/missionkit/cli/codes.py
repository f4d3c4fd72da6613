"""Codes of what a project sets for the command, and of how options are written."""

from typing import Final

from missionkit.issue import Code, Severity

UNKNOWN_SETTING: Final = Code(
    "MK-CFG-001",
    Severity.ERROR,
    "a misspelled setting would change nothing, in silence",
    "use the name of a setting, or take the line out",
)
WRONG_SETTING: Final = Code(
    "MK-CFG-002",
    Severity.ERROR,
    "a setting of another form would be taken for something else, or for nothing",
    "write the value in the form that is asked for",
)
UNREADABLE_SETTINGS: Final = Code(
    "MK-CFG-003",
    Severity.ERROR,
    "what the project sets for a check cannot be known",
    "mend the file, or leave all settings aside with --isolated",
)
WRONG_OPTION: Final = Code(
    "MK-CFG-004",
    Severity.ERROR,
    "an option that is half understood would change something else",
    "missionkit check --help shows how the options are written",
)
