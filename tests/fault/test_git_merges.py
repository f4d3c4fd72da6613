"""A folder store in git: what two branches did is all there, or git or it says no."""

import json
import random
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final
from urllib.parse import quote, unquote

import pytest
from attrs import frozen

from missionkit.domain.history import Commit
from missionkit.errors import CorruptStoreError
from missionkit.history.chain import broken
from missionkit.ports.store import Store
from missionkit.stores.folder.commits import file_of
from missionkit.stores.folder.store import FolderStore
from missionkit.testing.stores import commits
from missionkit.testing.stores.snapshotting import snapshot_at
from tests.fault.branches import (
    STREAMS,
    Git,
    Side,
    State,
    Worker,
    state,
    stream_or_refusal,
)
from tests.fault.means import lacking
from tests.fault.twins import InPlace

pytestmark = pytest.mark.timeout(300)

HISTORIES: Final = 50
S: Final = "harbour"


@pytest.fixture
def git(quick_path: Path) -> Git:
    if shutil.which("git") is None:
        lacking("git is not installed")
    made = Git(quick_path / "repository")
    made.begin()
    return made


def begun(git: Git, store: Store, chance: random.Random) -> State:
    """Keep some streams in git; return what they have."""
    for stream in STREAMS[:3]:
        store.append(stream, commits(stream, chance.randint(1, 4)), expected=0)
    git.keep("begun")
    return state(store)


def branched(git: Git, store: Store, seed: int, *, apart: bool) -> tuple[Side, Side]:
    """Let two branches go on by themselves; ours is checked out in the end.

    The store is open all the time. Where they are *apart*, no stream is of both.
    """
    chance = random.Random(seed)  # noqa: S311 - what people do
    streams = list(STREAMS)
    chance.shuffle(streams)
    cut = chance.randint(1, len(streams) - 1)
    parts = (streams[:cut], streams[cut:]) if apart else (streams, streams)
    git("branch", "theirs")
    sides = []
    for name, part in zip(("theirs", "ours"), parts, strict=True):
        git("checkout", "--quiet", name)
        worker = Worker(store, name, chance, tuple(part))
        worker.work()
        git.keep(name)
        sides.append(Side(state(store), frozenset(worker.touched)))
    theirs, ours = sides
    return ours, theirs


def views(root: Path) -> dict[str, tuple[int, str]]:
    """Return what each view says that it shows: how many commits, and the last."""
    found = [json.loads(each.read_bytes()) for each in root.rglob("model.json")]
    return {each["stream"]: (each["sequence"], each["head"]) for each in found}


def ends(there: State) -> dict[str, tuple[int, str]]:
    return {stream: (len(held), held[-1].hash) for stream, held in there.items()}


