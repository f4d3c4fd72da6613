"""An append may die or fail at every call by which it asks the system for something."""

import os
import re
import shutil
import subprocess
import sys
from functools import cache
from itertools import count
from pathlib import Path

import pytest

from missionkit.history.chain import broken
from missionkit.stores.sqlite import SqliteStore
from missionkit.testing.stores import commits
from tests.fault.means import lacking

S = "harbour"
NEW = commits(S, 4)
ROOT = Path(__file__).parents[2]
STRACE = shutil.which("strace") or ""
# What changes a file, or asks for it to be on disk.
CALLS = ("pwrite64", "fsync,fdatasync", "unlink")
# There are many writes: every so many of them is enough for a run.
STEPS = {"pwrite64": 4}

APPENDS = """
import os, sqlite3, sys
from missionkit.errors import CommitUnknownError, StoreError
from missionkit.testing.stores import commits
from tests.fault.means import lacking
from tests.fault.twins import NoFlush, SqliteStore

kind, path = sys.argv[1:]
new = commits("harbour", 4)
if kind == "raw":
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA synchronous = EXTRA")
    db.execute("PRAGMA secure_delete = ON")
    act = lambda: [
        db.execute(statement) for statement in (
            "BEGIN IMMEDIATE",
            "INSERT INTO commits VALUES ('harbour', 3, 'x', x'00', x'00')",
            "COMMIT",
        )
    ]
else:
    store = {"SqliteStore": SqliteStore, "NoFlush": NoFlush}[kind](path)
    act = lambda: store.append("harbour", new[2:], expected=2)
try:
    os.stat("/begin-here")
except OSError:
    pass
try:
    act()
    print("committed")
except CommitUnknownError:
    print("unknown")
except StoreError as error:
    print("refused" if error.committed is False else "vague")
"""


@cache
def without_strace() -> str:
    """Say why there is no strace to use; root is expected to have one."""
    if not STRACE:
        return "strace is not installed"
    tried = subprocess.run(
        [STRACE, "-o", os.devnull, sys.executable, "-c", ""],
        check=False,
        capture_output=True,
    )
    return "strace may not be used here" if tried.returncode else ""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give a store that has two commits, or skip where nothing can be traced."""
    if without_strace():
        lacking(without_strace())
    store = SqliteStore(tmp_path / "store.db")
    store.append(S, NEW[:2], expected=0)
    store.close()
    return tmp_path / "store.db"


def traced(path: Path, kind: str, fault: str = "") -> tuple[str, str]:
    """Append in a process under strace; return what it said, and what it asked for."""
    log = path.with_name("log")
    what = f"trace=stat,newfstatat,{','.join(CALLS)}"
    faults = ["-e", f"inject={fault}"] if fault else []
    ended = subprocess.run(
        [
            *(STRACE, "-f", "-o", str(log), "-e", what, *faults),
            *(sys.executable, "-c", APPENDS, kind, str(path)),
        ],
        check=False,
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"},
        text=True,
    )
    return ended.stdout.strip(), log.read_text(encoding="utf-8", errors="replace")


def flushes(log: str) -> int:
    """Count how often the append itself asked for something to be on disk."""
    _, _, after = log.partition("/begin-here")
    return len(re.findall(r"\bf(?:data)?sync\(", after))


def test_an_append_flushes_as_often_as_a_bare_transaction(path: Path) -> None:
    shutil.copy(path, path.with_name("raw.db"))
    said, ours = traced(path, "SqliteStore")
    raw_said, raw = traced(path.with_name("raw.db"), "raw")

    assert (said, raw_said) == ("committed", "committed")
    assert flushes(ours) == flushes(raw) > 2


def test_a_twin_that_does_not_flush_is_caught(path: Path) -> None:
    said, log = traced(path, "NoFlush")

    assert said == "committed"
    assert flushes(log) == 0


@pytest.mark.timeout(120)
@pytest.mark.parametrize("call", CALLS)
def test_a_kill_at_any_call_leaves_all_or_nothing(path: Path, call: str) -> None:
    points = 0
    for number in count(1, STEPS.get(call, 1)):
        place = path.with_name(f"{number}.db")
        shutil.copy(path, place)
        said, _ = traced(place, "SqliteStore", f"{call}:signal=KILL:when={number}")
        left = looked_at(place)
        if said:
            assert (said, left) == ("committed", 4)
            break
        assert left in (2, 4)
        points += 1

    assert points


@pytest.mark.timeout(120)
@pytest.mark.parametrize(
    ("call", "error"), [*((call, "EIO") for call in CALLS), ("pwrite64", "ENOSPC")]
)
def test_an_error_of_any_call_is_told_as_what_it_is(
    path: Path, call: str, error: str
) -> None:
    points = 0
    for number in count(1, STEPS.get(call, 1)):
        place = path.with_name(f"{number}.db")
        shutil.copy(path, place)
        said, log = traced(place, "SqliteStore", f"{call}:error={error}:when={number}")
        left = looked_at(place)
        assert left in {"committed": [4], "refused": [2], "unknown": [2, 4]}[said]
        if "INJECTED" not in log:
            break
        points += 1

    assert points


def looked_at(path: Path) -> int:
    """Return how many commits a store has, which is whole and takes another one."""
    store = SqliteStore(path)
    there = list(store.read(S))
    assert there == list(NEW[: len(there)])
    assert broken(S, there) == ()
    after = commits(S, after=there, by="next")
    assert store.append(S, after, expected=len(there)) == len(there) + 1
    store.close()
    return len(there)
