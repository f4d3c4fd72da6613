"""What indicators cannot be computed from."""

from typing import Final

from missionkit.issue import Code, Severity

NOTHING_TO_SHARE: Final = Code(
    "MK-DRF-001",
    Severity.ERROR,
    "a share of nothing is not zero, it is not defined",
    "give an amount above zero, or leave the figure out",
    act="Leave out figures of which there is nothing to count",
    by="reviewer",
)
NOT_ALIKE: Final = Code(
    "MK-DRF-002",
    Severity.ERROR,
    "what was planned and what was done are compared thing by thing",
    "give two mappings with the same keys, or two lists of the same length and order",
    act="Count what is planned and what is done for the same things",
    by="reviewer",
)
PART_ABOVE_WHOLE: Final = Code(
    "MK-DRF-003",
    Severity.ERROR,
    "a part is not larger than the whole that it is a part of",
    "count both over the same period, and the part within the whole",
    act="Count the parts of a figure within its whole",
    by="reviewer",
)
NO_PERIOD: Final = Code(
    "MK-DRF-051",
    Severity.ERROR,
    "each day belongs to one period, and periods follow each other without a gap",
    "use `month`, `quarter` or `year`, or give a period that holds the day",
    act="Tell the figures apart by months, quarters or years",
    by="reviewer",
)
TOTAL_TOO_LARGE: Final = Code(
    "MK-DRF-052",
    Severity.ERROR,
    "an amount is kept digit by digit, and has at most 40 of them",
    "look for a slip in the amounts, such as a number that was pasted twice",
    act="Correct amounts that are too large to be true",
    by="reviewer",
)
MIX_UNREADABLE: Final = Code(
    "MK-DRF-110",
    Severity.ERROR,
    "a shift of a mix is judged by how many things of each category were counted",
    "give two mappings from category to count, or records and in `by` where each has"
    " its category",
    act="Count independent things by category, before and after",
    by="reviewer",
)
TOO_FEW_DRAWS: Final = Code(
    "MK-DRF-111",
    Severity.ERROR,
    "with few draws no shift, however large, could be told from chance",
    "draw more often, such as 999 times",
    act="Draw more often",
    by="reviewer",
)
NOTHING_TO_RAISE: Final = Code(
    "MK-DRF-112",
    Severity.ERROR,
    "a signal asks a review for an answer, and is raised for drift alone",
    "raise no signal where nothing drifted, or where decisions cover all of it",
    act="Raise signals only for drift that no decision covers",
    by="reviewer",
)
NO_INDICATOR: Final = Code(
    "MK-DRF-070",
    Severity.ERROR,
    "a figure is made by an indicator that can be named, and asked again",
    "give the name of an indicator, or an object with name, version, requires and"
    " limits that can be called with a view",
)
