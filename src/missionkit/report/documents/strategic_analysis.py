"""Strategic analysis: what is outside and inside, what it means, what may come."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from missionkit.domain.context import (
    SCANNED,
    Assessment,
    ImpactKind,
    Influencer,
    PotentialImpact,
    Side,
    Swot,
    Trend,
)
from missionkit.domain.review import AgendaItem
from missionkit.domain.role import RoleKind
from missionkit.report.blocks import Bullets, Heading, Paragraph, Section
from missionkit.report.document_view import (
    DocumentView,
    lacking,
    said_or,
    table,
)
from missionkit.report.inline import Faint, Fixed, Inline, Mark, Strong, Tone, Written
from missionkit.report.measured import percent
from missionkit.rules.facts.conclusions import conclusions, question

KEY: Final = "strategic-analysis"
TITLE: Final = "Strategic analysis"
CONSUMERS: Final = ("direct",)
_CLIMATE: Final = "climate"
_TITLES: Final = {
    Swot.STRENGTH: "Strengths",
    Swot.WEAKNESS: "Weaknesses",
    Swot.OPPORTUNITY: "Opportunities",
    Swot.THREAT: "Threats",
}
_ARROWS: Final = {Trend.UP: "↑", Trend.FLAT: "→", Trend.DOWN: "↓"}
_HEAD: Final = (
    "What may happen",
    "Because of",
    "What it would do",
    "Exposure",
    "Response",
    "Owner",
    "Look again",
)


def sections(view: DocumentView) -> Iterator[Section]:
    """Yield the scan, strengths to threats, risks and rewards, and climate change."""
    parts = (
        ("PESTLE: what is outside, and inside", "scan", _scan(view)),
        ("SWOT: what it means for us", "swot", _swot(view)),
        ("Risks and rewards", "risks", _impacts(view)),
        ("Climate change", "climate", _climate(view)),
    )
    for title, ref, blocks in parts:
        yield Section(title=title, id=ref, blocks=tuple(blocks))


def _scan(view: DocumentView) -> Iterator[Written]:
    """Yield each part that is to be scanned, and the organization's own after them."""
    held: dict[str, list[Influencer]] = {}
    for each in view.model.of(Influencer):
        held.setdefault(_part(each), []).append(each)
    concluded = _concluded(view)
    unsorted = held.pop("", [])
    for part in (*SCANNED, *sorted(held.keys() - set(SCANNED))):
        yield Heading(part[:1].upper() + part[1:])
        found: list[Inline] = [_influencer(each) for each in held.get(part, ())]
        found += concluded.get(f"scan:{part}", ())
        yield Bullets(found or [lacking("nothing is recorded, and nothing concluded")])
    if unsorted:
        yield Heading("Without a field")
        yield Bullets([_influencer(each) for each in unsorted])


def _part(influencer: Influencer) -> str:
    if influencer.side is Side.INTERNAL:
        return Side.INTERNAL.value
    return (influencer.category or "").casefold()


def _concluded(view: DocumentView) -> Mapping[str, list[Inline]]:
    found: dict[str, list[Inline]] = {}
    for each in conclusions(view.facts):
        said = (each.statement, " ", Faint("(concluded)"))
        found.setdefault(question(each), []).append(said)
    return found


def _influencer(each: Influencer) -> Inline:
    trend = _ARROWS.get(each.trend, "trend not known")
    seen = each.observed.isoformat() if each.observed else "no day is recorded"
    return (each.statement, " ", Faint(f"{trend} · {seen} · {_source(each)}"))


def _source(each: Influencer) -> str:
    return each.origin or "no source is recorded"


def _swot(view: DocumentView) -> Iterator[Written]:
    judged = view.model.of(Assessment)
    for part in Swot:
        yield Heading(_TITLES[part])
        held = [each for each in judged if each.swot is part]
        held.sort(key=lambda each: (-abs(each.strength or 0), each.id))
        yield Bullets(
            [_assessment(view, each) for each in held] or [lacking("none is recorded")]
        )
    loose = [_assessment(view, each) for each in judged if each.swot is None]
    if loose:
        yield Heading("Not judged as one of the four")
        yield Bullets(loose)


def _assessment(view: DocumentView, each: Assessment) -> Inline:
    strength = "not rated" if each.strength is None else f"{each.strength:+d} of 100"
    about = view.named(each.influencers)
    because = f"because of {about}" if about else "because of nothing that is recorded"
    bears = f"; bears on {view.named(each.affects)}" if each.affects else ""
    return (each.statement, " ", Faint(f"({strength}; {because}{bears})"))


def _impacts(view: DocumentView) -> Iterator[Written]:
    impacts = sorted(
        view.model.of(PotentialImpact),
        key=lambda i: (i.exposure is None, -(i.exposure or 0), i.id),
    )
    rows = [_impact(view, each) for each in impacts]
    yield from table(_HEAD, rows, "No risk and no reward is recorded.")


def _impact(view: DocumentView, each: PotentialImpact) -> tuple[Inline, ...]:
    risk = each.kind is ImpactKind.RISK
    return (
        (Strong(each.event), " ", Mark(each.kind, Tone.WARN if risk else Tone.GOOD)),
        said_or(each.cause, "no cause is recorded"),
        said_or(each.effect, "no effect is recorded"),
        _exposure(each),
        said_or(each.response, "none is recorded"),
        said_or(view.who(each.id, RoleKind.OWNER), "no owner is recorded"),
        _again(each.review_by, view.on),
    )


def _exposure(each: PotentialImpact) -> Inline:
    if each.exposure is None or each.likelihood is None or each.impact is None:
        return lacking("not rated")
    return (
        Strong(f"{each.exposure:.0f}"),
        " ",
        Faint(f"({percent(each.likelihood)} of {abs(each.impact)})"),
    )


def _again(day: date | None, on: date) -> Inline:
    if day is None:
        return lacking("no day is recorded")
    shown = Fixed(day.isoformat())
    return (shown, " ", Mark("late", Tone.BAD)) if day < on else shown


def _climate(view: DocumentView) -> Iterator[Written]:
    """Yield whether climate change matters: the standard asks for an answer."""
    items = [
        (Strong(f"{item.title}: "), item.summary or lacking("no answer is recorded"))
        for item in _items(view)
    ]
    said: list[Inline] = [*items, *_about_climate(view)]
    if said:
        yield Bullets(said)
    else:
        yield Paragraph(
            lacking("Nobody recorded whether climate change matters to us.")
        )


def _items(view: DocumentView) -> Sequence[AgendaItem]:
    ref = view.review.id if view.review else None
    held = [i for i in view.model.of(AgendaItem) if i.cycle == ref]
    return [i for i in held if _CLIMATE in (i.code or "").casefold()]


def _about_climate(view: DocumentView) -> Iterator[Inline]:
    for about, said in _concluded(view).items():
        if _CLIMATE in about:
            yield from said
