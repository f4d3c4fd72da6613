"""Who the clients are: how far they fit whom the strategy wants, who of them is new."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction

from attrs import frozen

from missionkit.domain.conduct import Client, ClientProfile
from missionkit.drift.ledger.sums import ZERO
from missionkit.drift.receipts import Receipts, receipts
from missionkit.ports.indicator import IndicatorView


@frozen
class Fit:
    """Which parts of a profile a client meets for sure, and which nobody knows."""

    met: Fraction
    unknown: Fraction


def fit(client: Client | None, profile: ClientProfile) -> Fit:
    """Return how far a client fits; a client whom the model lacks is not known.

    Each wanted name of a fact counts alike. It is met where a fact of the client has
    this name and one of the values wanted for it, in whatever case.
    """
    wanted = _values((fact.name, fact.value) for fact in profile.wanted)
    facts = client.facts if client is not None else ()
    held = _values((fact.name, fact.value) for fact in facts)
    met = sum(bool(held.get(name, set()) & values) for name, values in wanted.items())
    lacking = sum(name not in held for name in wanted)
    return Fit(Fraction(met, len(wanted)), Fraction(lacking, len(wanted)))


def _values(facts: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name, value in facts:
        found.setdefault(_plain(name), set()).add(_plain(value))
    return found


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def newcomers(view: IndicatorView) -> tuple[Mapping[str, Decimal] | None, ...]:
    """Return which clients were new in each period, with what they paid in it.

    A client is new in the period of its `since`. Where nobody says since when, it is in
    the first period in which it paid. After a period without figures, and in the first
    one, that is not known of such clients: None stands for it where there is one.
    """
    clients = view.by_id(Client)
    seen: set[str] = set()
    found: list[Mapping[str, Decimal] | None] = []
    begun = False
    for held in view.once(receipts):
        fresh, loose = _fresh(held, clients, seen)
        if held.reason:
            found.append({})
            begun = False
            continue
        found.append(None if loose and not begun else {**fresh, **loose})
        begun = True
        seen |= {client for client, paid in held.paid.items() if paid > 0}
    return tuple(found)


def _fresh(
    held: Receipts, clients: Mapping[str, Client], seen: set[str]
) -> tuple[dict[str, Decimal], dict[str, Decimal]]:
    """Return the new clients of a period: by their `since`, and by their first pay."""
    span = held.span
    fresh, loose = {}, {}
    for client, element in clients.items():
        if element.since and span.start <= element.since <= span.end:
            fresh[client] = held.paid.get(client, ZERO)
    for client, paid in held.paid.items():
        known = clients.get(client)
        if (known is None or known.since is None) and paid > 0 and client not in seen:
            loose[client] = paid
    return fresh, loose
