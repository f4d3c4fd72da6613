"""Codes of how things fit together."""

from typing import Final

from missionkit.issue import Code, Severity

UNREADABLE_TARGET: Final = Code(
    "MK-STR-006",
    Severity.ADVICE,
    "no rule can look at the other end of the link",
    "pass the class in `kinds`, or point the link at another element",
    act="Install what can read these elements, or link to others",
    by="facilitator",
)
CIRCULAR_CONTRIBUTION: Final = Code(
    "MK-STR-023",
    Severity.ERROR,
    "what helps itself by way of others has a score that depends on itself",
    "remove one of the contributions of the circle",
    act="Break the circle of contributions",
    by="planner",
)
WEIGHTS_NOT_ONE: Final = Code(
    "MK-STR-024",
    Severity.ERROR,
    "weights are shares of one whole, so a score from others is no average",
    "change the weights so that they add up to 1, or leave out those not known",
    act="Make the weights add up to one",
    by="planner",
)
INTENTS_OVERLAP: Final = Code(
    "MK-STR-026",
    Severity.ERROR,
    "with two missions in force at once, everything can be called on mission",
    "end the `effective` period of one before that of the other starts",
    act="Keep one mission in force at a time",
    by="sponsor",
)
STAGES_OUT_OF_ORDER: Final = Code(
    "MK-STR-027",
    Severity.ERROR,
    "each stage works on what the one before it found, and each pass on the last one",
    "correct the stage, pass number or date, or add the run that is missing",
    act="Put the stages of the review in order",
    by="facilitator",
)
CHANGED_AFTER_APPROVAL: Final = Code(
    "MK-STR-028",
    Severity.ERROR,
    "an approval holds for what was seen, not for what it was changed to",
    "look at what changed, then reaffirm the approval or revise the artifact",
    act="Look again at what changed after it was approved",
    by="reviewer",
)
