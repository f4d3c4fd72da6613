"""Codes of the gates of the stage in which performance is reviewed."""

from typing import Final

from missionkit.issue import Code, Severity

TOO_EARLY: Final = Code(
    "MK-GAT-026",
    Severity.ERROR,
    "what has not run for a full period has no results that could be reviewed",
    "wait, or record a conclusion of the kind early_review on the review, with why",
    act="Wait for results, or say why the review is held early",
    by="facilitator",
)
SYSTEM_NOT_APPROVED: Final = Code(
    "MK-GAT-027",
    Severity.ERROR,
    "results cannot be judged against processes and measures that nobody stands by",
    "have the artifacts of stage 'enable' approved as they are now",
    act="Approve processes and measures as they are now",
    by="sponsor",
)
AGENDA_NOT_COVERED: Final = Code(
    "MK-GAT-028",
    Severity.ERROR,
    "an item that was passed over looks, a year later, like one that was fine",
    "add an agenda item with the code, its disposition and its evidence",
    act="Work through what is left of the agenda",
    by="facilitator",
)
OBJECTIVE_NOT_EVALUATED: Final = Code(
    "MK-GAT-029",
    Severity.ERROR,
    "an objective that nobody evaluates is neither met nor missed, only kept",
    "read one of its measures; or conclude 'no-data' on it, and act to get some",
    act="Find out how far each objective was reached",
    by="reviewer",
)
SIGNAL_NOT_ANSWERED: Final = Code(
    "MK-GAT-030",
    Severity.ERROR,
    "drift that was noticed and not answered is drift that was chosen by nobody",
    "acknowledge the signal, dismiss it with a reason, or act on it",
    act="Answer every warning of drift",
    by="reviewer",
)
RED_NOT_SETTLED: Final = Code(
    "MK-GAT-031",
    Severity.ERROR,
    "what went wrong without a known cause and a decision goes wrong again",
    "name it in `addresses` of an investigation with a cause, and of a decision",
    act="Find the cause of what went wrong, and decide",
    by="owner",
)
DECISION_WITHOUT_ACTION: Final = Code(
    "MK-GAT-032",
    Severity.ERROR,
    "a decision that nobody carries out changes nothing",
    "add an action that follows from it, or conclude on it that none is needed",
    act="Say who carries out each decision",
    by="facilitator",
)
MISSION_NOT_QUESTIONED: Final = Code(
    "MK-GAT-033",
    Severity.ERROR,
    "a review that does not ask it confirms whatever the mission has come to mean",
    "record a decision to confirm the course or to change the intent",
    act="Decide whether the mission is still right",
    by="sponsor",
)
SPONSOR_ABSENT: Final = Code(
    "MK-GAT-034",
    Severity.ERROR,
    "what top management did not sit through it does not stand by",
    "hold a meeting of the review that a sponsor attends",
    act="Hold the closing session with top management",
    by="sponsor",
)
