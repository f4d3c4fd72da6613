"""What parts are called: an element by its title, on one line."""

from collections.abc import Iterable
from itertools import islice
from typing import Final

from missionkit.domain.declaration import Element
from missionkit.domain.display import title_of
from missionkit.markup import one_line, shortened
from missionkit.ports.scorer import ScoreView

_WIDE: Final = 60
_MOST: Final = 20


def named(element: Element) -> str:
    """Return an element's title, short enough for a row; its id if it shows none."""
    return shortened(one_line(title_of(element)), _WIDE) or element.id


def whole(view: ScoreView) -> tuple[str, ...]:
    """Return what stands for the organization as a whole, as evidence."""
    root = view.model.root
    return (root.id if root else next(view.model.ids(), "model"),)


def listed(view: ScoreView, refs: Iterable[str]) -> tuple[str, ...]:
    """Return the first of *refs* that are elements, as evidence."""
    return tuple(islice((ref for ref in refs if ref in view.model), _MOST))
