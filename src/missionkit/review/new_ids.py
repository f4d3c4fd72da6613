"""Ids for what an act makes: free, and never those of something else before."""

from collections.abc import Container

from missionkit.domain.ids import new_id


class NewIds:
    """Ids that are free in a model, and are not given out twice."""

    def __init__(self, *taken: Container[str]) -> None:
        """Begin with the ids that are taken: those of a model, and others."""
        self._taken = taken
        self._given: set[str] = set()

    def __contains__(self, ref: object) -> bool:
        """Return whether an id is taken."""
        return ref in self._given or any(ref in held for held in self._taken)

    def of(self, kind: str, name: str) -> str:
        """Return a free id made from a name; it is taken from now on."""
        ref = new_id(kind, name, self)
        self._given.add(ref)
        return ref