@pytest.mark.parametrize("seed", range(HISTORIES // 2))
def test_branches_of_other_streams_merge_and_are_whole(git: Git, seed: int) -> None:
    store = FolderStore(git.folder)
    before = begun(git, store, random.Random(seed))  # noqa: S311 - lengths
    ours, theirs = branched(git, store, seed, apart=True)

    assert git.merged()
    wanted = before | {
        stream: side.state[stream] for side in (ours, theirs) for stream in side.touched
    }
    for each in (store, FolderStore(git.folder)):
        assert state(each) == wanted
    assert all(broken(stream, held) == () for stream, held in wanted.items())
    assert views(git.folder) == ends(wanted)
    assert git("status", "--porcelain") == ""
    goes_on(store, wanted)


def goes_on(store: FolderStore, there: State) -> None:
    """Append to every stream, by who had the store open before the merge."""
    for stream, held in there.items():
        after = commits(stream, after=held, by="after")
        assert store.append(stream, after, expected=len(held)) == len(held) + 1
        assert tuple(store.read(stream)) == (*held, *after)


@pytest.mark.parametrize("seed", range(HISTORIES // 2, HISTORIES))
def test_branches_of_the_same_streams_are_never_picked_from(
    git: Git, seed: int
) -> None:
    store = FolderStore(git.folder)
    begun(git, store, random.Random(seed))  # noqa: S311 - lengths
    ours, theirs = branched(git, store, seed, apart=False)
    clean = git.merged()

    assert wrong_after(store, ours, theirs, clean=clean) == []
    if not clean:
        git("merge", "--abort")
        assert state(store) == state(FolderStore(git.folder)) == ours.state


def wrong_after(store: Store, ours: Side, theirs: Side, *, clean: bool) -> list[str]:
    """Return the streams of which one side is shown, and nobody says that it is."""
    found = []
    for stream in sorted(ours.touched | theirs.touched):
        mine, other = ours.state.get(stream, ()), theirs.state.get(stream, ())
        there = stream_or_refusal(store, stream)
        if isinstance(there, str):
            both = stream in ours.touched & theirs.touched
            if mine == other or not both:
                found.append(f"{stream} is damaged, but was not of both: {there}")
        elif there not in may_be(stream, ours, theirs):
            found.append(
                f"{stream} has {len(there)} commits of {len(mine), len(other)}"
            )
        elif clean and not hashes(mine) | hashes(other) <= hashes(there):
            found.append(f"{stream} lost commits")
    return found


def may_be(stream: str, ours: Side, theirs: Side) -> list[tuple[Commit, ...]]:
    """Return what a stream may have, if it has what is not damaged."""
    mine, other = ours.state.get(stream, ()), theirs.state.get(stream, ())
    if stream not in ours.touched:
        return [other]
    if stream not in theirs.touched:
        return [mine]
    # Somebody sent the same to both, and one of them went on.
    shorter, longer = sorted([mine, other], key=len)
    return [longer] if longer[: len(shorter)] == shorter else []


def hashes(held: Sequence[Commit]) -> set[str]:
    return {commit.hash for commit in held}


@frozen
class Fork:
    """A repository of which two branches appended to one stream."""

    git: Git
    ours: State
    theirs: State


def forked(git: Git, store: FolderStore, seed: int) -> Fork:
    """Let both branches append to one stream; ours is checked out."""
    chance = random.Random(seed)  # noqa: S311 - lengths
    there = begun(git, store, chance)[S]
    git("branch", "theirs")
    sides = []
    for name in ("theirs", "ours"):
        git("checkout", "--quiet", name)
        new = commits(S, chance.randint(1, 3), after=there, by=name)
        store.append(S, new, expected=len(there))
        git.keep(name)
        sides.append(state(store))
    return Fork(git, sides[1], sides[0])


def keep_ours(fork: Fork) -> None:
    fork.git.merged()
    fork.git("checkout", "--ours", "--", *fork.git.torn())


def keep_theirs(fork: Fork) -> None:
    fork.git.merged()
    fork.git("checkout", "--theirs", "--", *fork.git.torn())


def keep_all_of_theirs(fork: Fork) -> None:
    fork.git.merged()
    fork.git("rm", "-rfq", S)
    fork.git("checkout", "theirs", "--", S)


def prefer_ours(fork: Fork) -> None:
    assert fork.git.merged("-Xours")


def prefer_theirs(fork: Fork) -> None:
    assert fork.git.merged("-Xtheirs")


def keep_both_renumbered(fork: Fork) -> None:
    """Put their commits behind ours, as the number in the name asks for."""
    keep_ours(fork)
    new = [commit for commit in fork.theirs[S] if commit not in fork.ours[S]]
    for number, commit in enumerate(new, len(fork.ours[S]) + 1):
        (fork.git.folder / S / f"{number:08}.json").write_bytes(file_of(commit))


def keep_every_line(fork: Fork) -> None:
    told = fork.git.folder / ".git" / "info" / "attributes"
    told.parent.mkdir(exist_ok=True)
    told.write_text("*.json merge=union\n", encoding="utf-8")
    assert fork.git.merged()


def leave_the_marks(fork: Fork) -> None:
    assert not fork.git.merged()


RESOLUTIONS: Final = (
    *(keep_ours, keep_theirs, keep_all_of_theirs, prefer_ours, prefer_theirs),
    *(keep_both_renumbered, keep_every_line, leave_the_marks),
)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("resolve", RESOLUTIONS, ids=lambda each: each.__name__)
def test_a_resolution_is_whole_or_named(
    git: Git, seed: int, resolve: Callable[[Fork], None]
) -> None:
    store = FolderStore(git.folder)
    fork = forked(git, store, seed)
    resolve(fork)
    git.keep("merged by hand")
    there = stream_or_refusal(FolderStore(git.folder), S)

    assert stream_or_refusal(store, S) == there
    if isinstance(there, str):
        assert f"{S}/0" in there
        assert any(word in there for word in ("merge", "damaged", "of the stream, not"))
        with pytest.raises(CorruptStoreError):
            FolderStore(git.folder).append(S, commits(S), expected=1)
    else:
        assert there in (fork.ours[S], fork.theirs[S])
        goes_on(store, {S: there})
        assert views(git.folder)[S] == ends(state(store))[S]
    assert others_in(store) == {n: held for n, held in fork.ours.items() if n != S}


def others_in(store: FolderStore) -> State:
    """Return what all other streams have, whatever became of that one."""
    return {name: tuple(store.read(name)) for name in store.streams() if name != S}


def test_both_commits_are_named_where_two_branches_were_put_together(git: Git) -> None:
    store = FolderStore(git.folder)
    store.append(S, commits(S, 2), expected=0)
    git.keep("begun")
    git("branch", "theirs")
    there = tuple(store.read(S))
    store.append(S, commits(S, 1, after=there, by="ours"), expected=2)
    git.keep("ours")
    git("checkout", "--quiet", "theirs")
    store.append(S, commits(S, 2, after=there, by="theirs"), expected=2)
    git.keep("theirs")
    git("checkout", "--quiet", "ours")
    keep_ours(Fork(git, {}, {}))

    with pytest.raises(CorruptStoreError) as caught:
        list(store.read(S))
    assert "'theirs-4' stands after commit 'ours-3'" in str(caught.value)


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {
        str(each.relative_to(folder)): each.read_bytes()
        for each in sorted(folder.rglob("*.json"))
    }


def checked_out_elsewhere(git: Git, *, plain: bool) -> dict[str, bytes]:
    """Return the bytes that a clone has where git makes lines end as Windows does."""
    if plain:
        (git.folder / ".gitattributes").unlink()
    git.keep("begun")
    other = Git(git.folder.with_name("clone"), core_autocrlf="true")
    other.folder.mkdir()
    other("clone", "--quiet", str(git.folder), ".")
    return bytes_of(other.folder)


@pytest.mark.parametrize("data", [b"{}", b'{"a":"1\\r\\n2"}', b"\r\n\n\r\x00\xff"])
def test_git_changes_no_byte_where_lines_end_in_another_way(
    git: Git, data: bytes
) -> None:
    store = FolderStore(git.folder)
    store.append(S, commits(S, 3, data=[data], why="one\r\ntwo\n"), expected=0)

    assert checked_out_elsewhere(git, plain=False) == bytes_of(git.folder)
    clone = FolderStore(git.folder.with_name("clone"))
    assert tuple(clone.read(S)) == tuple(store.read(S))


def test_a_twin_that_tells_git_nothing_is_caught(git: Git) -> None:
    FolderStore(git.folder).append(S, commits(S), expected=0)

    assert checked_out_elsewhere(git, plain=True) != bytes_of(git.folder)


def test_what_passes_is_not_kept_in_git(git: Git) -> None:
    store = FolderStore(git.folder)
    new = commits(S)
    made = snapshot_at(new[0])
    store.append_with_snapshot(S, new, expected=0, snapshot=made)
    (git.folder / S / "00000002.tmp").touch()
    git.keep("begun")

    assert git("ls-files").splitlines() == [
        *(".gitattributes", ".gitignore", "harbour/00000001.json"),
        *("harbour/model.json", "missionkit.json"),
    ]


class OneFile:
    """A file for each stream; of two branches git takes the longer one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        (folder / ".gitattributes").write_text("*.jsonl merge=longer\n", "utf-8")

    def append(self, stream: str, commits: Sequence[Commit], *, expected: int) -> int:
        return self._file(stream).append(stream, commits, expected=expected)

    def read(
        self, stream: str, *, after: int = 0, upto: int | None = None
    ) -> Iterator[Commit]:
        return self._file(stream).read(stream, after=after, upto=upto)

    def streams(self, prefix: str = "") -> tuple[str, ...]:
        found = [unquote(each.stem) for each in self._folder.glob("*.jsonl")]
        return tuple(
            sorted(n for n in found if n.startswith(prefix) and any(self.read(n)))
        )

    def close(self) -> None:
        pass

    def _file(self, stream: str) -> InPlace:
        return InPlace(self._folder / f"{quote(stream, safe='')}.jsonl")


LONGER: Final = "if [ $(wc -c <%B) -gt $(wc -c <%A) ]; then cp %B %A; fi"


def test_a_twin_that_takes_the_longer_side_is_caught(git: Git) -> None:
    longer = Git(git.folder, merge_longer_driver=LONGER)
    store = OneFile(git.folder)
    begun(longer, store, random.Random(1))  # noqa: S311 - lengths
    ours, theirs = branched(longer, store, HISTORIES, apart=False)
    both = ours.touched & theirs.touched

    assert both
    assert longer.merged()
    assert wrong_after(store, ours, theirs, clean=True)
