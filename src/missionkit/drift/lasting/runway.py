"""For how many months revenue still carries a cost when episodic clients taper off.

Revenue of a month to come is what recurring clients still pay who have not left, and
what is left of episodic revenue, which halves every so many months. The first month in
which it is below the cost ends the runway. Each draw takes a level of episodic revenue
and a rate of leaving from periods of the past, drawn with replacement, and lets each
recurring client leave by chance. The model is ours. It has no growth and no new
clients: it says what happens if nothing is done.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from math import floor, fsum, inf, isfinite, log, log1p
from random import Random
from typing import Any, Final, TypeVar

from attrs import asdict, evolve, frozen

from missionkit.domain.checking import refuse_no_day
from missionkit.domain.conduct import Ledger, RevenueRecord
from missionkit.domain.declaration import value
from missionkit.domain.model import Model, refuse_no_model
from missionkit.domain.values import Count, Money, Period, Ratio
from missionkit.drift.lasting.assuming import refuse_assumptions, refuse_source
from missionkit.drift.lasting.leaving import Past, past
from missionkit.markup import Html, columns, join, table, tag
from missionkit.ports.indicator import IndicatorView

T = TypeVar("T")

_HORIZON: Final = 120
_BY_CHANCE: Final = 250  # clients; that of all others is nearly what is expected
_HEAD: Final = ("assumed", "")


@frozen(kw_only=True)
@value
class Runway:
    """For how many months revenue carries a cost if nothing is done.

    `median` is between `low` and `high` with the `confidence` stated; one of them that
    is None lies beyond the `horizon`. With a `reason` there were not enough data, and
    there are no months. `churn` is the share of recurring clients who leave in a month.
    Amounts are those of a month: `recurring` and `episodic` of the last period known.
    """

    cost: Money
    half_life: float
    low: int | None = None
    median: int | None = None
    high: int | None = None
    confidence: Ratio = 0.9
    reason: str = ""
    recurring: float | None = None
    episodic: float | None = None
    churn: float | None = None
    churn_given: bool = False
    clients: int = 0
    periods: int = 0
    known: date | None = None
    horizon: Count = _HORIZON
    draws: Count = 2000
    seed: int = 0

    @property
    def carried(self) -> float | None:
        """Which share of the cost recurring revenue alone carries today."""
        if self.recurring is None:
            return None
        return self.recurring / float(self.cost.amount)

    @property
    def assumptions(self) -> tuple[tuple[str, str], ...]:
        """What the answer rests on, in words."""
        return tuple(self._assumed())

    def as_dict(self) -> dict[str, Any]:
        """Return everything as JSON values."""
        cost = {"amount": str(self.cost.amount), "currency": self.cost.currency}
        known = self.known.isoformat() if self.known else None
        found = {**asdict(self, recurse=False), "cost": cost, "known": known}
        return {**found, "assumptions": [list(each) for each in self.assumptions]}

    def __str__(self) -> str:
        """Return the months with their interval, and what is assumed."""
        rows = [("", *each) for each in self.assumptions]
        return f"{self._answer()}\n{columns([('', *_HEAD), *rows])}"

    def _repr_html_(self) -> Html:
        return join((tag("p", self._answer()), table(_HEAD, self.assumptions)))

    def _answer(self) -> str:
        cost = f"a cost of {self.cost.amount:,} {self.cost.currency} a month"
        if self.reason:
            asked = f"Not enough data to say how long revenue carries {cost}"
            return f"{asked}: {self.reason}."
        low = self._months(self.low) if self.low is None else f"{self.low}"
        sure = f"{self.confidence:.0%} interval: {low} to {self._months(self.high)}"
        return f"Revenue carries {cost} for {self._months(self.median)} ({sure})."

    def _months(self, months: int | None) -> str:
        if months is None:
            return f"more than {self.horizon} months"
        return f"{months} month{'' if months == 1 else 's'}"

    def _assumed(self) -> Iterator[tuple[str, str]]:
        yield "cost", f"{self.cost.amount:,} {self.cost.currency} every month"
        if self.recurring is not None and self.carried is not None:
            payers = f"{self.clients:,} client{'' if self.clients == 1 else 's'}"
            now = f"{self.recurring:,.0f} a month from {payers}"
            yield "recurring revenue", f"{now}, {self.carried:.0%} of the cost"
        if self.episodic is not None:
            mean = f"{self.episodic:,.0f} a month, the mean of {self.periods} periods"
            yield "episodic revenue", mean
        yield "taper", f"episodic revenue halves every {self.half_life:g} months"
        if self.churn is not None:
            how = "given" if self.churn_given else "estimated from the same periods"
            yield "churn", f"{self.churn:.2%} of recurring clients a month, {how}"
        yield "growth", "none, and no new clients"
        if self.known is not None:
            yield "known until", self.known.isoformat()
        yield "horizon", f"{self.horizon} months"
        yield "simulation", f"{self.draws:,} draws, seed {self.seed}"


def runway(  # noqa: PLR0913 - what is assumed, by keyword
    model: Model,
    *,
    cost: Money,
    half_life: float,
    periods: tuple[Period, ...],
    revenue: Ledger[RevenueRecord] | None = None,
    on: date | None = None,
    churn: float | None = None,
    horizon: int = _HORIZON,
    draws: int = 2000,
    confidence: float = 0.9,
    seed: int = 0,
) -> Runway:
    """Return for how many months revenue carries a monthly *cost* if nothing is done.

    Revenue is that of the ledger, or of the snapshots of the model, in *periods* of
    whole months, such as `periods` makes. Episodic revenue halves every *half_life*
    months. Without *churn*, the share of recurring clients who leave in a month, it is
    estimated: (lost + 1/2) / (clients + 1) over all periods, so that it is never 0.

    Raises:
        InvalidValueError: an assumption is out of bounds; all faults are named.
    """
    refuse_no_model(model, "runway")
    if on is not None:
        refuse_no_day(on, "runway")
    refuse_assumptions(cost, half_life, churn, (horizon, draws, confidence, seed))
    refuse_source(periods, revenue)
    made = Runway(
        cost=cost,
        half_life=half_life,
        confidence=confidence,
        horizon=horizon,
        draws=draws,
        seed=seed,
        churn=churn,
        churn_given=churn is not None,
    )
    view = IndicatorView(model=model, revenue=revenue, periods=periods, on=on)
    held = past(view, cost.currency, churn_given=churn is not None)
    if isinstance(held, str):
        return evolve(made, reason=held)
    return _simulated(made, held)


def _simulated(made: Runway, held: Past) -> Runway:
    found = sorted(_draws(made, held))
    last = len(found) - 1
    beyond = floor(last * (1 - made.confidence) / 2)
    # Of clients whom nobody has, nobody can say how many leave.
    estimated = made.churn is None and bool(held.fees)
    return evolve(
        made,
        low=_whole(found[beyond]),
        median=_whole(found[last // 2]),
        high=_whole(found[last - beyond]),
        recurring=fsum(held.fees),
        episodic=_level(held.episodic),
        churn=held.rate(held.left) if estimated else made.churn,
        clients=len(held.fees),
        periods=len(held.episodic),
        known=held.known,
    )


def _whole(months: float) -> int | None:
    return None if months == inf else int(months)


def _level(episodic: Sequence[float]) -> float:
    # Refunds can make it negative; nobody pays back what tapers off.
    return max(0.0, fsum(episodic) / len(episodic))


def _draws(made: Runway, held: Past) -> Iterator[float]:
    """Yield for how many months the cost is carried, each time by chance."""
    chance = Random(made.seed).random  # noqa: S311 - chance is meant, not secrecy
    for _ in range(made.draws):
        level = _level(_again(held.episodic, chance))
        rate = made.churn
        if rate is None:
            rate = held.rate(_again(held.left, chance))
        fees = _fees(held.fees, rate, made.horizon, chance)
        yield _carried(made, fees, level)


def _again(found: Sequence[T], chance: Callable[[], float]) -> list[T]:
    """Return as many as there are, each drawn from all of them."""
    return [found[int(chance() * len(found))] for _ in found]


def _fees(
    fees: Sequence[float], rate: float, horizon: int, chance: Callable[[], float]
) -> list[float]:
    """Return what recurring clients still pay in each month to come."""
    gone = [0.0] * (horizon + 1)
    for fee in fees[:_BY_CHANCE]:
        month = _leaves(rate, chance())
        if month <= horizon:
            gone[int(month)] += fee
    rest, left = fsum(fees[_BY_CHANCE:]), fsum(fees[:_BY_CHANCE])
    found = []
    for lost in gone[1:]:
        left -= lost
        rest *= 1 - rate
        found.append(left + rest)
    return found


def _leaves(rate: float, drawn: float) -> float:
    """Return the first month without a client, who leaves each month at a rate."""
    if not 0 < rate < 1:
        return 1 if rate else inf
    months = log(1 - drawn) / log1p(-rate)
    return floor(months) + 1 if isfinite(months) else inf


def _carried(made: Runway, fees: Sequence[float], level: float) -> float:
    cost = float(made.cost.amount)
    for months, fee in enumerate(fees):
        # Not month by month: a half after the half-life is exactly a half.
        left = level * 0.5 ** ((months + 1) / made.half_life)
        if fee + left < cost:
            return months
    return inf
