"""The port of detectors: a series goes in, a finding with three values comes out.

A detector reads nothing but the view. It never fills a gap, and says "not enough data"
where it cannot tell. It draws, where it must, from ``Random(view.seed).random()`` only.
"""

from typing import Protocol, runtime_checkable

from attrs import frozen

from missionkit.domain.declaration import value
from missionkit.domain.values import Ratio, Weight
from missionkit.ports.finding import Finding
from missionkit.ports.series import Series


@frozen(kw_only=True)
@value
class DetectorView:
    """What a detector sees: a series, and how sure the caller wants to be.

    `level` is the share of false alarms that the caller accepts. `least` is the
    smallest shift that matters to the caller, in the unit of the series; without one a
    detector says which it took. `seed` is where draws start.
    """

    series: Series
    level: Ratio = 0.05
    least: Weight | None = None
    seed: int = 0


@runtime_checkable
class Detector(Protocol):
    """What judges a series."""

    @property
    def name(self) -> str:
        """Return the name; one of a third party is written ``vendor.name``."""

    @property
    def version(self) -> str:
        """Return the version; it changes with every change of a verdict."""

    def __call__(self, view: DetectorView, /) -> Finding:
        """Return what the series shows; never raise for content.

        Equal views give equal findings. Neither the unit of the values nor where their
        zero lies changes a verdict, unless they are counts; values with their sign
        reversed drift the other way. Values that never move are no drift, and too few
        are not enough data. A stricter level never finds more, and of calm, independent
        series no larger share is called drift than the level says.
        """
        ...
