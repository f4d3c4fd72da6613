"""Draws that are the same on every machine and in every version of Python."""

from hashlib import sha256
from random import Random
from statistics import NormalDist
from typing import Final

_STANDARD: Final = NormalDist()


class Draws:
    """A source of draws that starts where its names say."""

    def __init__(self, *names: object) -> None:
        """Start where *names* say; other names start elsewhere."""
        digest = sha256("/".join(map(str, names)).encode()).digest()
        start = int.from_bytes(digest[:8], "big")
        self._next = Random(start).random  # noqa: S311 - chance is meant, not secrecy

    def share(self) -> float:
        """Return a number from 0 to below 1, each as likely as the others."""
        return self._next()

    def normal(self) -> float:
        """Return a draw of the normal distribution with mean 0 and deviation 1."""
        return _STANDARD.inv_cdf(self._next())

    def binomial(self, size: int, chance: float) -> int:
        """Return how many of *size* things turn out well, each with *chance*."""
        return sum(self._next() < chance for _ in range(size))

    def category(self, chances: tuple[float, ...]) -> int:
        """Return the place of a category that is drawn by its chance."""
        left = self._next()
        for at, chance in enumerate(chances[:-1]):
            left -= chance
            if left < 0:
                return at
        return len(chances) - 1
