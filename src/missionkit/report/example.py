"""For each code an example: a document, or a line of Python, in which it is found.

The examples of rules are the sound sample with one fault in it. They, and the sample,
are written by ``tools.generate``; what is refused when it is read is written by hand.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeAlias, cast

from attrs import frozen

from missionkit.errors import NotFoundError
from missionkit.issue import nearest
from missionkit.rules.book import BOOK
from missionkit.rules.selection import family_of

Json: TypeAlias = dict[str, Any]

_FOLDER: Final = Path(__file__).parent / "examples"
_SHOWN: Final = 2_000


@frozen(kw_only=True)
class Example:
    """What a code is found in: `does` says in words what is wrong with it.

    Either `document` holds the bytes of a document called `name`, to be judged on a day
    and for a cycle, by the rules that `select` names, or `python` what to type.
    `changed` are the lines of the document that differ from those of the sound sample,
    `besides` codes that are found with it.
    """

    code: str
    does: str
    name: str = "example.json"
    document: bytes = b""
    python: str = ""
    changed: str = ""
    lenient: bool = False
    besides: tuple[str, ...] = ()
    on: date | None = None
    cycle: str | None = None
    select: str = ""
    limits: tuple[tuple[str, float], ...] = ()

    @property
    def said(self) -> str:
        """What the example is, in a few words."""
        if self.changed:
            return f"this fault: {self.does[:1].lower()}{self.does[1:].rstrip('.')}"
        return f"{'a call' if self.python else 'a document'} that {self.does}"

    @property
    def read(self) -> bool:
        """Whether the code is found while the document is read, before any rule."""
        return not (self.python or self.changed)

    @property
    def commands(self) -> tuple[str, ...]:
        """What to type so that the code is found; nothing for a line of Python."""
        if self.python:
            return ()
        options = (
            ("--on", self.on),
            ("--cycle", self.cycle),
            ("--select", self.select),
            *(("--limit", f"{name}={value:g}") for name, value in self.limits),
        )
        words = [f"{option} {value}" for option, value in options if value]
        words += ["--lenient"] if self.lenient else []
        return (
            f"missionkit explain {self.code} --example > {self.name}",
            " ".join(["missionkit check", self.name, *words]),
        )

    @property
    def shown(self) -> str:
        """The part of the example that a page shows."""
        if self.python or self.changed:
            return self.python or self.changed
        text = self.document.decode("utf-8", "backslashreplace")
        return text if len(text) <= _SHOWN else f"{text[:80]} … {text[-20:]}"


def example(code: str) -> Example:
    """Return the example of a code, or raise `NotFoundError` with the nearest codes."""
    if code in _documents():
        return _written(code, _documents()[code])
    if code in _faults():
        return _of_rule(code, _faults()[code])
    raise NotFoundError("example of code", code, nearest(code, with_example()))


@cache
def with_example() -> frozenset[str]:
    """Return the codes that have an example."""
    return frozenset({*_documents(), *_faults()})


@cache
def sound() -> str:
    """Return the document of the sound sample."""
    return _text_of("sound.json")


@cache
def _documents() -> Mapping[str, Json]:
    return _read("documents.json")


@cache
def _faults() -> Mapping[str, Json]:
    return _read("rules.json")


def _read(name: str) -> Json:
    return cast("Json", json.loads(_text_of(name)))


def _text_of(name: str) -> str:
    return (_FOLDER / name).read_text("utf-8")


def _written(code: str, told: Json) -> Example:
    return Example(
        code=code,
        does=told["does"],
        name=told.get("name", "example.json"),
        document=_bytes(told),
        python=told.get("python", ""),
        lenient=told.get("lenient", False),
        besides=tuple(told.get("besides", ())),
    )


def _bytes(told: Json) -> bytes:
    if "hex" in told:
        return bytes.fromhex(told["hex"])
    # Too long to be kept: pieces of text, each with how often it is repeated.
    pieces = told.get("parts", [[told.get("text", ""), 1]])
    return "".join(text * times for text, times in pieces).encode()


def _of_rule(code: str, told: Json) -> Example:
    whole = cast("Json", json.loads(sound()))
    document = {**whole, **dict(_changed(whole, told))}
    day = told.get("on")
    return Example(
        code=code,
        does=told["does"],
        document=_text(document).encode(),
        besides=tuple(told.get("besides", ())),
        changed=_text({k: told[k] for k in ("remove", "put") if told.get(k)}),
        on=date.fromisoformat(day) if day else None,
        cycle=told.get("cycle"),
        select=_on_request().get(code, ""),
        limits=tuple(told.get("limits", {}).items()),
    )


@cache
def _on_request() -> Mapping[str, str]:
    """Return what to select for each code that is judged only where it is selected."""
    entries = (entry for entry in BOOK if entry.on_request)
    found = (code.code for entry in entries for code in entry.codes)
    return {code: family_of(code) for code in found}


def _changed(document: Json, told: Json) -> Iterator[tuple[str, list[Json]]]:
    put: Mapping[str, list[Json]] = told.get("put", {})
    gone = {*told.get("remove", ()), *(e["id"] for many in put.values() for e in many)}
    for plural, held in document.items():
        if isinstance(held, list):
            kept = [each for each in held if each["id"] not in gone]
            added = put.get(plural, [])
            yield plural, sorted([*kept, *added], key=lambda each: str(each["id"]))
    yield from ((plural, put[plural]) for plural in put if plural not in document)


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
