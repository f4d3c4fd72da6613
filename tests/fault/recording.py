"""What transactions did, written down so that a kill loses no more than their end."""

import json
import os
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from tests.fault.histories import Append, Outcome, Read, Transaction

Acts: TypeAlias = Sequence[Append | Read]


class Book:
    """What one process does. A line is one write, so a kill leaves all of it or none.

    Line by line it has the number of a transaction, when it began, when it ended, what
    came of it, and what it did; the last line of a number counts. What is only intended
    has an unknown outcome.
    """

    def __init__(self, path: Path) -> None:
        self.name = path.stem
        self._number = 0
        self._file = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND)

    def intends(self, begun: int, acts: Acts) -> None:
        """Write down what a transaction is about to do."""
        self._write(begun, None, Outcome.UNKNOWN, acts)

    def did(self, begun: int, outcome: Outcome, acts: Acts) -> None:
        """Write down what came of a transaction."""
        ended = None if outcome is Outcome.UNKNOWN else time.monotonic_ns()
        self._write(begun, ended, outcome, acts)
        self._number += 1

    def close(self) -> None:
        os.close(self._file)

    def _write(
        self, begun: int, ended: int | None, outcome: Outcome, acts: Acts
    ) -> None:
        told = [
            [act.key, act.value if isinstance(act, Append) else act.values]
            for act in acts
        ]
        line = json.dumps([self._number, begun, ended, outcome, told])
        os.write(self._file, line.encode() + b"\n")


def recorded(paths: Iterable[Path]) -> list[Transaction]:
    """Return the history that books tell; each is of one process, named as its file."""
    return [each for path in sorted(paths) for each in _book(path)]


def _book(path: Path) -> list[Transaction]:
    whole, _, _ = path.read_text(encoding="utf-8").rpartition("\n")
    lines = map(json.loads, whole.splitlines())
    return [
        Transaction(
            name=f"{path.stem}:{number}",
            process=path.stem,
            begun=begun,
            ended=ended,
            outcome=Outcome(outcome),
            acts=tuple(map(_act, acts)),
        )
        for number, (begun, ended, outcome, acts) in {
            number: rest for number, *rest in lines
        }.items()
    ]


def _act(told: tuple[str, Any]) -> Append | Read:
    key, what = told
    return Append(key, what) if isinstance(what, str) else Read(key, tuple(what))
