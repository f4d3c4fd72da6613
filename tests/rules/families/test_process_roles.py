from datetime import date
from typing import Any

import pytest

from missionkit.domain.draft import Draft
from missionkit.domain.model import Model
from missionkit.domain.values import Cadence, Period, Unit
from missionkit.rules.check import check
from tests.rules.cases import DAY, retired, told
from tests.rules.stories.processes import LATELY, climbed, staffed

FUTURE = Period(start=date(2026, 7, 1))
PAST = Period(end=date(2026, 6, 29))


def found(model: Model, number: int, on: date = DAY) -> list[str]:
    return [issue.message for issue in check(model, on=on).of(f"MK-PRC-{number:03}")]


def cast(**played: str) -> Model:
    return told(lambda d: staffed(d, **played))


def changed(
    model: Model,
    ref: str,
    **fields: Any,  # noqa: ANN401 - fields of any type
) -> Model:
    d = Draft(model)
    d.set(ref, **fields)
    return d.model


def test_an_owner_who_performs_with_others_is_not_alone() -> None:
    model = cast(owner="ana", performer="ana")
    d = Draft(model)
    d.role_assignment(role="performer", party="ben", on="build")

    assert found(model, 1) == ["Process 'Build' is performed by its owner alone."]
    assert found(d.model, 1) == []


def test_two_owners_who_perform_are_told_as_two_owners_alone() -> None:
    model = cast(owner="ana", performer="ana")
    d = Draft(model)
    d.role_assignment(role="owner", party="ben", on="build")

    assert found(d.model, 1) == []


def test_who_performs_everywhere_performs_what_has_no_performer_of_its_own() -> None:
    def story(d: Draft) -> None:
        staffed(d, owner="ana", coach="ana")
        d.role("Performer", id="performer", kind="performer")
        d.role_assignment(role="performer", party="ana")

    assert len(found(told(story), 1)) == 1
    assert found(told(story), 5) == []


@pytest.mark.parametrize("state", ["not in use", "retired"])
def test_who_performs_what_is_not_in_use_is_not_asked(state: str) -> None:
    ladder = climbed(1) if state == "not in use" else retired()
    model = changed(cast(owner="ana", performer="ana"), "build", release=ladder)

    assert found(model, 1) == []
    assert found(model, 7) == []
    assert found(model, 8) == []


@pytest.mark.parametrize(("rungs", "count"), [(1, 0), (2, 1), (3, 1), (4, 1)])
def test_what_is_published_was_handed_over(rungs: int, count: int) -> None:
    model = changed(cast(owner="ana", engineer="ben"), "build", release=climbed(rungs))

    assert len(found(model, 2)) == count


def test_an_engineer_who_owns_the_process_hands_it_to_nobody() -> None:
    model = changed(cast(owner="ana", engineer="ana"), "build", release=climbed(2))

    assert found(model, 2) == []


@pytest.mark.parametrize(("period", "count"), [(None, 1), (PAST, 1), (FUTURE, 0)])
def test_who_designed_once_designed_for_ever(period: Period | None, count: int) -> None:
    model = changed(cast(owner="ana", engineer="ben"), "build", release=climbed(2))

    assert len(found(changed(model, "engineer-of-build", period=period), 2)) == count


def test_a_handover_is_judged_only_when_it_is_accepted() -> None:
    def handed(accepted: date | None) -> Model:
        def story(d: Draft) -> None:
            staffed(d, owner="ana")
            d.handover(process="build", to_party="ben", accepted=accepted)

        return told(story)

    assert found(handed(None), 3) == []
    assert found(handed(date(2026, 7, 1)), 4) == []
    assert [each.partition("without ")[2] for each in found(handed(DAY), 3)] == [
        "documents.",
        "knowledge.",
        "measures.",
        "training.",
    ]
    assert found(handed(DAY), 4) == [
        "Process 'Build' was handed over to 'Ben', who did not own it."
    ]


def test_who_owned_the_process_then_is_asked() -> None:
    def story(d: Draft) -> None:
        staffed(d, owner="ana")
        d.set("owner-of-build", period=Period(end=LATELY))
        d.role_assignment(
            role="owner",
            party="ben",
            on="build",
            period=Period(start=date(2026, 6, 2)),
        )
        d.handover(process="build", to_party="ana", accepted=LATELY)

    assert found(told(story), 4) == []


def test_without_an_owner_then_nobody_else_is_blamed() -> None:
    def story(d: Draft) -> None:
        staffed(d)
        d.handover(process="build", to_party="ben", accepted=LATELY)

    assert found(told(story), 4) == []


def test_what_is_commissioned_is_coached_by_its_owner() -> None:
    def story(d: Draft) -> None:
        staffed(d, owner="ana")
        d.set("build", release=climbed(4))

    alone = told(story)
    d = Draft(alone)
    d.process("Else", id="else")
    d.role("Performer", id="performer", kind="performer")
    d.role_assignment(role="performer", party="ben", on="else")

    assert found(alone, 5) == []
    assert found(d.model, 5) == [
        "Process 'Build' has nobody who performs it on 2026-06-30."
    ]


