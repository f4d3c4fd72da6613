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
        "What to do first: errors before warnings before advice; then what breaks the"
        " line before responsibilities and structure; then the need that is cut off,"
        " the weightiest first, 0.5 where its importance is not rated."
    ),
    (
        "A process is performed where a role is played on the day of the review on it,"
        " on a part of it, or on the process that it is part of."
    ),
)
_HIDDEN: Final = (
    "People are not named in this pack. An id stands for the name of each party, and"
    " in every text for the name of a party or stakeholder that is a person; ids that"
    " were made of such a name are replaced, too. The names of organizations stay, and"
    " so do acronyms."
)
_NOT_HIDDEN: Final = (
    "What cannot be hidden: a name that is written differently, such as a family name"
    " alone, an initial or a nickname, and persons whom the model does not know as"
    " parties or stakeholders. Read the pack before you send it."
)


def section(view: PackView) -> Section:
    """Return method, limits, and what was not judged."""
    day = f"Judged on {view.on}; {view.checked.checked} elements were checked."
    blocks: list[Written] = [Bullets((day, *_METHOD, *_hidden(view)))]
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


def _hidden(view: PackView) -> tuple[str, ...]:
    return () if view.people else (_HIDDEN, _NOT_HIDDEN)
