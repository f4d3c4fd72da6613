"""From a model to the plain values of its document."""

from collections.abc import Mapping
from typing import Final

from missionkit.codec.converter import Record, converter_for
from missionkit.codec.leaves import write_ext
from missionkit.codec.migrations import SCHEMA
from missionkit.domain.declaration import Element
from missionkit.domain.ext import NO_EXT
from missionkit.domain.kinds import Kinds
from missionkit.domain.model import Model
from missionkit.domain.opaque import Opaque

ERASED: Final = "erased"
"""The array of those of whom only kind and id are left."""


def document_of(model: Model) -> Record:
    """Return *model* as plain values; the order of everything is fixed."""
    arrays = _arrays(model)
    document: Record = {"schema": SCHEMA}
    if model.root is not None:
        document["organization"] = model.root.id
    own = [spec.plural for spec in model.kinds if not is_vendors(spec.plural)]
    vendors = sorted(plural for plural in arrays if is_vendors(plural))
    for plural in (*own, *vendors, ERASED):
        if plural in arrays:
            document[plural] = arrays[plural]
    return document


def is_vendors(plural: str) -> bool:
    """Return whether an array holds a third party's kind, whose class may be absent."""
    return "." in plural


def _arrays(model: Model) -> dict[str, list[Record]]:
    arrays: dict[str, list[Record]] = {}
    for element in model:
        plural, record = record_of(element, model.kinds)
        arrays.setdefault(plural, []).append(record)
    if ERASED in arrays:
        arrays[ERASED].sort(key=lambda record: (record["kind"], record["id"]))
    return arrays


def record_of(element: Element, kinds: Kinds) -> tuple[str, Record]:
    """Return an element as plain values, and the array in which it stands."""
    if isinstance(element, Opaque):
        return _opaque(element)
    kind = kinds.by_class[type(element)]
    plural, record = kinds[kind].plural, converter_for(kinds).writers[kind](element)
    return plural, _by_name(record) if is_vendors(plural) else record


def _opaque(element: Opaque) -> tuple[str, Record]:
    if element.erased:
        return ERASED, {"kind": element.kind, "id": element.id}
    return element.kind, _by_name({**(element.data or NO_EXT), "id": element.id})


def _by_name(record: Mapping[str, object]) -> Record:
    """Return a record in an order that can be told without its class."""
    return {"id": record["id"], **write_ext(record)}
