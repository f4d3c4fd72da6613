"""Start and end dates, used only where they can be read and make a period."""

from collections.abc import Collection
from datetime import date
from typing import Final

from missionkit.domain.values import Period
from missionkit.formats import codes
from missionkit.formats.stratml.ledger import Ledger
from missionkit.formats.stratml.texts import day
from missionkit.formats.stratml.vocabulary import is_placeholder
from missionkit.formats.xmltree import Node

_BOTH: Final = ("StartDate", "EndDate")


def read_dates(
    ledger: Ledger, node: Node, *, take: Collection[str] = _BOTH
) -> tuple[date | None, date | None]:
    """Return StartDate and EndDate of *node*; neither, where the end comes first.

    Those named in *take* are taken out of the plan: a field holds them.
    """
    starts, start = find_day(ledger, node, "StartDate")
    ends, end = find_day(ledger, node, "EndDate")
    if start and end and end < start:
        message = f"{node.name} ends on {end}, before it starts on {start}"
        ledger.report(codes.REVERSED_PERIOD, message, node, value=f"{start} to {end}")
        return None, None
    for child, found in ((starts, start), (ends, end)):
        if child and found and child.name in take:
            _take(ledger, child, found)
    return start, end


def find_day(ledger: Ledger, node: Node, name: str) -> tuple[Node | None, date | None]:
    """Return the first child so named that is not blank, and the day it names."""
    for child in ledger.children(node, name):
        said = child.all_text().strip()
        if said and (found := day(said)):
            return child, found
        if said:
            known = is_placeholder(said)
            code = codes.PLACEHOLDER if known else codes.BAD_DATE
            word = "is a placeholder" if known else "is not a date"
            ledger.report(code, f"{name} of {node.name} {word}", child, value=said)
            return child, None
    return None, None


def period(start: date | None, end: date | None) -> Period | None:
    """Return the period between two days, or None where neither is known."""
    return Period(start, end) if start or end else None


def _take(ledger: Ledger, child: Node, found: date) -> None:
    said = child.all_text().strip()
    if said == found.isoformat():
        ledger.take(child)
    else:
        message = f"the time or zone of {child.name} was left out"
        ledger.report(codes.CHANGED_TEXT, message, child, value=said)
