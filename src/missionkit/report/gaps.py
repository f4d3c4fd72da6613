"""What is missing, in a manager's words: the shares that steer, and what is late."""

from collections.abc import Container, Iterator
from typing import Final

from missionkit.report.inline import Inline, Strong
from missionkit.report.view import PackView

_TIMELY: Final = {
    "action timeliness": "actions are done in time or not yet due",
    "review punctuality": "reviews were followed by the next in time",
    "measurement freshness": "measures are read as often as they should be",
}
_SHARES: Final = {
    "need coverage": "accepted needs are answered by an objective",
    "objective measurability": "objectives have a measure",
    "process purposefulness": "processes have a purpose",
    **_TIMELY,
}


def gaps(view: PackView, told: Container[str]) -> Iterator[Inline]:
    """Yield what has no name, and each share that is not whole, but nothing *told*."""
    if view.origin.unnamed:
        unnamed = ", ".join(view.origin.unnamed)
        said = " without a name in the document: a stand-in is shown, or nothing."
        yield (Strong(unnamed), said)
    for name, words in _SHARES.items():
        metric = view.coverage[name]
        missing = [ref for ref in metric.missing if ref in view.model]
        if all(ref in told for ref in missing):
            continue
        late = "Late" if name in _TIMELY else "Not yet"
        counted = f"{len(metric.numerator)} of {len(metric.denominator)}"
        yield (Strong(counted), f" {words}. {late}: {view.named(missing)}.")
