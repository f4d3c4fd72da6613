"""The log of a stream: its commits, the first one first, as an auditor reads them."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from attrs import frozen

from missionkit.domain.history import Commit, Header, Recorded, instant_text
from missionkit.history.blaming import told_of
from missionkit.markup import Html, columns, one_line, shortened, table, visible

_HEAD: Final = ("commit", "when", "by", "why", "changed", "note")
_TRAIL: Final = (
    "sequence", "recorded_at", "actor", "reason", "acts", "operation", "kind",
    "element", "digest", "hash", "roles",
)  # fmt: skip
# Spreadsheets pass over white space, and some begin a cell anew after a line break.
_SIGN: Final = "\\s*[=+\\-@\uff1d\uff0b\uff0d\uff20]"
_FORMULA: Final = re.compile(rf"[\t\r\n]|{_SIGN}").match
_FORMULA_BELOW: Final = re.compile(rf"[\n\v\f\r\x85\u2028\u2029]{_SIGN}").search
_BIDI: Final = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_WIDE: Final = 60


@frozen(kw_only=True)
class Entry:
    """One commit of a log; `clock_back` where it is dated before the one before it."""

    header: Header
    hash: str
    clock_back: bool = False

    def as_dict(self) -> dict[str, object]:
        """Return it as JSON values."""
        changes = [
            {"op": each.op, "kind": each.kind, "id": each.id, "digest": each.digest}
            for each in self.header.changes
        ]
        told = {**told_of(self.header), "changes": changes, "hash": self.hash}
        return {**told, "clock_back": self.clock_back}

    def __str__(self) -> str:
        """Return the commit in one line."""
        return one_line("  ".join(map(str, _row(self))))


@frozen
class Log:
    """The commits of a stream, the first one first."""

    entries: tuple[Entry, ...]

    def __iter__(self) -> Iterator[Entry]:
        """Yield the commits, the first one first."""
        return iter(self.entries)

    def __len__(self) -> int:
        """Return how many commits there are."""
        return len(self.entries)

    def to_csv(self) -> str:
        """Return the audit trail as CSV: a row for each change of each commit.

        Text that a spreadsheet would take for a formula begins with an apostrophe, and
        what turns the direction of a text is written as an escape.
        """
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(_TRAIL)
        for entry in self.entries:
            writer.writerows([*map(_cell, row)] for row in _audited(entry))
        return out.getvalue()

    def to_html(self) -> Html:
        """Return the audit trail as an HTML table; every text is escaped."""
        rows = (row for entry in self.entries for row in _audited(entry))
        return table(_TRAIL, rows)

    def as_dict(self) -> dict[str, object]:
        """Return the audit trail as JSON values."""
        return {"commits": [entry.as_dict() for entry in self.entries]}

    def to_json(self) -> str:
        """Return the audit trail as a JSON document."""
        return json.dumps(self.as_dict(), ensure_ascii=False, indent=2) + "\n"

    def __str__(self) -> str:
        """Return a line for each commit."""
        return columns([_HEAD, *map(_row, self.entries)])

    def _repr_html_(self) -> Html:
        return table(_HEAD, map(_row, self.entries))


def _row(entry: Entry) -> tuple[object, ...]:
    head = entry.header
    back = ["the clock was set back"] if entry.clock_back else []
    note = shortened(", ".join([*back, *head.acts]), _WIDE)
    when = f"{head.at:%Y-%m-%d %H:%M:%S}"
    return head.sequence, when, head.actor, head.why, len(head.changes), note


def log_of(commits: Iterable[Commit]) -> Log:
    """Return the log of a stream."""
    entries = []
    latest: datetime | None = None
    for commit in commits:
        header = commit.facts
        back = latest is not None and header.at < latest
        entries.append(Entry(header=header, hash=commit.hash, clock_back=back))
        latest = header.at
    return Log(tuple(entries))


def _audited(entry: Entry) -> Iterator[tuple[object, ...]]:
    """Yield a row for each change; one without a change for a commit that has none."""
    head = entry.header
    roles = "" if head.roles is None else "; ".join(head.roles) or "none"
    said = (head.sequence, instant_text(head.at), head.actor, head.why)
    acts = "; ".join(head.acts)
    for change in head.changes or (Recorded(op="", kind="", id=""),):
        what = (change.op, change.kind, change.id, change.digest)
        yield (*said, acts, *what, entry.hash, roles)


def _cell(value: object) -> object:
    if not isinstance(value, str):
        return value
    seen = _BIDI.sub(lambda hit: visible(hit[0]), value)
    return f"'{seen}" if _FORMULA(seen) or _FORMULA_BELOW(seen) else seen
