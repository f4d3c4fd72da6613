"""The codes of the rule book; the numbers of a family are never used again."""

from typing import Final

from missionkit.issue import Code, Severity

EXPECTED: Final = Code(
    "MK-CPL-001",
    Severity.ADVICE,
    "the declaration of the field says what it is needed for",
    "fill the field as soon as it is known",
    act="Fill in what is still missing",
)

NEED_WITHOUT_OBJECTIVE: Final = Code(
    "MK-TRC-001",
    Severity.ERROR,
    "an accepted need is a promise, and only an objective can keep it",
    "name the need in `needs` of an objective, or decide about the need anew",
    act="Set an objective for every accepted need",
)
OBJECTIVE_WITHOUT_GOAL: Final = Code(
    "MK-TRC-002",
    Severity.ERROR,
    "an objective that serves no goal draws effort away from the mission",
    "fill `goal`, or drop the objective",
    act="Say which goal every objective serves",
)
GOAL_WITHOUT_INTENT: Final = Code(
    "MK-TRC-003",
    Severity.ERROR,
    "what is done for a goal serves the mission only if the goal does",
    "fill `intent`, or `parent` where the goal is part of another",
    act="Tie every goal to the mission",
)
OBJECTIVE_WITHOUT_MEASURE: Final = Code(
    "MK-TRC-004",
    Severity.ERROR,
    "without a measure nobody can say whether the objective is reached",
    "add a success measure `of` the objective",
    act="Give every objective a measure",
)
OBJECTIVE_WITHOUT_PROCESS: Final = Code(
    "MK-TRC-005",
    Severity.ERROR,
    "objectives are reached by the work of processes, or not at all",
    "name the objective in `achieves` of a process",
    act="Put a process to work on every objective",
)
PROCESS_WITHOUT_OBJECTIVE: Final = Code(
    "MK-TRC-006",
    Severity.WARNING,
    "work that achieves no objective cannot be judged, and may serve nobody",
    "fill `achieves`, or retire the process",
    act="Give every process an objective, or end it",
)
MEASURE_NOT_OBSERVED: Final = Code(
    "MK-TRC-007",
    Severity.WARNING,
    "a measure that is not read steers nothing",
    "observe it, change its frequency, or remove the measure",
    act="Take the readings that are overdue",
)
OUTPUT_WITHOUT_PROCESS: Final = Code(
    "MK-TRC-008",
    Severity.ERROR,
    "an output that no process produces is an intention",
    "fill `produced_by`",
    act="Say which process produces every output",
)
NEED_WITH_DROPPED_OBJECTIVES: Final = Code(
    "MK-TRC-009",
    Severity.WARNING,
    "when its last objective was dropped, the need was given up without a decision",
    "derive another objective from the need, or decline or withdraw the need",
    act="Decide anew about needs left behind",
)
STAKE_WITHOUT_HOLDER: Final = Code(
    "MK-TRC-010",
    Severity.WARNING,
    "whoever is left out of the register is left out of the plan",
    "add a stakeholder with this stake, or record a conclusion that there is none",
    act="Look for the stakeholders who were left out",
)

NOT_ONE_ACCOUNTABLE: Final = Code(
    "MK-RSP-011",
    Severity.ERROR,
    "where two answer for something nobody does, and where nobody does it is left",
    "give the letter A to exactly one role",
    act="Make one role accountable, and only one",
)
NOBODY_RESPONSIBLE: Final = Code(
    "MK-RSP-012",
    Severity.ERROR,
    "somebody has to do the work",
    "give the letter R to at least one role; whoever has the A may have it too",
    act="Say who does the work",
)
NOT_ONE_OWNER: Final = Code(
    "MK-RSP-013",
    Severity.ERROR,
    "a process is kept and improved by one owner, and by nobody where there are two",
    "assign a role of the kind owner on the process to one active party",
    act="Give every process exactly one owner",
)
ACCOUNTABLE_FOR_TOO_MUCH: Final = Code(
    "MK-RSP-014",
    Severity.WARNING,
    "one party that has to sign off everything holds everything up",
    "give some of the letters A to roles of other parties",
    act="Spread accountability over more people",
)
TOO_MANY_CONSULTED: Final = Code(
    "MK-RSP-015",
    Severity.WARNING,
    "each role that is asked before something is done delays it",
    "inform (I) those whose answer changes nothing",
    act="Ask fewer people before something is done",
)
VERIFIER_IS_OWNER: Final = Code(
    "MK-RSP-016",
    Severity.WARNING,
    "whoever checks their own work sees what they expect to see",
    "let another party verify the action",
    act="Let somebody else verify what was done",
)

UNREADABLE_TARGET: Final = Code(
    "MK-STR-006",
    Severity.ADVICE,
    "no rule can look at the other end of the link",
    "pass the class in `kinds`, or point the link at another element",
)
CIRCULAR_CONTRIBUTION: Final = Code(
    "MK-STR-023",
    Severity.ERROR,
    "what helps itself by way of others has a score that depends on itself",
    "remove one of the contributions of the circle",
    act="Break the circle of contributions",
)
WEIGHTS_NOT_ONE: Final = Code(
    "MK-STR-024",
    Severity.ERROR,
    "weights are shares of one whole, so a score from others is no average",
    "change the weights so that they add up to 1, or leave out those not known",
    act="Make the weights add up to one",
)
INTENTS_OVERLAP: Final = Code(
    "MK-STR-026",
    Severity.ERROR,
    "with two missions in force at once, everything can be called on mission",
    "end the `effective` period of one before that of the other starts",
    act="Keep one mission in force at a time",
)
STAGES_OUT_OF_ORDER: Final = Code(
    "MK-STR-027",
    Severity.ERROR,
    "each stage works on what the one before it found, and each pass on the last one",
    "correct the stage, pass number or date, or add the run that is missing",
    act="Put the stages of the review in order",
)

RULE_FAILED: Final = Code(
    "MK-PLG-001",
    Severity.ERROR,
    "a rule that fails has judged nothing; the other rules were not harmed",
    "report it to the author of the rule, or check without it",
)
UNKNOWN_LIMIT: Final = Code(
    "MK-LIM-001",
    Severity.WARNING,
    "a misspelled limit would change nothing, in silence",
    "use the name of a limit that one of the rules has",
)
