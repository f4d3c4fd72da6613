"""The file of one commit: JSON that diffs well, and keeps every byte."""

import json
import re
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from typing import Any, Final

from attrs import field, frozen

from missionkit.domain.history import Commit, Payload, read_json
from missionkit.errors import CorruptStoreError, StoreVersionError
from missionkit.ports.store import Disposed
from missionkit.stores.folder.files import Folder, read_file, state_of

FORM: Final = 1

_WIDTH: Final = 8
_NUMBER: Final = re.compile(r"([0-9]+).*\.json", re.DOTALL).fullmatch
_KEYS: Final = frozenset({"form", "hash", "header", "payloads"})
_ERASES: Final = "erases"
_TEXT: Final = frozenset({"salt", "text"})
_BASE64: Final = frozenset({"salt", "base64"})
_MARKS: Final = re.compile(rb"^<<<<<<< .*^>>>>>>> ", re.MULTILINE | re.DOTALL).search
_MERGED: Final = (
    "a merge left both sides in it: keep one side, and make the changes of the other"
    " again"
)


class _OddError(ValueError):
    """A file is JSON, and not that of a commit."""


@frozen
class Kept:
    """A commit as its file has it, and what it erased in those before it."""

    commit: Commit
    erases: tuple[Disposed, ...] = field(default=(), kw_only=True)


def name_of(sequence: int) -> str:
    """Return the name of a commit's file."""
    return f"{sequence:0{_WIDTH}}.json"


def passing_name_of(sequence: int) -> str:
    """Return the name that the file of a commit has until it is whole."""
    return f"{sequence:0{_WIDTH}}.tmp"


def sequences_in(names: Iterable[str], where: str) -> list[int]:
    """Return the numbers of the commits whose files are there, sorted.

    Raises:
        CorruptStoreError: a file looks like a second one of a commit.
    """
    found = []
    for name in names:
        hit = _NUMBER(name)
        if not hit:
            continue
        sequence = int(hit[1][:18])
        if name != name_of(sequence) or not sequence:
            said = f"{where}/{name!a} is no file of a commit, but is named like one"
            raise CorruptStoreError(f"{said}: move it out of the store")
        found.append(sequence)
    return sorted(found)


def is_there(folder: Folder, sequence: int) -> bool:
    """Return whether a stream has the file of a commit."""
    return state_of(folder, name_of(sequence)) is not None


def commit_in(folder: Folder, sequence: int) -> Kept | None:
    """Return the commit of a number; None where there is none.

    Raises:
        StoreError: the file cannot be read; it is named, and the place in it.
    """
    data = read_file(folder, name_of(sequence))
    if data is None:
        return None
    try:
        return kept_in(data)
    except (CorruptStoreError, StoreVersionError) as error:
        where = folder.path_of(name_of(sequence))
        raise type(error)(f"{where}: {error.what}") from error


def file_of(commit: Commit, erases: Iterable[Disposed] = ()) -> bytes:
    """Return the bytes of a commit's file; one key or payload a line."""
    places = [[each.sequence, each.put] for each in erases]
    lines = ["{", f'"form": {FORM},', f'"hash": "{commit.hash}",']
    lines += [f'"header": {quoted(commit.header.decode())},']
    lines += [f'"{_ERASES}": {json.dumps(places)},'] if places else []
    payloads = ",\n".join(map(_payload_text, commit.payloads))
    lines += [f'"payloads": [\n{payloads}\n]' if payloads else '"payloads": []']
    return "\n".join([*lines, "}\n"]).encode()


def kept_in(data: bytes) -> Kept:
    """Return what the bytes of a commit's file say.

    Raises:
        CorruptStoreError: they are not what was written.
        StoreVersionError: a newer version wrote them.
    """
    try:
        facts = read_json(data)
        _refuse_newer(facts["form"])
        if facts.keys() - {_ERASES} != _KEYS:
            raise _OddError("it has other keys than it should")
        commit = Commit(
            facts["header"].encode(), tuple(map(_payload, _list(facts["payloads"])))
        )
        if facts["hash"] != commit.hash:
            raise _OddError("its header is not the one that was written")
        return Kept(commit, erases=tuple(_places(facts.get(_ERASES, []))))
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise CorruptStoreError(_said(data, error)) from error


def quoted(text: str) -> str:
    """Return text as JSON that a person can read."""
    return json.dumps(text, ensure_ascii=False)


def _payload_text(payload: Payload | None) -> str:
    if payload is None:
        return "null"
    salt = payload.salt.hex()
    try:
        return f'{{"salt": "{salt}", "text": {quoted(payload.data.decode())}}}'
    except UnicodeDecodeError:
        data = b64encode(payload.data).decode()
        return f'{{"salt": "{salt}", "base64": "{data}"}}'


def _refuse_newer(form: object) -> None:
    if type(form) is not int or form < FORM:
        raise _OddError("its form is unknown")
    if form > FORM:
        said = f"it has the form {form}, and {FORM} is the newest known here"
        raise StoreVersionError(f"{said}: install a newer missionkit")


def _payload(facts: Any) -> Payload | None:  # noqa: ANN401 - any JSON value
    if facts is None:
        return None
    salt = bytes.fromhex(facts["salt"])
    if facts.keys() == _TEXT:
        return Payload(salt, facts["text"].encode())
    if facts.keys() == _BASE64:
        return Payload(salt, b64decode(facts["base64"], validate=True))
    raise _OddError("a payload has other keys than it should")


def _places(facts: object) -> Iterator[Disposed]:
    for sequence, put in _list(facts):
        if not type(sequence) is type(put) is int:
            raise _OddError("what it erased is no number")
        yield Disposed(sequence=sequence, put=put)


def _list(value: object) -> list[Any]:
    if type(value) is not list:
        raise _OddError("it has no list where one should be")
    return value


def _said(data: bytes, error: Exception) -> str:
    """Return what is wrong with a file, and at which byte where that is known."""
    if _MARKS(data):
        return _MERGED
    if isinstance(error, UnicodeDecodeError):
        return f"it is damaged at byte {error.start}"
    if isinstance(error, json.JSONDecodeError):
        at = len(data.decode()[: error.pos].encode())
        return f"it is damaged at byte {at} of {len(data)}"
    why = str(error) if isinstance(error, _OddError) else "it is no file of a commit"
    return f"it is damaged: {why}"
