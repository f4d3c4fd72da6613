import builtins
import io
import sys
from collections.abc import Callable
from importlib import metadata
from typing import Any

import pytest

from missionkit.cli import app, guard, main
from missionkit.errors import (
    CommitUnknownError,
    ConflictError,
    DocumentError,
    InvalidValueError,
    MissionKitError,
    ModelError,
    NotFoundError,
    PluginError,
    RefusedError,
    StoreBusyError,
    StoreFullError,
)
from missionkit.issue import Issue, Verdict

ISSUE = Issue(code="MK-DOC-001", message="broken\x1b[2J")


def failing(error: BaseException) -> Callable[[list[str]], int]:
    def run(_: list[str]) -> int:
        raise error

    return run


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (DocumentError((ISSUE,)), 2),
        (InvalidValueError("need", (ISSUE,)), 2),
        (ModelError((ISSUE,)), 2),
        (NotFoundError("need", "warm"), 2),
        (PluginError("dist", "name", "what"), 2),
        (MissionKitError("?"), 2),
        (RefusedError(Verdict(allowed=False)), 1),
        (ConflictError(1, 2), 3),
        (CommitUnknownError("c1"), 3),
        (StoreBusyError("busy"), 3),
        (StoreFullError("full"), 3),
        (OSError(28, "No space left on device"), 3),
        (BrokenPipeError(), 141),
        (KeyboardInterrupt(), 130),
        (SystemExit(5), 5),
        (SystemExit("words"), 2),
        (SystemExit(None), 0),
        (RuntimeError("a bug\nof ours\x1b"), 70),
        (RecursionError(), 70),
        (MemoryError(), 70),
    ],
    ids=lambda value: (
        type(value).__name__ if not isinstance(value, int) else str(value)
    ),
)
def test_every_failure_ends_with_its_status_and_no_traceback(
    error: BaseException,
    status: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(guard, "_run", failing(error))
    monkeypatch.setattr(guard, "close", lambda _: None)

    assert main([]) == status
    out, said = capsys.readouterr()
    assert out == ""
    assert "Traceback" not in said
    assert "\x1b" not in said
    quiet = isinstance(error, BrokenPipeError | SystemExit) and str(error) != "words"
    assert bool(said) is not quiet


def test_a_bug_is_one_line_that_asks_for_a_report(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(guard, "_run", failing(RuntimeError("a bug\nof ours")))

    main([])
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "please report it" in said
    assert "RuntimeError: a bug of ours (--debug shows where)" in said


def test_debug_shows_where_and_is_kept_from_the_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given: list[list[str]] = []

    def run(arguments: list[str]) -> int:
        given.append(arguments)
        raise RuntimeError("a bug")

    monkeypatch.setattr(guard, "_run", run)

    assert main(["check", "--debug", "x"]) == 70
    assert "Traceback" in capsys.readouterr().err
    assert main(["check", "--", "--debug"]) == 70
    assert "Traceback" not in capsys.readouterr().err
    assert given == [["check", "x"], ["check", "--", "--debug"]]


def test_arguments_are_those_of_the_process_unless_given(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(guard, "_run", len)
    monkeypatch.setattr(sys, "argv", ["missionkit", "a", "b"])

    assert main() == 2


def test_without_the_extra_the_command_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any, **named: Any) -> object:  # noqa: ANN401 - its own
        if name.partition(".")[0] == "cyclopts":
            raise ImportError(name)
        return real(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", without)

    assert main(["--help"]) == 2
    assert 'pip install "missionkit[cli]"' in capsys.readouterr().err


def test_streams_that_are_not_there_are_left_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    monkeypatch.setattr(guard, "_run", failing(RuntimeError("a bug")))

    assert main([]) == 70


def test_an_error_stream_that_fails_does_not_change_the_status(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Full(io.StringIO):
        def write(self, _: str, /) -> int:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(sys, "stderr", Full())
    monkeypatch.setattr(guard, "_run", failing(NotFoundError("need", "warm")))

    assert main([]) == 2


def test_a_version_is_there_also_without_an_installation(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def missing(_: str) -> str:
        raise metadata.PackageNotFoundError

    monkeypatch.setattr(metadata, "version", missing)
    assert app._version().startswith("unknown")
    monkeypatch.setattr(metadata, "version", lambda _: "1.2.3")
    assert app._version() == "1.2.3"
