"""How a SQLite store is mended. What is in the way is moved, and never deleted.

Where the file is sound, commits go into its table `quarantine`. Where the file itself
is damaged, what can be read goes into a new file that takes its place, and the damaged
one stays beside it.
"""

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from shutil import copyfile, copymode
from typing import Final

from missionkit.domain.history import Commit
from missionkit.errors import CorruptStoreError, StoreUnavailableError
from missionkit.issue import Issue, Source
from missionkit.markup import one_line, shortened, shown
from missionkit.ports.store import Aside, Snapshot
from missionkit.stores import codes
from missionkit.stores.sqlite.connections import Connections
from missionkit.stores.sqlite.errors import ours, translated
from missionkit.stores.sqlite.pages import Value
from missionkit.stores.sqlite.rows import count, roll_back
from missionkit.stores.sqlite.salvage import (
    Held,
    Salvage,
    complaints,
    image_of,
    looked_at,
)
from missionkit.stores.sqlite.schema import prepare

_ROW: Final = re.compile(r"\brow (\d+)")
# Not every platform opens folders.
_FOLDER: Final = getattr(os, "O_DIRECTORY", 0)
_MENDING: Final = ".mending"
_LONGEST: Final = 120
_BESIDE: Final = ("-journal", "-wal", "-shm")
# No types and no checks: what is damaged must fit.
_QUARANTINE: Final = (
    "CREATE TABLE IF NOT EXISTS quarantine"
    " (number, stream, sequence, id, header, payloads)"
)


class Mending:
    """The part of a SQLite store that finds damage and puts it out of the way."""

    _path: Path
    _wait: float
    _read_only: bool
    _connections: Connections
    _salvage: Salvage | None
    # Only where commits lie is asked of it, until faults are looked for again.
    _looked_through: Salvage | None = None

    def faults(self) -> Iterator[Issue]:
        """See `Repair.faults`."""
        said = self._complaints()
        self._looked_through = found = self._salvage or self._rows()
        yield from (_issue(found, each) for each in said)
        for byte in found.pages.broken() if said else ():
            where = Source(file=self._path.name, cell=f"byte {byte}")
            told = f"The page at byte {byte} of the file is damaged, or not there."
            yield codes.DAMAGED.issue(told, source=where)
        for stream, sequence in found.changed():
            told = f"The header of commit {sequence} of {shown(stream)} was changed."
            place = found.place_of(stream, sequence)
            path = f"{stream}@{sequence}"
            yield codes.CHANGED.issue(
                shortened(told, _LONGEST), path=path, source=place
            )
        yield from self._left_over()

    def place_of(self, stream: str, sequence: int) -> Source | None:
        """See `Repair.place_of`."""
        if self._salvage is not None:
            return self._salvage.place_of(stream, sequence)
        if self._looked_through is None:
            self._looked_through = self._rows()
        return self._looked_through.place_of(stream, sequence)

    def last_of(self, stream: str) -> int:
        """See `Repair.last_of`."""
        if self._salvage is not None:
            return self._salvage.last_of(stream)
        with ours(), self._connections.here() as db:
            return count(db, stream)

    def mend(self) -> tuple[str, ...]:
        """See `Repair.mend`."""
        if self._salvage is None:
            return ()
        self._refuse_reading()
        path = self._path.resolve()
        with ours(), _alone(path, self._wait) as db:
            found = Salvage(self._path.name, image_of(path, db))
            fresh = path.with_name(f"{path.name}{_MENDING}")
            fresh.unlink(missing_ok=True)  # of a repair that broke off
            _write(found, fresh)
            kept = _swapped(path, fresh)
        self._salvage = None
        many, name = len(found.rows), shown(self._path.name)
        said = f"wrote {many} commits of {name} anew; the damaged file is kept as"
        return (f"{said} {shown(kept.name)}",)

    def set_aside(self, stream: str, *, after: int) -> tuple[str, ...]:
        """See `Repair.set_aside`."""
        if self._salvage is not None:
            raise CorruptStoreError("the file of the store is damaged: mend it first")
        self._refuse_reading()
        with ours(), self._connections.turn(), self._connections.here() as db:
            db.execute("BEGIN IMMEDIATE")
            try:
                number = _moved(db, stream, after)
                db.execute("COMMIT")
            except BaseException:
                roll_back(db)
                raise
        return (f"{self._path.name}, table quarantine, number {number}",)

    def aside(self) -> tuple[Aside, ...]:
        """See `Repair.aside`."""
        found = [Aside(stream="", place=path.name) for path in _kept(self._path)]
        name = self._path.name
        for stream, number in self._quarantined():
            place = f"{name}, table quarantine, number {number}"
            found.append(Aside(stream=stream, place=place))
        return tuple(sorted(found, key=lambda each: (each.stream, each.place)))

    def _complaints(self) -> list[str]:
        if self._salvage is None:
            with ours(), self._connections.here() as db:
                return complaints(db)
        said = []
        with suppress(sqlite3.Error), looked_at(self._path) as db:
            said = complaints(db)
        return said or ["what it begins with is damaged"]

    def _refuse_reading(self) -> None:
        if self._read_only:
            raise StoreUnavailableError("the store was opened to read it only")

    def _quarantined(self) -> Iterator[tuple[str, int]]:
        if self._salvage is not None:
            held = self._salvage.aside
            pairs = {(stream, number) for number, stream, *_ in held}
        else:
            with ours(), self._connections.here() as db:
                if not _has_quarantine(db):
                    return
                pairs = set(
                    db.execute(
                        "SELECT DISTINCT CAST(stream AS BLOB), number FROM quarantine"
                    )
                )
        for stream, number in pairs:
            told = stream if isinstance(stream, bytes) else b""
            yield told.decode(errors="replace"), number if type(number) is int else 0

    def _rows(self) -> Salvage:
        with ours(), self._connections.here() as db:
            return Salvage(self._path.name, image_of(self._path, db))

    def _left_over(self) -> Iterator[Issue]:
        left = Path(f"{self._path.resolve()}{_MENDING}")
        if left.exists():
            said = "A repair broke off, and what it had written is left."
            yield codes.UNTIDY.issue(said, source=Source(file=left.name))


