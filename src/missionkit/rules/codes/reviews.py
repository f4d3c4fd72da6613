"""Codes of what a review must hold, and of what follows from it."""

from typing import Final

from missionkit.issue import Code, Severity

ITEM_NOT_CONSIDERED: Final = Code(
    "MK-REV-029",
    Severity.ERROR,
    "what stands on the agenda and was passed over was not reviewed",
    "fill `disposition`: considered, no_change, deferred or not_applicable",
    act="Say of every item of the agenda what became of it",
    by="facilitator",
)
RED_AND_UNDECIDED: Final = Code(
    "MK-REV-030",
    Severity.ERROR,
    "a review that sees a bad result and decides nothing changes nothing",
    "record the decision of the review and name the element in its `addresses`",
    act="Decide what happens about every bad result",
    by="reviewer",
)
ACTION_LEFT_OPEN_ENDED: Final = Code(
    "MK-REV-031",
    Severity.ERROR,
    "what nobody has to do by any day is not done",
    "assign a role of the kind owner on the action, and fill `due`",
    act="Give every action an owner and a day",
    by="facilitator",
)
CARRY_OVER_LOST: Final = Code(
    "MK-REV-032",
    Severity.ERROR,
    "what a review left open is forgotten unless the next one takes it over",
    "name it in `covers` of the artifact that shows the carry-over",
    act="Take over what the last review left open",
    by="facilitator",
)
NO_OPTIONS: Final = Code(
    "MK-REV-033",
    Severity.WARNING,
    "a course that is changed without a choice was not decided, only noted",
    "name at least two `options`, such as what was decided and to leave things alone",
    act="Record what else could have been decided",
    by="sponsor",
)
WAIVER_EXPIRED: Final = Code(
    "MK-REV-034",
    Severity.WARNING,
    "what was allowed for a time is allowed no longer, whether it was mended or not",
    "mend what was waived and remove the waiver, or have it granted anew",
    act="Decide anew about what was allowed for a time",
    by="sponsor",
)
REVIEW_LATE: Final = Code(
    "MK-REV-035",
    Severity.WARNING,
    "a course that is looked at late is corrected late",
    "hold the next review in time, or change `cadence` if that many are not needed",
    act="Hold reviews at the times that were set",
    by="sponsor",
)
NOT_COMMISSIONED: Final = Code(
    "MK-REV-036",
    Severity.ERROR,
    "the results of a process that is not in use yet cannot be reviewed",
    "add the rungs that were reached to `release`, or commission the process",
    act="Bring every critical process into use before its review",
    by="owner",
)
