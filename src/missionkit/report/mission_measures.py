"""The measures of the mission process as a table."""

from collections.abc import Callable
from typing import Final

from missionkit.report.blocks import Grid
from missionkit.report.inline import Faint, Inline, Strong
from missionkit.report.wording import listed
from missionkit.review.mission_measure import MissionMeasure, MissionMeasures

_NAMED: Final = 3
_HEAD: Final = ("Measure", "Value", "Counted", "Of which", "What is left out")


def measures_grid(found: MissionMeasures, title: Callable[[str], str]) -> Grid:
    """Return a table of the measures; *title* names the elements they count."""
    return Grid(_HEAD, [_row(each, title) for each in found])


def _row(each: MissionMeasure, title: Callable[[str], str]) -> tuple[Inline, ...]:
    judged = each.value is not None
    name = f"Satisfaction of {title(each.about)}" if each.about else each.name
    missing = each.missing
    titles = [title(ref) for ref in missing[:_NAMED]]
    lacking = listed(titles, len(missing[_NAMED:]))
    return (
        (Strong(f"{name[:1].upper()}{name[1:]}"), " ", Faint(each.meaning)),
        Strong(each.said) if judged else Faint(each.said),
        each.size,
        f"not {lacking}" if lacking else "",
        each.reason,
    )
