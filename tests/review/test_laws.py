"""What holds for every act, whoever asks for whatever: asked and done are one."""

# Ids are plain texts here, and wrong values are passed on purpose.
# mypy: disable-error-code="arg-type"

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from missionkit.domain.four_stages import FOUR_STAGES
from missionkit.domain.history import Actor
from missionkit.domain.model import Model
from missionkit.domain.review import (
    ActionStatus,
    Artifact,
    ArtifactStatus,
    CycleStatus,
    Decision,
    Disposition,
    Evidence,
    ImprovementAction,
    ReviewCycle,
)
from missionkit.domain.stages import Gate
from missionkit.domain.workflow import Workflow
from missionkit.errors import RefusedError
from missionkit.review import (
    Approve,
    AssignAction,
    Decide,
    DisposeAgendaItem,
    Fire,
    Migrate,
    Reaffirm,
    Submit,
    VerifyAction,
    Waive,
    can,
    perform,
)
from tests.review.scenes import V2, scene

IDS = st.sampled_from([*sorted(scene().ids()), "nowhere", "new"])
# Twice as likely is what may be, so that enough is allowed.
ACTIONS = st.sampled_from(["open", "done", "new"]) | IDS
PARTIES = st.sampled_from(["chair", "clerk", "judge", "smith"] * 2 + ["gone", "none"])
ARTIFACTS = st.just("needs") | IDS
ROLES = st.sampled_from([None, None, None, ("sponsor",), ("reviewer",), ()])
DAYS = st.dates(date(2026, 6, 1), date(2026, 8, 1)) | st.just(date(2026, 12, 31))
STATUSES = [CycleStatus.ACTIVE, CycleStatus.ACTIVE, *CycleStatus]
OPEN = evolve(
    FOUR_STAGES,
    permissions=(),
    stages=tuple(
        evolve(s, responsible=(), accountable=(), entry=Gate(), exit=Gate())
        for s in FOUR_STAGES.stages
    ),
    moves=tuple(evolve(move, roles=()) for move in FOUR_STAGES.moves),
)
NEW_EVIDENCE = Evidence(id="new", locator="new.pdf")
EVIDENCE = st.lists(
    st.sampled_from([scene().get(Evidence, "log"), NEW_EVIDENCE]), max_size=2
).map(tuple)
CAUSES = st.frozensets(
    st.sampled_from(["material_change", "needs_changed", "infeasible", "none"])
)
CODES = st.sampled_from(["MK-TRC-001", "actions_rehomed", "MK-WFL-042", "MK-X-1"])


@st.composite
def decisions(draw: st.DrawFn) -> Decision:
    return Decision(
        id=draw(st.just("new") | IDS),
        statement="We go",
        cycle=draw(st.sampled_from([None, None, "review", "other", "log"])),
        at=draw(st.none() | DAYS),
        addresses=tuple(draw(st.sets(IDS, max_size=1))),
    )


@st.composite
def actions(draw: st.DrawFn) -> ImprovementAction:
    status = st.sampled_from(
        [each for each in ActionStatus if each is not ActionStatus.VERIFIED]
    )
    return ImprovementAction(
        id=draw(st.just("new") | IDS),
        statement="Do it",
        due=draw(DAYS | st.none()),
        status=draw(st.just(ActionStatus.OPEN) | status),
        decision=draw(st.sampled_from([None, None, "log", "nowhere"])),
    )


ACTS = st.one_of(
    st.builds(
        Fire,
        event=st.sampled_from(["nothing", *FOUR_STAGES.table.events]),
        causes=CAUSES,
        evidence=EVIDENCE,
    ),
    st.builds(Waive, code=CODES, on=IDS, until=DAYS, requested_by=PARTIES),
    st.builds(
        DisposeAgendaItem,
        item=IDS | st.sampled_from(["risks", "audit"]),
        disposition=st.sampled_from(Disposition),
        summary=st.just("Seen"),
        evidence=EVIDENCE,
        deferred_to=st.none() | DAYS,
    ),
    st.builds(Decide, decision=decisions()),
    st.builds(AssignAction, action=ACTIONS, owner=PARTIES),
    st.builds(
        AssignAction,
        new=actions(),
        owner=PARTIES,
        role=st.sampled_from(["action-owner", "r-owner", "log", "nowhere"]),
    ),
    st.builds(VerifyAction, action=ACTIONS, effective=st.booleans(), evidence=EVIDENCE),
    st.just(Migrate()),
    st.builds(Submit, artifact=ARTIFACTS),
    st.builds(Approve, artifact=ARTIFACTS),
    st.builds(Reaffirm, artifact=ARTIFACTS),
)
# The specification: of which kinds may be what an act makes or changes.
MAKES = {
    "waive": {"waiver"},
    "dispose_agenda_item": {"agenda_item", "evidence"},
    "decide": {"decision"},
    "assign_action": {"improvement_action", "role", "role_assignment"},
    "verify_action": {"improvement_action", "evidence"},
    "migrate": {"review_cycle", "stage_run", "artifact", "approval"},
    "submit": {"artifact"},
    "approve": {"approval", "artifact"},
    "reaffirm": {"approval"},
}
MOVES = {"review_cycle", "stage_run", "evidence", "artifact"}


@st.composite
def models(draw: st.DrawFn) -> Model:
    stage = draw(st.sampled_from([None, *(each.key for each in FOUR_STAGES.stages)]))
    model = scene(status=draw(st.sampled_from(STATUSES)), stage=stage)
    made = model.get(Artifact, "needs")
    model = model.with_(evolve(made, status=draw(st.sampled_from(ArtifactStatus))))
    for ref in ("open", "done"):
        status = draw(st.sampled_from([ActionStatus.OPEN, ActionStatus.DONE]))
        action = evolve(model.get(ImprovementAction, ref), status=status)
        model = model.with_(action)
    return model


@settings(max_examples=200)
@given(
    model=models(),
    act=ACTS,
    by=st.builds(Actor, id=PARTIES, roles=ROLES),
    day=DAYS,
    to=st.sampled_from([(FOUR_STAGES,), (OPEN, V2), (OPEN,), (V2,)]),
)
def test_asked_and_done_agree_and_nothing_else_is_touched(
    model: Model,
    act: Any,  # noqa: ANN401 - any act
    by: Actor,
    day: date,
    to: tuple[Workflow, ...],
) -> None:
    at = datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=9)
    asks: dict[str, Any] = {"by": by, "at": at, "workflows": to, "why": "For a reason"}
    before = tuple(model)

    verdict = can(model, "review", act, **asks)
    again = can(model, "review", act, **asks)
    after = model
    if verdict:
        after = perform(model, "review", act, **asks)
    else:
        with pytest.raises(RefusedError) as caught:
            perform(model, "review", act, **asks)
        assert caught.value.verdict == verdict
        assert verdict.refusals

    assert tuple(model) == before
    assert verdict == again
    assert set(model.ids()) <= set(after.ids())
    kinds = {after.kind_of(each.id) for each in after if model.find(each.id) != each}
    assert kinds <= MAKES.get(act.name, MOVES)
    assert not verdict or kinds
    # All other reviews stay as they are.
    assert after.get(ReviewCycle, "other") == model.get(ReviewCycle, "other")
