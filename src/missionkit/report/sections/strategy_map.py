"""The strategy map: everything on one picture."""

from typing import Final

from missionkit.report.blocks import Figure, Paragraph, Section
from missionkit.report.pictures.chart import chart_of
from missionkit.report.pictures.strategy_map import MOST, strategy_map
from missionkit.report.view import PackView

ORDER: Final = 20


def section(view: PackView) -> Section:
    """Return the map with what it shows in words."""
    said = chart_of(view.model, on=view.on, most=MOST).in_words()
    how = (
        "From left to right: who has a stake, what they need, the objectives that"
        " answer the needs, the goals that these serve, and the mission. A dashed box"
        " with a cross has no way on at that end."
    )
    blocks = (Paragraph(how), Figure(strategy_map(view.model, on=view.on), said))
    return Section(title="Strategy map", id="strategy-map", blocks=blocks)
