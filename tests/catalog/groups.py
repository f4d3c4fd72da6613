"""The tables of the catalog, each with the rows that it is to cover."""

from typing import Final

from tests.catalog import (
    rows_dates,
    rows_json,
    rows_output,
    rows_structure,
    rows_text,
    rows_types,
)
from tests.catalog.entry import Entry, Kept, Refused

GROUPS: Final[dict[str, tuple[range, tuple[Entry, ...]]]] = {
    "A json": (range(1, 21), rows_json.ROWS),
    "E types": (range(75, 100), rows_types.ROWS),
    "F text": (range(100, 124), rows_text.ROWS),
    "G dates": (range(124, 143), rows_dates.ROWS),
    "H structure": (range(143, 157), rows_structure.ROWS),
    "K output": (range(186, 199), rows_output.ROWS),
}


def named(entry: Refused | Kept) -> str:
    """Return how a test calls an entry."""
    return f"{entry.row} {ascii(entry.name)[1:-1]}"
