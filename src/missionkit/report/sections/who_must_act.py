"""What is to be done by whom: the issues by the role that has to act on them."""

from typing import Final

from missionkit.issue import Severity
from missionkit.report.blocks import Grid, Heading, Paragraph, Section
from missionkit.report.inline import Coded, Inline, Mark, Written
from missionkit.report.ranking import TONES
from missionkit.report.view import PackView
from missionkit.report.who import Task, tasks_of
from missionkit.report.wording import plural

ORDER: Final = 65
_HEAD: Final = ("What to do", "About", "How many", "Rule")
_MOST: Final = 12


def section(view: PackView) -> Section | None:
    """Return a table for each role with what it has to do, the gravest first."""
    found = tasks_of(view)
    if not found:
        return None
    blocks: list[Written] = [
        Paragraph(
            "Every finding, by the role that can mend it. Where somebody plays the"
            " role for the element itself, it is theirs; else it falls to whoever"
            " plays it for the whole organization."
        )
    ]
    for who, tasks in found.items():
        rows = [_row(view, task) for task in tasks[:_MOST]]
        blocks += [Heading(who), Grid(_HEAD, rows)]
        if len(tasks) > _MOST:
            blocks.append(Paragraph(f"And {plural(len(tasks) - _MOST, 'more task')}."))
    return Section(title="Who must act", id="who-must-act", blocks=blocks)


def _row(view: PackView, task: Task) -> tuple[Inline, ...]:
    severity: Severity = task.severity
    count = Mark(f"{len(task.issues)} {severity.value}", TONES[severity])
    return task.said, view.named(task.refs), count, Coded(task.code)
