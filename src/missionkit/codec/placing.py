"""Faults of a document with the places where they stand, in its order."""

from collections.abc import Callable, Iterable, Mapping

from attrs import evolve

from missionkit.codec.faults import Fault
from missionkit.codec.locate import Place
from missionkit.codec.path import Path, path_text
from missionkit.issue import Issue

Find = Callable[[Iterable[Path]], Mapping[Path, Place]]
"""Tells where paths stand in the text that the values were read from."""


def placed(faults: Iterable[Fault], find: Find) -> tuple[Issue, ...]:
    """Return the issues with path and place, in the order of the document."""
    told = tuple(faults)
    if not told:
        return ()
    places = find(fault.path for fault in told)
    issues = [
        evolve(
            fault.issue,
            path=path_text(places[fault.path].path),
            source=places[fault.path].key if fault.at_key else places[fault.path].value,
        )
        for fault in told
    ]
    return tuple(sorted(issues, key=_order))


def _order(issue: Issue) -> tuple[int, int, str, str]:
    place = issue.source
    line, column = (place.line or 0, place.column or 0) if place else (0, 0)
    return line, column, issue.code, issue.message
