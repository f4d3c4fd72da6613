"""How well the organization manages its mission: the measures of the process itself."""

from typing import Final

from missionkit.report.blocks import Paragraph, Section
from missionkit.report.mission_measures import measures_grid
from missionkit.report.view import PackView
from missionkit.review.measures import mission_measures

ORDER: Final = 57


def section(view: PackView) -> Section:
    """Return the measures of the mission process, each with what it counts."""
    found = mission_measures(view.model, on=view.on)
    said = (
        "Does the management of the mission do its own work? Nothing is estimated:"
        " what is not recorded is not judged."
    )
    return Section(
        title="The mission process itself",
        id="mission-process",
        blocks=(Paragraph(said), measures_grid(found, view.title)),
    )
