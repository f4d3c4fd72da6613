"""How the pack was made, and what it cannot say."""

from typing import Final

from missionkit.report.blocks import Bullets, Grid, Heading, Paragraph, Section
from missionkit.report.inline import Coded, Inline, Written
from missionkit.report.view import PackView

ORDER: Final = 90
_METHOD: Final = (
    (
        "The pack tells what the model says and what it leaves out. Whether the model"
        " is true of the organization, only people can say."
    ),
    (
        "Needs that were declined or withdrawn and objectives that were dropped are not"
        " followed."
    ),
    (
        "What to do first: errors before warnings before advice, then by what hangs on"
        " the elements. That is the importance of the needs they serve, 0.5 where it"
        " is not rated, and a tenth for each element linked through them."
    ),
    (
        "A process is performed where a role is played on the day of the review on it,"
        " on a part of it, or on the process that it is part of."
    ),
)


def section(view: PackView) -> Section:
    """Return method, limits, and what was not judged."""
    day = f"Judged on {view.on}; {view.checked.checked} elements were checked."
    blocks: list[Written] = [Bullets((day, *_METHOD))]
    missed = view.checked.not_judged
    if missed:
        rows: list[tuple[Inline, ...]] = [
            (Coded(each.code), each.why, str(len(each.refs) or "")) for each in missed
        ]
        blocks += [Heading("Not judged"), Grid(("Code", "Why", "Elements"), rows)]
    if view.checked.limits:
        limits = [(limit.name, f"{limit.value:g}") for limit in view.checked.limits]
        blocks += [Heading("Limits"), Grid(("Limit", "Value"), limits)]
    blocks.append(Paragraph("Every code is explained by: missionkit explain CODE."))
    return Section(title="Method and limits", id="method-and-limits", blocks=blocks)
