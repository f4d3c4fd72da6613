"""Codes of the line of sight."""

from typing import Final

from missionkit.issue import Code, Severity

NEED_WITHOUT_OBJECTIVE: Final = Code(
    "MK-TRC-001",
    Severity.ERROR,
    "an accepted need is a promise, and only an objective can keep it",
    "name the need in `needs` of an objective, or decide about the need anew",
    act="Set an objective for every accepted need",
    by="planner",
)
OBJECTIVE_WITHOUT_GOAL: Final = Code(
    "MK-TRC-002",
    Severity.ERROR,
    "an objective that serves no goal draws effort away from the mission",
    "fill `goal`, or drop the objective",
    act="Say which goal every objective serves",
    by="planner",
)
GOAL_WITHOUT_INTENT: Final = Code(
    "MK-TRC-003",
    Severity.ERROR,
    "what is done for a goal serves the mission only if the goal does",
    "fill `intent`, or `parent` where the goal is part of another",
    act="Tie every goal to the mission",
    by="planner",
)
OBJECTIVE_WITHOUT_MEASURE: Final = Code(
    "MK-TRC-004",
    Severity.ERROR,
    "without a measure nobody can say whether the objective is reached",
    "add a success measure `of` the objective",
    act="Give every objective a measure",
    by="planner",
)
OBJECTIVE_WITHOUT_PROCESS: Final = Code(
    "MK-TRC-005",
    Severity.ERROR,
    "objectives are reached by the work of processes, or not at all",
    "name the objective in `achieves` of a process",
    act="Put a process to work on every objective",
    by="engineer",
)
PROCESS_WITHOUT_OBJECTIVE: Final = Code(
    "MK-TRC-006",
    Severity.WARNING,
    "work that achieves no objective cannot be judged, and may serve nobody",
    "fill `achieves`, or retire the process",
    act="Give every process an objective, or end it",
    by="owner",
)
MEASURE_NOT_OBSERVED: Final = Code(
    "MK-TRC-007",
    Severity.WARNING,
    "a measure that is not read steers nothing",
    "observe it, change its frequency, or remove the measure",
    act="Take the readings that are overdue",
    by="data_owner",
)
OUTPUT_WITHOUT_PROCESS: Final = Code(
    "MK-TRC-008",
    Severity.ERROR,
    "an output that no process produces is an intention",
    "fill `produced_by`",
    act="Say which process produces every output",
    by="engineer",
)
NEED_WITH_DROPPED_OBJECTIVES: Final = Code(
    "MK-TRC-009",
    Severity.WARNING,
    "when its last objective was dropped, the need was given up without a decision",
    "derive another objective from the need, or decline or withdraw the need",
    act="Decide anew about needs left behind",
    by="planner",
)
STAKE_WITHOUT_HOLDER: Final = Code(
    "MK-TRC-010",
    Severity.WARNING,
    "whoever is left out of the register is left out of the plan",
    "add a stakeholder with this stake, or record a conclusion that there is none",
    act="Look for the stakeholders who were left out",
    by="facilitator",
)
SUSPECT_LINK: Final = Code(
    "MK-TRC-011",
    Severity.WARNING,
    "a link was right for what its end said then, and it says something else now",
    "look at both ends again, then affirm the link or change it",
    act="Look again at links whose other end has changed",
    by="planner",
)
