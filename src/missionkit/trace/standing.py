"""Whether links still stand: affirmed by somebody, never affirmed, or suspect."""

from collections.abc import Iterator
from enum import StrEnum
from typing import TypeAlias

from attrs import frozen

from missionkit.domain.links import LinkUse, links_of
from missionkit.domain.model import Model
from missionkit.domain.opaque import Opaque
from missionkit.domain.review import Affirmation

Key: TypeAlias = tuple[str, str, str]


class State(StrEnum):
    """What is known of a link."""

    AFFIRMED = "affirmed"
    NOT_AFFIRMED = "not affirmed"
    SUSPECT = "suspect"
    NOT_JUDGED = "not judged"


@frozen(kw_only=True)
class Standing:
    """A link, by who holds it and where, and whether it still stands.

    Suspect is a link whose target says something else than when the link was last
    affirmed; a target whose class is not here is not judged.
    """

    holder: str
    path: str
    target: str
    state: State
    affirmation: str | None = None

    def __str__(self) -> str:
        """Return the link and its state."""
        return f"{self.holder}.{self.path} → {self.target}: {self.state}"


def standing(model: Model) -> tuple[Standing, ...]:
    """Return the standing of each trace link, and of each other that was affirmed."""
    return tuple(standings(model))


def standings(model: Model) -> Iterator[Standing]:
    """Yield what `standing` returns, one after another."""
    newest = _newest(model)
    for element in model:
        if isinstance(element, Opaque):
            continue
        for use in links_of(element):
            found = newest.get((element.id, _field(use.path), use.target))
            if use.link.trace or found is not None:
                yield _judged(model, element.id, use, found)


def _newest(model: Model) -> dict[Key, Affirmation]:
    """Return the last affirmation of each link; of two on one day that of later id."""
    ordered = sorted(model.of(Affirmation), key=lambda found: (found.on, found.id))
    return {(a.source, _field(a.field), a.target): a for a in ordered}


def _field(path: str) -> str:
    """Return the field of the element in which a path begins."""
    return path.partition(".")[0].partition("[")[0]


def _judged(
    model: Model, holder: str, use: LinkUse, found: Affirmation | None
) -> Standing:
    if found is None:
        state = State.NOT_AFFIRMED
    else:
        now = model.digest(use.target)
        same = State.AFFIRMED if found.digest == now else State.SUSPECT
        state = State.NOT_JUDGED if now is None else same
    return Standing(
        holder=holder,
        path=use.path,
        target=use.target,
        state=state,
        affirmation=found.id if found else None,
    )
