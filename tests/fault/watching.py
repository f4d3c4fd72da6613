"""Sees which files a process opens, makes, links and renames, and where these are."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tests.fault.children import Act, Child, child
from tests.fault.tracing import STRACE

# What each event of Python has: the places of its paths, and those of the folders
# that these are in; who opens a file tells nobody in which folder.
_EVENTS: Final[dict[str, tuple[tuple[int, int | None], ...]]] = {
    "open": ((0, None),),
    "os.mkdir": ((0, 2),),
    "os.link": ((0, 2), (1, 3)),
    "os.rename": ((0, 2), (1, 3)),
    "os.remove": ((0, 1),),
    "os.rmdir": ((0, 1),),
    "os.symlink": ((1, 2),),
    "os.truncate": ((0, None),),
    "os.listdir": ((0, None),),
    "os.scandir": ((0, None),),
    "sqlite3.connect": ((0, None),),
}
_HERE: Final = (None, -1, getattr(os, "AT_FDCWD", -100))
# A path in a line of strace: in the folder of a descriptor, or by itself; and what an
# open file is in the end.
_ASKED: Final = re.compile(
    r'(?:(?:AT_FDCWD|\d+)(?:<([^>]*)>)?, |^\w+\()"((?:[^"\\]|\\.)*)"'
)
_GIVEN: Final = re.compile(r"\) += \d+<(.*)>$")


class Watched:
    """The files outside of a folder that a process asked for."""

    def __init__(self, root: Path) -> None:
        self._root = str(root)
        self.seen = 0
        self.outside: list[str] = []

    def take(self, event: str, arguments: tuple[object, ...]) -> None:
        """Look at an event of Python."""
        for path_at, folder_at in _EVENTS.get(event, ()):
            path = arguments[path_at]
            folder = None if folder_at is None else arguments[folder_at]
            if isinstance(path, str | bytes | os.PathLike):
                self.look(event, os.fsdecode(path), folder, in_some=event == "open")

    def look(self, what: str, path: str, folder: object, *, in_some: bool) -> None:
        """Look at one path, in the folder of a descriptor, in some, or in none."""
        self.seen += 1
        if path.startswith("/") or (folder in _HERE and not in_some):
            whole = os.path.abspath(path)  # noqa: PTH100 - no link is to be followed
            if not self._inside(whole):
                self.outside.append(f"{what} {path!a}")
            return
        # In an open folder only a plain name stays there.
        if "/" in path or path in {"", ".."}:
            self.outside.append(f"{what} {path!a} in a folder")
        elif isinstance(folder, int) and folder not in _HERE:
            where = str(Path(f"/proc/self/fd/{folder}").readlink())
            if not self._inside(where):
                self.outside.append(f"{what} {path!a} in {where}")

    def _inside(self, whole: str) -> bool:
        return whole == self._root or whole.startswith(f"{self._root}/")


def watched(act: Callable[[], object], root: Path) -> Watched:
    """Let a process do something; return what it asked Python for outside of a root.

    Errors in it are those of the test.
    """

    def begin() -> Act:
        found, on = Watched(root), [False]

        def hook(event: str, arguments: tuple[object, ...]) -> None:
            if on[0] and event in _EVENTS:
                on[0] = False
                found.take(event, arguments)
                on[0] = True

        sys.addaudithook(hook)

        def done() -> str:
            on[0] = True
            act()
            on[0] = False
            return json.dumps([found.seen, found.outside[:30]])

        return done

    with child(begin) as one:
        told = one.act()
    found = Watched(root)
    found.seen, found.outside = json.loads(told)
    return found


def traced_places(begin: Callable[[], Act], log: Path) -> Iterator[str]:
    """Let a process act under strace; yield where every file is that it asked for."""
    with child(begin) as one, _held(one, log):
        one.act()
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        yield from _places(line)


def _places(line: str) -> Iterator[str]:
    for folder, name in _ASKED.findall(line):
        inside = folder and not name.startswith("/")
        yield os.path.normpath(f"{folder}/{name}" if inside else name)
    given = _GIVEN.search(line)
    if given:
        yield given[1]


@contextmanager
def _held(one: Child, log: Path) -> Iterator[None]:
    with subprocess.Popen(
        [
            *(STRACE, "-y", "-s", "9000", "-o", str(log)),
            *("-e", "trace=%file", "-p", str(one.process)),
        ],
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
    ) as strace:
        pipe = strace.stderr
        said = pipe.readline() if pipe else b""
        if b"attached" not in said:
            raise OSError(said.decode(errors="replace").strip())
        try:
            yield
        finally:
            one.end()
