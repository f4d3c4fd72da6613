"""What a code means: why it matters, what to do, and by which limit it is judged."""

import pkgutil
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import import_module
from itertools import chain, repeat
from pathlib import Path
from types import ModuleType
from typing import Final

from attrs import frozen

from missionkit.domain.kinds import KINDS, Kinds
from missionkit.domain.spec import Spec, is_declared, nested_specs, spec_of
from missionkit.errors import NotFoundError
from missionkit.issue import Code, nearest
from missionkit.markup import Html, columns, one_line, table
from missionkit.ports.rule import LimitSpec, RuleEntry
from missionkit.report.example import Example, example, with_example
from missionkit.rules.book import BOOK

_PACKAGE: Final = __name__.partition(".")[0]
_READ: Final = "it is found while the document is read, before any rule is asked"
_ROOT: Final = Path(__file__).parents[1]


@frozen(kw_only=True)
class Explanation:
    """What is known of a code; `where` is the room or the class that it is from."""

    code: str
    severity: str
    reason: str
    fix: str
    where: str
    act: str = ""
    by: str = ""
    needs_on: bool = False
    needs_cycle: bool = False
    limits: tuple[LimitSpec, ...] = ()

    @property
    def example(self) -> Example | None:
        """What the code is found in; None for one of a third party."""
        return example(self.code) if self.code in with_example() else None

    def __str__(self) -> str:
        """Return the code and its facts, each on a line."""
        return f"{self.code} {self.severity}\n" + columns(
            [("", word, one_line(said)) for word, said in self._facts()]
        )

    def _repr_html_(self) -> Html:
        return table((self.code, self.severity), self._facts())

    def _facts(self) -> Iterator[tuple[str, str]]:
        yield "why", self.reason
        yield "fix", self.fix
        if self.act:
            yield "act", self.act
        if self.by:
            yield "by", self.by.replace("_", " ")
        if self.needs_on:
            yield "day", "judged on a day only: pass on="
        if self.needs_cycle:
            yield "cycle", "judged for one review only: pass cycle="
        for limit in self.limits:
            yield "limit", f"{limit.name} = {limit.default:g}: {limit.meaning}"
        yield "from", self.where
        if self.example:
            yield "such as", self.example.said
            words = chain(("try",), repeat(""))
            yield from zip(words, self.example.commands, strict=False)
            if self.example.read and self.example.commands:
                yield "", _READ


def explain(
    code: str, *, kinds: Kinds = KINDS, rules: Iterable[RuleEntry] = ()
) -> Explanation:
    """Return what a code means, also one of a third party's *kinds* or *rules*.

    Raises `NotFoundError` with the nearest codes for one that does not exist.

    >>> print(explain("MK-TRC-004"))
    MK-TRC-004 error
      why      without a measure nobody can say whether the objective is reached
      fix      add a success measure `of` the objective
      act      Give every objective a measure
      by       planner
      from     rules
      such as  this fault: move the only measure of an objective over to a process
      try      missionkit explain MK-TRC-004 --example > example.json
               missionkit check example.json --on 2026-06-30 --cycle review-2026
    """
    known = {each.code: each for each in explanations(kinds=kinds, rules=rules)}
    wanted = str(code).strip().upper()
    if wanted not in known:
        raise NotFoundError("code", str(code), nearest(wanted, known))
    return known[wanted]


def family(
    start: str, *, kinds: Kinds = KINDS, rules: Iterable[RuleEntry] = ()
) -> tuple[Explanation, ...]:
    """Return what every code means that begins with whole parts, such as MK-RSP."""
    begin = f"{start.strip().upper().rstrip('-')}-"
    found = explanations(kinds=kinds, rules=rules)
    return tuple(each for each in found if each.code.startswith(begin))


def explanations(
    *, kinds: Kinds = KINDS, rules: Iterable[RuleEntry] = ()
) -> tuple[Explanation, ...]:
    """Return what every code means, in the order of the codes."""
    entries = {code.code: entry for entry in (*BOOK, *rules) for code in entry.codes}
    found = dict(_own_codes())
    for entry in rules:
        for code in entry.codes:
            found.setdefault(code, entry.distribution or entry.module)
    for code, where in _invariants(_with_nested(kinds)):
        found.setdefault(code, where)
    return tuple(
        _explained(code, where, entries.get(code.code))
        for code, where in sorted(found.items(), key=lambda pair: pair[0].code)
    )


def _explained(code: Code, where: str, entry: RuleEntry | None) -> Explanation:
    return Explanation(
        code=code.code,
        severity=code.severity.value,
        reason=code.reason,
        fix=code.fix,
        where=where,
        act=code.act,
        by=code.by,
        needs_on=entry.needs_on if entry else False,
        needs_cycle=entry.needs_cycle if entry else False,
        limits=entry.limits if entry else (),
    )


@cache
def _own_codes() -> Mapping[Code, str]:
    """Return the codes of every room and of every class of the domain."""
    found: dict[Code, str] = {}
    for module in code_modules(_ROOT, _PACKAGE):
        room = module.__name__.split(".")[1]
        found |= {
            each: room for each in vars(module).values() if isinstance(each, Code)
        }
    return found | dict(_invariants(_declared(_ROOT / "domain", f"{_PACKAGE}.domain")))


def code_modules(folder: Path, package: str) -> Iterator[ModuleType]:
    """Yield every module that is or stands in a ``codes`` of a package, at any depth.

    One in a room whose optional library is not installed is left out: that room
    cannot report anything.
    """
    within = package.endswith(".codes")
    for found in pkgutil.iter_modules([str(folder)]):
        name = f"{package}.{found.name}"
        if found.ispkg:
            yield from code_modules(folder / found.name, name)
        elif within or found.name == "codes":
            try:
                yield import_module(name)
            except ImportError:
                continue


def _declared(folder: Path, package: str) -> Iterator[Spec]:
    """Yield the specification of each class that the modules of a package declare."""
    for found in pkgutil.iter_modules([str(folder)]):
        for each in vars(import_module(f"{package}.{found.name}")).values():
            if is_declared(each):
                yield spec_of(each)


def _with_nested(kinds: Iterable[Spec]) -> Iterator[Spec]:
    for spec in kinds:
        yield spec
        yield from nested_specs(spec)


def _invariants(specs: Iterable[Spec]) -> Iterator[tuple[Code, str]]:
    for spec in specs:
        for rule in spec.invariants:
            yield rule.code, f"{spec.cls.__name__}: {', '.join(rule.fields)}"
