"""Elements as the bytes that commits store, and the model of those that are there."""

import json
from collections.abc import Iterable
from typing import Any, Final

from attrs import frozen

from missionkit.codec.bulk import bulk
from missionkit.codec.converter import Record
from missionkit.codec.limits import Limits
from missionkit.codec.locate import Place
from missionkit.codec.migrations import CURRENT, SCHEMA, migrated
from missionkit.codec.path import Path
from missionkit.codec.reading import Reading
from missionkit.codec.writing import ERASED, is_vendors, record_of
from missionkit.domain.declaration import Element
from missionkit.domain.history import read_json
from missionkit.domain.kinds import KINDS, Kinds
from missionkit.domain.model import Model
from missionkit.domain.opaque import Opaque
from missionkit.errors import CorruptStoreError, DocumentError, StoreVersionError
from missionkit.issue import Source
from missionkit.markup import shortened, shown

# What we wrote ourselves was bounded when it came in.
_WIDE: Final = 200
_TRUSTED: Final = Limits(nodes=10**9, arrays=10**6, size=10**12, text=10**9)
NOTHING: Final = b"null"
"""What a scenario or a way back stores of an element that was erased before."""


@frozen
class Stored:
    """One element as it is kept: its bytes, and by which schema they are read.

    The bytes are None where they were erased.
    """

    kind: str
    id: str
    data: bytes | None
    schema: int = CURRENT

    @property
    def erased(self) -> bool:
        """Whether only kind and id are left of it."""
        return self.data is None or self.data == NOTHING


def stored(element: Element, kinds: Kinds = KINDS) -> bytes:
    """Return the bytes of an element: the JSON object that it is in a document."""
    if isinstance(element, Opaque) and element.erased:
        return NOTHING
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
        StoreVersionError: they were written by a newer release.
    """
    groups: dict[int, dict[str, list[Stored]]] = {}
    for each in elements:
        name = ERASED if each.erased else _plural(each, kinds)
        groups.setdefault(each.schema, {}).setdefault(name, []).append(each)
    with bulk():
        document: Record = {"schema": SCHEMA}
        for schema, arrays in sorted(groups.items()):
            held = {name: list(map(_record, many)) for name, many in arrays.items()}
            for plural, records in _current(schema, held).items():
                document.setdefault(plural, []).extend(records)
        return _read(document, kinds)


def record(each: Stored, kinds: Kinds = KINDS) -> Record:
    """Return the JSON object that is stored of an element, in the current form.

    Raises:
        CorruptStoreError: it is none.
        StoreVersionError: it was written by a newer release.
    """
    if each.erased:
        return {}
    plural = _plural(each, kinds)
    found: Record = _current(each.schema, {plural: [_record(each)]})[plural][0]
    return found


def _plural(each: Stored, kinds: Kinds) -> str:
    spec = kinds.get(each.kind)
    if spec is not None:
        return spec.plural
    if not is_vendors(each.kind):
        raise CorruptStoreError(f"{shown(each.id)} is of no kind: {shown(each.kind)}")
    return each.kind


def _current(schema: int, arrays: dict[str, list[Any]]) -> Record:
    """Return records by array, brought up from the schema in which they were kept."""
    if schema > CURRENT:
        raise StoreVersionError(
            f"it was written by a newer release: schema {schema}, and {CURRENT} is the"
            " newest known here"
        )
    try:
        document, _ = migrated({"schema": f"missionkit/{schema}", **arrays})
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise CorruptStoreError("what is stored cannot be read") from error
    return {key: held for key, held in document.items() if isinstance(held, list)}


def _record(each: Stored) -> Record:
    """Return what is stored of an element; it stands for this element alone."""
    if each.data is None or each.erased:
        return {"kind": each.kind, "id": each.id}
    try:
        read = read_json(each.data)
    except (ValueError, AttributeError) as error:
        said = f"what is stored of {shown(each.id)} cannot be read"
        raise CorruptStoreError(said) from error
    if not isinstance(read, dict) or read.get("id") != each.id:
        raise CorruptStoreError(f"what is stored as {shown(each.id)} is another thing")
    return read


def _read(document: Record, kinds: Kinds) -> Model:
    reading = Reading(kinds=kinds, lenient=False, limits=_TRUSTED, find=_places)
    try:
        return reading.imported(document).model
    except DocumentError as error:
        first = error.issues[0]
        said = f"what is stored is unsound: {first.message}"
        raise CorruptStoreError(shortened(said, _WIDE)) from error
    except RecursionError as error:
        raise CorruptStoreError("what is stored is nested too deeply") from error


def _places(paths: Iterable[Path]) -> dict[Path, Place]:
    """Return where paths stand: in a store they have no line."""
    return {path: Place(path, Source(), Source()) for path in paths}
