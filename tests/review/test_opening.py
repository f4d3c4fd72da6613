from datetime import UTC, datetime
from typing import Any, Final

import pytest
from attrs import evolve

from missionkit.domain.agenda import AGENDAS, MANAGEMENT_REVIEW_2024
from missionkit.domain.four_stages import FOUR_STAGES
from missionkit.domain.ids import AgendaId, OrganizationId, ReviewCycleId
from missionkit.domain.intent import Organization
from missionkit.domain.lifecycle import lifecycle
from missionkit.domain.model import Model
from missionkit.domain.review import (
    Agenda,
    AgendaItem,
    Artifact,
    CycleStatus,
    ReviewCycle,
)
from missionkit.domain.stages import Move, Permission, ReviewAct, Stage
from missionkit.domain.workflow import Workflow
from missionkit.errors import InvalidValueError, RefusedError
from missionkit.issue import RefusalKind, Verdict
from missionkit.review import OpenReview, can, fire, open_review
from missionkit.testing.bakery.people import CHAIR, COUNTER, MANAGER
from missionkit.testing.sound import DAY, cycle_of, sound_model

NOW: Final = datetime(DAY.year, DAY.month, DAY.day, 12, tzinfo=UTC)
SOUND: Final = sound_model("review")
THIS: Final = cycle_of(SOUND) or ""
CLOSED: Final = fire(SOUND, THIS, "complete", by=CHAIR, at=NOW, why="Session held")
PLAN: Final = Workflow(
    name="plan",
    version=3,
    stages=(Stage(key="plan", label="Plan"),),
    moves=(
        *lifecycle("plan", open=("sponsor",), run=("planner",), cancel=("coach",)),
        Move(event="end", source="plan", target="closed", roles=("sponsor",)),
        Move(
            event="drop", target="closed", when=(CycleStatus.DRAFT,), roles=("coach",)
        ),
    ),
)
OPEN_TO_ALL: Final = evolve(
    PLAN, moves=tuple(evolve(move, roles=()) for move in PLAN.moves)
)


def named(ref: str, **fields: Any) -> ReviewCycle:  # noqa: ANN401 - any field
    return ReviewCycle(id=ReviewCycleId(ref), name=ref.capitalize(), **fields)


NEXT: Final = named("review-2027")
FREE: Final = {"actions_rehomed": lambda _: ()}


def asked(model: Model, cycle: ReviewCycle = NEXT, **given: Any) -> Verdict:  # noqa: ANN401 - options of can
    options: dict[str, Any] = {"by": CHAIR, "at": NOW} | given
    return can(model, cycle, OpenReview(), **options)


def opened(model: Model, cycle: ReviewCycle = NEXT, **given: Any) -> Model:  # noqa: ANN401 - options of open_review
    why = "A year has passed"
    options: dict[str, Any] = {"by": CHAIR, "at": NOW, "why": why} | given
    return open_review(model, cycle, **options)


def codes(verdict: Verdict) -> list[tuple[RefusalKind, str, str]]:
    return [(r.kind, r.issue.code, r.issue.ref) for r in verdict.refusals]


def test_a_review_begins_as_a_draft_that_follows_the_last_one() -> None:
    cycle = opened(CLOSED).get(ReviewCycle, NEXT.id)

    assert cycle == evolve(NEXT, previous=ReviewCycleId(THIS))


def test_whatever_is_said_of_where_it_stands_it_begins_at_the_beginning() -> None:
    said = evolve(
        NEXT, stage="review", status=CycleStatus.ACTIVE, pass_number=4, outcome="closed"
    )

    assert opened(CLOSED, said) == opened(CLOSED)


def test_it_runs_by_the_newest_version_of_its_workflow() -> None:
    older = evolve(OPEN_TO_ALL, version=2)
    cycle = named("plan", workflow="plan")
    model = opened(Model(), cycle, workflows=(OPEN_TO_ALL, older), by="anybody")

    assert model.get(ReviewCycle, "plan").workflow_version == 3


