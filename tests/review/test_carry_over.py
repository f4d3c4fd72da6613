from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from attrs import evolve

from missionkit.domain.ids import (
    AnyId,
    ConclusionId,
    DriftSignalId,
    ImprovementActionId,
    ReviewCycleId,
)
from missionkit.domain.model import Model
from missionkit.domain.review import (
    AgendaItem,
    Artifact,
    ArtifactStatus,
    Conclusion,
    ConclusionKind,
    CycleStatus,
    Decision,
    Disposition,
    DriftSignal,
    ImprovementAction,
    ReviewCycle,
)
from missionkit.domain.values import Period
from missionkit.ports.rule import RuleView
from missionkit.review import AssignAction, can, fire, open_review, perform
from missionkit.review.carry_over import TakingOver
from missionkit.review.new_ids import NewIds
from missionkit.rules.check import check
from missionkit.rules.facts.carry_over import left_open
from missionkit.rules.facts.cycles import last_closed
from missionkit.testing.bakery.people import CHAIR, MANAGER
from missionkit.testing.sound import DAY, cycle_of, sound_model

NOW: Final = datetime(DAY.year, DAY.month, DAY.day, 12, tzinfo=UTC)
SOUND: Final = sound_model("review")
THIS: Final = cycle_of(SOUND) or ""
CLOSED: Final = fire(SOUND, THIS, "complete", by=CHAIR, at=NOW, why="Session held")
NEXT: Final = ReviewCycle(id=ReviewCycleId("review-2027"), name="Review of 2027")


def opened(model: Model, cycle: ReviewCycle = NEXT) -> Model:
    return open_review(model, cycle, by=CHAIR, at=NOW, why="A year has passed")


def carry_overs(model: Model) -> tuple[Artifact, ...]:
    return tuple(each for each in model.of(Artifact) if each.cycle == NEXT.id)


def test_what_the_last_review_left_open_is_taken_over_with_its_report() -> None:
    (made,) = carry_overs(opened(CLOSED))

    assert made == Artifact(
        id=made.id,
        title="What Review of 2026 left open",
        view="carry-over",
        cycle=NEXT.id,
        stage="understand",
        covers=(AnyId("one-more-field"), AnyId("second-baker"), AnyId("oven-fails")),
        inputs=made.inputs,
    )
    assert [CLOSED.get(Artifact, ref).view for ref in made.inputs] == [
        "strategic-review-report"
    ]


def test_what_was_deferred_is_on_the_agenda_and_says_where_it_comes_from() -> None:
    item = next(i for i in CLOSED.of(AgendaItem) if i.cycle == THIS)
    put_off = evolve(
        item, disposition=Disposition.DEFERRED, deferred_to=date(2026, 9, 1)
    )
    model = opened(CLOSED.with_(put_off))
    (made,) = carry_overs(model)
    (again,) = (i for i in model.of(AgendaItem) if i.cycle == NEXT.id)

    assert AnyId(item.id) in made.covers
    assert (again.title, again.code) == (item.title, item.code)
    assert again.disposition is None
    assert again.notes == f"Deferred by Review of 2026 to 2026-09-01: {item.id}"


def test_signals_of_its_time_are_taken_over() -> None:
    signal = DriftSignal(id=DriftSignalId("off-course"), indicator="Off course", at=DAY)
    period = Period(DAY + timedelta(days=1), None)
    model = opened(CLOSED.with_(signal), evolve(NEXT, period=period))

    assert AnyId("off-course") in carry_overs(model)[0].covers


def test_what_was_left_open_after_the_draft_is_taken_over_when_it_is_opened() -> None:
    draft = opened(CLOSED)
    (before,) = carry_overs(draft)
    less = draft.with_(evolve(before, covers=before.covers[:1]))
    after = fire(less, NEXT.id, "open", by=CHAIR, at=NOW, why="It begins")

    (whole,) = carry_overs(after)
    assert {*whole.covers} == {*before.covers}


def test_a_carry_over_that_was_handed_in_is_left_as_it_is() -> None:
    draft = opened(CLOSED)
    (before,) = carry_overs(draft)
    handed_in = evolve(
        before, covers=before.covers[:1], status=ArtifactStatus.SUBMITTED
    )
    less = draft.with_(handed_in)
    after = fire(less, NEXT.id, "open", by=CHAIR, at=NOW, why="It begins")

    first, second = carry_overs(after)
    assert first == handed_in
    assert {*second.covers} == {*before.covers[1:]}


