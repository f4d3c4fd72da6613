"""``missionkit store verify``: whether a store holds what was written."""

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from typing import Literal

from missionkit.cli.status import CLEAN, FINDINGS
from missionkit.cli.stores import Kept, opened, show_json
from missionkit.cli.terminal import Path, called, say, source
from missionkit.formats.file import read_bytes


def command(
    store: Path,
    /,
    *,
    against: Kept = None,
    format: Literal["text", "json"] = "text",
) -> int:
    """Print whether every commit is as it was written, and which is not.

    The exit status is 1 where something was changed. Without a checkpoint that was kept
    elsewhere nobody can tell whether a whole stream was written anew.

    Args:
        store: The file, the folder or the URL of the store.
        against: A file with a checkpoint; - is the standard input.
        format: Plain text, or JSON.
    """
    checkpoint = None
    if against is not None:
        data = read_bytes(source(against), name=called(against))
        # PowerShell writes UTF-16 where output is led into a file.
        form = "utf-16" if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "utf-8"
        checkpoint = data.decode(form, "replace")
    with opened(store) as workspace:
        found = workspace.verify(against=checkpoint)
    show_json(found.as_dict()) if format == "json" else say(found)
    return CLEAN if found else FINDINGS
