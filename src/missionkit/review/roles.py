"""Which roles somebody has in a review: those given on it, or for the organization."""

from missionkit.domain.history import Actor
from missionkit.domain.opaque import Opaque
from missionkit.domain.review import ReviewCycle
from missionkit.ports.rule import RuleView
from missionkit.rules.facts.review_roles import players_of


def roles_of(view: RuleView, cycle: ReviewCycle, by: Actor) -> frozenset[str]:
    """Return the roles of an actor in a review on the day of the view.

    A role goes by its kind and by its id, but of no kind by the name of another one.
    The actor's own list only narrows what the model gives.
    """
    actor = view.model.find(by.id)
    if isinstance(actor, Opaque) and actor.erased:
        return frozenset()  # what was left of a person acts no more
    found = {
        name for name, parties in players_of(view, cycle).items() if by.id in parties
    }
    return frozenset(found if by.roles is None else found & set(by.roles))
