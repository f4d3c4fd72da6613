"""Where an organization stands: what each gate of its stages still asks for."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final

from attrs import evolve, frozen

from missionkit.domain.four_stages import FOUR_STAGES
from missionkit.domain.model import Model
from missionkit.domain.review import CycleStatus, ReviewCycle
from missionkit.domain.workflow import Stage, Workflow
from missionkit.issue import did_you_mean
from missionkit.markup import Html, table
from missionkit.ports.rule import NotJudged, Rule, RuleEntry
from missionkit.rules.check import check, entries_of
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

    def as_dict(self) -> dict[str, object]:
        """Return it as JSON values; the issues are those of a check of the gate."""
        return {
            "stage": self.stage.key,
            "open": self.open,
            "failing": list(self.failing),
            "issues": [issue.as_dict() for issue in self.result.issues],
            "waived": [each.as_dict() for each in self.result.waived],
            "not_judged": [each.as_dict() for each in self.result.not_judged],
        }

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


_OPEN: Final = (CycleStatus.ACTIVE, CycleStatus.BLOCKED, CycleStatus.SUSPENDED)


def under_way(model: Model) -> ReviewCycle | None:
    """Return the review that is under way, or in draft; the newest where several are.

    None where every review is closed or canceled.
    """
    for statuses in (_OPEN, (CycleStatus.DRAFT,)):
        found = [each for each in model.of(ReviewCycle) if each.status in statuses]
        if found:
            return max(found, key=_newest)
    return None


def _newest(cycle: ReviewCycle) -> tuple[date, str]:
    end = cycle.period.end if cycle.period else None
    return end or date.min, cycle.id


def gates(  # noqa: PLR0913 - options of one question, by keyword
    model: Model,
    *,
    on: date | None = None,
    cycle: ReviewCycle | str | None = None,
    workflow: Workflow = FOUR_STAGES,
    limits: Mapping[str, float] | None = None,
    rules: Iterable[RuleEntry | Rule] | None = None,
) -> tuple[GateStanding, ...]:
    """Return for each stage of a workflow what its exit gate still asks for.

    What depends on the day or on a review is not judged without *on* and *cycle*, nor
    is a code of the gate that no rule has.

    Raises:
        InvalidValueError: *on* is no date, or a limit is unknown or no number.
        NotFoundError: there is no such cycle.
    """
    entries = entries_of(rules)
    known = {code.code for entry in entries for code in entry.codes}
    found = []
    for stage in workflow.stages:
        asked = [code for code in stage.exit.rules if code in known]
        result = check(
            model, on=on, cycle=cycle, limits=limits, rules=entries, select=asked
        )
        missing = tuple(_missing(stage, known))
        found.append(
            GateStanding(
                stage=stage,
                result=evolve(result, not_judged=(*result.not_judged, *missing)),
            )
        )
    return tuple(found)


def _missing(stage: Stage, known: set[str]) -> Iterator[NotJudged]:
    for code in stage.exit.rules:
        if code not in known:
            hint = did_you_mean(code, sorted(known))
            yield NotJudged(code, f"no rule has this code; {hint}".rstrip("; "))
