"""How far the organization is covered: needs, measures, lines, reviews, evidence."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from attrs import frozen

from missionkit.domain.checking import refuse_no_day
from missionkit.domain.model import Model, refuse_no_model
from missionkit.errors import NotFoundError
from missionkit.issue import nearest
from missionkit.markup import columns, shortened, table
from missionkit.trace.linkage import linkage
from missionkit.trace.metric import Metric
from missionkit.trace.records import records
from missionkit.trace.timeliness import timeliness

_NAMED: Final = 3
_WIDE: Final = 100


@frozen(kw_only=True)
class Coverage:
    """Every metric of coverage, on a day where one was given."""

    metrics: tuple[Metric, ...]
    on: date | None = None

    def __iter__(self) -> Iterator[Metric]:
        """Yield the metrics."""
        return iter(self.metrics)

    def __len__(self) -> int:
        """Return how many metrics there are."""
        return len(self.metrics)

    def __getitem__(self, name: str) -> Metric:
        """Return a metric by its name, or raise `NotFoundError`."""
        for metric in self.metrics:
            if metric.name == name:
                return metric
        known = (metric.name for metric in self.metrics)
        raise NotFoundError("metric", name, nearest(name, known))

    def __repr__(self) -> str:
        """Return the shares by name."""
        shares = (f"{each.name} {each.percent or 'not judged'}" for each in self)
        return f"<Coverage: {', '.join(shares)}>"

    def __str__(self) -> str:
        """Return one line for each metric: the share, of what, and what is missing."""
        return columns([self._head(), *map(_row, self.metrics)])

    def _repr_html_(self) -> str:
        return table(self._head(), map(_row, self.metrics))

    def _head(self) -> tuple[str, ...]:
        day = f" on {self.on}" if self.on else ""
        return (f"coverage{day}", "share", "counted", "missing, or why not judged")


def _row(metric: Metric) -> tuple[str, ...]:
    if metric.value is None:
        return metric.name, metric.percent, "", metric.reason
    counted = f"{len(metric.numerator):,} of {len(metric.denominator):,}"
    missing = metric.missing
    more = f" and {len(missing) - _NAMED:,} more" if len(missing) > _NAMED else ""
    named = shortened(", ".join(missing[:_NAMED]), _WIDE) + more
    rest = "; ".join(part for part in (named, metric.reason) if part)
    return metric.name, metric.percent, counted, rest


def coverage(model: Model, *, on: date | None = None) -> Coverage:
    """Return how far *model* is covered; what depends on the day needs *on*.

    Each metric lists what it counts, and says why where there is nothing to judge.
    Raises `InvalidValueError` where *on* is no date.
    """
    refuse_no_model(model, "coverage")
    if on is not None:
        refuse_no_day(on, "coverage")
    metrics = (*linkage(model, on), *records(model, on), *timeliness(model, on))
    return Coverage(metrics=metrics, on=on)
