"""The streams of the command, which may be closed, full or of another alphabet."""

import errno
import os
import sys
from contextlib import suppress
from io import TextIOWrapper
from typing import TextIO, cast

from missionkit.cli.status import CLEAN, FINDINGS
from missionkit.markup import visible


def complain(said: str) -> None:
    """Print to the error stream what went wrong, visibly; nothing for no words.

    Where also that stream fails, there is nobody left to tell.
    """
    if sys.stderr is None or not said:
        return
    try:
        print(visible(said.rstrip()), file=sys.stderr, flush=True)
    except (OSError, ValueError):
        close(sys.stderr)


def write(document: bytes) -> None:
    """Write a document as it is, to the byte; to a terminal, visibly."""
    out = sys.stdout
    if isinstance(out, TextIOWrapper) and not out.isatty():
        out.flush()
        out.buffer.write(document)
    else:
        print(visible(document.decode("utf-8", "backslashreplace")))


def take_every_letter() -> None:
    """Let letters that the terminal's encoding lacks be written as escapes."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def flush(status: int) -> None:
    """Let everything be written; raise OSError where a command had nowhere to print.

    Every command that comes to its end prints something.
    """
    if sys.stdout is not None:
        sys.stdout.flush()
    elif status in {CLEAN, FINDINGS}:
        raise OSError(errno.EBADF, "the standard output is closed")


def close(stream: TextIO | None) -> None:
    """Let what is still unwritten go nowhere, or Python would complain at its end."""
    with suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, cast("TextIO", stream).fileno())
        os.close(nowhere)
