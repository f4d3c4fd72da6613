"""How much of the revenue hangs on few clients, period by period.

The figures are about revenue of which the payer is known. Where too much of it is not,
a period has none: the limit `unnamed_revenue` says how much is too much.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from typing import Final

from attrs import frozen

from missionkit.drift.concentration import (
    concentration_ratio,
    effective_number,
    herfindahl_hirschman,
    normalized_herfindahl_hirschman,
)
from missionkit.drift.figure import Figure, known, series, unknown
from missionkit.drift.ledger.sums import ratio
from missionkit.drift.moved.revenue import concentration_moved, largest_moved
from missionkit.drift.moved.sides import Moved
from missionkit.drift.receipts import Receipts, receipts
from missionkit.ports.indicator import Indicator, IndicatorView
from missionkit.ports.rule import LimitSpec
from missionkit.ports.series import Series, SeriesPoint

UNNAMED: Final = LimitSpec(
    "unnamed_revenue",
    0.05,
    "which share of revenue may have a payer whom nobody knows, for figures of clients",
)
_TWO: Final = 2


@frozen
class _Index:
    """An index of concentration, and of how many payers at least."""

    name: str
    title: str
    unit: str
    of: Callable[[dict[str, Decimal]], float]
    least: int = 1
    moved: Moved = concentration_moved


_INDICES: Final = (
    _Index(
        "client-concentration",
        "Concentration of revenue (Herfindahl-Hirschman)",
        "index from 0 to 1",
        herfindahl_hirschman,
    ),
    _Index(
        "client-concentration-normalized",
        "Concentration of revenue, whatever the number of clients",
        "normalized index from 0 to 1",
        normalized_herfindahl_hirschman,
        _TWO,
    ),
    _Index(
        "effective-clients",
        "Effective number of clients",
        "clients",
        effective_number,
    ),
    _Index(
        "largest-client",
        "Share of the largest client (CR1)",
        "share of revenue",
        concentration_ratio,
        moved=largest_moved,
    ),
    _Index(
        "three-largest-clients",
        "Share of the three largest clients (CR3)",
        "share of revenue",
        partial(concentration_ratio, largest=3),
        moved=largest_moved,
    ),
)


def payers_unknown(view: IndicatorView, held: Receipts) -> str:
    """Return why there are no figures of clients in a period, or nothing."""
    reason = held.without_refunds()
    most = view.limits.get(UNNAMED.name, UNNAMED.default)
    if reason or not held.unnamed or ratio(held.unnamed, held.whole) <= most:
        return reason
    share = f"{ratio(held.unnamed, held.whole):.1%}"
    return f"nobody knows who paid {share} of the revenue, more than {most:.0%}"


def _index(index: _Index, view: IndicatorView) -> Iterator[Series]:
    """Yield the index of what each client paid; a refund is taken off its payer."""
    yield series(
        view,
        index.name,
        title=index.title,
        unit=index.unit,
        points=(_point(view, index, held) for held in view.once(receipts)),
    )


def _point(view: IndicatorView, index: _Index, held: Receipts) -> SeriesPoint:
    payers = {client: amount for client, amount in held.paid.items() if amount}
    reason = payers_unknown(view, held)
    if not reason and len(payers) < index.least:
        reason = "there is one client alone, so that nothing can be uneven"
    if reason:
        return unknown(held.span, reason)
    return known(held.span, index.of(payers), float(held.named))


INDICATORS: tuple[Indicator, ...] = tuple(
    Figure(
        name=index.name,
        make=partial(_index, index),
        requires=("revenue",),
        limits=(UNNAMED,),
        moved=index.moved,
    )
    for index in _INDICES
)
