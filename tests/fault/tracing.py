"""Lets a call by which a process asks the system for something kill it, or fail."""

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Final, TypeAlias

from attrs import frozen

from tests.fault.children import Act, Child, child

Calls: TypeAlias = Counter[str]
"""How often each call was made."""

STRACE: Final = shutil.which("strace") or ""
_CALL: Final = re.compile(r"^(\w+)\(", re.MULTILINE)
# What has to do with memory, and the words between this process and the child.
_OTHERS: Final = {"mmap", "munmap", "mremap", "recvfrom", "sendto"}


@frozen
class Traced:
    """What a child said, which calls it made, and whether its fault befell it."""

    said: str
    calls: Calls
    hit: bool


@cache
def without_strace() -> str:
    """Say why there is no strace to use; root is expected to have one."""
    if sys.platform != "linux":
        return "only Linux has strace"
    if not STRACE:
        return "strace is not installed"
    try:
        traced(lambda: lambda: "something", Path(os.devnull))
    except OSError as error:
        return f"strace may not be used here ({error})"
    return ""


def traced(begin: Callable[[], Act], log: Path, fault: str = "") -> Traced:
    """Let a child begin, and then act under strace; *fault* is what befalls it.

    It is written as strace has it: `fsync:error=EIO:when=2`. Who dies says nothing.
    """
    with child(begin) as one, _held(one, log, fault):
        said = one.act()
    found = log.read_text(encoding="utf-8", errors="replace") if log.is_file() else ""
    calls = Counter(_CALL.findall(found))
    for each in _OTHERS:
        del calls[each]
    return Traced(said, calls, "INJECTED" in found or not said)


@contextmanager
def _held(one: Child, log: Path, fault: str) -> Iterator[None]:
    """Trace a child, which is killed at the end of the block."""
    name = fault.partition(":")[0] or "%file,%desc"
    faults = ["-e", f"inject={fault}"] if fault else []
    whom = ("-p", str(one.process))
    with subprocess.Popen(
        [STRACE, "-o", str(log), "-e", f"trace={name}", *faults, *whom],
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
