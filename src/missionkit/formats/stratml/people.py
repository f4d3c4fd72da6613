"""Stakeholders, and the parties that play roles: who holds, and who performs."""

from collections.abc import Iterator
from typing import Final

from missionkit.domain.party import Party, PartyKind
from missionkit.domain.relation import Relation
from missionkit.domain.role import Role, RoleAssignment, RoleKind
from missionkit.domain.stakeholder import Stakeholder
from missionkit.formats import codes
from missionkit.formats.stratml.session import Draft, Session
from missionkit.formats.stratml.texts import line
from missionkit.formats.stratml.vocabulary import (
    KINDS,
    PARTIES,
    PERFORMER,
    STAKES,
    is_placeholder,
)
from missionkit.formats.xmltree import Node
from missionkit.issue import did_you_mean

GIVEN: Final = ("GivenName", "FirstName")
FAMILY: Final = ("Surname", "LastName")
PERSONS: Final = ("Submitter", "Individual")
_TYPE: Final = "StakeholderTypeType"


def read_stakeholder(session: Session, node: Node, target: str) -> None:
    """Read one Stakeholder of *target*: as who performs, or who has a stake, or both.

    Who only performs becomes a party with roles, everyone else a stakeholder.
    """
    name = _name(session, node)
    if not name:
        return
    roles = [
        r for r in session.ledger.children(node, "Role") if r in session.meaningful
    ]
    types = {role: _types(session, role) for role in roles}
    acting = [role for role in roles if PERFORMER in types[role]]
    staking = [role for role in roles if types[role] != {PERFORMER}]
    if staking or not acting:
        stakes = frozenset(word for role in staking for word in types[role])
        _hold(session, node, name, target, stakes - {PERFORMER})
    if acting:
        _perform(session, node, name, target, acting)


def persons_in(root: Node) -> Iterator[str]:
    """Yield the names of those who are persons anywhere in a plan.

    A performer of whom nothing else is said is taken for one, as `Party` does.
    """
    for node in root.walk():
        if node.name in PERSONS:
            yield line(f"{_first(node, GIVEN)} {_first(node, FAMILY)}")
        if node.name in PERSONS or (node.name == "Stakeholder" and _is_person(node)):
            yield line(_first(node, ("Name",)))


def _first(node: Node, names: tuple[str, ...]) -> str:
    found = (child.all_text() for child in node.children if child.name in names)
    return next(filter(str.strip, found), "")


def _is_person(node: Node) -> bool:
    kind = PARTIES.get(node.attributes.get(_TYPE, "").strip())
    roles = (child for child in node.children if child.name == "Role")
    types = (_first(role, ("RoleType",)).strip() for role in roles)
    performs = PERFORMER in (STAKES.get(said) for said in types)
    return kind is PartyKind.PERSON or (kind is None and performs)


def _name(session: Session, node: Node) -> str:
    ledger = session.ledger
    if name := ledger.line(node, "Name"):
        return name
    if session.described(node):
        return session.stand_in(node, "stakeholder")
    kept = "kept in ext" if node in session.meaningful else "left out"
    ledger.report(codes.UNNAMED, f"{node.name} has no name and was {kept}", node)
    return ""


def _types(session: Session, role: Node) -> set[str]:
    """Return the types of a role that the standard, or a draft of it, knows."""
    types = set()
    for child in session.ledger.children(role, "RoleType"):
        said = child.all_text().strip()
        if said in STAKES:
            types.add(STAKES[said])
            session.ledger.take(child)
        elif said and not is_placeholder(said):
            message = "RoleType is not a word of the standard"
            fix = did_you_mean(said, STAKES) or f"use one of {', '.join(STAKES)}"
            session.ledger.report(
                codes.UNKNOWN_WORD, message, child, fix=fix, value=said
            )
    return types


def _hold(
    session: Session, node: Node, name: str, target: str, stakes: frozenset[str]
) -> None:
    draft, is_new = session.named_draft(Stakeholder, name)
    ledger = session.ledger
    ledger.text(node, "Description", accept=lambda s: draft.accept("description", s))
    if (kind := KINDS.get(node.attributes.get(_TYPE, "").strip())) is None:
        ledger.word(node, _TYPE, KINDS)  # reports a word that is not known
    elif draft.accept("kind", kind):
        ledger.word(node, _TYPE, KINDS)
    draft.fields["stakes"] = draft.fields.get("stakes", frozenset()) | stakes
    if is_new and target == session.root:
        session.belongs(node, draft, "")
    else:
        _relate(session, node, draft, target, is_new=is_new)


def _relate(
    session: Session, node: Node, draft: Draft, target: str, *, is_new: bool
) -> None:
    ends = (draft.id, target)
    if ends in session.related:
        session.belongs(node, session.related[ends], f"/{node.path}")
    else:
        session.related[ends] = session.add(
            Relation, "", node, source=draft.id, target=target, kind="stakeholder"
        )
    if not is_new:
        message = f"{node.name} is read as one with '{draft.id}', which has its name"
        session.ledger.report(codes.MERGED, message, node)


def _perform(
    session: Session, node: Node, name: str, target: str, roles: list[Node]
) -> None:
    ledger = session.ledger
    party, is_new = party_named(session, name)
    kind = PARTIES.get(node.attributes.get(_TYPE, "").strip())
    if kind and party.accept("kind", kind):
        ledger.word(node, _TYPE, PARTIES)
    if is_new:
        ledger.text(node, "Description", accept=lambda s: party.accept("notes", s))
    for role in roles:
        draft = assign(session, role, party, target, RoleKind.PERFORMER)
        if node not in ledger.built:
            session.belongs(node, draft, node.name)


def party_named(session: Session, name: str) -> tuple[Draft, bool]:
    """Return the party so named, and whether it is new; no id is made of its name."""
    found = session.named.get((Party, name))
    if found is not None:
        return found, False
    draft = session.named[Party, name] = session.add(Party, "", None, name=name)
    return draft, True


def assign(
    session: Session, node: Node, party: Draft, target: str, kind: RoleKind | None
) -> Draft:
    """Start the assignment of the role that *node* is, and the role if it is new."""
    ledger = session.ledger
    role = role_named(session, _role_name(session, node), kind)
    notes = ledger.text(node, "Description")
    on = None if target == session.root else target
    return session.add(
        RoleAssignment, "", node, role=role.id, party=party.id, on=on, notes=notes
    )


def role_named(session: Session, name: str, kind: RoleKind | None) -> Draft:
    """Return the role so named, of the kind given unless it has one."""
    role, _ = session.named_draft(Role, name)
    if kind is not None:
        role.accept("kind", kind)
    return role


def _role_name(session: Session, node: Node) -> str:
    """Return the name of a role, or of the one that it refers to in a 3.5 draft."""
    if name := session.ledger.line(node, "Name"):
        return name
    for child in session.ledger.children(node, "ReferenceIdentifier"):
        owner = session.identifiers.owner(child.text)
        for inner in owner.children if owner and owner.name == "Role" else ():
            if inner.name == "Name" and inner.text.strip():
                return line(inner.text)
    return PERFORMER
