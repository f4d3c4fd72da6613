from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final

import pytest
from attrs import evolve

from missionkit.domain.four_stages import FOUR_STAGES
from missionkit.domain.ids import AnyId, PartyId, ReviewCycleId, WaiverId
from missionkit.domain.lifecycle import lifecycle
from missionkit.domain.model import Model
from missionkit.domain.party import Party
from missionkit.domain.review import AgendaItem, CycleStatus, ReviewCycle, Waiver
from missionkit.domain.stages import Gate, Move, Stage
from missionkit.domain.workflow import Workflow
from missionkit.issue import Code, Issue, RefusalKind, Severity, Verdict
from missionkit.ports.guard import GuardView
from missionkit.ports.rule import Judgment, NotJudged, RuleEntry, RuleView
from missionkit.review import Fire, can
from missionkit.testing.bakery.people import CHAIR
from missionkit.testing.sound import DAY, cycle_of, sound_model

NOON: Final = datetime(DAY.year, DAY.month, DAY.day, 12, tzinfo=UTC)
REF: Final = ReviewCycleId("review")
QUORUM: Final = Code("ACME-QRM-001", Severity.ERROR, "why", "fix")
FLOW: Final = Workflow(
    name="flow",
    stages=(Stage(key="a", label="A", exit=Gate(rules=(QUORUM.code,))),),
    moves=(
        *lifecycle("a"),
        Move(event="end", source="a", target="closed", guards=("minutes",)),
    ),
)
HERE: Final = Model(
    [
        ReviewCycle(
            id=REF,
            name="Review",
            workflow="flow",
            stage="a",
            status=CycleStatus.ACTIVE,
        )
    ]
)


def silent(_: RuleView) -> Iterator[Judgment]:
    return iter(())


def unsure(view: RuleView) -> Iterator[Judgment]:
    yield NotJudged(QUORUM.code, "nobody counted", (view.review.id,))


def broken(_: object) -> Iterator[Any]:
    raise ZeroDivisionError("by zero\nand more")


def stopped(_: object) -> Iterator[Any]:
    raise KeyboardInterrupt


def no_minutes(view: GuardView) -> Iterator[Issue]:
    if not view.evidence:
        yield view.refuse("There are no minutes.", fix="add them")


def ended(rule: Any = silent, guard: Any = None, **given: Any) -> Verdict:  # noqa: ANN401 - whatever a test tries
    options: dict[str, Any] = {
        "workflows": [FLOW],
        "rules": [RuleEntry(rule=rule, codes=(QUORUM,))],
        "guards": {"minutes": guard or (lambda _: ())},
    }
    model = given.pop("model", HERE)
    return can(model, REF, "end", by="chair", at=NOON, **(options | given))


def told(verdict: Verdict) -> list[tuple[str, str]]:
    return [(str(r.kind), r.issue.code) for r in verdict.refusals]


def test_gates_and_guards_that_find_nothing_let_pass() -> None:
    assert ended()


def test_what_is_not_judged_keeps_a_gate_shut() -> None:
    (refusal,) = ended(unsure).refusals

    assert refusal.kind is RefusalKind.GATE
    assert refusal.issue.code == "MK-WFL-042"
    assert "nobody counted" in refusal.issue.message
    assert refusal.issue.restates == QUORUM.code


def test_a_rule_that_fails_keeps_a_gate_shut() -> None:
    assert ("gate", "MK-WFL-042") in told(ended(broken))


def test_a_rule_that_is_not_there_is_named_with_the_nearest() -> None:
    near = RuleEntry(
        rule=silent, codes=(Code("ACME-QRM-002", Severity.ERROR, "why", "fix"),)
    )
    (refusal,) = ended(rules=[near]).refusals

    assert refusal.issue.code == "MK-WFL-043"
    assert "ACME-QRM-002" in refusal.issue.fix


def test_a_guard_that_is_not_there_is_named_with_the_nearest() -> None:
    (refusal,) = ended(guards={"minuts": lambda _: ()}).refusals

    assert (refusal.issue.code, refusal.issue.value) == ("MK-WFL-044", "'minutes'")
    assert "'minuts'" in refusal.issue.fix


def test_a_guard_that_fails_lets_nothing_pass_and_is_told_in_one_line() -> None:
    (refusal,) = ended(guard=broken).refusals

    assert refusal.issue.code == "MK-WFL-045"
    assert "\n" not in refusal.issue.message + refusal.issue.value


def test_who_stops_the_program_stops_a_guard() -> None:
    with pytest.raises(KeyboardInterrupt):
        ended(guard=stopped)


def test_a_guard_sees_what_is_given_with_the_act() -> None:
    assert told(ended(guard=no_minutes)) == [("gate", "MK-WFL-030")]


def test_all_that_is_against_a_move_is_told_at_once() -> None:
    assert told(ended(unsure, no_minutes)) == [
        ("gate", "MK-WFL-042"),
        ("gate", "MK-WFL-030"),
    ]


