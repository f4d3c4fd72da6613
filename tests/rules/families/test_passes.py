from datetime import date

import pytest
from attrs import evolve

from missionkit.domain.draft import Draft
from missionkit.domain.ids import AnyId
from missionkit.domain.model import Model
from missionkit.domain.opaque import Opaque
from missionkit.domain.review import RunStatus, StageRun
from missionkit.rules.check import check
from tests.rules.cases import told

Run = tuple[str, int, int | None]


def runs(*given: Run, workflow: str = "four-stages", version: int = 1) -> Model:
    """Return a cycle with runs: each of a stage, a pass, and a day of January."""

    def story(d: Draft) -> None:
        d.review_cycle("2026", id="cycle", workflow=workflow, workflow_version=version)
        for number, (stage, pass_number, day) in enumerate(given):
            d.stage_run(
                id=f"run-{number}",
                cycle="cycle",
                stage=stage,
                pass_number=pass_number,
                entered=date(2026, 1, day) if day else None,
                status="completed" if day else "not_started",
            )

    return told(story)


def found(model: Model) -> list[tuple[str, str, str]]:
    issues = check(model).of("MK-STR-027")
    return [(issue.ref, issue.path, issue.message) for issue in issues]


SOUND: dict[str, tuple[Run, ...]] = {
    "none": (),
    "one": (("understand", 1, 1),),
    "in order": (("understand", 1, 1), ("direct", 1, 2), ("enable", 1, 3)),
    "on one day": (("understand", 1, 1), ("direct", 1, 1)),
    "back and forth": (
        ("understand", 1, 1),
        ("direct", 1, 2),
        ("understand", 2, 3),
        ("direct", 2, 4),
    ),
    "back and forth on one day": (
        ("understand", 1, 1),
        ("direct", 1, 2),
        ("enable", 1, 3),
        ("direct", 2, 3),
        ("enable", 2, 3),
        ("review", 1, 3),
    ),
    "the same stage again": (
        ("understand", 1, 1),
        ("direct", 1, 2),
        ("enable", 1, 3),
        ("review", 1, 4),
        ("review", 2, 5),
        ("enable", 2, 6),
        ("review", 3, 7),
    ),
    "back at last": (
        ("understand", 1, 1),
        ("direct", 1, 2),
        ("enable", 1, 3),
        ("review", 1, 4),
        ("direct", 2, 5),
    ),
    "a day not known": (("understand", 1, None), ("understand", 2, 1)),
    "not begun": (("understand", 1, 1), ("enable", 1, None)),
}


@pytest.mark.parametrize("name", SOUND)
def test_stages_in_order_are_fine(name: str) -> None:
    assert found(runs(*SOUND[name])) == []


def test_passes_are_counted_from_one() -> None:
    assert found(runs(("understand", 2, 1))) == [
        (
            "run-0",
            "pass_number",
            "Stage 'understand' of '2026' has pass 2 where 1 comes next.",
        )
    ]


def test_a_pass_does_not_come_twice() -> None:
    assert found(runs(("understand", 1, 1), ("understand", 1, 2))) == [
        (
            "run-1",
            "pass_number",
            "Stage 'understand' of '2026' has pass 1 where 2 comes next.",
        )
    ]


def test_passes_follow_one_another_in_time() -> None:
    given = (("understand", 1, 3), ("understand", 2, 2), ("understand", 3, 1))

    assert found(runs(*given)) == [
        (
            "run-1",
            "entered",
            "Pass 2 of stage 'understand' of '2026' was entered before pass 1.",
        )
    ]


@pytest.mark.parametrize(
    "given",
    [(("direct", 1, 2),), (("understand", 1, 3), ("direct", 1, 2))],
    ids=["never", "later"],
)
def test_a_stage_is_not_entered_before_the_one_that_precedes_it(
    given: tuple[Run, ...],
) -> None:
    direct = f"run-{len(given) - 1}"

    assert found(runs(*given)) == [
        (direct, "stage", "Stage 'direct' of '2026' was entered before 'understand'.")
    ]


LOOP: tuple[Run, ...] = (
    ("understand", 1, 1),
    ("direct", 1, 2),
    ("enable", 1, 3),
    ("direct", 2, 4),
    ("review", 1, 6),
    ("review", 2, 7),
)


