# Ids are plain texts here, and wrong values are passed on purpose.
# mypy: disable-error-code="arg-type"

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from attrs import evolve

from missionkit.domain.model import Model
from missionkit.domain.review import ActionStatus, ImprovementAction
from missionkit.domain.role import Role, RoleAssignment, RoleKind
from missionkit.domain.values import Period
from missionkit.errors import InvalidValueError
from missionkit.review import (
    AssignAction,
    assign_action,
    can,
)
from tests.review.scenes import AT, LATER, TODAY, changed, codes, scene

BEGIN = date(2026, 1, 1)
YESTERDAY = TODAY - timedelta(days=1)
NEW = ImprovementAction(id="field", statement="Ask for a field", due=LATER)
SAID = {"by": "clerk", "at": AT, "why": "Session 1"}


def owners(model: Model, action: str) -> dict[str, Period | None]:
    """Return who owns an action, and in what period."""
    found = (each for each in model.of(RoleAssignment) if each.on == action)
    return {each.party: each.period for each in found}


def test_a_new_action_gets_an_owner_from_the_day_on() -> None:
    model = scene()
    after = assign_action(model, "review", NEW, "guest", **SAID)

    assert changed(model, after) == {"field", "owner-of-field", "action-owner"}
    assert after.get(ImprovementAction, "field") == evolve(NEW, opened=TODAY)
    assert after.get(Role, "action-owner") == Role(
        id="action-owner", name="Action owner", kind=RoleKind.OWNER
    )
    assert owners(after, "field") == {"guest": Period(start=TODAY)}


def test_the_role_that_is_there_is_played_and_another_may_be_named() -> None:
    model = assign_action(scene(), "review", NEW, "guest", **SAID)
    two = evolve(NEW, id="two", opened=BEGIN)
    after = assign_action(model, "review", two, model["judge"], **SAID)
    last = assign_action(after, "review", "two", "smith", role="r-owner", **SAID)

    assert after.get(ImprovementAction, "two").opened == BEGIN
    assert changed(model, after) == {"two", "owner-of-two"}
    # It was given to somebody else on the same day; who had it first is not forgotten.
    assert changed(after, last) == {"owner-of-two", "owner-of-two-2"}
    assert owners(last, "two") == {
        "judge": Period(start=TODAY, end=TODAY),
        "smith": Period(start=TODAY),
    }
    back = assign_action(last, "review", "two", "judge", **SAID)
    held = [e for e in back.of(RoleAssignment) if e.on == "two"]
    assert [(e.party, e.period and e.period.end) for e in held] == [
        ("judge", TODAY),
        ("smith", TODAY),
        ("judge", None),
    ]


@pytest.mark.parametrize("given", ["open", scene()["open"]])
def test_an_action_that_is_there_gets_another_owner(given: Any) -> None:  # noqa: ANN401 - an id or an element
    model = scene()
    after = assign_action(model, "review", given, "guest", **SAID)

    assert changed(model, after) == {"own-open", "owner-of-open", "action-owner"}
    assert owners(after, "open") == {
        "smith": Period(start=BEGIN, end=YESTERDAY),
        "guest": Period(start=TODAY),
    }


def test_of_several_owners_the_one_who_is_named_stays() -> None:
    model = scene().with_(
        RoleAssignment(id="also", role="r-owner", party="guest", on="open")
    )
    after = assign_action(model, "review", "open", "smith", **SAID)

    assert owners(after, "open") == {
        "smith": Period(start=BEGIN),
        "guest": Period(end=YESTERDAY),
    }


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"new": evolve(NEW, due=None)}, ["MK-WFL-083"]),
        ({"new": evolve(NEW, due=YESTERDAY)}, ["MK-WFL-083"]),
        ({"new": evolve(NEW, due=TODAY)}, []),
        ({"new": evolve(NEW, id="open")}, ["MK-WFL-085"]),
        ({"new": evolve(NEW, status=ActionStatus.DONE)}, ["MK-WFL-086"]),
        ({"new": evolve(NEW, status=ActionStatus.INEFFECTIVE)}, ["MK-WFL-086"]),
        ({"new": evolve(NEW, status=ActionStatus.IN_PROGRESS)}, []),
        ({"new": evolve(NEW, addresses=("nowhere",))}, ["MK-STR-025"]),
        ({"action": "opne"}, ["MK-WFL-081"]),
        ({"action": "log"}, ["MK-WFL-081"]),
        ({"action": "done"}, ["MK-WFL-086"]),
        ({"action": "open", "owner": "smith"}, ["MK-WFL-085"]),
        ({"action": "open", "owner": "gone"}, ["MK-ACC-002"]),
        ({"action": "open", "owner": "nobody"}, ["MK-WFL-081"]),
        ({"action": "open", "role": "r-sponsor"}, ["MK-WFL-088"]),
        ({"action": "open", "role": "log"}, ["MK-WFL-088"]),
        ({"action": "open", "role": "owner"}, []),
        ({"action": "open", "role": "action-guest"}, ["MK-WFL-088"]),
        ({"action": "open", "role": "nothing"}, ["MK-WFL-081"]),
    ],
)
def test_what_cannot_be_assigned_is_refused(
    given: dict[str, Any], expected: list[str]
) -> None:
    act = AssignAction(**{"owner": "guest", **given})
    kindless = (Role(id=ref, name="Owner") for ref in ("owner", "action-guest"))
    model = scene().with_(*kindless)

    assert codes(can(model, "review", act, by="clerk", at=AT)) == expected


def test_it_takes_one_action_either_new_or_there() -> None:
    for given in ({}, {"action": "open", "new": NEW}):
        with pytest.raises(InvalidValueError, match="takes an action"):
            AssignAction(owner="guest", **given)


def test_an_ineffective_action_is_given_to_somebody() -> None:
    action = ImprovementAction(
        id="again", statement="Again", status=ActionStatus.INEFFECTIVE
    )
    model = scene().with_(action)
    after = assign_action(model, "review", "again", "guest", **SAID)

    assert owners(after, "again") == {"guest": Period(start=TODAY)}


def test_on_the_first_day_of_the_calendar_an_owner_has_no_day_before() -> None:
    own = evolve(scene().get(RoleAssignment, "own-open"), period=None)
    said = {**SAID, "at": datetime.min.replace(tzinfo=UTC)}
    after = assign_action(scene().with_(own), "review", "open", "guest", **said)

    assert set(owners(after, "open")) == {"smith", "guest"}
