"""Documents with one change made by chance: most wrong, some still right."""

# ruff: noqa: ANN401 - JSON values of any type are changed here

import json
from copy import deepcopy
from random import Random
from typing import Any

JUNK: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    -1,
    7,
    2**53 + 1,
    0.5,
    1.0,
    -0.0,
    1e308,
    "",
    " ",
    "  warm  ",
    "12",
    "1.50",
    "NaN",
    "2026-02-30",
    "20260101",
    "2026-01-01",
    "2026-01-01T00:00:00Z",
    "2026-01-01T00:00:00+01:00",
    "2026-01-01T00:00:00",
    "person",
    "Person",
    "need-1",
    "no-such-thing",
    "../../etc/passwd",
    "a\x00b",
    "a\u202eb",
    "two\r\nlines",
    "x" * 501,
    [],
    [None],
    ["a", "a"],
    {},
    {"id": "x"},
    {"__class__": "Need"},
)
NAMES = ("id", "statment", "name ", "__proto__", "ext", "kind", "start", "é", "")


def places(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Return the path of every value below the top."""
    found: list[tuple[str | int, ...]] = []
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for step, inner in items:
        found.append((*path, step))
        if isinstance(inner, dict | list):
            found += places(inner, (*path, step))
    return found


def mutated(document: dict[str, Any], random: Random) -> dict[str, Any]:
    """Return a copy of the document in which one value has been changed."""
    changed = deepcopy(document)
    *way, last = random.choice(places(changed))
    holder: Any = changed
    for step in way:
        holder = holder[step]
    act = random.choice((replace, replace, remove, rename, repeat, add))
    act(holder, last, random)
    return changed


def replace(holder: Any, last: Any, random: Random) -> None:
    holder[last] = deepcopy(random.choice(JUNK))


def remove(holder: Any, last: Any, _: Random) -> None:
    del holder[last]


def rename(holder: Any, last: Any, random: Random) -> None:
    if isinstance(holder, dict):
        name = random.choice((*NAMES, f"{last}s", last[1:]))
        holder[name] = holder.pop(last)
    else:
        random.shuffle(holder)


def repeat(holder: Any, last: Any, random: Random) -> None:
    if isinstance(holder, list):
        holder.append(deepcopy(holder[last]))
    else:
        holder[random.choice(list(holder))] = deepcopy(holder[last])


def add(holder: Any, _: Any, random: Random) -> None:
    junk = deepcopy(random.choice(JUNK))
    if isinstance(holder, list):
        holder.insert(random.randint(0, len(holder)), junk)
    else:
        holder[random.choice(NAMES)] = junk


def garbled(text: str, random: Random) -> str:
    """Return the text with a character taken out, put in, doubled, or its end lost."""
    at = random.randrange(len(text))
    match random.randrange(5):
        case 0:
            return text[:at] + text[at + 1 :]
        case 1:
            return (
                text[:at]
                + random.choice('{}[]",:\\\x00\x1f0-.eE\ufeffé\ud800')
                + text[at:]
            )
        case 2:
            return text[:at] + text[at] + text[at:]
        case 3:
            return text[:at]
    other = random.randrange(len(text))
    return text[: min(at, other)] + text[max(at, other) :]


def text_of(document: dict[str, Any]) -> str:
    return json.dumps(document, indent=1, ensure_ascii=False)
