"""Whether new clients are those who were easiest to win, rather than those who fit.

The figures are ours: we know of no standard for them. They need `Client.effort_to_win`
and the facts that a profile wants. What is not known is not guessed: a period has no
figure where it lacks either for one of its new clients.
"""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import partial
from itertools import groupby
from statistics import median
from typing import Final, TypeAlias

from attrs import frozen

from missionkit.domain.conduct import Client, ClientProfile
from missionkit.drift.figure import Figure, known, series, unknown
from missionkit.drift.indicators.concentrated import UNNAMED, payers_unknown
from missionkit.drift.indicators.fitting import NO_FACTS
from missionkit.drift.ledger.sums import decimal_of
from missionkit.drift.moved.revenue import (
    Cell,
    Paid,
    Weight,
    clients_moved,
    revenue_moved,
)
from missionkit.drift.moved.sides import Moved
from missionkit.drift.naming import titled
from missionkit.drift.receipts import receipts
from missionkit.drift.winning import fit, newcomers
from missionkit.ports.finding import Driver, Finding
from missionkit.ports.indicator import Indicator, IndicatorView
from missionkit.ports.rule import LimitSpec
from missionkit.ports.series import Series, SeriesPoint

ENOUGH: Final = LimitSpec(
    "client_fit", 0.5, "which share of the wanted facts a client that fits meets"
)
_FIT: Final = "new-client-fit"
_HALVES: Final = "easy-clients-fit-less"
_EASY: Final = "easy-unfit-revenue"
_TWO: Final = 2


@frozen(kw_only=True)
class Won:
    """A new client: how far it fits, what it took to win it, and what it paid."""

    met: Fraction
    unknown: Fraction
    effort: Fraction | None
    paid: Decimal
    client: str


Value: TypeAlias = Callable[[IndicatorView, tuple[Won, ...]], float | str]


def fit_of_new(view: IndicatorView, won: tuple[Won, ...]) -> float | str:  # noqa: ARG001 - as each value is asked
    """Return how far new clients fit on average, from 0 to 1, or why nobody knows.

    The mean share of the wanted facts that each meets: the win rate in the profile,
    where each client meets all or nothing.
    """
    reason = _lacks_facts(won)
    return reason or float(sum((each.met for each in won), Fraction()) / len(won))


def fit_less(view: IndicatorView, won: tuple[Won, ...]) -> float | str:  # noqa: ARG001 - as each value is asked
    """Return how much less the easier half of new clients fits, or why nobody knows.

    From -1 to 1: the mean fit of the half that took more hours to win, less that of
    the half that took fewer. Above 0, those fit less who are easy to win. Clients of
    equal hours on both sides of the middle count in both halves, each in part.
    """
    reason = _lacks_facts(won) or _lacks_effort(won)
    if not reason and len({each.effort for each in won}) < _TWO:
        reason = "all new clients took the same effort to win"
    if reason:
        return reason
    easier = _mean_of_half(won)
    whole = sum((each.met for each in won), Fraction()) / len(won)
    return float(2 * (whole - easier))


def _mean_of_half(won: tuple[Won, ...]) -> Fraction:
    """Return the mean fit of the half of the clients that took the fewest hours."""
    left = half = Fraction(len(won), 2)
    found = Fraction()
    ordered = sorted(won, key=_hours)
    for _, group in groupby(ordered, key=_hours):
        alike = list(group)
        part = min(Fraction(len(alike)), left)
        found += part * sum((each.met for each in alike), Fraction()) / len(alike)
        left -= part
    return found / half


def _hours(won: Won) -> Fraction:
    return won.effort or Fraction()


def easy_and_unfit(view: IndicatorView, won: tuple[Won, ...]) -> float | str:
    """Return which share of new clients' revenue is easy and unfit, or why none is.

    From 0 to 1. Easy is who took no more hours to win than the median of all clients
    of the model of whom that is known; unfit is who meets less than the limit
    `client_fit` of the wanted facts.
    """
    reason = _lacks_facts(won) or _lacks_effort(won)
    efforts = _efforts(view)
    if not reason and len(set(efforts)) < _TWO:
        reason = "all clients took the same effort to win, so that none was easy"
    whole = sum((Fraction(each.paid) for each in won), Fraction())
    if not reason and not whole:
        reason = "its new clients paid nothing in it"
    if reason:
        return reason
    part = (Fraction(each.paid) for each in won if _is_easy_and_unfit(view, each))
    return float(sum(part, Fraction()) / whole)


