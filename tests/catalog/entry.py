"""The form of an entry in the catalog of bad inputs, and how one is tried."""

import json
from collections.abc import Callable
from typing import NamedTuple

import missionkit as mk

Deed = Callable[[], object]
SOURCE = "plan.json"


class Large(NamedTuple):
    """An input that is made first, so that making it counts as nobody's time."""

    make: Callable[[], str | bytes]


Given = str | bytes | Large | Deed
"""A document to be loaded, or anything that a caller may do."""


class Refused(NamedTuple):
    """An input, and the error, code, path and words that it is refused with."""

    row: int
    name: str
    given: Given
    code: str
    error: type[mk.MissionKitError] = mk.DocumentError
    path: str = ""
    said: str = ""


class Kept(NamedTuple):
    """An input that is taken, and what comes of it: nothing is changed in silence."""

    row: int
    name: str
    given: Given
    wanted: object = None


class Apart(NamedTuple):
    """A row, or a part of one, that is looked at elsewhere or not at all, and why."""

    row: int
    why: str


Entry = Refused | Kept | Apart


def ready(given: Given) -> Deed:
    """Return the deed that an input stands for, with all made that it needs."""
    if isinstance(given, Large):
        made = given.make()
        return lambda: mk.loads(made, source=SOURCE)
    if isinstance(given, str | bytes):
        return lambda: mk.loads(given, source=SOURCE)
    return given


def document(**arrays: object) -> str:
    """Return a document that holds nothing but *arrays*."""
    return json.dumps({"schema": "missionkit/1", **arrays}, ensure_ascii=False)


def need(**fields: object) -> str:
    """Return a document of one need."""
    return document(needs=[{"id": "n", "statement": "s", **fields}])


def raw(value: str) -> str:
    """Return a document whose only need has *value*, as it is typed, as importance."""
    return need(importance="?").replace('"?"', value)


def loaded(text: str | bytes, ref: str, name: str) -> Deed:
    """Return the deed of reading a field of an element out of a document."""
    return lambda: getattr(mk.loads(text).model[ref], name)
