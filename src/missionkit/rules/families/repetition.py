"""What stands there twice, and the days on which nothing does."""

from collections.abc import Hashable, Iterable, Iterator
from datetime import date, timedelta
from typing import Final

from missionkit.domain.process import Flow
from missionkit.domain.relation import Relation
from missionkit.domain.review import CycleStatus, ReviewCycle
from missionkit.domain.role import Responsibility, RoleAssignment
from missionkit.domain.values import Period
from missionkit.ports.rule import Judgment, RuleEntry, RuleView
from missionkit.rules.codes import repetition as codes
from missionkit.rules.facts.terms import Term, terms_of
from missionkit.rules.facts.whole import root_of

_DAY: Final = timedelta(days=1)
_UNDER_WAY: Final = frozenset(
    {CycleStatus.ACTIVE, CycleStatus.BLOCKED, CycleStatus.SUSPENDED}
)


def reviews_at_once(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each review that is under way beside another of its scope."""
    found: dict[str, ReviewCycle] = {}
    for cycle in view.of(ReviewCycle):
        if cycle.status in _UNDER_WAY:
            first = found.setdefault(cycle.scope or root_of(view), cycle)
            if first is not cycle:
                yield codes.TWO_REVIEWS.issue(
                    f"{view.named(cycle)} is under way beside {view.titled(first)}.",
                    ref=cycle.id,
                    path="status",
                    value=first.id,
                )


def days_without_intent(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each core intent before which none was in force for days."""
    for terms in terms_of(view).values():
        reached = terms[0]
        for term in terms[1:]:
            if reached.end < date.max and term.start > reached.end + _DAY:
                yield codes.NO_INTENT.issue(
                    f"Before {view.named(term.intent)}, no mission was in force from"
                    f" {reached.end + _DAY} to {term.start - _DAY}.",
                    ref=term.intent.id,
                    path="effective",
                    value=term.start,
                )
            reached = max(reached, term, key=_end)


def _end(term: Term) -> date:
    return term.end


def links_said_twice(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each link of its own that says what another says.

    They are relations, flows, letters of the responsibility matrix, and roles that one
    party plays twice for one thing at one time.
    """
    relations = ((r, (r.source, r.target, r.kind)) for r in view.of(Relation))
    flows = ((f, (f.source, f.target, f.item)) for f in view.of(Flow))
    letters = ((r, (r.on, r.role, r.letter)) for r in view.of(Responsibility))
    for links in (relations, flows, letters):
        yield from _twice(view, links)
    for played in _by_part(view.of(RoleAssignment)):
        latest = played[0]
        for other in played[1:]:
            if _start_of(other.period) <= _end_of(latest.period):
                yield _said(view, other, latest)
            latest = max(latest, other, key=lambda each: _end_of(each.period))


def _twice(
    view: RuleView, links: Iterable[tuple[Relation | Flow | Responsibility, Hashable]]
) -> Iterator[Judgment]:
    first: dict[Hashable, Relation | Flow | Responsibility] = {}
    for link, ends in links:
        other = first.setdefault(ends, link)
        if other is not link:
            yield _said(view, link, other)


def _said(
    view: RuleView,
    link: Relation | Flow | Responsibility | RoleAssignment,
    other: Relation | Flow | Responsibility | RoleAssignment,
) -> Judgment:
    return codes.SAID_TWICE.issue(
        f"{view.named(link)} says the same as {other.id!r}.",
        ref=link.id,
        value=other.id,
    )


def _by_part(assignments: Iterable[RoleAssignment]) -> list[list[RoleAssignment]]:
    """Return what one party plays for one thing, in the order in which it began."""
    found: dict[Hashable, list[RoleAssignment]] = {}
    for each in assignments:
        found.setdefault((each.role, each.party, each.on), []).append(each)
    return [sorted(many, key=_began) for many in found.values() if len(many) > 1]


def _began(assignment: RoleAssignment) -> tuple[date, str]:
    return _start_of(assignment.period), assignment.id


def _start_of(period: Period | None) -> date:
    return (period.start if period else None) or date.min


def _end_of(period: Period | None) -> date:
    return (period.end if period else None) or date.max


RULES: Final = (
    RuleEntry(rule=reviews_at_once, codes=(codes.TWO_REVIEWS,)),
    RuleEntry(rule=days_without_intent, codes=(codes.NO_INTENT,)),
    RuleEntry(rule=links_said_twice, codes=(codes.SAID_TWICE,)),
)
