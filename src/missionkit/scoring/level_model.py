"""Models of levels as data: components, their levels, and how ratings make a level."""

from enum import StrEnum
from typing import Annotated, Final

from attrs import frozen

from missionkit.domain.declaration import value
from missionkit.domain.marks import NotEmpty
from missionkit.domain.values import Line, Weight


class LevelRule(StrEnum):
    """How the ratings of components make one value.

    steps: a component is on a level if it and all below are largely true; the lowest
    component counts. points: a component has the mean of its attributes, but no more
    than the first of them; it counts by its points.
    """

    STEPS = "steps"
    POINTS = "points"


@frozen(kw_only=True)
@value
class LevelComponent:
    """What is rated: its name, to which group it belongs, and what it counts.

    `levels` are its own names, where they are not those of the model. What is rated as
    a whole under the name of the group needs no ratings of its components.
    """

    name: Line
    group: str = ""
    points: Weight = 1.0
    levels: tuple[Line, ...] = ()


@frozen(kw_only=True)
@value
class LevelModel:
    """Components, the names of their levels from the lowest, and the rule.

    With the rule of points the levels are attributes, and the first bounds the rest.
    """

    name: Line
    title: Line
    components: Annotated[tuple[LevelComponent, ...], NotEmpty()]
    levels: Annotated[tuple[Line, ...], NotEmpty()]
    rule: LevelRule = LevelRule.STEPS


def _grouped(groups: dict[str, tuple[str, ...]]) -> tuple[LevelComponent, ...]:
    return tuple(
        LevelComponent(name=name, group=group)
        for group, names in groups.items()
        for name in names
    )


# The structure of M. Hammer, The Process Audit, Harvard Business Review 85(4), 2007;
# what a level asks of a component is in the words of whoever rates it.
PROCESS_ENABLERS: Final = LevelModel(
    name="process-enablers",
    title="Process enablers",
    components=_grouped(
        {
            "design": ("purpose", "context", "documentation"),
            "performers": ("knowledge", "skills", "behavior"),
            "owner": ("identity", "activities", "authority"),
            "infrastructure": ("information systems", "human resource systems"),
            "metrics": ("definition", "uses"),
        }
    ),
    levels=("P-1", "P-2", "P-3", "P-4"),
)
ENTERPRISE_CAPABILITY: Final = LevelModel(
    name="enterprise-capability",
    title="Enterprise capability",
    components=_grouped(
        {
            "leadership": ("awareness", "alignment", "behavior", "style"),
            "culture": (
                "teamwork",
                "customer focus",
                "responsibility",
                "attitude toward change",
            ),
            "expertise": ("people", "methodology"),
            "governance": ("process model", "accountability", "integration"),
        }
    ),
    levels=("E-1", "E-2", "E-3", "E-4"),
)
_OF_APPROACHES: Final = (
    "sound",
    "aligned",
    "implemented",
    "flexible",
    "evaluated and understood",
    "learn and improve",
)
_OF_RESULTS: Final = (
    "scope and relevance",
    "usable data",
    "trends",
    "targets",
    "comparisons",
    "future focus",
)
# The criteria and points of the EFQM Model 2020. By its RADAR matrices approaches are
# sound and aligned, deployment is implemented and flexible, assessment and refinement
# are evaluated and understood, learn and improve; results have relevance and usability
# (the first two) and performance. What is sound, or relevant, bounds the rest. EFQM
# leaves the overall percentage to assessors; the mean of the attributes is ours. The
# matrices themselves were not at hand: the attributes are as others tell of them.
RADAR: Final = LevelModel(
    name="radar",
    title="RADAR",
    components=tuple(
        LevelComponent(name=name, group=group, points=points, levels=levels)
        for group, name, points, levels in (
            ("direction", "purpose, vision and strategy", 100, _OF_APPROACHES),
            ("direction", "culture and leadership", 100, _OF_APPROACHES),
            ("execution", "engaging stakeholders", 100, _OF_APPROACHES),
            ("execution", "creating sustainable value", 200, _OF_APPROACHES),
            (
                "execution",
                "driving performance and transformation",
                100,
                _OF_APPROACHES,
            ),
            ("results", "stakeholder perceptions", 200, _OF_RESULTS),
            ("results", "strategic and operational performance", 200, _OF_RESULTS),
        )
    ),
    levels=_OF_APPROACHES,
    rule=LevelRule.POINTS,
)
LEVEL_MODELS: Final = (PROCESS_ENABLERS, ENTERPRISE_CAPABILITY, RADAR)
"""The models of levels that missionkit has itself."""
