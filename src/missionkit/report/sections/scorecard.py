"""What the organization as a whole comes to, by each method, and what that is made of.

No score stands alone: its parts, what was missing and how it was made stand below it.
"""

from collections.abc import Iterator
from typing import Final

from missionkit.domain.review import MaturityAssessment
from missionkit.ports.part import Combine, Part
from missionkit.ports.score import Score
from missionkit.ports.scorer import Scorer
from missionkit.report.blocks import Grid, Heading, Paragraph, Section
from missionkit.report.inline import Faint, Inline, Strong, Written
from missionkit.report.view import PackView
from missionkit.scoring.catalog import SCORERS
from missionkit.scoring.methods.levels import LevelScore
from missionkit.scoring.score import score

ORDER: Final = 58
_SHOWN: Final = 40
_EVIDENCE: Final = 3
_HEAD: Final = ("Part", "Value", "Weight", "Counts", "Because", "Evidence")
_INTRODUCTION: Final = (
    "Each number is made of the parts below it, and can be made again from them."
    " Methods differ in what they ask, so their numbers are not to be compared or"
    " added up. Nothing is filled in: what is missing is named."
)


def section(view: PackView) -> Section | None:
    """Return the scores of the whole; None where no method has anything to say."""
    unused = [each for each in SCORERS.values() if _is_unused(view, each)]
    asked = [
        score(view.model, using=each, on=view.on)
        for each in SCORERS.values()
        if each not in unused
    ]
    told = [each for each in asked if each.parts or each.missing]
    if not any(each.parts for each in told):
        return None
    rows = [_line(each) for each in asked]
    blocks: list[Written] = [
        Paragraph(_INTRODUCTION),
        Grid(("Method", "Value", "Scale, or why there is no value"), rows),
    ]
    if unused:
        named = ", ".join(each.name for each in unused)
        blocks.append(Paragraph(Faint(f"Nothing was assessed by: {named}.")))
    for each in told:
        blocks += _blocks(view, each)
    return Section(title="Scorecard", id="scorecard", blocks=blocks)


def _is_unused(view: PackView, scorer: Scorer) -> bool:
    """Return whether it is a model of levels by which nothing at all was assessed."""
    if not isinstance(scorer, LevelScore):
        return False
    return not any(map(scorer.fits, view.model.of(MaturityAssessment)))


def _line(score: Score) -> tuple[Inline, ...]:
    if score.value is None:
        return score.method, Faint("no value"), score.reason
    return score.method, Strong(_value(score)), str(score.scale)


def _value(score: Score) -> str:
    value = 0.0 if score.value is None else score.value
    return f"{_short(value)}, {score.word}" if score.word else _short(value)


def _blocks(view: PackView, score: Score) -> Iterator[Written]:
    """Yield the score with its parts, what is missing, and how it was made."""
    value = "no value" if score.value is None else _value(score)
    yield Heading(f"{score.method}: {value}")
    if score.parts:
        yield Grid(_HEAD, [_row(view, score, each) for each in _parts(score)])
    if score.parts[_SHOWN:]:
        yield Paragraph(Faint(f"And {len(score.parts) - _SHOWN} more parts."))
    if score.missing:
        rows = [_lacking(view, each) for each in score.missing[:_SHOWN]]
        yield Grid(("Missing", "Why", "Evidence"), rows)
    if score.missing[_SHOWN:]:
        yield Paragraph(Faint(f"And {len(score.missing) - _SHOWN} more are missing."))
    yield Paragraph(Faint(_method(score)))


def _parts(score: Score) -> list[Part]:
    """Return the first parts; of a sum those that count most."""
    parts = list(score.parts)
    if score.combine is Combine.SUM:
        parts.sort(key=lambda part: -abs(part.amount or 0.0))
    return parts[:_SHOWN]


def _row(view: PackView, score: Score, part: Part) -> tuple[Inline, ...]:
    number = 0.0 if part.value is None else part.value
    amount = part.amount if score.combine is Combine.SUM else None
    return (
        part.name,
        part.label or score.scale.word(number) or _short(number),
        _short(part.weight),
        (part.role or "") if amount is None else _short(amount),
        part.because or Faint("as it stands"),
        view.named(part.refs, _EVIDENCE),
    )


def _lacking(view: PackView, part: Part) -> tuple[Inline, ...]:
    return part.name, part.because, view.named(part.refs, _EVIDENCE)


def _method(score: Score) -> str:
    used = "".join(f"; {each.name} {_short(each.value)}" for each in score.settings)
    return (
        f"Method {score.method}, version {score.version}, made by {score.combine}"
        f"{used}; policy for what is missing: {score.policy}."
    )


def _short(number: float) -> str:
    """Return a number as a board reads it; the score itself has every digit."""
    return f"{number:.4g}"
