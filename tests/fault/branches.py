"""Stores that are kept in git: random work on two branches, and how they are merged."""

import os
import random
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from attrs import define, field, frozen

from missionkit.domain.history import Commit, CommitDraft
from missionkit.errors import CorruptStoreError
from missionkit.history.disposing import acts_of
from missionkit.history.sealing import head_of, seal
from missionkit.ports.store import Disposed, Store
from missionkit.testing.stores import commits
from missionkit.testing.stores.snapshotting import snapshot_at

State = dict[str, tuple[Commit, ...]]

STREAMS: Final = ("harbour", "library", "harbour/pumps", "Museum", "caf\u00e9")
_STEPS: Final = 4
_MOST: Final = 3
_LIKELY: Final = ("append",) * 5 + ("dispose", "snapshot", "same")


class Git:
    """A repository with settings of its own only."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        self._environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith("GIT_")},
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "HOME": str(folder.parent),
            "LC_ALL": "C.UTF-8",
        }
        told = {
            "user.name": "Ada",
            "user.email": "ada@example.org",
            "gc.auto": "0",
            **{name.replace("_", "."): value for name, value in settings.items()},
        }
        self._settings = [w for n, v in told.items() for w in ("-c", f"{n}={v}")]

    def __call__(self, *words: str) -> str:
        """Run a command; return what it printed."""
        done = self.run(*words)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def run(self, *words: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            ["git", *self._settings, *words],  # noqa: S607 - whichever is installed
            cwd=self.folder,
            env=self._environment,
            capture_output=True,
            check=False,
            encoding="utf-8",
            errors="replace",
        )

    def begin(self) -> None:
        self.folder.mkdir(exist_ok=True)
        self("init", "--quiet", "--initial-branch=ours")

    def keep(self, why: str) -> None:
        """Commit all that lies in the folder."""
        self("add", "--all")
        self("commit", "--quiet", "--allow-empty", "--message", why)

    def merged(self, *options: str) -> bool:
        """Merge their branch; return whether git found nothing to ask."""
        words = ("merge", "--quiet", "--no-edit", *options, "theirs")
        return self.run(*words).returncode == 0

    def torn(self) -> list[str]:
        """Return the paths of which git asks which side to take."""
        told = self("diff", "--name-only", "--diff-filter=U", "-z")
        return sorted(set(told.split("\0")) - {""})


@frozen
class Side:
    """What a branch has in the end, and which streams it touched."""

    state: State
    touched: frozenset[str]


@define
class Worker:
    """Does at random what people do to a store."""

    store: Store
    name: str
    chance: random.Random
    streams: tuple[str, ...]
    touched: set[str] = field(factory=set)
    _number: int = 0

    def work(self) -> None:
        for _ in range(self.chance.randint(1, _STEPS)):
            stream = self.chance.choice(self.streams)
            self._number += 1
            getattr(self, self.chance.choice(_LIKELY))(stream)

    def append(self, stream: str) -> None:
        there = self._there(stream)
        self.store.append(stream, self._new(stream, there), expected=len(there))
        self.touched.add(stream)

    def snapshot(self, stream: str) -> None:
        there = self._there(stream)
        new = self._new(stream, there)
        add = getattr(self.store, "append_with_snapshot", None)
        if add is None:
            self.append(stream)
            return
        add(stream, new, expected=len(there), snapshot=snapshot_at(new[-1]))
        self.touched.add(stream)

    def dispose(self, stream: str) -> None:
        there = self._there(stream)
        left = [
            Disposed(sequence=commit.facts.sequence, put=put)
            for commit in there
            for put, payload in enumerate(commit.payloads)
            if payload is not None
        ]
        erase = getattr(self.store, "dispose", None)
        if not left or erase is None:
            self.append(stream)
            return
        what = [self.chance.choice(left)]
        note = self._note(stream, there, what)
        erase(stream, what, note, expected=len(there), snapshot=None)
        self.touched.add(stream)

    def same(self, stream: str) -> None:
        """Append what the other branch appends as well: somebody sent it to both."""
        there = self._there(stream)
        new = commits(stream, after=there, by="both")
        self.store.append(stream, new, expected=len(there))
        self.touched.add(stream)

    def _there(self, stream: str) -> tuple[Commit, ...]:
        return tuple(self.store.read(stream))

    def _new(self, stream: str, there: tuple[Commit, ...]) -> tuple[Commit, ...]:
        number = self.chance.randint(1, _MOST)
        return commits(stream, number, after=there, by=f"{self.name}-{self._number}")

    def _note(
        self, stream: str, there: tuple[Commit, ...], what: Sequence[Disposed]
    ) -> Commit:
        draft = CommitDraft(
            id=f"{self.name}-{self._number}",
            at=there[-1].facts.at,
            actor="records",
            why="they asked",
            changes=(),
            acts=acts_of(what),
            schema=1,
        )
        (note,) = seal([draft], head_of(stream, there[-1]))
        return note


def state(store: Store) -> State:
    """Return all commits of a store."""
    return {stream: tuple(store.read(stream)) for stream in store.streams()}


def stream_or_refusal(store: Store, stream: str) -> tuple[Commit, ...] | str:
    """Return the commits of a stream, or why they cannot be read."""
    try:
        return tuple(store.read(stream))
    except CorruptStoreError as error:
        return str(error)
