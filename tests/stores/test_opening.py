from pathlib import Path

import pytest

from missionkit.errors import StoreUnavailableError
from missionkit.stores.memory import MemoryStore
from missionkit.stores.opening import opened
from missionkit.stores.sqlite import SqliteStore


def test_memory_is_a_place() -> None:
    assert isinstance(opened(":memory:"), MemoryStore)


@pytest.mark.parametrize("form", [str, Path])
def test_a_path_is_a_file(quick_path: Path, form: type) -> None:
    store = opened(form(quick_path / "harbour.db"))

    assert isinstance(store, SqliteStore)
    assert (quick_path / "harbour.db").is_file()
    store.close()


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("", "needs a place"),
        ("postgresql://host/db", "a database is not supported yet"),
        ("new/", "a folder is not supported yet"),
        (".", "a folder is not supported yet"),
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
