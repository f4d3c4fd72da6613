"""Codes of what cannot be scored as it was asked."""

from typing import Final

from missionkit.issue import Code, Severity

NO_SCORER: Final = Code(
    "MK-SCO-003",
    Severity.ERROR,
    "only a scorer says what it reads, and gives a score that can be made again",
    "pass the name of a method, or what has a name, a version, `requires` and `limits`",
)
NO_OPTIONS: Final = Code(
    "MK-SCO-010",
    Severity.ERROR,
    "only a table can be ranked: options, and what each has for each criterion",
    "give a mapping of options to what they have, or of criteria to columns",
)
NO_NUMBER: Final = Code(
    "MK-SCO-011",
    Severity.ERROR,
    "only numbers up to 1e150 can be compared",
    "give a number; where it is not known, None",
)
UNEQUAL_COLUMNS: Final = Code(
    "MK-SCO-012",
    Severity.ERROR,
    "every column needs a place for every option",
    "give as many entries as there are options, None where one is not known",
)
SAME_OPTION: Final = Code(
    "MK-SCO-013",
    Severity.ERROR,
    "two options of one name cannot be told apart",
    "give each option a name of its own",
)
UNKNOWN_CRITERION: Final = Code(
    "MK-SCO-014",
    Severity.ERROR,
    "what is said of a criterion that no option has would change nothing",
    "use the name of a criterion that there is",
)
NO_WEIGHT: Final = Code(
    "MK-SCO-015",
    Severity.ERROR,
    "a weight says how much a criterion counts, by a number from 0 to 1e150",
    "give every criterion a weight of 0 or more, or give no weights",
)
NO_DIRECTION: Final = Code(
    "MK-SCO-016",
    Severity.ERROR,
    "only where it is known which numbers are good can one be better",
    "say higher or lower",
)
NO_RANKER: Final = Code(
    "MK-SCO-017",
    Severity.ERROR,
    "only what makes a ranker of a table of options can put them in order",
    "pass the name of a method, or what takes `options` and gives a ranker",
)
NO_NORMALIZATION: Final = Code(
    "MK-SCO-018",
    Severity.ERROR,
    "a method that compares numbers as they are has no normalization",
    "leave the normalization out",
)
