"""The business plan: what, with what, who, when, and how it is evaluated."""

from collections.abc import Iterator
from typing import Final

from missionkit.domain.plan import CourseOfAction, Objective
from missionkit.domain.process import DemandStatus, Process, ResourceDemand
from missionkit.domain.role import RoleKind
from missionkit.domain.values import Money, total
from missionkit.report.blocks import Fact, Facts, Grid, Heading, Section
from missionkit.report.document_view import (
    DocumentView,
    day_or,
    lacking,
    said_or,
    table,
)
from missionkit.report.goals import by_goal
from missionkit.report.inline import Faint, Inline, Mark, Strong, Tone, Written
from missionkit.report.measured import grouped, target_said
from missionkit.report.wording import plural

KEY: Final = "business-plan"
TITLE: Final = "Business plan"
CONSUMERS: Final = (
    "mission-management",
    "resource-management",
    "demand-creation",
    "demand-fulfillment",
)
_TONES: Final = {
    DemandStatus.REQUESTED: Tone.WARN,
    DemandStatus.COMMITTED: Tone.GOOD,
    DemandStatus.FULFILLED: Tone.GOOD,
    DemandStatus.REFUSED: Tone.BAD,
}


def sections(view: DocumentView) -> Iterator[Section]:
    """Yield what is planned, by which ways, and what it takes."""
    parts = (
        ("In short", "short", _short(view)),
        ("What, who, when, and how it is evaluated", "objectives", _plan(view)),
        ("The ways we take", "ways", _ways(view)),
        ("What it takes", "resources", _demands(view)),
    )
    for title, ref, blocks in parts:
        yield Section(title=title, id=ref, blocks=tuple(blocks))


def _short(view: DocumentView) -> Iterator[Written]:
    held = view.objectives
    owned = sum(bool(view.who(o.id, RoleKind.OWNER)) for o in held)
    dated = sum(bool(o.period and o.period.end) for o in held)
    measured = sum(bool(view.results.get(o.id)) for o in held)
    worked = sum(bool(view.achieving.get(o.id)) for o in held)
    counts = (
        (owned, "objectives have an owner"),
        (dated, "objectives have a day by which they are to be reached"),
        (measured, "objectives say how they are evaluated"),
        (worked, "objectives have a process that works on them"),
    )
    whole = len(held)
    yield Facts(
        [
            Fact(f"{n} of {whole}", said, Tone.GOOD if n == whole else Tone.WARN)
            for n, said in counts
        ]
        if whole
        else [Fact("0", "objectives are recorded", Tone.BAD)]
    )


def _plan(view: DocumentView) -> Iterator[Written]:
    head = ("What", "By when", "Who answers", "How it is evaluated", "Carried by")
    none = True
    for goal, objectives in by_goal(view.model, view.objectives):
        none = False
        yield Heading(view.title(goal) if goal else "Without a goal")
        yield Grid(head, [_objective(view, each) for each in objectives])
    if none:
        yield from table(head, [], "No objective is recorded.")


def _objective(view: DocumentView, each: Objective) -> tuple[Inline, ...]:
    return (
        Strong(each.statement),
        day_or(each.period.end if each.period else None, "no day is recorded"),
        said_or(view.who(each.id, RoleKind.OWNER), "no owner is recorded"),
        _evaluated(view, each),
        said_or(view.named(view.achieving.get(each.id, ())), "no process"),
    )


def _evaluated(view: DocumentView, each: Objective) -> Inline:
    found: list[Inline] = []
    for result in view.results.get(each.id, ()):
        target = target_said(result) if result.target else lacking("no target")
        found += ["; "] if found else []
        found.append((f"{result.measure.name}: ", target))
    return tuple(found) if found else lacking("no measure is recorded")


def _ways(view: DocumentView) -> Iterator[Written]:
    realized: dict[str, list[Process]] = {}
    for process in view.processes:
        for ref in process.realizes:
            realized.setdefault(ref, []).append(process)
    courses = view.in_force(CourseOfAction)
    rows = [_way(view, each, realized.get(each.id, [])) for each in courses]
    head = ("Way", "For", "Budget", "From, until", "Carried by", "It assumes")
    yield from table(head, rows, "No strategy and no tactic is recorded.")
    yield from _budget([each.budget for each in courses if each.budget], len(courses))


def _way(
    view: DocumentView, each: CourseOfAction, by: list[Process]
) -> tuple[Inline, ...]:
    aims = [share.target for share in each.contributions]
    name = (Strong(each.name), " ", Faint(each.level.value))
    return (
        (*name, f": {each.description}") if each.description else name,
        said_or(view.named([*aims, *each.implements]), "no aim is recorded"),
        _money(each.budget) if each.budget else lacking("no budget"),
        str(each.period) if each.period else lacking("no time is recorded"),
        said_or(view.named([process.id for process in by]), "no process"),
        said_or("; ".join(each.assumptions), "nothing is recorded"),
    )


def _money(money: Money) -> str:
    return f"{grouped(money.amount)} {money.currency}"


def _budget(budgets: list[Money], courses: int) -> Iterator[Written]:
    """Yield the sum of the budgets in each currency: they are not converted."""
    if not budgets:
        return
    by_currency: dict[str, list[Money]] = {}
    for money in budgets:
        by_currency.setdefault(money.currency, []).append(money)
    sums = (total(held) for _, held in sorted(by_currency.items()))
    said = f"planned for {plural(len(budgets), 'way')} of {courses}"
    yield Facts([Fact(_money(whole), said) for whole in sums if whole])


def _demands(view: DocumentView) -> Iterator[Written]:
    living = {process.id for process in view.processes}
    rows: list[tuple[Inline, ...]] = [
        (
            Strong(each.statement),
            view.title(each.process) if each.process else lacking("no process"),
            _quantity(each),
            day_or(each.needed_from, "no day is recorded"),
            _standing(each),
        )
        for each in view.model.of(ResourceDemand)
        if each.process is None or each.process in living
    ]
    head = ("What is asked for", "By", "How much", "From", "Standing")
    yield from table(head, rows, "No demand for resources is recorded.")


def _quantity(each: ResourceDemand) -> Inline:
    if each.quantity is None:
        return lacking("no amount is recorded")
    return f"{grouped(each.quantity)} {each.unit or ''}".rstrip()


def _standing(each: ResourceDemand) -> Inline:
    mark = Mark(each.status, _TONES[each.status])
    return (mark, f": {each.reason}") if each.reason else mark
