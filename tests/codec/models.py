"""Sound models made from chance, read from the declaration of the kinds alone."""

# ruff: noqa: ANN401 - values of any class are made here

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from attrs import define, field

from missionkit.domain.ext import Ext
from missionkit.domain.intent import Organization
from missionkit.domain.kinds import KINDS, Kinds
from missionkit.domain.marks import (
    AtLeast,
    Between,
    Matches,
    NotBlank,
    NotEmpty,
    OneLine,
)
from missionkit.domain.model import Model
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
    spec_of,
)
from missionkit.errors import InvalidValueError

LINES = (
    "A warm home",
    "Élan & <b>drive</b>",
    'Quotes " and \\ back',
    "Привет, мир",
    "{{7*7}} ${x} %s",
    "e\u0301 stays as it is",
    "\U0001f469\u200d\U0001f680",
    "'); DROP TABLE needs;--",
    "x" * 500,
)
TEXTS = (*LINES, "two\nlines\twith a tab", "a\u2028b", "\u202eleft")
FOREIGN: tuple[dict[str, Any], ...] = (
    {},
    {"vendor": {"rank": [1, 2.5, None, True, "x"], "é": {}}},
    {"a": -0.0, "b": 2**53, "c": "\t\n", "d": [[], [[]]]},
)
MATCHES: dict[str, tuple[str, ...]] = {
    "[A-Z]{3}": ("EUR", "JPY", "GBP"),
    "[0-9a-f]{64}": ("0" * 64, "deadbeef" * 8),
}


@define
class Maker:
    random: Random
    kinds: Kinds = KINDS
    elements: list[Any] = field(factory=list)
    ids: dict[str, list[str]] = field(factory=dict)

    def model(self, size: int) -> Model:
        specs = list(self.kinds)
        for number in range(size):
            spec = self.random.choice(specs)
            self.add(spec, f"{spec.kind.replace('_', '-').replace('.', '-')}-{number}")
        return Model(self.elements, kinds=self.kinds)

    def add(self, spec: Spec, ref: str) -> None:
        for _ in range(20):
            try:
                element = self.value(spec, {"id": ref})
            except (InvalidValueError, LookupError):
                continue
            if (
                isinstance(element, Organization)
                and element.parent is None
                and ("organization" in self.ids)
            ):
                continue
            self.elements.append(element)
            self.ids.setdefault(spec.kind, []).append(ref)
            return

    def value(self, spec: Spec, given: dict[str, Any]) -> Any:
        for item in spec.fields:
            if item.name in given or (not item.required and self.random.random() < 0.4):
                continue
            if item.optional and self.random.random() < 0.2:
                given[item.name] = None
                continue
            try:
                given[item.name] = self.shape(item.shape, item)
            except LookupError:
                if item.required:
                    raise
        return spec.cls(**given)

    def shape(self, shape: Shape, item: FieldSpec) -> Any:
        match shape:
            case Leaf():
                return self.leaf(shape)
            case Choice(enum=cls):
                return self.random.choice(list(cls))
            case Reference():
                return self.random.choice(self.targets(item))
            case Nested(cls=cls):
                return self.value(spec_of(cls), {})
            case Foreign():
                return Ext(self.random.choice(FOREIGN))
            case Many(item=Reference(), container=container):
                targets = self.targets(item)
                count = self.random.randint(1, min(3, len(targets)))
                return container(self.random.sample(targets, count))
            case Many(container=container, item=inner, rules=rules):
                least = 1 if NotEmpty() in rules else 0
                count = self.random.randint(least, 3)
                return container(self.shape(inner, item) for _ in range(count))

    def targets(self, item: FieldSpec) -> list[str]:
        allowed = self.kinds.targets(item)
        found = [
            ref
            for kind, refs in self.ids.items()
            if allowed is None or kind in allowed
            for ref in refs
        ]
        if not found:
            raise LookupError(item.name)
        return found

    def leaf(self, shape: Leaf) -> Any:
        if shape.type is str:
            return self.text(shape.rules)
        low, high = bounds(shape.rules)
        whole = self.random.randint(low, high)
        day = date(1, 1, 1) + timedelta(days=self.random.randint(0, 3_652_058))
        made: dict[type, Any] = {
            bool: self.random.random() < 0.5,
            int: whole,
            float: self.random.choice((whole, self.random.uniform(low, high))),
            Decimal: Decimal(whole).scaleb(-self.random.choice((0, 0, 2)))
            if low < 0
            else Decimal(whole),
            date: day,
            datetime: datetime(
                day.year, 6, 1, 12, 30, 15, self.random.choice((0, 7)), UTC
            ),
        }
        return made[shape.type]

    def text(self, rules: Iterable[object]) -> Any:
        for rule in rules:
            if isinstance(rule, Matches):
                return self.random.choice(MATCHES[rule.pattern])
        pool = LINES if any(isinstance(rule, OneLine) for rule in rules) else TEXTS
        if any(isinstance(rule, NotBlank) for rule in rules):
            return self.random.choice(pool)
        return self.random.choice([*pool, "", "  kept as it is \n"])


def bounds(rules: Iterable[object]) -> tuple[int, int]:
    low, high = -(2**53), 2**53
    for rule in rules:
        if isinstance(rule, Between):
            return rule.low, rule.high
        if isinstance(rule, AtLeast):
            low = rule.low
    return low, high


def chance(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - to be repeated, not to be secret


def model_of(seed: int, size: int = 40, kinds: Kinds = KINDS) -> Model:
    return Maker(chance(seed), kinds).model(size)
