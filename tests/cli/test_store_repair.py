"""The command finds damage, says what it would do, and does it only when told to."""

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from missionkit.cli import main
from missionkit.stores.folder.store import FolderStore
from missionkit.stores.opening import opened
from missionkit.workspace import Workspace
from tests.history.streams import Clock, counted

Ask = Callable[..., tuple[int, str, str]]


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Ask:
    def asked(*arguments: object) -> tuple[int, str, str]:
        status = main(["store", *map(str, arguments)])
        out, error = capsys.readouterr()
        assert "Traceback" not in out + error
        return status, out, error

    return asked


def written(path: Path) -> Path:
    store = FolderStore(path) if path.suffix != ".db" else opened(path)
    with Workspace(store=store, clock=Clock(), token=counted()) as ws:
        for stream in ("harbour", "quay"):
            for number in range(1, 5):
                with ws.edit(stream, by="chair", why="Board", create=True) as d:
                    d.need(f"A warm home {number} at the {stream}", id=f"n{number}")
    return path


@pytest.fixture(params=["plans", "plans.db"])
def store(request: pytest.FixtureRequest, quick: Path) -> Path:
    return written(quick / request.param)


@pytest.fixture
def quick(tmp_path: Path) -> Path:
    return tmp_path


def spoil(store: Path) -> None:
    path = store / "quay" / "00000003.json" if store.is_dir() else store
    data = path.read_bytes()
    at = data.index(b"A warm home 3 at the quay")
    path.write_bytes(data[:at] + b"a" + data[at + 1 :])


def snapshot(store: Path) -> dict[Path, bytes]:
    return {p: p.read_bytes() for p in store.parent.rglob("*") if p.is_file()}


def test_a_sound_store_is_clean(ask: Ask, store: Path) -> None:
    before = snapshot(store)
    for command in ("check", "repair"):
        status, out, error = ask(command, store)
        assert (status, error) == (0, "")
        assert out.splitlines() == [
            "sound: 8 of 8 commits of 2 streams can be relied on",
            "stream   sound commits  of",
            "harbour  4              4",
            "quay     4              4",
        ]
    assert snapshot(store) == before


def test_damage_is_told_mended_and_told_no_longer(ask: Ask, store: Path) -> None:
    spoil(store)
    before = snapshot(store)
    status, out, _ = ask("check", store)
    assert status == 1
    assert "Commit 3 of 'quay' stores other bytes for 'n3'" in out
    assert "byte " in out
    assert ask("repair", store)[:2] == (status, out)
    assert "a repair would set commits 3 to 4 of 'quay' aside" in out
    assert snapshot(store) == before  # nothing is done unless it is asked for

    status, out, _ = ask("repair", store, "--quarantine")
    assert status == 0
    assert "moved from 'quay' into quarantine: " in out
    assert "sound: 6 of 6 commits of 2 streams" in out
    status, out, _ = ask("check", store)
    assert status == 0
    assert "in quarantine: commits of 'quay', in " in out
    assert ask("verify", store)[0] == 0
    with Workspace(store) as ws, ws.edit("quay", by="chair", why="Again") as d:
        d.need("A warm home 3")


def test_a_checkpoint_from_before_says_what_is_gone(
    ask: Ask, store: Path, tmp_path: Path
) -> None:
    kept = tmp_path / "checkpoint.txt"
    kept.write_text(ask("checkpoint", store)[1], encoding="utf-8")
    spoil(store)
    assert ask("repair", store, "--quarantine")[0] == 0
    status, out, _ = ask("verify", store, "--against", kept)
    assert status == 1
    assert "MK-HIS-007" in out


def test_json_and_html_say_the_same(ask: Ask, store: Path) -> None:
    spoil(store)
    told = json.loads(ask("check", store, "--format", "json")[1])
    assert told["sound"] is False
    assert [each["sound"] for each in told["streams"]] == [4, 2]
    status, out, _ = ask("check", store, "--format", "html")
    assert status == 1
    assert out.startswith("<!DOCTYPE html>")
    assert "MK-HIS-004" in out
    status, out, _ = ask("repair", store, "--quarantine", "--format", "json")
    assert status == 0
    assert json.loads(out)["after"]["sound"] is True
    assert ask("repair", store, "--quarantine", "--format", "html")[0] == 0


def test_what_is_no_store_is_refused_and_stays_as_it_is(
    ask: Ask, tmp_path: Path
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "text.db").write_text("no database at all, but long enough" * 50)
    (tmp_path / "empty.db").touch()
    before = snapshot(tmp_path / "x")
    for name in ("folder", "text.db", "empty.db"):
        for command in ("check", "repair"):
            assert ask(command, tmp_path / name)[0] == 3
        assert ask("repair", tmp_path / name, "--quarantine")[0] == 3
    for command in ("check", "repair"):
        status, _, error = ask(command, tmp_path / "none.db")
        assert (status, "there is no store" in error) == (2, True)
    assert ask("check")[0] == 2
    assert snapshot(tmp_path / "x") == before
    assert list((tmp_path / "folder").iterdir()) == []


def test_a_store_that_may_not_be_written_is_not_mended(
    ask: Ask, tmp_path: Path
) -> None:
    store = written(tmp_path / "plans")
    spoil(store)
    before = snapshot(store)
    (store / "quay").chmod(0o500)
    try:
        status, _, _ = ask("repair", store, "--quarantine")
    finally:
        (store / "quay").chmod(0o700)
    if status == 0:
        pytest.skip("root may write everywhere")
    assert status == 3
    assert {p: d for p, d in snapshot(store).items() if p in before} == before


def test_the_commands_say_what_they_do(ask: Ask) -> None:
    for command in ("check", "repair"):
        assert ask(command, "--help")[0] == 0
        assert f"\u2502 {command}" in ask("--help")[1]


def test_a_store_is_closed_afterwards(ask: Ask, store: Path) -> None:
    assert ask("check", store)[0] == 0
    with closing(opened(store)) as found:
        assert found.streams() == ("harbour", "quay")


@pytest.mark.parametrize("words", [("check",), ("repair", "--quarantine")])
def test_a_page_does_not_show_a_password(
    words: tuple[str, ...], ask: Ask, tmp_path: Path
) -> None:
    address = f"sqlite:///{tmp_path}/plans.db"
    opened(address).close()
    # SQLite has no passwords, and so takes none: what it ignores stands for one.
    place = f"{address}?cached_statements=7&uri=true&x_password=s3cret"
    place = place.replace("sqlite:///", "sqlite:///file:")
    status, out, _ = ask(words[0], place, *words[1:], "--format", "html")

    assert status == 0
    assert "s3cret" not in out
    assert "x_password=***" in out
