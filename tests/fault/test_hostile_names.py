"""No name leads out of a store; each is kept as it is, or refused with the reason."""

import os
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Final, TypeAlias

import pytest
from sqlalchemy import create_engine

from missionkit.cli import main
from missionkit.domain.history import Commit
from missionkit.errors import (
    InvalidValueError,
    NotFoundError,
    StoreError,
)
from missionkit.ports.store import Disposed
from missionkit.stores.folder.store import FolderStore
from missionkit.stores.memory import MemoryStore
from missionkit.stores.sql.store import SqlStore
from missionkit.stores.sqlite.store import SqliteStore
from missionkit.testing.stores import commits
from missionkit.testing.stores.snapshotting import snapshot_at
from missionkit.workspace import Workspace
from tests.fault.children import Act
from tests.fault.durable import Durable
from tests.fault.hostile import ALIKE, CLIMBING, NAMES, REFUSED
from tests.fault.means import lacking
from tests.fault.tracing import without_strace
from tests.fault.watching import traced_places, watched
from tests.postgres import Cluster

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="this platform cannot fork"),
    pytest.mark.filterwarnings(
        # From Python 3.12 on, where a worker of the tests has threads.
        "ignore:This process .* is multi-threaded:DeprecationWarning"
    ),
]
Open: TypeAlias = Callable[[], Durable]

IDS: Final = {
    *("harbour", "strasse", "istanbul", "fine", "paypal", "con", "quarantine"),
}
"""Which of the names are slugs, so that an element may have them as an id."""
GOOD: Final = IDS | {"aux/prn"}
"""Which of them may be streams of a workspace: slugs, and slashes between them."""


def chain(name: str) -> tuple[Commit, ...]:
    """Return three commits of a stream; the ids of commits are the name as well."""
    if not _is_text(name):
        return commits("no text", 3, data=[b"{}"])
    return commits(name, 3, by=f"{name}!", data=[f'{{"is":"{name}"}}'.encode()])


def written(store: Durable, name: str) -> None:
    """Do to a stream all that can be done to one."""
    first, second, third = chain(name)
    store.append(name, [first], expected=0)
    store.append_with_snapshot(name, [second], expected=1, snapshot=snapshot_at(second))
    erased = [Disposed(sequence=1, put=0)]
    assert store.dispose(name, erased, third, expected=2, snapshot=None) == 3


def told(store: Durable, name: str) -> str:
    """Write a stream, or return why it cannot be written."""
    try:
        written(store, name)
    except StoreError as error:
        return f"committed! {error}" if error.committed is not False else str(error)
    return ""


@pytest.fixture(params=sorted(REFUSED))
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def make(kind: str, quick_path: Path, request: pytest.FixtureRequest) -> Iterator[Open]:
    """Give a function that opens the same store again, also one with nothing open."""
    if kind == "sql on postgresql":
        postgres: Cluster = request.getfixturevalue("postgres")
        engine = create_engine(postgres.url(path=postgres.new_schema()))
        yield lambda: SqlStore(engine)
        engine.dispose()
        return
    memory = MemoryStore()
    opens: dict[str, Open] = {
        "memory": lambda: memory,
        "sqlite": lambda: SqliteStore(quick_path / "store.db"),
        "folder": lambda: FolderStore(quick_path / "store"),
        "sql on sqlite": lambda: SqlStore.at(f"sqlite:///{quick_path}/sql.db"),
    }
    yield opens[kind]


def test_there_are_enough_of_them() -> None:
    assert len(set(NAMES)) == len(NAMES) >= 80


def test_a_name_is_kept_as_it_is_or_refused(make: Open, kind: str) -> None:
    store = make()
    refused = {name: why for name in NAMES if (why := told(store, name))}

    assert set(refused) == set(REFUSED[kind])
    assert all("stream" in why and why.isprintable() for why in refused.values())
    assert not any("committed!" in why for why in refused.values())
    kept = [name for name in NAMES if name not in refused]
    store = make()
    assert store.streams() == tuple(sorted(kept))
    for name in kept:
        first, second, third = store.read(name)
        assert (second, third) == chain(name)[1:]
        assert (first.header, first.payloads) == (chain(name)[0].header, (None,))


