"""Where a review stands: what was done, what is missing, and who may go on."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from functools import cached_property
from typing import TypedDict, Unpack

from attrs import field, frozen

from missionkit.domain.checking import refuse_no_day
from missionkit.domain.display import title_of
from missionkit.domain.history import Actor
from missionkit.domain.model import Model
from missionkit.domain.review import CycleStatus, Decision, ReviewCycle, StageRun
from missionkit.domain.stages import STAYING, Stage
from missionkit.domain.workflow import Workflow
from missionkit.issue import Issue, Refusal
from missionkit.markup import Html
from missionkit.ports.rule import RuleView
from missionkit.review.ahead import NextMove, Permitted, next_moves, permitted
from missionkit.review.asking import asked
from missionkit.review.following import (
    ActionStanding,
    AgendaPoint,
    ArtifactStanding,
    CarriedOver,
    actions,
    agenda_points,
    artifacts,
    carry_over,
    decisions,
)
from missionkit.review.passing import Correction, Loop, corrections, in_order, loops
from missionkit.review.setting import Settings, setting_of
from missionkit.review.telling import (
    Chapter,
    actions_told,
    acts_told,
    agenda_told,
    artifacts_told,
    as_html,
    as_text,
    carried_told,
    corrections_told,
    decisions_told,
    mending_told,
    moves_told,
    passes_told,
)

_ASKED_ONLY = "asked only"


@frozen(kw_only=True)
class CycleState:
    """Where a review stands on a day.

    `moves` are those that its workflow has from there, `passes` the ways through its
    stages so far. Where its workflow is not here, `trouble` says so, and there are no
    stages and no moves.
    """

    model: Model = field(repr=False)
    cycle: ReviewCycle
    on: date
    workflow: Workflow | None = field(default=None, repr=False)
    trouble: Issue | None = None
    passes: tuple[StageRun, ...] = ()
    moves: tuple[NextMove, ...] = ()
    acts: tuple[Permitted, ...] = ()
    artifacts: tuple[ArtifactStanding, ...] = ()
    agenda: tuple[AgendaPoint, ...] = ()
    actions: tuple[ActionStanding, ...] = ()
    decisions: tuple[Decision, ...] = ()
    carried: tuple[CarriedOver, ...] = ()

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The stages of its workflow."""
        return self.workflow.stages if self.workflow else ()

    @property
    def stage(self) -> Stage | None:
        """The stage in which it stands."""
        return self.workflow.stage(self.cycle.stage) if self.workflow else None

    @property
    def over(self) -> bool:
        """Whether it is closed or canceled."""
        return self.cycle.status in STAYING

    @property
    def onward(self) -> tuple[NextMove, ...]:
        """The moves through a gate that somebody could make, and nothing stops."""
        through = (m for m in self.moves if m.move.gated and m.move.target)
        return tuple(each for each in through if each.open and not each.nobody)

    def passes_of(self, stage: str) -> tuple[StageRun, ...]:
        """Return the passes through one stage, the first one first."""
        return tuple(run for run in self.passes if run.stage == stage)

    @property
    def run(self) -> StageRun | None:
        """The newest pass through the stage in which it stands."""
        return next(reversed(self.passes_of(self.cycle.stage or "")), None)

    @property
    def since(self) -> date | None:
        """The day on which that pass began; where the review is over, when it ended."""
        if self.run is None:
            return None
        return self.run.left or self.run.entered if self.over else self.run.entered

    @property
    def overdue_since(self) -> date | None:
        """The first day on which its stage lasted longer than it may; None if not."""
        run, stage = self.run, self.stage
        running = self.cycle.status in (CycleStatus.ACTIVE, CycleStatus.BLOCKED)
        first = stage.overdue_from(run.entered) if stage and run else None
        return first if running and first and first <= self.on else None

    @cached_property
    def corrections(self) -> tuple[Correction, ...]:
        """Where it went back, and why."""
        return tuple(corrections(self.passes, self.stages))

    @property
    def loops(self) -> tuple[Loop, ...]:
        """How often it went back from one stage to another."""
        return loops(self.corrections)

    @property
    def stale(self) -> tuple[ArtifactStanding, ...]:
        """What was approved, and says something else now."""
        return tuple(each for each in self.artifacts if each.stale)

    def as_dict(self) -> dict[str, object]:
        """Return it as JSON values."""
        return {
            "cycle": self.cycle.id,
            "name": self.cycle.name,
            "on": self.on.isoformat(),
            "workflow": self.cycle.workflow,
            "workflow_version": self.cycle.workflow_version,
            "trouble": self.trouble.as_dict() if self.trouble else None,
            "stage": self.cycle.stage,
            "status": self.cycle.status.value,
            "pass": self.cycle.pass_number,
            "outcome": self.cycle.outcome,
            "since": _iso(self.since),
            "overdue_since": _iso(self.overdue_since),
            "passes": [_pass(run) for run in self.passes],
            "corrections": [each.as_dict() for each in self.corrections],
            "loops": [each.as_dict() for each in self.loops],
            "moves": [each.as_dict() for each in self.moves],
            "acts": [each.as_dict() for each in self.acts],
            "artifacts": [each.as_dict() for each in self.artifacts],
            "agenda": [each.as_dict() for each in self.agenda],
            "decisions": [_decision(each) for each in self.decisions],
            "actions": [each.as_dict() for each in self.actions],
            "carried_over": [each.as_dict() for each in self.carried],
        }

    def __str__(self) -> str:
        """Return where it stands, what each move needs, and what is open."""
        return as_text(self._head(), self._chapters())

    def to_html(self) -> Html:
        """Return it as HTML tables; every text is escaped."""
        return as_html(self._head(), self._chapters())

    def _repr_html_(self) -> Html:
        return self.to_html()

    def title(self, ref: str) -> str:
        """Return the text that names an element; the id where nothing is there."""
        found = self.model.find(ref)
        return ref if found is None else title_of(found)

    def _head(self) -> Iterator[str]:
        cycle = self.cycle
        by = f"{cycle.workflow} {cycle.workflow_version}"
        yield f"{cycle.name} ({cycle.id}), by {by}, on {self.on}"
        yield self._stands()
        if self.overdue_since:
            yield f"✕ the stage is overdue since {self.overdue_since}"
        if self.trouble:
            yield f"✕ {mending_told(self.trouble)}"

    def _stands(self) -> str:
        cycle, stage = self.cycle, self.stage
        if self.over:
            ended = f" on {self.since}" if self.since else ""
            return f"{cycle.outcome or cycle.status}{ended}"
        since = f" since {self.since}" if self.since else ""
        label = f" ({stage.label})" if stage and stage.label != stage.key else ""
        where = f", in {cycle.stage}{label}" if cycle.stage else ""
        number = f", pass {self.run.pass_number}" if self.run else ""
        return f"{cycle.status}{where}{since}{number}"

    def _chapters(self) -> Iterator[Chapter]:
        told = (
            ("Next", moves_told(self.moves, self.title)),
            ("Who may do what else", acts_told(self.acts, self.title)),
            ("What was made", artifacts_told(self.artifacts, self.title)),
            ("Open on the agenda", agenda_told(self.agenda)),
            ("Decided", decisions_told(self.decisions)),
            ("Open actions", actions_told(self.actions)),
            ("Taken over", carried_told(self.carried)),
            ("Corrections", corrections_told(self.corrections, self.loops)),
            ("Passes", passes_told(self.passes)),
        )
        return (Chapter(heading, tuple(entries)) for heading, entries in told)


