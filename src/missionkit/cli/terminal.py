"""What commands share: where documents come from, today, and how text is printed."""

import sys
from datetime import date, datetime
from typing import Final

from missionkit.formats.load import load
from missionkit.markup import visible
from missionkit.ports.format import Imported

_STDIN: Final = "-"


def say(said: object) -> None:
    """Print text with every character that cannot be seen written as an escape."""
    print(visible(str(said)))


def today() -> date:
    """Return the day on which the command runs, where it runs."""
    return datetime.now().astimezone().date()


def loaded(file: str, *, lenient: bool) -> Imported:
    """Return what a file holds; ``-`` is the standard input."""
    if file == _STDIN:
        return load(sys.stdin.buffer, lenient=lenient, name="standard input")
    return load(file, lenient=lenient)