def test_a_refused_name_is_no_stream_and_does_no_harm(make: Open, kind: str) -> None:
    store = make()
    written(store, "harbour")
    for name in REFUSED[kind]:
        for ask in (store.read, store.snapshot):
            with pytest.raises(StoreError, match="stream"):
                ask(name)
    assert store.streams() == ("harbour",)
    assert len(list(store.read("harbour"))) == 3


def test_a_prefix_finds_what_begins_with_it_and_nothing_else(make: Open) -> None:
    store = make()
    kept = [name for name in NAMES if not told(store, name)]

    for prefix in sorted({name[:cut] for name in NAMES for cut in (1, 5)}):
        try:
            found = store.streams(prefix)
        except StoreError:
            assert "\0" in prefix or not _is_text(prefix)
        else:
            assert found == tuple(sorted(n for n in kept if n.startswith(prefix)))


def test_no_two_streams_share_a_file_where_names_are_folded(quick_path: Path) -> None:
    with closing(FolderStore(quick_path / "store")) as store:
        for name in ALIKE:
            written(store, name)
    files = [
        str(each.relative_to(quick_path)) for each in (quick_path / "store").rglob("*")
    ]

    assert len({_folded(each) for each in files}) == len(files)
    views = list((quick_path / "store").rglob("model.json"))
    assert len(views) == len(ALIKE)
    assert {len(list(view.parent.glob("0*.json"))) for view in views} == {3}


def test_nothing_outside_of_a_folder_is_asked_of_python(quick_path: Path) -> None:
    # Deep down, so that what climbs out lands in a folder of the test.
    root = quick_path.joinpath(*"abcdef") / "store"
    root.parent.mkdir(parents=True)
    store = FolderStore(root)
    found = watched(lambda: _all(store, NAMES), root)

    assert found.outside == []
    assert found.seen > 10 * len(NAMES)
    assert sorted(root.parent.iterdir()) == [root]


@pytest.mark.parametrize("kind", ["folder", "sqlite"])
def test_nothing_outside_is_asked_of_the_system(quick_path: Path, kind: str) -> None:
    outside, seen = escapes(quick_path, _opened(kind))

    assert outside == set()
    assert seen > 10 * len(NAMES)


def test_a_twin_that_joins_paths_is_caught(quick_path: Path) -> None:
    """It gets only names that climb, and not far."""
    outside, _ = escapes(quick_path, Joining, CLIMBING)
    assert any(place.endswith("/escaped") for place in outside)

    root = quick_path.joinpath(*"ghijkl") / "store"
    found = watched(lambda: _all(Joining(root), CLIMBING), root)
    assert any("escaped" in place for place in found.outside)


def test_a_workspace_takes_slugs_and_says_so(make: Open) -> None:
    with Workspace(store=make()) as ws:
        for name in sorted(GOOD):
            with ws.edit(name, by="chair", why="board", create=True) as d:
                d.need("A warm home")
            assert ws.version(name) == 1
        for name in (name for name in NAMES if name not in GOOD):
            with (
                pytest.raises(InvalidValueError, match="MK-HIS-013") as caught,
                ws.edit(name, by="chair", why="board", create=True) as d,
            ):
                d.need("A warm home")
            assert str(caught.value).replace("\n", "").isprintable()
            for ask in (ws.model, ws.history):
                with pytest.raises((InvalidValueError, NotFoundError, StoreError)):
                    ask(name)
        assert set(ws.streams()) == GOOD


def test_the_id_of_an_element_is_a_slug_or_refused() -> None:
    with Workspace(":memory:") as ws:
        for name in (set(NAMES) | {f"{name}\n" for name in IDS}) - IDS:
            with (
                pytest.raises(InvalidValueError, match="MK-DOM") as caught,
                ws.edit("harbour", by="chair", why="board", create=True) as d,
            ):
                d.need("A warm home", id=name)
            assert str(caught.value).replace("\n", "").isprintable()
        assert ws.streams() == ()


