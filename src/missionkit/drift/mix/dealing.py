"""Units dealt out by chance: one by one, or kind by kind where many are alike.

Both are the same chance. A kind is drawn as often as its units would have been, which
takes no longer for a hundred thousand clients than for a hundred.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, TypeAlias, TypeVar

from missionkit.drift.draws import Draws
from missionkit.drift.mix.table import Cells, MixUnit

T = TypeVar("T")
Deal: TypeAlias = Callable[[], Iterator[tuple[T, int]]]
"""Gives what was drawn this time, with how often."""

# A kind takes longer to draw than a unit.
_ALIKE: Final = 50
_HALF: Final = 0.5


def dealt(cells: Sequence[Cells], drawn: int, draws: Draws) -> Deal[Cells]:
    """Return what draws so many units without putting back."""
    if kinds := _alike(cells):
        return lambda: zip(kinds, draws.split((*kinds.values(),), drawn), strict=True)
    pool, chance = list(cells), draws.chance

    def one_by_one() -> Iterator[tuple[Cells, int]]:
        for at in range(drawn):
            other = at + int(chance() * (len(pool) - at))
            pool[at], pool[other] = pool[other], pool[at]
            yield pool[at], 1

    return one_by_one


def drawn_again(group: Sequence[MixUnit], draws: Draws) -> Deal[MixUnit]:
    """Return what draws as many units as there are, with putting back."""
    many, chance = len(group), draws.chance
    if kinds := _alike(group):
        return lambda: zip(kinds, draws.again((*kinds.values(),), many), strict=True)
    return lambda: ((group[int(chance() * many)], 1) for _ in range(many))


def swapped(paired: Sequence[MixUnit], draws: Draws) -> Deal[Cells]:
    """Return what gives one side of each unit, by chance that before or after."""
    chance = draws.chance
    if kinds := _alike(paired):
        return lambda: _sides(kinds, draws)
    return lambda: (
        (unit.before if chance() < _HALF else unit.after, 1) for unit in paired
    )


def _sides(kinds: Mapping[MixUnit, int], draws: Draws) -> Iterator[tuple[Cells, int]]:
    for unit, many in kinds.items():
        before, after = draws.again((1, 1), many)
        yield unit.before, before
        yield unit.after, after


def _alike(units: Sequence[T]) -> Mapping[T, int] | None:
    """Return how many there are of each kind; None where too few are alike."""
    kinds = Counter(units)
    return kinds if len(kinds) * _ALIKE <= len(units) and kinds else None
