"""Where a value stands in a document: ``needs[3].importance`` and back."""

import json
import re

from missionkit.errors import NotFoundError

Path = tuple[str | int, ...]
"""Keys and positions that lead from the top of a document to a value."""

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_STEP = re.compile(
    r'\[(?P<position>[0-9]+)\]|\[(?P<quoted>"[^"\\]*+(?:\\.[^"\\]*+)*+")\]|\.?(?P<plain>[A-Za-z_][A-Za-z0-9_-]*)'
)


def path_text(path: Path) -> str:
    """Return the path as people read it; a key that is no plain name is quoted.

    >>> path_text(("acme.bet", 0, "stake"))
    '["acme.bet"][0].stake'
    """
    steps = [_step_text(step) for step in path]
    return "".join(steps).removeprefix(".")


def _step_text(step: str | int) -> str:
    if isinstance(step, int):
        return f"[{step}]"
    return f".{step}" if _PLAIN.fullmatch(step) else f"[{json.dumps(step)}]"


def path_parts(text: str) -> Path:
    """Return the steps of a path that `path_text` wrote.

    >>> path_parts('["acme.bet"][0].stake')
    ('acme.bet', 0, 'stake')
    """
    steps: list[str | int] = []
    at = 0
    while at < len(text):
        hit = _STEP.match(text, at)
        if hit is None:
            raise NotFoundError("path", text)
        steps.append(_step(hit))
        at = hit.end()
    return tuple(steps)


def _step(hit: re.Match[str]) -> str | int:
    if hit["position"]:
        return int(hit["position"])
    return str(json.loads(hit["quoted"])) if hit["quoted"] else hit["plain"]


def value_at(document: object, path: Path) -> object:
    """Return what stands at *path*, or raise `NotFoundError`."""
    for step in path:
        document = _inside(document, step, path)
    return document


def _inside(value: object, step: str | int, path: Path) -> object:
    if isinstance(value, list) and isinstance(step, int) and step < len(value):
        return value[step]
    if isinstance(value, dict) and step in value:
        return value[step]
    raise NotFoundError("path", path_text(path))
