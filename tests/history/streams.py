"""Streams for tests: a clock and tokens that can be foretold, and a bare store."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from attrs import evolve

from missionkit.domain.history import (
    START,
    Commit,
    CommitDraft,
    Head,
    Payload,
    Put,
    Remove,
)
from missionkit.domain.model import Model
from missionkit.history.committing import changes_of
from missionkit.history.differences import diff
from missionkit.history.folding import State, state_after
from missionkit.history.sealing import seal
from missionkit.workspace import Workspace

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


class Clock:
    """Goes on by a minute each time it is read, unless it is set."""

    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> datetime:
        self.at += timedelta(minutes=1)
        return self.at


def counted(count: int = 0) -> Callable[[int], bytes]:
    """Return a function that gives other bytes each time, and the same in each run."""

    def token(size: int) -> bytes:
        nonlocal count
        count += 1
        return sha256(str(count).encode()).digest()[:size]

    return token


def opened(**options: Any) -> Workspace:  # noqa: ANN401 - those of a workspace
    """Return a workspace in memory of which everything can be foretold."""
    return Workspace(":memory:", **{"clock": Clock(), "token": counted(), **options})


class Held:
    """A store that holds whatever it is given, and only reads."""

    def __init__(self, **streams: Iterable[Commit]) -> None:
        self.held = {name: list(commits) for name, commits in streams.items()}

    def append(self, stream: str, commits: Sequence[Commit], *, expected: int) -> int:
        raise NotImplementedError

    def read(
        self, stream: str, *, after: int = 0, upto: int | None = None
    ) -> Iterator[Commit]:
        return iter(self.held.get(stream, [])[after:upto])

    def streams(self, prefix: str = "") -> tuple[str, ...]:
        return tuple(sorted(n for n in self.held if n.startswith(prefix)))

    def close(self) -> None:
        pass


def commits_of(
    models: Iterable[Model], *, stream: str = "harbour", at: Callable[[], datetime]
) -> list[Commit]:
    """Return the commits that lead from nothing through each of some models."""
    token, state = counted(), State()
    commits: list[Commit] = []
    before: Model | None = None
    for model in models:
        old = Model(kinds=model.kinds) if before is None else before
        changes = changes_of(diff(old, model), model, state, token)
        draft = CommitDraft(
            id=token(16).hex(),
            at=at(),
            actor="chair",
            why="as drawn",
            changes=changes,
            schema=1,
        )
        head = Head(stream=stream, sequence=state.sequence, hash=state.hash)
        commits += seal([draft], head)
        state = state_after(commits[-1:], state)
        before = model
    return commits


def facts_of(commit: Commit) -> dict[str, Any]:
    """Return what a header says, as JSON values that can be changed."""
    facts: dict[str, Any] = json.loads(commit.header)
    return facts


def with_facts(commit: Commit, **changed: object) -> Commit:
    """Return a commit whose header says other things, written as we write it."""
    facts = {**facts_of(commit), **changed}
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return evolve(commit, header=text.encode())


def rechained(commits: Iterable[Commit]) -> list[Commit]:
    """Return commits as somebody numbers and chains them who rewrites them all."""
    done: list[Commit] = []
    parent = START
    for sequence, commit in enumerate(commits, 1):
        done.append(with_facts(commit, sequence=sequence, parent=parent))
        parent = done[-1].hash
    return done


def written(
    *changes: tuple[str, str, object],
    schema: int = 1,
    stream: str = "harbour",
    after: Sequence[Commit] = (),
) -> list[Commit]:
    """Return a chain with one commit more, which puts (kind, id, record or bytes).

    A record of nothing at all removes the element.
    """
    made: list[Put | Remove] = []
    for kind, ref, record in changes:
        if record is None:
            made.append(Remove(kind=kind, id=ref))
            continue
        data = record if isinstance(record, bytes) else json.dumps(record).encode()
        made.append(Put(kind=kind, id=ref, payload=Payload(b"salt" * 4, data)))
    draft = CommitDraft(
        id=f"commit-{len(after)}",
        at=NOON + timedelta(days=len(after)),
        actor="chair",
        why="as written",
        changes=tuple(made),
        schema=schema,
    )
    head = Head(stream=stream, sequence=len(after))
    if after:
        head = evolve(head, hash=after[-1].hash)
    return [*after, *seal([draft], head)]
