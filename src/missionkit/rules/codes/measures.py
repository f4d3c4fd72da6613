"""Codes of how success is measured."""

from typing import Final

from missionkit.issue import Code, Severity

LEVELS_OUT_OF_ORDER: Final = Code(
    "MK-MSR-017",
    Severity.ERROR,
    "a result is judged by where it lies between worst value, threshold and target",
    "correct the value that is out of order, or `direction`",
    act="Put worst value, threshold and target of each measure in order",
    by="planner",
)
UNIT_MISMATCH: Final = Code(
    "MK-MSR-018",
    Severity.ERROR,
    "values of different units or scales cannot be compared",
    "write the value in the unit or scale of the measure",
    act="Record every value in the unit of its measure",
    by="data_owner",
)
OUTSIDE_LIFE: Final = Code(
    "MK-MSR-019",
    Severity.ERROR,
    "a reading from before or after says nothing of what is measured",
    "correct the day or the measure of the reading",
    act="Correct readings that fall outside of what they measure",
    by="data_owner",
)
RETARGETED: Final = Code(
    "MK-MSR-020",
    Severity.WARNING,
    "who moves the target when results are known can make any result a success",
    "judge the period by the earlier target too, and record who decided and why",
    act="Judge retargeted results by the first target, too",
    by="sponsor",
)
ONE_SIDED: Final = Code(
    "MK-MSR-021",
    Severity.WARNING,
    "what is only counted afterward, or only in money, is noticed too late",
    "add measures that warn early, and measures of other things than money",
    act="Balance the measures: early ones, and not only of money",
    by="planner",
)
TOO_MANY_OBJECTIVES: Final = Code(
    "MK-MSR-022",
    Severity.WARNING,
    "where everything has priority, nothing has",
    "merge, drop or put off some of the objectives",
    act="Pursue fewer objectives at a time",
    by="sponsor",
)
