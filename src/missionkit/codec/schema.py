"""The JSON Schema of a document, derived from the declaration of the kinds.

The schema describes what `dumps` writes. What it refuses, `loads` refuses too, save
for white space around a text. It cannot see links, invariants over several fields,
hidden characters and the number of decimals.
"""

from decimal import Decimal
from enum import StrEnum
from typing import Any, Final, assert_never

from attrs import AttrsInstance, define, field

from missionkit.codec.leaves import DATE, DECIMAL, INSTANT, LEAF_WRITERS
from missionkit.codec.migrations import SCHEMA
from missionkit.codec.writing import ERASED
from missionkit.domain.characters import LONGEST_TEXT
from missionkit.domain.checking import MOST_DIGITS
from missionkit.domain.ext import LARGEST_INT
from missionkit.domain.ids import ID_PATTERN
from missionkit.domain.kinds import KINDS, Kinds
from missionkit.domain.marks import (
    AtLeast,
    Between,
    Matches,
    NotBlank,
    NotEmpty,
    OneLine,
)
from missionkit.domain.spec import (
    Choice,
    FieldSpec,
    Foreign,
    Leaf,
    Many,
    Marked,
    Nested,
    Reference,
    Shape,
    Spec,
    spec_of,
)

Record = dict[str, Any]

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_VENDORS: Final = r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$"
_KIND: Final = r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$"
_ROOT: Final = "The organization that has no parent."
_DECIMAL: Final = (  # at most so many digits in all, and so many behind the point
    rf"^(?!-?[1-9](\.?[0-9]){{{MOST_DIGITS}}})(?!.*\.[0-9]{{{MOST_DIGITS + 1}}})"
    f"{DECIMAL}$"
)
_LEAVES: Final[dict[str, Record]] = {
    "str": {"type": "string", "maxLength": LONGEST_TEXT},
    "bool": {"type": "boolean"},
    "int": {"type": "integer", "minimum": -LARGEST_INT, "maximum": LARGEST_INT},
    "float": {"type": "number"},
    "Decimal": {"type": "string", "pattern": _DECIMAL},
    "date": {"type": "string", "format": "date", "pattern": f"^{DATE}$"},
    "datetime": {"type": "string", "format": "date-time", "pattern": f"^{INSTANT}$"},
}


def json_schema(kinds: Kinds = KINDS) -> Record:
    """Return the JSON Schema, draft 2020-12, of documents that hold these kinds."""
    makers = _Makers(kinds)
    arrays = {spec.plural: makers.array(spec) for spec in kinds}
    return {
        "$schema": _DIALECT,
        "$id": f"urn:{SCHEMA.replace('/', ':')}",
        "title": f"A document of schema {SCHEMA}",
        "type": "object",
        "properties": {
            "schema": {"const": SCHEMA},
            "organization": {"$ref": "#/$defs/id", "description": _ROOT},
            **arrays,
            ERASED: _erased(),
        },
        "patternProperties": {_VENDORS: _vendors(arrays)},
        "required": ["schema"],
        "additionalProperties": False,
        "$defs": {
            "id": {"type": "string", "pattern": f"^{ID_PATTERN}$"},
            **makers.defs,
        },
    }


def value_schema(cls: type, schema: str) -> Record:
    """Return the JSON Schema of documents, named *schema*, that hold one value."""
    makers = _Makers(KINDS, {})
    record = makers.record(spec_of(cls))
    return {
        "$schema": _DIALECT,
        "$id": f"urn:{schema.replace('/', ':')}",
        "title": f"A document of schema {schema}",
        **record,
        "properties": {"schema": {"const": schema}, **record["properties"]},
        "required": ["schema", *record.get("required", ())],
        "$defs": makers.defs,
    }


def _erased() -> Record:
    return {
        "type": "array",
        "description": "Elements of which only kind and id are left.",
        "items": {
            "type": "object",
            "properties": {
                "kind": {"type": "string", "pattern": _KIND},
                "id": {"$ref": "#/$defs/id"},
            },
            "required": ["kind", "id"],
            "additionalProperties": False,
        },
    }


def _vendors(arrays: Record) -> Record:
    known = sorted(plural for plural in arrays if "." in plural)
    return {
        "type": "array",
        "description": "Elements of third parties' kinds"
        + (f"; known here: {', '.join(known)}." if known else "."),
        "items": {
            "type": "object",
            "properties": {"id": {"$ref": "#/$defs/id"}},
            "required": ["id"],
        },
    }


