"""What ranges of few normal figures are like: the constants of control charts.

They are derived from their definitions rather than copied from a printed table, which
rounds them: d2 and d3 are the mean and the deviation of the range of n standard normal
figures, d4 its median, c4 the mean of their standard deviation.
"""

from math import exp, lgamma, sqrt
from typing import Annotated, Final

from attrs import frozen

from missionkit.domain.declaration import value
from missionkit.domain.marks import Between

# Mean, deviation and median of the range; two figures are close to 1.128 and 0.853.
_RANGES: Final = {
    2: (1.1283791670955126, 0.8525024664274214, 0.9538725524089398),
    3: (1.6925687506432689, 0.8883680040452, 1.5877877504463),
    4: (2.0587507460079, 0.8798082028250, 1.9783204855397),
    5: (2.3259289472810, 0.8640819410995, 2.2568824930262),
    6: (2.5344127212229, 0.8480396861175, 2.4716516047935),
    7: (2.7043567512138, 0.8332053356223, 2.6454520357731),
    8: (2.8472006120906, 0.8198314897919, 2.7908407571363),
    9: (2.9700263244185, 0.8078342745533, 2.9154379134058),
    10: (3.0775054616703, 0.7970506735194, 3.0242015729726),
}
_SIGMAS: Final = 3
_MOST: Final = max(_RANGES)


@frozen
@value
class ChartConstants:
    """The constants of charts of *size* figures at a time, from 2 to 10.

    A2, D3, D4 make limits of the mean range; A3, B3, B4 of the mean deviation; E2
    makes those of single figures (NIST/SEMATECH e-Handbook 6.3.2). Printed tables say
    2.660 for the E2 of two, where 3 / 1.128379 is 2.6587.

    >>> round(ChartConstants(2).d2, 3)
    1.128
    """

    size: Annotated[int, Between(2, _MOST)] = 2

    @property
    def d2(self) -> float:
        """The mean of the range, in sigmas."""
        return _RANGES[self.size][0]

    @property
    def d3(self) -> float:
        """The standard deviation of the range, in sigmas."""
        return _RANGES[self.size][1]

    @property
    def d4(self) -> float:
        """The median of the range, in sigmas."""
        return _RANGES[self.size][2]

    @property
    def c4(self) -> float:
        """The mean of the standard deviation, in sigmas."""
        n = self.size
        return sqrt(2 / (n - 1)) * exp(lgamma(n / 2) - lgamma((n - 1) / 2))

    @property
    def A2(self) -> float:  # noqa: N802 - the name that books give it
        """What times the mean range is three sigmas of a mean."""
        return _SIGMAS / (self.d2 * sqrt(self.size))

    @property
    def A3(self) -> float:  # noqa: N802 - the name that books give it
        """What times the mean deviation is three sigmas of a mean."""
        return _SIGMAS / (self.c4 * sqrt(self.size))

    @property
    def B3(self) -> float:  # noqa: N802 - the name that books give it
        """What times the mean deviation is the lower limit of deviations."""
        return max(0.0, 1 - self._deviations)

    @property
    def B4(self) -> float:  # noqa: N802 - the name that books give it
        """What times the mean deviation is the upper limit of deviations."""
        return 1 + self._deviations

    @property
    def D3(self) -> float:  # noqa: N802 - the name that books give it
        """What times the mean range is the lower limit of ranges."""
        return max(0.0, 1 - _SIGMAS * self.d3 / self.d2)

    @property
    def D4(self) -> float:  # noqa: N802 - the name that books give it
        """What times the mean range is the upper limit of ranges."""
        return 1 + _SIGMAS * self.d3 / self.d2

    @property
    def E2(self) -> float:  # noqa: N802 - the name that books give it
        """What times the mean range is three sigmas of a single figure."""
        return _SIGMAS / self.d2

    @property
    def _deviations(self) -> float:
        return _SIGMAS * sqrt(1 - self.c4**2) / self.c4
