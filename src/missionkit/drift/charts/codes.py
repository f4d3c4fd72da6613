"""What a chart cannot be drawn of."""

from typing import Final

from missionkit.issue import Code, Severity

TOO_SHORT: Final = Code(
    "MK-DRF-090",
    Severity.ERROR,
    "limits from few points are limits by chance",
    "give more points, or the center and the sigma of another time",
    act="Gather figures of more periods before limits are set",
    by="reviewer",
)
NO_SPREAD: Final = Code(
    "MK-DRF-091",
    Severity.ERROR,
    "without any spread nothing tells what is usual",
    "check that the figure is measured anew each period, or give a sigma above zero",
    act="Check figures that never move",
    by="reviewer",
)
NO_NUMBERS: Final = Code(
    "MK-DRF-092",
    Severity.ERROR,
    "a chart is drawn of figures in the order of their periods",
    "give a series, or a list of numbers",
    act="Give figures as a list, in the order of their periods",
    by="reviewer",
)
