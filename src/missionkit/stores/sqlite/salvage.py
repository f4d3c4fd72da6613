"""What can still be read of a damaged SQLite file, row by row."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Final

from attrs import frozen

from missionkit.domain.history import Commit
from missionkit.errors import CorruptStoreError, StoreVersionError
from missionkit.issue import Source
from missionkit.ports.store import Snapshot
from missionkit.stores.packing import refuse_changed, unpacked
from missionkit.stores.sqlite.errors import translated
from missionkit.stores.sqlite.pages import Pages, Row, Value, pages_of
from missionkit.stores.sqlite.schema import STEPS

_VERSION_AT: Final = 60
_SOUND: Final = ["ok"]
_MOST: Final = 100
_NO_TEXT: Final = "a text in the file is damaged"
_PAGE: Final = re.compile(r"\bpage (\d+)", re.IGNORECASE)


@frozen
class Held:
    """What a row says of a commit, and at which byte it lies."""

    byte: int
    stream: bytes
    sequence: int
    id: bytes
    header: bytes
    payloads: bytes


class Salvage:
    """The rows of a file, found without its indexes, and traces of those that are gone.

    A row is taken at the word of its header, which its hash vouches for, where that can
    be read, and else at the word of its columns.
    """

    def __init__(self, name: str, data: bytes) -> None:
        """Look through the bytes of a file."""
        self.name = name
        self.pages: Pages = pages_of(data)
        self.rows: dict[tuple[str, int], Held] = {}
        self.rest: list[Held] = []
        self.aside: list[tuple[Value, ...]] = []
        self.snapshots: dict[str, Snapshot] = {}
        self.by_number: dict[int, tuple[str, int]] = {}
        for row in self.pages.rows():
            self._take(row)
        self._lost = self._traces()

    def read(self, stream: str, after: int, upto: int | None) -> Iterator[Commit]:
        """Yield the commits of a stream up to the first that cannot be read."""
        last = self.last_of(stream)
        for sequence in range(
            max(after, 0) + 1, (last if upto is None else min(upto, last)) + 1
        ):
            row = self.rows.get((stream, sequence))
            where = f"commit {sequence} of {stream}"
            if row is None:
                said = f"{where} is lost: the page on which it was is damaged"
                raise CorruptStoreError(said)
            try:
                refuse_changed(row.header, row.payloads)
                yield Commit(row.header, unpacked(row.payloads))
            except CorruptStoreError as error:
                said = f"{where}, at byte {row.byte}: {error.what}"
                raise CorruptStoreError(said) from error

    def streams(self, prefix: str = "") -> tuple[str, ...]:
        """Return the sorted names of streams of which there is any trace."""
        found = {stream for stream, _ in self.rows} | self._lost.keys()
        return tuple(sorted(name for name in found if name.startswith(prefix)))

    def last_of(self, stream: str) -> int:
        """Return the number of the last commit of which there is any trace."""
        there = [sequence for name, sequence in self.rows if name == stream]
        numbers = self._lost.get(stream, [])
        return max([*there, *numbers, len(there) + len(numbers)], default=0)

    def snapshot(self, stream: str) -> Snapshot | None:
        """Return the snapshot of a stream, if it can be read."""
        return self.snapshots.get(stream)

    def place_of(self, stream: str, sequence: int) -> Source | None:
        """Return the byte at which a commit lies."""
        row = self.rows.get((stream, sequence))
        return None if row is None else Source(file=self.name, cell=f"byte {row.byte}")

    def place_in(self, complaint: str) -> Source:
        """Return the byte of the page that SQLite complains of."""
        hit = _PAGE.search(complaint)
        byte = (int(hit[1]) - 1) * self.pages.size if hit else 0
        return Source(file=self.name, cell=f"byte {byte}" if hit else "")

    def is_ours(self) -> bool:
        """Return whether any commit of ours is there, of a version that is known."""
        version = int.from_bytes(self.pages.data[_VERSION_AT : _VERSION_AT + 4], "big")
        return version <= len(STEPS) and any(map(_facts, self.rows.values()))

    def changed(self) -> Iterator[tuple[str, int]]:
        """Yield the commits whose headers are not what was written."""
        for (stream, sequence), row in sorted(self.rows.items()):
            try:
                refuse_changed(row.header, row.payloads)
            except CorruptStoreError:
                yield stream, sequence

    def _take(self, row: Row) -> None:
        match row.values:
            case (
                bytes() as stream,
                int() as sequence,
                bytes() as ref,
                bytes() as header,
                bytes() as payloads,
            ):
                held = Held(row.byte, stream, sequence, ref, header, payloads)
                key = _key(held)
                if key is None or key in self.rows:
                    self.rest.append(held)
                else:
                    self.rows[key] = held
                    self.by_number[row.number] = key
            case (
                bytes() as stream,
                int() as sequence,
                bytes() as head,
                bytes() as data,
            ):
                named = head.decode("ascii", "replace")
                made = Snapshot(sequence=sequence, head=named, data=data)
                with suppress(UnicodeDecodeError):
                    self.snapshots[stream.decode()] = made
            case (int(), _, _, _, _, bytes()):
                self.aside.append(row.values)

    def _traces(self) -> dict[str, list[int]]:
        """Return by stream the numbers of commits that only an index knows of."""
        numbers: dict[str, dict[int, int]] = {}
        for entry in self.pages.entries():
            match entry.values:
                case (bytes() as name, int() as sequence, int() as number):
                    found = sequence
                case (bytes() as name, bytes(), int() as number):
                    found = 1  # at least this one was there
                case _:
                    continue
            with suppress(UnicodeDecodeError):
                if number not in self.by_number:
                    lost = numbers.setdefault(name.decode(), {})
                    lost[number] = max(found, lost.get(number, 0))
        return {name: [*lost.values()] for name, lost in numbers.items()}


def complaints(db: sqlite3.Connection) -> list[str]:
    """Return what SQLite says is wrong with a file; nothing for a sound one."""
    try:
        said = [str(row[0]) for row in db.execute(f"PRAGMA integrity_check({_MOST})")]
        # Text that is none is not looked for there.
        for _ in db.execute("SELECT stream, id FROM commits"):
            pass
    except sqlite3.Error as error:
        if not isinstance(translated(error), CorruptStoreError):
            raise
        return [_NO_TEXT if "decode" in str(error) else str(error)]
    except UnicodeDecodeError:
        return [_NO_TEXT]
    return [] if said == _SOUND else said


def image_of(path: Path, db: sqlite3.Connection | None = None) -> bytes:
    """Return the bytes of a file: as SQLite sees them, or as they are where it fails.

    It is asked first, for closing a file that it has open would take away its locks.
    """
    with suppress(sqlite3.Error, AttributeError):  # some SQLite cannot do that
        if db is not None:
            return db.serialize()
        with looked_at(path) as own:
            return own.serialize()
    return path.read_bytes()


@contextmanager
def looked_at(path: Path) -> Iterator[sqlite3.Connection]:
    """Give a connection that writes nothing, also not beside the file."""
    still = "" if Path(f"{path}-wal").exists() else "&immutable=1"
    how = f"{path.as_uri()}?mode=ro{still}"
    with closing(sqlite3.connect(how, uri=True)) as db:
        yield db


def salvaged(path: Path, failed: CorruptStoreError | StoreVersionError) -> Salvage:
    """Return what can be read of a file that SQLite does not open, or raise why."""
    found = Salvage(path.name, image_of(path))
    if found.is_ours():
        return found
    raise failed


def _key(held: Held) -> tuple[str, int] | None:
    return _facts(held) or _columns(held)


def _columns(held: Held) -> tuple[str, int] | None:
    try:
        return held.stream.decode(), held.sequence
    except UnicodeDecodeError:
        return None


def _facts(held: Held) -> tuple[str, int] | None:
    try:
        facts = Commit(held.header).facts
    except CorruptStoreError:
        return None
    return facts.stream, facts.sequence
