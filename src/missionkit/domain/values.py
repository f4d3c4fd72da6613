"""Small values that elements hold: texts, numbers, money, periods, rhythms."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from decimal import Context, Decimal
from enum import StrEnum
from typing import Annotated, Final, TypeAlias

from attrs import frozen

from missionkit.domain import codes
from missionkit.domain.currency import CURRENCIES, minor_digits
from missionkit.domain.declaration import invariant, value
from missionkit.domain.ids import GoalId, ObjectiveId
from missionkit.domain.marks import (
    AtLeast,
    Between,
    Link,
    Matches,
    Naming,
    NotBlank,
    NotEmpty,
    OneLine,
)
from missionkit.errors import InvalidValueError

Text: TypeAlias = Annotated[str, NotBlank()]
Line: TypeAlias = Annotated[str, NotBlank(), OneLine()]
Name: TypeAlias = Annotated[str, NotBlank(), OneLine(), Naming()]
Statement: TypeAlias = Annotated[str, NotBlank(), Naming()]
Ratio: TypeAlias = Annotated[float, Between(0, 1)]
Satisfaction: TypeAlias = Annotated[int, Between(-100, 100)]
Weight: TypeAlias = Annotated[float, AtLeast(0)]
Count: TypeAlias = Annotated[int, AtLeast(1)]
Amount: TypeAlias = Annotated[Decimal, AtLeast(0)]
Hours: TypeAlias = Annotated[float, AtLeast(0)]
Currency: TypeAlias = Annotated[
    str, Matches("[A-Z]{3}", "a currency's three letters, such as EUR")
]
Sha256: TypeAlias = Annotated[
    str, Matches("[0-9a-f]{64}", "a SHA-256 digest of 64 hexadecimal digits")
]

_MONTHS_A_YEAR: Final = 12
_LAST_YEAR: Final = 9999
_EXACT: Final = Context(prec=100)  # more digits than two amounts can have


@frozen
@value
class Money:
    """An amount in one currency, to no more decimals than the currency has.

    >>> Money(Decimal("2.50"), "EUR").plus(Money(Decimal("1"), "EUR"))
    Money(amount=Decimal('3.50'), currency='EUR')
    """

    amount: Decimal
    currency: Currency

    @invariant(
        "MK-DOM-011",
        "the currency is one of ISO 4217",
        fields=("currency",),
        fix="use a code of ISO 4217, such as EUR, GBP or USD",
    )
    def _known_currency(self) -> bool:
        return self.currency in CURRENCIES

    @invariant(
        "MK-DOM-012",
        "an amount has no more decimals than its currency",
        fields=("amount", "currency"),
        fix="round the amount to the currency's smallest unit",
    )
    def _minor_units(self) -> bool:
        # By the digits: to round a large amount is an error in Python.
        _, digits, exponent = self.amount.as_tuple()
        beyond = -int(exponent) - minor_digits(self.currency)
        return beyond <= 0 or not any(digits[-beyond:])

    def plus(self, other: "Money") -> "Money":
        """Return the sum; raise `InvalidValueError` where the currencies differ."""
        if self.currency != other.currency:
            issue = codes.MIXED_CURRENCIES.issue(
                f"{self.currency} and {other.currency} cannot be added.",
                path="currency",
                value=other.currency,
            )
            raise InvalidValueError("Money", (issue,))
        return Money(_EXACT.add(self.amount, other.amount), self.currency)


def total(amounts: Iterable[Money]) -> Money | None:
    """Return the sum of *amounts*, or None for no amounts; currencies must agree."""
    found: Money | None = None
    for amount in amounts:
        found = amount if found is None else found.plus(amount)
    return found


@frozen
@value
class Period:
    """Days from *start* to *end*, both included; an end left out is not known yet.

    >>> Period(date(2026, 1, 1), date(2026, 12, 31)).covers(date(2026, 12, 31))
    True
    """

    start: date | None = None
    end: date | None = None

    @invariant(
        "MK-DOM-013",
        "a period does not end before it starts",
        fields=("end", "start"),
        fix="swap the two dates, or correct one",
    )
    def _ordered(self) -> bool:
        return self.start is None or self.end is None or self.start <= self.end

    @invariant(
        "MK-DOM-014",
        "a period has a start or an end",
        fields=("start", "end"),
        fix="give one of the two, or leave the period out",
    )
    def _bounded(self) -> bool:
        return self.start is not None or self.end is not None

    def covers(self, day: date) -> bool:
        """Return whether *day* lies within the period."""
        started = self.start is None or self.start <= day
        return started and (self.end is None or day <= self.end)

    def overlaps(self, other: "Period") -> bool:
        """Return whether the two have a day in common."""
        first = max(self.start or date.min, other.start or date.min)
        return first <= min(self.end or date.max, other.end or date.max)

    def __str__(self) -> str:
        """Return both days as ISO dates, with an ellipsis for an open side."""
        return f"{self.start or '…'} to {self.end or '…'}"


class Unit(StrEnum):
    """What a rhythm counts."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


_MONTHS: Final = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: _MONTHS_A_YEAR}
_DAYS: Final = {Unit.DAY: 1, Unit.WEEK: 7}


@frozen
@value
class Cadence:
    """A rhythm: every so many days, weeks, months, quarters or years.

    A month that lacks the day of the start has its last day instead.

    >>> Cadence(1, Unit.MONTH).after(date(2026, 1, 31))
    datetime.date(2026, 2, 28)
    """

    every: Annotated[int, Between(1, 1000)]
    unit: Unit

    def after(self, day: date, times: int = 1) -> date:
        """Return the day *times* beats after *day*, or before it if negative.

        It is at most the last day there is, and at least the first.
        """
        count = self.every * times
        if self.unit in _DAYS:
            days = count * _DAYS[self.unit]
            ordinal = min(day.toordinal() + days, date.max.toordinal())
            return date.fromordinal(max(ordinal, 1))
        month = day.month - 1 + count * _MONTHS[self.unit]
        year = day.year + month // _MONTHS_A_YEAR
        if not 1 <= year <= _LAST_YEAR:
            return date.max if count > 0 else date.min
        month = month % _MONTHS_A_YEAR + 1
        return date(year, month, min(day.day, monthrange(year, month)[1]))

    def __str__(self) -> str:
        """Return the rhythm in words."""
        return (
            f"every {self.every} {self.unit}s"
            if self.every > 1
            else f"every {self.unit}"
        )


@frozen(kw_only=True)
@value
class Contribution:
    """How much one thing helps or hurts a goal or objective, from -100 to 100."""

    target: Annotated[GoalId | ObjectiveId, Link("contributes", trace=True)]
    weight: Satisfaction
    rationale: str = ""


@frozen(kw_only=True)
@value
class Descriptor:
    """One step of a scale in words, with the satisfaction that it stands for."""

    name: Line
    satisfaction: Satisfaction | None = None
    meaning: str = ""


@frozen(kw_only=True)
@value
class DescriptorScale:
    """A scale in words, its steps from worst to best."""

    name: Line
    steps: Annotated[tuple[Descriptor, ...], NotEmpty()]

    @invariant(
        "MK-DOM-015",
        "each step of a scale has a name of its own",
        fields=("steps",),
        fix="rename or remove one of the two steps",
    )
    def _distinct(self) -> bool:
        return len({step.name for step in self.steps}) == len(self.steps)
