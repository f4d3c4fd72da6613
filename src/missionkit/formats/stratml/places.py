"""Where the parts of a plan are found, also where they do not belong."""

from collections import Counter
from collections.abc import Collection, Iterator

from missionkit.formats import codes
from missionkit.formats.stratml.session import Session
from missionkit.formats.stratml.vocabulary import (
    CLOSED,
    DRAFTS,
    ORDER,
    PLACES,
    WRAPPERS,
)
from missionkit.formats.xmltree import Node


def sections(session: Session, node: Node, wanted: Collection[str]) -> Iterator[Node]:
    """Yield the elements of the *wanted* names in *node*, also inside of wrappers.

    One that stands where the standard does not know it is reported.
    """
    for child in node.children:
        if not session.ledger.is_ours(child):
            continue
        if child.name in wanted:
            _look_at_place(session, child)
            yield child
        elif child.name not in CLOSED:
            if child.name in WRAPPERS:
                session.ledger.entered.add(child)
            yield from sections(session, child, wanted)


def _look_at_place(session: Session, node: Node) -> None:
    parent = node.parent.name if node.parent else ""
    if parent not in PLACES[node.name]:
        message = f"{node.name} stands in {parent}"
        known = " or ".join(sorted(PLACES[node.name]))
        session.ledger.report(
            codes.MISPLACED, message, node, fix=f"move it into {known}"
        )


def look_at_order(session: Session) -> None:
    """Report, once for each kind of element, what stands in another order."""
    ledger = session.ledger
    if ledger.root.name not in ORDER or ledger.root.namespace in DRAFTS:
        return
    first: dict[str, Node] = {}
    times: Counter[str] = Counter()
    for node in ledger.root.walk():
        if late := _first_late(node):
            first.setdefault(node.name, late)
            times[node.name] += 1
    for name, late in first.items():
        message = f"{late.name} comes late in {name}"
        often = f" ({times[name]} times)" if times[name] > 1 else ""
        ledger.report(codes.ORDER, message + often, late)


def _first_late(node: Node) -> Node | None:
    """Return the first child that the standard wants before the one before it."""
    order = ORDER.get(node.name, ())
    highest = 0
    for child in node.children:
        if child.name in order:
            rank = order.index(child.name)
            if rank < highest:
                return child
            highest = rank
    return None
