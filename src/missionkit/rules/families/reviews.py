"""Whether reviews look at everything, with a choice, in time, at what is in use."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from missionkit.domain.process import Process, ReleaseState
from missionkit.domain.review import (
    Agenda,
    AgendaItem,
    CycleStatus,
    Decision,
    DecisionKind,
    Meeting,
    ReviewCycle,
    Waiver,
)
from missionkit.domain.values import Period
from missionkit.markup import shown
from missionkit.ports.rule import Judgment, LimitSpec, NotJudged, RuleEntry, RuleView
from missionkit.rules.codes import reviews as codes
from missionkit.rules.facts.cycles import (
    NOT_HELD,
    end_of,
    entered_on,
    looks_at_all,
    scopes_of,
    successors,
    was_followed,
)
from missionkit.rules.facts.lifetime import holds
from missionkit.trace.lifetime import is_retired

_REVIEW: Final = "review"
_ALL: Final = "*"  # no id: the scope of reviews that look at everything
_CHANGES: Final = frozenset(
    {DecisionKind.COURSE_CORRECTION, DecisionKind.CHANGE_INTENT}
)
LATENESS: Final = LimitSpec(
    "review_lateness", 0.1, "by which share of its cadence a review may be late"
)


def items_without_disposition(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each agenda item that was passed over.

    That is certain once the review is closed, or where a meeting was held that covers
    the item. What stands on the agenda of a closed review and has no item at all is
    reported with the review.
    """
    cycles = view.by_id(ReviewCycle)
    unknown = []
    for item in view.of(AgendaItem):
        cycle = cycles.get(item.cycle or "")
        if item.disposition is not None or cycle is None:
            continue
        closed = cycle.status is CycleStatus.CLOSED
        held = closed or _was_covered(view, item)
        if held:
            why = "its review is closed" if closed else "a meeting covered it"
            yield codes.ITEM_NOT_CONSIDERED.issue(
                f"{view.named(item)} has no disposition, though {why}.",
                ref=item.id,
                path="disposition",
            )
        elif held is None:
            unknown.append(item.id)
    for cycle in cycles.values():
        if cycle.status is CycleStatus.CLOSED:
            yield from _entries_without_item(view, cycle)
    if unknown:
        why = "whether the meeting was held depends on the day: pass on="
        yield NotJudged(codes.ITEM_NOT_CONSIDERED.code, why, tuple(unknown))


def _was_covered(view: RuleView, item: AgendaItem) -> bool | None:
    """Return whether a meeting that covers an item was held; None without a day."""
    meetings = view.referring(Meeting, "cycle").get(item.cycle or "", ())
    held = {
        holds(Period(start=each.on) if each.on else None, view.on)
        for each in meetings
        if item.code in each.covers
    }
    return True if True in held else None if None in held else False


def _entries_without_item(view: RuleView, cycle: ReviewCycle) -> Iterator[Judgment]:
    agenda = view.by_id(Agenda).get(cycle.agenda or "")
    items = view.referring(AgendaItem, "cycle").get(cycle.id, ())
    held = {item.code for item in items}
    entries = agenda.entries if agenda else ()
    missing = [entry.code for entry in entries if entry.code not in held]
    if missing:
        yield codes.ITEM_NOT_CONSIDERED.issue(
            f"{view.named(cycle)} has no item for {len(missing)} of the"
            f" {len(entries)} entries of its agenda.",
            ref=cycle.id,
            path="agenda",
            value=", ".join(missing),
            fix=f"add an agenda item with the code {missing[0]!r} and its disposition",
        )