@pytest.mark.parametrize("who", [CHAIR, MANAGER])
def test_sponsor_and_facilitator_open_a_review_of_the_four_stages(who: str) -> None:
    assert asked(CLOSED, by=who)


def test_nobody_else_does() -> None:
    assert codes(asked(CLOSED, by=COUNTER)) == [
        (RefusalKind.ROLE, "MK-ACC-001", NEXT.id)
    ]


def test_without_a_row_of_its_own_it_is_for_those_who_enter_the_first_stage() -> None:
    cycle = named("plan", workflow="plan")
    settings = {"workflows": (PLAN,)}

    assert asked(CLOSED, cycle, **settings)
    assert not asked(CLOSED, cycle, by=MANAGER, **settings)
    named_so = evolve(
        PLAN, permissions=(Permission(act=ReviewAct.OPEN_REVIEW, roles=("planner",)),)
    )
    assert asked(CLOSED, cycle, by=MANAGER, workflows=(named_so,))
    assert not asked(CLOSED, cycle, workflows=(named_so,))


def test_a_second_review_of_the_same_scope_waits_for_the_first() -> None:
    assert codes(asked(SOUND)) == [(RefusalKind.STAGE, "MK-WFL-091", THIS)]
    draft = opened(CLOSED)
    assert codes(asked(draft, named("another"))) == [
        (RefusalKind.STAGE, "MK-WFL-091", NEXT.id)
    ]


def test_the_root_organization_and_no_scope_are_the_same_scope() -> None:
    root = SOUND.root
    assert root is not None
    assert not asked(opened(CLOSED), named("another", scope=root.id))


def test_a_part_of_the_organization_is_reviewed_beside_the_whole() -> None:
    root = CLOSED.root
    assert root is not None
    part = Organization(id=OrganizationId("mill"), name="The mill", parent=root.id)
    model = CLOSED.with_(part)
    cycle = opened(opened(model), named("mill-2027", scope=part.id))

    assert cycle.get(ReviewCycle, "mill-2027").previous is None


def test_what_another_workflow_reviews_does_not_stand_in_the_way() -> None:
    cycle = named("plan", workflow="plan")

    assert asked(SOUND, cycle, workflows=(PLAN, FOUR_STAGES))


def test_an_id_that_is_taken_is_refused_with_one_that_is_free() -> None:
    verdict = asked(CLOSED, named(str(MANAGER)))

    assert codes(verdict) == [(RefusalKind.EVENT, "MK-WFL-090", MANAGER)]
    assert f"{MANAGER}-2" in verdict.refusals[0].issue.fix


def test_only_a_closed_review_can_be_followed() -> None:
    canceled = fire(SOUND, THIS, "cancel", by=CHAIR, at=NOW, why="x", guards=FREE)
    verdict = asked(canceled, named("next", previous=ReviewCycleId(THIS)))

    assert codes(verdict) == [(RefusalKind.STAGE, "MK-WFL-092", THIS)]
    assert "review-2025" in verdict.refusals[0].issue.fix
    cycle = opened(canceled).get(ReviewCycle, NEXT.id)
    assert cycle.previous == "review-2025"


def set_back(**fields: Any) -> Model:  # noqa: ANN401 - any field
    """Return the closed review, which somebody called canceled by hand."""
    closed = CLOSED.get(ReviewCycle, THIS)
    return CLOSED.with_(evolve(closing(closed), status=CycleStatus.CANCELED, **fields))


def closing(cycle: ReviewCycle) -> ReviewCycle:
    assert (cycle.status, cycle.outcome) == (CycleStatus.CLOSED, "closed")
    return cycle


