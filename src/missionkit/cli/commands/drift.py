"""``missionkit drift``: whether an organization is leaving its mission, and how."""

import sys
from collections.abc import Iterable, Mapping
from contextlib import redirect_stdout
from datetime import date
from io import StringIO
from typing import Annotated, Final, Literal, TypeAlias

from cyclopts import Parameter

from missionkit.cli.codes import WRONG_OPTION
from missionkit.cli.drifting import Table, Told, first_unused
from missionkit.cli.options import settings_from
from missionkit.cli.project import Project, project_here
from missionkit.cli.status import CLEAN, FINDINGS
from missionkit.cli.stores import Form, show
from missionkit.cli.terminal import File, Path, Switch, called, loaded, today
from missionkit.domain.conduct import ActivityRecord, RevenueRecord
from missionkit.domain.model import Model
from missionkit.drift.find import USUAL, find_drift
from missionkit.drift.indicator_catalog import INDICATORS, indicator_of
from missionkit.drift.ledger.calendar import By, month, quarter, year
from missionkit.drift.raising import raised
from missionkit.drift.report import DriftReport
from missionkit.errors import InvalidValueError, NotFoundError
from missionkit.formats.load import save
from missionkit.issue import Issue, nearest
from missionkit.markup import shown
from missionkit.ports.indicator import Indicator

Many: TypeAlias = Annotated[tuple[str, ...], Parameter(negative=(), show_default=False)]
"""An option that can be given more than once."""

Each: TypeAlias = Literal["month", "quarter", "year"]
Mark: TypeAlias = Literal[".", ","]

_CUTS: Final[Mapping[str, By]] = {"month": month, "quarter": quarter, "year": year}


def command(  # noqa: PLR0913 - the options of one command
    file: File,
    /,
    *,
    activities: Path | None = None,
    revenue: Path | None = None,
    columns: Many = (),
    currency: str = "",
    dates: str = "",
    decimal: Mark = ".",
    on: date | None = None,
    using: Many = (),
    by: Each | None = None,
    season: int | None = None,
    level: float = 0.05,
    least: Many = (),
    limit: Many = (),
    raise_: Annotated[Path | None, Parameter(name="--raise")] = None,
    format: Form = "text",
    lenient: Switch = False,
    plugins: bool | None = None,
    isolated: Switch = False,
) -> int:
    """Print for each figure whether it drifted, since when, and what moved it.

    Figures are made of tables of activities and of receipts, or else of the snapshots
    in the document. The exit status is 1 where a shift is covered by no decision that
    was taken in time.

    Args:
        file: A missionkit document or a StratML plan; - is the standard input.
        activities: A CSV file with a row for each activity: on, what, hours, serves.
        revenue: A CSV file with a row for each receipt: on, client, amount, recurring.
        columns: The column of a field, where it has another name: hours=Time, or for
            one of the tables alone: activities.on=Day.
        currency: The currency of all amounts, where no column tells it.
        dates: How days are written, such as %d.%m.%Y; year-month-day unless given.
        decimal: The decimal mark of numbers: a point or a comma.
        on: The day to judge, such as 2026-03-31; today unless given.
        using: A figure to ask about, also one of a plug-in; the usual unless given.
        by: The periods of a figure; months unless given, or as long as snapshots.
        season: After how many periods a year begins anew; 1 where there is no season.
        level: The share of false alarms among all figures together.
        least: The smallest shift of a figure that matters: effort-on-mission=0.03.
        limit: Judge by another limit: unnamed_revenue=0.1.
        raise_: Write the document to this file, with a signal of each drift that a
            review has to answer.
        format: Plain text, JSON, or an HTML page.
        lenient: Keep unknown fields of a missionkit document aside.
        plugins: Look for figures also in plug-ins, which is the default.
        isolated: Leave the settings of the project aside.
    """
    said = settings_from(limit=limit, plugins=plugins)
    shifts = _numbers("--least", least)
    project = Project() if isolated else project_here()
    plugged = (project.settings | said).plugins is not False
    model = loaded(file, lenient=lenient).model
    day = on or today()
    tables = Table(columns=columns, currency=currency, dates=dates, decimal=decimal)
    hours = tables.read("activities", ActivityRecord, activities, day)
    receipts = tables.read("revenue", RevenueRecord, revenue, day)
    with redirect_stdout(sys.stderr or StringIO()):  # what a plug-in prints is not ours
        figures = _figures(using, plugged=plugged)
        report = find_drift(
            model,
            on=day,
            activities=hours,
            revenue=receipts,
            using=figures,
            by=_CUTS[by] if by else None,
            season=season,
            level=level,
            least=shifts,
            limits={**_known(figures, project), **(said.limits or {})},
        )
    signals = _raised(model, report, day, raise_)
    ledgers = [each for each in (hours, receipts) if each is not None]
    told = Told(
        report=report,
        unused=first_unused(ledgers),
        raised=signals,
        hint=_hint(report, signals, raise_),
    )
    title = model.root.name if model.root else called(file)
    show(told, format, title="Drift", stream=title)
    return FINDINGS if report.drift else CLEAN


def _figures(using: Iterable[str], *, plugged: bool) -> tuple[Indicator, ...]:
    names = tuple(using) or USUAL
    for name in names if not plugged else ():
        if name not in INDICATORS:
            raise NotFoundError("indicator", name, nearest(name, INDICATORS))
    return tuple(map(indicator_of, names))


def _known(figures: Iterable[Indicator], project: Project) -> dict[str, float]:
    """Return which limits of the project the figures have; the others are of rules."""
    names = {str(spec.name) for each in figures for spec in each.limits}
    given = project.settings.limits or {}
    return {name: held for name, held in given.items() if name in names}


def _numbers(option: str, given: Iterable[str]) -> dict[str, float]:
    found: dict[str, float] = {}
    faults: list[Issue] = []
    for text in given:
        name, sign, number = (part.strip() for part in text.partition("="))
        try:
            found[name] = float(number)
        except ValueError:
            sign = ""
        if not (sign and name):
            said = f"{option} {shown(text)} is not written as NAME=SHIFT."
            fix = "missionkit drift --help shows how the options are written"
            faults.append(WRONG_OPTION.issue(said, path=option, value=text, fix=fix))
    if faults:
        raise InvalidValueError("drift", tuple(faults))
    return found


def _raised(
    model: Model, report: DriftReport, day: date, target: str | None
) -> tuple[str, ...]:
    """Write the model with the signals of all drift, and return their ids."""
    if target is None:
        return ()
    ids = []
    for finding in report.drift:
        signal = raised(finding, model, day)
        model = model.with_(signal)
        ids.append(str(signal.id))
    save(model, target)
    return tuple(ids)


def _hint(report: DriftReport, signals: tuple[str, ...], target: str | None) -> str:
    if target is not None:
        many = len(signals)
        return f"{target}: {many} signal{'' if many == 1 else 's'} to be answered"
    if not report.drift:
        return ""
    return "With --raise FILE the drift becomes signals that a review has to answer."
