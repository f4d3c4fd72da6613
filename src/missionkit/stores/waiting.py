"""What every store decides alike: how long it waits for others."""

from typing import Final

# More seconds than this no lock and no database can count.
_LONGEST: Final = 1_000_000.0


def seconds(wait: float) -> float:
    """Return how many seconds to wait: none where less, or no number, is asked for."""
    # In this order, as what is no number is never the larger one.
    return min(max(0.0, wait), _LONGEST)
