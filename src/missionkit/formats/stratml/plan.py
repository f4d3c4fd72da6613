"""The goals of a plan, and the objectives below them."""

from typing import Final

from missionkit.domain.plan import Goal, Objective
from missionkit.domain.relation import Relation
from missionkit.formats import codes
from missionkit.formats.stratml.measures import read_indicator
from missionkit.formats.stratml.people import read_stakeholder
from missionkit.formats.stratml.places import sections
from missionkit.formats.stratml.session import Draft, Session
from missionkit.formats.stratml.vocabulary import INDICATORS
from missionkit.formats.xmltree import Node

_IN_GOAL: Final = INDICATORS | {"Goal", "Objective", "Stakeholder"}
_IN_OBJECTIVE: Final = INDICATORS | {"Objective", "Stakeholder"}


def read_goal(
    session: Session, node: Node, intent: str | None, parent: str | None = None
) -> None:
    """Read a Goal and everything below it."""
    if not _is_meant(session, node):
        return
    name = session.name_of(node, "goal")
    draft = session.add(Goal, name, node, statement=name, intent=intent, parent=parent)
    _describe(session, node, draft)
    for child in sections(session, node, _IN_GOAL):
        if child.name == "Goal":
            read_goal(session, child, intent, draft.id)
        elif child.name == "Objective":
            read_objective(session, child, draft.id)
        elif child.name == "Stakeholder":
            read_stakeholder(session, child, draft.id)
        else:
            read_indicator(session, child, draft)


def read_objective(
    session: Session, node: Node, goal: str | None, whole: str | None = None
) -> None:
    """Read an Objective that serves *goal*, and is a part of the objective *whole*."""
    if not _is_meant(session, node):
        return
    name = session.name_of(node, "objective")
    draft = session.add(Objective, name, node, statement=name, goal=goal)
    _describe(session, node, draft)
    if whole:
        session.add(Relation, "", None, source=draft.id, target=whole, kind="part of")
    for child in sections(session, node, _IN_OBJECTIVE):
        if child.name == "Objective":
            read_objective(session, child, goal, draft.id)
        elif child.name == "Stakeholder":
            read_stakeholder(session, child, draft.id)
        else:
            read_indicator(session, child, draft)


def _is_meant(session: Session, node: Node) -> bool:
    if node in session.meaningful:
        return True
    message = f"{node.name} says nothing and was left out"
    session.ledger.report(codes.UNNAMED, message, node)
    return False


def _describe(session: Session, node: Node, draft: Draft) -> None:
    draft.fields["description"] = session.ledger.text(node, "Description")
    draft.fields["notes"] = session.ledger.text(node, "OtherInformation")
