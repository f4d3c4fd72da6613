"""What a document is written from: a model on a day, and one of its reviews."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Final, TypeVar

from attrs import define, frozen

from missionkit.domain.declaration import Element
from missionkit.domain.display import title_of
from missionkit.domain.model import Model, in_force
from missionkit.domain.plan import Objective, ObjectiveStatus
from missionkit.domain.process import Process
from missionkit.domain.review import ReviewCycle
from missionkit.domain.role import Role, RoleAssignment, RoleKind
from missionkit.markup import Html, tag
from missionkit.ports.rule import RuleView
from missionkit.report.blocks import Grid, Paragraph
from missionkit.report.inline import Faint, Fixed, Inline, Tone, Written, escaped
from missionkit.report.results import Result, results_of
from missionkit.report.wording import listed, plural
from missionkit.trace.lifetime import is_retired

E = TypeVar("E", bound=Element)
_NAMED: Final = 3
_MOST: Final = 500


@define(kw_only=True, eq=False)
class DocumentView:
    """A model on a day, and the review that a document is made in, if there is one.

    Where *people* is false, no text of `model` names a party or a person.
    """

    model: Model
    on: date
    review: ReviewCycle | None = None
    people: bool = False

    def title(self, ref: str) -> str:
        """Return the text that names an element; the id where nothing is there."""
        found = self.model.find(ref)
        return ref if found is None else title_of(found)

    def named(self, refs: Sequence[str], most: int = _NAMED) -> str:
        """Return the titles of the first elements and how many more there are."""
        return listed([self.title(ref) for ref in refs[:most]], len(refs[most:]))

    def in_force(self, kind: type[E]) -> tuple[E, ...]:
        """Return the elements of a kind that hold on the day."""
        return in_force(self.model, kind, on=self.on)

    @cached_property
    def facts(self) -> RuleView:
        """The same model, as rules see it."""
        return RuleView(model=self.model, on=self.on, cycle=self.review)

    @cached_property
    def processes(self) -> tuple[Process, ...]:
        """The processes that were not taken out of use."""
        return tuple(p for p in self.model.of(Process) if not is_retired(p, self.on))

    @cached_property
    def objectives(self) -> tuple[Objective, ...]:
        """The objectives that were not dropped."""
        dropped = ObjectiveStatus.DROPPED
        return tuple(o for o in self.model.of(Objective) if o.status is not dropped)

    @cached_property
    def achieving(self) -> Mapping[str, Sequence[str]]:
        """The processes that work on each objective."""
        found: dict[str, list[str]] = {}
        for process in self.processes:
            for ref in process.achieves:
                found.setdefault(ref, []).append(process.id)
        return found

    @cached_property
    def results(self) -> Mapping[str, Sequence[Result]]:
        """The results of the measures, by the id of what they measure."""
        ends = {str(o.id): o.period.end for o in self.objectives if o.period}
        return results_of(self.model, ends, self.on)

    @cached_property
    def by_measure(self) -> Mapping[str, Result]:
        """The same results, by the id of the measure."""
        return {r.measure.id: r for held in self.results.values() for r in held}

    def who(self, ref: str, kind: RoleKind, most: int = _NAMED) -> str:
        """Return who plays a kind of role for an element, by the names or the ids."""
        held = [each for each in self._playing.get(ref, ()) if self._is(each, kind)]
        titles = list(dict.fromkeys(self.title(each.party) for each in held))
        more = f" and {len(titles) - most} more" if len(titles) > most else ""
        return ", ".join(titles[:most]) + more

    def _is(self, assignment: RoleAssignment, kind: RoleKind) -> bool:
        role = self.model.find(assignment.role)
        return isinstance(role, Role) and role.kind is kind

    @cached_property
    def _playing(self) -> Mapping[str, Sequence[RoleAssignment]]:
        found: dict[str, list[RoleAssignment]] = {}
        for assignment in self.in_force(RoleAssignment):
            found.setdefault(assignment.on or "", []).append(assignment)
        return found


@frozen
class Lacking:
    """Words that say what is missing; unlike a mark they may be broken over lines."""

    said: str

    @property
    def html(self) -> Html:
        """See `Written.html`."""
        return tag("span", f"{Tone.WARN.sign} {self.said}", class_=Tone.WARN.value)

    @property
    def markdown(self) -> str:
        """See `Written.markdown`."""
        return f"{Tone.WARN.sign} {escaped(self.said)}"


def lacking(said: str) -> Inline:
    """Return that something is missing, so that nobody can overlook it."""
    return Lacking(said)


def said_or(said: str | None, missing: str) -> Inline:
    """Return a text, or what is missing where there is none."""
    return said or lacking(missing)


def day_or(day: date | None, missing: str) -> Inline:
    """Return a day, or what is missing where there is none."""
    return Fixed(day.isoformat()) if day else lacking(missing)


def table(
    head: Sequence[str], rows: Sequence[Sequence[Inline]], none: Inline
) -> Iterator[Written]:
    """Yield a table of the first rows, or what to say where there is none.

    Text is taken as what is missing.
    """
    if not rows:
        yield Paragraph(lacking(none) if isinstance(none, str) else none)
        return
    yield Grid(head, rows[:_MOST])
    if len(rows) > _MOST:
        more = plural(len(rows) - _MOST, "row")
        yield Paragraph(Faint(f"{more} not listed."))
