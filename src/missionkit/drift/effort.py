"""Where effort went, period by period: from a ledger, or from snapshots of hours."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final, TypeAlias

from attrs import evolve, field, frozen

from missionkit.domain.conduct import ActivityRecord, AllocationSnapshot, Basis
from missionkit.drift.ledger.sums import ZERO, decimal_of, plus, total
from missionkit.drift.timeline import Span, fitting, not_over, placed, spans
from missionkit.ports.indicator import IndicatorView

Key: TypeAlias = tuple[str | None, str | None, str | None]
"""What effort serves, by which role, in which sphere; None where nobody says."""

_NOTHING: Final = "no effort is counted in it"


@frozen(kw_only=True)
class Effort:
    """The effort of a period, or the reason why it is not known.

    `off` is what a snapshot calls off mission without saying what it served, `whole`
    all effort. `told` says whether roles and spheres are known; a snapshot does not
    tell them.
    """

    span: Span
    amounts: Mapping[Key, Decimal] = field(factory=dict)
    off: Decimal = ZERO
    whole: Decimal = ZERO
    told: bool = False
    reason: str = ""


def efforts(view: IndicatorView) -> tuple[Effort, ...]:
    """Return the effort of each period that is asked about."""
    read = _of_snapshots if view.activities is None else _of_ledger
    return tuple(_judged(view, each) for each in read(view))


def _judged(view: IndicatorView, effort: Effort) -> Effort:
    reason = not_over(view, effort.span) or effort.reason
    whole = plus(total(effort.amounts.values()), effort.off)
    if not reason and not whole:
        reason = _NOTHING
    return evolve(effort, reason=reason, whole=whole)


def _of_ledger(view: IndicatorView) -> Iterator[Effort]:
    found = spans(view)
    tables: list[dict[Key, Decimal]] = [{} for _ in found]
    for at, record in placed(view, view.activities or (), ActivityRecord):
        key = (record.serves, record.role, record.sphere)
        held = tables[at].get(key, ZERO)
        tables[at][key] = plus(held, decimal_of(record.hours))
    for span, table in zip(found, tables, strict=True):
        reason = "" if table else "no activity is recorded in it"
        yield Effort(span=span, amounts=table, told=True, reason=reason)


def _of_snapshots(view: IndicatorView) -> Iterator[Effort]:
    hours = Basis.EFFORT_HOURS
    held = [each for each in view.of(AllocationSnapshot) if each.basis is hours]
    for span in spans(view):
        fit = fitting(span, held)
        if isinstance(fit, str):
            yield Effort(span=span, reason=fit)
            continue
        table: dict[Key, Decimal] = {}
        for snapshot in fit:
            nobody = (None, None, None)
            for bucket in snapshot.buckets:
                key = (bucket.on, None, None)
                table[key] = plus(table.get(key, ZERO), bucket.actual)
            lost = snapshot.unknown or ZERO
            table[nobody] = plus(table.get(nobody, ZERO), lost)
        off = total(each.off_mission or ZERO for each in fit)
        yield Effort(span=span, amounts=table, off=off)