def _issue(found: Salvage, complaint: str) -> Issue:
    """Return what SQLite says of a file, with the commit and the byte if they show."""
    plain = one_line(complaint.removeprefix("*** in database main ***"))
    said = shortened(f"SQLite says of the file: {plain}.", _LONGEST)
    hit = _ROW.search(complaint)
    key = found.by_number.get(int(hit[1])) if hit else None
    if key is None:
        return codes.DAMAGED.issue(said, source=found.place_in(complaint))
    path = f"{key[0]}@{key[1]}"
    return codes.DAMAGED.issue(said, path=path, source=found.place_of(*key))


def _has_quarantine(db: sqlite3.Connection) -> bool:
    asked = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'quarantine'"
    return db.execute(asked).fetchone() is not None


def _moved(db: sqlite3.Connection, stream: str, after: int) -> int:
    """Move commits and the snapshot of a stream into quarantine; return its number."""
    db.execute(_QUARANTINE)
    number = _next(db)
    db.execute(
        "INSERT INTO quarantine SELECT ?, stream, sequence, id, header, payloads"
        " FROM commits WHERE stream = ? AND sequence > ?",
        (number, stream, after),
    )
    db.execute(
        "INSERT INTO quarantine SELECT ?, stream, sequence, NULL, head, data"
        " FROM snapshots WHERE stream = ?",
        (number, stream),
    )
    db.execute("DELETE FROM commits WHERE stream = ? AND sequence > ?", (stream, after))
    db.execute("DELETE FROM snapshots WHERE stream = ?", (stream,))
    return number


def _next(db: sqlite3.Connection) -> int:
    (last,) = db.execute("SELECT max(number) FROM quarantine").fetchone()
    return last + 1 if type(last) is int else 1


