"""What a pack says of drift: what was found, without names where people are hidden."""

from datetime import date

from attrs import evolve, frozen

from missionkit.domain.conduct import (
    ActivityRecord,
    AllocationSnapshot,
    Ledger,
    RevenueRecord,
    RevenueSnapshot,
)
from missionkit.domain.model import Model
from missionkit.drift.find import find_drift
from missionkit.drift.payers import Payers, payers
from missionkit.drift.report import DriftReport
from missionkit.report.people import Hiding, hiding


@frozen(kw_only=True)
class Drifted:
    """The findings, and who paid in the last year; None where there is no revenue."""

    report: DriftReport
    payers: Payers | None = None


def drifted(
    model: Model,
    *,
    on: date,
    activities: Ledger[ActivityRecord] | None = None,
    revenue: Ledger[RevenueRecord] | None = None,
    people: bool = False,
) -> Drifted | None:
    """Return what became of the figures until a day; None where there are no figures.

    The figures are made before names are hidden, as ledgers name what models do.
    """
    ledgers = activities is not None or revenue is not None
    paid = revenue is not None or bool(model.of(RevenueSnapshot))
    if not (ledgers or paid or model.of(AllocationSnapshot)):
        return None
    report = find_drift(model, on=on, activities=activities, revenue=revenue)
    if report.period is None:
        return None
    held = payers(model, report.period, on=on, revenue=revenue) if paid else None
    found = Drifted(report=report, payers=held)
    return found if people else _without_names(found, hiding(model))


def _without_names(found: Drifted, hide: Hiding) -> Drifted:
    findings = tuple(hide.finding(each) for each in found.report.findings)
    report = evolve(found.report, findings=findings)
    if found.payers is None:
        return Drifted(report=report)
    paid = {hide.text(name): held for name, held in found.payers.paid.items()}
    held = evolve(found.payers, paid=paid, reason=hide.text(found.payers.reason))
    return Drifted(report=report, payers=held)