@pytest.mark.parametrize(
    ("period", "count"),
    [(None, 0), (PAST, 1), (FUTURE, 0), (Period(end=DAY), 0)],
)
def test_a_coach_who_left_is_missed(period: Period | None, count: int) -> None:
    model = cast(owner="ana", coach="ben", performer="ben")

    assert len(found(changed(model, "coach-of-build", period=period), 6)) == count


def test_where_nobody_was_named_the_owner_coaches() -> None:
    assert found(cast(owner="ana", performer="ben"), 6) == []


@pytest.mark.parametrize(
    ("fields", "count"),
    [
        ({"process": "build"}, 0),
        ({"process": "build", "on": DAY}, 0),
        ({"process": "build", "on": date(2026, 7, 1)}, 1),
        ({"process": "build", "on": LATELY, "next_due": DAY}, 0),
        ({"role": "performer"}, 0),
        ({"role": "owner"}, 1),
        ({}, 0),
        ({"process": "else"}, 1),
    ],
)
def test_who_performs_was_trained(fields: dict[str, Any], count: int) -> None:
    def story(d: Draft) -> None:
        staffed(d, owner="ana", performer="ben")
        d.process("Else", id="else")
        d.training("Digging", parties=("ben",), **fields)

    assert len(found(told(story), 7)) == count


def test_one_of_two_who_is_due_again_is_named() -> None:
    def story(d: Draft) -> None:
        staffed(d, performer="ben")
        due = date(2026, 6, 29)
        d.training(
            "Digging", process="build", parties=("ben",), on=LATELY, next_due=due
        )
        d.training("Digging again", process="build", parties=("ana",), on=DAY)

    assert found(told(story), 7) == [
        "Party 'Ben' has not been trained again for 'Build'."
    ]
    assert found(told(story), 22) == []


def test_where_the_whole_training_lapsed_nobody_is_named() -> None:
    def story(d: Draft) -> None:
        staffed(d, performer="ben")
        due = date(2026, 6, 29)
        d.training(
            "Digging", process="build", parties=("ben",), on=LATELY, next_due=due
        )

    assert found(told(story), 7) == []
    assert found(told(story), 22) == [
        "Process 'Build': training was due on 2026-06-29."
    ]


def test_who_does_not_perform_on_the_day_needs_no_training() -> None:
    model = cast(performer="ben")

    assert len(found(model, 7)) == 1
    assert found(changed(model, "performer-of-build", period=PAST), 7) == []
    assert found(changed(model, "ben", active=False), 7) == []


@pytest.mark.parametrize(
    ("frequency", "count"),
    [
        (None, 0),
        (Cadence(1, Unit.WEEK), 0),
        (Cadence(3, Unit.MONTH), 0),
        (Cadence(1, Unit.QUARTER), 0),
        (Cadence(4, Unit.MONTH), 1),
        (Cadence(1, Unit.YEAR), 1),
    ],
)
def test_a_measure_is_read_often_enough_to_steer(
    frequency: Cadence | None, count: int
) -> None:
    def story(d: Draft) -> None:
        staffed(d, performer="ben")
        d.success_measure("Holes", of="build", frequency=frequency)

    assert len(found(told(story), 8)) == count


@pytest.mark.parametrize(("status", "count"), [("active", 0), ("dropped", 1)])
def test_a_measure_of_an_objective_that_is_pursued_steers(
    status: str, count: int
) -> None:
    def story(d: Draft) -> None:
        staffed(d, performer="ben")
        d.objective("Warm", id="warm", status=status)
        d.set("build", achieves=("warm",))
        d.success_measure("Degrees", of="warm", frequency=Cadence(1, Unit.MONTH))

    assert len(found(told(story), 8)) == count


def test_an_objective_without_a_measure_is_told_of_itself_alone() -> None:
    def story(d: Draft) -> None:
        staffed(d, performer="ben")
        d.objective("Warm", id="warm", status="active")
        d.set("build", achieves=("warm",))

    assert found(told(story), 8) == []
    assert len(check(told(story), on=DAY).of("MK-TRC-004")) == 1


@pytest.mark.parametrize(
    ("role", "on", "period", "count"),
    [
        ("manager", "ben", None, 1),
        ("manager", "ben", PAST, 0),
        ("manager", "build", None, 0),
        ("manager", None, None, 0),
        ("manager", "owner", None, 1),
        ("owner", "ben", None, 0),
    ],
)
def test_managers_look_after_processes(
    role: str, on: str | None, period: Period | None, count: int
) -> None:
    def story(d: Draft) -> None:
        staffed(d, owner="ana")
        d.role("Manager", id="manager", kind="manager")
        d.role_assignment(role=role, party="ana", on=on, period=period)

    assert len(found(told(story), 9)) == count


def test_a_role_is_used_by_assignment_letter_or_training() -> None:
    def story(d: Draft) -> None:
        staffed(d, owner="ana")
        for name in ("Chair", "Clerk", "Spare"):
            d.role(name, id=name.lower())
        d.training("Digging", role="clerk")
        d.responsibility(on="build", role="chair", letter="A")

    assert found(told(story), 32) == [
        "Role 'Spare' is played by nobody, and answers for nothing."
    ]
    assert found(told(lambda d: d.role("Spare", id="spare")), 32) == []
