"""History beside raw `sqlite3` and the `eventsourcing` library; what `verify` costs.

python -m pytest bench/bench_history.py -s

All take turns in one run, each in a file of its own. Times of appends are those of the
wall clock, because what counts is when the disk has it; of reading, the processor's.
"""

import gc
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import ClassVar, Final
from uuid import UUID

import pytest
from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event

from missionkit.codec.migrations import CURRENT
from missionkit.codec.stored import Stored, model_of, stored
from missionkit.domain.history import Commit, CommitDraft, Head, Payload, Put
from missionkit.domain.ids import NeedId, StakeholderId
from missionkit.domain.model import Model
from missionkit.domain.spec import spec_of
from missionkit.domain.stakeholder import Need, NeedStatus, Stakeholder
from missionkit.history.folding import state_after
from missionkit.history.sealing import seal
from missionkit.history.snapshots import with_snapshot
from missionkit.stores.packing import packed
from missionkit.stores.sqlite.store import SqliteStore
from missionkit.workspace import Workspace

STREAM: Final = "harbour"
APPENDS: Final = 150
ROUNDS: Final = 5
LONG: Final = 2_000
CHANGES: Final = 3
NEEDS: Final = 200
"""How many elements the long stream is about: each is changed again and again."""
MANY: Final = 100_000
SLOWER: Final = 1.5
OPENING: Final = 10.0
FOLDING: Final = 3.0
VERIFY_SECONDS: Final = 5.0
SUM_SECONDS: Final = 0.2
BEGAN: Final = datetime(2020, 1, 1, tzinfo=UTC)
"""Then the first commit was made, and each a minute after the one before."""


HOLDER: Final = Stakeholder(
    id=StakeholderId("tenants"), name="Tenants", stakes=frozenset({"customer"})
)


def processor(work: Callable[[], object], rounds: int = 3) -> float:
    """Return the least processor time of some rounds."""
    best = float("inf")
    for _ in range(rounds):
        gc.collect()
        start = process_time()
        work()
        best = min(best, process_time() - start)
    return best


def elements_at(at: int, each: int) -> tuple[Stakeholder | Need, ...]:
    """Return what the commit puts that has *at* commits before it."""
    return (
        *(() if at else (HOLDER,)),
        *(need(at * each + more, at) for more in range(each)),
    )


def kind_of(element: Stakeholder | Need) -> str:
    cls: type = type(element)
    return spec_of(cls).kind


def need(number: int, at: int) -> Need:
    return Need(
        id=NeedId(f"need-{number % NEEDS}"),
        statement=f"A home that is warm in winter, as it was said the {at}th time",
        stakeholder=HOLDER.id,
        status=NeedStatus.ACCEPTED,
        importance=at % 100 / 100,
        notes="noted in the interview",
    )


def drafts(count: int, each: int = 1) -> Iterator[CommitDraft]:
    """Yield commits that each put some elements, the first one also their holder."""
    for at in range(count):
        puts = (
            Put(
                kind=kind_of(element),
                id=element.id,
                payload=Payload(at.to_bytes(16), stored(element)),
            )
            for element in elements_at(at, each)
        )
        yield CommitDraft(
            id=f"{at:032x}",
            at=BEGAN + timedelta(minutes=at),
            actor="chair",
            why=f"Board, meeting {at}",
            changes=tuple(puts),
            schema=CURRENT,
        )


def sealed(count: int, each: int = 1) -> tuple[Commit, ...]:
    return seal(drafts(count, each), Head(stream=STREAM))


def append_ours(path: Path, first: int) -> None:
    """Seal and append commits one by one, each on disk before the next."""
    store = SqliteStore(path)
    head = Head(stream=STREAM)
    if first:
        (last,) = store.read(STREAM, after=first - 1, upto=first)
        head = Head(stream=STREAM, sequence=first, hash=last.hash)
    for draft in tuple(drafts(first + APPENDS))[first:]:
        (commit,) = seal((draft,), head)
        version = store.append(STREAM, (commit,), expected=head.sequence)
        head = Head(stream=STREAM, sequence=version, hash=commit.hash)
    store.close()


def append_raw(path: Path, first: int) -> None:
    """Write the same bytes into the same table, and do nothing else."""
    commits = sealed(first + APPENDS)[first:]
    rows = [
        (STREAM, at, c.facts.id, c.header, packed(c.payloads))
        for at, c in enumerate(commits, first + 1)
    ]
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode = DELETE")
    db.execute("PRAGMA synchronous = EXTRA")
    for row in rows:
        db.execute("BEGIN IMMEDIATE")
        db.execute("INSERT INTO commits VALUES (?, ?, ?, ?, ?)", row)
        db.execute("COMMIT")
    db.close()


