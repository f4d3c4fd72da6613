"""Whether a declaration makes sense as a whole, so that nothing fails later."""

from functools import cache

from missionkit.domain.checking import field_faults
from missionkit.domain.marks import Invariant, Proof
from missionkit.domain.spec import (
    DeclarationError,
    FieldSpec,
    Leaf,
    Many,
    Nested,
    Reference,
    Spec,
    spec_of,
)


@cache
def prove(cls: type, above: tuple[type, ...] = ()) -> None:
    """Raise `DeclarationError` where *cls*, or a value in it, makes no sense."""
    spec = spec_of(cls)
    if cls in above:
        raise DeclarationError(f"{spec.name} holds values of its own class")
    for item in spec.fields:
        _prove_field(spec, item)
        shape = item.shape.item if isinstance(item.shape, Many) else item.shape
        if isinstance(shape, Nested):
            prove(shape.cls, (*above, cls))
    _prove_whole(spec)


def _prove_field(spec: Spec, item: FieldSpec) -> None:
    where = f"{spec.cls.__name__}.{item.name}"
    shape = item.shape.item if isinstance(item.shape, Many) else item.shape
    if not item.required:
        for issue in field_faults(item, item.default):
            raise DeclarationError(f"{where}: its default is unsound: {issue.message}")
    if item.optional and isinstance(item.shape, Many):
        raise DeclarationError(f"{where}: a collection is empty, not None")
    if item.link and not isinstance(shape, Reference):
        raise DeclarationError(f"{where}: only ids of elements can be a Link")
    if item.naming and not (item.required and item.shape == _as_text(item)):
        raise DeclarationError(f"{where}: only a text that is required can be Naming")
    if item.validity and not (
        isinstance(shape, Nested) and hasattr(shape.cls, "covers")
    ):
        raise DeclarationError(f"{where}: only a Period can be a Validity")


def _as_text(item: FieldSpec) -> Leaf | None:
    shape = item.shape
    return shape if isinstance(shape, Leaf) and shape.type is str else None


def _prove_whole(spec: Spec) -> None:
    name = spec.cls.__name__
    if sum(item.naming for item in spec.fields) > 1:
        raise DeclarationError(f"{name}: only one field can be Naming")
    rules: tuple[Invariant | Proof, ...] = (*spec.invariants, *spec.proofs)
    for rule in rules:
        unknown = [field for field in rule.fields if field not in spec.by_name]
        if unknown or not rule.fields:
            raise DeclarationError(f"{name}.{rule.method} names no field: {unknown}")
    if spec.kind:
        missing = [n for n in ("id", "tags", "notes", "ext") if n not in spec.by_name]
        if missing:
            raise DeclarationError(f"{name} lacks {', '.join(missing)}")
