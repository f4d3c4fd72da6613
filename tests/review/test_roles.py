# Ids are plain texts here, and wrong values are passed on purpose.
# mypy: disable-error-code="arg-type"

from datetime import date

import pytest
from attrs import evolve

from missionkit.domain.history import Actor
from missionkit.domain.model import Model
from missionkit.domain.opaque import Opaque
from missionkit.domain.review import ReviewCycle
from missionkit.domain.role import Role, RoleAssignment, RoleKind
from missionkit.domain.values import Period
from missionkit.ports.rule import RuleView
from missionkit.review.roles import roles_of
from missionkit.rules.facts.review_roles import players_of
from tests.review.scenes import TODAY, scene


def given(*more: RoleAssignment) -> RuleView:
    return RuleView(model=scene().with_(*more), on=TODAY)


def roles(view: RuleView, who: str) -> set[str]:
    cycle = view.model.get(ReviewCycle, "review")
    return set(roles_of(view, cycle, Actor(id=who)))


def to(party: str, on: str | None, period: Period | None = None) -> RoleAssignment:
    return RoleAssignment(
        id=f"x-{party}", role="r-sponsor", party=party, on=on, period=period
    )


@pytest.mark.parametrize("on", [None, "trust"])
def test_who_plays_a_role_for_the_organization_plays_it_in_the_review(
    on: str | None,
) -> None:
    assert roles(given(to("guest", on)), "guest") == {"r-sponsor", "sponsor"}
    assert roles(given(to("guest", on)), "chair") == {"r-sponsor", "sponsor"}


def test_who_plays_it_on_the_review_plays_it_in_place_of_them() -> None:
    view = given(to("guest", "review"))

    assert roles(view, "guest") == {"r-sponsor", "sponsor"}
    assert roles(view, "chair") == set()
    assert roles(view, "clerk") == {"r-facilitator", "facilitator"}


@pytest.mark.parametrize(
    "more",
    [
        to("guest", "other"),
        to("guest", "open"),
        to("gone", "review"),
        to("guest", "review", Period(end=date(2026, 6, 29))),
        to("guest", "review", Period(start=date(2026, 7, 1))),
    ],
)
def test_what_is_elsewhere_not_in_force_or_of_the_inactive_changes_nothing(
    more: RoleAssignment,
) -> None:
    assert roles(given(more), "chair") == {"r-sponsor", "sponsor"}
    assert roles(given(more), more.party) == set()


def test_those_who_left_may_count_for_what_they_did_then() -> None:
    view = given(to("gone", "review"))
    cycle = view.model.get(ReviewCycle, "review")

    assert players_of(view, cycle, also_left=True)["sponsor"] == {"gone"}
    assert players_of(view, cycle)["sponsor"] == {"chair"}


def test_a_role_without_a_kind_goes_by_its_id() -> None:
    model = scene()
    plain = evolve(model.get(Role, "r-sponsor"), kind=None)
    view = RuleView(model=model.with_(plain), on=TODAY)

    assert roles(view, "chair") == {"r-sponsor"}


def test_without_an_organization_only_what_is_on_nothing_is_for_the_whole() -> None:
    role = Role(id="r", name="R", kind=RoleKind.SPONSOR)
    cycle = ReviewCycle(id="review", name="Review")
    party = scene()["guest"]
    view = RuleView(
        model=Model(
            [role, cycle, party, RoleAssignment(id="a", role="r", party="guest")]
        ),
        on=TODAY,
    )

    assert roles(view, "guest") == {"r", "sponsor"}


def test_who_was_erased_plays_no_role_any_more() -> None:
    erased = Opaque(kind="party", id="chair", data=None, erased=True)
    view = RuleView(model=scene().with_(erased), on=TODAY)

    assert roles(given(), "chair") == {"r-sponsor", "sponsor"}
    assert roles(view, "chair") == set()
