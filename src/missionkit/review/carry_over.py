"""What a review takes over from the one before it, so that nothing is lost."""

from collections.abc import Iterable, Iterator

from attrs import evolve, frozen

from missionkit.domain.declaration import Element, Entity
from missionkit.domain.ids import AgendaItemId, AnyId, ArtifactId
from missionkit.domain.review import (
    AgendaItem,
    Artifact,
    ArtifactStatus,
    Disposition,
    ReviewCycle,
)
from missionkit.domain.stepping import Planned, Position
from missionkit.domain.workflow import Workflow
from missionkit.ports.rule import RuleView
from missionkit.review.new_ids import NewIds
from missionkit.rules.facts.carry_over import (
    CARRY_OVER,
    carried,
    carry_overs,
    left_open,
)
from missionkit.rules.facts.cycles import begin_of
from missionkit.rules.facts.predecessor import reports_of


@frozen(kw_only=True)
class TakingOver:
    """A review that takes over what the one before it left open, on a day."""

    view: RuleView
    cycle: ReviewCycle
    start: str | None
    ids: NewIds

    @classmethod
    def of(
        cls, view: RuleView, cycle: ReviewCycle, workflow: Workflow, ids: NewIds
    ) -> "TakingOver":
        """Return a review that takes over on the day of the view."""
        start = next((planned.move.target for planned in openings(workflow)), None)
        return cls(view=view, cycle=cycle, start=start, ids=ids)

    @property
    def previous(self) -> ReviewCycle | None:
        """The review before it, where it can be read here."""
        found = self.view.model.find(self.cycle.previous or "")
        return found if isinstance(found, ReviewCycle) else None

    def elements(self) -> Iterator[Element]:
        """Yield what records it: the carry-over, and items for what was deferred.

        What the review took over already is left as it is; where nothing is left to
        take over, nothing is made. A subject is on the agenda once, however often it
        was deferred.
        """
        before = self.previous
        missing = tuple(not_taken_over(self.view, self.cycle))
        if before is None or not missing:
            return
        yield self._artifact(before, missing)
        subjects = _subjects(self.view, self.cycle)
        for each in missing:
            if isinstance(each, AgendaItem) and _subject(each) not in subjects:
                subjects.add(_subject(each))
                yield self._item(before, each)

    def _artifact(self, before: ReviewCycle, missing: Iterable[Entity]) -> Artifact:
        refs = tuple(AnyId(each.id) for each in missing)
        held = carry_overs(self.view, self.cycle)
        for draft in held:
            if draft.status is ArtifactStatus.DRAFT:
                return evolve(draft, covers=(*draft.covers, *refs))
        made = self.view.referring(Artifact, "cycle").get(before.id, ())
        return Artifact(
            id=ArtifactId(self.ids.of("artifact", f"{self.cycle.id}-{CARRY_OVER}")),
            title=f"What {before.name} left open",
            view=CARRY_OVER,
            cycle=self.cycle.id,
            stage=self.start,
            covers=refs,
            inputs=tuple(report.id for report in reports_of(made)),
        )

    def _item(self, before: ReviewCycle, deferred: AgendaItem) -> AgendaItem:
        """Return the item by which the review looks at what was deferred to it."""
        ref = self.ids.of("agenda_item", f"{self.cycle.id}-{deferred.code or 'item'}")
        return AgendaItem(
            id=AgendaItemId(ref),
            title=deferred.title,
            code=deferred.code,
            cycle=self.cycle.id,
            notes=f"Deferred by {before.name} to {deferred.deferred_to}: {deferred.id}",
        )


def openings(workflow: Workflow) -> Iterator[Planned]:
    """Yield the moves that lead a review from its draft into a stage."""
    for planned in workflow.table.moves_at(Position()):
        if workflow.stage(planned.move.target):
            yield planned


def not_taken_over(view: RuleView, cycle: ReviewCycle) -> Iterator[Entity]:
    """Yield what the review before left open, and this one did not take over."""
    before = view.model.find(cycle.previous or "")
    if isinstance(before, ReviewCycle):
        taken = carried(view, cycle)
        begin = begin_of(view, cycle) or view.day
        for each in left_open(view, before, begin):
            if each.id not in taken:
                yield each


def without_item(view: RuleView, cycle: ReviewCycle) -> Iterator[AgendaItem]:
    """Yield what was deferred and taken over, and is on the agenda no longer.

    The next review asks this one alone, so it would never hear of it.
    """
    subjects, known = _subjects(view, cycle), view.by_id(AgendaItem)
    for ref in sorted(carried(view, cycle)):
        item = known.get(ref)
        if item is None or item.cycle == cycle.id or _subject(item) in subjects:
            continue
        if item.disposition is Disposition.DEFERRED:
            yield item


def newly_deferred(view: RuleView, cycle: ReviewCycle) -> Iterator[AgendaItem]:
    """Yield what a review deferred, and did not have deferred to it itself."""
    items = view.referring(AgendaItem, "cycle")
    before = items.get(cycle.previous or "", ())
    known = {_subject(item) for item in _deferred(before)}
    for item in _deferred(items.get(cycle.id, ())):
        if _subject(item) not in known:
            yield item


def _deferred(items: Iterable[AgendaItem]) -> Iterator[AgendaItem]:
    return (item for item in items if item.disposition is Disposition.DEFERRED)


def _subject(item: AgendaItem) -> str:
    """Return what an item is about, as items of several reviews are compared."""
    return item.title if item.code is None else item.code


def _subjects(view: RuleView, cycle: ReviewCycle) -> set[str]:
    """Return what is on the agenda of a review, by code and by title."""
    own = view.referring(AgendaItem, "cycle").get(cycle.id, ())
    return {word for item in own for word in (item.code, item.title) if word}
