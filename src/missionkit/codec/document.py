"""The document form of a model: one JSON object with an array for each kind."""

import json
from collections.abc import Iterable

from missionkit.codec.bulk import bulk
from missionkit.codec.limits import LIMITS, Limits
from missionkit.codec.locate import Place, places
from missionkit.codec.path import Path
from missionkit.codec.reading import Reading
from missionkit.codec.text import decoded, values_of
from missionkit.codec.writing import document_of
from missionkit.domain.kinds import KINDS, Kinds
from missionkit.domain.model import Model, refuse_no_model
from missionkit.ports.format import Imported


def dumps(model: Model, *, indent: int | None = 2) -> str:
    """Return *model* as a JSON document; equal models give equal text.

    Kinds stand in the order of declaration, elements by id, fields in the order of
    declaration, and what equals its default is left out. Foreign data, and elements of
    vendors' kinds, have their keys in order of the alphabet, so that they are written
    alike with and without their class. Of numbers that are equal, such as 1 and 1.0,
    all are written in the shortest way.
    """
    refuse_no_model(model, "dumps")
    with bulk():
        document = document_of(model)
        text = json.dumps(document, indent=indent, ensure_ascii=False, allow_nan=False)
        return f"{text}\n"


def loads(
    data: bytes | str,
    *,
    kinds: Kinds = KINDS,
    lenient: bool = False,
    source: str = "",
    limits: Limits = LIMITS,
) -> Imported:
    """Return the model that a JSON document holds, with what there is to say about it.

    With *lenient*, unknown fields are kept in ``ext["unknown"]`` of their element, and
    unknown arrays are left out; both are reported.

    Raises:
        DocumentError: the issues name every fault with path, line and column.
    """
    with bulk():
        text = decoded(data, limits=limits, source=source)
        values = values_of(text, limits, source)

        def find(paths: Iterable[Path]) -> dict[Path, Place]:
            return places(text, paths, source)

        reading = Reading(kinds=kinds, lenient=lenient, limits=limits, find=find)
        return reading.imported(values, source)
