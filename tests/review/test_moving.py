from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import pytest
from attrs import evolve

from missionkit.domain.four_stages import FOUR_STAGES
from missionkit.domain.ids import (
    AnyId,
    EvidenceId,
    ReviewCycleId,
    StageRunId,
)
from missionkit.domain.lifecycle import lifecycle
from missionkit.domain.model import Model
from missionkit.domain.review import (
    CycleStatus,
    Evidence,
    ReviewCycle,
    StageRun,
)
from missionkit.domain.stages import Move, Stage
from missionkit.domain.workflow import Workflow
from missionkit.errors import InvalidValueError, NotFoundError, RefusedError
from missionkit.issue import RefusalKind
from missionkit.review import Fire, can, fire, open_review, perform
from missionkit.testing.bakery.people import CHAIR
from missionkit.testing.sound import DAY, cycle_of, sound_model

NOON: Final = datetime(2026, 3, 2, 12, tzinfo=UTC)
REF: Final = ReviewCycleId("review")
FLOW: Final = Workflow(
    name="flow",
    stages=(
        Stage(key="a", label="A"),
        Stage(key="b", label="B", max_days=5, overdue="give_up"),
        Stage(key="c", label="C"),
    ),
    ends=("closed", "given_up"),
    moves=(
        *lifecycle("a"),
        Move(event="go", source="a", target="b"),
        Move(event="go", source="b", target="c"),
        Move(event="go", source="c", target="closed"),
        Move(event="give_up", source="b", target="given_up", gated=False),
        Move(event="redo", source="c", target="b", causes=("wrong", "late")),
        Move(event="redo", source="c", target="a", causes=("lost",), priority=1),
        Move(event="again", source="b", target="b", gated=False),
    ),
)


def started() -> Model:
    """Return a review that has just been opened."""
    cycle = ReviewCycle(id=REF, name="Review", workflow="flow")
    options: dict[str, Any] = {"by": "chair", "at": NOON, "workflows": [FLOW]}
    return open_review(Model(), cycle, why="It is time", **options)


def after(
    *events: str,
    model: Model | None = None,
    days: int = 0,
    **given: Any,  # noqa: ANN401 - options of fire
) -> Model:
    """Return the review after some events, on one day after another."""
    held = started() if model is None else model
    for number, event in enumerate(events):
        at = NOON + timedelta(days=days + number)
        options: dict[str, Any] = {"by": "chair", "why": event, "workflows": [FLOW]}
        held = fire(held, REF, event, at=at, **options, **given)
    return held


def runs(model: Model) -> list[tuple[str, int, str]]:
    order = sorted(model.of(StageRun), key=lambda r: (r.stage, r.pass_number))
    return [(run.stage, run.pass_number, str(run.status)) for run in order]


def refusals(
    model: Model, act: Fire | str, at: datetime = NOON
) -> list[tuple[str, str]]:
    verdict = can(model, REF, act, by="chair", at=at, workflows=[FLOW])
    return [(str(each.kind), each.issue.code) for each in verdict.refusals]


def test_a_review_goes_through_its_stages_and_comes_to_its_end() -> None:
    model = after("open", "go", "go", "go")
    cycle = model.get(ReviewCycle, REF)

    assert runs(model) == [(s, 1, "completed") for s in "abc"]
    assert (cycle.status, cycle.stage, cycle.outcome) == (
        CycleStatus.CLOSED,
        "c",
        "closed",
    )
    days = [(run.entered, run.left) for run in model.of(StageRun)]
    assert days == [(date(2026, 3, 2 + at), date(2026, 3, 3 + at)) for at in range(3)]
    assert [run.reason for run in model.of(StageRun)] == ["open", "go", "go"]


def test_what_a_correction_undid_is_superseded_and_stays_readable() -> None:
    there = after("open", "go", "go")
    back = after("redo", model=there, days=3, causes="wrong")

    assert runs(back) == [
        ("a", 1, "completed"),
        ("b", 1, "superseded"),
        ("b", 2, "in_progress"),
        ("c", 1, "superseded"),
    ]
    assert back.get(ReviewCycle, REF).pass_number == 2
    on = after("go", model=back, days=4)
    assert runs(on)[-1] == ("c", 2, "in_progress")
    left = after("redo", model=on, days=5, causes=["lost"])
    assert runs(left)[:2] == [("a", 1, "superseded"), ("a", 2, "in_progress")]
    assert {status for _, _, status in runs(left)[2:]} == {"superseded"}


