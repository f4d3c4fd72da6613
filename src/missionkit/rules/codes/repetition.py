"""Codes of what stands there twice, and of days on which nothing does."""

from typing import Final

from missionkit.issue import Code, Severity

TWO_REVIEWS: Final = Code(
    "MK-STR-029",
    Severity.ERROR,
    "two reviews of one thing decide about it without knowing of each other",
    "close or cancel one of the two, or give it a scope of its own",
    act="Run one review of one thing at a time",
    by="sponsor",
)
NO_INTENT: Final = Code(
    "MK-STR-030",
    Severity.WARNING,
    "what was done on days without a mission cannot be judged by any",
    "correct the `effective` period of one of the two",
    act="Close the gap between two missions",
    by="sponsor",
)
SAID_TWICE: Final = Code(
    "MK-STR-031",
    Severity.WARNING,
    "what is said twice is counted twice, and changed only once",
    "remove one of the two",
    act="Remove what is said twice",
    by="planner",
)
