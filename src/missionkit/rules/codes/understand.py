"""Codes of the gates of the stage in which needs and environment are understood."""

from typing import Final

from missionkit.issue import Code, Severity

NOTHING_TO_START_FROM: Final = Code(
    "MK-GAT-001",
    Severity.ERROR,
    "a review goes on from the last one, with resources that are known to be capable",
    "fill `previous` and close that review, or conclude that this is the first",
    act="Close the last review, and see what the resources can do",
    by="sponsor",
)
NOBODY_LEADS: Final = Code(
    "MK-GAT-002",
    Severity.ERROR,
    "without a sponsor nothing is decided, and without a facilitator nothing is done",
    "assign the role on the review, or for the whole organization",
    act="Name a sponsor and a facilitator of the review",
    by="sponsor",
)
STAKES_NOT_COVERED: Final = Code(
    "MK-GAT-003",
    Severity.ERROR,
    "whoever is left out of the register is left out of the plan",
    "add a stakeholder with this stake, or record a conclusion that there is none",
    act="Look for the stakeholders who were left out",
    by="facilitator",
)
NOT_ASKED: Final = Code(
    "MK-GAT-004",
    Severity.ERROR,
    "nobody knows whether they need nothing or were never asked",
    "add a need, or a conclusion about 'needs' on the stakeholder: none was stated",
    act="Ask every stakeholder what they need",
    by="facilitator",
)
NOT_DECIDED: Final = Code(
    "MK-GAT-005",
    Severity.ERROR,
    "objectives are set for needs that were accepted, and the others deserve an answer",
    "accept the need, or decline it and say why",
    act="Accept or decline every need",
    by="sponsor",
)
NOT_SCANNED: Final = Code(
    "MK-GAT-006",
    Severity.ERROR,
    "what nobody looked at cannot be told from what does not matter",
    "add an influencer of the category, or conclude that there is nothing material",
    act="Look at every part of the environment, outside and inside",
    by="facilitator",
)
NOT_ASSESSED: Final = Code(
    "MK-GAT-007",
    Severity.ERROR,
    "until somebody says what it means, what bears on us changes nothing",
    "name the influencer in `influencers` of an assessment",
    act="Judge what each influencer means",
    by="facilitator",
)
REPORT_NOT_READ: Final = Code(
    "MK-GAT-008",
    Severity.ERROR,
    "a review that does not know what the last one concluded begins from nothing",
    "name the report in `covers` of the carry-over, or conclude something on it",
    act="Read the report of the last review, and record it",
    by="facilitator",
)
