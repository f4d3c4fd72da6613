"""The one place where every failure of the command ends: a line, and a status."""

import sys
import traceback
from collections.abc import Sequence
from typing import Final

from missionkit.cli.status import (
    BUG,
    CLEAN,
    FINDINGS,
    STOPPED,
    STORED,
    UNREAD,
    USAGE,
)
from missionkit.cli.streams import close, complain, flush, take_every_letter
from missionkit.errors import (
    CommitUnknownError,
    ConflictError,
    MissionKitError,
    RefusedError,
    StoreError,
)
from missionkit.markup import one_line

_DEBUG: Final = "--debug"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with *arguments*, and return its exit status; never raise."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    debug = _DEBUG in given[: given.index("--") if "--" in given else None]
    if debug:
        given.remove(_DEBUG)
    try:
        take_every_letter()
        status = _run(given)
        flush(status)
    except BaseException as error:  # noqa: BLE001 - nothing may get past this line
        status, said = _said(error)
        if isinstance(error, OSError):
            close(sys.stdout)
        if debug:
            complain(traceback.format_exc())
        complain(said)
    return status


def _run(given: list[str]) -> int:
    # Imported here so that also a Ctrl-C while importing ends in the guard.
    from missionkit.cli.app import run  # noqa: PLC0415 - as said

    return run(given)


def _said(error: BaseException) -> tuple[int, str]:
    match error:
        case SystemExit(code=code):
            return (USAGE, code) if isinstance(code, str) else (code or CLEAN, "")
        case KeyboardInterrupt():
            return STOPPED, "stopped"
        case BrokenPipeError():
            return UNREAD, ""
        case RefusedError():
            return FINDINGS, str(error) or "refused"
        case StoreError() | CommitUnknownError() | ConflictError():
            return STORED, str(error)
        case MissionKitError():
            return USAGE, str(error)
        case OSError():
            said = one_line(error.strerror or str(error))
            return STORED, f"the output cannot be written: {said}"
    return BUG, _bug(error)


def _bug(error: BaseException) -> str:
    said = f"{type(error).__name__}: {one_line(str(error))[:300]}"
    asked = "internal error, please report it with what you typed"
    return f"{asked}: {said} ({_DEBUG} shows where)"
