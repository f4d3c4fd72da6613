"""How satisfaction spreads over links of goals: the rules of GRL (ITU-T Z.151).

As numbers from -100 to 100, and in words: denied, weakly denied, none, weakly satisfied
and satisfied. A word is held as the half steps from none, from -2 to 2.
"""

from collections.abc import Iterable, Sequence
from math import trunc
from typing import Final, TypeAlias

from missionkit.domain.values import Descriptor
from missionkit.ports.part import Part, PartRole, Scale

FULL: Final = 100
TOLERANCE: Final = 10
TOLERANCE_NAME: Final = "satisfaction_tolerance"
CONFLICT: Final = "conflict"
UNDECIDED: Final = "doubt"
_TWO: Final = 2
"""Half steps from none to full."""
_WORDS: Final = {
    "denied": -FULL,
    "weakly denied": -FULL // 2,
    "none": 0,
    "weakly satisfied": FULL // 2,
    "satisfied": FULL,
}
WORDS: Final = Scale(
    name="satisfaction in words",
    low=-FULL,
    high=FULL,
    steps=tuple(Descriptor(name=w, satisfaction=n) for w, n in _WORDS.items()),
)
"""Where words are asked for, each stands for the number in the middle of its range."""


def contributed(weight: float, source: float) -> int:
    """Return what a source adds by a link of a weight, rounded toward zero."""
    return trunc(weight * source / FULL)


def settled(
    refined: float | None,
    contributions: Iterable[float],
    dependees: Sequence[float] = (),
    tolerance: float = TOLERANCE,
) -> float:
    """Return the satisfaction of a goal.

    *refined* is the least of all its parts, or the best of any, None without parts. To
    it the *contributions* are added. Where none of these is full, many together stop
    short of it by the *tolerance*, and likewise of full denial; GRL's own tool has the
    mirror rule only where there are parts. What the goal depends on caps it: a
    dependency never lifts.
    """
    terms = [term for term in contributions if term]
    start, added = refined or 0, sum(terms)
    result = min(max(start + added, -FULL), FULL)
    edge = FULL - tolerance
    if result >= edge and added > 0 and FULL not in (start, *terms):
        result = min(result, max(start, edge))
    elif result <= -edge and added < 0 and -FULL not in (start, *terms):
        result = max(result, min(start, -edge))
    return min([result, *dependees])


def propagated(parts: Sequence[Part], tolerance: float = TOLERANCE) -> float | None:
    """Return the satisfaction that parts give, as a number; None of no number."""
    if not parts or any(part.value is None for part in parts):
        return None
    values = _by_role(parts)
    given = values[PartRole.GIVEN]
    if given:
        return given[0]
    contributions = [
        contributed(part.weight, part.value or 0)
        for part in parts
        if part.role is PartRole.CONTRIBUTION
    ]
    refined = _refined(values[PartRole.AND], values[PartRole.OR])
    return settled(refined, contributions, values[PartRole.DEPENDENCY], tolerance)


def _by_role(parts: Sequence[Part]) -> dict[PartRole | None, list[float]]:
    values: dict[PartRole | None, list[float]] = {role: [] for role in PartRole}
    for part in parts:
        values.setdefault(part.role, []).append(part.value or 0)
    return values


def _refined(every: Sequence[float], anyone: Sequence[float]) -> float | None:
    return min(every) if every else max(anyone, default=None)


# ---- in words ------------------------------------------------------------------------


def in_words(parts: Sequence[Part]) -> tuple[float | None, str]:
    """Return what parts give in words, as the number of the word, and the word.

    There is no number for a conflict, nor where it cannot be decided.
    """
    if not parts:
        return None, ""
    steps = [(part.role, _step(part), part) for part in parts]
    given = [step for role, step, _ in steps if role is PartRole.GIVEN]
    found = given[0] if given else None
    if not given:
        refined = refined_in_words(
            [step for role, step, _ in steps if role is PartRole.AND],
            [step for role, step, _ in steps if role is PartRole.OR],
        )
        added = [
            contributed_in_words(step, part.weight)
            for role, step, part in steps
            if role is PartRole.CONTRIBUTION
        ]
        depends = [step for role, step, _ in steps if role is PartRole.DEPENDENCY]
        found = settled_in_words(refined, added, depends)
    return worded(found)


Step: TypeAlias = float | str
"""Half steps from none, or a word that has no number."""


def _step(part: Part) -> Step:
    if part.value is None:
        return part.label
    return halves(part.value)


def halves(satisfaction: float) -> int:
    """Return how many half steps a satisfaction is from none: only 100 is full."""
    return _sign(satisfaction) * (1 + (abs(satisfaction) >= FULL))


def worded(step: Step | None) -> tuple[float | None, str]:
    """Return the number and the word of half steps."""
    if step is None or isinstance(step, str):
        return None, step or ""
    number = step * FULL / _TWO
    return number, WORDS.word(number)


def contributed_in_words(source: Step, weight: float) -> Step:
    """Return what a source adds: full only where the source and the weight are."""
    if isinstance(source, str):
        return UNDECIDED
    full = abs(source) > 1 and abs(weight) >= FULL
    return _sign(source) * _sign(weight) * (1 + full)


def refined_in_words(every: Sequence[Step], anyone: Sequence[Step]) -> Step | None:
    """Return the worst of all parts, or the best of any; None without parts.

    Of all, one that is denied decides whatever is undecided; of any, one satisfied.
    """
    held, sign = (every, 1) if every else (anyone, -1)
    if not held:
        return None
    known = [step * sign for step in held if not isinstance(step, str)]
    if len(known) < len(held) and -_TWO not in known:
        return UNDECIDED
    return min(known) * sign


def settled_in_words(
    refined: Step | None, contributions: Sequence[Step], dependees: Sequence[Step] = ()
) -> Step:
    """Return the satisfaction of a goal in words.

    Weak contributions decide by majority, however many there are; a full one for and
    a full one against are a conflict.
    """
    found = refined
    if contributions:
        added = _added(contributions)
        found = added if refined is None else _together(refined, added)
    if found is None:
        found = 0
    worse = [step for step in dependees if not isinstance(step, str)]
    if len(worse) < len(dependees) and -_TWO not in (*worse, found):
        return UNDECIDED
    return found if isinstance(found, str) else min([found, *worse])


def _added(contributions: Sequence[Step]) -> Step:
    steps = [step for step in contributions if not isinstance(step, str)]
    if len(steps) < len(contributions):
        return UNDECIDED
    weak = _sign(steps.count(1) - steps.count(-1))
    if {-_TWO, _TWO} <= set(steps):
        return CONFLICT
    full = next((step for step in steps if abs(step) == _TWO), 0)
    return _together(weak, full)


def _sign(number: float) -> int:
    return (number > 0) - (number < 0)


def _together(one: Step, other: Step) -> Step:
    words = [step for step in (one, other) if isinstance(step, str)]
    if words:
        return CONFLICT if CONFLICT in words else UNDECIDED
    if one == other:  # two that are weak do not make a full one
        return one
    if {one, other} == {-_TWO, _TWO}:
        return CONFLICT
    return min(max(float(one) + float(other), -_TWO), _TWO)
