"""Whether effort still goes where it was meant to, or drifted without a decision."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Final

from attrs import frozen

from missionkit.domain.conduct import AllocationSnapshot
from missionkit.domain.plan import Purpose
from missionkit.domain.review import Decision
from missionkit.drift.amounts import shares
from missionkit.drift.covering.deciding import decided, holds
from missionkit.drift.shares import jensen_shannon_distance
from missionkit.markup import shown
from missionkit.ports.rule import Judgment, LimitSpec, RuleEntry, RuleView
from missionkit.rules.codes import drift as codes
from missionkit.rules.facts.signals import waiting
from missionkit.rules.facts.snapshots import end_of, newest, not_judged

OFF_MISSION: Final = LimitSpec(
    "off_mission_share", 0.15, "which share of effort may serve no goal"
)
DISTANCE: Final = LimitSpec(
    "drift_distance",
    0.2,
    "how far apart planned and actual effort may be, as a Jensen-Shannon distance to"
    " base 2, from 0 to 1",
)
_ZERO: Final = Decimal(0)
_OFF: Final = ""  # no bucket has a blank name
_UNKNOWN: Final = "it depends on where the unknown part belongs"


def off_mission_effort(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each newest snapshot with too much effort off mission.

    Off mission are the amount of that name and the buckets of purposes declared so.
    The whole is that amount, the unknown one, and all buckets. Effort that is unknown,
    or in a bucket that is on nothing, may be off mission: where that decides, or where
    no amount off mission is stated, nothing is judged.
    """
    most = view.limit(OFF_MISSION.name)
    for snapshot in (yield from newest(view, AllocationSnapshot, codes.OFF_MISSION)):
        effort = _effort(view, snapshot)
        if not effort.whole:
            yield not_judged(codes.OFF_MISSION, "no effort is counted", snapshot)
        elif effort.off / effort.whole > most:
            share = f"{float(effort.off / effort.whole):.1%}"
            yield codes.OFF_MISSION.issue(
                f"{view.named(snapshot)} has {share} of effort off mission,"
                f" more than {most:.0%}.",
                ref=snapshot.id,
                path="off_mission",
                value=share,
            )
        elif not effort.stated:
            why = "nobody said how much effort was off mission"
            yield not_judged(codes.OFF_MISSION, why, snapshot)
        elif (effort.off + effort.unknown) / effort.whole > most:
            yield not_judged(codes.OFF_MISSION, _UNKNOWN, snapshot)


@frozen
class _Effort:
    """How much effort there was, and how much of it off mission or unknown."""

    whole: float
    off: float
    unknown: float
    stated: bool


def _effort(view: RuleView, snapshot: AllocationSnapshot) -> _Effort:
    purposes = view.by_id(Purpose)
    beside = [
        bucket.actual
        for bucket in snapshot.buckets
        if (purpose := purposes.get(bucket.on or "")) and purpose.off_mission
    ]
    loose = sum((b.actual for b in snapshot.buckets if b.on is None), _ZERO)
    unknown = loose + (snapshot.unknown or _ZERO)
    off = sum(beside, snapshot.off_mission or _ZERO)
    every = sum((bucket.actual for bucket in snapshot.buckets), _ZERO)
    whole = every + (snapshot.off_mission or _ZERO) + (snapshot.unknown or _ZERO)
    stated = bool(beside) or snapshot.off_mission is not None
    return _Effort(float(whole), float(off), float(unknown), stated)


