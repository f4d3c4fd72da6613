"""Where the elements that issues are about stand in a document."""

import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial

from attrs import frozen

from missionkit.codec.limits import LIMITS
from missionkit.codec.locate import Place, places
from missionkit.codec.path import Path, path_parts
from missionkit.errors import DocumentError, NotFoundError
from missionkit.issue import Issue, Source

_Find = Callable[[Iterable[Path]], dict[Path, Place]]


def placed(issues: Iterable[Issue], data: bytes, file: str) -> tuple[Issue, ...]:
    """Return the issues, each with the line and column of what it is about.

    Places are known in documents of ours; elsewhere only the file is.
    """
    issues = tuple(issues)
    document = _document(data, file)
    asked = {issue: _steps(issue, document.elements) for issue in issues}
    found = document.find([steps for steps in asked.values() if steps])
    rest = Source(file=file)
    sources = {
        issue: found[steps].key if steps else rest for issue, steps in asked.items()
    }
    return tuple(i if i.source else i.at(sources[i]) for i in issues)


@frozen
class _Document:
    """Where the elements of a document stand, by id, and how a place is found in it."""

    elements: dict[str, Path]
    find: _Find


def _document(data: bytes, file: str) -> _Document:
    with suppress(ValueError, DocumentError, ImportError):
        text = data.decode("utf-8-sig")
        if text.lstrip().startswith("{"):
            with suppress(ValueError):  # YAML has braces, too
                return _Document(
                    _elements(json.loads(text)), partial(_in_json, text, file)
                )
        if not text.lstrip().startswith("<"):
            from missionkit.codec import yaml_text  # noqa: PLC0415 - of an extra

            found = yaml_text.composed(text, LIMITS, file)
            return _Document(_elements(found.values), found.find)
    return _Document({}, lambda _: {})


def _in_json(text: str, file: str, paths: Iterable[Path]) -> dict[Path, Place]:
    return places(text, paths, file)


def _elements(document: object) -> dict[str, Path]:
    arrays = document.items() if isinstance(document, dict) else ()
    return {
        record["id"]: (plural, position)
        for plural, held in arrays
        if isinstance(held, list)
        for position, record in enumerate(held)
        if isinstance(record, dict) and isinstance(record.get("id"), str)
    }


def _steps(issue: Issue, elements: dict[str, Path]) -> Path:
    """Return the way to what an issue is about, or to the element that has it."""
    start = elements.get(issue.ref, ())
    if start:
        with suppress(NotFoundError):  # a rule may write a path of its own
            return (*start, *path_parts(issue.path))
    return start
