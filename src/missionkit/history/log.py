"""The log of a stream: its commits, the first one first, as an auditor reads them."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from attrs import frozen

from missionkit.domain.history import Commit, Header
from missionkit.markup import Html, columns, one_line, table

_HEAD: Final = ("commit", "when", "by", "why", "changed", "note")
_CSV: Final = (
    "sequence", "recorded_at", "actor", "reason", "acts", "operation", "kind",
    "element", "digest", "hash",
)  # fmt: skip
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


@frozen(kw_only=True)
class Entry:
    """One commit of a log; `clock_back` where it is dated before the one before it."""

    header: Header
    hash: str
    clock_back: bool = False

    @property
    def _row(self) -> tuple[object, ...]:
        head = self.header
        note = "the clock was set back" if self.clock_back else ", ".join(head.acts)
        when = f"{head.at:%Y-%m-%d %H:%M:%S}"
        return head.sequence, when, head.actor, head.why, len(head.changes), note

    def __str__(self) -> str:
        """Return the commit in one line."""
        return one_line("  ".join(map(str, self._row)))


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

        Text that a spreadsheet would take for a formula begins with an apostrophe.
        """
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(_CSV)
        writer.writerows(row for entry in self.entries for row in _audited(entry))
        return out.getvalue()

    def __str__(self) -> str:
        """Return a line for each commit."""
        return columns([_HEAD, *(entry._row for entry in self.entries)])  # noqa: SLF001

    def _repr_html_(self) -> Html:
        return table(_HEAD, [entry._row for entry in self.entries])  # noqa: SLF001


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
    head = entry.header
    said = (head.sequence, head.at.isoformat(), head.actor, head.why)
    acts = "; ".join(head.acts)
    for change in head.changes:
        what = (change.op, change.kind, change.id, change.digest)
        yield tuple(map(_cell, (*said, acts, *what, entry.hash)))


def _cell(value: object) -> object:
    harmful = isinstance(value, str) and value.startswith(_FORMULA)
    return f"'{value}" if harmful else value