def _efforts(view: IndicatorView) -> list[Fraction]:
    return sorted(
        Fraction(decimal_of(client.effort_to_win))
        for client in view.of(Client)
        if client.effort_to_win is not None
    )


def _is_easy_and_unfit(view: IndicatorView, won: Won) -> bool:
    enough = view.limits.get(ENOUGH.name, ENOUGH.default)
    middle = median(view.once(_efforts))
    return _hours(won) <= middle and won.met < Fraction(enough)


def _lacks_facts(won: tuple[Won, ...]) -> str:
    lacking = sum(each.unknown > 0 for each in won)
    said = f"of {lacking} of {len(won)} new clients a wanted fact is not known"
    return said if lacking else ""


def _lacks_effort(won: tuple[Won, ...]) -> str:
    lacking = sum(each.effort is None for each in won)
    said = f"of {lacking} of {len(won)} new clients nobody says what it took to win"
    return f"{said} them" if lacking else ""


def _of_profiles(
    name: str, words: str, unit: str, value: Value, view: IndicatorView
) -> Iterator[Series]:
    """Yield the value for each profile of wanted clients."""
    called = titled(view, ClientProfile)
    for profile in view.of(ClientProfile):
        yield series(
            view,
            name,
            title=f"{words} {called[profile.id]}",
            unit=unit,
            points=_points(view, profile, value),
            refs=(profile.id,),
        )


def _points(
    view: IndicatorView, profile: ClientProfile, value: Value
) -> Iterator[SeriesPoint]:
    fresh = view.once(newcomers)
    for held, new in zip(view.once(receipts), fresh, strict=True):
        reason = payers_unknown(view, held) or ("" if profile.wanted else NO_FACTS)
        if not reason and new is None:
            reason = "nobody says of all its clients since when they are clients"
        if not reason and not new:
            reason = "it has no new client"
        if reason:
            yield unknown(held.span, reason)
            continue
        won = _won(view, profile, new or {})
        found = value(view, won)
        if isinstance(found, str):
            yield unknown(held.span, found)
        else:
            yield known(held.span, found, float(len(won)))


def _won(
    view: IndicatorView, profile: ClientProfile, new: Mapping[str, Decimal]
) -> tuple[Won, ...]:
    clients = view.by_id(Client)
    found = []
    for client, paid in new.items():
        element = clients.get(client)
        held = fit(element, profile)
        hours = element.effort_to_win if element is not None else None
        effort = None if hours is None else Fraction(decimal_of(hours))
        found.append(
            Won(
                met=held.met,
                unknown=held.unknown,
                effort=effort,
                paid=paid,
                client=client,
            )
        )
    return tuple(found)


def _new(view: IndicatorView, finding: Finding, at: int) -> tuple[Won, ...]:
    """Return the new clients of a period that has a figure."""
    profile = view.by_id(ClientProfile)[finding.refs[0]]
    return _won(view, profile, view.once(newcomers)[at] or {})


def _fit_moved(view: IndicatorView, finding: Finding) -> Iterator[Driver]:
    def paid(view: IndicatorView, at: int) -> Paid:
        found = _new(view, finding, at)
        return ((won.client, won.met, Fraction(1)) for won in found)

    return clients_moved(paid, view, finding)


def _counted_easy(view: IndicatorView, finding: Finding) -> Weight:
    held: dict[int, dict[str, Won]] = {}

    def weight(at: int, cell: Cell) -> int | None:
        if at not in held:
            held[at] = {won.client: won for won in _new(view, finding, at)}
        won = held[at].get(cell.client or "")
        return None if won is None else int(_is_easy_and_unfit(view, won))

    return weight


_FIGURES: Final[tuple[tuple[str, str, str, Value], ...]] = (
    (_FIT, "New clients that fit:", "share of new clients", fit_of_new),
    (_HALVES, "Easy clients fit less:", "difference of fit, -1 to 1", fit_less),
    (
        _EASY,
        "New revenue that is easy and does not fit:",
        "share of new clients' revenue",
        easy_and_unfit,
    ),
)

_MOVED: Final[dict[str, Moved]] = {
    _FIT: _fit_moved,
    _EASY: revenue_moved(_counted_easy),
}

INDICATORS: tuple[Indicator, ...] = tuple(
    Figure(
        name=figure[0],
        make=partial(_of_profiles, *figure),
        requires=("revenue", "client", "client_profile"),
        limits=(UNNAMED, ENOUGH) if figure[0] == _EASY else (UNNAMED,),
        moved=_MOVED.get(figure[0]),
    )
    for figure in _FIGURES
)