def effort_without_plan(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each newest snapshot in which a bucket lacks its plan."""
    for snapshot in (yield from newest(view, AllocationSnapshot, codes.NOT_PLANNED)):
        gaps = [at for at, b in enumerate(snapshot.buckets) if b.planned is None]
        if gaps:
            many = f"{len(gaps)} of {len(snapshot.buckets)} buckets"
            yield codes.NOT_PLANNED.issue(
                f"{view.named(snapshot)} has no planned amount for {many}.",
                ref=snapshot.id,
                path=f"buckets[{gaps[0]}].planned",
                value=snapshot.buckets[gaps[0]].name,
            )


def drift(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each signal unanswered, and each snapshot far from its plan.

    Effort off mission counts as a bucket for which nothing is planned. What a decision
    covers is no drift: the plan of a bucket on it is moved to the actual amount, in
    the direction decided and up to the amount decided. The decision must be effective
    by the end of the snapshot's period, and one to confirm the course moves nothing.
    Unknown effort is spread over all, and put off mission: where these two disagree,
    nothing is judged.
    """
    for signal in waiting(view):
        yield codes.DRIFT.issue(
            f"{view.named(signal)} was raised, and nobody answered it.",
            ref=signal.id,
            path="status",
            value=signal.status,
            fix="acknowledge it, dismiss it with a reason, or name the decision",
        )
    for snapshot in (yield from newest(view, AllocationSnapshot, codes.DRIFT)):
        yield from _far_from_plan(view, snapshot)


def _far_from_plan(view: RuleView, snapshot: AllocationSnapshot) -> Iterator[Judgment]:
    every = snapshot.buckets
    planned = {b.name: float(b.planned) for b in every if b.planned is not None}
    actual = {b.name: float(b.actual) for b in every}
    actual[_OFF] = float(snapshot.off_mission or 0)
    if len(planned) < len(every):
        why = "not every bucket has a planned amount"
        yield not_judged(codes.DRIFT, why, snapshot)
    elif not any(planned.values()) or not any(actual.values()):
        why = "nothing was planned, or no effort is counted"
        yield not_judged(codes.DRIFT, why, snapshot)
    else:
        yield from _against(view, snapshot, planned, actual)


def _against(
    view: RuleView,
    snapshot: AllocationSnapshot,
    planned: Mapping[str, float],
    actual: Mapping[str, float],
) -> Iterator[Judgment]:
    most = view.limit(DISTANCE.name)
    decided = _as_decided(view, snapshot)
    plans = (planned,) if decided == planned else (planned, decided)
    # A plan that was moved by a decision never makes drift of what is none.
    found = [
        min(jensen_shannon_distance(plan, effort) for plan in plans)
        for effort in _with_unknown(planned, actual, float(snapshot.unknown or 0))
    ]
    if min(found) > most:
        path, what = _grown_most(snapshot, decided, actual)
        yield codes.DRIFT.issue(
            f"{view.named(snapshot)} is {min(found):.2f} from its plan, more than"
            f" {most:g}: most grew {what}.",
            ref=snapshot.id,
            path=path,
            value=f"{min(found):.4f}",
        )
    elif max(found) > most:
        yield not_judged(codes.DRIFT, _UNKNOWN, snapshot)


def _with_unknown(
    planned: Mapping[str, float], actual: Mapping[str, float], unknown: float
) -> Iterator[Mapping[str, float]]:
    """Yield the effort with what is unknown spread as planned, and put off mission."""
    whole = sum(planned.values())
    spread = {name: unknown * (amount / whole) for name, amount in planned.items()}
    yield {name: held + spread.get(name, 0) for name, held in actual.items()}
    yield {**actual, _OFF: actual[_OFF] + unknown}


def _grown_most(
    snapshot: AllocationSnapshot,
    planned: Mapping[str, float],
    actual: Mapping[str, float],
) -> tuple[str, str]:
    """Return where the share grew most beyond the plan: its path, and its name."""
    p, q = shares(planned), shares(actual)
    name = max(actual, key=lambda each: q[each] - p.get(each, 0))
    if name == _OFF:
        return "off_mission", "effort off mission"
    at = next(i for i, b in enumerate(snapshot.buckets) if b.name == name)
    return f"buckets[{at}].actual", shown(name)


def _as_decided(view: RuleView, snapshot: AllocationSnapshot) -> Mapping[str, float]:
    """Return the plan as decisions in force moved it."""
    covering, end = view.referring(Decision, "covers"), end_of(snapshot)
    found = {}
    for bucket in snapshot.buckets:
        allowed = (d for d in covering.get(bucket.on or "", ()) if holds(d, end))
        planned, actual = Fraction(bucket.planned or 0), Fraction(bucket.actual)
        found[bucket.name] = float(decided(planned, actual, allowed))
    return found


RULES: Final = (
    RuleEntry(
        rule=off_mission_effort, codes=(codes.OFF_MISSION,), limits=(OFF_MISSION,)
    ),
    RuleEntry(rule=effort_without_plan, codes=(codes.NOT_PLANNED,)),
    RuleEntry(rule=drift, codes=(codes.DRIFT,), limits=(DISTANCE,)),
)
