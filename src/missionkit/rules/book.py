"""The rule book: every module of `families` and of `gates` adds its rules."""

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType
from typing import Final

from missionkit.ports.rule import RuleEntry
from missionkit.rules import families, gates


def _rules_in(room: ModuleType) -> Iterator[RuleEntry]:
    for name in sorted(found.name for found in pkgutil.iter_modules(room.__path__)):
        rules: tuple[RuleEntry, ...] = import_module(f"{room.__name__}.{name}").RULES
        yield from rules


BOOK: Final[tuple[RuleEntry, ...]] = (*_rules_in(families), *_rules_in(gates))
"""Every rule, family by family. A tuple: more can be added to it in a check."""
