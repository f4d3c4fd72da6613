"""Damages the files of a store, looks at what is read then, and mends them."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from missionkit.domain.history import CommitDraft
from missionkit.errors import MissionKitError
from missionkit.history.checkpoint import checkpoint_of
from missionkit.history.folding import state_after
from missionkit.history.sealing import head_of
from missionkit.history.snapshots import with_snapshot
from missionkit.history.verifying import verified
from missionkit.testing.stores import commits
from missionkit.workspace.mending import check_store
from tests.fault.durable import Kind, State, state

STREAMS: Final = ("harbour", "library/quiet", "new")
BEFORE: Final = 3
"""How many commits there are before that with a snapshot; one follows on it."""


def furnished(kind: Kind, folder: Path) -> None:
    """Make a store with three streams, each with a snapshot that is sound."""
    with closing(kind.opened(folder)) as store:
        for stream in STREAMS:
            data = [b'{"statement": "%s"}' % stream.encode(), b'{"tags": ["a"]}']
            first = commits(stream, BEFORE, data=data)
            store.append(stream, first, expected=0)
            (base,) = commits(stream, after=first, data=data)
            draft = CommitDraft(
                id=base.facts.id,
                at=base.facts.at,
                actor="ann",
                why="the board decided",
                changes=(),
                schema=1,
            )
            last, made = with_snapshot(draft, state_after(first), stream, b"salt")
            store.append_with_snapshot(stream, [last], expected=BEFORE, snapshot=made)
            after = commits(stream, after=(*first, last), data=data)
            store.append(stream, after, expected=BEFORE + 1)


class Specimen:
    """A store whose files are damaged, one at a time."""

    def __init__(self, kind: Kind, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        furnished(kind, folder)
        self._kind = kind
        self._folder = folder
        with closing(kind.opened(folder)) as store:
            self.state = state(store)
        heads = [head_of(s, held[-1]) for s, (held, _) in self.state.items()]
        self.checkpoint = checkpoint_of(heads)
        self.files = {
            self._name(each): each.read_bytes()
            for each in sorted(folder.rglob("*"))
            if each.is_file()
        }

    @contextmanager
    def damaged(self, name: str, data: bytes | None) -> Iterator[None]:
        """Let a file have other bytes for the block, or be gone."""
        path = self._folder / name
        if data is None:
            path.unlink()
        else:
            path.write_bytes(data)
        try:
            yield
        finally:
            path.write_bytes(self.files[name])
            for beside in path.parent.iterdir():  # what was made because of it
                if beside.is_file() and self._name(beside) not in self.files:
                    beside.unlink()

    def _name(self, path: Path) -> str:
        return str(path.relative_to(self._folder))

    def _is_same(self, found: State) -> bool:
        """Return whether the commits are as they were; a snapshot may be dropped."""
        return found.keys() == self.state.keys() and all(
            held == self.state[stream][0] and made in {None, self.state[stream][1]}
            for stream, (held, made) in found.items()
        )

    def noticed(self) -> str:
        """Return what says that other things are read than were written.

        It is nothing where the same is read, and "unnoticed" where nobody says a word.
        """
        try:
            with closing(self._kind.opened(self._folder)) as store:
                if self._is_same(state(store)):
                    return ""
                if not verified(store, None):
                    return "told by verification"
                if not check_store(store):
                    return "told by a check"
                fine = verified(store, self.checkpoint)
                return "unnoticed" if fine else "told by a checkpoint"
        except MissionKitError as error:
            return f"told: {error}"
