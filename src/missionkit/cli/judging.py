"""What the commands ask of a model: the rules of the book and of plug-ins, by settings.

Whatever a plug-in prints is no part of what we print.
"""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from io import StringIO
from typing import TypedDict

from missionkit.cli.settings import Settings
from missionkit.cli.streams import complain
from missionkit.errors import InvalidValueError
from missionkit.ports.rule import RuleEntry
from missionkit.rules.book import BOOK
from missionkit.rules.plugged import Plugged, plugged


class Asked(TypedDict):
    """The options of a check, and of a pack, that settings give."""

    rules: tuple[RuleEntry, ...]
    select: tuple[str, ...] | None
    ignore: tuple[str, ...]
    severities: Mapping[str, str] | None
    limits: Mapping[str, float] | None


@contextmanager
def asked(settings: Settings) -> Iterator[Asked]:
    """Yield the options that settings give; plug-ins that failed are told of."""
    with redirect_stdout(sys.stderr or StringIO()):
        plugins = Plugged() if settings.plugins is False else plugged()
        try:
            yield Asked(
                rules=(*BOOK, *plugins.rules()),
                select=settings.select,
                ignore=settings.ignore or (),
                severities=settings.severities,
                limits=settings.limits,
            )
        except InvalidValueError:
            # A code may be unknown only because its plug-in failed.
            for issue in plugins.issues:
                complain(str(issue))
            raise
