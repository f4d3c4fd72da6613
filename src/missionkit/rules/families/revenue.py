"""Whether revenue hangs on few payers, or on work that does not come again."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from missionkit.domain.conduct import RevenueBucket, RevenueSnapshot
from missionkit.drift.concentration import herfindahl_hirschman, recurring_share
from missionkit.ports.rule import Judgment, LimitSpec, RuleEntry, RuleView
from missionkit.rules.codes import drift as codes
from missionkit.rules.facts.snapshots import newest, not_judged

CONCENTRATION: Final = LimitSpec(
    "revenue_concentration",
    0.25,
    "how high the Herfindahl-Hirschman index of payers may be, from 0 to 1; above 0.25"
    " is commonly called concentrated",
)
RECURRING: Final = LimitSpec(
    "recurring_share",
    0.5,
    "which share of revenue must recur: half, so that more stays than goes when"
    " one-off work ends",
)

_ZERO: Final = Decimal(0)


def revenue_at_risk(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each newest snapshot of revenue that hangs on too little.

    Payers are the clients of its buckets, or the buckets themselves. Revenue that is
    off mission or unknown belongs to the whole, but its payers are not known, nor
    whether it recurs; the same holds for what `recurring` of a bucket leaves open.
    Where that decides, and where refunds exceed what a payer paid, nothing is judged.
    """
    for snapshot in (yield from newest(view, RevenueSnapshot, codes.CONCENTRATED)):
        paid = _paid(snapshot)
        unknown = (snapshot.off_mission or _ZERO) + (snapshot.unknown or _ZERO)
        whole = sum(paid.values(), unknown)
        if unknown < 0 or any(amount < 0 for amount in paid.values()):
            why = "more was paid back than paid, so there are no shares"
            yield not_judged(codes.CONCENTRATED, why, snapshot)
        elif not whole:
            yield not_judged(codes.CONCENTRATED, "no revenue is counted", snapshot)
        else:
            yield from _concentrated(view, snapshot, paid, whole)
            yield from _episodic(view, snapshot, whole)


def _paid(snapshot: RevenueSnapshot) -> dict[tuple[str, str], Decimal]:
    """Return what each payer paid; one may have several buckets."""
    found: dict[tuple[str, str], Decimal] = {}
    for bucket in snapshot.buckets:
        payer = ("client", bucket.client) if bucket.client else ("", bucket.name)
        found[payer] = found.get(payer, _ZERO) + bucket.actual
    return found


def _concentrated(
    view: RuleView,
    snapshot: RevenueSnapshot,
    paid: dict[tuple[str, str], Decimal],
    whole: Decimal,
) -> Iterator[Judgment]:
    """Judge the index: as if the unknown came from countless payers, or from one."""
    most = view.limit(CONCENTRATION.name)
    known = sorted((float(amount) for amount in paid.values()), reverse=True) or [0.0]
    unknown = max(0.0, float(whole) - sum(known))
    part = sum(known) / float(whole)
    least = herfindahl_hirschman(known) * part * part if known[0] else 0.0
    largest = herfindahl_hirschman([known[0] + unknown, *known[1:]])
    if least > most:
        yield codes.CONCENTRATED.issue(
            f"{view.named(snapshot)} hangs on few payers: the index is {least:.2f},"
            f" above {most:g}.",
            ref=snapshot.id,
            path="buckets",
            value=f"{least:.4f}",
        )
    elif largest > most:
        why = "it depends on who paid the unknown part"
        yield not_judged(codes.CONCENTRATED, why, snapshot)


def _episodic(
    view: RuleView, snapshot: RevenueSnapshot, whole: Decimal
) -> Iterator[Judgment]:
    """Judge the share that recurs: as if nothing of the unknown recurs, or all."""
    least = view.limit(RECURRING.name)
    lowest = sum((_recurring(each, _ZERO) for each in snapshot.buckets), _ZERO)
    once = (each.actual - _recurring(each, each.actual) for each in snapshot.buckets)
    highest = _share(whole - sum(once, _ZERO), whole)
    if highest < least:
        yield codes.CONCENTRATED.issue(
            f"{view.named(snapshot)} has {highest:.1%} that recurs, less than"
            f" {least:.0%}.",
            ref=snapshot.id,
            path="buckets",
            value=f"{highest:.1%}",
            fix="win contracts that recur, or state your own limit",
        )
    elif _share(lowest, whole) < least:
        why = "it depends on what recurs of the unknown part"
        yield not_judged(codes.CONCENTRATED, why, snapshot)


def _share(recurring: Decimal, whole: Decimal) -> float:
    """Return a share of the whole; refunds may have made it less or more than that."""
    return recurring_share(float(min(max(recurring, _ZERO), whole)), float(whole))


def _recurring(bucket: RevenueBucket, unknown: Decimal) -> Decimal:
    """Return what recurs of a bucket: never less than nothing, nor more than it all."""
    held = unknown if bucket.recurring is None else bucket.recurring
    return max(_ZERO, min(held, bucket.actual))


RULES: Final = (
    RuleEntry(
        rule=revenue_at_risk,
        codes=(codes.CONCENTRATED,),
        limits=(CONCENTRATION, RECURRING),
    ),
)