def cycle_state(
    model: Model,
    cycle: ReviewCycle | str,
    *,
    on: date,
    by: str | Actor | None = None,
    **settings: Unpack[Settings],
) -> CycleState:
    """Return where a review stands at the end of a day, and what each move needs.

    With *by* the moves are judged as if this party made them.

    Raises:
        InvalidValueError: there is no model or no day, or *by* is no party's id.
        NotFoundError: there is no such review.
    """
    refuse_no_day(on, "cycle_state")
    given = asked(
        model,
        cycle,
        by="nobody" if by is None else by,
        at=datetime.combine(on, time.max, UTC),
        why=_ASKED_ONLY,
        setting=setting_of(**settings),
    )
    if isinstance(given, Refusal):
        held = model.get(ReviewCycle, cycle if isinstance(cycle, str) else cycle.id)
        return _without_workflow(model, held, on, given.issue)
    return CycleState(
        model=model,
        cycle=given.cycle,
        on=on,
        workflow=given.workflow,
        passes=in_order(given.runs, given.workflow.stages),
        moves=tuple(next_moves(given, named=by is not None)),
        acts=() if given.cycle.status in STAYING else tuple(permitted(given)),
        **_recorded(given.view, given.cycle, given.workflow.stages),
    )


class _Recorded(TypedDict):
    """What a review made, decided and left to do."""

    artifacts: tuple[ArtifactStanding, ...]
    agenda: tuple[AgendaPoint, ...]
    actions: tuple[ActionStanding, ...]
    decisions: tuple[Decision, ...]
    carried: tuple[CarriedOver, ...]


def _recorded(
    view: RuleView, cycle: ReviewCycle, stages: tuple[Stage, ...]
) -> _Recorded:
    return _Recorded(
        artifacts=artifacts(view, cycle, stages),
        agenda=tuple(agenda_points(view, cycle)),
        actions=tuple(actions(view, cycle)),
        decisions=decisions(view, cycle),
        carried=tuple(carry_over(view, cycle)),
    )


def _without_workflow(
    model: Model, cycle: ReviewCycle, on: date, trouble: Issue
) -> CycleState:
    view = RuleView(model=model, on=on, cycle=cycle)
    runs = view.referring(StageRun, "cycle").get(cycle.id, ())
    return CycleState(
        model=model,
        cycle=cycle,
        on=on,
        trouble=trouble,
        passes=in_order(runs, ()),
        **_recorded(view, cycle, ()),
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _pass(run: StageRun) -> dict[str, object]:
    return {
        "id": run.id,
        "stage": run.stage,
        "pass": run.pass_number,
        "status": run.status.value,
        "entered": _iso(run.entered),
        "left": _iso(run.left),
        "reason": run.reason,
    }


def _decision(decision: Decision) -> dict[str, object]:
    return {
        "id": decision.id,
        "statement": decision.statement,
        "kind": decision.kind.value if decision.kind else None,
        "at": _iso(decision.at),
    }