class Harbour(Aggregate):
    """The peer's like of a stream: who put which record, and why."""

    def __init__(self) -> None:
        self.records: dict[str, tuple[str, dict[str, object]]] = {}

    @event("Put")
    def put(  # noqa: PLR0913 - the facts of an event
        self,
        *,
        kind: str,
        ref: str,
        record: dict[str, object],
        actor: str,  # noqa: ARG002 - only recorded, as in ours
        why: str,  # noqa: ARG002
        acts: list[str],  # noqa: ARG002
    ) -> None:
        self.records[ref] = (kind, record)

    def model(self) -> Model:
        """Return the model of the records, made as ours is from the last of each."""
        return model_of(
            Stored(kind, ref, json.dumps(record).encode())
            for ref, (kind, record) in self.records.items()
        )


def tell(held: Harbour, at: int, each: int = 1) -> None:
    """Let the peer record what the draft of a commit says: each change is an event."""
    for element in elements_at(at, each):
        held.put(
            kind=kind_of(element),
            ref=element.id,
            record=json.loads(stored(element)),
            actor="chair",
            why=f"Board, meeting {at}",
            acts=[],
        )


class Harbours(Application[UUID]):
    """The peer as its tutorial has it: in a SQLite file, which it sets to WAL."""


class Kept(Harbours):
    """The same with a snapshot every fifty events, as ours has."""

    snapshotting_intervals: ClassVar = {Harbour: 50}


def harbours(path: Path, kind: type[Harbours] = Harbours) -> Harbours:
    place = {"SQLITE_DBNAME": str(path)}
    return kind({"PERSISTENCE_MODULE": "eventsourcing.sqlite", **place})


def append_peer(path: Path, first: int) -> None:
    app = harbours(path)
    held = Harbour()
    for at in range(first, first + APPENDS):
        tell(held, at)
        app.save(held)
    app.close()


def append_edits(path: Path, first: int) -> None:
    """Edit a workspace act by act: read, check, compare, seal, append."""
    with Workspace(path) as ws:
        for at in range(first, first + APPENDS):
            create = at == 0
            with ws.edit(STREAM, by="chair", why=f"Edit {at}", create=create) as draft:
                for element in elements_at(at, 1):
                    if element.id in draft.before:
                        draft.remove(element.id)
                    draft.add(element)


def wall(work: Callable[[Path, int], None], path: Path, first: int) -> float:
    gc.collect()
    start = perf_counter()
    work(path, first)
    return (perf_counter() - start) / APPENDS


@pytest.mark.timeout(600)
def test_a_durable_append_costs_little_more_than_sqlite_itself(tmp_path: Path) -> None:
    ways = {
        "raw sqlite3": append_raw,
        "a store": append_ours,
        "a workspace": append_edits,
        "eventsourcing (WAL)": append_peer,
    }
    SqliteStore(tmp_path / "raw sqlite3").close()  # it writes into tables like ours
    took: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(ROUNDS):
        for name, work in ways.items():
            took[name].append(wall(work, tmp_path / name, turn * APPENDS))
    print()
    for name, found in took.items():
        ratios = [a / b for a, b in zip(found, took["raw sqlite3"], strict=True)]
        print(
            f"  {name:22}{median(found) * 1e3:8.3f} ms an append"
            f" {median(ratios):6.2f} times raw"
        )
    pairs = zip(took["a store"], took["raw sqlite3"], strict=True)
    assert median(ours / raw for ours, raw in pairs) <= SLOWER


FLUSHES: Final = """
import sys
from pathlib import Path
from bench import bench_history as bench
bench.APPENDS = int(sys.argv[3])
getattr(bench, sys.argv[1])(Path(sys.argv[2]), 0)
"""