def decisions_without_options(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each change of course or intent without a choice.

    A single option is none, whatever it says.
    """
    for decision in view.of(Decision):
        options = {option.casefold() for option in decision.options}
        if decision.kind in _CHANGES and len(options) <= 1:
            said = "only one option" if options else "nothing else that was possible"
            yield codes.NO_OPTIONS.issue(
                f"{view.named(decision)} names {said}.",
                ref=decision.id,
                path="options",
            )


def expired_waivers(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each waiver that held until a day before the day judged."""
    for waiver in view.of(Waiver):
        if waiver.until < view.day:
            yield codes.WAIVER_EXPIRED.issue(
                f"{view.named(waiver)} for {shown(waiver.code)} has expired.",
                ref=waiver.id,
                path="until",
                value=waiver.until,
            )


def late_reviews(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each review that is held too late after the one before.

    It is due one beat of the cadence after the last day that the closed review before
    it looked at, or else after that review ended. It is held when its first stage is
    entered. One that was held at a day that nobody recorded looks, if late, at too
    long a period, so the end of its period stands for that day. While none is held,
    the day of the check tells, and the issue is that of the review before. What came
    before the last closed review is history.
    """
    no_day: list[str] = []
    not_recorded: list[str] = []
    for cycle in view.of(ReviewCycle):
        end = end_of(view, cycle)
        if cycle.status is not CycleStatus.CLOSED or cycle.cadence is None or not end:
            continue
        due = cycle.cadence.after(end)
        late = (due - end).days * view.limit(LATENESS.name)
        held = _held(view, cycle)
        following, day = held or (cycle, view.on)
        if held and was_followed(view, following):
            continue
        if day is None:
            (not_recorded if held else no_day).append(following.id)
        elif (day - due).days > late:
            yield _late(view, following, due, day, held=held is not None)
    code = codes.REVIEW_LATE.code
    if no_day:
        why = "whether the next review is late depends on the day: pass on="
        yield NotJudged(code, why, tuple(no_day))
    if not_recorded:
        yield NotJudged(code, "nobody recorded when it was held", tuple(not_recorded))


def _held(view: RuleView, cycle: ReviewCycle) -> tuple[ReviewCycle, date | None] | None:
    """Return the first review that was held after a review, and the day of it."""
    found = [
        (entered_on(view, each) or (each.period.end if each.period else None), each)
        for each in successors(view, cycle)
        if each.status not in NOT_HELD or entered_on(view, each)
    ]
    if not found:
        return None
    day, first = min(found, key=lambda each: (each[0] or date.max, each[1].id))
    return first, day


def _late(
    view: RuleView, cycle: ReviewCycle, due: date, day: date, *, held: bool
) -> Judgment:
    late = f"was due on {due} and held {(day - due).days} days later"
    missing = f"has had no successor since {due}, when the next one was due"
    return codes.REVIEW_LATE.issue(
        f"{view.named(cycle)} {late if held else missing}.",
        ref=cycle.id,
        value=day if held else due,
    )


def critical_processes_not_in_use(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each critical process that is reviewed but not in use.

    It is, where a review within whose scope it is has reached the stage ``review`` or
    was closed, and it is not commissioned by the day of the check, if one is given. A
    process that was first developed after a review ended was no part of that.
    """
    ends = _ends_by_scope(view)
    for process in view.of(Process) if ends else ():
        if not process.critical or is_retired(process, view.on):
            continue
        reached = _reached(process, view.on)
        if reached is ReleaseState.COMMISSIONED:
            continue
        scopes = (_ALL, *scopes_of(view, process))
        if any(_was_there(process, e) for each in scopes for e in ends.get(each, ())):
            state = f"only {reached}" if reached else "not released at all"
            yield codes.NOT_COMMISSIONED.issue(
                f"{view.named(process)} is critical and under review, but {state}.",
                ref=process.id,
                path="release",
                value=reached or "nothing",
            )


def _ends_by_scope(view: RuleView) -> Mapping[str, set[date | None]]:
    """Return when reviews that reached the last stage were closed, by their scope."""
    found: dict[str, set[date | None]] = {}
    for cycle in filter(_reached_review, view.of(ReviewCycle)):
        scope = _ALL if looks_at_all(view, cycle) else str(cycle.scope)
        found.setdefault(scope, set()).add(_closed_by(view, cycle))
    return found


def _reached_review(cycle: ReviewCycle) -> bool:
    if cycle.status in NOT_HELD:
        return False
    return cycle.status is CycleStatus.CLOSED or cycle.stage == _REVIEW


def _closed_by(view: RuleView, cycle: ReviewCycle) -> date | None:
    return end_of(view, cycle) if cycle.status is CycleStatus.CLOSED else None


def _reached(process: Process, on: date | None) -> ReleaseState | None:
    """Return the last rung that a process reached, by the day if one is given."""
    steps = process.release.steps if process.release else ()
    rungs = [step.state for step in steps if on is None or step.on <= on]
    return rungs[-1] if rungs else None


def _was_there(process: Process, end: date | None) -> bool:
    steps = process.release.steps if process.release else ()
    return end is None or not steps or steps[0].on <= end


RULES: Final = (
    RuleEntry(rule=items_without_disposition, codes=(codes.ITEM_NOT_CONSIDERED,)),
    RuleEntry(rule=decisions_without_options, codes=(codes.NO_OPTIONS,)),
    RuleEntry(rule=expired_waivers, codes=(codes.WAIVER_EXPIRED,), needs_on=True),
    RuleEntry(rule=late_reviews, codes=(codes.REVIEW_LATE,), limits=(LATENESS,)),
    RuleEntry(rule=critical_processes_not_in_use, codes=(codes.NOT_COMMISSIONED,)),
)
