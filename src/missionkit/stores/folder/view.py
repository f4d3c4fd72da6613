"""`model.json`: what the elements of a stream are now, for people and for `git diff`.

It is made from the commits alone, one element a line, and is never read back.
"""

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from missionkit.domain.history import Commit, Payload, read_json
from missionkit.stores.folder.commits import quoted
from missionkit.stores.folder.files import Folder, rename_file, write_file

VIEW: Final = "model.json"
_PASSING: Final = "model.tmp"
_NOTHING: Final = "null"
_ONE_LINE: Final = {ord("\n"): " ", ord("\r"): " "}


class View:
    """The last bytes of every element, kept as the commits come."""

    def __init__(self) -> None:
        """Hold no element."""
        self._lines: dict[tuple[str, str], str] = {}
        self._sorted: list[tuple[str, str]] | None = []

    def add(self, commit: Commit) -> None:
        """Take what a commit changed."""
        left = iter(commit.payloads)
        for change in commit.facts.changes:
            key = (change.kind, change.id)
            if change.op == "put":
                if key not in self._lines:
                    self._sorted = None
                self._lines[key] = _line(next(left, None))
            elif self._lines.pop(key, None) is not None:
                self._sorted = None

    def text(self, stream: str, sequence: int, head: str) -> str:
        """Return all elements by kind and id, after the commit of a hash."""
        if self._sorted is None:
            self._sorted = sorted(self._lines)
        top = [
            f'"stream": {quoted(stream)},',
            f'"sequence": {sequence},',
            f'"head": "{head}",',
        ]
        kinds = ",\n".join(self._kinds(self._sorted))
        elements = f"{{\n{kinds}\n}}" if kinds else "{}"
        return "\n".join(["{", *top, f'"elements": {elements}', "}\n"])

    def _kinds(self, keys: list[tuple[str, str]]) -> Iterator[str]:
        for kind, its in groupby(keys, key=lambda key: key[0]):
            lines = ",\n".join(f"{quoted(key[1])}: {self._lines[key]}" for key in its)
            yield f"{quoted(kind)}: {{\n{lines}\n}}"


def write_view(folder: Folder, text: str) -> None:
    """Put the view into the place of the older; it may be lost, and is made anew."""
    write_file(folder, _PASSING, text.encode(), flush=False)
    rename_file(folder, _PASSING, VIEW)


def _line(payload: Payload | None) -> str:
    if payload is None:
        return _NOTHING
    try:
        text = payload.data.decode()
    except UnicodeDecodeError:
        return quoted(payload.data.hex())
    try:
        read_json(payload.data)
    except ValueError:
        return quoted(text)
    # The ends of lines that JSON allows lie between its parts, never in a text.
    return text.translate(_ONE_LINE).strip()
