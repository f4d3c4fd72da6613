from datetime import UTC, date, datetime
from typing import Final

import pytest
from attrs import evolve

from missionkit.domain.ids import AgendaItemId, AnyId, DecisionId, ReviewCycleId
from missionkit.domain.model import Model
from missionkit.domain.review import (
    ActionStatus,
    AgendaItem,
    Artifact,
    CycleStatus,
    Decision,
    Disposition,
    ImprovementAction,
    ReviewCycle,
    Waiver,
)
from missionkit.issue import Verdict
from missionkit.review import can, fire, open_review
from missionkit.review.guards import GUARDS
from missionkit.testing.bakery.follow_up import KEPT, NEXT
from missionkit.testing.bakery.people import CHAIR
from missionkit.testing.sound import DAY, cycle_of, sound_model

NOW: Final = datetime(DAY.year, DAY.month, DAY.day, 12, tzinfo=UTC)
SOUND: Final = sound_model("review")
THIS: Final = cycle_of(SOUND) or ""
LAST: Final = SOUND.get(ReviewCycle, THIS).previous or ""
CARRY_OVER: Final = next(
    each
    for each in SOUND.of(Artifact)
    if each.cycle == THIS and each.view == "carry-over"
)
ITEM: Final = next(i for i in SOUND.of(AgendaItem) if i.cycle == LAST)


def refused(model: Model, event: str) -> set[str]:
    """Return the ids of what the guards name against an event."""
    verdict: Verdict = can(model, THIS, event, by=CHAIR, at=NOW)
    return {r.issue.ref for r in verdict.refusals if r.issue.restates in GUARDS}


def test_the_guards_have_their_names() -> None:
    assert list(GUARDS) == ["carry_over_kept", "actions_rehomed"]


def test_a_sound_review_can_end() -> None:
    assert refused(SOUND, "complete") == set()


def test_what_was_taken_out_of_the_carry_over_is_named_at_the_end() -> None:
    kept = tuple(ref for ref in CARRY_OVER.covers if ref != AnyId(KEPT))
    lost = SOUND.with_(evolve(CARRY_OVER, covers=kept))

    assert refused(lost, "complete") == {KEPT}


def test_what_was_settled_meanwhile_need_not_be_carried() -> None:
    kept = tuple(ref for ref in CARRY_OVER.covers if ref != AnyId(KEPT))
    done = evolve(SOUND.get(ImprovementAction, KEPT), status=ActionStatus.CANCELED)

    assert refused(SOUND.with_(evolve(CARRY_OVER, covers=kept), done), "complete") == (
        set()
    )


def test_an_item_of_the_agenda_without_a_disposition_is_named() -> None:
    item = AgendaItem(
        id=AgendaItemId("more"), title="One more", cycle=ReviewCycleId(THIS)
    )

    assert refused(SOUND.with_(item), "complete") == {"more"}


def deferred(*, code: str | None) -> Model:
    """Return the review after one that deferred an item, and took it over."""
    item = evolve(
        ITEM,
        code=code,
        title="How the mill does",
        disposition=Disposition.DEFERRED,
        deferred_to=date(2026, 6, 1),
    )
    covers = (*CARRY_OVER.covers, AnyId(item.id))
    return SOUND.with_(item, evolve(CARRY_OVER, covers=covers))


@pytest.mark.parametrize("code", ["mill", None])
def test_what_was_deferred_and_is_on_the_agenda_no_longer_is_named(
    code: str | None,
) -> None:
    model = deferred(code=code)
    again = AgendaItem(
        id=AgendaItemId("again"),
        title="How the mill does",
        code=code,
        cycle=ReviewCycleId(THIS),
        disposition=Disposition.CONSIDERED,
    )

    assert refused(model, "complete") == {ITEM.id}
    assert refused(model.with_(again), "complete") == set()


def test_a_waiver_of_the_guard_lets_it_pass() -> None:
    lost = SOUND.with_(evolve(CARRY_OVER, covers=()))
    (known,) = SOUND.of(Waiver)
    waiver = evolve(known, code="carry_over_kept", on=AnyId(KEPT))

    assert KEPT in refused(lost, "complete")
    assert KEPT not in refused(lost.with_(waiver), "complete")


def test_actions_of_its_own_decisions_keep_a_review_from_being_canceled() -> None:
    assert refused(SOUND, "cancel") == {NEXT}


@pytest.mark.parametrize("how", ["canceled", "rehomed"])
def test_it_is_canceled_when_they_are_canceled_or_follow_from_another(how: str) -> None:
    action = SOUND.get(ImprovementAction, NEXT)
    other = next(each for each in SOUND.of(Decision) if each.cycle == LAST)
    changed = {
        "canceled": evolve(action, status=ActionStatus.CANCELED),
        "rehomed": evolve(action, decision=DecisionId(other.id)),
    }
    assert refused(SOUND.with_(changed[how]), "cancel") == set()


def test_what_a_canceled_review_had_taken_over_goes_to_the_next_one() -> None:
    action = SOUND.get(ImprovementAction, NEXT)
    left = SOUND.with_(evolve(action, status=ActionStatus.CANCELED))
    canceled = fire(left, THIS, "cancel", by=CHAIR, at=NOW, why="The board resigned")
    period = canceled.get(ReviewCycle, THIS).period
    cycle = ReviewCycle(id=ReviewCycleId("anew"), name="Anew", period=period)
    model = open_review(canceled, cycle, by=CHAIR, at=NOW, why="A new board")
    again = next(a for a in model.of(Artifact) if a.cycle == cycle.id)

    assert canceled.get(ReviewCycle, THIS).status is CycleStatus.CANCELED
    assert model.get(ReviewCycle, cycle.id).previous == LAST
    assert AnyId(KEPT) in {*CARRY_OVER.covers} & {*again.covers}


@pytest.mark.parametrize("previous", [None, "earlier"])
def test_a_review_that_follows_the_last_one_no_longer_does_not_end(
    previous: str | None,
) -> None:
    this, last = SOUND.get(ReviewCycle, THIS), SOUND.get(ReviewCycle, LAST)
    earlier = evolve(last, id=ReviewCycleId("earlier"), name="Earlier", period=None)
    ref = ReviewCycleId(previous) if previous else None
    after = evolve(last, previous=earlier.id)
    model = SOUND.with_(earlier, after, evolve(this, previous=ref))

    assert LAST in refused(model, "complete")


def test_what_a_canceled_review_deferred_would_be_lost() -> None:
    action = SOUND.get(ImprovementAction, NEXT)
    item = AgendaItem(
        id=AgendaItemId("own-item"),
        title="How the mill does",
        cycle=ReviewCycleId(THIS),
        disposition=Disposition.DEFERRED,
        deferred_to=date(2026, 12, 1),
    )
    before = evolve(item, id=AgendaItemId("before"), cycle=ReviewCycleId(LAST))
    model = SOUND.with_(item, evolve(action, status=ActionStatus.CANCELED))

    assert refused(model, "cancel") == {"own-item"}
    # The next review takes over what the one before this had deferred already.
    assert refused(model.with_(before), "cancel") == set()
