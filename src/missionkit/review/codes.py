"""The trouble that acts in a review can be in; see also the codes of the domain."""

from typing import Final

from missionkit.issue import Code, Severity

WORKFLOW_ABSENT: Final = Code(
    "MK-WFL-040",
    Severity.ERROR,
    "only its own workflow says how a review goes on",
    "pass the workflow in `workflows`",
)
WORKFLOW_CHANGED: Final = Code(
    "MK-WFL-041",
    Severity.ERROR,
    "a review goes on by the version by which it began, unless somebody migrates it",
    "migrate the review, or pass the version by which it runs",
)
NOT_JUDGED: Final = Code(
    "MK-WFL-042",
    Severity.ERROR,
    "a gate that nobody can judge keeps nothing out",
    "add what is missing, or have it waived on the review",
)
NO_RULE: Final = Code(
    "MK-WFL-043",
    Severity.ERROR,
    "a gate asks for rules, so each of them must be there",
    "correct the code in the workflow, or pass the rule in `rules`",
)
NO_GUARD: Final = Code(
    "MK-WFL-044",
    Severity.ERROR,
    "a guard that is not there lets nothing pass",
    "correct the name in the workflow, or pass the guard in `guards`",
)
GUARD_FAILED: Final = Code(
    "MK-WFL-045",
    Severity.ERROR,
    "a guard that fails has judged nothing",
    "mend the guard; nothing was changed",
)
UNKNOWN_ROLE: Final = Code(
    "MK-WFL-050",
    Severity.ERROR,
    "nobody can ever play a role that is misspelled",
    "correct the name, or declare the role in `roles` of the workflow",
)
NOBODY_MAY: Final = Code(
    "MK-WFL-051",
    Severity.ERROR,
    "where a workflow names roles, what is for no role is for nobody",
    "name the roles that may do it",
)
NO_APPROVAL: Final = Code(
    "MK-WFL-052",
    Severity.ERROR,
    "a move that waits for approvals nobody can give is never made",
    "name the roles that may submit and approve",
)
TOO_FEW_APPROVERS: Final = Code(
    "MK-WFL-053",
    Severity.ERROR,
    "each approval is by another party, and who submits does not approve",
    "ask for fewer approvals, or let more parties approve",
)
NOBODY_PLAYS: Final = Code(
    "MK-WFL-054",
    Severity.ERROR,
    "on that day nobody could make the move",
    "assign one of its roles, on the review or for the organization",
)
NO_PARTY: Final = Code(
    "MK-ACC-002",
    Severity.ERROR,
    "what is done in a review is recorded with who did it",
    "add the party to the model, or act as one of its parties",
)
NO_REASON: Final = Code(
    "MK-ACC-003",
    Severity.ERROR,
    "years later, nobody knows why something was done unless it was written down",
    "say in `why` why it is done",
)
ID_TAKEN: Final = Code(
    "MK-WFL-090",
    Severity.ERROR,
    "an id names one thing for good",
    "take another id",
)
ALREADY_OPEN: Final = Code(
    "MK-WFL-091",
    Severity.ERROR,
    "two reviews of one thing at one time would decide against each other",
    "close or cancel the one that is there first",
)
NOT_CLOSED: Final = Code(
    "MK-WFL-092",
    Severity.ERROR,
    "what a review leaves open is known when it is closed",
    "name a review in `previous` that is closed",
)
PASSED_OVER: Final = Code(
    "MK-WFL-093",
    Severity.ERROR,
    "what the last review left open would be lost if the next one did not follow it",
    "name the last closed review in `previous`, or leave it out",
)
NOT_OVERDUE: Final = Code(
    "MK-WFL-094",
    Severity.ERROR,
    "a stage is overdue only when its time is over",
    "wait until its time is over",
)
BEFORE_THE_LAST: Final = Code(
    "MK-WFL-095",
    Severity.ERROR,
    "what is done in a review is recorded in the order in which it was done",
    "give the day on which it is done",
)
NOT_IN_STATUS: Final = Code(
    "MK-WFL-080",
    Severity.ERROR,
    "a review that is over is a record, and one that stands still hands nothing over",
    "go on with the review first",
)
NOT_THERE: Final = Code(
    "MK-WFL-081",
    Severity.ERROR,
    "an act is recorded with what it is about, so that must be there",
    "use the id of an element of the model, or add the element first",
)
OF_ANOTHER: Final = Code(
    "MK-WFL-082",
    Severity.ERROR,
    "each review disposes of its own items, and decides for itself",
    "act in the review to which it belongs, or make a new one",
)
DAY_AMISS: Final = Code(
    "MK-WFL-083",
    Severity.ERROR,
    "a time limit that has passed, or is left open, limits nothing",
    "name a day from the day of the act on",
)
NOTHING_TO_WAIVE: Final = Code(
    "MK-WFL-084",
    Severity.ERROR,
    "a waiver of what nobody asks for allows nothing",
    "use the code of a rule, or the name of a guard of the workflow",
)
RECORDED_ALREADY: Final = Code(
    "MK-WFL-085",
    Severity.ERROR,
    "what was recorded in a review stays as it was",
    "record a new one under an id of its own",
)
NOT_DUE: Final = Code(
    "MK-WFL-086",
    Severity.ERROR,
    "an action is worked on, done, and then looked at again, in this order",
    "bring the action to the status that comes before",
)
NO_MIGRATION: Final = Code(
    "MK-WFL-087",
    Severity.ERROR,
    "only a version that says how it takes over a running review can go on with it",
    "say in the new version of the workflow what each earlier stage is called now",
)
NO_OWNER_ROLE: Final = Code(
    "MK-WFL-088",
    Severity.ERROR,
    "who answers for an action plays a role of the kind owner on it",
    "name a role of the kind owner in `role`",
)
UNKNOWN_SETTING: Final = Code(
    "MK-WFL-089",
    Severity.ERROR,
    "what is misspelled or said twice would be lost in silence",
    "use each of the names of the settings once",
)
OWN_REQUEST: Final = Code(
    "MK-ACC-020",
    Severity.ERROR,
    "who asks for an exception does not grant it",
    "let somebody else grant it",
)
OWN_ACTION: Final = Code(
    "MK-ACC-021",
    Severity.ERROR,
    "nobody verifies what they did themselves",
    "let somebody verify it who does not own it, and did not when it was done",
)
NO_EVIDENCE: Final = Code(
    "MK-ACC-022",
    Severity.ERROR,
    "others must be able to see what was verified",
    "name in `evidence` where one can see it",
)
STAGE_TO_COME: Final = Code(
    "MK-WFL-070",
    Severity.ERROR,
    "what a stage made is approved in it or after it, and anew where it was undone",
    "wait until the review has come to that stage",
)
NOT_CURRENT: Final = Code(
    "MK-WFL-071",
    Severity.ERROR,
    "what a stage hands over is handed in while the review is in it",
    "reaffirm it, or correct the review back to its stage",
)
NOT_SUBMITTED: Final = Code(
    "MK-WFL-072",
    Severity.ERROR,
    "only what somebody handed in can be approved, and only what was can be reaffirmed",
    "submit it first",
)
SUBMITTED_ALREADY: Final = Code(
    "MK-WFL-073",
    Severity.ERROR,
    "to hand in the same again changes nothing",
    "change it first, or have it approved",
)
TO_REAFFIRM: Final = Code(
    "MK-WFL-074",
    Severity.ERROR,
    "what was approved and has changed is to be looked at as a whole",
    "reaffirm it, or submit it anew",
)
NOTHING_STALE: Final = Code(
    "MK-WFL-075",
    Severity.ERROR,
    "an approval that stands needs no other",
    "nothing is to be done",
)
TO_APPROVE: Final = Code(
    "MK-WFL-076",
    Severity.ERROR,
    "only who approved something can say that they still do",
    "approve it",
)
NOT_READABLE: Final = Code(
    "MK-WFL-077",
    Severity.ERROR,
    "nobody can stand by what cannot be read",
    "pass the kinds with which it was written, or remove it from what is shown",
)
APPROVALS_LACKING: Final = Code(
    "MK-WFL-078",
    Severity.ERROR,
    "the workflow goes on only from what enough parties stand by",
    "have it approved by more parties",
)
SHOWS_NOTHING: Final = Code(
    "MK-WFL-079",
    Severity.ERROR,
    "an approval of what shows nothing pins nothing",
    "correct the view, or say in `covers` what is shown",
)
OWN_ARTIFACT: Final = Code(
    "MK-ACC-010",
    Severity.ERROR,
    "nobody approves what is their own",
    "have it approved by somebody who is neither author nor submitter",
)
APPROVED_ALREADY: Final = Code(
    "MK-ACC-011",
    Severity.ERROR,
    "several approvals are those of several parties",
    "let somebody else approve it",
)
