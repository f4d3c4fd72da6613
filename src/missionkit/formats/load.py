"""Load a document, whose form is told by its content; write it in another form."""

import re
from collections.abc import Callable, Mapping
from os import PathLike
from pathlib import Path
from typing import Final

from attrs import evolve, frozen

from missionkit.codec.document import dumps, loads
from missionkit.codec.yaml_document import yaml_dumps, yaml_loads
from missionkit.domain.kinds import KINDS, Kinds
from missionkit.domain.model import Model, refuse_no_model
from missionkit.errors import DocumentError
from missionkit.formats import stratml
from missionkit.formats.codes import UNKNOWN_CONTENT, UNKNOWN_TARGET
from missionkit.formats.dot import dot
from missionkit.formats.file import Readable, name_of, read_bytes, write_bytes
from missionkit.formats.mermaid import mermaid
from missionkit.issue import Issue, Source, nearest
from missionkit.ports.format import Exported, Imported, Lost

_SPACE: Final = b" \t\r\n"
_BOM: Final = b"\xef\xbb\xbf"
_WIDE_BOMS: Final = (b"\xff\xfe", b"\xfe\xff")
_HTML: Final = re.compile(rb"<(!doctype\s+)?html\b", re.IGNORECASE)
_YAML: Final = re.compile(rb"[A-Za-z_][A-Za-z0-9_-]*:(\s|\Z)")
_SCHEMA: Final = re.compile(rb"""^(['"]?)schema\1[ ]*:(\s|\Z)""", re.MULTILINE)
_YAML_ENDINGS: Final = (".yaml", ".yml")
_LOOKS: Final[Mapping[bytes, str]] = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a ZIP archive, or a file of an office program",
    b"\xd0\xcf\x11\xe0": "a file of an old office program",
    b"\x1f\x8b": "a gzip archive",
    b"SQLite format 3": "a SQLite database",
    b"\x89PNG": "a picture (PNG)",
    b"\xff\xd8\xff": "a picture (JPEG)",
    b"{\\rtf": "a text of an office program (RTF)",
}
_JSON_STARTS: Final = b'{["'


def load(
    source: Readable,
    *,
    kinds: Kinds = KINDS,
    lenient: bool = False,
    name: str = "",
) -> Imported:
    """Return the model that a document holds, with what was mended and what was lost.

    A string is a path. *lenient* keeps unknown fields of a missionkit document in
    `ext` instead of refusing them. *name* is what issues call the source. YAML is told
    by the ending of the name, or by a line that begins with ``schema:``.

    Raises:
        NotFoundError: there is no such file.
        DocumentError: it cannot be read, or holds nothing that is known here.
        MissingExtraError: it is YAML, and the extra ``yaml`` is not installed.
    """
    called = name or name_of(source)
    data = read_bytes(source, name=called)
    if _is_xml(data):
        return _with_kinds(stratml.read(data, source=called), kinds)
    read = _reader(data, called.lower())
    if read is not None:
        return read(data, kinds=kinds, lenient=lenient, source=called)
    said = f"{called or 'the document'} looks like {looks_like(data)}"
    place = Source(file=called, line=1)
    raise DocumentError((UNKNOWN_CONTENT.issue(said, source=place),))


def _reader(data: bytes, called: str) -> Callable[..., Imported] | None:
    """Return the reader of a missionkit document; the name decides between two."""
    if called.endswith(_YAML_ENDINGS):
        # The reader of YAML gives what is sound JSON to the other one.
        return None if any(map(data.startswith, _LOOKS)) else yaml_loads
    start = data[:4096].removeprefix(_BOM).lstrip(_SPACE)
    if _is_json(data) and not _SCHEMA.match(start):
        return loads
    if _SCHEMA.search(start):
        return yaml_loads
    return loads if called.endswith(".json") else None


