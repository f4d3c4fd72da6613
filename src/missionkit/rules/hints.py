"""Names that are near to wrong ones: looked up once each, and for the first alone."""

from collections.abc import Iterable
from typing import Final

from missionkit.issue import did_you_mean

MOST: Final = 50  # looking for what is near takes milliseconds a name


class Hints:
    """What may have been meant by names that nothing has, out of those *known*."""

    def __init__(self, known: Iterable[str]) -> None:
        self.known: Final = sorted(known)
        self._found: Final[dict[str, str]] = {}

    def of(self, name: str) -> str:
        """Return "did you mean 'x'?"; nothing where none is near, or after many."""
        if name not in self._found and len(self._found) < MOST:
            self._found[name] = did_you_mean(name, self.known)
        return self._found.get(name, "")