def _id_alone() -> Record:
    return {"id": {"type": "string", "pattern": f"^{ID_PATTERN}$"}}


@define
class _Makers:
    """Makes the definition of each class once, under a name of its own."""

    kinds: Kinds
    defs: Record = field(factory=_id_alone)
    names: dict[type, str] = field(factory=dict)

    def array(self, spec: Spec) -> Record:
        # Said at the array as well: it is what an editor shows beside the key.
        said = {"description": spec.doc} if spec.doc else {}
        return {"type": "array", **said, "items": self.ref(spec.cls)}

    def ref(self, cls: type[AttrsInstance] | type[StrEnum]) -> Record:
        if cls not in self.names:
            plain = cls.__name__ if issubclass(cls, StrEnum) else spec_of(cls).name
            taken = plain in {"id", *self.names.values()}
            self.names[cls] = name = f"{cls.__module__}.{plain}" if taken else plain
            if issubclass(cls, StrEnum):
                self.defs[name] = _choice(cls)
            else:
                self.defs[name] = self.record(spec_of(cls))
        return {"$ref": f"#/$defs/{self.names[cls]}"}

    def record(self, spec: Spec) -> Record:
        required = [item.name for item in spec.fields if item.required]
        return {
            "type": "object",
            "description": spec.doc,
            "properties": {item.name: self.property(item) for item in spec.fields},
            **({"required": required} if required else {}),
            "additionalProperties": False,
        }

    def property(self, item: FieldSpec) -> Record:
        made = self.shape(item.shape)
        if item.optional:
            made = {"anyOf": [made, {"type": "null"}]}
        said = self.description(item)
        return {**made, **({"description": said} if said else {}), **_default(item)}

    def description(self, item: FieldSpec) -> str:
        said = [f"{item.doc[:1].upper()}{item.doc[1:]}."] if item.doc else []
        if item.expected:
            said.append(f"Expected: {item.expected}.")
        targets = self.kinds.targets(item)
        if targets and item.name != "id":
            said.append(f"Refers to: {', '.join(sorted(targets))}.")
        return " ".join(said)

    def shape(self, shape: Shape) -> Record:
        match shape:
            case Leaf(type=kind, rules=rules):
                return _ruled(_LEAVES[kind.__name__], rules, kind)
            case Choice(enum=cls) | Nested(cls=cls):
                return self.ref(cls)
            case Reference():
                return {"$ref": "#/$defs/id"}
            case Foreign():
                return {"type": "object"}
            case Many():
                return self.many(shape)
        assert_never(shape)

    def many(self, shape: Many) -> Record:
        is_unique = shape.container is frozenset or isinstance(shape.item, Reference)
        return {
            "type": "array",
            "items": self.shape(shape.item),
            **({"uniqueItems": True} if is_unique else {}),
            **({"minItems": 1} if NotEmpty() in shape.rules else {}),
        }


def _choice(cls: type[StrEnum]) -> Record:
    return {
        "type": "string",
        "description": (cls.__doc__ or "").strip(),
        "enum": [str(member) for member in cls],
    }


def _ruled(leaf: Record, rules: tuple[Marked, ...], kind: type) -> Record:
    made = dict(leaf)
    for rule in rules:
        match rule:
            case NotBlank():
                made |= {"minLength": 1, "pattern": r"\S"}
            case OneLine(longest=longest):
                made |= {"maxLength": longest, "not": {"pattern": r"[\t\n\r]"}}
            case Matches(pattern=pattern):
                made |= {"pattern": f"^(?:{pattern})$"}
            case Between(low=low, high=high) if kind is not Decimal:
                made |= {"minimum": low, "maximum": high}
            case AtLeast(low=low) if kind is not Decimal:
                made |= {"minimum": low}
    return made


def _default(item: FieldSpec) -> Record:
    """Return what a field that is left out stands for, where that is one word."""
    if item.required or not isinstance(item.shape, Leaf | Choice | Reference):
        return {}
    if item.default is None:
        return {}
    write = LEAF_WRITERS.get(type(item.default), lambda value: value)
    return {"default": write(item.default)}
