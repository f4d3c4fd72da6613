"""The organizations of a plan, and for each its mission, vision and values."""

from datetime import date
from typing import Final

from missionkit.domain.intent import CoreIntent, Organization, ValueStatement
from missionkit.domain.values import Period
from missionkit.formats import codes
from missionkit.formats.stratml.session import Session
from missionkit.formats.stratml.texts import line
from missionkit.formats.xmltree import Node

NO_MISSION: Final = "The plan states no mission."
_NAMELESS: Final = "Unnamed organization"


def read_organization(
    session: Session, node: Node, parent: str | None, title: str
) -> str:
    """Read one Organization, a part of *parent*, and return its id.

    Where it has no name, that of the plan, *title*, stands in for it.
    """
    ledger = session.ledger
    name = ledger.line(node, "Name")
    if not name:
        name = (title if parent is None else "") or _NAMELESS
        message = f"the {node.name} has no name; it is called '{name}'"
        ledger.report(codes.UNNAMED, message, node)
    draft = session.add(Organization, name, node, name=name, parent=parent)
    draft.fields["acronym"] = ledger.text(node, "Acronym")
    draft.fields["description"] = ledger.text(node, "Description")
    draft.fields["notes"] = ledger.text(node, "OtherInformation")
    return draft.id


def make_organization(session: Session, title: str) -> str:
    """Make the organization that a plan does not name, called after the plan."""
    name = title or _NAMELESS
    message = f"the plan names no organization; one was made and called '{name}'"
    session.ledger.report(codes.NO_ORGANIZATION, message, session.ledger.root)
    return session.add(Organization, name, None, name=name).id


def read_intent(session: Session, organization: str, nodes: list[Node]) -> str | None:
    """Read Mission, Vision and Value elements; return the id of the core intent."""
    mission = _statement(session, [node for node in nodes if node.name == "Mission"])
    vision = _statement(session, [node for node in nodes if node.name == "Vision"])
    values = [_value(session, node) for node in nodes if node.name == "Value"]
    found = tuple(value for value in values if value)
    if not (mission or vision or found):
        return None
    if not mission:
        message = f"the plan states no mission; '{NO_MISSION}' stands in for it"
        session.ledger.report(codes.NO_MISSION, message, nodes[0])
    draft = session.add(CoreIntent, "core-intent", None, organization=organization)
    draft.fields |= {
        "mission": mission or NO_MISSION,
        "vision": vision,
        "values": found,
    }
    for node in nodes:
        if node in session.meaningful:
            session.belongs(node, draft, node.step)
    return draft.id


def set_start(session: Session, intent: str, start: date) -> None:
    """Let the core intent hold from *start* on; no plan says when it ends to hold."""
    session.drafts[intent].fields["effective"] = Period(start)


def _statement(session: Session, nodes: list[Node]) -> str | None:
    """Return the first text; another one is reported and stays where it is."""
    ledger = session.ledger
    found = ""
    for node in nodes:
        if node not in session.meaningful:
            continue
        if found:
            message = f"there is more than one {node.name}"
            ledger.report(codes.REPEATED, message, node)
        else:
            found = ledger.text(node, "Description") or ledger.own_text(node)
    return found or None


def _value(session: Session, node: Node) -> ValueStatement | None:
    ledger = session.ledger
    name = ledger.line(node, "Name")
    if not name and session.described(node):
        name = session.stand_in(node, "value")
    if not name:
        return None
    return ValueStatement(name=line(name), description=ledger.text(node, "Description"))
