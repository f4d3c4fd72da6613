"""What a manager would do about a code: one sentence, for one element or for many."""

from collections.abc import Mapping
from typing import Final

from missionkit.issue import Issue
from missionkit.rules import codes

_ACTS: Final[Mapping[str, str]] = {
    codes.EXPECTED.code: "Fill in what is still missing",
    codes.NEED_WITHOUT_OBJECTIVE.code: "Set an objective for every accepted need",
    codes.OBJECTIVE_WITHOUT_GOAL.code: "Say which goal every objective serves",
    codes.GOAL_WITHOUT_INTENT.code: "Tie every goal to the mission",
    codes.OBJECTIVE_WITHOUT_MEASURE.code: "Give every objective a measure",
    codes.OBJECTIVE_WITHOUT_PROCESS.code: "Put a process to work on every objective",
    codes.PROCESS_WITHOUT_OBJECTIVE.code: "Give every process an objective, or end it",
    codes.MEASURE_NOT_OBSERVED.code: "Take the readings that are overdue",
    codes.OUTPUT_WITHOUT_PROCESS.code: "Say which process produces every output",
    codes.NEED_WITH_DROPPED_OBJECTIVES.code: "Decide anew about needs left behind",
    codes.STAKE_WITHOUT_HOLDER.code: "Look for the stakeholders who were left out",
    codes.NOT_ONE_ACCOUNTABLE.code: "Make one role accountable, and only one",
    codes.NOBODY_RESPONSIBLE.code: "Say who does the work",
    codes.NOT_ONE_OWNER.code: "Give every process exactly one owner",
    codes.ACCOUNTABLE_FOR_TOO_MUCH.code: "Spread accountability over more people",
    codes.TOO_MANY_CONSULTED.code: "Ask fewer people before something is done",
    codes.VERIFIER_IS_OWNER.code: "Let somebody else verify what was done",
    codes.CIRCULAR_CONTRIBUTION.code: "Break the circle of contributions",
    codes.WEIGHTS_NOT_ONE.code: "Make the weights add up to one",
    codes.INTENTS_OVERLAP.code: "Keep one mission in force at a time",
    codes.STAGES_OUT_OF_ORDER.code: "Put the stages of the review in order",
}


def act_on(issue: Issue) -> str:
    """Return what to do about an issue, in a manager's words where there are any."""
    plain = issue.fix.replace("`", "")
    return _ACTS.get(issue.code) or plain[:1].upper() + plain[1:] or issue.message