@pytest.mark.parametrize("outcome", ["closed", None])
@pytest.mark.parametrize("previous", [None, "review-2025"])
def test_a_closed_review_that_is_called_canceled_is_not_passed_over(
    outcome: str | None, previous: str | None
) -> None:
    model = set_back(outcome=outcome)
    ref = ReviewCycleId(previous) if previous else None
    (refusal,) = asked(model, evolve(NEXT, previous=ref)).refusals

    said = "MK-WFL-093" if previous else "MK-WFL-092"
    assert (refusal.issue.code, refusal.issue.ref) == (said, THIS)
    if previous is None:
        assert "was closed, and set to canceled since" in refusal.issue.message
        assert refusal.issue.fix == "set its `status` back to closed"


def test_a_draft_whose_last_review_is_set_to_canceled_does_not_begin() -> None:
    draft = opened(CLOSED)
    last = evolve(draft.get(ReviewCycle, THIS), status=CycleStatus.CANCELED)
    verdict = can(draft.with_(last), NEXT.id, "open", by=CHAIR, at=NOW)

    (refusal,) = (r for r in verdict.refusals if "canceled" in r.issue.message)
    assert refusal.issue.code == "MK-GAT-001"
    assert refusal.issue.fix == "set its `status` back to closed"


def test_a_workflow_may_have_an_end_at_which_a_review_is_canceled() -> None:
    given_up = Move(
        event="give_up", source="plan", target="dropped", then=CycleStatus.CANCELED
    )
    moves = (*OPEN_TO_ALL.moves, given_up)
    flow = evolve(OPEN_TO_ALL, ends=("closed", "dropped"), moves=moves)
    told: dict[str, Any] = {"workflows": [flow], "by": "anybody"}
    made: dict[str, Any] = {**told, "at": NOW, "why": "x"}
    model = opened(Model(), named("old", workflow="plan"), **told)
    model = fire(model, "old", "open", **made)
    dropped = fire(model, "old", "give_up", **made)
    ended = fire(model, "old", "end", **made)
    held = ended.get(ReviewCycle, "old")
    by_hand = ended.with_(evolve(held, status=CycleStatus.CANCELED))
    new = named("new", workflow="plan")

    assert dropped.get(ReviewCycle, "old").outcome == "dropped"
    assert asked(dropped, new, **told)
    assert [code for _, code, _ in codes(asked(by_hand, new, **told))] == ["MK-WFL-092"]
    assert asked(by_hand, named("new"), by=CHAIR) == asked(Model(), named("new"))


def test_a_canceled_review_with_none_before_it_is_not_followed_either() -> None:
    old = named("old", workflow="plan", status=CycleStatus.CANCELED)
    new = named("new", workflow="plan", previous=old.id)
    verdict = asked(Model([old]), new, workflows=[OPEN_TO_ALL], by="anybody")

    assert codes(verdict) == [(RefusalKind.STAGE, "MK-WFL-092", "old")]
    assert verdict.refusals[0].issue.fix


def test_the_last_review_is_not_passed_over() -> None:
    earlier = CLOSED.get(ReviewCycle, THIS).previous
    verdict = asked(CLOSED, named("next", previous=earlier))

    assert codes(verdict) == [(RefusalKind.STAGE, "MK-WFL-093", THIS)]


def test_a_review_may_follow_a_later_one_of_another_workflow() -> None:
    other = named(
        "other",
        workflow="plan",
        status=CycleStatus.CLOSED,
        previous=ReviewCycleId(THIS),
    )
    model = CLOSED.with_(other)

    cycle = evolve(NEXT, previous=other.id)
    assert opened(model, cycle).get(ReviewCycle, NEXT.id).previous == "other"


def test_a_previous_review_that_is_not_there_is_refused() -> None:
    verdict = asked(CLOSED, named("next", previous=ReviewCycleId("review-2062")))

    assert [r.issue.code for r in verdict.refusals] == ["MK-STR-025"]


