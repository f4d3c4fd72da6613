"""Writes the typed methods of `Draft`: one a kind, from its specification."""

from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from typing import NewType

from missionkit.domain.ids import AnyId
from missionkit.domain.kinds import KINDS
from missionkit.domain.spec import (
    Choice,
    FieldSpec,
    Foreign,
    Leaf,
    Many,
    Nested,
    Reference,
    Shape,
    Spec,
)

HEAD = '''"""The typed methods of `Draft`, one a kind. Written by ``tools.generate``."""

{imports}

E = TypeVar("E", bound=Element)


class DraftMethods(ABC):
    """One method a kind; `Draft` knows how elements are made and kept."""

    @abstractmethod
    def make(
        self, kind: type[E], label: str | None = None, /, **fields: object
    ) -> E:
        """Build an element of any kind, keep it, and return it."""
'''

METHOD = '''
    def {name}(
        self,
{parameters}    ) -> {cls}:
        """Add {doc}"""
        return self.make(
            {cls},
            {label},
{arguments}        )
'''


class Imports:
    """Collects what a generated module must import."""

    def __init__(self) -> None:
        """Start with what the head of the module uses."""
        self._names: dict[str, set[str]] = {
            "abc": {"ABC", "abstractmethod"},
            "typing": {"TypeVar"},
            "missionkit.domain.declaration": {"Element"},
        }

    def of(self, item: type, name: str = "") -> str:
        """Import a class and return its name."""
        if item.__module__ != "builtins":
            self._names.setdefault(item.__module__, set()).add(name or item.__name__)
        return name or item.__name__

    def named(self, module: str, name: str) -> str:
        """Import a name and return it."""
        self._names.setdefault(module, set()).add(name)
        return name

    def __str__(self) -> str:
        """Return the import lines; the formatter puts them in order."""
        return "\n".join(
            f"from {module} import {', '.join(sorted(names))}"
            for module, names in sorted(self._names.items())
        )


def draft_methods() -> str:
    """Return the source of the module, to be formatted."""
    imports = Imports()
    methods = "".join(_method(spec, imports) for spec in KINDS)
    return HEAD.format(imports=imports) + methods


def _method(spec: Spec, imports: Imports) -> str:
    naming = spec.naming
    label = naming.name if naming else "None"
    return METHOD.format(
        name=spec.kind,
        cls=imports.of(spec.cls),
        doc=_lowered(spec.doc.partition("\n")[0]),
        label=label,
        parameters="".join(_parameters(spec, naming, imports)),
        arguments="".join(
            f"            {item.name}={item.name},\n"
            for item in spec.fields
            if item is not naming
        ),
    )


def _parameters(
    spec: Spec, naming: FieldSpec | None, imports: Imports
) -> Iterator[str]:
    if naming:
        yield f"        {naming.name}: str,\n"
    yield "        *,\n        id: str | None = None,\n"
    rest = [item for item in spec.fields if item.name != "id" and item is not naming]
    for item in sorted(rest, key=lambda each: not each.required):
        default = "" if item.required else f" = {_default(item, imports)}"
        yield f"        {item.name}: {_annotation(item, imports)}{default},\n"


def _annotation(item: FieldSpec, imports: Imports) -> str:
    given = _type(item.shape, imports)
    return f"{given} | None" if item.optional else given


def _type(shape: Shape, imports: Imports) -> str:
    match shape:
        case Leaf(type=kind) if kind is Decimal:
            return f"{imports.of(kind)} | int"
        case Leaf(type=kind) | Nested(cls=kind):
            return imports.of(kind)
        case Choice(enum=cls):
            return f"{imports.of(cls)} | str"
        case Reference(types=types):
            return " | ".join((*(_element(each, imports) for each in types), "str"))
        case Foreign():
            mapping = imports.named("collections.abc", "Mapping")
            return f"{mapping}[str, object]"
        case Many(item=item):
            many = imports.named("collections.abc", "Iterable")
            return f"{many}[{_type(item, imports)}]"


def _element(id_type: NewType, imports: Imports) -> str:
    if id_type is AnyId:
        return "Element"
    return imports.of(KINDS[KINDS.by_id_type[id_type]].cls)


def _default(item: FieldSpec, imports: Imports) -> str:
    value = item.default
    if isinstance(value, StrEnum):
        return f"{imports.of(type(value))}.{value.name}"
    if isinstance(item.shape, Foreign):
        return imports.named("missionkit.domain.ext", "NO_EXT")
    return repr(value)


def _lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
