"""The line of sight of every need, one row each."""

from typing import Final

from missionkit.report.blocks import Grid, Paragraph, Section
from missionkit.report.inline import Faint, Inline, Mark, Strong, Tone, Written
from missionkit.report.lines import NeedLine
from missionkit.report.view import PackView
from missionkit.report.wording import plural

ORDER: Final = 30
_MOST: Final = 500
_HEAD: Final = ("Need", "Of", "Weight", "Objectives", "Processes", "Line of sight")


def section(view: PackView) -> Section:
    """Return the table of needs."""
    rows = [_row(view, line) for line in view.lines[:_MOST]]
    blocks: list[Written] = [
        Paragraph(
            "A line is whole where one objective answers the need, leads up to the"
            " mission, and has a process that somebody performs."
        ),
        Grid(_HEAD, rows) if rows else Paragraph("No needs are recorded."),
    ]
    if len(view.lines) > _MOST:
        more = plural(len(view.lines) - _MOST, "need")
        blocks.append(Paragraph(f"{more} of less weight not listed."))
    return Section(title="Line of sight", id="line-of-sight", blocks=blocks)


def _row(view: PackView, line: NeedLine) -> tuple[Inline, ...]:
    need = line.need
    stops = "; ".join(line.breaks)
    return (
        Strong(need.statement),
        view.title(need.stakeholder) if need.stakeholder else Faint("nobody named"),
        Faint("not rated") if need.importance is None else f"{need.importance:g}",
        view.named(line.objectives) or Faint("none"),
        view.named(line.processes) or Faint("none"),
        Mark("whole", Tone.GOOD)
        if line.whole
        else (Mark("broken", Tone.BAD), f": {stops}"),
    )
