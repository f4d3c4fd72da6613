"""The command looks into a store, changes nothing, and ends as it should."""

import csv
import io
import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from missionkit.cli import main
from missionkit.codec.document import loads
from missionkit.workspace import Workspace
from tests.history.streams import Clock, counted

Answer = tuple[int, str, str]
Ask = Callable[..., Answer]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "harbour.db"
    with Workspace(path, clock=Clock(), token=counted()) as ws:
        with ws.edit("harbour", by="chair", why="=Board", create=True) as d:
            d.need("A warm home", id="warm")
        with ws.edit("harbour", by="ada", why="Tenants <b>said</b> so") as d:
            d.set("warm", importance=0.9)
        ws.fork("harbour", "harbour/pumps", by="ada", why="what if")
    return path


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str], store: Path) -> Ask:
    """Give a function that runs a command of the store in this process."""

    def asked(command: str, *arguments: str) -> Answer:
        before = store.read_bytes()
        status = main(["store", command, str(store), *arguments])
        assert store.read_bytes() == before
        out, error = capsys.readouterr()
        assert "Traceback" not in out + error
        return status, out, error

    return asked


def test_the_log_is_an_audit_trail(ask: Ask) -> None:
    status, out, _ = ask("log", "harbour")
    assert status == 0
    assert out.splitlines() == [
        "commit  when                 by     why                     changed  note",
        "1       2026-01-01 12:01:00  chair  =Board                  1",
        "2       2026-01-01 12:02:00  ada    Tenants <b>said</b> so  1",
    ]
    status, out, _ = ask("log", "harbour", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [(r["reason"], r["operation"], r["element"]) for r in rows] == [
        ("'=Board", "put", "warm"),
        ("Tenants <b>said</b> so", "put", "warm"),
    ]
    status, out, _ = ask("log", "harbour", "--format", "json")
    assert [c["actor"] for c in json.loads(out)["commits"]] == ["chair", "ada"]
    status, out, _ = ask("log", "harbour", "--format", "html")
    assert status == 0
    assert out.startswith("<!DOCTYPE html>")
    assert "Tenants &lt;b&gt;said&lt;/b&gt; so" in out
    assert "<script" not in out


def test_streams_models_and_elements_are_shown(ask: Ask) -> None:
    assert ask("show")[1].splitlines() == [
        "stream         commits",
        "harbour        2",
        "harbour/pumps  1",
    ]
    assert json.loads(ask("show", "--format", "json")[1]) == {
        "streams": {"harbour": 2, "harbour/pumps": 1}
    }
    assert "need  1" in ask("show", "harbour")[1]
    document = ask("show", "harbour", "--format", "json", "--version", "1")[1]
    assert loads(document).model.title("warm") == "A warm home"
    assert "importance" not in document
    assert "importance  0.9" in ask("show", "harbour", "warm")[1]
    shown = ask("show", "harbour", "warm", "--format=json", "--known=2026-01-01")[1]
    assert json.loads(shown) == {
        "id": "warm",
        "statement": "A warm home",
        "importance": 0.9,
    }


def test_what_differs_and_who_changed_it_is_told(ask: Ask) -> None:
    assert ask("diff", "harbour", "1")[1].splitlines() == [
        "~ need warm 'A warm home'",
        "    importance: nothing → 0.9",
    ]
    assert "+ need warm" in ask("diff", "harbour", "0", "1")[1]
    (change,) = json.loads(ask("diff", "harbour", "1", "--format", "json")[1])[
        "changes"
    ]
    assert change["fields"] == [{"path": "importance", "before": None, "after": 0.9}]
    assert "<td>importance</td>" in ask("diff", "harbour", "1", "--format", "html")[1]
    assert ask("blame", "harbour", "warm")[1].splitlines()[-1] == (
        "importance  2  2026-01-01  ada    Tenants <b>said</b> so"
    )
    told = json.loads(ask("blame", "harbour", "warm", "--format", "json")[1])
    assert told["fields"]["statement"]["actor"] == "chair"
    assert "<td>chair</td>" in ask("blame", "harbour", "warm", "--format", "html")[1]


def test_a_checkpoint_is_kept_and_verified_against(
    ask: Ask, store: Path, tmp_path: Path
) -> None:
    status, text, _ = ask("checkpoint")
    kept = tmp_path / "checkpoint.txt"
    kept.write_text(text, encoding="utf-8")
    assert status == 0

    status, out, _ = ask("verify")
    assert status == 0
    assert out == (
        "no change detected in 3 commits of 2 streams; without a checkpoint a full"
        " rewrite would look the same\n"
    )
    status, out, _ = ask("verify", "--against", str(kept))
    assert status == 0
    assert out == (
        "intact since the checkpoint: read 3 commits of 2 streams, and the checkpoint"
        " holds 3 of them\n"
    )
    told = json.loads(ask("verify", "--against", str(kept), "--format", "json")[1])
    assert (told["intact"], told["anchored"], told["issues"]) == (True, True, [])

    db = sqlite3.connect(store)
    db.execute("DELETE FROM commits WHERE stream = 'harbour' AND sequence = 2")
    db.commit()
    db.close()
    assert ask("verify")[0] == 0
    status, out, _ = ask("verify", "--against", str(kept))
    assert status == 1
    assert "MK-HIS-007" in out
    status, out, _ = ask("verify", "--against", str(kept), "--format", "json")
    assert (status, json.loads(out)["intact"]) == (1, False)


def test_a_checkpoint_may_come_from_the_standard_input(store: Path, ask: Ask) -> None:
    text = ask("checkpoint")[1]
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "missionkit",
            "store",
            "verify",
            store,
            "--against",
            "-",
        ],
        check=False,
        capture_output=True,
        input=text.encode(),
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"intact")


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("log", "harbor"), 2, "did you mean 'harbour'"),
        (("log",), 2, "requires an argument"),
        (("log", "harbour", "--format", "xml"), 2, "xml"),
        (("show", "harbour", "warn"), 2, "did you mean 'warm'"),
        (("show", "harbour", "--version", "3"), 2, "no version of harbour '3'"),
        (("show", "harbour", "--version", "0"), 2, "no version of harbour '0'"),
        (("show", "harbour", "--known", "2025-12-31"), 2, "known on '2025-12-31'"),
        (("show", "harbour", "--version=1", "--known=2026-01-01"), 2, "MK-HIS-018"),
        (("diff", "harbour", "9"), 2, "no version of harbour '9'"),
        (("diff", "harbour", "one"), 2, "one"),
        (("blame", "harbour", "nobody"), 2, "no element in the history 'nobody'"),
        (("verify", "--against", "nothing.txt"), 2, "nothing.txt"),
        (("verify", "--against", ""), 2, "MK-"),
    ],
)
def test_what_cannot_be_answered_is_told_with_what_is_near(
    ask: Ask, arguments: tuple[str, ...], status: int, said: str
) -> None:
    found = ask(*arguments)

    assert found[0] == status, found
    assert said in found[2]
    assert found[1] == ""


