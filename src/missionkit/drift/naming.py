"""Which element of a model a record means: it names one by its id or by its title."""

from collections import Counter
from collections.abc import Container, Iterable
from typing import Final

from missionkit.domain.declaration import Element
from missionkit.domain.display import title_of
from missionkit.markup import one_line, shortened
from missionkit.ports.indicator import IndicatorView

_WIDE: Final = 80


def refs_by_name(view: IndicatorView, kind: type[Element]) -> dict[str, str]:
    """Return the ids of a kind's elements by id, and by the titles that only one has.

    Where a title of one is the id of another, it means the latter.
    """
    held = view.of(kind)
    often = Counter(title_of(each) for each in held)
    titles = {title_of(e): str(e.id) for e in held if often[title_of(e)] == 1}
    return titles | {str(each.id): str(each.id) for each in held}


def titles(
    view: IndicatorView, names: Iterable[str], refs: Container[str]
) -> dict[str, str]:
    """Return how each name is called: one of *refs* by its title, or as it is.

    Where two would be called alike, the id or name is added, so that they differ.
    """
    said = {
        name: one_line(view.model.title(name) if name in refs else name)
        for name in names
    }
    often = Counter(said.values())
    return {
        name: title if often[title] == 1 else f"{shortened(title, _WIDE)} ({name})"
        for name, title in said.items()
    }


def titled(view: IndicatorView, kind: type[Element]) -> dict[str, str]:
    """Return how each element of a kind is called, by id."""
    refs = [str(each.id) for each in view.of(kind)]
    return titles(view, refs, refs)