def test_by_an_unsound_workflow_no_review_begins() -> None:
    moves = (*lifecycle("plan"), Move(event="end", target="closed", guards=("quorm",)))
    wrong = evolve(OPEN_TO_ALL, moves=moves)
    verdict = asked(
        Model(),
        named("plan", workflow="plan"),
        by="anybody",
        workflows=[wrong],
        guards={"quorum": lambda _: ()},
    )

    assert [r.kind for r in verdict.refusals] == [RefusalKind.STAGE]
    assert "quorum" in verdict.refusals[0].issue.fix


def test_a_workflow_that_is_not_here_is_named_with_the_nearest() -> None:
    cycle = named("next", workflow="four-stage")
    verdict = asked(CLOSED, cycle)

    assert codes(verdict) == [(RefusalKind.STAGE, "MK-WFL-040", "next")]
    assert "four-stages" in verdict.refusals[0].issue.fix
    with pytest.raises(RefusedError, match="four-stage"):
        opened(CLOSED, cycle)


def test_every_reason_is_named_at_once() -> None:
    verdict = asked(SOUND, named(str(CHAIR)), by=COUNTER)

    assert [code for _, code, _ in codes(verdict)] == [
        "MK-ACC-001",
        "MK-WFL-090",
        "MK-WFL-091",
    ]


@pytest.mark.parametrize("cycle", [None, 3, "review-2027"])
def test_what_is_no_review_is_refused_with_the_other_faults(cycle: object) -> None:
    with pytest.raises(InvalidValueError) as found:
        open_review(CLOSED, cycle, by=CHAIR, at=NOW, why=" ")  # type: ignore[arg-type]  # on purpose

    assert [issue.path for issue in found.value.issues] == ["cycle", "why"]


def test_can_and_open_review_agree_and_nothing_is_changed_by_asking() -> None:
    for model in (SOUND, CLOSED, opened(CLOSED)):
        before = frozenset(model)
        verdict = asked(model)
        assert frozenset(model) == before
        if verdict:
            assert opened(model) != model
        else:
            with pytest.raises(RefusedError) as found:
                opened(model)
            assert found.value.verdict == verdict


@pytest.mark.parametrize("agenda", AGENDAS, ids=lambda each: str(each.id))
def test_an_agenda_that_missionkit_brings_along_is_put_with_its_items(
    agenda: Agenda,
) -> None:
    model = opened(CLOSED, evolve(NEXT, agenda=agenda.id))
    items = [each for each in model.of(AgendaItem) if each.cycle == NEXT.id]

    assert model[agenda.id] == agenda
    assert {(i.code, i.title, i.disposition) for i in items} == {
        (entry.code, entry.title, None) for entry in agenda.entries
    }
    assert len(items) == len(agenda.entries)


def test_an_agenda_of_the_model_is_followed_as_it_is_there() -> None:
    own = CLOSED.get(ReviewCycle, THIS).agenda
    model = opened(CLOSED, evolve(NEXT, agenda=own))
    items = [each.code for each in model.of(AgendaItem) if each.cycle == NEXT.id]

    assert sorted(filter(None, items)) == ["actions", "mission", "results", "risks"]
    assert MANAGEMENT_REVIEW_2024.id not in model


def test_an_agenda_that_nobody_knows_is_refused() -> None:
    verdict = asked(CLOSED, evolve(NEXT, agenda=AgendaId("agenda-iso-9001-2051")))

    (refusal,) = verdict.refusals
    assert (refusal.issue.code, refusal.issue.path) == ("MK-WFL-081", "agenda")
    assert f"'{MANAGEMENT_REVIEW_2024.id}'" in refusal.issue.fix


def test_where_no_agenda_is_called_alike_all_are_named() -> None:
    verdict = asked(CLOSED, named(str(CHAIR), agenda=AgendaId("zzz")), by=COUNTER)

    found = {r.issue.code: r.issue for r in verdict.refusals}
    assert found.keys() == {"MK-ACC-001", "MK-WFL-090", "MK-WFL-081"}
    for each in AGENDAS:
        assert each.id in found["MK-WFL-081"].fix
    assert str(CLOSED.get(ReviewCycle, THIS).agenda) in found["MK-WFL-081"].fix