def test_what_rule_and_guard_both_say_is_told_once() -> None:
    def lacking(view: RuleView) -> Iterator[Judgment]:
        yield QUORUM.issue("There are no minutes.", ref=view.review.id)

    assert told(ended(lacking, no_minutes)) == [("gate", QUORUM.code)]
    free = HERE.with_(
        Party(id=PartyId("chair"), name="Chair"),
        Waiver(
            id=WaiverId("w"),
            code=QUORUM.code,
            on=AnyId(REF),
            granted_by=PartyId("chair"),
            requested_by=PartyId("clerk"),
            why="x",
            until=NOON.date(),
        ),
        Party(id=PartyId("clerk"), name="Clerk"),
    )
    assert told(ended(lacking, no_minutes, model=free)) == [("gate", "MK-WFL-030")]


def test_an_item_without_disposition_is_refused_once() -> None:
    model = sound_model("review")
    item = model.get(AgendaItem, f"{cycle_of(model)}-risks")
    verdict = can(
        model.with_(evolve(item, disposition=None)),
        cycle_of(model) or "",
        "complete",
        by=CHAIR,
        at=NOON,
    )

    assert told(verdict) == [("gate", "MK-GAT-028")]
    assert "has no disposition" in verdict.refusals[0].issue.message


def test_what_is_graded_down_lets_pass() -> None:
    def finds(view: RuleView) -> Iterator[Judgment]:
        yield QUORUM.issue("Too few.", ref=view.review.id)

    assert told(ended(finds)) == [("gate", QUORUM.code)]
    assert ended(finds, severities={QUORUM.code: "advice"})


def test_no_other_rule_than_those_of_the_gate_is_asked() -> None:
    other = RuleEntry(
        rule=stopped, codes=(Code("ACME-QRM-009", Severity.ERROR, "why", "fix"),)
    )
    own = RuleEntry(rule=silent, codes=(QUORUM,))

    assert ended(rules=[other, own, RuleEntry(rule=stopped)])


def test_a_waiver_that_is_over_on_the_day_helps_no_more() -> None:
    model = sound_model("review")
    cycle = cycle_of(model) or ""
    (known,) = model.of(Waiver)
    item = evolve(known, code="carry_over_kept", on=AnyId(cycle))
    guard: dict[str, Any] = {
        "guards": {"carry_over_kept": lambda v: [v.refuse("No.")]},
        "workflows": [FOUR_STAGES],
    }
    held = model.with_(item)
    late = datetime(2026, 11, 1, tzinfo=UTC)

    verdict = can(held, cycle, "complete", by=CHAIR, at=NOON, **guard)
    assert [issue.restates for issue in verdict.waived] == ["carry_over_kept"]
    assert verdict
    refused = can(held, cycle, Fire(event="complete"), by=CHAIR, at=late, **guard)
    assert "MK-WFL-030" in {r.issue.code for r in refused.refusals}


class Mute(BaseException):
    """An error that has no text."""

    def __str__(self) -> str:
        raise ValueError


def endless(view: GuardView) -> Iterator[Issue]:
    while True:
        yield view.refuse("No.")


def wordy(_: GuardView) -> Iterator[Issue]:
    raise ValueError("no " * 1000)


def mute(_: GuardView) -> Iterator[Issue]:
    raise Mute


@pytest.mark.parametrize(
    ("guard", "said"),
    [
        (lambda _: "no", "Guard 'minutes' yielded a str, not an Issue."),
        (lambda _: [False], "Guard 'minutes' yielded a bool, not an Issue."),
        (
            lambda _: None,
            "Guard 'minutes' failed: 'NoneType' object is not iterable.",
        ),
        (lambda v: [v.refuse(None)], "yielded an issue whose message is None"),
        (lambda v: [v.refuse("\x1b[31m")], "yielded an issue that holds U+001B in a"),
        (mute, "Guard 'minutes' failed with Mute."),
        (broken, "Guard 'minutes' failed: by zero and more."),
        (wordy, f"Guard 'minutes' failed: {'no ' * 10}"),
        (endless, "Guard 'minutes' yielded more than 100000 issues."),
    ],
)
def test_whatever_a_guard_yields_it_is_told_and_lets_nothing_pass(
    guard: Any,  # noqa: ANN401 - whatever a test tries
    said: str,
) -> None:
    (refusal,) = ended(guard=guard).refusals

    assert refusal.issue.code == "MK-WFL-045"
    assert said in refusal.issue.message
    assert len(refusal.issue.message) < 250


def test_what_a_guard_said_before_it_failed_is_told_too() -> None:
    def first(view: GuardView) -> Iterator[Issue]:
        yield view.refuse("There are no minutes.")
        raise ZeroDivisionError

    assert told(ended(guard=first)) == [("gate", "MK-WFL-030"), ("gate", "MK-WFL-045")]
