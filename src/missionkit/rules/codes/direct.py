"""Codes of the gates of the stage in which direction is established."""

from typing import Final

from missionkit.issue import Code, Severity

SITUATION_NOT_APPROVED: Final = Code(
    "MK-GAT-009",
    Severity.ERROR,
    "objectives that rest on registers nobody stands by rest on nothing",
    "have the artifacts of stage 'understand' approved as they are now",
    act="Approve the registers and the analysis as they are now",
    by="sponsor",
)
NEED_NOT_ANSWERED: Final = Code(
    "MK-GAT-010",
    Severity.ERROR,
    "an accepted need is a promise, and only an objective can keep it",
    "name the need in `needs` of an objective, or decide about the need anew",
    act="Set an objective for every accepted need",
    by="planner",
)
LEADS_TO_NO_VISION: Final = Code(
    "MK-GAT-011",
    Severity.ERROR,
    "what is not on the way to the vision draws effort away from it",
    "fill `goal` of objectives, `intent` of goals, and `vision` of the core intent",
    act="Tie every objective to the vision, by way of its goals",
    by="planner",
)
NOT_READY_TO_PURSUE: Final = Code(
    "MK-GAT-012",
    Severity.ERROR,
    "an objective is reached by somebody, by a day, and where one can see that it is",
    "give the objective an owner, a period and a measure with target and bounds",
    act="Give every objective an owner, a period and a sound measure",
    by="planner",
)
NEED_HURT: Final = Code(
    "MK-GAT-013",
    Severity.ERROR,
    "a mission that is pursued against the needs of stakeholders loses them",
    "change what hurts, or record a decision that names the need",
    act="Decide where the strategy works against a need that was accepted",
    by="sponsor",
)
PLAN_INCOMPLETE: Final = Code(
    "MK-GAT-014",
    Severity.ERROR,
    "a plan says what is done, with what, by whom, until when, and how one sees it",
    "fill what the course of action does not say",
    act="Complete the plan: what, with what, who, when, and how it is evaluated",
    by="planner",
)
WEIGHTS_NOT_WHOLE: Final = Code(
    "MK-GAT-015",
    Severity.ERROR,
    "weights are shares of one whole, so a score from others is no average",
    "change the weights so that they add up to 1, or leave out those not known",
    act="Make the weights add up to one",
    by="planner",
)
INTENT_NOT_APPROVED: Final = Code(
    "MK-GAT-016",
    Severity.ERROR,
    "a mission that top management did not approve binds nobody",
    "have the sponsor approve an artifact that covers the core intent",
    act="Approve mission, vision and values",
    by="sponsor",
)
