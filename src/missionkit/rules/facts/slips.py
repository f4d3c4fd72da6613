"""A word that is missed may be there, with a slip in it, or be meant by another."""

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Final

from missionkit.issue import did_you_mean, nearest
from missionkit.markup import shown
from missionkit.ports.rule import RuleView

_COMPARED: Final = 100  # to look for a slip among more words takes too long
_ASKED: Final = 100  # and so it does for more wrong words


def slip(wanted: str, words: Mapping[str, str]) -> str:
    """Return how to correct a word that may be a slip for *wanted*, or nothing."""
    near = nearest(wanted, islice(words, _COMPARED), 1)
    found = [f"write {wanted!r} for {shown(w)} in {words[w]}, or " for w in near]
    return "".join(found)


class Meant:
    """Known words that may be meant by wrong ones, in one check.

    Many wrong words may be found, mostly the same ones. Each is looked for once, and
    after a hundred no more: whoever has so many reads the list of what is known.
    """

    def __init__(self, _view: RuleView) -> None:
        self._said: dict[tuple[str, tuple[str, ...]], str] = {}

    def by(self, word: str, known: Sequence[str]) -> str:
        """Return "did you mean 'x'?", or nothing where no known word is near."""
        asked = (word, tuple(known[:_COMPARED]))
        if asked not in self._said and len(self._said) < _ASKED:
            self._said[asked] = did_you_mean(*asked)
        return self._said.get(asked, "")
