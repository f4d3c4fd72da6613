"""A score: a value that can be made again from its parts, and says what it lacks."""

import json
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from math import isclose
from typing import Any, Final, Literal

import attrs
from attrs import frozen

from missionkit.domain.checking import shape_faults
from missionkit.domain.declaration import proof, value
from missionkit.domain.intent import Limit
from missionkit.domain.spec import Choice
from missionkit.domain.values import Line
from missionkit.errors import InvalidValueError
from missionkit.issue import Issue
from missionkit.markup import Html, columns, join, shown, table, tag
from missionkit.ports import codes
from missionkit.ports.combining import combined
from missionkit.ports.part import (
    Combine,
    MissingPolicy,
    Part,
    Scale,
    Weighting,
    said,
)

_HOW: Final = {
    Combine.SUM: "each value times its weight, added up",
    Combine.MIN: "the lowest of the values",
    Combine.CLOSENESS: "how far from the worst, as a share of the way to the best",
    Combine.RANK: "the place among the values compared, 1 for the highest",
    Combine.PROPAGATION: "along links between goals; the parts do not add up",
}
_LACKING: Final = {
    MissingPolicy.SKIP: "what is missing is left out",
    MissingPolicy.ZERO: "what is missing is counted as 0",
    MissingPolicy.FAIL: "where something is missing there is no value",
}
_NEAR: Final = 1e-12


class _Form(StrEnum):
    WORDS = "words"
    HTML = "html"
    JSON = "json"


@frozen(kw_only=True)
@value
class Score:
    """A number that can be defended: its parts, what was missing, how it was made.

    `value` is None where nothing can be said, and `reason` says why. `weights` are as
    they were given; those of the `parts` are what counts, after what is `missing` was
    treated as the `policy` says. `settings` are the limits that the method used.
    """

    value: float | None = None
    reason: str = ""
    scale: Scale
    combine: Combine
    parts: tuple[Part, ...] = ()
    weights: tuple[Weighting, ...] = ()
    missing: tuple[Part, ...] = ()
    policy: MissingPolicy = MissingPolicy.SKIP
    settings: tuple[Limit, ...] = ()
    method: Line
    version: Line
    subject: str = ""
    title: str = ""
    on: date | None = None

    @proof("value", "reason", "parts", "scale")
    def _can_be_defended(self) -> Iterator[Issue]:
        if (self.value is None) is not bool(self.reason.strip()):
            yield codes.UNREASONED.issue(
                "a score has either a value or a reason why it has none",
                path="reason",
                value=self.reason,
            )
        again = self.recompute()
        if self.value is not None and not _same(self.value, again):
            yield codes.NOT_RECOMPUTED.issue(
                f"the parts give {shown(again)}, not {shown(self.value)}",
                path="value",
                value=self.value,
            )

    def recompute(self) -> float | None:
        """Return the value that the parts give; None where there is none."""
        if self.value is None:
            return None
        settings = {str(each.name): each.value for each in self.settings}
        return combined(self.combine, self.parts, self.scale, settings)

    @property
    def word(self) -> str:
        """The value as a word, on a scale that has words."""
        return "" if self.value is None else self.scale.word(self.value)

    def as_dict(self) -> dict[str, Any]:
        """Return everything as JSON values; what is empty is left out."""
        return attrs.asdict(
            self,
            filter=lambda _, held: held not in (None, "", ()) and held is not False,
            value_serializer=lambda _, __, held: _plain(held),
        )

    def explain(self, form: Literal["words", "html", "json"] = "words") -> str:
        """Return why the value is what it is, in words, as HTML or as JSON.

        Raises:
            InvalidValueError: there is no such form.
        """
        asked = next((each for each in _Form if each == form), form)
        wrong = tuple(shape_faults(Choice(_Form), asked, "form"))
        if wrong:
            raise InvalidValueError("explain", wrong)
        if form == "json":
            return json.dumps(self.as_dict(), ensure_ascii=False, indent=2)
        return self._repr_html_() if form == "html" else str(self)

    def __str__(self) -> str:
        """Return the value, how it is made, each part, and what is missing."""
        rows = [("", *row) for row in self._rows()]
        found = columns([("", *_HEAD), *rows]) if rows else ""
        lacking = [f"  missing  {line}" for line in map(str, self.missing)]
        lines = (self._head(), self._how(), found, *lacking, self._by())
        return "\n".join(line for line in lines if line)

    def _repr_html_(self) -> Html:
        lacking = tag("ul", *(tag("li", each) for each in self.missing))
        return join(
            (
                tag("p", tag("strong", self._head())),
                tag("p", self._how()),
                table(_HEAD, self._rows()) if self.parts else "",
                join((tag("p", "Missing:"), lacking)) if self.missing else "",
                tag("p", self._by()),
            )
        )

    def _head(self) -> str:
        about = f" of {shown(self.title or self.subject)}" if self.subject else ""
        day = f" on {self.on}" if self.on else ""
        if self.value is None:
            return f"{self.method}{about}{day}: no value, as {self.reason}"
        word = f", {self.word}" if self.word else ""
        return f"{self.method}{about}{day}: {said(self.value)}{word} ({self.scale})"

    def _how(self) -> str:
        return f"Made by {self.combine}: {_HOW[self.combine]}." if self.parts else ""

    def _by(self) -> str:
        used = "".join(f"; {each.name} {said(each.value)}" for each in self.settings)
        lacking = f"; {_LACKING[self.policy]}"
        return f"Method {self.method}, version {self.version}{used}{lacking}."

    def _rows(self) -> Iterator[tuple[str, ...]]:
        parts = self.parts
        if self.combine is Combine.SUM:  # what counts most comes first
            parts = tuple(sorted(parts, key=lambda p: -abs(p.amount or 0)))
        for part in parts:
            shown_value = "" if part.value is None else said(part.value)
            amount = "" if part.amount is None else said(part.amount)
            yield (
                part.name,
                part.label or self._worded(part) or shown_value,
                said(part.weight),
                amount if self.combine is Combine.SUM else part.role or "",
                part.because,
                ", ".join(part.refs),
            )

    def _worded(self, part: Part) -> str:
        return "" if part.value is None else self.scale.word(part.value)


_HEAD: Final = ("part", "value", "weight", "counts", "because", "evidence")


def _same(one: float, other: float | None) -> bool:
    return other is not None and isclose(one, other, rel_tol=_NEAR)


def _plain(held: object) -> object:
    if isinstance(held, StrEnum):
        return held.value
    return held.isoformat() if isinstance(held, date) else held
