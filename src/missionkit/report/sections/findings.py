"""Everything that the rules found, each with its place, reason and remedy."""

from collections.abc import Sequence
from typing import Final

from missionkit.issue import Issue, Severity
from missionkit.report.blocks import Grid, Heading, Paragraph, Section
from missionkit.report.inline import Coded, Mark, Tone, Written
from missionkit.report.view import PackView

ORDER: Final = 70
_MOST: Final = 100
_TONES: Final = {
    Severity.ERROR: Tone.BAD,
    Severity.WARNING: Tone.WARN,
    Severity.ADVICE: Tone.PLAIN,
}


def section(view: PackView) -> Section:
    """Return the findings, one table for each code."""
    groups = view.checked.by_code()
    blocks: list[Written] = [
        Paragraph(
            "What is wrong (error), what may be wrong (warning), and what would help"
            " (advice). All of them stand in issues.json."
        )
    ]
    for code, issues in groups.items():
        blocks += _group(code, issues)
    if not groups:
        blocks = [Paragraph(Mark("The rules found nothing.", Tone.GOOD))]
    return Section(title="Findings", id="findings", blocks=blocks)


def _group(code: str, issues: Sequence[Issue]) -> list[Written]:
    first = issues[0]
    shared = len({issue.why for issue in issues}) == 1
    rows = [
        (
            issue.message,
            Coded(issue.ref),
            Coded(issue.path),
            *(() if shared else (issue.why,)),
        )
        for issue in issues[:_MOST]
    ]
    head = ("What", "Element", "Field", *(() if shared else ("Why it matters",)))
    said = (
        Mark(first.severity.value, _TONES[first.severity]),
        f" {len(issues)} found. ",
    )
    why = f"Why it matters: {first.why}. " if shared else ""
    blocks: list[Written] = [
        Heading(code),
        Paragraph((*said, f"{why}What to do: {first.fix}.")),
        Grid(head, rows),
    ]
    if len(issues) > _MOST:
        blocks.append(Paragraph(f"… and {len(issues) - _MOST} more."))
    return blocks
