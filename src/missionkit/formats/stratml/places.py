"""Where the parts of a plan are found, also where they do not belong."""

from collections.abc import Collection, Iterator

from missionkit.formats import codes
from missionkit.formats.stratml.session import Session
from missionkit.formats.stratml.vocabulary import CLOSED, PLACES, WRAPPERS
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
