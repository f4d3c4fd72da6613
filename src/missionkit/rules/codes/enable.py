"""Codes of the gates of the stage in which the processes are developed."""

from typing import Final

from missionkit.issue import Code, Severity

DIRECTION_NOT_APPROVED: Final = Code(
    "MK-GAT-017",
    Severity.ERROR,
    "processes that are built on plans which nobody stands by are built twice",
    "have the artifacts of stage 'direct' approved as they are now",
    act="Approve mission, objectives and plans as they are now",
    by="sponsor",
)
WORK_AND_AIM_APART: Final = Code(
    "MK-GAT-018",
    Severity.ERROR,
    "objectives without work are wishes, and work without an objective is idle",
    "fill `achieves` of processes so that each objective has one, and each has one",
    act="Match processes and objectives until none is left over",
    by="engineer",
)
DESIGN_NOT_SETTLED: Final = Code(
    "MK-GAT-019",
    Severity.ERROR,
    "a process without an owner or without answers to the five questions is no design",
    "assign one owner, and answer the five questions of the brief",
    act="Finish the design of every process, and name its owner",
    by="engineer",
)
MATRIX_NOT_CLEAN: Final = Code(
    "MK-GAT-020",
    Severity.ERROR,
    "work starts only where it is settled who does it and who answers for it",
    "give each row of the responsibility matrix one A and at least one R",
    act="Settle who answers for what, and who does it",
    by="owner",
)
FLOW_DANGLING: Final = Code(
    "MK-GAT-021",
    Severity.ERROR,
    "what is taken from nobody never comes, and what nobody takes is made in vain",
    "name a living process or a stakeholder at both ends of the flow",
    act="Tie up the loose ends between processes",
    by="engineer",
)
MEASURE_NOT_RUN: Final = Code(
    "MK-GAT-022",
    Severity.ERROR,
    "a measure is read only if somebody has to, and knows how often",
    "assign a role of the kind data_owner on the measure, and fill `frequency`",
    act="Say who reads each measure, and how often",
    by="owner",
)
DEMAND_NOT_SETTLED: Final = Code(
    "MK-GAT-023",
    Severity.ERROR,
    "a process that does not get what it needs cannot keep its promise",
    "commit it; or refuse it, and address it by a decision or an improvement action",
    act="Settle every demand for resources",
    by="manager",
)
PROCESS_NOT_IN_USE: Final = Code(
    "MK-GAT-024",
    Severity.ERROR,
    "what is not in use has no results that could be reviewed",
    "record the rungs that are missing in `release`, with their days",
    act="Bring every process into use, and prove the critical ones",
    by="owner",
)
RISK_NOT_ANSWERED: Final = Code(
    "MK-GAT-025",
    Severity.ERROR,
    "a response that is part of nobody's work is not given",
    "fill `response`, and place it: by an action, a directive or a relation",
    act="Build the answer to every risk into somebody's work",
    by="owner",
)
