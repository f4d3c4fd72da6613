"""How much of the model hangs together, as shares that can be counted again."""

from collections.abc import Iterator
from typing import Final

from missionkit.report.blocks import Figure, Grid, Paragraph, Section
from missionkit.report.inline import Faint, Inline
from missionkit.report.pictures.bars import Bar, bars
from missionkit.report.view import PackView
from missionkit.trace.metric import Metric

ORDER: Final = 60
_MISSING: Final = 20
_HEAD: Final = ("Share", "Of", "Counted", "Missing")


def section(view: PackView) -> Section:
    """Return the shares as bars, and as a table with what is missing."""
    metrics = view.coverage.metrics
    picture = bars("Coverage", [_bar(metric) for metric in metrics])
    counted = (
        "Each share with the elements that it counts; what is empty is not judged."
    )
    blocks = (
        Figure(picture, "How much hangs together: the longer the bar, the more."),
        Paragraph(counted),
        Grid(_HEAD, list(_rows(view))),
    )
    return Section(title="Coverage", id="coverage", blocks=blocks)


def _bar(metric: Metric) -> Bar:
    if metric.value is None:
        return Bar(metric.name, None, f"not judged: {metric.reason}")
    return Bar(metric.name, metric.value, f"{metric.percent} ({_counted(metric)})")


def _counted(metric: Metric) -> str:
    return f"{len(metric.numerator)} of {len(metric.denominator)}"


def _rows(view: PackView) -> Iterator[tuple[Inline, ...]]:
    for metric in view.coverage.metrics:
        judged = metric.value is not None
        yield (
            metric.name,
            metric.meaning,
            f"{metric.percent} ({_counted(metric)})" if judged else Faint("not judged"),
            view.named(metric.missing, _MISSING) or Faint(metric.reason or "nothing"),
        )
