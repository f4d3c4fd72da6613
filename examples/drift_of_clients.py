"""Easy money: episodic, concentrated, easy-to-win clients crowd out the wanted ones.

python examples/drift_of_clients.py

A cooperative of gardeners lives on yearly contracts with care homes and households.
From April 2025 on it decorates events, too: they are won with one call, pay well, once,
and most of the money is one festival's. Revenue grows; what recurs of it does not.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from random import Random

import missionkit as mk

TODAY = date(2027, 1, 1)
MONTHS = mk.periods(
    date(2023, 1, 1), date(2026, 12, 31)
)  # counted from the second year
BEGAN = date(2025, 4, 1)
HOMES = tuple(f"home-{number}" for number in range(1, 11))
FESTIVAL = "festival"
WANTED = mk.Fact(name="stays", value="for years")
ONCE = mk.Fact(name="stays", value="for a day")


def won(kind: str, at: int) -> str:
    """Give the id of the client that was won in a month: one in each."""
    return f"{kind}-{at + 1}"


def cooperative() -> mk.Model:
    """Model whom the gardeners want to work for, and whom they do."""
    with mk.draft("Greenway Gardeners", id="greenway", currency="EUR") as d:
        d.core_intent("Gardens that are alive all year", id="intent")
        d.client_profile("Who stays", id="who-stays", wanted=[WANTED])
        for number, ref in enumerate(HOMES, 1):
            began = date(2019, 3, 1)
            d.client(
                f"Care home {number}",
                id=ref,
                since=began,
                facts=[WANTED],
                effort_to_win=60,
            )
        d.client(
            "Quay Festival", id=FESTIVAL, since=BEGAN, facts=[ONCE], effort_to_win=3
        )
        for at, month in enumerate(MONTHS):
            day = month.start or TODAY
            d.client(
                f"Household {at + 1}",
                id=won("household", at),
                since=day,
                facts=[WANTED],
                effort_to_win=12 + at % 5,
            )
            if day >= BEGAN:
                d.client(
                    f"Event {at + 1}",
                    id=won("event", at),
                    since=day,
                    facts=[ONCE],
                    effort_to_win=2 + at % 3,
                )
    return d.model


def receipts() -> Iterator[mk.RevenueRecord]:
    """Give what came in each month; chance is that of a seed."""
    chance = Random(11).random  # noqa: S311 - the same in every run

    def paid(day: date, client: str, amount: int, segment: str) -> mk.RevenueRecord:
        euros = Decimal(round(amount * (0.92 + 0.16 * chance())))
        return mk.RevenueRecord(
            on=day,
            client=client,
            amount=mk.Money(euros, "EUR"),
            recurring=segment == "contracts",
            segment=segment,
        )

    for at, month in enumerate(MONTHS[12:], 12):
        day = month.start or TODAY
        for home in HOMES:
            yield paid(day, home, 900, "contracts")
        for month_won in range(at - 11, at + 1):
            yield paid(day, won("household", month_won), 120, "contracts")
        if day >= BEGAN:
            yield paid(day, FESTIVAL, 4000, "events")
            yield paid(day, won("event", at), 1500, "events")


def decided(at: date) -> mk.Decision:
    """Give a decision that lets the gardeners work for events."""
    began = [at for at, month in enumerate(MONTHS) if (month.start or TODAY) >= BEGAN]
    events = (mk.AnyId(won("event", at)) for at in began)
    return mk.Decision(
        id=mk.DecisionId("events"),
        statement="Events pay for the new greenhouse",
        kind=mk.DecisionKind.COURSE_CORRECTION,
        at=at,
        effective=at,
        covers=(mk.AnyId(FESTIVAL), *events),
        direction=mk.Shift.UP,
    )


def report(*more: mk.Decision) -> mk.DriftReport:
    """Ask what became of the figures, with such decisions in the model."""
    model = cooperative().with_(*more)
    revenue = mk.Ledger(list(receipts()))
    return mk.find_drift(model, on=TODAY, revenue=revenue, season=1)


def main() -> None:
    for title, found in (
        ("Nobody decided it", report()),
        ("Decided before, in February 2025", report(decided(date(2025, 2, 10)))),
        ("Decided after the fact, in 2026", report(decided(date(2026, 1, 19)))),
    ):
        print(f"== {title}")
        for each in found.of(mk.DriftVerdict.DRIFT):
            print("-", mk.in_words(each))


if __name__ == "__main__":
    main()
