"""The trouble that values and models can be in. Invariants carry codes of their own."""

from typing import Final

from missionkit.issue import Code, Severity

WRONG_TYPE: Final = Code(
    "MK-DOM-001",
    Severity.ERROR,
    "values are never converted in silence, so each must have its declared type",
    "give a value of the type named",
)
BROKEN_RULE: Final = Code(
    "MK-DOM-002",
    Severity.ERROR,
    "the field declares which values make sense",
    "give a value within the rule",
)
MISSING: Final = Code(
    "MK-DOM-003",
    Severity.ERROR,
    "an element of this kind is not conceivable without it",
    "fill the field",
)
UNSAFE_TEXT: Final = Code(
    "MK-DOM-004",
    Severity.ERROR,
    "hidden and control characters mislead readers and break other programs",
    "remove the character, or write it out in words",
)
BAD_ID: Final = Code(
    "MK-DOM-005",
    Severity.ERROR,
    "ids stand in links, file names and addresses, so they are plain",
    "use 1 to 64 of a-z, 0-9 and hyphens, and begin with a letter or a digit",
)
REPEATED: Final = Code(
    "MK-DOM-006",
    Severity.ERROR,
    "the same link twice says no more than once, and hides slips",
    "name each element once",
)
UNKNOWN_CHOICE: Final = Code(
    "MK-DOM-007",
    Severity.ERROR,
    "only the declared words have a meaning",
    "use one of the declared words",
)
UNKNOWN_FIELD: Final = Code(
    "MK-DOM-008",
    Severity.ERROR,
    "a misspelled field would be lost in silence",
    "use the name of a field, or put foreign data into ext",
)
FIXED_ID: Final = Code(
    "MK-DOM-009",
    Severity.ERROR,
    "links and history find an element by its id for as long as it lives",
    "add an element with the new id, move the links, and remove the old one",
)
NO_JSON: Final = Code(
    "MK-DOM-035",
    Severity.ERROR,
    "foreign data are written into documents, and these are JSON",
    "use text, numbers, true, false, null, lists and mappings with keys of text",
)
DUPLICATE_ID: Final = Code(
    "MK-STR-001",
    Severity.ERROR,
    "links and history find an element by its id, so it must be the only one",
    "rename one of the two, or remove it",
)
WRONG_KIND: Final = Code(
    "MK-STR-002",
    Severity.ERROR,
    "a link has a meaning only between the kinds it is declared for",
    "refer to an element of the kind named",
)
SECOND_ROOT: Final = Code(
    "MK-STR-003",
    Severity.ERROR,
    "a model describes one organization, and its parts by their parent",
    "give every organization but one a parent",
)
UNKNOWN_KIND: Final = Code(
    "MK-STR-004",
    Severity.ERROR,
    "a model can check and write only the kinds that it knows",
    "pass kinds=mk.KINDS | {TheClass}",
)
CYCLE: Final = Code(
    "MK-STR-005",
    Severity.ERROR,
    "what is above, before or implemented cannot come round to itself",
    "remove one of the links of the circle",
)
DANGLING: Final = Code(
    "MK-STR-025",
    Severity.ERROR,
    "a link to nothing breaks every line that passes through it",
    "correct the id, or add the element",
)
MIXED_CURRENCIES: Final = Code(
    "MK-DOM-010",
    Severity.ERROR,
    "amounts in different currencies have no sum without a rate and a date",
    "convert the amounts to one currency first",
)
STAGE_REPEATED: Final = Code(
    "MK-WFL-001",
    Severity.ERROR,
    "moves and records find a stage by its key",
    "rename one of the two",
)
MOVE_TO_NOWHERE: Final = Code(
    "MK-WFL-002",
    Severity.ERROR,
    "a move leads between stages of the workflow, or to an end of it",
    "add the stage, or correct the name",
)
NOT_ONE_START: Final = Code(
    "MK-WFL-003",
    Severity.ERROR,
    "everybody must know where a review begins",
    "let exactly one stage be entered from draft",
)
UNREACHABLE: Final = Code(
    "MK-WFL-004",
    Severity.ERROR,
    "work that nobody can come to is never done",
    "add a move that leads there, or take it out",
)
TRAP: Final = Code(
    "MK-WFL-005",
    Severity.ERROR,
    "a review that comes there can never be finished",
    "add a move that leads on to an end",
)
MOVES_IN_DOUBT: Final = Code(
    "MK-WFL-006",
    Severity.ERROR,
    "the same event must always do the same",
    "give one of the moves another priority",
)
NEVER_MADE: Final = Code(
    "MK-WFL-007",
    Severity.ERROR,
    "a move that another one always goes before is dead",
    "change the priorities or the causes, or take the move out",
)
LIMIT_TO_NOWHERE: Final = Code(
    "MK-WFL-008",
    Severity.ERROR,
    "a limit after which nothing happens limits nothing",
    "name a number of days and the event that becomes possible after them",
)
MOVE_AFTER_END: Final = Code(
    "MK-WFL-009",
    Severity.ERROR,
    "what is closed or canceled is a record, and stays as it is",
    "take the status out of `when`, and open another review instead",
)
SAID_TWICE: Final = Code(
    "MK-WFL-010",
    Severity.ERROR,
    "of two answers to who may act, nobody knows which one holds",
    "keep one of the two",
)
BAD_MIGRATION: Final = Code(
    "MK-WFL-011",
    Severity.ERROR,
    "running reviews must find their stage in the new version",
    "name an earlier version once, and stages of this one",
)
BAD_STATUS: Final = Code(
    "MK-WFL-012",
    Severity.ERROR,
    "a review stands in one stage and in one status, and the two must fit",
    "change `then` or `target`",
)
CHANGES_NOTHING: Final = Code(
    "MK-WFL-013",
    Severity.ERROR,
    "an event after which all is as before only looks like a step",
    "take the status out of `when`, or name another one in `then`",
)
TOO_LARGE: Final = Code(
    "MK-WFL-014",
    Severity.ERROR,
    "a workflow is proved as a whole, and nobody shall wait for that",
    "name the `source` of moves that lead from every stage, or take moves out",
)
UNKNOWN_EVENT: Final = Code(
    "MK-WFL-020",
    Severity.ERROR,
    "only the events of its workflow move a review",
    "use an event of the workflow",
)
NOT_FROM_HERE: Final = Code(
    "MK-WFL-021",
    Severity.ERROR,
    "the order of the stages is what makes a review whole",
    "bring the review to where this is possible",
)
NO_CAUSE: Final = Code(
    "MK-WFL-022",
    Severity.ERROR,
    "the cause decides how far back a correction leads",
    "name a cause, or record an action instead",
)
NOT_HELD: Final = Code(
    "MK-WFL-023",
    Severity.ERROR,
    "guards and gates keep a stage from being passed too early",
    "bring about what is asked for",
)
ROLE_LACKING: Final = Code(
    "MK-ACC-001",
    Severity.ERROR,
    "who may do what in a review is settled by the roles of its workflow",
    "ask somebody with the role, or assign the role on the review",
)
