"""Elements as the bytes that commits store, and the model of those that are there."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from attrs import frozen

from missionkit.codec.bulk import bulk
from missionkit.codec.converter import Record
from missionkit.codec.limits import Limits
from missionkit.codec.locate import Place
from missionkit.codec.migrations import CURRENT, migrated
from missionkit.codec.path import Path
from missionkit.codec.reading import Reading
from missionkit.codec.writing import ERASED, record_of
from missionkit.domain.declaration import Element
from missionkit.domain.kinds import KINDS, Kinds
from missionkit.domain.model import Model
from missionkit.errors import CorruptStoreError, DocumentError
from missionkit.issue import Source

# What we wrote ourselves was bounded when it came in.
_TRUSTED: Final = Limits(nodes=10**9, arrays=10**6, size=10**12, text=10**9)


@frozen
class Stored:
    """One element as it is kept: its bytes, and by which schema they are read.

    The bytes are None where they were erased.
    """

    kind: str
    id: str
    data: bytes | None
    schema: int = CURRENT


def stored(element: Element, kinds: Kinds = KINDS) -> bytes:
    """Return the bytes of an element: the JSON object that it is in a document."""
    _, record = record_of(element, kinds)
    text = json.dumps(
        record, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    )
    return text.encode()


def model_of(elements: Iterable[Stored], kinds: Kinds = KINDS) -> Model:
    """Return the model that stored elements are.

    Elements of a kind whose class is absent, or whose bytes were erased, are opaque.

    Raises:
        CorruptStoreError: they are no elements, or make no sound model.
    """
    groups: dict[int, dict[str, list[Stored]]] = {}
    for each in elements:
        name = ERASED if each.data is None else _plural(each.kind, kinds)
        groups.setdefault(each.schema, {}).setdefault(name, []).append(each)
    with bulk():
        document: Record = {"schema": f"missionkit/{CURRENT}"}
        for schema, arrays in sorted(groups.items()):
            for plural, records in _current(schema, arrays).items():
                document.setdefault(plural, []).extend(records)
        return _read(document, kinds)


def _plural(kind: str, kinds: Kinds) -> str:
    return kinds[kind].plural if kind in kinds else kind


def _current(schema: int, arrays: Mapping[str, list[Stored]]) -> Record:
    """Return records by array, brought up from the schema in which they were kept."""
    document: Record = {"schema": f"missionkit/{schema}"}
    try:
        for plural, held in arrays.items():
            document[plural] = list(_records(plural, held))
        document, _ = migrated(document)
    except (ValueError, TypeError) as error:
        raise CorruptStoreError("what is stored cannot be read") from error
    return {key: held for key, held in document.items() if isinstance(held, list)}


def _records(plural: str, held: list[Stored]) -> Iterator[Any]:
    if plural == ERASED:
        yield from ({"kind": each.kind, "id": each.id} for each in held)
        return
    # One text of many records is read much faster than each by itself.
    read = json.loads(b"[" + b",".join(e.data or b"" for e in held) + b"]")
    for each, record in zip(held, read, strict=True):
        if record["id"] != each.id:
            raise CorruptStoreError(f"{each.id!r} is stored as {record['id']!r}")
        yield record


def _read(document: Record, kinds: Kinds) -> Model:
    reading = Reading(kinds=kinds, lenient=False, limits=_TRUSTED, find=_places)
    try:
        return reading.imported(document).model
    except DocumentError as error:
        first = error.issues[0]
        raise CorruptStoreError(
            f"what is stored is unsound: {first.message}"
        ) from error


def _places(paths: Iterable[Path]) -> dict[Path, Place]:
    """Return where paths stand: in a store they have no line."""
    return {path: Place(path, Source(), Source()) for path in paths}
