from datetime import UTC, date, datetime
from typing import Any

import pytest

from missionkit.domain.draft import Draft
from missionkit.domain.ext import Ext
from missionkit.domain.ids import AnyId
from missionkit.domain.model import Model
from missionkit.domain.opaque import Opaque
from missionkit.domain.review import Artifact, PinnedDigest
from missionkit.ports.rule import RuleView
from missionkit.rules.facts.approvals import (
    approved,
    last_pinning,
    standing_of,
    standing_that_counts,
)
from missionkit.trace.approvals import ApprovalState

DAYS = [date(2026, month, 1) for month in (1, 2, 3, 4)]
WRONG = "0" * 64


def register() -> Draft:
    d = Draft()
    d.party("Ann", id="ann")
    d.need("Warm", id="warm")
    d.need("Dry", id="dry")
    d.artifact("Research", id="research")
    d.artifact("Needs", id="needs", covers=("warm",), inputs=("research",))
    return d


def approve(
    d: Draft, ref: str, day: date, *pinned: str, of: str = "needs", **wrong: str
) -> None:
    digests = [
        PinnedDigest(
            of=AnyId(each), digest=wrong.get(each) or d.model.digest(each) or ""
        )
        for each in pinned
    ]
    at = datetime(day.year, day.month, day.day, 23, 59, tzinfo=UTC)
    d.approval(id=ref, artifact=of, party="ann", at=at, digests=digests)


ALL = ("needs", "warm", "research")


def standing(model: Model, on: date | None = None) -> tuple[Any, ...]:
    view = RuleView(model=model, on=on)
    found = standing_of(view, model.get(Artifact, "needs"))
    approval = found.approval.id if found.approval else None
    assert found.artifact == "needs"
    return found.state, approval, found.changed, found.unknown


def test_what_nobody_approved_is_not_approved() -> None:
    assert standing(register().model) == (ApprovalState.NOT_APPROVED, None, (), ())


def test_what_says_what_was_approved_is_approved() -> None:
    d = register()
    approve(d, "a", DAYS[0], *ALL)
    d.set("needs", status="approved")

    assert standing(d.model) == (ApprovalState.APPROVED, "a", (), ())


@pytest.mark.parametrize("ref", ALL)
def test_a_change_of_itself_its_cover_or_its_input_makes_it_stale(ref: str) -> None:
    d = register()
    approve(d, "a", DAYS[0], *ALL)
    d.set(ref, notes="changed")

    assert standing(d.model) == (ApprovalState.STALE, "a", (ref,), ())


def test_what_is_pinned_besides_counts_as_well() -> None:
    d = register()
    approve(d, "a", DAYS[0], *ALL, "dry", dry=WRONG)

    assert standing(d.model) == (ApprovalState.STALE, "a", ("dry",), ())


def test_all_that_changed_is_named_itself_first() -> None:
    d = register()
    approve(d, "a", DAYS[0], *reversed(ALL))
    for ref in ALL:
        d.set(ref, notes="changed")

    assert standing(d.model)[2] == ALL


def test_a_later_approval_mends_it_and_by_the_day_it_does_not_yet() -> None:
    d = register()
    approve(d, "b", DAYS[1], *ALL, warm=WRONG)
    approve(d, "a", DAYS[2], *ALL)

    assert standing(d.model)[:2] == (ApprovalState.APPROVED, "a")
    assert standing(d.model, DAYS[2])[:2] == (ApprovalState.APPROVED, "a")
    assert standing(d.model, DAYS[1])[:2] == (ApprovalState.STALE, "b")
    assert standing(d.model, DAYS[0])[:2] == (ApprovalState.NOT_APPROVED, None)


def test_of_two_at_one_instant_that_of_the_later_id_counts() -> None:
    d = register()
    approve(d, "b", DAYS[0], *ALL)
    approve(d, "a", DAYS[0], *ALL, warm=WRONG)

    assert standing(d.model)[:2] == (ApprovalState.APPROVED, "b")


def test_what_is_not_pinned_is_not_known() -> None:
    d = register()
    approve(d, "a", DAYS[0], "warm")

    assert standing(d.model) == (
        ApprovalState.UNKNOWN,
        "a",
        (),
        ("needs", "research"),
    )
    d.set("warm", notes="changed")
    assert standing(d.model)[0] is ApprovalState.STALE


def test_what_cannot_be_read_here_is_not_known() -> None:
    d = register()
    d.add(Opaque(kind="acme.bet", id=AnyId("bet"), data=Ext({})))
    d.set("needs", covers=("warm", "bet"))
    approve(d, "a", DAYS[0], *ALL, "bet", bet=WRONG)

    assert standing(d.model) == (ApprovalState.UNKNOWN, "a", (), ("bet",))


def test_an_approval_of_another_artifact_says_nothing_of_this_one() -> None:
    d = register()
    approve(d, "a", DAYS[0], *ALL, of="research")

    assert standing(d.model)[0] is ApprovalState.NOT_APPROVED


def test_without_approvals_nobody_can_say_whether_an_element_is_approved() -> None:
    assert approved(RuleView(model=register().model), "warm") is None


def test_an_element_is_approved_as_the_last_approval_that_pins_it_says() -> None:
    d = register()
    approve(d, "a", DAYS[0], "warm", warm=WRONG)
    approve(d, "b", DAYS[2], "research", "warm", of="research")
    view, early = RuleView(model=d.model), RuleView(model=d.model, on=DAYS[1])
    last = last_pinning(view, "warm")

    assert approved(view, "warm") is True
    assert approved(early, "warm") is False
    assert approved(view, "dry") is False
    assert last is not None
    assert last.id == "b"


def test_an_element_that_cannot_be_read_is_not_known_to_be_approved() -> None:
    d = register()
    d.add(Opaque(kind="need", id=AnyId("gone"), erased=True))
    approve(d, "a", DAYS[0], "gone", gone=WRONG)

    assert approved(RuleView(model=d.model), "gone") is None


@pytest.mark.parametrize("relation", ["author", "submitter"])
def test_by_others_is_not_what_author_or_submitter_approved(relation: str) -> None:
    d = register()
    d.set("needs", **{relation: "ann"})
    approve(d, "a", DAYS[0], *ALL)
    view = RuleView(model=d.model)
    needs = d.model.get(Artifact, "needs")

    assert standing_of(view, needs).state is ApprovalState.APPROVED
    by_others = standing_that_counts(view, needs)
    assert by_others.state is ApprovalState.NOT_APPROVED
    assert by_others.approval is None


def test_what_others_approved_before_holds_by_others() -> None:
    d = register()
    d.party("Ben", id="ben")
    d.set("needs", author="ben")
    approve(d, "a", DAYS[0], *ALL)
    approve(d, "b", DAYS[1], *ALL)
    d.set("b", party="ben")
    view = RuleView(model=d.model)
    found = standing_that_counts(view, d.model.get(Artifact, "needs"))

    assert found.state is ApprovalState.APPROVED
    assert found.approval == d.model["a"]
