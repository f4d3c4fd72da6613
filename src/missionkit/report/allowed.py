"""What somebody allowed for a time: who granted it, why, and until when."""

from collections.abc import Iterator, Sequence
from typing import Final

from missionkit.report.blocks import Grid, Paragraph
from missionkit.report.inline import Coded, Faint, Fixed, Inline, Written
from missionkit.report.view import PackView
from missionkit.rules.waivers import Waived

MOST: Final = 200
_HEAD: Final = ("What", "Element", "Why", "Granted by", "Asked by", "Until", "Rule")


def allowed(view: PackView, waived: Sequence[Waived]) -> Iterator[Written]:
    """Yield a table of what was waived, and how much more of it there is."""
    yield Grid(_HEAD, [_row(view, each) for each in waived[:MOST]])
    if len(waived) > MOST:
        yield Paragraph(Faint(f"And {len(waived) - MOST} more in issues.json."))


def _row(view: PackView, each: Waived) -> tuple[Inline, ...]:
    asked = each.waiver.requested_by
    return (
        each.issue.message,
        Coded(each.issue.ref),
        each.waiver.why,
        view.title(each.waiver.granted_by),
        view.title(asked) if asked else "",
        Fixed(each.waiver.until.isoformat()),
        Coded(each.issue.code),
    )
