"""Names that are near to wrong ones: looked up once each, and for the first alone."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Final

from missionkit.issue import did_you_mean
from missionkit.ports.rule import RuleView

MOST: Final = 50  # looking for what is near takes milliseconds a name
_IN_ELEMENTS: Final = 100  # so many words of elements are looked for, among so many


class Hints:
    """What may have been meant by names that nothing has, out of those *known*.

    Many wrong names may be found, mostly the same ones. Whoever has more than *most*
    different ones reads the list of what is known.
    """

    def __init__(self, known: Iterable[str] = (), *, most: int = MOST) -> None:
        self._given: Final = tuple(known)
        self._most: Final = most
        self._found: Final[dict[tuple[str, tuple[str, ...]], str]] = {}

    @cached_property
    def known(self) -> list[str]:
        """The names that are known, in their order; mostly nobody asks for them."""
        return sorted(self._given)

    def of(self, name: str, among: Sequence[str] | None = None) -> str:
        """Return "did you mean 'x'?"; nothing where none is near, or after many.

        It is looked for *among* the first of some names, or else of all that are known.
        """
        names = self.known if among is None else among[:_IN_ELEMENTS]
        asked = (name, tuple(names))
        if asked not in self._found and len(self._found) < self._most:
            self._found[asked] = did_you_mean(*asked)
        return self._found.get(asked, "")


def hints(_view: RuleView) -> Hints:
    """Return what all rules that share a view look up together."""
    return Hints(most=_IN_ELEMENTS)
