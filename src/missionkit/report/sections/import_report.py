"""What came in: from where, what was mended on the way, and what was lost."""

from typing import Final

from attrs import evolve

from missionkit.issue import Issue, Source
from missionkit.ports.format import Lost
from missionkit.report.blocks import Grid, Heading, Paragraph, Section
from missionkit.report.inline import Coded, Inline, Mark, Tone, Written
from missionkit.report.view import PackView
from missionkit.report.wording import losses, plural

ORDER: Final = 80
_MOST: Final = 200


def section(view: PackView) -> Section | None:
    """Return what the import reported; None where the model was not imported."""
    imported = view.imported
    if imported is None:
        return None
    counts = [
        (kind.replace("_", " "), str(count))
        for kind, count in view.model.counts().items()
    ]
    blocks: list[Written] = [
        Paragraph(f"Read from {view.source}."),
        Grid(("Kind", "Elements"), counts),
        Heading("Mended or remarked"),
        *_mended(imported.issues),
        Heading("Lost"),
        *_lost(imported.lost),
    ]
    return Section(title="What was imported", id="what-was-imported", blocks=blocks)


def _mended(issues: tuple[Issue, ...]) -> list[Written]:
    if not issues:
        return [Paragraph(Mark("Nothing had to be mended.", Tone.GOOD))]
    rows: list[tuple[Inline, ...]] = [
        (Coded(i.code), _place(i.source), i.message, i.value, i.why)
        for i in issues[:_MOST]
    ]
    head = ("Code", "Line", "What", "Value", "Why")
    return [Grid(head, rows), *_more(len(issues), "remark")]


def _lost(everything: tuple[Lost, ...]) -> list[Written]:
    lost, left_out = losses(everything)
    rest = [Paragraph(f"{left_out}; issues.json lists them.")] if left_out else []
    if not lost:
        return [Paragraph(Mark("Nothing was lost.", Tone.GOOD)), *rest]
    rows = [
        (each.path, _place(each.source), each.value, each.why) for each in lost[:_MOST]
    ]
    head = ("Place", "Line", "Value", "Why")
    return [Grid(head, rows), *_more(len(lost), "loss"), *rest]


def _place(source: Source | None) -> str:
    """Return where something stands; which file it is has been said already."""
    return str(evolve(source, file="")) if source else ""


def _more(count: int, word: str) -> list[Written]:
    if count <= _MOST:
        return []
    many = "losses" if word == "loss" else f"{word}s"
    more = plural(count - _MOST, word, many)
    return [Paragraph(f"{more} more stand in issues.json.")]
