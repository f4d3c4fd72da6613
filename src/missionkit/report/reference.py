"""The reference of kinds and values, derived from their declarations."""

from collections.abc import Iterable, Iterator

from missionkit.domain.kinds import KINDS, Kinds
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
    nested_specs,
)
from missionkit.markup import visible

_WORDS = {
    "str": "text",
    "bool": "yes or no",
    "int": "whole number",
    "float": "number",
    "Decimal": "decimal",
    "date": "date",
    "datetime": "instant (UTC)",
}

_INTRODUCTION = (
    "Every kind of element, derived from its declaration. There is no element without"
    " the fields marked *required*; those marked *expected* are asked for by the"
    " completeness rule `MK-CPL-001`."
)


def reference(kinds: Kinds = KINDS) -> str:
    """Return a page in Markdown: every kind and value with fields, rules and links."""
    values = {inner.name: inner for spec in kinds for inner in nested_specs(spec)}
    parts = [
        "# Kinds and values",
        _INTRODUCTION,
        *(_section(spec, kinds) for spec in kinds),
        "# Values",
        "What elements hold in their fields.",
        *(_section(values[name], kinds) for name in sorted(values)),
    ]
    return "\n\n".join(parts) + "\n"


def _section(spec: Spec, kinds: Kinds) -> str:
    stored = f"Stored under `{spec.plural}`; " if spec.kind else ""
    level = "" if spec.level is None else f"level {spec.level} of the line of sight; "
    facts = f"{stored}{level}".strip().rstrip(";")
    rows = [_row(item, kinds) for item in spec.fields]
    blocks = [
        f"## {spec.cls.__name__}",
        spec.doc.partition("\n\n")[0].replace("\n", " "),
        f"{facts}." if facts else "",
        _table(("field", "holds", "", "meaning"), rows),
        "\n".join(f"- `{rule.code.code}`: {rule.message}." for rule in spec.invariants),
    ]
    return "\n\n".join(block for block in blocks if block)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(_cell(c) for c in line)} |" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _row(item: FieldSpec, kinds: Kinds) -> tuple[str, ...]:
    need = "required" if item.required else "expected" if item.expected else ""
    return f"`{item.name}`", _holds(item.shape, item, kinds), need, _meaning(item)


def _meaning(item: FieldSpec) -> str:
    return "; ".join(_sentences(item))


def _sentences(item: FieldSpec) -> Iterator[str]:
    if item.naming:
        yield "names the element"
    if item.doc:
        yield item.doc
    if item.expected:
        yield item.expected
    if item.link:
        trace = ", part of the line of sight" if item.link.trace else ""
        yield f"link `{item.link.name}`{trace}"
    if not item.content:
        yield "records progress, no part of the digest"
    if not item.required and item.default not in (None, (), frozenset(), "", False):
        yield f"default `{item.default}`"


def _holds(shape: Shape, item: FieldSpec, kinds: Kinds) -> str:
    match shape:
        case Leaf(type=kind, rules=rules):
            words = [str(rule).removeprefix("text that is ") for rule in rules]
            return ", ".join([_WORDS[kind.__name__], *words])
        case Choice(enum=cls):
            return "one of " + ", ".join(f"`{member.value}`" for member in cls)
        case Reference():
            if item.name == "id":
                return "id"
            allowed = kinds.targets(item)
            return f"id of {'any element' if allowed is None else _either(allowed)}"
        case Nested(cls=cls):
            return f"`{cls.__name__}`"
        case Many(container=container, item=inner):
            order = "list" if container is tuple else "set"
            return f"{order} of {_holds(inner, item, kinds)}"
        case Foreign():
            return "foreign data by namespace"


def _either(names: Iterable[str]) -> str:
    return " or ".join(f"`{name}`" for name in sorted(names))


def fenced(language: str, text: str) -> str:
    """Return a block of code in Markdown, whatever stands in it."""
    seen = visible(text.rstrip("\n"))
    return f"~~~~{language}\n{seen}\n~~~~"