def test_a_new_pass_of_the_same_stage_counts() -> None:
    assert runs(after("open", "go", "again")) == [
        ("a", 1, "completed"),
        ("b", 1, "superseded"),
        ("b", 2, "in_progress"),
    ]


def test_the_first_move_whose_cause_is_given_wins() -> None:
    there = after("open", "go", "go")

    both = after("redo", model=there, days=3, causes=("lost", "late"))
    assert both.get(ReviewCycle, REF).stage == "b"


@pytest.mark.parametrize("causes", ["late", ["late"], {"late"}, ("late", "late")])
def test_causes_are_a_text_or_many(causes: str | Iterable[str]) -> None:
    assert Fire(event="redo", causes=causes).causes == {"late"}


def test_an_unknown_cause_is_refused_beside_a_known_one_with_the_nearest() -> None:
    there = after("open", "go", "go")
    act = Fire(event="redo", causes=("wrong", "lst"))
    verdict = can(
        there, REF, act, by="chair", at=NOON + timedelta(days=9), workflows=[FLOW]
    )

    (refusal,) = verdict.refusals
    assert (refusal.kind, refusal.issue.value) == (RefusalKind.EVENT, "'lst'")
    assert "did you mean 'lost'" in refusal.issue.fix
    other = Fire(event="redo", causes=("wrong", "zzzzzzz"))
    (far,) = can(
        there, REF, other, by="chair", at=NOON + timedelta(days=9), workflows=[FLOW]
    ).refusals
    assert far.issue.fix == "use one of wrong, late, lost"


def test_an_event_without_causes_takes_any() -> None:
    assert after("open", causes="because").get(ReviewCycle, REF).stage == "a"


def test_a_stage_is_overdue_only_after_its_time() -> None:
    model = after("open", "go")  # b is entered on 3 March
    assert refusals(model, "give_up", NOON + timedelta(days=6)) == [
        ("gate", "MK-WFL-094")
    ]
    late = after("give_up", model=model, days=7)
    cycle = late.get(ReviewCycle, REF)
    assert (cycle.status, cycle.outcome) == (CycleStatus.CLOSED, "given_up")


def test_what_has_no_limit_or_no_day_is_never_overdue() -> None:
    model = after("open", "go")
    run = next(run for run in model.of(StageRun) if run.stage == "b")
    undated = model.with_(evolve(run, entered=None))

    assert after("give_up", model=undated, days=1).get(ReviewCycle, REF).outcome


def test_blocked_and_suspended_stages_go_on_where_they_were() -> None:
    blocked = after("open", "block")
    assert runs(blocked) == [("a", 1, "blocked")]
    resumed = after("suspend", "resume", model=blocked, days=2)
    assert resumed.get(ReviewCycle, REF).status is CycleStatus.BLOCKED
    assert runs(after("unblock", model=resumed, days=4)) == [("a", 1, "in_progress")]


def test_a_canceled_review_leaves_its_stage_undone() -> None:
    model = after("open", "cancel")

    assert runs(model) == [("a", 1, "superseded")]
    assert model.get(ReviewCycle, REF).outcome is None
    draft = after("cancel")
    assert (runs(draft), draft.get(ReviewCycle, REF).stage) == ([], None)


def test_a_review_does_not_move_before_the_day_of_its_last_move() -> None:
    model = after("open", "go")

    assert refusals(model, "go") == [("event", "MK-WFL-095")]
    assert refusals(model, "go", NOON + timedelta(days=1)) == []


def test_evidence_is_kept_with_the_stage_that_is_left() -> None:
    minutes = Evidence(id=EvidenceId("minutes"), locator="minutes.pdf")
    model = after("go", model=after("open"), days=1, evidence=minutes)
    run = next(run.id for run in model.of(StageRun) if run.stage == "a")

    assert model.get(Evidence, "minutes").supports == (AnyId(run),)
    more = after("go", model=model, days=2, evidence="minutes")
    assert len(more.get(Evidence, "minutes").supports) == 2
    closed = after("go", model=more, days=3, evidence=["minutes", "minutes"])
    assert len(closed.get(Evidence, "minutes").supports) == 3


def test_evidence_given_with_a_draft_that_ends_supports_the_review() -> None:
    minutes = Evidence(id=EvidenceId("minutes"), locator="minutes.pdf")
    model = after("cancel", evidence=[minutes])

    assert model.get(Evidence, "minutes").supports == (AnyId(REF),)