def flushes(work: str, path: Path, appends: int) -> int:
    """Return how often a process that appends asks for what it wrote to be on disk."""
    SqliteStore(path).close()
    trace = ("strace", "-f", "-e", "trace=fsync,fdatasync", "-o", f"{path}.trace")
    run = (sys.executable, "-c", FLUSHES, work, str(path), str(appends))
    subprocess.run((*trace, *run), check=True, env=os.environ)  # noqa: S603 - our own
    lines = Path(f"{path}.trace").read_text(encoding="utf-8").splitlines()
    return sum("sync(" in line for line in lines)


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace counts the flushes")
def test_a_commit_is_flushed_as_often_as_by_sqlite_itself(tmp_path: Path) -> None:
    each = {}
    for work in ("append_ours", "append_raw"):
        few, more = (flushes(work, tmp_path / f"{work}-{n}", n) for n in (1, 11))
        each[work] = (more - few) / 10
        print(f"\n  {work}: {each[work]:g} flushes a commit", end="")
    print()
    assert each["append_ours"] == each["append_raw"]


def long_stream(path: Path, count: int, each: int = 1, behind: int = 25) -> None:
    """Write a stream whose last snapshot is some commits old."""
    made, at = tuple(drafts(count, each)), count - behind
    store = SqliteStore(path)
    before = seal(made[: at - 1], Head(stream=STREAM))
    store.append(STREAM, before, expected=0)
    named, kept = with_snapshot(made[at - 1], state_after(before), STREAM, b"salt" * 4)
    store.append_with_snapshot(STREAM, [named], expected=at - 1, snapshot=kept)
    head = Head(stream=STREAM, sequence=at, hash=named.hash)
    store.append(STREAM, seal(made[at:], head), expected=at)
    store.close()


def long_peer(path: Path, each: int, kind: type[Harbours]) -> UUID:
    app = harbours(path, kind)
    held = Harbour()
    for at in range(LONG):
        tell(held, at, each)
        if at % 50 == 0:
            app.save(held)
    app.save(held)
    app.close()
    return held.id


def opened(path: Path, version: int | None = None) -> Model:
    with Workspace(path) as ws:
        return ws.model(STREAM, version=version)


def opened_peer(path: Path, ref: UUID, kind: type[Harbours] = Harbours) -> Model:
    app = harbours(path, kind)
    held: Harbour = app.repository.get(ref)
    app.close()
    return held.model()


def opening(folder: Path, each: int) -> dict[str, float]:
    """Print and return what opening a long stream costs us and the peer."""
    ours, peer, kept = (folder / f"{name}-{each}" for name in ("ours", "peer", "kept"))
    long_stream(ours, LONG, each)
    ref, ref_kept = long_peer(peer, each, Harbours), long_peer(kept, each, Kept)
    assert opened(ours) == opened_peer(peer, ref) == opened_peer(kept, ref_kept, Kept)
    works: dict[str, Callable[[], object]] = {
        "opened by us": lambda: opened(ours),
        "folded by us from zero": lambda: opened(ours, LONG),
        "eventsourcing": lambda: opened_peer(peer, ref),
        "eventsourcing, with snapshots": lambda: opened_peer(kept, ref_kept, Kept),
    }
    found = {name: processor(work, ROUNDS) for name, work in works.items()}
    print(f"\n  {LONG:,} commits of {each} changes, {len(opened(ours))} elements left:")
    for name, took in found.items():
        ratio = found["eventsourcing"] / took
        print(f"  {name:32}{took * 1e3:8.1f} ms; eventsourcing {ratio:5.1f} times that")
    return found


@pytest.mark.timeout(600)
def test_a_long_stream_is_opened_and_folded_faster_than_by_its_peer(
    tmp_path: Path,
) -> None:
    """A commit is what one edit changed: mostly several changes, at the least one."""
    for each in (1, CHANGES):
        found = opening(tmp_path, each)
        assert found["eventsourcing"] >= OPENING * found["opened by us"]
        assert found["eventsourcing"] >= FOLDING * found["folded by us from zero"]


@pytest.mark.timeout(600)
def test_a_hundred_thousand_commits_are_verified_in_seconds(tmp_path: Path) -> None:
    path = tmp_path / "many"
    long_stream(path, MANY)
    slow = processor(lambda: sum(range(10**7))) / SUM_SECONDS
    with Workspace(path) as ws:
        assert ws.verify().commits == MANY
        took = processor(ws.verify, 2)
    print(f"\n  {MANY:,} commits verified: {took:.2f} s", end="; ")
    print(f"sum(range(10**7)): {slow * SUM_SECONDS:.3f} s", end="; ")
    print(f"where that takes {SUM_SECONDS} s: {took / slow:.2f} s", end=" ")
    print(f"(at most {VERIFY_SECONDS})")
    assert took <= VERIFY_SECONDS * slow
