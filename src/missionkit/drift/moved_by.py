"""What moved a figure that shifted: looked up where the figure was made from."""

from missionkit.ports.finding import Finding
from missionkit.ports.indicator import IndicatorView


def with_drivers(finding: Finding, view: IndicatorView) -> Finding:
    """Return the finding with what moved it."""
    return finding
