"""The two ends of the line of sight, and which way a link leads to each."""

from enum import StrEnum
from typing import Final

from missionkit.domain.intent import CoreIntent
from missionkit.domain.kinds import Kinds
from missionkit.domain.spec import spec_of
from missionkit.domain.stakeholder import Stakeholder


class Toward(StrEnum):
    """A branch of the line of sight, named for what stands at its end."""

    INTENT = "intent"
    STAKEHOLDER = "stakeholder"


_HIGHEST: Final = spec_of(CoreIntent).level or 0
_LOWEST: Final = spec_of(Stakeholder).level or 0


def level_of(kind: str, kinds: Kinds) -> int | None:
    """Return the level of a kind on the line of sight; None for what lies beside."""
    spec = kinds.get(kind)
    return spec.level if spec else None


def is_end(toward: Toward, level: int | None) -> bool:
    """Return whether a branch ends at *level*."""
    return level is not None and not left_to_go(toward, level)


def left_to_go(toward: Toward, level: int) -> int:
    """Return how many levels lie between *level* and the end of a branch."""
    left = _HIGHEST - level if toward is Toward.INTENT else level - _LOWEST
    return max(left, 0)


def heading(
    toward: Toward, holder: int | None, target: int | None, *, upward: bool
) -> int:
    """Return 1 where a link leads its holder on, -1 where its target, 0 where neither.

    Between two levels the branch to the intent climbs and the other descends; on one
    level the first goes from holder to target and the other back. What lies beside
    the levels is only left, never entered from them; *upward* says by which end.
    """
    if holder is None or target is None:
        source = holder if upward else target
        return 0 if source is not None else 1 if upward else -1
    climbs = target >= holder
    way = 1 if climbs == (toward is Toward.INTENT) else -1
    source = holder if way > 0 else target
    return 0 if is_end(toward, source) else way
