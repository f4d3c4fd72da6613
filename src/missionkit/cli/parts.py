"""Answers made of parts: each a heading with rows below it, or what a room tells."""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import Enum
from typing import Any, Final, Protocol

from attrs import frozen

from missionkit.issue import Issue
from missionkit.markup import Html, columns, join, one_line, table, tag
from missionkit.processes.numbers import percent

_CLEAN: Final = "nothing was found"


class Shown(Protocol):
    """What can be told as text, as HTML, and as JSON values."""

    def __str__(self) -> str:
        """Return it as text."""
        ...

    def _repr_html_(self) -> str: ...

    def as_dict(self) -> Any:  # noqa: ANN401 - JSON values
        """Return it as JSON values."""
        ...


class Lacking(str):
    """Words in the place of what is missing; as a JSON value nothing is there."""

    __slots__ = ()


@frozen
class Rows:
    """Some things with the same facts about each; *lacking* is said where none is.

    A fact that is a number with a fraction is a share.
    """

    items: tuple[Mapping[str, object], ...]
    lacking: str

    def __str__(self) -> str:
        """Return them in aligned columns."""
        if not self.items:
            return self.lacking
        return columns([tuple(self.items[0]), *self._cells()])

    def _repr_html_(self) -> str:
        if not self.items:
            return tag("p", self.lacking)
        return table(tuple(self.items[0]), self._cells())

    def as_dict(self) -> list[dict[str, object]]:
        """Return a JSON object for each."""
        return [
            {name.replace(" ", "_"): _plain(held) for name, held in each.items()}
            for each in self.items
        ]

    def _cells(self) -> Iterable[tuple[str, ...]]:
        return [tuple(map(_said, each.values())) for each in self.items]


@frozen
class Line:
    """What is said in a sentence or some, each on its line."""

    said: tuple[str, ...]

    def __str__(self) -> str:
        """Return the lines."""
        return "\n".join(map(one_line, self.said))

    def _repr_html_(self) -> str:
        return join(tag("p", each) for each in self.said)

    def as_dict(self) -> list[str]:
        """Return the lines."""
        return list(self.said)


@frozen
class Findings:
    """What the rule book found."""

    issues: tuple[Issue, ...]

    def __str__(self) -> str:
        """Return a line for each: its code, what it is about, and what is wrong."""
        rows = [(each.code, each.ref, each.message) for each in self.issues]
        return columns(rows) if rows else _CLEAN

    def _repr_html_(self) -> str:
        if not self.issues:
            return tag("p", _CLEAN)
        head = ("code", "severity", "about", "what", "fix")
        return table(
            head, ((i.code, i.severity, i.ref, i.message, i.fix) for i in self.issues)
        )

    def as_dict(self) -> list[dict[str, object]]:
        """Return each as JSON values."""
        return [each.as_dict() for each in self.issues]


@frozen(kw_only=True)
class Part:
    """One part of an answer: its heading, and what stands below it."""

    title: str
    body: Shown

    @property
    def key(self) -> str:
        """Its name in JSON."""
        return self.title.casefold().replace(" ", "_")


@frozen(kw_only=True)
class Told:
    """An answer of several parts: what it is about, which day, and the parts.

    `issues` are the findings that it tells of, wherever it does.
    """

    ref: str
    title: str
    on: date
    issues: tuple[Issue, ...]
    parts: tuple[Part, ...]

    def __str__(self) -> str:
        """Return the parts one after another, each below its heading."""
        named = f"{self.title} ({self.ref})" if self.ref else self.title
        found = [f"{part.title}\n{_indented(str(part.body))}" for part in self.parts]
        return "\n\n".join((f"{one_line(named)} on {self.on}", *found))

    def as_dict(self) -> dict[str, object]:
        """Return it as JSON values."""
        about = {"id": self.ref, "name": self.title, "on": self.on.isoformat()}
        return {**about, **{part.key: part.body.as_dict() for part in self.parts}}

    def to_html(self) -> Html:
        """Return it as HTML; every text is escaped."""
        return join(
            piece
            for part in self.parts
            for piece in (tag("h3", part.title), Html(part.body._repr_html_()))
        )


def _indented(told: str) -> str:
    return "\n".join(f"  {line}".rstrip() for line in told.splitlines())


def _said(held: object) -> str:
    if isinstance(held, tuple):
        return ", ".join(map(_said, held))
    if isinstance(held, Enum):
        return str(held.value).replace("_", " ")
    if isinstance(held, float):
        return percent(held)
    return "" if held is None else str(held)


def _plain(held: object) -> object:
    if isinstance(held, tuple):
        return [_plain(each) for each in held]
    if isinstance(held, Enum):
        return held.value
    if isinstance(held, Lacking):
        return None
    return held.isoformat() if isinstance(held, date) else held
