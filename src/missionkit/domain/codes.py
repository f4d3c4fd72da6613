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
