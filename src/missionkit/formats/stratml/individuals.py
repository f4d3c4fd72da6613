"""Persons with names: who submitted a plan, and the individuals of a 3.5 draft."""

from typing import Final

from missionkit.domain.party import Party, PartyKind
from missionkit.formats import codes
from missionkit.formats.stratml.people import (
    FAMILY,
    GIVEN,
    assign,
    party_named,
    role_named,
)
from missionkit.formats.stratml.session import Draft, Session
from missionkit.formats.stratml.texts import LONGEST_LINE, line
from missionkit.formats.xmltree import Node

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
            session.belongs(part, role, "" if not role.parts else f"/{part.path}")


def _person(session: Session, node: Node) -> Draft | None:
    """Return the party that *node* names, or None, reported, where it names nobody."""
    ledger = session.ledger
    given = ledger.line(node, *GIVEN, accept=_fits)
    family = ledger.line(node, *FAMILY, accept=_fits)
    name = line(f"{given} {family}") or ledger.line(node, "Name")
    if not name:
        kept = "kept in ext" if node in session.meaningful else "left out"
        ledger.report(codes.UNNAMED, f"{node.name} has no name and was {kept}", node)
        return None
    party, is_new = _party(session, node, name)
    party.accept("kind", PartyKind.PERSON)
    session.belongs(node, party, "" if is_new else f"/{node.path}")
    return party


def _fits(part: str) -> bool:
    """Return whether two parts of this length make a name that need not be cut."""
    return 2 * len(part) < LONGEST_LINE


def _party(session: Session, node: Node, name: str) -> tuple[Draft, bool]:
    """Return the party so named, unless it has another identifier than *node*."""
    mine = _identifier(node)
    exact = (Party, f"{name}\n{mine}")
    if mine and exact in session.named:
        return session.named[exact], False
    found, _ = party_named(session, name)
    if mine and found.parts:
        found = session.add(Party, "", None, name=name)
    if mine:
        session.named[exact] = found
    return found, not found.parts


def _identifier(node: Node) -> str:
    return next((c.text.strip() for c in node.children if c.name == "Identifier"), "")
