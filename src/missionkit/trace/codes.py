"""Codes of what cannot be affirmed."""

from typing import Final

from missionkit.issue import Code, Severity

NO_LINK: Final = Code(
    "MK-TRC-012",
    Severity.ERROR,
    "only what links an element to another can be found right, or wrong",
    "name a field that holds a link, and fill it first",
    act="Affirm links that are there",
    by="planner",
)
UNREADABLE: Final = Code(
    "MK-TRC-013",
    Severity.ERROR,
    "an affirmation pins what was read, and nobody can read this here",
    "pass the class in `kinds`, or point the link at another element",
    act="Affirm only what can be read",
    by="planner",
)
AFFIRMED_LATER: Final = Code(
    "MK-TRC-014",
    Severity.ERROR,
    "what was affirmed last counts, so an older word would change nothing",
    "give the day on which the link was looked at again",
    act="Look at the link again before affirming it",
    by="planner",
)
