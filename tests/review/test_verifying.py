# Ids are plain texts here, and wrong values are passed on purpose.
# mypy: disable-error-code="arg-type"

from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve

from missionkit.domain.model import Model
from missionkit.domain.review import ActionStatus, Evidence, ImprovementAction
from missionkit.domain.role import Role, RoleAssignment
from missionkit.domain.values import Period
from missionkit.errors import RefusedError
from missionkit.review import (
    VerifyAction,
    assign_action,
    can,
    verify_action,
)
from tests.review.scenes import AT, TODAY, changed, codes, scene

BEGIN = date(2026, 1, 1)
YESTERDAY = TODAY - timedelta(days=1)


@pytest.mark.parametrize(
    ("effective", "status"),
    [(True, ActionStatus.VERIFIED), (False, ActionStatus.INEFFECTIVE)],
)
def test_an_action_that_was_done_is_verified_or_was_in_vain(
    *, effective: bool, status: ActionStatus
) -> None:
    model = scene()
    after = verify_action(
        model,
        "review",
        "done",
        effective=effective,
        evidence="log",
        by="judge",
        at=AT,
        why="Looked at it",
    )

    assert changed(model, after) == {"done", "log"}
    assert after.get(ImprovementAction, "done") == ImprovementAction(
        id="done",
        statement="Done",
        status=status,
        closed=TODAY,
        evidence=("log",),
        verified_by="judge",
    )
    assert after.get(Evidence, "log").supports == ("open", "done")


def verdict(model: Model | None = None, **given: Any) -> list[str]:  # noqa: ANN401 - fields of an act
    model = model or scene()
    log = (model.get(Evidence, "log"),)
    by = given.pop("by", "judge")
    said = {"action": "done", "effective": True, "evidence": log, **given}
    return codes(can(model, "review", VerifyAction(**said), by=by, at=AT))


def test_what_cannot_be_verified_is_refused_for_every_reason() -> None:
    assert verdict(action="open") == ["MK-WFL-086"]
    assert verdict(action="opne") == ["MK-WFL-081"]
    assert verdict(evidence=()) == ["MK-ACC-022"]
    assert verdict(evidence=(Evidence(id="open", locator="x"),)) == ["MK-WFL-090"]
    assert verdict(by="smith") == ["MK-ACC-021"]
    assert verdict(action="open", by="smith", evidence=()) == [
        "MK-ACC-021",
        "MK-WFL-086",
        "MK-ACC-022",
    ]


def owned(by: str, start: date, end: date | None, closed: date | None) -> Model:
    model = scene()
    done = evolve(model.get(ImprovementAction, "done"), closed=closed)
    period = Period(start=start, end=end)
    held = RoleAssignment(
        id="own-done", role="r-owner", party=by, on="done", period=period
    )
    return model.with_(done, held)


@pytest.mark.parametrize(
    ("end", "closed", "expected"),
    [
        (None, TODAY, ["MK-ACC-021"]),
        (date(2026, 3, 31), date(2026, 3, 1), ["MK-ACC-021"]),  # it was theirs then
        (date(2026, 3, 31), date(2026, 5, 1), []),  # somebody else did it
        (date(2026, 3, 31), None, ["MK-ACC-021"]),  # nobody knows who did it
        (None, date(2025, 12, 1), ["MK-ACC-021"]),  # it is theirs now
    ],
)
def test_nobody_verifies_what_they_answer_for_or_did_when_it_was_done(
    end: date | None, closed: date | None, expected: list[str]
) -> None:
    assert verdict(owned("judge", BEGIN, end, closed)) == expected


def test_to_give_ones_action_away_does_not_help() -> None:
    model = owned("judge", BEGIN, None, None)
    doing = evolve(
        model.get(ImprovementAction, "done"), status=ActionStatus.IN_PROGRESS
    )
    done = evolve(doing, status=ActionStatus.DONE, closed=YESTERDAY)
    model = assign_action(
        model.with_(doing), "review", "done", "guest", by="clerk", at=AT, why="x"
    )

    assert verdict(model.with_(done)) == ["MK-ACC-021"]


def given_on(*owners: str) -> Model:
    """Return an action that was given to one after another today, and done today."""
    model = owned("judge", BEGIN, None, None)
    made = model.get(ImprovementAction, "done")
    model = model.with_(evolve(made, status=ActionStatus.OPEN))
    for each in owners:
        model = assign_action(model, "review", "done", each, by="clerk", at=AT, why="x")
    return model.with_(evolve(made, status=ActionStatus.DONE, closed=TODAY))


@pytest.mark.parametrize("owners", [["guest"], ["smith", "guest"], ["guest", "smith"]])
def test_who_had_an_action_only_in_the_morning_does_not_verify_it(
    owners: list[str],
) -> None:
    model = given_on(*owners)

    assert verdict(model) == ["MK-ACC-021"]  # it was the judge's until yesterday
    for each in owners:
        role = RoleAssignment(id="may", role="r-reviewer", party=each, on="review")
        assert verdict(model.with_(role), by=each) == ["MK-ACC-021"]


def test_of_a_handover_before_only_the_new_owner_does_not_verify() -> None:
    model = owned("judge", BEGIN, YESTERDAY - timedelta(days=1), YESTERDAY)
    period = Period(start=YESTERDAY)
    held = RoleAssignment(
        id="next", role="r-owner", party="smith", on="done", period=period
    )

    assert verdict(model) == []  # nobody took it over that day
    assert verdict(model.with_(held)) == ["MK-ACC-021"]
    later = evolve(model.get(ImprovementAction, "done"), closed=TODAY)
    assert verdict(model.with_(held, later)) == []


def test_an_owner_is_one_also_by_a_role_of_that_name_without_a_kind() -> None:
    role = Role(id="owner", name="Owner")
    held = RoleAssignment(id="own-done", role="owner", party="judge", on="done")
    other = RoleAssignment(id="acts", role="owner", party="guest")

    assert verdict(scene().with_(role, held)) == ["MK-ACC-021"]
    assert verdict(scene().with_(role, other), by="guest") == []
    assert verdict(scene().with_(role, other, evolve(held, party="guest")), by="guest")


def test_the_reasons_are_told_to_who_tries() -> None:
    with pytest.raises(RefusedError, match="let somebody verify it who does not own"):
        verify_action(
            scene(),
            "review",
            scene().get(ImprovementAction, "done"),
            effective=True,
            evidence=["log"],
            by="smith",
            at=AT,
            why="I did it well",
        )
