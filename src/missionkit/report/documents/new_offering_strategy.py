"""The strategy for new offerings: what we will hand over, to whom, and how."""

from collections.abc import Iterator
from typing import Final

from missionkit.domain.plan import BusinessOutput
from missionkit.domain.process import Process, ReleaseState
from missionkit.domain.stakeholder import Need, NeedStatus
from missionkit.report.blocks import Section
from missionkit.report.document_view import (
    DocumentView,
    lacking,
    said_or,
    table,
)
from missionkit.report.inline import Faint, Inline, Mark, Strong, Tone, Written
from missionkit.report.measured import percent
from missionkit.trace.lifetime import is_retired

KEY: Final = "new-offering-strategy"
TITLE: Final = "New offering strategy"
CONSUMERS: Final = ("demand-creation",)
_HEAD: Final = ("Offering", "Whom it serves", "Made by", "Ways taken", "In use")
_USED: Final = ReleaseState.COMMISSIONED


def sections(view: DocumentView) -> Iterator[Section]:
    """Yield what is new, what is in use, and which needs no offering answers."""
    outputs = view.model.of(BusinessOutput)
    used = {each.id for each in outputs if _state(view, each) is _USED}
    new = [_row(view, each) for each in outputs if each.id not in used]
    old = [_row(view, each) for each in outputs if each.id in used]
    nothing = lacking("Nothing that is handed over is recorded.")
    none = Faint("Nothing is new: all offerings are in use.") if outputs else nothing
    parts = (
        ("New, or on the way into use", "new", table(_HEAD, new, none)),
        ("In use", "used", table(_HEAD, old, lacking("No offering is in use."))),
        ("Needs that no offering answers", "gaps", _gaps(view)),
    )
    for title, ref, blocks in parts:
        yield Section(title=title, id=ref, blocks=tuple(blocks))


def _row(view: DocumentView, each: BusinessOutput) -> tuple[Inline, ...]:
    name = (Strong(each.name), " ", Faint(each.kind.value))
    state = _state(view, each)
    tone = Tone.GOOD if state is _USED else Tone.WARN
    return (
        (*name, f": {each.description}") if each.description else name,
        said_or(_served(view, each), "no need is recorded"),
        view.title(each.produced_by) if each.produced_by else lacking("no process"),
        said_or(view.named(_ways(view, each)), "no way is recorded"),
        Mark(state, tone) if state else lacking("not developed yet"),
    )


def _served(view: DocumentView, each: BusinessOutput) -> str:
    """Return the needs that an offering answers, with whose they are."""
    found: list[str] = []
    for ref in each.satisfies:
        need = view.model.find(ref)
        who = need.stakeholder if isinstance(need, Need) else None
        holder = f"{view.title(who)}: " if who else ""
        found.append(f"{holder}{view.title(ref)}")
    return "; ".join(found)


def _state(view: DocumentView, each: BusinessOutput) -> ReleaseState | None:
    """Return how far the process that makes it is in use on the day."""
    made = _made(view, each)
    steps = made.release.steps if made and made.release else ()
    return next((s.state for s in reversed(steps) if s.on <= view.on), None)


def _ways(view: DocumentView, each: BusinessOutput) -> tuple[str, ...]:
    made = _made(view, each)
    return made.realizes if made else ()


def _made(view: DocumentView, each: BusinessOutput) -> Process | None:
    """Return the process that makes it; one taken out of use makes nothing."""
    made = view.facts.by_id(Process).get(each.produced_by or "")
    return None if made is None or is_retired(made, view.on) else made


def _gaps(view: DocumentView) -> Iterator[Written]:
    answered = {ref for o in view.model.of(BusinessOutput) for ref in o.satisfies}
    needs = [
        need
        for need in view.model.of(Need)
        if need.status is NeedStatus.ACCEPTED and need.id not in answered
    ]
    needs.sort(key=lambda need: (-(need.importance or 0), need.id))
    rows: list[tuple[Inline, ...]] = [
        (
            Strong(need.statement),
            view.title(need.stakeholder)
            if need.stakeholder
            else lacking("no stakeholder is recorded"),
            lacking("not rated")
            if need.importance is None
            else percent(need.importance),
        )
        for need in needs
    ]
    none = Faint("None: every accepted need has an offering.")
    accepted = any(n.status is NeedStatus.ACCEPTED for n in view.model.of(Need))
    missing = none if accepted else lacking("No need has been accepted.")
    yield from table(("Need", "Of whom", "Importance"), rows, missing)
