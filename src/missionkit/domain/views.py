"""What artifacts show: parts of a model, declared once and by version.

An approval pins the content of what a view showed. A view never changes: where it is
to show more, it gets another version, and what was approved is judged by its own.
"""

from typing import Final

from attrs import frozen

from missionkit.domain.conduct import (
    AllocationSnapshot,
    Client,
    ClientProfile,
    RevenueSnapshot,
)
from missionkit.domain.context import Assessment, Influencer, PotentialImpact
from missionkit.domain.declaration import Element
from missionkit.domain.intent import CoreIntent
from missionkit.domain.measure import Observation, SuccessMeasure
from missionkit.domain.plan import (
    BusinessOutput,
    CourseOfAction,
    Directive,
    Goal,
    Objective,
)
from missionkit.domain.process import (
    Activity,
    Flow,
    Process,
    Resource,
    ResourceDemand,
)
from missionkit.domain.review import (
    AgendaItem,
    Conclusion,
    Decision,
    DriftSignal,
    ImprovementAction,
)
from missionkit.domain.role import Responsibility, Role
from missionkit.domain.stakeholder import Need, Stakeholder

Kind = type[Element]


@frozen
class View:
    """A part of a model: all elements of some kinds, under a name and a version."""

    key: str
    kinds: tuple[Kind, ...]
    title: str
    version: int = 1


VIEWS: Final = (
    View("stakeholder-register", (Stakeholder, Need), "Stakeholder register"),
    View("needs-register", (Need,), "Needs register"),
    View("market-research", (Influencer, Client, ClientProfile), "Market research"),
    View(
        "strategic-analysis",
        (Influencer, Assessment, PotentialImpact),
        "Strategic analysis",
    ),
    View("core-intent", (CoreIntent,), "Core intent"),
    View("objective-tree", (Goal, Objective, SuccessMeasure), "Objective tree"),
    View("strategy", (CourseOfAction, Directive), "Strategy"),
    View(
        "business-plan",
        (Goal, Objective, CourseOfAction, ResourceDemand),
        "Business plan",
    ),
    View(
        "new-offering-strategy",
        (BusinessOutput, CourseOfAction),
        "New offering strategy",
    ),
    View("risk-register", (PotentialImpact,), "Risk register"),
    View("process-map", (Process, Flow), "Process map"),
    View("process-definitions", (Process, Activity), "Process definitions"),
    View("responsibility-matrix", (Role, Responsibility), "Responsibility matrix"),
    View("measurement-plan", (SuccessMeasure,), "Measurement plan"),
    View("resource-demand", (Resource, ResourceDemand), "Resource demand"),
    View("management-system-release", (Process,), "Management system release"),
    View(
        "performance-report",
        (Objective, SuccessMeasure, Observation),
        "Performance report",
    ),
    View("improvement-plan", (ImprovementAction,), "Improvement plan"),
    View("decision-log", (Decision,), "Decision log"),
    View(
        "strategic-review-report",
        (
            AgendaItem,
            Conclusion,
            Decision,
            DriftSignal,
            AllocationSnapshot,
            RevenueSnapshot,
        ),
        "Strategic review report",
    ),
)
"""Every view that missionkit knows, each version of it."""

_BY_NAME: Final = {(view.key, view.version): view for view in VIEWS}
_NEWEST: Final = {view.key: view for view in VIEWS}


def view_named(key: str | None, version: int | None = None) -> View | None:
    """Return a view by its key, the newest unless a version is named; or None."""
    if version is None:
        return _NEWEST.get(key or "")
    return _BY_NAME.get((key or "", version))
