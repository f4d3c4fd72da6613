"""By what the Trust sees whether objectives are reached and processes work."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from attrs import evolve

from missionkit.domain.declaration import Element
from missionkit.domain.ids import ObjectiveId, ProcessId, SuccessMeasureId
from missionkit.domain.measure import (
    Direction,
    MeasureKind,
    SuccessMeasure,
    TargetSetting,
    ValueChainStage,
)
from missionkit.domain.values import Cadence, Descriptor, DescriptorScale, Unit
from missionkit.samples.harbour import parties
from missionkit.samples.tables import rows

# id | objective | name | unit
#   | which values are good | rhythm | baseline worst threshold | targets 2025, 2026
OF_OBJECTIVES: Final = """
homes-at-c | epc-c | Homes at energy band C or better | % of homes
    | higher | month | 71 65 74 | 75 82
damp-over-60 | damp-solved | Damp and mold cases open for over 60 days | cases
    | lower | month | 96 120 60 | 50 0
hazards-on-time | hazards-in-time | Hazards made safe within the legal days
    | % of hazards
    | higher | month | 88 80 95 | 97 100
checks-done | checks-in-date | Safety checks in date | % of checks
    | higher | month | 98.2 95 99 | 99.8 100
fixed-first-time | first-time-fix | Repairs finished at the first visit | % of repairs
    | higher | month | 79 70 82 | 84 88
answers-in-ten-days | complaints-answered | Complaints answered within ten days
    | % of complaints
    | higher | month | 84 60 85 | 92 95
bills-explained | charges-explained | Bills with a breakdown | % of bills
    | higher | quarter | 20 0 50 | 60 100
homes-handed-over | new-homes | New homes handed over since January | homes
    | higher | quarter | 88 40 90 | 100 120
relet-days | relet-time | Days from keys back to keys out, on average | days
    | lower | month | 38 45 32 | 30 24
lets-to-homeless | homeless-half | Lettings to homeless households | % of lettings
    | higher | quarter | 39 30 40 | 45 50
cover | interest-cover | Interest cover, rolling year | times interest
    | higher | quarter | 1.55 1.10 1.25 | 1.45 1.40
arrears-rate | arrears | Rent arrears of current tenants | % of rent due
    | lower | month | 5.1 7.0 4.8 | 4.5 4.0
records-complete | records-true | Home records complete and checked | % of homes
    | higher | month | 87 80 90 | 94 98
lost-time-injuries | harm-free | Lost-time injuries, rolling year | per 1,000 employees
    | lower | quarter | 6.5 10 6 | 5 4
leavers | people-stay | Employees who left of their own accord, rolling year
    | % of employees
    | lower | quarter | 16.2 22 15 | 14 12
estates-a-or-b | clean-estates | Estates graded A or B | % of estates
    | higher | quarter | 79 60 80 | 85 90
homes-kept | tenancies-kept | Supported tenancies kept for a year | % of tenancies
    | higher | quarter | 84 75 85 | 87 90
quay-lets | quay-apartments | Quay Street apartments let since January | apartments
    | higher | quarter | 0 5 20 | 25 40
"""

# The same columns; those of a process warn earlier than those of an objective.
OF_PROCESSES: Final = """
actions-on-time | mission-management | Actions of the board done on time | % of actions
    | higher | quarter | 61 40 70 | 80 85
satisfied-with-repair | repairs | Tenants satisfied with their repair | % of answers
    | higher | month | 76 60 78 | 82 85
repairs-a-day | repairs | Repairs per operative and day | repairs
    | higher | month | 3.1 2.4 3.2 | 3.6 3.8
visits-arranged | building-safety | Checks due in 30 days with a visit arranged
    | % of checks
    | higher | month | 82 70 88 | 92 96
surveys-ahead | home-upgrades | Surveys done eight weeks before works | % of homes
    | higher | quarter | 54 30 65 | 75 85
offers-accepted | lettings | First offers that are accepted | % of offers
    | higher | quarter | 58 40 62 | 66 70
