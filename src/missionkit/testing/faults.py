"""The named faults: for every code of the rule book, a way to break a sound model."""

import pkgutil
from collections.abc import Iterator, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Final

from missionkit.testing import breaking
from missionkit.testing.fault import Broken, Fault

__all__ = ["FAULTS", "Broken", "Fault"]


def _all() -> Iterator[Fault]:
    for name in sorted(found.name for found in pkgutil.iter_modules(breaking.__path__)):
        module = import_module(f"{breaking.__name__}.{name}")
        yield from (held for held in vars(module).values() if isinstance(held, Fault))


FAULTS: Final[Mapping[str, Fault]] = MappingProxyType(
    {each.code: each for each in sorted(_all(), key=lambda each: each.code)}
)
"""Every fault by its code: every module of `breaking` adds those that it holds."""