def looks_like(data: bytes) -> str:
    """Return in words what the first bytes of a document look like.

    >>> looks_like(b"%PDF-1.7 ...")
    'a PDF'
    """
    start = data[:4096].removeprefix(_BOM).lstrip(_SPACE)
    if not start:
        return "nothing: it is empty"
    for mark, words in _LOOKS.items():
        if data.startswith(mark):
            return words
    if _HTML.match(start):
        return "a web page (HTML)"
    if b"\0" in start:
        return "no text at all"
    line = start.splitlines()[0]
    if _YAML.match(line) or line == b"---":
        return "YAML, or text like it"
    for separator, words in ((b",", "commas"), (b";", "semicolons"), (b"\t", "tabs")):
        if separator in line:
            return f"a table with {words} (CSV), or plain text"
    return "plain text"


def _is_xml(data: bytes) -> bool:
    start = data[:4096].removeprefix(_BOM).lstrip(_SPACE)
    if data.startswith(_WIDE_BOMS):
        start = data[:4096].replace(b"\0", b"")[2:].lstrip(_SPACE)
    return start.startswith(b"<") and not _HTML.match(start)


def _is_json(data: bytes) -> bool:
    start = data[:4096].removeprefix(_BOM).lstrip(_SPACE)[:1]
    return start in _JSON_STARTS and not any(map(data.startswith, _LOOKS))


def _with_kinds(imported: Imported, kinds: Kinds) -> Imported:
    if kinds == KINDS:
        return imported
    return evolve(imported, model=Model(tuple(imported.model), kinds=kinds))


@frozen
class Converted:
    """What was written where, what was mended and what was lost on the way."""

    path: Path
    issues: tuple[Issue, ...]
    lost: tuple[Lost, ...]


def convert(
    source: Readable,
    target: str | PathLike[str],
    *,
    kinds: Kinds = KINDS,
    lenient: bool = False,
    name: str = "",
) -> Converted:
    """Write the model of a document in the form that the ending of *target* names.

    ``.json`` and ``.yaml`` are missionkit documents; ``.mmd`` and ``.dot`` are pictures
    as text. The file is written whole or not at all.
    """
    path = Path(target)
    write = _writer(path)
    imported = load(source, kinds=kinds, lenient=lenient, name=name)
    exported = write(imported.model)
    write_bytes({path: exported.data})
    return Converted(path, imported.issues, (*imported.lost, *exported.lost))


def save(model: Model, target: str | PathLike[str]) -> Converted:
    """Write a model in the form that the ending of *target* names, as `convert` does.

    Raises:
        DocumentError: nothing here writes that form.
        StoreError: the file cannot be written; it was not changed.
    """
    refuse_no_model(model, "save")
    path = Path(target)
    exported = _writer(path)(model)
    write_bytes({path: exported.data})
    return Converted(path, (), exported.lost)


def _writer(path: Path) -> Callable[[Model], Exported]:
    ending = path.suffix.lower()
    if ending in _WRITERS:
        return _WRITERS[ending]
    close = nearest(ending, _WRITERS)
    near = f"; did you mean {close[0]}?" if close else ""
    raise DocumentError(
        (
            UNKNOWN_TARGET.issue(
                f"nothing here writes {ending or 'a file without an ending'}{near}",
                value=path.name,
                fix=f"end the name in {', '.join(_WRITERS)}",
            ),
        )
    )


def _json(model: Model) -> Exported:
    return Exported(dumps(model).encode())


def _yaml(model: Model) -> Exported:
    return Exported(yaml_dumps(model).encode())


def _picture(draw: Callable[[Model], str]) -> Callable[[Model], Exported]:
    def write(model: Model) -> Exported:
        why = "a picture shows titles and links; all other fields stay behind"
        lost = Lost("(all elements)", f"{len(model)} in all", why)
        return Exported(draw(model).encode(), (lost,))

    return write


_WRITERS: Final[Mapping[str, Callable[[Model], Exported]]] = {
    ".json": _json,
    **dict.fromkeys(_YAML_ENDINGS, _yaml),
    ".mmd": _picture(mermaid),
    ".dot": _picture(dot),
}