def test_where_nothing_is_left_open_there_is_nothing_to_take_over() -> None:
    first = ReviewCycle(id=ReviewCycleId("first"), name="First")
    view = RuleView(model=Model([first]), on=DAY)
    ids = NewIds(view.model)
    taking = TakingOver(view=view, cycle=first, start="understand", ids=ids)

    assert list(taking.elements()) == []


def test_ids_are_not_given_out_twice() -> None:
    ids = NewIds(CLOSED)

    assert [ids.of("need", THIS) for _ in range(3)] == [
        f"{THIS}-2",
        f"{THIS}-3",
        f"{THIS}-4",
    ]
    assert THIS in ids
    assert "free" not in ids


def test_a_rule_finds_nothing_lost_in_the_new_review() -> None:
    model = opened(CLOSED)
    found = check(model, on=DAY, cycle=NEXT.id, select=("MK-REV-032", "MK-STR"))

    assert found.issues == ()


def test_only_where_none_was_closed_before_it_is_a_review_the_first() -> None:
    draft = opened(CLOSED)
    said = Conclusion(
        id=ConclusionId("first-of-all"),
        statement="There was none before it",
        kind=ConclusionKind.FIRST_CYCLE,
        on=AnyId(NEXT.id),
        cycle=NEXT.id,
    )
    alone = evolve(draft.get(ReviewCycle, NEXT.id), previous=None)
    verdict = can(draft.with_(said, alone), NEXT.id, "open", by=CHAIR, at=NOW)

    assert [r.issue.value for r in verdict.refusals] == [f"'{THIS}'"]
    assert verdict.refusals[0].issue.code == "MK-GAT-001"


def held(ref: str, year: int | None, **fields: Any) -> ReviewCycle:  # noqa: ANN401 - any field
    whole = Period(date(year, 1, 1), date(year, 12, 31)) if year else None
    closed = CycleStatus.CLOSED
    return ReviewCycle(
        id=ReviewCycleId(ref), name=ref, status=closed, period=whole, **fields
    )


def last(cycle: ReviewCycle, *others: ReviewCycle) -> str | None:
    found = last_closed(RuleView(model=Model([cycle, *others]), on=DAY), cycle)
    return found.id if found else None


def test_the_last_review_is_the_newest_that_is_closed() -> None:
    first, second, third = held("a", 2023), held("b", 2025), held("c", 2024)
    going_on = evolve(held("now", 2020), status=CycleStatus.ACTIVE)

    assert last(going_on, first, second, third) == "b"
    assert last(second, first, third) == "c"
    assert last(first, second, third) is None
    assert last(held("z", None), first) is None


def test_what_follows_a_review_is_not_before_it() -> None:
    going_on = evolve(held("now", 2026), status=CycleStatus.ACTIVE)
    later = held("a", 2025, previous=going_on.id)
    last_of_all = held("b", 2025, previous=later.id)

    assert last(going_on, later, last_of_all) is None


def test_of_those_that_follow_one_another_it_is_the_end() -> None:
    first = held("a", 2025)
    second = held("b", 2024, previous=first.id)
    going_on = evolve(held("now", None), status=CycleStatus.DRAFT)

    assert last(going_on, first, second) == "b"


def test_what_began_on_a_decision_of_a_review_that_was_over_is_left_open() -> None:
    old = next(each for each in CLOSED.of(Decision) if each.cycle == "review-2025")
    model = fire(opened(CLOSED), NEXT.id, "open", by=CHAIR, at=NOW, why="It begins")
    late = ImprovementAction(
        id=ImprovementActionId("late"),
        statement="Look again",
        decision=old.id,
        due=date(2027, 1, 1),
    )
    act = AssignAction(new=late, owner=MANAGER)
    after = perform(model, NEXT.id, act, by=MANAGER, at=NOW, why="It was forgotten")
    later = DAY + timedelta(days=300)
    view = RuleView(model=after, on=later)

    cycle = after.get(ReviewCycle, NEXT.id)
    assert "late" in [each.id for each in left_open(view, cycle, later)]


def test_what_a_canceled_review_had_decided_is_left_open_by_the_one_in_that_time() -> (
    None
):
    decided = next(each for each in SOUND.of(Decision) if each.cycle == THIS)
    action = ImprovementAction(
        id=ImprovementActionId("waived"),
        statement="Look again",
        decision=decided.id,
        opened=DAY,
    )
    this = SOUND.get(ReviewCycle, THIS)
    model = SOUND.with_(evolve(this, status=CycleStatus.CANCELED), action)
    view, later = RuleView(model=model, on=DAY), DAY + timedelta(days=1)
    last = model.get(ReviewCycle, this.previous or "")

    assert "waived" in [each.id for each in left_open(view, last, later)]
