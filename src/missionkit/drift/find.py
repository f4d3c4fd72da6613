"""`find_drift`: the figures that can be made, judged together, with what moved them."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final

from attrs import field, frozen

from missionkit.domain.checking import refuse_no_day
from missionkit.domain.codes import WRONG_TYPE
from missionkit.domain.conduct import (
    ActivityRecord,
    AllocationSnapshot,
    Ledger,
    RevenueRecord,
    RevenueSnapshot,
)
from missionkit.domain.model import Model, refuse_no_model
from missionkit.domain.values import Period
from missionkit.drift.asking import ASKED, Options, indicators_of
from missionkit.drift.covering.adaptation import matched
from missionkit.drift.detectors.level_shift import LEVEL_SHIFT
from missionkit.drift.discovery import discoveries
from missionkit.drift.indicator_catalog import lacking
from missionkit.drift.ledger.calendar import By, month, periods, quarter, year
from missionkit.drift.moved.by import with_drivers, with_few_drivers
from missionkit.drift.report import DriftReport, NotAsked
from missionkit.drift.timeline import Span, span_of
from missionkit.errors import InvalidValueError
from missionkit.markup import shown
from missionkit.ports.detector import Detector, DetectorView
from missionkit.ports.finding import Finding
from missionkit.ports.indicator import Indicator, IndicatorView
from missionkit.ports.limits import limits_of
from missionkit.ports.series import Series

USUAL: Final = (
    "effort-on-mission",
    "effort-off-mission",
    "effort-for-purpose",
    "plan-total-variation",
    "recurring-share",
    "monthly-recurring-revenue",
    "effective-clients",
    "client-fit",
    "easy-unfit-revenue",
)
"""The figures that are asked about unless others are named: one for each question.

The more figures are asked about at once, the more each must show."""

_YEAR: Final = 365.25


@frozen(kw_only=True)
class _Asked:
    """What is asked of each figure."""

    view: IndicatorView
    detector: Detector
    level: float
    least: Mapping[str, float] = field(factory=dict)
    seed: int = 0


def find_drift(  # noqa: PLR0913 - options of one question, by keyword
    model: Model,
    *,
    on: date,
    activities: Ledger[ActivityRecord] | None = None,
    revenue: Ledger[RevenueRecord] | None = None,
    using: Iterable[Indicator | str] = USUAL,
    detector: Detector = LEVEL_SHIFT,
    by: By | None = None,
    season: int | None = None,
    level: float = 0.05,
    least: Mapping[str, float] | None = None,
    limits: Mapping[str, float] | None = None,
    seed: int = 0,
) -> DriftReport:
    """Return what became of the figures of an organization until a day.

    Figures are made of the ledgers, or where there are none of the model's snapshots,
    for every whole period before *on*: months, or as long as the snapshots are, unless
    *by* says otherwise. *using* names indicators, ours or installed ones. *season* is
    after how many periods a year begins anew; 1 where figures have no season. *level*
    is the share of false alarms among all figures together, and *least* says for each
    indicator which shift matters, in its unit.

    A shift is told with what moved it, and with the decisions that cover it.

    Raises:
        InvalidValueError: an argument is of the wrong type or out of its range.
        NotFoundError: there is no indicator of a name.
        PluginError: an indicator of a third party failed.
    """
    refuse_no_model(model, ASKED)
    refuse_no_day(on, ASKED)
    asked = indicators_of(using)
    Options(
        ledgers={"activities": activities, "revenue": revenue},
        detector=detector,
        by=by,
        season=season,
        level=level,
        least=least,
        limits=limits,
        seed=seed,
    ).refuse(asked)
    specs = [spec for each in asked for spec in each.limits]
    ledgers = tuple(each for each in (activities, revenue) if each is not None)
    found = _periods(model, ledgers, on, by)
    view = IndicatorView(
        model=model,
        on=on,
        activities=activities,
        revenue=revenue,
        periods=found,
        season=season or _season(found),
        limits=limits_of(specs, model, limits or {}),
    )
    question = _Asked(
        view=view, detector=detector, level=level, least=least or {}, seed=seed
    )
    findings = discoveries(_findings(question, asked))
    return DriftReport(
        findings=tuple(
            with_few_drivers(matched(with_drivers(each, view), model, on))
            for each in findings
        ),
        not_asked=tuple(_not_asked(asked, view)),
        unused=sum(1 for ledger in ledgers for _ in ledger.unused()),
        on=on,
        period=Period(found[0].start, found[-1].end) if found else None,
        level=level,
    )


def _findings(asked: _Asked, using: Iterable[Indicator]) -> Iterator[Finding]:
    for indicator in using:
        if not lacking(indicator, asked.view):
            for series in indicator(asked.view):
                yield _judged(asked, series)


def _judged(asked: _Asked, series: Series) -> Finding:
    view = DetectorView(
        series=series,
        level=asked.level,
        least=asked.least.get(series.indicator),
        seed=asked.seed,
    )
    found: object = asked.detector(view)
    if not isinstance(found, Finding):
        said = f"the detector must give a finding, got {shown(found)}."
        issue = WRONG_TYPE.issue(said, path="detector", value=found)
        raise InvalidValueError(ASKED, (issue,))
    return found


def _not_asked(using: Iterable[Indicator], view: IndicatorView) -> Iterator[NotAsked]:
    for indicator in using:
        if missing := lacking(indicator, view):
            names = " and no ".join(each.replace("_", " ") for each in missing)
            yield NotAsked(indicator.name, f"for there is no {names}")


def _periods(
    model: Model,
    ledgers: Iterable[Ledger[ActivityRecord] | Ledger[RevenueRecord]],
    on: date,
    by: By | None,
) -> tuple[Period, ...]:
    """Return the whole periods from the first record or snapshot until a day."""
    given = tuple(ledgers)
    held = [each.period for each in model.of(AllocationSnapshot)]
    held += [each.period for each in model.of(RevenueSnapshot)]
    spans = [span for period in held if (span := span_of(period))]
    firsts = (min((record.on for record in each), default=on) for each in given)
    first = min((*firsts, *(span.start for span in spans)), default=on)
    cut = by if by is not None else month if given else _as_long(spans)
    found = periods(first, on, by=cut) if first <= on else ()
    return tuple(each for each in found if each.end is not None and each.end <= on)


def _as_long(spans: Iterable[Span]) -> By:
    """Return the shortest way to cut the years in which every snapshot is whole."""
    held = [(span.start, span.end) for span in spans]
    for cut in (month, quarter):
        if all(end <= (cut(start).end or end) for start, end in held):
            return cut
    return year


def _season(found: Iterable[Period]) -> int:
    """Return after how many of the periods a year begins anew."""
    lengths = [
        (each.end - each.start).days + 1 for each in found if each.start and each.end
    ]
    return max(1, round(_YEAR * len(lengths) / sum(lengths))) if lengths else 1
