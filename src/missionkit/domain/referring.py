"""Who refers to whom in a model."""

from collections.abc import Container, Iterable, Mapping

from attrs import frozen

from missionkit.domain.declaration import Element
from missionkit.domain.links import links_of
from missionkit.domain.opaque import Opaque


@frozen
class Referrer:
    """An element that refers to another; not *certain* where its class is not here."""

    id: str
    path: str
    certain: bool = True


def referrers_in(
    elements: Iterable[Element], known: Container[str]
) -> Mapping[str, tuple[Referrer, ...]]:
    """Return who refers to each element, in the order of *elements*.

    Where a class is not here, each of its texts that is *known* as an id may refer.
    """
    found: dict[str, list[Referrer]] = {}
    for element in elements:
        if isinstance(element, Opaque):
            for text in sorted(element.mentions()):
                if text in known and text != element.id:
                    by = Referrer(element.id, "", certain=False)
                    found.setdefault(text, []).append(by)
        else:
            for use in links_of(element):
                by = Referrer(element.id, use.path)
                found.setdefault(use.target, []).append(by)
    return {ref: tuple(by) for ref, by in found.items()}