def doubtful(model: Model) -> list[tuple[str, ...]]:
    return [e.refs for e in check(model).not_judged if e.code == "MK-STR-027"]


def test_after_going_back_every_later_stage_is_passed_through_again() -> None:
    assert found(runs(*LOOP)) == [
        (
            "run-4",
            "entered",
            "Stage 'review' of '2026' was entered without another pass of 'enable'.",
        )
    ]
    assert found(runs(*LOOP, ("enable", 2, 5))) == []


@pytest.mark.parametrize("back", ["understand", "direct"])
def test_the_stage_before_is_passed_through_again_however_far_one_went_back(
    back: str,
) -> None:
    given = (*LOOP[:3], (back, 2, 4), ("enable", 2, 5))
    places = [(ref, path) for ref, path, _ in found(runs(*given))]

    assert places == ([] if back == "direct" else [("run-4", "entered")])


@pytest.mark.parametrize("day", [4, 6], ids=["with the pass back", "with the next"])
def test_what_was_entered_on_one_day_may_be_in_any_order(day: int) -> None:
    assert found(runs(*LOOP, ("enable", 2, day))) == []
    assert found(runs(*LOOP, ("enable", 2, 3))) != []
    assert found(runs(*LOOP, ("enable", 2, 8))) != []


def undated(model: Model, ref: str) -> Model:
    """Return a model in which a run was blocked, and nobody knows when it began."""
    run = evolve(model.get(StageRun, ref), entered=None, status=RunStatus.BLOCKED)
    return model.with_(run)


def test_a_pass_without_a_day_may_have_been_at_any_time_after_the_one_before() -> None:
    model = undated(runs(*LOOP, ("enable", 2, 5)), "run-6")

    assert found(model) == []
    assert doubtful(model) == [("cycle",)]


def test_a_pass_without_a_day_was_before_the_one_that_follows_it() -> None:
    given = (*LOOP[:3], ("enable", 2, 3), *LOOP[3:])
    model = undated(runs(*given), "run-2")

    assert [ref for ref, *_ in found(model)] == ["run-5"]
    assert doubtful(model) == [("cycle",)]


def test_without_going_back_a_day_that_is_missing_leaves_no_doubt() -> None:
    assert doubtful(undated(runs(*LOOP[:3]), "run-1")) == []
    assert doubtful(runs(*LOOP)) == []


def test_where_a_day_is_not_known_the_order_is_not_doubted() -> None:
    def story(d: Draft) -> None:
        d.review_cycle("2026", id="cycle")
        first, second = date(2026, 1, 1), None
        d.stage_run(cycle="cycle", stage="understand", status="completed")
        d.stage_run(cycle="cycle", stage="direct", entered=first)
        d.stage_run(cycle="cycle", stage="enable", entered=second, status="blocked")

    assert found(told(story)) == []


def test_a_stage_that_the_workflow_lacks_is_named_with_the_nearest() -> None:
    model = runs(("understnd", 1, 1))
    (issue,) = check(model).of("MK-STR-027")

    assert issue.path == "stage"
    assert issue.fix == "did you mean 'understand'?"


def test_a_stage_like_none_is_answered_with_all() -> None:
    (issue,) = check(runs(("xyz", 1, 1))).of("MK-STR-027")

    assert issue.fix == "use one of understand, direct, enable, review"


@pytest.mark.parametrize(("workflow", "version"), [("ours", 1), ("four-stages", 2)])
def test_the_order_of_an_unknown_workflow_is_not_judged(
    workflow: str, version: int
) -> None:
    model = runs(("direct", 1, 1), workflow=workflow, version=version)
    missed = [each for each in check(model).not_judged if each.code == "MK-STR-027"]

    assert found(model) == []
    assert [each.refs for each in missed] == [("cycle",)]


def test_the_passes_of_an_unknown_workflow_are_counted_all_the_same() -> None:
    assert len(found(runs(("direct", 2, 1), workflow="ours"))) == 1


def test_the_runs_of_a_cycle_that_was_erased_are_passed_over() -> None:
    cycle = Opaque(kind="review_cycle", id=AnyId("cycle"), erased=True)
    kept = (each for each in runs(("direct", 7, 1)) if each.id != "cycle")

    assert found(Model([*kept, cycle])) == []