def test_an_id_of_evidence_that_is_taken_is_refused() -> None:
    here = started().with_(
        Evidence(id=EvidenceId("minutes"), locator="old.pdf"),
    )
    new = Evidence(id=EvidenceId("minutes"), locator="new.pdf")
    assert refusals(here, Fire(event="open", evidence=new)) == [("event", "MK-WFL-090")]
    cycle = Evidence(id=EvidenceId(str(REF)), locator="new.pdf")
    assert refusals(here, Fire(event="open", evidence=[cycle])) == [
        ("event", "MK-WFL-090")
    ]
    twice = Fire(event="open", evidence=[evolve(new, id=EvidenceId(r)) for r in "xx"])
    assert refusals(here, twice) == []
    differs = [
        evolve(new, id=EvidenceId("x")),
        Evidence(id=EvidenceId("x"), locator="b"),
    ]
    assert refusals(here, Fire(event="open", evidence=differs)) == [
        ("event", "MK-WFL-090")
    ]


def test_evidence_that_is_not_there_is_not_found() -> None:
    with pytest.raises(NotFoundError):
        after("open", evidence="minuets")


def test_an_event_is_refused_with_the_nearest_name() -> None:
    (refusal,) = can(
        started(), REF, "opne", by="chair", at=NOON, workflows=[FLOW]
    ).refusals

    assert (refusal.kind, refusal.issue.ref) == (RefusalKind.EVENT, REF)
    assert "'open'" in refusal.issue.fix


def test_fire_and_can_agree_and_a_refused_move_changes_nothing() -> None:
    model = after("open")
    before = frozenset(model)
    for event in FLOW.table.events:
        verdict = can(model, REF, event, by="chair", at=NOON, workflows=[FLOW])
        options: dict[str, Any] = {"by": "chair", "at": NOON, "workflows": [FLOW]}
        if verdict:
            assert perform(model, REF, event, why="so", **options) != model
        else:
            with pytest.raises(RefusedError) as found:
                perform(model, REF, event, why="so", **options)
            assert found.value.verdict == verdict
        assert frozenset(model) == before


def test_ids_of_runs_that_are_taken_get_a_number() -> None:
    other = StageRun(id=StageRunId("review-a-1"), cycle=REF, stage="zzz")
    model = after("open", model=started().with_(other))

    assert "review-a-1-2" in model


def test_a_move_waits_for_the_approvals_that_it_asks_for() -> None:
    model = sound_model("review")
    cycle = cycle_of(model) or ""
    held = model.get(ReviewCycle, cycle)
    at = datetime(DAY.year, DAY.month, DAY.day, tzinfo=UTC)

    def asking(number: int) -> Workflow:
        moves = tuple(
            evolve(move, approvals=number)
            if move.source == held.stage and move.event == "complete"
            else move
            for move in FOUR_STAGES.moves
        )
        return evolve(FOUR_STAGES, moves=moves)

    assert can(model, cycle, "complete", by=CHAIR, at=at, workflows=[FOUR_STAGES])
    verdict = can(model, cycle, "complete", by=CHAIR, at=at, workflows=[asking(3)])
    assert {r.kind for r in verdict.refusals} == {RefusalKind.GATE}


@pytest.mark.parametrize("path", ["causes", "evidence"])
@pytest.mark.parametrize("wrong", [None, 5, [[1]]])
def test_what_is_no_cause_or_evidence_is_told_by_its_name(
    path: str, wrong: object
) -> None:
    given: Any = {path: wrong}
    with pytest.raises(InvalidValueError) as error:
        refusals(started(), Fire(event="open", **given))

    assert [issue.path for issue in error.value.issues] == [path]


def test_a_new_pass_and_new_evidence_never_share_an_id() -> None:
    clash = Evidence(id=EvidenceId("review-a-1"), locator="minutes.pdf")
    model = after("open", evidence=[clash])

    assert model.get(Evidence, "review-a-1").locator == "minutes.pdf"
    assert runs(model) == [("a", 1, "in_progress")]


def test_a_limit_that_no_calendar_reaches_is_no_trouble() -> None:
    patient = evolve(
        FLOW,
        stages=tuple(
            evolve(each, max_days=10**8) if each.key == "b" else each
            for each in FLOW.stages
        ),
    )
    at = NOON + timedelta(days=3)
    found = can(
        after("open", "go"), REF, "give_up", by="chair", at=at, workflows=[patient]
    )

    assert [r.issue.code for r in found.refusals] == ["MK-WFL-094"]
