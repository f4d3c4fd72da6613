"""Where an organization stands: what each gate of its stages still asks for."""

from collections.abc import Container, Iterable, Mapping
from datetime import date
from typing import Final

from attrs import evolve, frozen

from missionkit.domain.four_stages import FOUR_STAGES
from missionkit.domain.model import Model
from missionkit.domain.review import CycleStatus, ReviewCycle
from missionkit.domain.stages import Stage
from missionkit.domain.workflow import Workflow
from missionkit.issue import Issue
from missionkit.markup import Html, table
from missionkit.ports.rule import NotJudged, Rule, RuleEntry
from missionkit.rules.check import judged
from missionkit.rules.codes.plugins import RULE_FAILED
from missionkit.rules.hints import Hints
from missionkit.rules.question import Question, question
from missionkit.rules.result import CheckResult
from missionkit.rules.selection import Selection


@frozen(kw_only=True)
class GateStanding:
    """The exit gate of a stage: what it asks for, and what was found against it."""

    stage: Stage
    result: CheckResult

    @property
    def open(self) -> bool | None:
        """Whether nothing stands in the way; None where that is not all judged.

        A rule that failed has judged nothing.
        """
        if self._in_the_way:
            return False
        return None if self.result.not_judged or self.failed else True

    @property
    def failed(self) -> tuple[Issue, ...]:
        """The issues that name the rules of the gate which failed."""
        return self.result.of(RULE_FAILED)

    @property
    def _in_the_way(self) -> tuple[Issue, ...]:
        return tuple(i for i in self.result.errors if i.code != RULE_FAILED.code)

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
        if self.open:
            return "the gate is open"
        unknown, failed = len(self.result.not_judged), len(self.failed)
        rest = [f"{unknown} not judged"] if unknown else []
        rest += [f"{failed} rule{'s' if failed > 1 else ''} failed"] if failed else []
        if self.open is None:
            return f"nothing stands in the way, but {'; '.join(rest)}"
        found = f"{len(self._in_the_way)} in the way ({', '.join(self.failing)})"
        return "; ".join([found, *rest])

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


def last_review(model: Model) -> ReviewCycle | None:
    """Return the review under way or in draft, or else the last that there was."""
    return under_way(model) or max(model.of(ReviewCycle), key=_newest, default=None)


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
        InvalidValueError: *on* is no date, a limit is unknown or no number, or an
            argument is of a wrong type; all are named.
        NotFoundError: there is no such cycle.
    """
    asked = evolve(
        question("gates", model, on=on, cycle=cycle, limits=limits, rules=rules),
        workflow=workflow,
        at_gate=True,
    )
    known = {code.code for entry in asked.entries for code in entry.codes}
    hints = Hints(known)
    return tuple(_gate(asked, stage, known, hints) for stage in workflow.stages)


def _gate(
    asked: Question, stage: Stage, known: Container[str], hints: Hints
) -> GateStanding:
    codes = tuple(code for code in stage.exit.rules if code in known)
    result = judged(evolve(asked, wanted=Selection(select=codes)))
    missing = tuple(
        NotJudged(code, f"no rule has this code; {hints.of(code)}".rstrip("; "))
        for code in stage.exit.rules
        if code not in known
    )
    not_judged = (*result.not_judged, *missing)
    return GateStanding(stage=stage, result=evolve(result, not_judged=not_judged))
