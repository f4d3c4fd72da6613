"""What past periods tell of recurring and episodic revenue, and of clients who left."""

import math
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Final

from attrs import frozen

from missionkit.drift.indicators.recurring import Kept, kept, months_of
from missionkit.drift.ledger.sums import minus, total
from missionkit.drift.receipts import Receipts, receipts
from missionkit.ports.indicator import IndicatorView

_LEAST: Final = 3
_YEAR: Final = 12


@frozen(kw_only=True)
class Past:
    """Revenue of a month, as far as it is known.

    `fees` are what each recurring client pays a month, the largest first, in the last
    period known. `episodic` is all other revenue of a month in each period of the last
    year. `left` has how many clients left and how many there had been, by period.
    """

    fees: tuple[float, ...]
    episodic: tuple[float, ...]
    left: tuple[tuple[int, int], ...]
    months: int
    known: date

    def rate(self, left: Sequence[tuple[int, int]]) -> float:
        """Return the share of clients who leave in a month, by periods so many left.

        (lost + 1/2) / (clients + 1), as with Jeffreys' prior, so that nobody who has
        left yet does not mean that nobody ever will.
        """
        lost = sum(gone for gone, _ in left)
        every = sum(clients for _, clients in left)
        stay = 1 - (lost + 0.5) / (every + 1)
        return 1 - math.pow(stay, 1 / self.months)


def past(view: IndicatorView, currency: str, *, churn_given: bool) -> Past | str:
    """Return what is known of the past, or why that is not enough."""
    every = view.once(receipts)
    found = [each for each in every if not _why_not(each)]
    lengths = {months_of(each.span) for each in found}
    currencies = {each.currency for each in found}
    if len(found) < _LEAST:
        first = next((said for each in every if (said := _why_not(each))), "")
        so = f"; of another one {first}" if first else ""
        many = f"{len(found)} of {len(every)} periods are known"
        return f"{many}, and {_LEAST} are needed{so}"
    if lengths != {max(lengths)} or not max(lengths):
        return "periods must be whole months, and all of one length"
    if currencies != {currency}:
        paid = " and ".join(sorted(currencies))
        return f"revenue is paid in {paid}, and the cost in {currency}"
    pairs = [kept(before, after) for before, after in pairwise(every)]
    left = tuple((e.lost, e.clients) for e in pairs if isinstance(e, Kept))
    if not left and not churn_given and any(found[-1].recurring.values()):
        return "no two periods that follow each other tell how many clients left"
    return _past(found, left, max(lengths))


def _why_not(held: Receipts) -> str:
    return held.recurs() or ("" if held.currency else "nothing was paid")


def _past(
    found: list[Receipts], left: tuple[tuple[int, int], ...], months: int
) -> Past:
    recent = found[-max(1, _YEAR // months) :]
    last = found[-1]
    again = (float(paid) for paid in last.recurring.values() if paid)
    once = (minus(each.whole, total(each.recurring.values())) for each in recent)
    return Past(
        fees=tuple(fee / months for fee in sorted(again, reverse=True)),
        episodic=tuple(float(amount) / months for amount in once),
        left=left,
        months=months,
        known=last.span.end,
    )