def test_what_is_no_agenda_is_refused() -> None:
    verdict = asked(CLOSED, evolve(NEXT, agenda=AgendaId(str(CHAIR))))

    assert [r.issue.path for r in verdict.refusals] == ["agenda"]


def test_long_ids_leave_each_item_an_id_of_its_own() -> None:
    cycle = named("a" * 60, agenda=MANAGEMENT_REVIEW_2024.id)
    model = opened(CLOSED, cycle)
    items = [each for each in model.of(AgendaItem) if each.cycle == cycle.id]

    assert len(items) == len(MANAGEMENT_REVIEW_2024.entries)


def test_two_openings_of_one_model_give_the_same_model() -> None:
    assert opened(CLOSED) == opened(CLOSED)
    assert [e.id for e in opened(CLOSED)] == [e.id for e in opened(CLOSED)]


def test_the_first_review_follows_none_and_takes_nothing_over() -> None:
    model = opened(
        sound_model("plan"),
        workflows=[evolve(OPEN_TO_ALL, name="four-stages")],
        by="anybody",
    )

    assert model.get(ReviewCycle, NEXT.id).previous is None
    assert model.of(Artifact) == ()


def test_a_second_cycle_cannot_begin_without_the_report_of_the_first() -> None:
    cycle = evolve(CLOSED.get(ReviewCycle, THIS), previous=None)
    first = CLOSED.with_(cycle)
    reports = {a.id for a in first.of(Artifact) if a.view == "strategic-review-report"}
    assert reports
    at = datetime(2026, 7, 1, tzinfo=UTC)
    draft = opened(first)
    assert can(draft, NEXT.id, "open", by=CHAIR, at=at)
    lost = draft.with_(
        *(
            evolve(draft.get(Artifact, ref), view="minutes")
            for ref in reports
            if draft.get(Artifact, ref).cycle == THIS
        )
    )
    verdict = can(lost, NEXT.id, "open", by=CHAIR, at=at)
    assert [r.issue.code for r in verdict.refusals] == ["MK-GAT-001"]


def begun(model: Model, ref: str) -> list[tuple[RefusalKind, str, str]]:
    return codes(can(model, ref, "open", by=CHAIR, at=NOW))


def test_of_two_drafts_the_first_that_is_opened_begins() -> None:
    draft = opened(CLOSED)
    twin = evolve(draft.get(ReviewCycle, NEXT.id), id=ReviewCycleId("twin"))
    both = draft.with_(twin)
    one = fire(both, NEXT.id, "open", by=CHAIR, at=NOW, why="It begins")

    assert begun(both, "twin") == []
    assert begun(one, "twin") == [(RefusalKind.STAGE, "MK-WFL-091", NEXT.id)]


def test_a_draft_that_passes_over_the_last_review_does_not_begin() -> None:
    draft = opened(CLOSED)
    earlier = CLOSED.get(ReviewCycle, THIS).previous
    by_hand = evolve(draft.get(ReviewCycle, NEXT.id), previous=earlier)

    assert begun(draft.with_(by_hand), NEXT.id) == [
        (RefusalKind.STAGE, "MK-WFL-093", THIS)
    ]


def test_ids_that_were_used_before_are_not_given_out_again() -> None:
    model = opened(CLOSED, used={f"{NEXT.id}-carry-over"})
    (carry_over,) = (a for a in model.of(Artifact) if a.cycle == NEXT.id)
    verdict = asked(CLOSED, used=[NEXT.id])

    assert carry_over.id == f"{NEXT.id}-carry-over-2"
    assert codes(verdict) == [(RefusalKind.EVENT, "MK-WFL-090", NEXT.id)]
    assert "removed" in verdict.refusals[0].issue.message


def test_used_are_ids() -> None:
    with pytest.raises(InvalidValueError) as error:
        opened(CLOSED, used=[5])

    assert [issue.path for issue in error.value.issues] == ["used[0]"]
