"""An item of the agenda is disposed of: looked at, left, deferred, or not for here."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import ClassVar, Unpack

from attrs import evolve, frozen

from missionkit.domain.declaration import Element, value
from missionkit.domain.history import Actor
from missionkit.domain.ids import AgendaItemId
from missionkit.domain.model import Model
from missionkit.domain.review import (
    Agenda,
    AgendaEntry,
    AgendaItem,
    Disposition,
    Evidence,
    ReviewCycle,
)
from missionkit.domain.stages import ReviewAct
from missionkit.domain.values import Line, Text
from missionkit.issue import Refusal, RefusalKind, did_you_mean
from missionkit.markup import shown
from missionkit.review import codes
from missionkit.review.act import Act, Asked, Plan
from missionkit.review.engine import performed
from missionkit.review.looking_up import (
    day_amiss,
    evidence_of,
    ref_of,
    refused_ids,
    supporting,
)
from missionkit.review.setting import Settings


@frozen(kw_only=True)
@value
class DisposeAgendaItem(Act):
    """What the review concludes about an item of its agenda.

    *item* is the id of the item, or its code on the agenda.
    """

    name: ClassVar[str] = ReviewAct.DISPOSE_AGENDA_ITEM.value
    item: Line
    disposition: Disposition
    summary: Text
    evidence: tuple[Evidence, ...] = ()
    deferred_to: date | None = None

    def plan(self, asked: Asked) -> Plan:
        """Return what stands against it, and the item as it is then."""
        found = tuple(self._items(asked))
        refusals = (
            *asked.refused_status(ReviewAct.DISPOSE_AGENDA_ITEM),
            *asked.refused_role(ReviewAct.DISPOSE_AGENDA_ITEM),
            *(_not_one(self.item, asked, found) if len(found) != 1 else ()),
            *self._refused_day(asked),
            *refused_ids(asked, self.evidence),
        )
        return Plan(lambda: self._made(found[0]), refusals)

    def _items(self, asked: Asked) -> Iterator[AgendaItem]:
        """Yield the items of the review that are named so, or the one to be made."""
        own = _own(asked)
        found = [item for item in own if item.id == self.item]
        found = found or [item for item in own if item.code == self.item]
        yield from found
        ids = asked.new_ids({each.id for each in self.evidence})
        for entry in () if found else _entries(asked):
            if entry.code == self.item:
                ref = ids.of("agenda_item", f"{asked.cycle.id}-{entry.code}")
                yield AgendaItem(
                    id=AgendaItemId(ref),
                    title=entry.title,
                    code=entry.code,
                    cycle=asked.cycle.id,
                )

    def _refused_day(self, asked: Asked) -> Iterator[Refusal]:
        if self.disposition is Disposition.DEFERRED:
            yield from day_amiss(asked, self.deferred_to, "deferred_to")
        elif self.deferred_to is not None:
            issue = codes.DAY_AMISS.issue(
                f"An item that is {self.disposition} is not deferred to"
                f" {self.deferred_to}.".replace("_", " "),
                ref=asked.cycle.id,
                path="deferred_to",
                value=self.deferred_to,
                fix="defer the item, or leave the day out",
            )
            yield Refusal(RefusalKind.EVENT, issue)

    def _made(self, item: AgendaItem) -> Iterable[Element]:
        refs = (*item.evidence, *(each.id for each in self.evidence))
        yield evolve(
            item,
            disposition=self.disposition,
            summary=self.summary,
            deferred_to=self.deferred_to,
            evidence=tuple(dict.fromkeys(refs)),
        )
        yield from supporting(self.evidence, item.id)


def _own(asked: Asked) -> tuple[AgendaItem, ...]:
    return asked.view.referring(AgendaItem, "cycle").get(asked.cycle.id, ())


def _entries(asked: Asked) -> tuple[AgendaEntry, ...]:
    agenda = asked.view.by_id(Agenda).get(asked.cycle.agenda or "")
    return agenda.entries if agenda else ()


def _not_one(
    named: str, asked: Asked, found: tuple[AgendaItem, ...]
) -> Iterator[Refusal]:
    if found:
        ids = [item.id for item in found]
        said = f"{len(ids)} items of the review have the code {shown(named)}."
        issue = codes.NOT_THERE.issue(
            said, path="item", value=named, fix=f"name one by its id: {', '.join(ids)}"
        )
    elif named in asked.view.by_id(AgendaItem):
        other = asked.view.by_id(AgendaItem)[named].cycle
        whose = f"of the review {shown(other)}" if other else "of no review"
        issue = codes.OF_ANOTHER.issue(
            f"The item {shown(named)} is {whose}.", path="item", value=named
        )
    else:
        known = [str(item.id) for item in _own(asked)]
        known += [entry.code for entry in _entries(asked)]
        issue = codes.NOT_THERE.issue(
            f"The review has no item {shown(named)} on its agenda.",
            path="item",
            value=named,
            fix=did_you_mean(named, known),
        )
    yield Refusal(RefusalKind.EVENT, evolve(issue, ref=asked.cycle.id))


def dispose_agenda_item(  # noqa: PLR0913 - all that is told of an act, by keyword
    model: Model,
    cycle: ReviewCycle | str,
    item: AgendaItem | str,
    disposition: Disposition,
    *,
    summary: str,
    evidence: Iterable[Evidence | str] = (),
    deferred_to: date | None = None,
    by: str | Actor,
    at: datetime,
    why: str,
    **settings: Unpack[Settings],
) -> Model:
    """Return the model with what the review concludes about an item of its agenda.

    *item* is one of its items, or a code of its agenda, for which an item is made where
    there is none. *evidence* is new, or named by the ids of what is there.

    Raises:
        RefusedError: it may not be disposed of; the verdict says why.
        InvalidValueError: an argument is missing or of a wrong type; all are named.
        NotFoundError: there is no such review, or no such evidence.
    """
    return performed(
        model,
        cycle,
        lambda: DisposeAgendaItem(
            item=ref_of(item),
            disposition=disposition,
            summary=summary,
            evidence=evidence_of(model, evidence),
            deferred_to=deferred_to,
        ),
        by=by,
        at=at,
        why=why,
        settings=settings,
    )
