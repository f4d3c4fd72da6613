"""Which element of a model a record means: it names one by its id or by its title."""

from collections import Counter

from missionkit.domain.declaration import Element
from missionkit.domain.display import title_of
from missionkit.markup import one_line
from missionkit.ports.indicator import IndicatorView


def refs_by_name(view: IndicatorView, kind: type[Element]) -> dict[str, str]:
    """Return the ids of a kind's elements by id, and by the titles that only one has.

    Where a title of one is the id of another, it means the latter.
    """
    held = view.of(kind)
    times = Counter(title_of(each) for each in held)
    titles = {title_of(e): str(e.id) for e in held if times[title_of(e)] == 1}
    return titles | {str(each.id): str(each.id) for each in held}


def called(view: IndicatorView, name: str) -> str:
    """Return the title of what a name means, or the name itself, on one line."""
    found = view.model.find(name)
    return one_line(name if found is None else title_of(found))
