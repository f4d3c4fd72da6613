"""The statements by which a SQL store finds gaps, and puts commits out of the way."""

from typing import Any, Final

from attrs import frozen
from sqlalchemy import Select, delete, func, insert, literal, null, select, update

from missionkit.stores.sql.rows import Rows

COMMIT: Final = "commit"
SNAPSHOT: Final = "snapshot"


@frozen
class SetAside:
    """Moves the commits of a stream after one, and its snapshot, into quarantine."""

    stream: str
    after: int
    commit_id: str = ""
    """See `Write.commit_id`: what is moved has none of its own."""

    def act(self, rows: Rows) -> int:
        """Move, and return the number under which it lies there."""
        found = rows.lock(self.stream)
        tables = rows.tables
        held = tables.quarantine
        asked = select(func.max(held.c.number)).where(held.c.stream == self.stream)
        number = (rows.connection.scalar(asked) or 0) + 1
        commits, snapshots = tables.commits.c, tables.snapshots.c
        later = (commits.stream == self.stream, commits.sequence > self.after)
        mine = (snapshots.stream == self.stream,)
        facts = (literal(self.stream), literal(number))
        _move(
            rows,
            select(
                *facts,
                literal(COMMIT),
                commits.sequence,
                commits.id,
                commits.header,
                commits.payloads,
            ).where(*later),
        )
        _move(
            rows,
            select(
                *facts,
                literal(SNAPSHOT),
                snapshots.sequence,
                snapshots.head,
                null(),
                snapshots.data,
            ).where(*mine),
        )
        rows.connection.execute(delete(tables.commits).where(*later))
        rows.connection.execute(delete(tables.snapshots).where(*mine))
        _count(rows, self.stream, min(found, self.after))
        return number

    def there(self, rows: Rows) -> bool:
        """Return whether nothing follows on the commits that stay."""
        return last_in(rows, self.stream) <= self.after


@frozen
class Counted:
    """Sets the count of a stream to the number of its last commit."""

    stream: str
    commit_id: str = ""
    """See `Write.commit_id`: nothing has one."""

    def act(self, rows: Rows) -> int:
        """Set the count, and return it."""
        rows.lock(self.stream)
        last = last_in(rows, self.stream)
        _count(rows, self.stream, last)
        return last

    def there(self, rows: Rows) -> bool:
        """Return whether the count is right."""
        return rows.count(self.stream) == last_in(rows, self.stream)


def last_in(rows: Rows, stream: str) -> int:
    """Return the number of the last commit that a stream has."""
    commits = rows.tables.commits.c
    asked = select(func.max(commits.sequence)).where(commits.stream == stream)
    return rows.connection.scalar(asked) or 0


def miscounted(rows: Rows) -> list[tuple[str, int, int]]:
    """Return the streams whose count is not the number of their last commit."""
    commits, streams = rows.tables.commits.c, rows.tables.streams.c
    found = select(commits.stream, func.max(commits.sequence)).group_by(commits.stream)
    last = {str(name): int(last) for name, last in rows.connection.execute(found)}
    told = select(streams.stream, streams.count)
    counts = {str(name): int(many) for name, many in rows.connection.execute(told)}
    return [
        (stream, counts.get(stream, 0), last.get(stream, 0))
        for stream in sorted(last.keys() | counts.keys())
        if counts.get(stream, 0) != last.get(stream, 0)
    ]


def numbers_in(rows: Rows) -> list[tuple[str, int]]:
    """Return what lies in quarantine: of which stream, under which number."""
    held = rows.tables.quarantine.c
    asked = select(held.stream, held.number).distinct()
    return sorted((stream, number) for stream, number in rows.connection.execute(asked))


def _move(rows: Rows, what: Select[Any]) -> None:
    held = rows.tables.quarantine
    rows.connection.execute(insert(held).from_select([*held.c.keys()], what))


def _count(rows: Rows, stream: str, count: int) -> None:
    streams = rows.tables.streams
    held = update(streams).where(streams.c.stream == stream)
    rows.connection.execute(held.values(count=count))
