"""Which snapshots of conduct are the newest, and how to say what they leave open."""

from collections.abc import Generator
from datetime import date
from typing import TypeVar

from missionkit.domain.conduct import AllocationSnapshot, Basis, RevenueSnapshot
from missionkit.issue import Code
from missionkit.ports.rule import NotJudged, RuleView

Snapshot = AllocationSnapshot | RevenueSnapshot
S = TypeVar("S", AllocationSnapshot, RevenueSnapshot)


def newest(
    view: RuleView, kind: type[S], code: Code
) -> Generator[NotJudged, None, tuple[S, ...]]:
    """Return the snapshots whose period ended last, by the day if one is given.

    Of allocations it is those of each basis: money is judged even where hours were
    counted later. One without an end of its period is the newest where it is alone;
    beside others it is not judged, which is yielded.
    """
    by_basis: dict[Basis | None, list[S]] = {}
    for snapshot in view.of(kind):
        by_basis.setdefault(getattr(snapshot, "basis", None), []).append(snapshot)
    found: list[S] = []
    for held in by_basis.values():
        ended = [(end, each) for each in held if (end := end_of(each))]
        past = [(end, each) for end, each in ended if not view.on or end <= view.on]
        last = max((end for end, _ in past), default=None)
        found += [each for end, each in past if end == last]
        endless = [each for each in held if end_of(each) is None]
        if len(held) == 1:
            found += endless
        elif endless:
            why = "without an end of its period a snapshot may or may not be the newest"
            yield NotJudged(code.code, why, tuple(each.id for each in endless))
    return tuple(found)


def end_of(snapshot: Snapshot) -> date | None:
    """Return the last day of what a snapshot counts, if known."""
    return snapshot.period.end if snapshot.period else None


def not_judged(code: Code, why: str, snapshot: Snapshot) -> NotJudged:
    """Return that a snapshot cannot be judged, and why."""
    return NotJudged(code.code, why, (snapshot.id,))
