"""Who changed what, when and why: of one element, and of each of its fields."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from attrs import frozen

from missionkit.domain.history import Commit, Header, Recorded
from missionkit.history.differences import FieldChange, parts
from missionkit.markup import Html, columns, table


@frozen(kw_only=True)
class Version:
    """What one commit did to an element: the fields that it changed.

    `known` is false where the bytes were erased, so that nobody can say.
    """

    header: Header
    what: str
    fields: tuple[FieldChange, ...] = ()
    known: bool = True

    def __str__(self) -> str:
        """Return when, by whom and why, and what was changed."""
        head = self.header
        said = f"{head.sequence} {head.at:%Y-%m-%d %H:%M} {head.actor}: {head.why}"
        lines = (f"    {each}" for each in self.fields)
        return "\n".join([f"{said} ({self.what})", *lines])


@frozen(kw_only=True)
class Blame:
    """For each field of an element the commit that last changed it."""

    id: str
    fields: tuple[tuple[str, Header], ...]

    def _table(self) -> list[tuple[object, ...]]:
        return [
            (path, head.sequence, f"{head.at:%Y-%m-%d}", head.actor, head.why)
            for path, head in self.fields
        ]

    def __str__(self) -> str:
        """Return a line for each field."""
        return columns(self._table()) if self.fields else f"{self.id}: nothing is known"

    def _repr_html_(self) -> Html:
        return table(("field", "commit", "when", "by", "why"), self._table())


def versions(commits: Iterable[Commit], ref: str) -> Iterator[Version]:
    """Yield what each commit did to the element with an id, the first commit first."""
    before: dict[str, Any] | None = None
    for commit, change, data in _touching(commits, ref):
        if change.op == "remove":
            yield Version(header=commit.facts, what="removed")
            before = None
        elif data is None:
            yield Version(header=commit.facts, what="erased", known=False)
            before = {}
        else:
            now = json.loads(data)
            what = "added" if before is None else "changed"
            fields = tuple(parts("", before or {}, now))
            yield Version(header=commit.facts, what=what, fields=fields)
            before = now


def blame(commits: Iterable[Commit], ref: str) -> Blame:
    """Return for each field of an element, as it is now, who changed it last."""
    last: dict[str, Header] = {}
    for version in versions(commits, ref):
        if version.what == "removed":
            last = {}
        for each in version.fields:
            if each.after is None:
                last.pop(each.path, None)
            else:
                last[each.path] = version.header
    return Blame(id=ref, fields=tuple(last.items()))


def _touching(
    commits: Iterable[Commit], ref: str
) -> Iterator[tuple[Commit, Recorded, bytes | None]]:
    for commit in commits:
        left = iter(commit.payloads)
        for change in commit.facts.changes:
            payload = next(left, None) if change.op == "put" else None
            if change.id == ref:
                yield commit, change, payload.data if payload else None
