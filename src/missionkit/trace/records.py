"""Coverage by what was recorded: agenda, evidence, affirmations."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from missionkit.domain.declaration import Element
from missionkit.domain.ids import EvidenceId
from missionkit.domain.model import Model
from missionkit.domain.review import (
    ActionStatus,
    Agenda,
    AgendaItem,
    CycleStatus,
    Evidence,
    ImprovementAction,
    ReviewCycle,
)
from missionkit.domain.spec import FieldSpec, Many, Reference
from missionkit.trace.lines import lines_of
from missionkit.trace.metric import Metric, share, share_in
from missionkit.trace.standing import State, standings_on_the_line

_AGENDA: Final = Metric(
    name="agenda coverage",
    meaning="agenda items of the reviews held have been disposed of",
    reason="no review that was opened has an agenda",
)
_EVIDENCE: Final = Metric(
    name="evidence coverage",
    meaning="records of what was done or judged are shown by evidence",
    reason="nothing that evidence could show has been recorded",
)
_AFFIRMED: Final = Metric(
    name="affirmed links",
    meaning="links from needs to processes were looked at and found right as they are",
    reason="no link has been affirmed yet",
)
_UNDONE: Final = (ActionStatus.OPEN, ActionStatus.IN_PROGRESS, ActionStatus.CANCELED)
_UNHELD: Final = (CycleStatus.DRAFT, CycleStatus.CANCELED)


def records(model: Model, on: date | None) -> Iterator[Metric]:
    """Yield the metrics that depend on records; what is affirmed later is no record."""
    yield _agenda_coverage(model)
    yield _evidence_coverage(model)
    yield _affirmed_links(model, on)


def _agenda_coverage(model: Model) -> Metric:
    asked: set[str] = set()
    held = {c.id: c for c in model.of(ReviewCycle) if c.status not in _UNHELD}
    for cycle in held.values():
        if cycle.agenda is not None and (agenda := model.find(cycle.agenda)):
            entries = agenda.entries if isinstance(agenda, Agenda) else ()
            asked |= {f"{cycle.id}:{entry.code}" for entry in entries}
    items = {_item(i): i for i in model.of(AgendaItem) if i.cycle in held}
    disposed = {name for name, item in items.items() if item.disposition is not None}
    return share_in(_AGENDA, disposed, asked | items.keys())


def _item(item: AgendaItem) -> str:
    return f"{item.cycle}:{item.code or item.id}"


def _evidence_coverage(model: Model) -> Metric:
    shown: set[str] = {ref for e in model.of(Evidence) for ref in e.supports}
    claims: set[str] = set()
    fields: dict[type, list[str]] = {
        spec.cls: [item.name for item in spec.fields if _lists_evidence(item)]
        for spec in model.kinds
    }
    for element in lines_of(model).elements:
        names = fields.get(type(element))
        if names and _claims(element):
            claims.add(element.id)
            if any(getattr(element, name) for name in names):
                shown.add(element.id)
    return share_in(_EVIDENCE, shown, claims)


def _lists_evidence(item: FieldSpec) -> bool:
    inner = item.shape.item if isinstance(item.shape, Many) else None
    return isinstance(inner, Reference) and EvidenceId in inner.types


def _claims(element: Element) -> bool:
    """Return whether a record says that something is done; what is open does not."""
    match element:
        case ImprovementAction(status=status):
            return status not in _UNDONE
        case AgendaItem(disposition=None):
            return False
    return True


def _affirmed_links(model: Model, on: date | None) -> Metric:
    """Count links by their two ends; a pair counts when all of its links do.

    Nobody has to affirm a link, so where none was affirmed there is nothing to judge.
    """
    right: dict[str, bool] = {}
    affirmed = suspect = 0
    for link in standings_on_the_line(model, on):
        if link.state is not State.NOT_JUDGED:
            pair = f"{link.holder} → {link.target}"
            right[pair] = link.state is State.AFFIRMED and right.get(pair, True)
            affirmed += link.affirmation is not None
            suspect += link.state is State.SUSPECT
    if not affirmed:
        return _AFFIRMED
    left = f"{suspect:,} suspect, as what they lead to has changed" if suspect else ""
    return share(_AFFIRMED, [pair for pair in right if right[pair]], list(right), left)