@pytest.mark.parametrize("command", ["log", "show", "blame"])
@pytest.mark.parametrize("place", ["folder", "sqlite"])
def test_the_command_ends_well_whatever_it_is_asked_for(
    quick_path: Path, place: str, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (quick_path / "folder").mkdir()
    path = quick_path / place
    with Workspace(path) as ws, ws.edit("harbour", by="c", why="b", create=True) as d:
        d.need("A warm home")
    before = _held(quick_path)
    for name in NAMES:
        status = main(["store", command, str(path), *_arguments(command, name)])
        out, error = capsys.readouterr()
        assert status in _ends(command, place, name), (name, out, error)
        assert "Traceback" not in out + error
        assert "internal error" not in error
        assert (out + error).replace("\n", "").isprintable()
    assert _held(quick_path) == before


class Joining:
    """A store that makes paths of names as they come."""

    def __init__(self, root: Path) -> None:
        self._root = root
        root.mkdir(parents=True, exist_ok=True)

    def append(self, stream: str, commits: Sequence[Commit], *, expected: int) -> int:
        folder = os.path.join(self._root, stream)  # noqa: PTH118 - that is the mistake
        with suppress(OSError):
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103
        for number, commit in enumerate(commits, expected + 1):
            Path(folder, f"{number:08}.json").write_bytes(commit.header)
        return expected + len(commits)


def escapes(
    folder: Path,
    opened: Callable[[Path], object],
    names: Sequence[str] = NAMES,
) -> tuple[set[str], int]:
    """Return what a process asks for outside of its store, and how much it asks for."""
    if without_strace():
        lacking(without_strace())
    root = folder.joinpath(*"abcdef") / "store"
    root.mkdir(parents=True)

    def begin() -> Act:
        store = opened(root)
        _append(store, "loaded", commits("loaded"))  # so that all is loaded

        def act() -> str:
            _all(store, names)
            return "done"

        return act

    places = list(traced_places(begin, folder / "log"))
    assert places
    inside = (f"{root}/", f"{root}")
    outside = {p for p in places if not p.startswith(inside[0]) and p != inside[1]}
    return outside, len(places)


def _all(store: object, names: Sequence[str]) -> None:
    for name in names:
        _append(store, name, chain(name))
        if isinstance(store, FolderStore | SqliteStore):
            told(store, f"{name}/more")
            for ask in (store.read, store.snapshot):
                _ask(ask, name)
            if name in CLIMBING:  # each looks at all the others
                _ask(store.streams, name)


def _append(store: object, name: str, new: Sequence[Commit]) -> None:
    append = getattr(store, "append")  # noqa: B009 - the twin has no more than that
    with suppress(StoreError):
        append(name, new, expected=0)


def _ask(ask: Callable[[str], object], name: str) -> None:
    try:
        found = ask(name)
        if isinstance(found, Iterator):
            list(found)
    except StoreError:
        return


def _opened(kind: str) -> Callable[[Path], Durable]:
    if kind == "folder":
        return FolderStore
    return lambda root: SqliteStore(root / "store.db")


def _is_text(name: str) -> bool:
    return not any(0xD800 <= ord(letter) <= 0xDFFF for letter in name)


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def _arguments(command: str, name: str) -> list[str]:
    return ["harbour", name] if command == "blame" else [name]


def _ends(command: str, place: str, name: str) -> set[int]:
    """Return how the command may end: well, for what is not there, or refused."""
    if name == "--help" or (command != "blame" and name == "harbour"):
        return {0}
    if command != "blame" and name in REFUSED[place]:
        return {2, 3}
    return {2}


def _held(folder: Path) -> dict[str, bytes]:
    return {
        str(each.relative_to(folder)): each.read_bytes()
        for each in sorted(folder.rglob("*"))
        if each.is_file() and not each.name.endswith(".lck")
    }
