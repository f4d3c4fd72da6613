"""The four key stages of mission management.

The published source shows the stages' names only in a picture. What they contain is
well founded, their wording is a reconstruction: labels are data and may be changed,
code refers to the four keys.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from missionkit.domain.lifecycle import lifecycle
from missionkit.domain.stages import (
    Gate,
    Move,
    Permission,
    ReviewAct,
    Stage,
    StageOutput,
)
from missionkit.domain.workflow import Workflow

_ALL: Final = (
    "mission-management",
    "resource-management",
    "demand-creation",
    "demand-fulfillment",
)


def _rules(*numbers: int) -> Gate:
    return Gate(rules=tuple(f"MK-GAT-{number:03}" for number in numbers))


def _output(name: str, *consumers: str) -> StageOutput:
    """Return an output; the view that shows it is called like it."""
    view = name.lower().replace(" ", "-")
    return StageOutput(name=name, consumers=consumers, view=view)


def _to_next(stage: str, *names: str) -> tuple[StageOutput, ...]:
    return tuple(_output(name, stage) for name in names)


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
        _output("Business plan", *_ALL),
        _output("New offering strategy", "demand-creation"),
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
        _output("Resource demand", "resource-management"),
        _output("Management system release", *_ALL),
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
        _output("Performance report", *_ALL),
        _output("Improvement plan", *_ALL),
        _output("Decision log", *_ALL),
        *_to_next("understand", "Strategic review report"),
    ),
    entry=_rules(26, 27),
    exit=_rules(28, 29, 30, 31, 32, 33, 34),
    accountable=("sponsor",),
    responsible=("reviewer", "owner"),
    consulted=("stakeholder_rep",),
)

_STAGES: Final = (_UNDERSTAND, _DIRECT, _ENABLE, _REVIEW)
_KEYS: Final = tuple(stage.key for stage in _STAGES)
_SPONSOR: Final = ("sponsor",)
_LEADERS: Final = ("facilitator", "sponsor")
_REVIEWERS: Final = ("sponsor", "reviewer")

# Where a correction leads, and who may cause it: the first cause that is given wins.
_CORRECTIONS: Final = (
    ("understand", ("material_change",), _SPONSOR),
    ("understand", ("needs_changed", "knowledge_missing"), _LEADERS),
    ("direct", ("objective_wrong", "infeasible"), _LEADERS),
    ("enable", ("process_incapable",), _LEADERS),
)


def _completions() -> Iterator[Move]:
    for source, target in pairwise(_KEYS):
        yield Move(event="complete", source=source, target=target, roles=_LEADERS)
    yield Move(
        event="complete",
        source=_KEYS[-1],
        target="closed",
        roles=_SPONSOR,
        guards=("carry_over_kept",),
    )


def _corrections() -> Iterator[Move]:
    """Yield the moves back: to the stage itself, or to one before it."""
    for at, source in enumerate(_KEYS):
        for priority, (target, causes, roles) in enumerate(_CORRECTIONS, 1):
            if target in _KEYS[: at + 1]:
                yield Move(
                    event="correct",
                    source=source,
                    target=target,
                    causes=causes,
                    roles=roles,
                    priority=priority,
                    gated=False,
                )


FOUR_STAGES: Final = Workflow(
    name="four-stages",
    version=1,
    label="The four key stages of mission management",
    stages=_STAGES,
    moves=(
        *lifecycle(
            "understand",
            open=_SPONSOR,
            run=_LEADERS,
            cancel=_SPONSOR,
            cancel_guards=("actions_rehomed",),
        ),
        *_completions(),
        *_corrections(),
    ),
    permissions=(
        Permission(act=ReviewAct.OPEN_REVIEW, roles=_LEADERS),
        Permission(act=ReviewAct.APPROVE, roles=_REVIEWERS),
        Permission(act=ReviewAct.REAFFIRM, roles=_REVIEWERS),
        Permission(act=ReviewAct.WAIVE, roles=_SPONSOR),
        Permission(act=ReviewAct.DISPOSE_AGENDA_ITEM, roles=_LEADERS),
        Permission(act=ReviewAct.DECIDE, roles=_REVIEWERS),
        Permission(act=ReviewAct.ASSIGN_ACTION, roles=("facilitator", "owner")),
        Permission(act=ReviewAct.VERIFY_ACTION, roles=("reviewer", "owner")),
        Permission(act=ReviewAct.MIGRATE, roles=_SPONSOR),
    ),
    provenance=(
        "After D. Hoyle's mission management process; the stage names are a"
        " reconstruction from the order of its outputs."
    ),
)
"""Understand, direct, enable, review: a closed loop with memory."""
