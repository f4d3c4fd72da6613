"""Where an organization stands: what each gate of its stages still asks for."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from attrs import frozen

from missionkit.domain.four_stages import FOUR_STAGES
from missionkit.domain.model import Model
from missionkit.domain.review import ReviewCycle
from missionkit.domain.workflow import Gate, Stage, Workflow
from missionkit.markup import Html, table
from missionkit.ports.rule import Rule, RuleEntry
from missionkit.rules.book import BOOK
from missionkit.rules.check import check
from missionkit.rules.result import CheckResult


@frozen(kw_only=True)
class GateStanding:
    """The exit gate of a stage: what it asks for, and what was found against it."""

    stage: Stage
    result: CheckResult

    @property
    def open(self) -> bool | None:
        """Whether nothing stands in the way; None where that is not all judged."""
        if self.result.errors:
            return False
        return None if self.result.not_judged else True

    @property
    def failing(self) -> tuple[str, ...]:
        """The codes that stand in the way, in the order of the gate."""
        found = {issue.code for issue in self.result.errors}
        return tuple(code for code in self.stage.exit.rules if code in found)

    def __str__(self) -> str:
        """Return the stage and where it stands, in one line."""
        return f"{self.stage.label}: {self._said()}"

    def _said(self) -> str:
        errors, unknown = len(self.result.errors), len(self.result.not_judged)
        if self.open:
            return "the gate is open"
        if self.open is None:
            return f"nothing stands in the way, but {unknown} not judged"
        rest = f"; {unknown} not judged" if unknown else ""
        return f"{errors} in the way ({', '.join(self.failing)}){rest}"

    def _repr_html_(self) -> Html:
        rows = [(i.code, i.ref, i.message, i.fix) for i in self.result.issues]
        head = (self.stage.label, "element", self._said(), "what to do")
        return table(head, rows)


def gates(  # noqa: PLR0913 - options of one question, by keyword
    model: Model,
    *,
    on: date | None = None,
    cycle: ReviewCycle | str | None = None,
    workflow: Workflow = FOUR_STAGES,
    limits: Mapping[str, float] | None = None,
    rules: Iterable[RuleEntry | Rule] = BOOK,
) -> tuple[GateStanding, ...]:
    """Return for each stage of a workflow what its exit gate still asks for.

    What depends on the day or on a review is not judged without *on* and *cycle*.

    Raises:
        InvalidValueError: as `check` does, also for a gate with a code no rule has.
        NotFoundError: there is no such cycle.
    """
    rules = tuple(rules)
    return tuple(
        GateStanding(
            stage=stage,
            result=check(
                model, on=on, cycle=cycle, limits=limits, rules=rules, select=asked
            ),
        )
        for stage, asked in _asked(workflow)
    )


def _asked(workflow: Workflow) -> Iterator[tuple[Stage, tuple[str, ...]]]:
    for stage in workflow.stages:
        yield stage, _rules(stage.exit)


def _rules(gate: Gate) -> tuple[str, ...]:
    return tuple(map(str, gate.rules))
