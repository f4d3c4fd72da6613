"""Small words: counts with their nouns, lists of titles, texts cut to fit."""

from collections.abc import Sequence
from typing import Final

from missionkit.markup import one_line
from missionkit.ports.format import Lost

_WIDE: Final = 90


def listed(titles: Sequence[str], more: int = 0) -> str:
    """Return titles, each shortened, and how many *more* there are.

    >>> listed(["a.", "b"], more=2)
    '“a”, “b” and 2 more'
    """
    shown = [f"“{clipped(title.rstrip('.'), _WIDE)}”" for title in titles]
    if more:
        return f"{', '.join(shown)} and {more} more"
    return " and ".join(filter(None, (", ".join(shown[:-1]), *shown[-1:])))


def some(titles: Sequence[str], most: int) -> str:
    """Return the first titles and how many more there are.

    >>> some(["a", "b", "c", "d"], 2)
    '“a”, “b” and 2 more'
    """
    return listed(titles[:most], len(titles[most:]))


def clipped(text: str, width: int) -> str:
    """Return *text* on one line, cut after a word where it is longer than *width*.

    >>> clipped("A home that is warm in winter", 20)
    'A home that is warm…'
    """
    line = one_line(text[: width * 20])
    if len(line) <= width:
        return line
    kept = line[: width - 1]
    after_word = line[width - 1] == " " or " " not in kept[width // 2 :]
    return f"{kept if after_word else kept[: kept.rfind(' ')]}…"


def plural(count: int, one: str, many: str = "") -> str:
    """Return a count with its noun.

    >>> plural(1, "need"), plural(2, "process", "processes")
    ('1 need', '2 processes')
    """
    return f"{count} {one if count == 1 else many or one + 's'}"


def losses(lost: Sequence[Lost]) -> tuple[tuple[Lost, ...], str]:
    """Return what was lost that said something, and how much was left out as empty.

    >>> losses([Lost("Plan/Comment", "so it is"), Lost("Plan/Name")])[1]
    '1 empty element was left out'
    """
    said = tuple(each for each in lost if each.value)
    empty = len(lost) - len(said)
    if not empty:
        return said, ""
    verb = "was" if empty == 1 else "were"
    return said, f"{plural(empty, 'empty element')} {verb} left out"
