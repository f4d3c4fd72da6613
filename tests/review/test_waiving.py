# Ids are plain texts here, and wrong values are passed on purpose.
# mypy: disable-error-code="arg-type"

from typing import Any

import pytest

from missionkit.domain.review import ReviewCycle, Waiver
from missionkit.errors import RefusedError
from missionkit.issue import Issue
from missionkit.ports.rule import RuleEntry
from missionkit.review import Waive, can, waive
from missionkit.rules.book import BOOK
from missionkit.rules.waivers import unknown_codes
from tests.review.scenes import AT, LATER, TODAY, changed, codes, scene

WAIVED: dict[str, Any] = {
    "code": "MK-TRC-001",
    "on": "open",
    "until": LATER,
    "requested_by": "clerk",
}


def verdict(**changes: Any) -> list[str]:  # noqa: ANN401 - fields of an act
    given = {"by": "chair", "rules": BOOK, **changes}
    act = Waive(**{**WAIVED, **{k: v for k, v in changes.items() if k in WAIVED}})
    rest = {k: v for k, v in given.items() if k not in WAIVED}
    return codes(can(scene(), "review", act, at=AT, **rest))


def test_a_waiver_says_who_granted_what_to_whom_why_and_until_when() -> None:
    model = scene()
    after = waive(
        model,
        "review",
        "MK-TRC-001",
        model["open"],
        LATER,
        requested_by=model["clerk"],
        by="chair",
        at=AT,
        why="It comes in autumn ",
    )

    assert changed(model, after) == {"mk-trc-001-on-open"}
    assert after.get(Waiver, "mk-trc-001-on-open") == Waiver(
        id="mk-trc-001-on-open",
        code="MK-TRC-001",
        on="open",
        granted_by="chair",
        why="It comes in autumn",
        until=LATER,
        requested_by="clerk",
    )


def test_a_second_waiver_stands_beside_the_first() -> None:
    model = scene()
    for _ in range(2):
        model = waive(
            model,
            "review",
            "MK-TRC-001",
            "open",
            TODAY,
            requested_by="clerk",
            by="chair",
            at=AT,
            why="x",
        )

    assert len(model.of(Waiver)) == 2


@pytest.mark.parametrize(
    "code",
    [
        "actions_rehomed",  # a guard of the workflow
        "MK-GAT-003",
        "MK-WFL-030",
        "MK-WFL-042",
        "MK-WFL-044",
        "MK-WFL-045",
    ],
)
def test_what_a_gate_honors_can_be_waived(code: str) -> None:
    assert verdict(code=code) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"code": "MK-TRC-999"}, ["MK-WFL-084"]),
        ({"code": "actions_rehome"}, ["MK-WFL-084"]),
        ({"code": "MK-WFL-043"}, ["MK-WFL-084"]),
        ({"code": "MK-TRC-001", "rules": ()}, ["MK-WFL-084"]),
        ({"on": "nowhere"}, ["MK-WFL-081"]),
        ({"requested_by": "nobody"}, ["MK-WFL-081"]),
        ({"requested_by": "trust"}, ["MK-WFL-081"]),
        ({"requested_by": "chair"}, ["MK-ACC-020"]),
        ({"until": TODAY}, []),
        ({"until": TODAY.replace(day=29)}, ["MK-WFL-083"]),
        ({"by": "clerk"}, ["MK-ACC-001", "MK-ACC-020"]),
        ({"by": "stranger"}, ["MK-ACC-001", "MK-ACC-002"]),
        (
            {"code": "x", "on": "y", "until": TODAY.replace(day=1), "by": "guest"},
            ["MK-ACC-001", "MK-WFL-084", "MK-WFL-081", "MK-WFL-083"],
        ),
    ],
)
def test_what_cannot_be_waived_is_refused_for_every_reason(
    changes: dict[str, Any], expected: list[str]
) -> None:
    assert verdict(**changes) == expected


def test_a_rule_of_others_that_tells_no_codes_may_report_any() -> None:
    own = (RuleEntry(rule=lambda _: ()),)

    assert verdict(code="BET-XXX-001", rules=own) == []
    assert verdict(code="MK-XXX-001", rules=own) == ["MK-WFL-084"]


def test_a_near_code_or_guard_is_named() -> None:
    with pytest.raises(RefusedError, match="did you mean 'actions_rehomed'"):
        waive(
            scene(),
            "review",
            "actions_rehome",
            "review",
            LATER,
            requested_by="clerk",
            by="chair",
            at=AT,
            why="x",
        )


def doubts(*waived: str, workflow: str = "four-stages") -> list[Issue]:
    model = scene().with_(
        ReviewCycle(id="mine", name="Mine", workflow=workflow),
        *(
            Waiver(
                id=f"w-{at}",
                code=code,
                on="review",
                granted_by="chair",
                why=f"Reason {at}",
                until=LATER,
            )
            for at, code in enumerate(waived)
        ),
    )
    return list(unknown_codes(model, BOOK))


def test_a_check_does_not_doubt_a_waiver_of_a_guard() -> None:
    assert doubts("actions_rehomed", "MK-WFL-042", "MK-TRC-001") == []


def test_a_check_doubts_a_waiver_of_what_is_neither_rule_nor_guard() -> None:
    found = doubts("actions_rehome", "mk-trc-001", "MK-TRC-01")

    assert [issue.ref for issue in found] == ["w-0", "w-1", "w-2"]
    assert "actions_rehomed" in found[0].fix
    assert "MK-TRC-001" in found[1].fix


def test_the_guards_of_a_workflow_that_is_not_here_may_have_any_name() -> None:
    assert doubts("two_signatures", workflow="grant") == []
    assert [i.ref for i in doubts("MK-TRC-01", workflow="grant")] == ["w-0"]
    assert doubts("site-visited", "two visits - signed", workflow="grant") == []


@pytest.mark.parametrize("code", ["mk-trc", "MK-TRC-O01", "hht-7", "HHT-POL-O1"])
def test_what_is_like_a_code_is_doubted_where_guards_may_have_any_name(
    code: str,
) -> None:
    assert [i.ref for i in doubts(code, workflow="grant")] == ["w-0"]