def test_a_text_that_is_no_checkpoint_is_told(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"\xff\xfe")
    status, _, error = ask("verify", "--against", str(tmp_path / "x"))

    assert status == 2
    assert "MK-HIS-009" in error


def test_no_store_is_made_where_none_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for path in (tmp_path / "none.db", Path(":memory:")):
        assert main(["store", "show", str(path)]) == 2
        assert "there is no store" in capsys.readouterr().err
    assert main(["store", "show", ""]) == 2
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_store_of_ours_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other.db"
    db = sqlite3.connect(other)
    db.execute("CREATE TABLE t (x)")
    db.commit()
    db.close()
    (tmp_path / "text.db").write_text("no database at all, but long enough" * 50)
    for path in (other, tmp_path / "text.db", tmp_path):
        assert main(["store", "verify", str(path)]) == 3
        assert "Traceback" not in capsys.readouterr().err


def test_the_commands_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["store", "--help"]) == 0
    out = capsys.readouterr().out
    for name in ("log", "show", "diff", "blame", "verify", "checkpoint"):
        assert f"\u2502 {name}" in out
        assert main(["store", name, "--help"]) == 0


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be"])
def test_a_checkpoint_may_have_been_written_by_another_shell(
    encoding: str, ask: Ask, tmp_path: Path
) -> None:
    text = ask("checkpoint")[1].replace("\n", "\r\n")
    mark = "\ufeff" if encoding == "utf-16-be" else ""
    kept = tmp_path / "checkpoint.txt"
    kept.write_bytes((mark + text).encode(encoding))
    status, out, _ = ask("verify", "--against", str(kept))
    assert (status, out[:27]) == (0, "intact since the checkpoint")


@pytest.mark.parametrize("command", ["show", "verify", "log", "checkpoint", "diff"])
@pytest.mark.parametrize("kind", ["nothing", "no tables"])
def test_an_empty_file_is_no_store_and_stays_empty(
    command: str, kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "empty.db"
    path.touch()
    if kind == "no tables":
        db = sqlite3.connect(path)
        db.execute("VACUUM")
        db.close()
    before = path.read_bytes()
    more = {"log": ["harbour"], "diff": ["harbour", "1"]}.get(command, [])
    status = main(["store", command, str(path), *more])
    assert (status, path.read_bytes()) == (3, before)
    assert "is empty, and no store was ever made in it" in capsys.readouterr().err


@pytest.mark.parametrize(
    "asked",
    [
        ["show"],
        ["show", "harbour"],
        ["log", "harbour"],
        ["diff", "harbour", "1"],
        ["blame", "harbour", "warm"],
        ["verify"],
        ["checkpoint"],
    ],
    ids=" ".join,
)
def test_a_store_that_keeps_a_log_goes_on_to_keep_one(
    store: Path, ask: Ask, asked: list[str]
) -> None:
    with closing(sqlite3.connect(store)) as db:
        db.execute("PRAGMA journal_mode = wal")
    beside = sorted(store.parent.iterdir())

    assert ask(*asked)[0] == 0  # which looks at the bytes of the file as well
    assert store.read_bytes()[18:20] == b"\2\2"
    assert sorted(store.parent.iterdir()) == beside


def test_a_clock_that_was_set_back_is_told_and_nothing_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, clock = tmp_path / "late.db", Clock()
    with Workspace(path, clock=clock, token=counted()) as ws:
        with ws.edit("harbour", by="chair", why="Board", create=True) as d:
            d.need("A warm home", id="warm")
        clock.at -= timedelta(days=1)
        with ws.edit("harbour", by="chair", why="Board") as d:
            d.set("warm", importance=0.9)
    assert main(["store", "verify", str(path)]) == 0
    said, told = capsys.readouterr().out.splitlines()[:2]
    assert said.startswith("no change detected")
    assert "Commit 2 of 'harbour' is dated" in told
