"""Where a review stands: stage, passes, moves, approvals, what is open, corrections."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from attrs import evolve

from missionkit.domain.draft import Draft
from missionkit.domain.four_stages import FOUR_STAGES
from missionkit.domain.ids import StageRunId
from missionkit.domain.lifecycle import lifecycle
from missionkit.domain.model import Model
from missionkit.domain.review import (
    ActionStatus,
    AgendaItem,
    ArtifactStatus,
    CycleStatus,
    Disposition,
    ImprovementAction,
    ReviewCycle,
    RunStatus,
    StageRun,
)
from missionkit.domain.stages import Move, Stage
from missionkit.domain.workflow import Workflow
from missionkit.errors import InvalidValueError, NotFoundError
from missionkit.review import can, cycle_state
from missionkit.review.moving import Fire
from missionkit.review.state import CycleState
from missionkit.testing.sound import DAY, sound_model
from missionkit.trace.approvals import ApprovalState

CYCLE = "review-2026"
CHAIR = "party-c4r0"
FREE = Workflow(
    name="free",
    stages=(
        Stage(key="look", label="Look", max_days=10, overdue="late"),
        Stage(key="decide", label="Decide"),
    ),
    moves=(
        *lifecycle("look"),
        Move(event="complete", source="look", target="decide"),
        Move(event="complete", source="decide", target="closed"),
        Move(event="late", source="look", target="decide", gated=False),
        Move(
            event="correct",
            source="decide",
            target="look",
            causes=("wrong", "unclear"),
            gated=False,
        ),
    ),
)


def state_of(model: Model, **options: Any) -> CycleState:  # noqa: ANN401 - any option
    return cycle_state(model, CYCLE, **{"on": DAY} | options)


def free(*passes: tuple[str, int, str], **fields: Any) -> CycleState:  # noqa: ANN401
    """Return the state of a review without roles, with a pass for each day of June."""
    d = Draft()
    given = {"stage": "look", "status": "active"} | fields
    d.review_cycle("Quick look", id=CYCLE, workflow="free", **given)
    for day, (stage, number, status) in enumerate(passes, 1):
        d.stage_run(
            id=f"run-{day}",
            cycle=CYCLE,
            stage=stage,
            pass_number=number,
            status=status,
            entered=date(2026, 6, day),
            reason=f"Reason {day}",
        )
    return state_of(d.model, workflows=(FREE,))


def test_it_says_where_the_review_stands_and_since_when() -> None:
    state = state_of(sound_model("review"))

    assert state.stage is FOUR_STAGES.stages[-1]
    assert state.run is not None
    assert (state.run.stage, state.run.pass_number) == ("review", 1)
    assert state.since == date(2026, 6, 22)
    assert (state.over, state.overdue_since, state.trouble) == (False, None, None)
    assert [run.stage for run in state.passes] == [
        stage.key for stage in FOUR_STAGES.stages
    ]
    lines = str(state).splitlines()
    assert lines[0] == "Review of 2026 (review-2026), by four-stages 1, on 2026-06-30"
    assert lines[1].startswith("active, in review (Review performance")
    assert lines[1].endswith("since 2026-06-22, pass 1")


def test_each_move_tells_its_target_its_roles_and_who_plays_them() -> None:
    state = state_of(sound_model("review"))
    moves = {(m.move.event, m.move.causes[:1]): m for m in state.moves}
    done = moves["complete", ()]

    assert done.target == "closed"
    assert [(part.role, part.parties) for part in done.who] == [("sponsor", (CHAIR,))]
    assert not done.anyone
    assert moves["correct", ("process_incapable",)].target == "enable"
    assert moves["block", ()].target == "review"
    assert "  complete → closed: nothing stands in the way" in str(state)
    assert "      by sponsor (Chair of the cooperative)" in str(state)
    assert "correct (objective_wrong or infeasible) → direct" in str(state)
    assert "  block → blocked: " in str(state)
    acts = {each.act.value: [part.role for part in each.who] for each in state.acts}
    assert acts["waive"] == ["sponsor"]
    assert acts["submit"] == ["reviewer", "owner"]
    assert "open_review" not in acts


def test_what_stands_in_the_way_is_what_can_says_but_for_who_acts() -> None:
    model = sound_model("review")
    item = model.get(AgendaItem, f"{CYCLE}-risks")
    model = model.with_(evolve(item, disposition=None))
    state = state_of(model)
    end = datetime(2026, 6, 30, 23, 59, 59, 999_999, tzinfo=UTC)

    for each in state.moves:
        causes = frozenset(each.move.causes[:1])
        act = Fire(event=each.move.event, causes=causes)
        player = next(p for part in each.who for p in part.parties)
        assert each.refusals == can(model, CYCLE, act, by=player, at=end).refusals
    done = next(m for m in state.moves if m.move.event == "complete")
    assert next((i.code, i.ref) for i in done.issues) == ("MK-GAT-028", item.id)
    assert f"✕ MK-GAT-028 {item.id}: " in str(state)
    assert "To mend it: record what was done" in str(state)
    assert state.onward == ()


def test_with_an_actor_it_is_told_whether_this_one_may() -> None:
    model = sound_model("review")
    manager, chair = (state_of(model, by=by) for by in ("party-m4n5", CHAIR))

    def open_to(state: CycleState) -> bool:
        return any(m.open for m in state.moves if m.move.event == "complete")

    assert (open_to(manager), open_to(chair)) == (False, True)
    assert "complete is for sponsor" in str(manager)


def test_what_is_waived_is_told_with_the_waiver() -> None:
    model = sound_model("review")
    item = model.get(AgendaItem, f"{CYCLE}-risks")
    d = Draft(model.with_(evolve(item, disposition=Disposition.NO_CHANGE, evidence=())))
    d.waiver(
        code="MK-GAT-028",
        on=item.id,
        granted_by=CHAIR,
        requested_by="party-m4n5",
        why="seen last month",
        until=date(2026, 7, 31),
    )
    state = state_of(d.model)
    (done,) = state.onward

    assert [each.waiver.until for each in done.waived] == [date(2026, 7, 31)]
    assert "nothing stands in the way, 1 waived" in str(state)
    said = "waived by party-c4r0 until 2026-07-31, requested by party-m4n5: seen"
    assert said in str(state)
    assert state_of(d.model, on=date(2026, 8, 1)).onward == ()


def test_an_artifact_that_changed_is_stale_and_says_what_changed() -> None:
    model = sound_model("review")
    made = next(a for a in state_of(model).artifacts if "objective" in a.artifact.id)
    ref = made.artifact.covers[0]
    d = Draft(model)
    d.set(ref, statement="Else")
    state = state_of(d.model)
    (stale,) = state.stale

    assert made.approved
    assert stale.artifact.id == made.artifact.id
    assert stale.standing.changed == (ref,)
    assert not stale.approved
    assert f"✕ changed since: Else ({ref})" in str(state)
    assert "approved by Chair of the cooperative on 2026-06-12" in str(state)


def test_artifacts_stand_in_the_order_of_the_stages() -> None:
    state = state_of(sound_model("review"))
    keys = [None, *(stage.key for stage in FOUR_STAGES.stages)]
    found = [keys.index(each.artifact.stage) for each in state.artifacts]

    assert found == sorted(found)
    carried = state.artifacts[0]
    assert carried.standing.state is ApprovalState.NOT_APPROVED
    assert "(review-2026-carry-over), not approved, submitted" in str(state)


def test_what_was_set_back_is_not_approved_any_more() -> None:
    model = sound_model("review")
    made = next(a for a in state_of(model).artifacts if a.approved).artifact
    model = model.with_(evolve(made, status=ArtifactStatus.DRAFT))
    found = next(a for a in state_of(model).artifacts if a.artifact.id == made.id)

    assert not found.approved
    assert f"({made.id}), approved, draft" in str(state_of(model))


def test_open_points_of_the_agenda_are_items_or_entries_without_one() -> None:
    model = sound_model("review")
    item = model.get(AgendaItem, f"{CYCLE}-risks")
    gone = model.get(AgendaItem, f"{CYCLE}-results")
    model = model.without(gone.id).with_(evolve(item, disposition=None))
    state = state_of(model)

    assert [(p.code, p.item) for p in state.agenda] == [
        ("risks", item.id),
        ("results", ""),
    ]
    assert "results: How far objectives are met (no item yet)" in str(state)
    assert "risks: Whether the answers to risks work\n" in str(state)


def test_actions_are_told_with_their_age_and_late_ones_come_first() -> None:
    model = sound_model("review")
    action = model.get(ImprovementAction, "one-more-field")
    model = model.with_(evolve(action, due=date(2026, 6, 29)))
    state = state_of(model)

    assert [each.action.id for each in state.actions] == [action.id, "second-baker"]
    assert [each.late for each in state.actions] == [True, False]
    assert state.actions[0].days == 4
    assert "in progress, 4 days old, due 2026-06-29 (late)" in str(state)
    settled = model.with_(evolve(action, status=ActionStatus.CANCELED, due=None))
    assert len(state_of(settled).actions) == 1
    timeless = model.with_(evolve(action, due=None, opened=DAY))
    assert "0 days old, without a day" in str(state_of(timeless))


def test_what_is_carried_over_is_open_until_it_is_settled() -> None:
    model = sound_model("review")
    found = {each.id: each.open for each in state_of(model).carried}
    action = model.get(ImprovementAction, "second-baker")
    model = model.with_(evolve(action, status=ActionStatus.CANCELED))
    later = {each.id: each.open for each in state_of(model).carried}

    assert found == {
        "oven-fails": None,
        "review-2025-strategic-review-report": None,
        "second-baker": True,
    }
    assert later["second-baker"] is False
    assert "(second-baker): settled" in str(state_of(model))


def taken_over(**given: Any) -> CycleState:  # noqa: ANN401 - any element
    """Return a review that took over a deferred item and a signal."""
    d = Draft()
    d.review_cycle("Before", id="before", workflow="free", status="closed")
    d.review_cycle("Now", id=CYCLE, workflow="free", stage="look", status="active")
    d.agenda_item(
        "Prices",
        id="prices",
        code="p",
        cycle="before",
        disposition="deferred",
        deferred_to=DAY,
    )
    status = given.get("signal", "raised")
    d.drift_signal(indicator="Turnover", id="turnover", status=status, reason="so")
    if "again" in given:
        d.agenda_item(
            "Prices",
            id="again",
            code="p",
            cycle=CYCLE,
            disposition=given["again"],
            deferred_to=DAY,
        )
    covers = ["prices", "turnover"]
    d.artifact("Left", id="left", cycle=CYCLE, view="carry-over", covers=covers)
    return state_of(d.model, workflows=(FREE,))


def test_a_deferred_item_is_settled_when_it_is_dealt_with_again() -> None:
    assert [each.open for each in taken_over().carried] == [True, True]
    again = taken_over(again="considered", signal="dismissed")
    assert [each.open for each in again.carried] == [False, False]
    assert [each.open for each in taken_over(again="deferred").carried] == [True, True]


def test_returns_are_told_with_their_reasons() -> None:
    state = free(
        ("look", 1, "superseded"),
        ("decide", 1, "superseded"),
        ("look", 2, "in_progress"),
    )

    (found,) = state.corrections
    assert (found.source, found.target, found.pass_number) == ("decide", "look", 2)
    assert (found.on, found.why) == (date(2026, 6, 3), "Reason 3")
    assert "  decide → look on 2026-06-03\n      Reason 3" in str(state)
    assert "advice" not in str(state)
    assert state.run is not None
    assert state.run.pass_number == 2


def test_the_third_return_between_two_stages_asks_for_advice() -> None:
    passes = [
        (stage, number, "superseded")
        for number in (1, 2, 3)
        for stage in ("look", "decide")
    ]
    state = free(*passes, ("look", 4, "in_progress"))

    (loop,) = state.loops
    assert (loop.source, loop.target, loop.times) == ("decide", "look", 3)
    assert loop.many
    assert "advice: 3 times from decide back to look" in str(state)


def test_a_new_pass_of_the_same_stage_is_a_return_too() -> None:
    state = free(("look", 1, "superseded"), ("look", 2, "in_progress"))

    assert [(c.source, c.target) for c in state.corrections] == [("look", "look")]


def test_a_stage_is_overdue_after_its_days() -> None:
    state = free(("look", 1, "in_progress"))

    assert state.overdue_since == date(2026, 6, 12)
    assert "✕ the stage is overdue since 2026-06-12" in str(state)
    early = evolve(state, on=date(2026, 6, 11))
    assert early.overdue_since is None
    halted = evolve(state.cycle, status=CycleStatus.SUSPENDED)
    assert evolve(state, cycle=halted).overdue_since is None
    assert free(("decide", 1, "in_progress"), stage="decide").overdue_since is None


def test_without_roles_anybody_may() -> None:
    state = free(("look", 1, "in_progress"))

    assert all(each.anyone and not each.nobody for each in state.moves)
    assert "      by anybody" in str(state)
    assert [each.move.event for each in state.onward] == ["complete"]


def test_a_cause_that_an_earlier_move_takes_is_not_asked_for() -> None:
    moves = (
        *FREE.moves,
        Move(
            event="correct",
            source="decide",
            target="decide",
            causes=("wrong", "slow"),
            gated=False,
            priority=2,
        ),
    )
    d = Draft()
    d.review_cycle("Look", id=CYCLE, workflow="free", stage="decide", status="active")
    state = state_of(d.model, workflows=(evolve(FREE, moves=moves),))

    corrections = [m for m in state.moves if m.move.event == "correct"]
    assert [m.target for m in corrections] == ["look", "decide"]
    assert all(m.open for m in corrections)


def test_a_role_that_nobody_plays_leaves_a_move_to_nobody() -> None:
    d = Draft()
    d.review_cycle("Alone", id=CYCLE, stage="understand", status="active")
    state = state_of(d.model)
    block = next(m for m in state.moves if m.move.event == "block")

    assert (block.open, block.nobody) == (True, True)
    assert "block → blocked: nobody plays a role that may make it" in str(state)
    assert "by facilitator (nobody plays it), or sponsor (nobody plays it)" in str(
        state
    )


def test_a_draft_has_no_stage_and_what_is_over_has_no_moves() -> None:
    draft = free(stage=None, status="draft")
    closed = free(("look", 1, "completed"), status="closed", outcome="closed")

    assert (draft.stage, draft.run, draft.since) == (None, None, None)
    assert str(draft).splitlines()[1] == "draft"
    assert {m.move.event for m in draft.moves} == {"open", "cancel"}
    assert closed.over
    assert (closed.moves, closed.acts) == ((), ())
    assert str(closed).splitlines()[1] == "closed on 2026-06-01"


def test_a_suspended_review_resumes_as_before() -> None:
    state = free(("look", 1, "blocked"), status="suspended")

    assert "resume → as before: nothing stands in the way" in str(state)


def test_without_its_workflow_it_says_so_and_still_tells_the_records() -> None:
    d = Draft(sound_model("review"))
    d.set(CYCLE, workflow="four-stagez")
    state = state_of(d.model)

    assert state.trouble is not None
    assert state.trouble.code == "MK-WFL-040"
    assert (state.workflow, state.stages, state.moves, state.stage) == (
        None,
        (),
        (),
        None,
    )
    assert len(state.passes) == len(FOUR_STAGES.stages)
    assert state.artifacts
    assert "✕ The workflow 'four-stagez' is not here. To mend it: " in str(state)


@pytest.mark.parametrize("shape", ["review", "first_review"])
def test_it_is_plain_json_and_names_everything(shape: Any) -> None:  # noqa: ANN401
    state = state_of(sound_model(shape))
    told = state.as_dict()

    assert json.loads(json.dumps(told)) == told
    assert told["stage"] == "review"
    assert told["since"] == "2026-06-22"
    assert isinstance(told["moves"], list)
    assert told["moves"][0]["roles"]


def test_texts_are_escaped_in_html() -> None:
    d = Draft(sound_model("review"))
    d.set(CYCLE, name="<script>alert(1)</script>")
    html = state_of(d.model)._repr_html_()

    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_what_is_no_question_is_refused() -> None:
    model = sound_model("review")

    with pytest.raises(InvalidValueError):
        state_of(model, on="today")
    with pytest.raises(InvalidValueError):
        state_of(model, by="Not An Id!")
    with pytest.raises(InvalidValueError):
        state_of(None)  # type: ignore[arg-type]
    with pytest.raises(NotFoundError, match="review-2026"):
        cycle_state(model, "review-2027", on=DAY)


def test_a_review_is_named_by_its_value_too() -> None:
    model = sound_model("review")
    cycle = model.get(ReviewCycle, CYCLE)

    assert cycle_state(model, cycle, on=DAY) == state_of(model)
    assert state_of(model).passes_of("nowhere") == ()


def test_passes_of_one_day_are_told_in_order() -> None:
    state = free()
    runs = [
        StageRun(id=f"r{n}", cycle=CYCLE, stage=stage, pass_number=n, entered=DAY)  # type: ignore[arg-type]
        for n in (2, 1)
        for stage in ("decide", "look")
    ]
    named = (evolve(r, id=StageRunId(f"{r.stage}-{r.id}")) for r in runs)
    model = state.model.with_(*named)
    found = state_of(model, workflows=(FREE,)).passes

    assert [(run.stage, run.pass_number) for run in found] == [
        ("look", 1),
        ("decide", 1),
        ("look", 2),
        ("decide", 2),
    ]
    assert RunStatus.NOT_STARTED is found[0].status
