"""Which sections a pack has: every module in ``sections`` is one."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from typing import Protocol, cast

from missionkit.report import sections
from missionkit.report.blocks import Section
from missionkit.report.view import PackView


class SectionModule(Protocol):
    """What a module in ``sections`` holds."""

    ORDER: int

    def section(self, view: PackView, /) -> Section | None:
        """Return the section, or None where it has nothing to say."""
        ...


def sections_of(view: PackView) -> tuple[Section, ...]:
    """Return the sections of a pack, in the order that their modules ask for."""
    found = (module.section(view) for module in _modules())
    return tuple(section for section in found if section is not None)


def _modules() -> list[SectionModule]:
    return sorted(_imported(), key=lambda module: module.ORDER)


def _imported() -> Iterator[SectionModule]:
    # Sorted by name first, so that two modules with one ORDER stand in a fixed order.
    for name in sorted(found.name for found in iter_modules(sections.__path__)):
        module = import_module(f"{sections.__name__}.{name}")
        yield cast("SectionModule", module)
