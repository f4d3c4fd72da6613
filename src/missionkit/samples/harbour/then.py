"""What the board approved in December 2025, as it was on that day."""

from functools import cache
from typing import Final

from attrs import evolve

from missionkit.domain.declaration import Element
from missionkit.domain.digest import digest_of
from missionkit.domain.measure import SuccessMeasure
from missionkit.domain.stakeholder import Need
from missionkit.samples.harbour import (
    context,
    goals,
    measures,
    needs,
    objectives,
    organization,
    processes,
    stakeholders,
    strategy,
)

APPROVED: Final = (
    organization,
    stakeholders,
    needs,
    context,
    goals,
    objectives,
    strategy,
    measures,
    processes,
)


def digest_then(ref: str) -> str:
    """Return the content digest that an element had in December 2025."""
    return digest_of(_then()[ref]) or ""


def refs_of(kind: type[Element]) -> tuple[str, ...]:
    """Return the ids of all elements of a kind, in the order of their parts."""
    return tuple(ref for ref, held in _then().items() if isinstance(held, kind))


@cache
def _then() -> dict[str, Element]:
    return {held.id: _as_it_was(held) for part in APPROVED for held in part.elements()}


def _as_it_was(element: Element) -> Element:
    match element:
        case Need(id="be-heard"):
            return evolve(element, statement=needs.THEN)
        case SuccessMeasure(id="relet-days"):
            return evolve(element, targets=element.targets[:-1])
    return element
