"""Everything that the rules found: one table that can be filtered, and the reasons."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from missionkit.issue import Issue
from missionkit.report.allowed import allowed
from missionkit.report.blocks import Grid, Heading, Paragraph, Section
from missionkit.report.filtered import Filter, Filtered
from missionkit.report.inline import Coded, Inline, Mark, Tone, Written
from missionkit.report.ranking import TONES
from missionkit.report.view import PackView
from missionkit.report.who import who_acts
from missionkit.report.wording import plural
from missionkit.rules.selection import family_of

ORDER: Final = 70
_MOST: Final = 1_000
_HEAD: Final = ("", "What", "Element", "Field", "Who", "Rule")
_REASONS: Final = ("Rule", "Found", "Why it matters", "What to do")


def section(view: PackView) -> Section:
    """Return the findings, what was waived, and why each rule asks."""
    issues = view.checked.issues
    blocks: list[Written] = [
        Paragraph(
            "What is wrong (error), what may be wrong (warning), and what would help"
            " (advice). All of them stand in issues.json."
        ),
        _table(issues[:_MOST], who_acts(view)),
    ]
    if len(issues) > _MOST:
        more = plural(len(issues) - _MOST, "more finding")
        blocks.append(Paragraph(f"And {more} in issues.json."))
    if issues:
        blocks += [Heading("What the rules say"), _reasons(view)]
    else:
        blocks = [Paragraph(_nothing(view))]
    return Section(title="Findings", id="findings", blocks=[*blocks, *_waived(view)])


def _nothing(view: PackView) -> Inline:
    if view.nothing_asked:
        return Mark("No rule was asked.", Tone.WARN)
    return Mark("The rules found nothing.", Tone.GOOD)


def _table(issues: Sequence[Issue], who: Mapping[str, str]) -> Written:
    rows = [_row(issue, who[issue.code]) for issue in issues]
    filters = (
        Filter("Severity", [issue.severity.value for issue in issues]),
        Filter("Who must act", [who[issue.code] for issue in issues]),
        Filter("Rules", [family_of(issue.code) for issue in issues]),
    )
    return Filtered(Grid(_HEAD, rows), filters)


def _row(issue: Issue, who: str) -> tuple[Inline, ...]:
    return (
        Mark(issue.severity.value, TONES[issue.severity]),
        issue.message,
        Coded(issue.ref),
        Coded(issue.path),
        who,
        Coded(issue.code),
    )


def _reasons(view: PackView) -> Written:
    """Return why each rule asks, and what to do about it."""
    rows = [
        (
            Coded(code),
            str(len(issues)),
            _one({issue.why for issue in issues}, "see each element's own reason"),
            _one({issue.fix for issue in issues}, "see issues.json").replace("`", ""),
        )
        for code, issues in view.checked.by_code().items()
    ]
    return Grid(_REASONS, rows)


def _one(said: set[str], otherwise: str) -> str:
    return said.pop() if len(said) == 1 else otherwise


def _waived(view: PackView) -> Iterator[Written]:
    if not view.checked.waived:
        return
    yield Heading("Allowed for a time")
    yield Paragraph("These were found, too, and somebody who may has waived them.")
    yield from allowed(view, view.checked.waived)
