"""Finds anomalies in recorded histories of transactions that read and append to lists.

Each value is appended once, to the list of one key. So whoever reads a list sees all
of its past: the order of its versions, and who made them. From that follows which
transaction came before which, and where they would all have to come before one
another there is no order in which they can have been done one at a time. The method is
that of Elle (Kingsbury and Alvaro, 2020); the names are Adya's.

What is found is there: no sound history has an anomaly here. Nothing is overlooked
where all keys are read when all is over, and what has an unknown outcome was seen or
did not matter.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import TypeAlias

from attrs import field, frozen

Place: TypeAlias = tuple[str, str]
"""A key and a value of its list."""


@frozen
class Append:
    """A value is put to the end of the list of a key."""

    key: str
    value: str


@frozen
class Read:
    """The list of a key is seen."""

    key: str
    values: tuple[str, ...]


class Outcome(StrEnum):
    OK = "ok"
    FAILED = "failed"
    UNKNOWN = "unknown"


@frozen(kw_only=True)
class Transaction:
    """What one process did at once, between two moments; an unknown end is None.

    What is read where the outcome is unknown binds nobody, and is passed over.
    """

    name: str
    process: str
    begun: int
    ended: int | None
    outcome: Outcome
    acts: tuple[Append | Read, ...]

    @property
    def appends(self) -> Iterator[Append]:
        return (act for act in self.acts if isinstance(act, Append))

    @property
    def reads(self) -> Iterator[Read]:
        if self.outcome is Outcome.OK:
            yield from (act for act in self.acts if isinstance(act, Read))


@frozen
class Anomaly:
    """What cannot have been, in words, and the transactions that show it."""

    name: str
    who: frozenset[str]
    words: tuple[str, ...] = field(repr=False)

    def __str__(self) -> str:
        return "\n  ".join([f"{self.name}:", *self.words])


@frozen
class Seen:
    """What the transactions of a history say of one another, key by key.

    *writers* has who appended each value, *last* the last value that each transaction
    appended to a key, and *orders* the versions of each key, as the longest read of it
    shows them; a key whose reads contradict one another has none.
    """

    transactions: tuple[Transaction, ...]
    writers: dict[Place, Transaction]
    last: dict[tuple[str, str], str]
    orders: dict[str, tuple[str, ...]]

    @property
    def committed(self) -> Iterator[Transaction]:
        """Yield what was done: also what has an unknown outcome, and was seen."""
        shown = {
            self.writers[key, value].name
            for key, order in self.orders.items()
            for value in order
            if (key, value) in self.writers
        }
        for each in self.transactions:
            unknown = each.outcome is Outcome.UNKNOWN
            if each.outcome is Outcome.OK or (unknown and each.name in shown):
                yield each


def seen(history: Iterable[Transaction]) -> tuple[Seen, tuple[Anomaly, ...]]:
    """Return what a history says, and what no order of transactions could explain.

    Raises:
        ValueError: a name or a value is used twice, so nothing can be said.
    """
    transactions = tuple(history)
    _refuse_twice([each.name for each in transactions], "name")
    written = [(each, act) for each in transactions for act in each.appends]
    _refuse_twice([(act.key, act.value) for _, act in written], "value")
    writers = {(act.key, act.value): each for each, act in written}
    last = {(each.name, act.key): act.value for each, act in written}
    orders, torn = _orders(transactions)
    found = Seen(transactions, writers, last, orders)
    alone = (*_impossible(found), *_disordered(found))
    return found, (*torn, *alone, *_overwritten(found), *_lost(found))


def external(transaction: Transaction) -> Iterator[Read]:
    """Yield what a transaction first saw of each key, without what it put there."""
    own: defaultdict[str, list[str]] = defaultdict(list)
    known: set[str] = set()
    outcome = transaction.outcome
    for act in transaction.acts if outcome is Outcome.OK else ():
        if isinstance(act, Append):
            own[act.key].append(act.value)
        elif act.key not in known:
            known.add(act.key)
            mine = len(own[act.key])
            yield Read(act.key, act.values[: len(act.values) - mine])


def _refuse_twice(things: Sequence[object], what: str) -> None:
    for thing, number in Counter(things).items():
        if number > 1:
            raise ValueError(f"the {what} {thing} is used {number} times")


def _orders(
    transactions: Sequence[Transaction],
) -> tuple[dict[str, tuple[str, ...]], list[Anomaly]]:
    longest: dict[str, tuple[Transaction, tuple[str, ...]]] = {}
    reads = [(each, read) for each in transactions for read in each.reads]
    for each, read in reads:
        if read.key not in longest or len(longest[read.key][1]) < len(read.values):
            longest[read.key] = (each, read.values)
    torn: dict[str, Anomaly] = {}
    for each, read in reads:
        other, order = longest[read.key]
        if read.key not in torn and read.values != order[: len(read.values)]:
            torn[read.key] = _anomaly(
                "incompatible reads",
                (each, other),
                f"{each.name} read {read.key} = {_listed(read.values)}",
                f"{other.name} read {read.key} = {_listed(order)}",
            )
    orders = {key: order for key, (_, order) in longest.items() if key not in torn}
    return orders, list(torn.values())


def _impossible(found: Seen) -> Iterator[Anomaly]:
    """Yield what one read alone shows."""
    for each in found.transactions:
        yield from _contradictions(each)
        for read in each.reads:
            yield from _strange(found, each, read)
        for read in external(each):
            yield from _halfway(found, each, read)


def _contradictions(each: Transaction) -> Iterator[Anomaly]:
    """Yield where a transaction sees another thing than it saw and did before."""
    mine = {(act.key, act.value) for act in each.appends}
    there: dict[str, tuple[str, ...]] = {}
    own: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for act in each.acts if each.outcome is Outcome.OK else ():
        if isinstance(act, Append):
            own[act.key] += (act.value,)
            continue
        rest = act.values[: len(act.values) - len(own[act.key])]
        whole = there.setdefault(act.key, rest)
        future = any((act.key, value) in mine for value in rest)
        if future or act.values != (*whole, *own[act.key]):
            said = f"{each.name} read {act.key} = {_listed(act.values)}"
            why = f"it saw {_listed(whole)} of others, and appended"
            words = f"{why} {_listed(own[act.key])} before"
            yield _anomaly("internal contradiction", (each,), said, words)


def _strange(found: Seen, each: Transaction, read: Read) -> Iterator[Anomaly]:
    said = f"{each.name} read {read.key} = {_listed(read.values)}"
    for value, number in Counter(read.values).items():
        writer = found.writers.get((read.key, value))
        if number > 1:
            yield _anomaly("duplicate", (each,), f"{said}: {value} {number} times")
        if writer is None:
            yield _anomaly("unwritten value", (each,), f"{said}: nobody wrote {value}")
        elif writer.outcome is Outcome.FAILED:
            why = f"{writer.name}, which appended {value}, was aborted"
            yield _anomaly("G1a", (each, writer), said, why)


def _halfway(found: Seen, each: Transaction, read: Read) -> Iterator[Anomaly]:
    value = read.values[-1] if read.values else ""
    writer = found.writers.get((read.key, value))
    if writer is None or writer is each or writer.outcome is Outcome.FAILED:
        return
    last = found.last[writer.name, read.key]
    if value != last:
        said = f"{each.name} read {read.key} = {_listed(read.values)}"
        why = f"{writer.name} appended {value}, and {last} after it"
        yield _anomaly("G1b", (each, writer), said, why)


def _disordered(found: Seen) -> Iterator[Anomaly]:
    """Yield whose values stand in another order than it appended them in."""
    places = {
        (key, value): place
        for key, order in found.orders.items()
        for place, value in enumerate(order)
    }
    for each in found.transactions:
        last: dict[str, str] = {}
        for act in each.appends:
            if (act.key, act.value) in places:
                before = last.get(act.key, act.value)
                last[act.key] = act.value
                if places[act.key, before] > places[act.key, act.value]:
                    said = f"{each.name} appended {before} to {act.key} before"
                    words = f"{said} {act.value}, and it stands after it"
                    yield _anomaly("wrong order", (each,), words)


def _overwritten(found: Seen) -> Iterator[Anomaly]:
    """Yield who built on one and the same version, though one of them came later."""
    based: dict[tuple[str, tuple[str, ...]], Transaction] = {}
    for each in found.transactions:
        appended = {act.key for act in each.appends}
        for read in external(each):
            if read.key in appended:
                other = based.setdefault((read.key, read.values), each)
                if other is not each:
                    said = f"both read {read.key} = {_listed(read.values)}, and"
                    pair = f"{other.name} and {each.name}"
                    words = f"{pair} {said} appended to it"
                    yield _anomaly("lost update", (other, each), words)


def _lost(found: Seen) -> Iterator[Anomaly]:
    """Yield what was committed, and what nobody saw who looked later."""
    latest: dict[str, Transaction] = {}
    for each in found.transactions:
        for read in each.reads:
            if each.begun >= latest.get(read.key, each).begun:
                latest[read.key] = each
    there = {(key, value) for key, order in found.orders.items() for value in order}
    for each in found.transactions:
        for act in each.appends if each.outcome is Outcome.OK else ():
            later = latest.get(act.key)
            if later is None or act.key not in found.orders or each.ended is None:
                continue
            if each.ended < later.begun and (act.key, act.value) not in there:
                said = f"{each.name} appended {act.value} to {act.key}, and ended"
                why = f"{later.name} began after that, and nobody read {act.value}"
                yield _anomaly("lost append", (each, later), said, why)


def _anomaly(name: str, who: Iterable[Transaction], *words: str) -> Anomaly:
    return Anomaly(name, frozenset(each.name for each in who), words)


def _listed(values: Iterable[str]) -> str:
    return f"[{', '.join(values)}]"
