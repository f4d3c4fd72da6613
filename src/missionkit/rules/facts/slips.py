"""A word that is missed may be there, with a slip in it."""

from collections.abc import Mapping
from itertools import islice
from typing import Final

from missionkit.issue import nearest
from missionkit.markup import shown

_COMPARED: Final = 100  # to look for a slip among more words takes too long


def slip(wanted: str, words: Mapping[str, str]) -> str:
    """Return how to correct a word that may be a slip for *wanted*, or nothing."""
    near = nearest(wanted, islice(words, _COMPARED), 1)
    found = [f"write {wanted!r} for {shown(w)} in {words[w]}, or " for w in near]
    return "".join(found)
