"""Who paid how much in the last year that figures are of."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from attrs import field, frozen

from missionkit.domain.conduct import Ledger, RevenueRecord
from missionkit.domain.display import title_of
from missionkit.domain.model import Model
from missionkit.domain.values import Period
from missionkit.drift.ledger.sums import ZERO, plus
from missionkit.drift.receipts import receipts
from missionkit.ports.indicator import IndicatorView


@frozen(kw_only=True)
class Payers:
    """What each client paid in a period, by title, or the reason why nobody can say.

    `unnamed` is revenue of which the payer is not known.
    """

    period: Period
    paid: Mapping[str, Decimal] = field(factory=dict)
    unnamed: Decimal = ZERO
    currency: str = ""
    reason: str = ""


def payers(
    model: Model,
    period: Period,
    *,
    on: date,
    revenue: Ledger[RevenueRecord] | None = None,
) -> Payers:
    """Return who paid in the last year of a period, or in all of it if it is shorter.

    They come from the ledger, or where there is none from the snapshots of the model.
    """
    asked = _last_year(period)
    view = IndicatorView(model=model, on=on, revenue=revenue, periods=(asked,))
    found = view.once(receipts)
    if not found:
        return Payers(period=asked, reason="the period has no end")
    held = found[0]
    paid: dict[str, Decimal] = {}
    for ref, amount in held.paid.items():
        client = model.find(ref)
        title = ref if client is None else title_of(client)
        paid[title] = plus(paid.get(title, ZERO), amount)
    return Payers(
        period=asked,
        paid={title: amount for title, amount in paid.items() if amount},
        unnamed=held.unnamed,
        currency=held.currency,
        reason=held.without_refunds(),
    )


def _last_year(period: Period) -> Period:
    start, end = period.start, period.end
    if start is None or end is None:
        return period
    after = end + timedelta(days=1)
    # The day after a February 29 is no February 29, so that this is always a date.
    day = min(after.day, 28) if after.month == 2 else after.day  # noqa: PLR2004 - February
    return Period(max(start, date(after.year - 1, after.month, day)), end)
