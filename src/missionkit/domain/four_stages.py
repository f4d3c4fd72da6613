"""The four key stages of mission management.

The published source shows the stages' names only in a picture. What they contain is
well founded, their wording is a reconstruction: labels are data and may be changed,
code refers to the four keys.
"""

from typing import Final

from missionkit.domain.workflow import Gate, Stage, StageOutput, Workflow

_ALL: Final = (
    "mission-management",
    "resource-management",
    "demand-creation",
    "demand-fulfillment",
)


def _rules(*numbers: int) -> Gate:
    return Gate(rules=tuple(f"MK-GAT-{number:03}" for number in numbers))


def _to_next(stage: str, *names: str) -> tuple[StageOutput, ...]:
    return tuple(StageOutput(name=name, consumers=(stage,)) for name in names)


_UNDERSTAND: Final = Stage(
    key="understand",
    label="Understand stakeholder needs and the business environment",
    work_processes=(
        "Identify stakeholders",
        "Determine needs and expectations",
        "Research the market",
        "Scan external and internal issues",
        "Assess strengths, weaknesses, opportunities and threats",
        "Read the report of the last strategic review",
    ),
    inputs=(
        "Report of the last strategic review",
        "Capable and competent resources",
        "Open actions carried over",
    ),
    outputs=_to_next(
        "direct",
        "Stakeholder register",
        "Needs register",
        "Market research",
        "Strategic analysis",
    ),
    entry=_rules(1, 2),
    exit=_rules(3, 4, 5, 6, 7, 8),
    accountable=("sponsor",),
    responsible=("facilitator",),
    consulted=("stakeholder_rep",),
)

_DIRECT: Final = Stage(
    key="direct",
    label="Establish direction: mission, vision, goals, strategy and plans",
    work_processes=(
        "Confirm the purpose and set mission, vision and values",
        "Derive goals and measurable objectives from needs",
        "Choose strategies",
        "Identify risks and opportunities",
        "Plan the business",
        "Set the new product and service strategy",
    ),
    inputs=("Approved results of understand", "Capable and competent resources"),
    outputs=(
        *_to_next("enable", "Core intent", "Objective tree", "Strategy"),
        StageOutput(name="Business plan", consumers=_ALL),
        StageOutput(name="New offering strategy", consumers=("demand-creation",)),
        *_to_next("enable", "Risk register"),
    ),
    entry=_rules(9),
    exit=_rules(10, 11, 12, 13, 14, 15, 16),
    accountable=("sponsor",),
    responsible=("planner",),
    consulted=("owner", "stakeholder_rep"),
)

_ENABLE: Final = Stage(
    key="enable",
    label="Develop the processes: the management system",
    work_processes=(
        "Derive business outputs and process objectives",
        "Identify and model processes and their interfaces",
        "Assign owners",
        "Define measures",
        "Specify resources",
        "Document, publish, install and commission the system",
    ),
    inputs=("Business plan", "Objectives", "Committed resources"),
    outputs=(
        *_to_next(
            "review",
            "Process map",
            "Process definitions",
            "Responsibility matrix",
            "Measurement plan",
        ),
        StageOutput(name="Resource demand", consumers=("resource-management",)),
        StageOutput(name="Management system release", consumers=_ALL),
    ),
    entry=_rules(17),
    exit=_rules(18, 19, 20, 21, 22, 23, 24, 25),
    accountable=("engineer", "owner"),
    responsible=("owner", "coach"),
    consulted=("performer",),
)

_REVIEW: Final = Stage(
    key="review",
    label="Review performance and plan improvement",
    work_processes=(
        "Collect the performance of all processes",
        "Compare it with the plan",
        "Find causes",
        "Audit and assess maturity",
        "Detect drift",
        "Decide on improvement, correction of course, or change of mission",
        "Report",
    ),
    inputs=(
        "Observations of all processes",
        "Results of audits and maturity assessments",
        "Allocation and revenue snapshots",
        "Status of earlier actions",
        "Agenda",
    ),
    outputs=(
        StageOutput(name="Performance report", consumers=_ALL),
        StageOutput(name="Improvement plan", consumers=_ALL),
        StageOutput(name="Decision log", consumers=_ALL),
        *_to_next("understand", "Strategic review report"),
    ),
    entry=_rules(26, 27),
    exit=_rules(28, 29, 30, 31, 32, 33, 34),
    accountable=("sponsor",),
    responsible=("reviewer", "owner"),
    consulted=("stakeholder_rep",),
)

FOUR_STAGES: Final = Workflow(
    name="four-stages",
    version=1,
    stages=(_UNDERSTAND, _DIRECT, _ENABLE, _REVIEW),
    provenance=(
        "After D. Hoyle's mission management process; the stage names are a"
        " reconstruction from the order of its outputs."
    ),
)
"""Understand, direct, enable, review: a closed loop with memory."""
