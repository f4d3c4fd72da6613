from pathlib import Path

import pytest

from missionkit.errors import StoreUnavailableError
from missionkit.stores.folder.store import FolderStore
from missionkit.stores.memory import MemoryStore
from missionkit.stores.opening import opened
from missionkit.stores.sqlite.store import SqliteStore


def test_memory_is_a_place() -> None:
    assert isinstance(opened(":memory:"), MemoryStore)


@pytest.mark.parametrize("form", [str, Path])
def test_a_path_is_a_file(quick_path: Path, form: type) -> None:
    store = opened(form(quick_path / "harbour.db"))

    assert isinstance(store, SqliteStore)
    assert (quick_path / "harbour.db").is_file()
    store.close()


def test_a_folder_is_a_place(quick_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(quick_path)
    (quick_path / "there").mkdir()
    for place in ("new/", "there", Path("there"), "there/"):
        store = opened(place)
        assert isinstance(store, FolderStore)
        store.close()

    assert {path.parent.name for path in quick_path.rglob("missionkit.json")} == {
        "new",
        "there",
    }


def test_a_folder_that_is_read_is_not_made(quick_path: Path) -> None:
    with pytest.raises(StoreUnavailableError, match="there is no store"):
        opened(f"{quick_path}/new/", read_only=True)

    assert list(quick_path.iterdir()) == []


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("", "needs a place"),
        ("none/such/harbour/", "make it first"),
        ("none/such/harbour.db", "make it first"),
        ("a\0b", "cannot be the path"),
    ],
)
def test_what_is_no_place_is_refused(
    quick_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, said: str
) -> None:
    monkeypatch.chdir(quick_path)
    with pytest.raises(StoreUnavailableError, match=said):
        opened(place)

    assert list(quick_path.iterdir()) == []
