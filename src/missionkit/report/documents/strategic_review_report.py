"""The report of the strategic review: what changed, what was decided, what is left."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from missionkit.domain.context import PotentialImpact
from missionkit.domain.declaration import Entity
from missionkit.domain.intent import CoreIntent
from missionkit.domain.review import (
    AgendaItem,
    Conclusion,
    Decision,
    DecisionKind,
    Disposition,
    DriftSignal,
    ImprovementAction,
    IntentAlignment,
    IntentPart,
)
from missionkit.report.blocks import (
    Bullets,
    Fact,
    Facts,
    Grid,
    Heading,
    Paragraph,
    Quote,
    Section,
)
from missionkit.report.document_view import (
    DocumentView,
    day_or,
    lacking,
    said_or,
    table,
)
from missionkit.report.inline import Faint, Inline, Mark, Strong, Tone, Written
from missionkit.report.mission_measures import measures_grid
from missionkit.report.what_changed import changed
from missionkit.report.wording import plural
from missionkit.review.following import agenda_points
from missionkit.review.measures import mission_measures
from missionkit.rules.facts.carry_over import left_open

KEY: Final = "strategic-review-report"
TITLE: Final = "Strategic review report"
CONSUMERS: Final = ("understand",)
_MISSION: Final = (DecisionKind.CHANGE_INTENT, DecisionKind.CONFIRM_COURSE)
_COURSE: Final = (DecisionKind.COURSE_CORRECTION, DecisionKind.CHANGE_SYSTEM)
_LEFT: Final = (
    (ImprovementAction, "Open actions", "due", "due"),
    (AgendaItem, "Deferred from the agenda", "deferred_to", "deferred to"),
    (DriftSignal, "Signals of drift that nobody decided about", "at", "raised"),
    (PotentialImpact, "Risks to look at again", "review_by", "look again"),
)


def sections(view: DocumentView) -> Iterator[Section]:
    """Yield what changed, if the mission is right, what is decided, what is left."""
    decisions = _decisions(view)
    corrections = [each for each in decisions if each.kind in _COURSE]
    others = [each for each in decisions if each.kind not in (*_MISSION, *_COURSE)]
    parts = (
        ("In short", "short", _short(view, decisions, corrections)),
        ("What changed", "changed", changed(view)),
        ("Is the mission still right?", "mission", _mission(view, decisions)),
        ("Corrections of course", "course", _corrections(view, corrections)),
        ("What else was decided", "decisions", _decided(view, others)),
        ("The agenda", "agenda", _agenda(view)),
        ("How well we manage our mission", "measures", _measures(view)),
        ("For the next review", "next", _next(view)),
    )
    for title, ref, blocks in parts:
        yield Section(title=title, id=ref, blocks=tuple(blocks))


def _short(
    view: DocumentView, decisions: Sequence[Decision], corrections: Sequence[Decision]
) -> Iterator[Written]:
    missed = list(agenda_points(view.facts, view.review)) if view.review else []
    left = _left_open(view)
    actions = sum(isinstance(each, ImprovementAction) for each in left)
    yield Facts(
        [
            _counted(len(decisions), "decision was taken", "decisions were taken"),
            _counted(
                len(corrections),
                "of them corrects the course",
                "of them correct the course",
            ),
            _counted(
                len(missed),
                "item of the agenda was not considered",
                "items of the agenda were not considered",
                Tone.BAD if missed else Tone.PLAIN,
            ),
            _counted(
                actions,
                "action is handed on to the next review",
                "actions are handed on to the next review",
            ),
        ]
    )


def _counted(count: int, one: str, many: str, tone: Tone = Tone.PLAIN) -> Fact:
    return Fact(str(count), one if count == 1 else many, tone)


def _decisions(view: DocumentView) -> list[Decision]:
    """Return what was decided in the review, the newest first; all without a review."""
    ref = view.review.id if view.review else None
    held = [d for d in view.model.of(Decision) if ref is None or d.cycle == ref]
    held = [each for each in held if each.at is None or each.at <= view.on]
    return sorted(held, key=lambda d: (-(d.at or date.min).toordinal(), d.id))


def _mission(view: DocumentView, decisions: Sequence[Decision]) -> Iterator[Written]:
    intents = view.in_force(CoreIntent)
    for intent in intents:
        when = (
            f"Mission, in force {intent.effective}" if intent.effective else "Mission"
        )
        yield Quote(intent.mission, when)
    if not intents:
        yield Paragraph(lacking("No mission is in force."))
    about = [each for each in decisions if each.kind in _MISSION]
    none = "The review recorded no decision whether the mission is still right."
    yield from _table(view, about, lacking(none))
    rows = [_alignment(view, part) for part in IntentPart]
    yield Heading("In harmony with it")
    yield Grid(("Part of the intent", "Rated", "Lowest", "Highest"), rows)


def _alignment(view: DocumentView, part: IntentPart) -> tuple[Inline, ...]:
    held = [
        each
        for each in view.model.of(IntentAlignment)
        if each.part is part and (each.at is None or each.at <= view.on)
    ]
    if not held:
        return (part.value, lacking("no rating is recorded"), "", "")
    ordered = sorted(held, key=lambda each: (each.rating, each.id))
    low, high = ordered[0], ordered[-1]
    return (
        part.value,
        plural(len(held), "rating"),
        f"{low.rating:+d}: {view.title(low.on)}",
        f"{high.rating:+d}: {view.title(high.on)}",
    )


def _corrections(view: DocumentView, found: Sequence[Decision]) -> Iterator[Written]:
    yield from _table(view, found, Faint("None: the course was kept."))


def _decided(view: DocumentView, found: Sequence[Decision]) -> Iterator[Written]:
    yield from _table(view, found, Faint("Nothing else was decided."))


def _table(
    view: DocumentView, decisions: Sequence[Decision], none: Inline
) -> Iterator[Written]:
    rows = [_decision(view, each) for each in decisions]
    head = ("Decided", "What", "Why", "Besides", "By", "Dissent")
    yield from table(head, rows, none)


def _decision(view: DocumentView, each: Decision) -> tuple[Inline, ...]:
    kind = each.kind.replace("_", " ") if each.kind else "of no kind"
    return (
        day_or(each.at, "no day is recorded"),
        (Strong(each.statement), " ", Faint(kind)),
        said_or(each.rationale, "no reason is recorded"),
        said_or("; ".join(each.options), "no options"),
        said_or(_parties(view, each.decided_by), "nobody is recorded"),
        each.dissent or Faint("none"),
    )


def _parties(view: DocumentView, refs: Sequence[str]) -> str:
    return ", ".join(map(view.title, refs))


def _agenda(view: DocumentView) -> Iterator[Written]:
    ref = view.review.id if view.review else None
    items = [item for item in view.model.of(AgendaItem) if item.cycle == ref]
    rows: list[tuple[Inline, ...]] = [
        (
            Strong(item.title),
            _disposed(item),
            said_or(item.summary, "nothing is recorded"),
        )
        for item in sorted(items, key=lambda item: (item.code or "", item.id))
    ]
    missed = agenda_points(view.facts, view.review) if view.review else ()
    rows += [
        (Strong(point.title), Mark("not considered", Tone.BAD), "")
        for point in missed
        if not point.item
    ]
    head = ("Item", "What was done with it", "What was concluded")
    yield from table(head, rows, "No item of an agenda is recorded.")
    yield from _concluded(view)


def _disposed(item: AgendaItem) -> Inline:
    if item.disposition is None:
        return Mark("not considered", Tone.BAD)
    word = item.disposition.replace("_", " ")
    if item.disposition is Disposition.DEFERRED:
        return Mark(f"{word} to {item.deferred_to}", Tone.WARN)
    return Mark(word, Tone.GOOD)


def _concluded(view: DocumentView) -> Iterator[Written]:
    ref = view.review.id if view.review else None
    held = [each for each in view.model.of(Conclusion) if each.cycle == ref]
    if held:
        yield Heading("What else was concluded")
        yield Bullets([_conclusion(view, each) for each in held])


def _conclusion(view: DocumentView, each: Conclusion) -> Inline:
    by = view.title(each.by) if each.by else "no name is recorded"
    on = each.at.isoformat() if each.at else "no day is recorded"
    return (each.statement, " ", Faint(f"({by}, {on})"))


def _measures(view: DocumentView) -> Iterator[Written]:
    ref = view.review.id if view.review else None
    yield measures_grid(mission_measures(view.model, on=view.on, cycle=ref), view.title)


def _next(view: DocumentView) -> Iterator[Written]:
    """Yield what the next review begins from, as it is imported by that one."""
    if view.review is None:
        yield Paragraph(lacking("No review is recorded, so nothing is handed on."))
        return
    left = _left_open(view)
    for kind, title, name, word in _LEFT:
        held = [each for each in left if isinstance(each, kind)]
        items = [_left(view, each, getattr(each, name), word) for each in held]
        yield Heading(title)
        yield Bullets(items or [Faint("None.")])


def _left_open(view: DocumentView) -> list[Entity]:
    """Return what a review that begins on the next day would take over."""
    if view.review is None:
        return []
    after = view.on + timedelta(days=1) if view.on < date.max else view.on
    return list(left_open(view.facts, view.review, after))


def _left(view: DocumentView, each: Entity, day: date | None, word: str) -> Inline:
    said = f"{word} {day.isoformat()}" if day else "no day is recorded"
    return (view.title(each.id), " ", Faint(f"({said})"))