early-contacts | income | First missed rents followed by a talk in a week | % of cases
    | higher | month | 49 30 60 | 70 80
starts | development | Homes started on site since January | homes
    | higher | quarter | 96 40 100 | 120 140
training-days | people-development | Days of training, rolling year | days per employee
    | higher | quarter | 2.6 1.0 3.0 | 4.0 5.0
"""
LEADING: Final = frozenset(
    {
        "repairs-a-day",
        "visits-arranged",
        "surveys-ahead",
        "offers-accepted",
        "early-contacts",
        "starts",
        "training-days",
    }
)


def _measure(cells: list[str], of: ObjectiveId | ProcessId) -> SuccessMeasure:
    ref, _, name, unit, good, rhythm, levels, targets = cells
    baseline, worst, threshold = map(Decimal, levels.split())
    last, this = map(Decimal, targets.split())
    return SuccessMeasure(
        id=SuccessMeasureId(ref),
        name=name,
        of=of,
        direction=Direction(good),
        stage=_stage(of, leading=ref in LEADING),
        unit=unit,
        baseline=baseline,
        threshold=threshold,
        worst=worst,
        targets=_targets(last, this),
        frequency=Cadence(1, Unit(rhythm)),
        leading=ref in LEADING,
    )


def _stage(of: str, *, leading: bool) -> ValueChainStage:
    if leading:
        return ValueChainStage.INPUT_PROCESSING
    outcome = of not in {"new-homes", "quay-apartments", "charges-explained"}
    return ValueChainStage.OUTCOME if outcome else ValueChainStage.OUTPUT


def _targets(last: Decimal, this: Decimal) -> tuple[TargetSetting, ...]:
    return (
        TargetSetting(
            value=last,
            since=date(2025, 1, 1),
            until=date(2025, 12, 31),
            by=parties.CHIEF,
            why="Plan for 2025",
        ),
        TargetSetting(
            value=this,
            since=date(2026, 1, 1),
            by=parties.CHIEF,
            why="Plan for 2026, as the board agreed in December 2025",
        ),
    )


MADE_EASIER: Final = TargetSetting(
    value=Decimal(28),
    since=date(2026, 7, 15),
    by=parties.SERVICES_DIRECTOR,
    why="24 days cannot be reached this year",
)
"""Set for `relet-days` when half a year of results was known."""

VERDICTS: Final = DescriptorScale(
    name="Verdict of the tenants' panel",
    steps=(
        Descriptor(name="not heard", satisfaction=-100, meaning="told, not asked"),
        Descriptor(
            name="asked late", satisfaction=-30, meaning="asked when all was set"
        ),
        Descriptor(
            name="heard", satisfaction=50, meaning="some of it changed the plan"
        ),
        Descriptor(
            name="at the table", satisfaction=100, meaning="part of the decision"
        ),
    ),
)
PANEL_VERDICT: Final = SuccessMeasure(
    id=SuccessMeasureId("panel-verdict"),
    name="How the tenants' panel feels heard by the board",
    of=ProcessId("mission-management"),
    kind=MeasureKind.QUALITATIVE,
    direction=Direction.HIGHER,
    unit="satisfaction of the verdict",
    threshold=Decimal(0),
    worst=Decimal(-100),
    targets=(
        TargetSetting(
            value=Decimal(50),
            descriptor="heard",
            since=date(2026, 1, 1),
            by=parties.CHAIR,
            why="The board asked the panel what it would believe",
        ),
    ),
    frequency=Cadence(1, Unit.QUARTER),
    scale=VERDICTS,
)


def elements() -> Iterator[Element]:
    """Give the measures of objectives and of processes."""
    for cells in rows(OF_OBJECTIVES):
        measure = _measure(cells, ObjectiveId(cells[1]))
        if measure.id == "relet-days":
            measure = evolve(measure, targets=(*measure.targets, MADE_EASIER))
        yield measure
    for cells in rows(OF_PROCESSES):
        yield _measure(cells, ProcessId(cells[1]))
    yield PANEL_VERDICT
