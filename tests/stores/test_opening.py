from pathlib import Path

import pytest

from missionkit.errors import StoreUnavailableError
from missionkit.stores.folder.store import FolderStore
from missionkit.stores.memory import MemoryStore
from missionkit.stores.opening import opened, without_password
from missionkit.stores.sqlite.store import SqliteStore
from missionkit.workspace.mending import check_store, repair_store


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


@pytest.mark.parametrize(
    "place",
    [
        "Nodatabase://ada:s3cret@harbour/x",
        "NODATABASE+x://ada:s3cret@harbour/x",
        " nodatabase://ada:s3cret@harbour/x",
    ],
)
def test_no_address_is_taken_for_a_path_and_no_password_told(place: str) -> None:
    for use in (opened, check_store, repair_store):
        with pytest.raises(StoreUnavailableError, match="nothing here knows") as caught:
            use(place)
        assert "s3cret" not in str(caught.value)


def test_letters_of_a_scheme_may_be_large(quick_path: Path) -> None:
    store = opened(f" SQLite:///{quick_path}/harbour.db")
    assert store.streams() == ()
    store.close()


def test_a_path_that_is_too_long_is_refused_by_each(quick_path: Path) -> None:
    for use in (opened, check_store, repair_store):
        with pytest.raises(StoreUnavailableError, match="cannot be the path"):
            use(str(quick_path / ("x" * 300)))


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        ("postgresql://ada:s3cret@harbour/x", "postgresql://ada:***@harbour/x"),
        ("postgresql://ada:s3@c/r:et@harbour/x", "postgresql://ada:***@harbour/x"),
        ("x://h/y?password=s3cret&a=1", "x://h/y?password=***&a=1"),
        ("x://h/y?a=1&sslpassword=s3cret", "x://h/y?a=1&sslpassword=***"),
        ("postgresql://ada@harbour:5432/x", "postgresql://ada@harbour:5432/x"),
        ("sqlite:////plans/a:b@c.db", "sqlite:////plans/a:b@c.db"),
        ("plans/harbour.db", "plans/harbour.db"),
    ],
)
def test_a_place_is_shown_without_its_password(place: str, shown: str) -> None:
    assert without_password(place) == shown
