"""Sound and broken organizations, drawn: of any size, in any words and numbers."""

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import islice
from typing import Final

from attrs import asdict
from hypothesis import reject
from hypothesis import strategies as st

from missionkit.domain.model import Model
from missionkit.errors import NotFoundError
from missionkit.issue import nearest
from missionkit.testing.faults import FAULTS, Broken, Fault
from missionkit.testing.leaves import lines
from missionkit.testing.sound import (
    Outline,
    Shape,
    Telling,
    least_of,
    sound_elements,
    sound_model,
)

_MOST_WAYS: Final = 5
_MOST_EXTRAS: Final = 25
_COST: Final[Mapping[str, int]] = {
    "stakeholders": 2,
    "needs": 1,
    "declined": 1,
    "goals": 1,
    "subgoals": 1,
    "objectives": 3,
    "dropped": 2,
    "processes": 2,
    "retired": 1,
    "outputs": 1,
}
"""How many elements come with one more thing."""
_MOST: Final[Mapping[str, int]] = {"objectives": 20}
"""How many things there may be before they are too many."""


_TEXTS: Final = st.none() | lines()


class _Drawn(Telling):
    """Texts and numbers as Hypothesis draws them; the simplest is the usual text."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw

    def text(self, said: str) -> str:
        return self._draw(_TEXTS) or said

    def number(self, usual: int, low: int, high: int) -> int:  # noqa: ARG002 - drawn anew
        return self._draw(st.integers(low, high))


@st.composite
def sound_models(
    draw: st.DrawFn, *, size: int | None = None, shape: Shape = "plan"
) -> Model:
    """Return a strategy for models in which a check finds nothing on `DAY`.

    They have about *size* elements, but never fewer than a sound model of the shape
    needs. There are several goals or only one, declined needs or none, and so on.
    """
    least = least_of(shape)
    if size is None:
        extras = draw(st.integers(0, _MOST_EXTRAS))
    else:
        extras = size - _smallest(shape)
    return sound_model(shape, _outline(draw, least, extras), _Drawn(draw))


@cache
def _smallest(shape: Shape) -> int:
    """Return how many elements the smallest model of a shape has."""
    return sum(1 for _ in sound_elements(shape, least_of(shape), Telling()))


def _outline(draw: st.DrawFn, least: Outline, extras: int) -> Outline:
    counts: dict[str, int] = asdict(least)
    left = extras
    while left > 0:
        able = [
            name
            for name, cost in _COST.items()
            if cost <= left and counts[name] < _MOST.get(name, left + counts[name])
        ]
        name = able[draw(st.integers(0, len(able) - 1))]
        counts[name] += 1
        left -= _COST[name]
    return Outline(**counts)


@st.composite
def broken_models(
    draw: st.DrawFn, code: str | None = None, *, size: int | None = None
) -> Broken:
    """Return a strategy for models with one fault: of a code, or of any.

    The model was drawn sound, and says about itself what is wrong with it, and where.
    Raises `NotFoundError` for a code of which no fault is known.
    """
    fault = _fault(draw, code)
    model = draw(sound_models(size=size, shape=fault.shape))
    changes = tuple(islice(fault.fitting(model), _MOST_WAYS))
    if not changes:
        reject()
    return fault.broken(model, changes[draw(st.integers(0, len(changes) - 1))])


def _fault(draw: st.DrawFn, code: str | None) -> Fault:
    if code is None:
        known: Sequence[Fault] = tuple(FAULTS.values())
        return known[draw(st.integers(0, len(known) - 1))]
    if code not in FAULTS:
        raise NotFoundError("fault", code, nearest(code, FAULTS))
    return FAULTS[code]
