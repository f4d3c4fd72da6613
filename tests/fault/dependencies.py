"""Which transaction must come before which, and the knots in that."""

from collections.abc import Collection, Iterable, Iterator
from enum import StrEnum
from itertools import chain, pairwise
from typing import Final, NamedTuple

import networkx as nx

from tests.fault.histories import Anomaly, Seen, Transaction, external, seen


class Kind(StrEnum):
    """Why one transaction comes before another."""

    WW = "ww"
    WR = "wr"
    RW = "rw"
    PROCESS = "process"
    REAL_TIME = "real time"


class Edge(NamedTuple):
    """One transaction comes before another; *key* and *value* are what shows it."""

    source: str
    target: str
    kind: Kind
    key: str = ""
    value: str = ""

    def __str__(self) -> str:
        if self.kind is Kind.WW:
            said = f"appended to {self.key} just before {self.target} did {self.value}"
        elif self.kind is Kind.WR:
            said = f"appended {self.value} to {self.key}, which {self.target} read"
        elif self.kind is Kind.RW:
            said = f"read {self.key} without {self.value}, which {self.target} appended"
        elif self.kind is Kind.PROCESS:
            said = f"came before {self.target} in the same process"
        else:
            said = f"had ended before {self.target} began"
        return f"{self.source} {said}"


class Knot(NamedTuple):
    """The name of a cycle: by which edge it is closed, and which others it may have."""

    name: str
    closing: Kind
    others: tuple[Kind, ...]


DATA: Final = (Kind.WW, Kind.WR, Kind.RW)
KNOTS: Final = (
    Knot("G0", Kind.WW, (Kind.WW,)),
    Knot("G1c", Kind.WR, (Kind.WW, Kind.WR)),
    Knot("G-single", Kind.RW, (Kind.WW, Kind.WR)),
    Knot("G2", Kind.RW, DATA),
    Knot("session violation", Kind.PROCESS, (*DATA, Kind.PROCESS)),
    Knot("real-time violation", Kind.REAL_TIME, tuple(Kind)),
)
"""From the worst on: a knot of transactions is named once, by the first that fits."""


def anomalies(history: Iterable[Transaction]) -> tuple[Anomaly, ...]:
    """Return why transactions cannot have been done one at a time, each in its time.

    Raises:
        ValueError: a name or a value is used twice, so nothing can be said.
    """
    found, impossible = seen(history)
    known = [each.who for each in impossible if len(each.who) > 1]
    return (*impossible, *_knots(edges(found), known))


def edges(found: Seen) -> list[Edge]:
    """Return which transaction comes before which, and why."""
    done = list(found.committed)
    return [*_data(found, done), *_processes(done), *_real_time(done)]


def _data(found: Seen, done: Collection[Transaction]) -> Iterator[Edge]:
    """Yield what follows from the versions of each key."""
    steps = _steps(found, done)
    for key, groups in steps.items():
        for before, after in pairwise(groups):
            for source, _ in before:
                yield from _all(source, Kind.WW, key, after)
    for each in done:
        for read in external(each):
            groups = steps.get(read.key, [])
            at = len(read.values)
            for source, value in groups[at - 1] if 0 < at <= len(groups) else ():
                yield from _all(source, Kind.WR, read.key, [(each.name, value)])
            for after in groups[at : at + 1]:
                yield from _all(each.name, Kind.RW, read.key, after)


def _steps(
    found: Seen, done: Collection[Transaction]
) -> dict[str, list[list[tuple[str, str]]]]:
    """Return who appended which value, key by key and in order.

    What nobody saw came after all that was seen, and has no order.
    """
    names = {each.name for each in done}
    steps = {
        key: [
            [(writer.name, value)]
            if (writer := found.writers.get((key, value))) and writer.name in names
            else []
            for value in order
        ]
        for key, order in found.orders.items()
    }
    for each in done:
        for act in each.appends:
            order = found.orders.get(act.key)
            if order is not None and act.value not in order:
                steps[act.key][len(order) :] = [
                    [*chain(*steps[act.key][len(order) :]), (each.name, act.value)]
                ]
    return steps


def _all(
    source: str, kind: Kind, key: str, targets: Iterable[tuple[str, str]]
) -> Iterator[Edge]:
    for target, value in targets:
        if target != source:
            yield Edge(source, target, kind, key, value)


def _processes(done: Iterable[Transaction]) -> Iterator[Edge]:
    """Yield what each process did after what it had ended."""
    before: dict[str, Transaction] = {}
    for each in sorted(done, key=lambda each: each.begun):
        last = before.get(each.process)
        if last is not None:
            yield Edge(last.name, each.name, Kind.PROCESS)
        if each.ended is not None:
            before[each.process] = each


def _real_time(done: Iterable[Transaction]) -> Iterator[Edge]:
    """Yield what began after another had ended, but not what follows from these."""
    moments: list[tuple[int, bool, Transaction]] = []
    for each in done:
        moments.append((each.begun, False, each))
        if each.ended is not None:
            moments.append((each.ended, True, each))
    ended: list[Transaction] = []
    for _, ending, each in sorted(moments, key=lambda moment: moment[:2]):
        if ending:
            ended = [e for e in ended if e.ended is None or e.ended >= each.begun]
            ended.append(each)
        else:
            yield from (Edge(e.name, each.name, Kind.REAL_TIME) for e in ended)


def _knots(
    found: Collection[Edge], known: Iterable[frozenset[str]]
) -> Iterator[Anomaly]:
    """Yield one shortest cycle of every knot that does not hold one that is known."""
    told = list(known)
    tied = _tied(found)
    for knot in KNOTS:
        allowed = [e for e in tied if e.kind in (knot.closing, *knot.others)]
        for group in nx.strongly_connected_components(_graph(allowed)):
            if len(group) == 1 or any(who <= group for who in told):
                continue
            inside = [e for e in allowed if {e.source, e.target} <= group]
            cycle = _shortest(knot, inside)
            if cycle:
                told.append(frozenset(group))
                who = frozenset(edge.source for edge in cycle)
                yield Anomaly(knot.name, who, tuple(map(str, cycle)))


def _tied(found: Iterable[Edge]) -> list[Edge]:
    """Return the edges that are part of a cycle."""
    found = list(found)
    groups = nx.strongly_connected_components(_graph(found))
    part = {name: number for number, group in enumerate(groups) for name in group}
    return [edge for edge in found if part[edge.source] == part[edge.target]]


def _shortest(knot: Knot, inside: Collection[Edge]) -> list[Edge]:
    """Return a shortest cycle that the knot's name fits; there may be none."""
    steps: dict[tuple[str, str], Edge] = {}
    for kind in reversed(knot.others):
        steps |= {(e.source, e.target): e for e in inside if e.kind is kind}
    ways = _graph(steps.values())
    best: list[Edge] = []
    for edge in inside:
        if edge.kind is knot.closing and {edge.source, edge.target} <= set(ways):
            try:
                way = nx.shortest_path(ways, edge.target, edge.source)
            except nx.NetworkXNoPath:
                continue
            cycle = [edge, *(steps[pair] for pair in pairwise(way))]
            best = min(best or cycle, cycle, key=len)
            if len(best) == 2:
                break
    return best


def _graph(found: Iterable[Edge]) -> "nx.DiGraph[str]":
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_edges_from((edge.source, edge.target) for edge in found)
    return graph
