"""What bears on the organization: how it was judged, and what may come of it."""

from datetime import date
from typing import Final

from missionkit.domain.context import Assessment, ImpactKind, PotentialImpact, Swot
from missionkit.report.blocks import Bullets, Grid, Heading, Section
from missionkit.report.inline import Faint, Fixed, Inline, Mark, Strong, Tone, Written
from missionkit.report.view import PackView

ORDER: Final = 25
_MOST: Final = 100
_PER_PART: Final = 8
_TITLES: Final = {
    Swot.STRENGTH: "Strengths",
    Swot.WEAKNESS: "Weaknesses",
    Swot.OPPORTUNITY: "Opportunities",
    Swot.THREAT: "Threats",
}
_HEAD: Final = (
    "What may happen",
    "Kind",
    "Exposure",
    "Concerns",
    "Response",
    "Look again",
)


def section(view: PackView) -> Section | None:
    """Return strengths to threats, and risks and rewards; None where there are none."""
    blocks = (*_swot(view), *_impacts(view))
    if not blocks:
        return None
    return Section(title="Context and risks", id="context-and-risks", blocks=blocks)


def _swot(view: PackView) -> list[Written]:
    blocks: list[Written] = []
    judged = view.model.of(Assessment)
    for part in Swot:
        held = [each for each in judged if each.swot is part]
        held.sort(key=lambda each: (-abs(each.strength or 0), each.id))
        if held:
            items = [each.statement for each in held[:_PER_PART]]
            more = len(held) - len(items)
            items += [f"… and {more} more"] if more else []
            blocks += [Heading(_TITLES[part]), Bullets(items)]
    return blocks


def _impacts(view: PackView) -> list[Written]:
    impacts = sorted(
        view.model.of(PotentialImpact),
        key=lambda impact: (
            impact.exposure is None,
            -(impact.exposure or 0),
            impact.id,
        ),
    )
    if not impacts:
        return []
    rows = [_row(view, impact) for impact in impacts[:_MOST]]
    return [Heading("Risks and rewards"), Grid(_HEAD, rows)]


def _row(view: PackView, impact: PotentialImpact) -> tuple[Inline, ...]:
    exposure = impact.exposure
    return (
        Strong(impact.event),
        Mark(impact.kind, Tone.WARN if impact.kind is ImpactKind.RISK else Tone.GOOD),
        Faint("not rated") if exposure is None else f"{exposure:.0f}",
        view.named(impact.threatens) or Faint("not said"),
        impact.response or Faint("none"),
        _again(impact.review_by, view.on),
    )


def _again(day: date | None, on: date) -> Inline:
    if day is None:
        return Faint("not said")
    shown = Fixed(day.isoformat())
    return (shown, " ", Mark("late", Tone.BAD)) if day < on else shown
