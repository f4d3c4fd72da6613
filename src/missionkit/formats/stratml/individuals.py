"""Persons with names: who submitted a plan, and the individuals of a 3.5 draft."""

from typing import Final

from missionkit.domain.party import Party, PartyKind
from missionkit.formats import codes
from missionkit.formats.stratml.people import assign, party_named, role_named
from missionkit.formats.stratml.session import Draft, Session
from missionkit.formats.xmltree import Node

_GIVEN: Final = ("GivenName", "FirstName")
_FAMILY: Final = ("Surname", "LastName")
SUBMITTER: Final = "submitter"


def read_submitter(session: Session, node: Node) -> None:
    """Read who submitted the plan: a party with the tag ``submitter``."""
    if party := _person(session, node):
        party.fields["tags"] = (SUBMITTER,)


def read_individual(session: Session, node: Node, target: str) -> None:
    """Read a person of an organization, and the roles that the person plays there."""
    party = _person(session, node)
    for role in session.ledger.children(node, "Role"):
        if party and role in session.meaningful:
            assign(session, role, party, target, None)


def read_position(session: Session, node: Node) -> None:
    """Read the roles of a position that nobody holds yet (PrototypeIndividual)."""
    ledger = session.ledger
    for part in ledger.children(node, "Role"):
        if name := ledger.line(part, "Name"):
            role = role_named(session, name, None)
            session.belongs(part, role, "" if not role.parts else part.path)


def _person(session: Session, node: Node) -> Draft | None:
    """Return the party that *node* names, or None, reported, where it names nobody."""
    ledger = session.ledger
    parts = (ledger.line(node, *_GIVEN), ledger.line(node, *_FAMILY))
    name = " ".join(part for part in parts if part) or ledger.line(node, "Name")
    if not name:
        kept = "kept in ext" if node in session.meaningful else "left out"
        ledger.report(codes.UNNAMED, f"a {node.name} without a name was {kept}", node)
        return None
    party, is_new = _party(session, node, name)
    party.accept("kind", PartyKind.PERSON)
    session.belongs(node, party, "" if is_new else node.path)
    return party


def _party(session: Session, node: Node, name: str) -> tuple[Draft, bool]:
    """Return the party so named, unless it has another identifier than *node*."""
    found, is_new = party_named(session, name)
    mine = _identifier(node)
    others = {_identifier(part) for part, _ in found.parts} - {"", mine}
    if is_new or not mine or not others:
        return found, not found.parts
    return session.add(Party, "", None, name=name), True


def _identifier(node: Node) -> str:
    return next((c.text.strip() for c in node.children if c.name == "Identifier"), "")
