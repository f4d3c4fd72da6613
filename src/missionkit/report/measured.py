"""Targets and readings, in words and as a small line."""

from datetime import timedelta
from decimal import Decimal

from missionkit.domain.measure import Observation, TargetSetting
from missionkit.drawing.shapes import number
from missionkit.report.inline import Drawn, Faint, Inline
from missionkit.report.pictures.sparkline import in_words, sparkline
from missionkit.report.results import Result


def target_said(result: Result) -> Inline:
    """Return the target with its unit, and the one before it where it was changed."""
    target, before = result.target, result.before
    unit = result.measure.unit or ""
    if target is None:
        return Faint("none")
    if before is None or target.since is None:
        return amount_said(target, unit)
    until = target.since - timedelta(days=1)
    return (
        amount_said(target, unit),
        " ",
        Faint(f"({amount_said(before)} until {until})"),
    )


def course(result: Result) -> Inline:
    """Return the readings as a line, with the target; nothing for less than two."""
    values = [taken.value for taken in result.readings if taken.value is not None]
    line = sparkline(values, result.target.value if result.target else None)
    return Drawn(line, in_words(values)) if line else ""


def grouped(amount: Decimal) -> str:
    """Return a number as people write large ones.

    >>> grouped(Decimal("9400000.50"))
    '9,400,000.50'
    """
    huge = abs(amount.adjusted()) > 20  # noqa: PLR2004 - as many digits as one can read
    return number(amount) if huge else f"{amount:,f}"


def percent(ratio: float) -> str:
    """Return a ratio from 0 to 1 in whole percent.

    >>> percent(0.25)
    '25 %'
    """
    return f"{ratio * 100:.0f} %"


def amount_said(of: TargetSetting | Observation, unit: str = "") -> str:
    """Return a number with its unit, or words, which need none."""
    if of.value is None:
        return of.descriptor or ""
    return f"{number(of.value)} {unit}".rstrip()
