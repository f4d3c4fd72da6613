"""The statements of a SQLite store: what is written into its tables and read back."""

import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, Final, TypeVar

from missionkit.domain.history import Commit
from missionkit.errors import ConflictError, CorruptStoreError
from missionkit.ports.store import Disposed, Snapshot
from missionkit.stores.appending import taken
from missionkit.stores.erasing import without
from missionkit.stores.packing import packed_of, unpacked

T = TypeVar("T")

# A page is read at once, so that who reads slowly keeps nobody from writing.
_ROWS: Final = 500
_BYTES: Final = 4_000_000
_DAMAGED: Final = "a value in the file of the store is damaged"


def count(db: sqlite3.Connection, stream: str) -> int:
    """Return how many commits a stream has."""
    (found,) = db.execute(
        "SELECT coalesce(max(sequence), 0) FROM commits WHERE stream = ?", (stream,)
    ).fetchone()
    return _sound(found, int)


def since(db: sqlite3.Connection, stream: str, after: int) -> tuple[Commit, ...]:
    """Return the headers of the commits after one."""
    rows = db.execute(
        "SELECT header FROM commits WHERE stream = ? AND sequence > ?"
        " ORDER BY sequence",
        (stream, max(after, 0)),
    )
    return tuple(Commit(_sound(header, bytes)) for (header,) in rows)


def there(db: sqlite3.Connection, stream: str, commit: Commit) -> bool:
    """Return whether a stream has a commit."""
    row = db.execute(
        "SELECT header FROM commits WHERE stream = ? AND id = ?",
        (stream, commit.facts.id),
    ).fetchone()
    return row is not None and bool(row[0] == commit.header)


def page_of(
    db: sqlite3.Connection, stream: str, after: int, upto: int
) -> list[tuple[int, bytes, bytes]]:
    """Return the next commits of a stream: as many as are read at once."""
    rows = db.execute(
        "SELECT sequence, header, payloads FROM commits"
        " WHERE stream = ? AND sequence > ? AND sequence <= ? ORDER BY sequence",
        (stream, after, upto),
    )
    page = []
    size = 0
    for row in rows:
        number, header, held = row
        # As `_sound` does, but without a call for each value of very many rows.
        if type(number) is not int or not type(header) is type(held) is bytes:
            raise CorruptStoreError(_DAMAGED)
        page.append(row)
        size += len(header) + len(held)
        if len(page) == _ROWS or size > _BYTES:
            break
    rows.close()
    return page


def streams_in(db: sqlite3.Connection, prefix: str) -> tuple[str, ...]:
    """Return the sorted names that begin with a prefix; each costs one look-up."""
    found: list[str] = []
    least = "SELECT min(stream) FROM commits WHERE stream"
    (name,) = db.execute(f"{least} >= ?", (prefix,)).fetchone()
    while name is not None and name.startswith(prefix):
        found.append(name)
        (name,) = db.execute(f"{least} > ?", (name,)).fetchone()
    return tuple(found)


def snapshot_in(db: sqlite3.Connection, stream: str) -> Snapshot | None:
    """Return the snapshot of a stream."""
    row = db.execute(
        "SELECT sequence, head, data FROM snapshots WHERE stream = ?", (stream,)
    ).fetchone()
    if row is None:
        return None
    sequence, head, data = row
    return Snapshot(
        sequence=_sound(sequence, int), head=_sound(head, str), data=_sound(data, bytes)
    )


def add(
    db: sqlite3.Connection, stream: str, found: int, commits: Sequence[Commit]
) -> None:
    """Add commits to a stream that has *found* of them."""
    for sequence, commit in enumerate(commits, found + 1):
        facts = (stream, sequence, commit.facts.id, commit.header)
        try:
            db.execute(
                "INSERT INTO commits VALUES (?, ?, ?, ?, ?)",
                (*facts, packed_of(commit)),
            )
        except sqlite3.IntegrityError as error:
            raise _refused(stream, commit, found, error) from error


def put_snapshot(
    db: sqlite3.Connection, stream: str, snapshot: Snapshot | None
) -> None:
    """Replace the snapshot of a stream, or drop it."""
    db.execute("DELETE FROM snapshots WHERE stream = ?", (stream,))
    if snapshot is not None:
        db.execute(
            "INSERT INTO snapshots VALUES (?, ?, ?, ?)",
            (stream, snapshot.sequence, snapshot.head, snapshot.data),
        )


def erase(db: sqlite3.Connection, stream: str, what: Disposed, *, upto: int) -> None:
    """Erase a payload of one of the first commits, or raise `NotFoundError`."""
    place = (stream, what.sequence)
    header, held = b"", b""
    if 0 < what.sequence <= upto:
        row = db.execute(
            "SELECT header, payloads FROM commits WHERE stream = ? AND sequence = ?",
            place,
        ).fetchone()
        header, held = (_sound(each, bytes) for each in row or (header, held))
    kept = without(unpacked(held), what)
    db.execute(
        "UPDATE commits SET payloads = ? WHERE stream = ? AND sequence = ?",
        (packed_of(Commit(header, kept)), *place),
    )


def touch(db: sqlite3.Connection) -> None:
    """Write something that changes nothing, to see that the disk takes it."""
    (version,) = db.execute("PRAGMA user_version").fetchone()
    db.execute(f"PRAGMA user_version = {int(version)}")


def roll_back(db: sqlite3.Connection) -> None:
    """End a transaction, if there is one; a failure shows in `in_transaction`."""
    with suppress(sqlite3.Error):
        if db.in_transaction:
            db.execute("ROLLBACK")


def _refused(
    stream: str, commit: Commit, found: int, error: sqlite3.IntegrityError
) -> ConflictError | CorruptStoreError:
    if "commits.id" in str(error):
        return taken(stream, commit.facts.id, found=found)
    return CorruptStoreError(f"the store took no commit of {stream} ({error})")


def _sound(value: Any, kind: type[T]) -> T:  # noqa: ANN401 - a damaged file has any
    """Return a value of the type that its column has, in a file that is sound."""
    if isinstance(value, kind):
        return value
    raise CorruptStoreError(_DAMAGED)
