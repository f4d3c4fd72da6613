"""Tables in plain text, so that rows of the sample can be read side by side."""

import re
from collections.abc import Iterator
from typing import Final

_CONTINUED: Final = re.compile(r"\n[ ]+\|")


def rows(table: str) -> Iterator[list[str]]:
    r"""Yield the cells of each row; a line that begins with a bar continues its row.

    >>> list(rows("warm | A warm home\n  | 0.9"))
    [['warm', 'A warm home', '0.9']]
    """
    for line in _CONTINUED.sub(" |", table).splitlines():
        if line.strip():
            yield [cell.strip() for cell in line.split("|")]
