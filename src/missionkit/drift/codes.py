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
