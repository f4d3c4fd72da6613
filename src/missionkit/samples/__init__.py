"""Harbour Housing Trust: an invented organization, modeled from need to performer.

It is what the demo reviews and what the docs show. Some faults are left in on
purpose; ``README.md`` beside this file lists them. Each module of ``harbour`` that
has a function ``elements`` is a part of it: to add a part is to add a file.
"""

from collections.abc import Iterable, Iterator
from importlib import import_module
from pkgutil import iter_modules

from missionkit.domain.conduct import ActivityRecord, Ledger, RevenueRecord
from missionkit.domain.declaration import Element
from missionkit.domain.model import Model
from missionkit.samples import harbour
from missionkit.samples.booked import ledgers
from missionkit.samples.days import SAMPLE_DAY

__all__ = ["SAMPLE_DAY", "parts", "sample", "sample_ledgers"]


def sample() -> Model:
    """Return the sample organization, to be judged on `SAMPLE_DAY`.

    >>> sample().root.name
    'Harbour Housing Trust'
    """
    return Model(element for _, elements in parts() for element in elements)


def sample_ledgers() -> tuple[Ledger[ActivityRecord], Ledger[RevenueRecord]]:
    """Return what the sample organization did and was paid in the last 36 months.

    The snapshots of the model were made of them.

    >>> hours, receipts = sample_ledgers()
    >>> min(record.on for record in hours)
    datetime.date(2023, 11, 30)
    """
    return ledgers()


def parts() -> Iterator[tuple[str, Iterable[Element]]]:
    """Yield the name and the elements of each part, in the order of their names."""
    for found in sorted(iter_modules(harbour.__path__), key=lambda module: module.name):
        module = import_module(f"{harbour.__name__}.{found.name}")
        if hasattr(module, "elements"):
            yield found.name, module.elements()