@contextmanager
def _alone(path: Path, wait: float) -> Iterator[sqlite3.Connection | None]:
    """Let nobody write meanwhile, as far as SQLite can lock a file that is damaged."""
    with closing(sqlite3.connect(path, wait, isolation_level=None)) as db:
        try:
            db.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            if not isinstance(translated(error), CorruptStoreError):
                raise
            yield None
        else:
            yield db


def _write(found: Salvage, fresh: Path) -> None:
    """Write what was found into a new file; it is on disk afterwards."""
    with closing(sqlite3.connect(fresh, isolation_level=None)) as db:
        db.execute("PRAGMA synchronous = EXTRA")
        prepare(db)
        db.execute("BEGIN IMMEDIATE")
        db.execute(_QUARANTINE)
        for old in found.aside:
            db.execute(
                "INSERT INTO quarantine VALUES (?, ?, ?, ?, ?, ?)",
                [*map(_text, old[:4]), *old[4:]],
            )
        number = _next(db)
        for (stream, sequence), row in sorted(found.rows.items()):
            if not _taken(db, stream, sequence, row):
                _put_aside(db, number, row)
        for row in found.rest:
            _put_aside(db, number, row)
        for stream, held in sorted(found.snapshots.items()):
            _take_snapshot(db, stream, held)
        db.execute("COMMIT")


def _taken(db: sqlite3.Connection, stream: str, sequence: int, row: Held) -> bool:
    """Return whether a row could be a commit of the new file."""
    ref: Value | str = _text(row.id)
    with suppress(CorruptStoreError):
        ref = Commit(row.header).facts.id
    try:
        db.execute(
            "INSERT INTO commits VALUES (?, ?, ?, ?, ?)",
            (stream, sequence, ref, row.header, row.payloads),
        )
    except sqlite3.IntegrityError:
        return False
    return True


def _put_aside(db: sqlite3.Connection, number: int, row: Held) -> None:
    facts = (number, _text(row.stream), row.sequence, _text(row.id))
    db.execute(
        "INSERT INTO quarantine VALUES (?, ?, ?, ?, ?, ?)",
        (*facts, row.header, row.payloads),
    )


def _take_snapshot(db: sqlite3.Connection, stream: str, held: Snapshot) -> None:
    # It only saves time, and is made anew where it is damaged.
    with suppress(sqlite3.IntegrityError):
        db.execute(
            "INSERT INTO snapshots VALUES (?, ?, ?, ?)",
            (stream, held.sequence, held.head, held.data),
        )


def _text(value: Value) -> Value | str:
    if isinstance(value, bytes):
        with suppress(UnicodeDecodeError):
            return value.decode()
    return value


def _swapped(path: Path, fresh: Path) -> Path:
    """Put a new file in the place of a damaged one, which gets another name."""
    number = 1 + len(_kept(path))
    while (kept := path.with_name(f"{path.name}.damaged-{number}")).exists():
        number += 1
    try:
        copymode(path, fresh)
        _linked(path, kept)
        for ending in _BESIDE:
            beside = Path(f"{path}{ending}")
            if beside.exists():
                # Else SQLite would play it back into the new file.
                beside.rename(f"{kept}{ending}")
        _flush(path.parent)
        fresh.replace(path)
        _flush(path.parent)
    except OSError as error:
        said = f"{shown(path.name)} cannot be replaced ({error.strerror})"
        raise StoreUnavailableError(said) from error
    return kept


def _linked(path: Path, kept: Path) -> None:
    """Give a file a second name, or copy it where the disk has no such thing."""
    try:
        os.link(path, kept)
    except OSError:
        copyfile(path, kept)
        with kept.open("rb+") as file:
            os.fsync(file.fileno())


def _kept(path: Path) -> list[Path]:
    """Return the damaged files that are kept beside a store."""
    path = path.resolve()
    start = f"{path.name}.damaged-"
    return sorted(
        each
        for each in path.parent.iterdir()
        if each.name.startswith(start) and each.name.removeprefix(start).isdecimal()
    )


def _flush(folder: Path) -> None:
    """Have the names in a folder on disk, where the platform can open one."""
    if _FOLDER:
        opened = os.open(folder, os.O_RDONLY | _FOLDER)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
