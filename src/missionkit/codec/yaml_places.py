"""Where the values stand that were read from YAML."""

from collections.abc import Iterable, Mapping, Sequence

from attrs import Factory, define

from missionkit.codec.lines import Lines
from missionkit.codec.locate import Place
from missionkit.codec.path import Path


@define
class Composed:
    """Plain values that YAML text held, and where they stood in it."""

    values: object
    lines: Lines
    start: int
    spots: Mapping[int, Sequence[int]]
    _positions: dict[int, dict[str, int]] = Factory(dict)

    def find(self, paths: Iterable[Path]) -> dict[Path, Place]:
        """Return where each of the *paths*, or the last step that is there, stands."""
        return {path: self._place(path) for path in paths}

    def _place(self, path: Path) -> Place:
        held, key, at = self.values, self.start, self.start
        for depth, step in enumerate(path):
            position = self._position(held, step)
            if position is None:
                path = path[:depth]
                break
            spots = self.spots[id(held)]
            key, at = spots[2 * position], spots[2 * position + 1]
            held = held[step]  # type: ignore[index]  # it has a position in it
        return Place(path, self.lines.source(key), self.lines.source(at))

    def _position(self, held: object, step: str | int) -> int | None:
        if isinstance(held, list) and isinstance(step, int):
            return step if step < len(held) else None
        if not isinstance(held, dict):
            return None
        if id(held) not in self._positions:
            self._positions[id(held)] = {key: n for n, key in enumerate(held)}
        return self._positions[id(held)].get(str(step))
