"""The check that runs when a value is built: one generated function a class.

It only says yes. Where it says no, `checking` reads the same specification slowly and
names every fault.
"""

from collections.abc import Callable, Iterator
from functools import cache

from attrs import evolve

from missionkit.domain.characters import LONGEST_TEXT
from missionkit.domain.checking import LEAF, NAMES, faults_of, is_unique
from missionkit.domain.ids import is_id
from missionkit.domain.marks import Between, OneLine
from missionkit.domain.spec import (
    Choice,
    DeclarationError,
    FieldSpec,
    Foreign,
    Leaf,
    Many,
    Marked,
    Nested,
    Reference,
    Shape,
    declared_class,
    spec_of,
)
from missionkit.errors import InvalidValueError
from missionkit.issue import Issue


@cache
def compiled_check(cls: type) -> Callable[[object], None]:
    """Return the function that raises `InvalidValueError` for an unsound *cls*."""
    spec = spec_of(cls)
    names = {**NAMES, "refuse": _refuse}
    lines = ["def check(self):"]
    for item in spec.fields:
        lines += [f" v = self.{item.name}", *_statements(item, names)]
    rules = " and ".join(f"self.{rule.method}()" for rule in spec.invariants)
    lines += [f" if not ({rules}): refuse(self)"] if rules else []
    lines += [f" for _ in self.{each.method}(): refuse(self)" for each in spec.proofs]
    exec(compile("\n".join(lines), f"<check of {spec.name}>", "exec"), names)  # noqa: S102 - made of the class alone
    check: Callable[[object], None] = names["check"]  # type: ignore[assignment]  # just defined
    return check


def _statements(item: FieldSpec, names: dict[str, object]) -> Iterator[str]:
    """Yield the lines that refuse a wrong value *v* of a field."""
    shape = item.shape
    given = "v is not None and " if item.optional else ""
    if not isinstance(shape, Many):
        yield f" if {given}not ({_expression(shape, 'v', names)}): refuse(self)"
        return
    tests = [f"type(v) is {shape.container.__name__}", *_ruled(shape.rules, "v")]
    yield f" if {given}not ({' and '.join(tests)}): refuse(self)"
    yield " for w in v or ():"
    yield f"  if not ({_expression(shape.item, 'w', names)}): refuse(self)"
    if is_unique(shape):
        yield " if v and len(v) > 1 and len(set(v)) < len(v): refuse(self)"


def _expression(shape: Shape, v: str, names: dict[str, object]) -> str:
    """Return the expression that is true of a sound *v* of one shape."""
    match shape:
        case Leaf(type=kind, rules=rules):
            return _leaf_expression(kind, rules, v)
        case Reference():
            return f"type({v}) is str and fits_id({v})"
        case Foreign():
            return f"type({v}) is Ext"
        case Choice(enum=cls) | Nested(cls=cls):
            name = f"class_{len(names)}"
            names[name] = cls
            return f"type({v}) is {name}"
        case _:
            raise DeclarationError("a collection of collections has no check")


def _leaf_expression(kind: type, rules: tuple[Marked, ...], v: str) -> str:
    """Return the type's and the rules' tests together, as cheap as they can be."""
    if kind is str:
        # Text that is printable throughout hides nothing and needs no second look.
        lines = [rule for rule in rules if isinstance(rule, OneLine)]
        longest = min([LONGEST_TEXT, *(rule.longest for rule in lines)])
        slow = " and ".join([f"safe({v})", *_ruled(tuple(lines), v)])
        look = f"bare({v}) and shows({v})" if lines else f"bare({v})"
        bare = f"({v}.isascii() or {look})"  # most text needs no call
        quick = f"{v}.isprintable() and {bare} and len({v}) <= {longest}"
        rest = _ruled(tuple(rule for rule in rules if rule not in lines), v)
        return " and ".join([f"type({v}) is str and ({quick} or {slow})", *rest])
    if any(isinstance(rule, Between) for rule in rules) and kind in (int, float):
        # Bounds on both sides refuse NaN, infinities and huge numbers as well.
        types = f"(type({v}) is float or type({v}) is int)" if kind is float else ""
        return " and ".join([types or f"type({v}) is int", *_ruled(rules, v)])
    return " and ".join([LEAF[kind].format(v=v), *_ruled(rules, v)])


def _ruled(rules: tuple[Marked, ...], v: str) -> list[str]:
    return [f"({rule.expression(v)})" for rule in rules]


def _refuse(self: object) -> None:
    spec = spec_of(declared_class(type(self)))
    ref = getattr(self, "id", "")
    known = ref if type(ref) is str and is_id(ref) else ""
    raise InvalidValueError(
        spec.name, tuple(_with_ref(i, known) for i in faults_of(self))
    )


def _with_ref(issue: Issue, ref: str) -> Issue:
    return evolve(issue, ref=ref) if ref else issue
