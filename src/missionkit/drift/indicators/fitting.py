"""Whether revenue comes from the clients whom the strategy wants.

What is not known of a client does not count as fit. How much that is, a series of its
own says, so that a gap in the records is not taken for a change of course.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Final

from missionkit.domain.conduct import Client, ClientProfile
from missionkit.drift.figure import Figure, known, series, unknown
from missionkit.drift.indicators.concentrated import UNNAMED, payers_unknown
from missionkit.drift.moved.revenue import Cell, Weight, revenue_moved
from missionkit.drift.naming import titled
from missionkit.drift.receipts import receipts
from missionkit.drift.winning import Fit, fit
from missionkit.ports.finding import Finding
from missionkit.ports.indicator import Indicator, IndicatorView
from missionkit.ports.series import Series, SeriesPoint

_FIT: Final = "client-fit"
_UNKNOWN: Final = "client-fit-unknown"
NO_FACTS: Final = "the profile says nothing of what is wanted"


def _met(found: Fit) -> Fraction:
    return found.met


def _lacking(found: Fit) -> Fraction:
    return found.unknown


def _weighted(
    name: str,
    words: str,
    part: Callable[[Fit], Fraction],
    view: IndicatorView,
) -> Iterator[Series]:
    """Yield a series for each profile: revenue weighted by a part of each client's fit.

    The sum of what each client paid times the share of the wanted facts that it meets,
    or that are not known of it, divided by what all paid. The figure is ours; it is the
    share of revenue in the profile where each client meets all or nothing.
    """
    called = titled(view, ClientProfile)
    for profile in view.of(ClientProfile):
        yield series(
            view,
            name,
            title=f"{words} {called[profile.id]}",
            unit="share of revenue",
            points=_points(view, profile, part),
            refs=(profile.id,),
        )


def _points(
    view: IndicatorView, profile: ClientProfile, part: Callable[[Fit], Fraction]
) -> Iterator[SeriesPoint]:
    clients = view.by_id(Client)
    for held in view.once(receipts):
        reason = payers_unknown(view, held) or ("" if profile.wanted else NO_FACTS)
        if reason:
            yield unknown(held.span, reason)
            continue
        weighted = sum(
            (
                Fraction(amount) * part(fit(clients.get(client), profile))
                for client, amount in held.paid.items()
            ),
            Fraction(),
        )
        yield known(held.span, _share(weighted, held.named), float(held.named))


def _share(part: Fraction, whole: Decimal) -> float:
    return float(part / Fraction(whole))


def _counted(
    part: Callable[[Fit], Fraction], view: IndicatorView, finding: Finding
) -> Weight:
    """Return how far the revenue of each client counts."""
    clients = view.by_id(Client)
    profile = view.by_id(ClientProfile)[finding.refs[0]]

    def weight(at: int, cell: Cell) -> Fraction | None:  # noqa: ARG001 - as each is asked
        who = cell.client
        return None if who is None else part(fit(clients.get(who), profile))

    return weight


INDICATORS: tuple[Indicator, ...] = (
    Figure(
        name=_FIT,
        make=partial(_weighted, _FIT, "Revenue that fits:", _met),
        requires=("revenue", "client_profile"),
        limits=(UNNAMED,),
        moved=revenue_moved(partial(_counted, _met)),
    ),
    Figure(
        name=_UNKNOWN,
        make=partial(_weighted, _UNKNOWN, "Revenue of unknown fit:", _lacking),
        requires=("revenue", "client_profile"),
        limits=(UNNAMED,),
        moved=revenue_moved(partial(_counted, _lacking)),
    ),
)
