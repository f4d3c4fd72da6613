"""What commands share: where documents come from, today, and how text is printed."""

import sys
from datetime import date, datetime
from typing import Annotated, Final, TypeAlias

from cyclopts import Parameter

from missionkit.formats.file import Readable
from missionkit.formats.load import load
from missionkit.markup import visible
from missionkit.ports.format import Imported

_STDIN: Final = "-"
_NO_NAME: Final = "give the name of a file or folder; this one has no letters"


def _named(_: type, path: str | None) -> None:
    """Refuse the path of no letters, which the system would take for this folder."""
    if path == "":
        raise ValueError(_NO_NAME)


Path: TypeAlias = Annotated[str, Parameter(validator=_named)]
"""The path of what is written."""

File: TypeAlias = Annotated[str, Parameter(allow_leading_hyphen=True, validator=_named)]
"""The path of a document; a lone hyphen is the standard input."""

Switch: TypeAlias = Annotated[bool, Parameter(negative=())]
"""An option that is either given or not."""


def say(said: object) -> None:
    """Print text with every character that cannot be seen written as an escape."""
    print(visible(str(said)))


def today() -> date:
    """Return the day on which the command runs, where it runs."""
    return datetime.now().astimezone().date()


def source(file: str) -> Readable:
    """Return where a document is read from; without a standard input it is empty."""
    if file != _STDIN:
        return file
    return b"" if sys.stdin is None else sys.stdin.buffer


def loaded(file: str, *, lenient: bool) -> Imported:
    """Return what a file, or the standard input, holds."""
    return load(source(file), lenient=lenient, name=called(file))


def called(file: str) -> str:
    """Return how issues call a document."""
    return "standard input" if file == _STDIN else file
