"""What the command about processes tells of all of them: the state of each in a row."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from attrs import frozen

from missionkit.cli.parts import Findings, Lacking, Line, Part, Rows, Told
from missionkit.domain.model import Model
from missionkit.domain.process import Process
from missionkit.issue import Issue
from missionkit.ports.rule import LimitSpec
from missionkit.processes.care import care_overview
from missionkit.processes.chart import ChartedProcess, process_chart
from missionkit.processes.currency import CARE_LIMITS
from missionkit.processes.effort import (
    EFFORT_LIMITS,
    ManagementEffort,
    management_effort,
)

_FAMILY: Final = "MK-PRC"


@frozen(kw_only=True)
class Asking:
    """What is asked: a model without the names that are not asked for, and its day.

    `issues` is what the rule book finds in it.
    """

    model: Model
    on: date
    people: bool
    limits: Mapping[str, float]
    issues: tuple[Issue, ...]

    def limited(self, specs: Iterable[LimitSpec]) -> dict[str, float]:
        """Return those of the limits that a question has."""
        names = {spec.name for spec in specs}
        return {name: held for name, held in self.limits.items() if name in names}

    def about(self, ref: str) -> tuple[Issue, ...]:
        """Return what is found about a process, or about what refers to it."""
        model = self.model
        near = {each.id for each in model.referrers(ref)}
        own = {each for each in near if not isinstance(model.find(each), Process)}
        return tuple(each for each in self.issues if each.ref in own | {ref})

    def effort(self) -> ManagementEffort:
        """Return the management effort of all processes."""
        limits = self.limited(EFFORT_LIMITS)
        return management_effort(self.model, on=self.on, limits=limits)


def all_processes(asking: Asking) -> Told:
    """Return every process that is there on the day, and what holds for all of them."""
    model, on = asking.model, asking.on
    limits = asking.limited(CARE_LIMITS)
    chart = process_chart(model, on=on, people=asking.people, limits=limits)
    effort = asking.effort()
    root = model.root
    found = {each.id: asking.about(each.id) for each in chart}
    told = {id(issue) for issues in found.values() for issue in issues}
    whole = tuple(
        each
        for each in asking.issues
        if each.code.startswith(_FAMILY) and id(each) not in told
    )
    rows = (_row(each, effort, found[each.id], people=asking.people) for each in chart)
    return Told(
        ref=str(root.id) if root else "",
        title=f"Processes of {root.name}" if root else "Processes",
        on=on,
        issues=(*whole, *(each for issues in found.values() for each in issues)),
        parts=(
            Part(title="Processes", body=Rows(tuple(rows), "no process is recorded")),
            Part(title="Care", body=care_overview(model, on=on, limits=limits)),
            Part(title="Process chart", body=Line((chart.review, *chart.missing))),
            Part(title="Management", body=Line((effort.reason,))),
            Part(title="Findings about the whole", body=Findings(whole)),
        ),
    )


def _row(
    each: ChartedProcess,
    effort: ManagementEffort,
    issues: tuple[Issue, ...],
    *,
    people: bool,
) -> dict[str, object]:
    shares = {s.process: s.management_share for s in effort.processes}
    share = shares.get(each.id)
    who = {"people": each.people} if people else {}
    return {
        "id": each.id,
        "process": each.title,
        "family": each.family,
        "owner": each.owners or Lacking("✕ nobody"),
        **who,
        "release": each.release or Lacking("not said"),
        "management": Lacking("not known") if share is None else share,
        "findings": tuple(sorted({issue.code for issue in issues})),
    }
