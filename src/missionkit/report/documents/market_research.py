"""Market research: what moves the market, whom we serve, and how others do."""

from collections.abc import Iterator
from typing import Final

from missionkit.domain.care import Benchmark
from missionkit.domain.conduct import Client, ClientProfile, Fact
from missionkit.domain.context import Influencer, Side
from missionkit.domain.stakeholder import Need, Stakeholder
from missionkit.drawing.shapes import number
from missionkit.report.blocks import Bullets, Heading, Section
from missionkit.report.document_view import (
    DocumentView,
    day_or,
    lacking,
    said_or,
    table,
)
from missionkit.report.inline import Faint, Inline, Mark, Strong, Tone, Written
from missionkit.report.measured import amount_said, percent

KEY: Final = "market-research"
TITLE: Final = "Market research"
CONSUMERS: Final = ("direct",)
_CUSTOMER: Final = "customer"


def sections(view: DocumentView) -> Iterator[Section]:
    """Yield what moves the market, customers, clients, and how others do."""
    parts = (
        ("What moves the market", "market", _influencers(view)),
        ("Whom we serve, and what they need", "customers", _customers(view)),
        ("Who pays us", "clients", _clients(view)),
        ("How others do", "peers", _peers(view)),
    )
    for title, ref, blocks in parts:
        yield Section(title=title, id=ref, blocks=tuple(blocks))


def _influencers(view: DocumentView) -> Iterator[Written]:
    found = [i for i in view.model.of(Influencer) if i.side is not Side.INTERNAL]
    rows: list[tuple[Inline, ...]] = [
        (
            Strong(each.statement),
            said_or(each.category, "no field is recorded"),
            each.trend.value,
            day_or(each.observed, "no day is recorded"),
            said_or(each.origin, "no source is recorded"),
        )
        for each in sorted(found, key=lambda each: (each.category or "", each.id))
    ]
    head = ("What moves it", "Field", "Trend", "Seen on", "Source")
    yield from table(head, rows, "Nothing that comes from outside is recorded.")


def _customers(view: DocumentView) -> Iterator[Written]:
    needs: dict[str, list[Need]] = {}
    for need in view.model.of(Need):
        needs.setdefault(need.stakeholder or "", []).append(need)
    rows: list[tuple[Inline, ...]] = []
    for who in view.model.of(Stakeholder):
        if _CUSTOMER not in who.stakes:
            continue
        held = sorted(needs.get(who.id, ()), key=lambda n: (-(n.importance or 0), n.id))
        name: Inline = Strong(who.name)
        if not held:
            rows.append((name, lacking("no need is recorded"), "", ""))
        for need in held:
            rows.append((name, need.statement, _weight(need), need.status.value))
            name = ""
    head = ("Customers", "What they need", "Importance", "Decided")
    yield from table(head, rows, "No customer is recorded among the stakeholders.")


def _weight(need: Need) -> Inline:
    if need.importance is None:
        return lacking("not rated")
    return percent(need.importance)


def _clients(view: DocumentView) -> Iterator[Written]:
    profiles = view.model.of(ClientProfile)
    rows = [_client(each, profiles) for each in view.model.of(Client)]
    head = ("Client", "Since", "What is known", "As we want them")
    yield from table(head, rows, "No client is recorded.")
    yield Heading("Whom the strategy wants")
    wanted = [
        (Strong(f"{each.name}: "), said_or(_facts(each.wanted), "no fact is recorded"))
        for each in profiles
    ]
    yield Bullets(wanted or [lacking("No profile of wanted clients is recorded.")])


def _client(client: Client, profiles: tuple[ClientProfile, ...]) -> tuple[Inline, ...]:
    held = set(client.facts)
    fits = [
        each.name for each in profiles if each.wanted and held.issuperset(each.wanted)
    ]
    fit: Inline = Mark("yes", Tone.GOOD) if fits else Mark("no", Tone.PLAIN)
    return (
        Strong(client.name),
        day_or(client.since, "no day is recorded"),
        said_or(_facts(client.facts), "no fact is recorded"),
        fit
        if any(each.wanted for each in profiles)
        else Faint("no profile to compare"),
    )


def _facts(facts: tuple[Fact, ...]) -> str:
    return ", ".join(f"{fact.name}: {fact.value}" for fact in facts)


def _peers(view: DocumentView) -> Iterator[Written]:
    rows: list[tuple[Inline, ...]] = []
    for each in view.model.of(Benchmark):
        result = view.by_measure.get(each.measure or "")
        unit = (result.measure.unit or "") if result else ""
        last = result.readings[-1] if result and result.readings else None
        them = "" if each.value is None else f"{number(each.value)} {unit}".rstrip()
        rows.append(
            (
                Strong(each.name),
                said_or(each.peer, "no peer is recorded"),
                said_or(them, "no value is recorded"),
                said_or(amount_said(last, unit) if last else "", "no reading"),
                day_or(each.on, "no day is recorded"),
                said_or(each.origin, "no source is recorded"),
            )
        )
    head = ("What is compared", "Whom with", "Theirs", "Ours", "On", "Source")
    yield from table(head, rows, "No comparison with others is recorded.")
