# Ids are plain texts here, and wrong values are passed on purpose.
# mypy: disable-error-code="arg-type"

from datetime import date
from typing import Any

import pytest

from missionkit.domain.review import CycleStatus, Decision
from missionkit.errors import RefusedError
from missionkit.review import Decide, can, decide
from tests.review.scenes import AT, TODAY, changed, codes, scene

GO = Decision(id="go", statement="We go")


def test_a_decision_is_recorded_with_its_review_its_day_and_who_took_it() -> None:
    model = scene()
    after = decide(model, "review", GO, by="judge", at=AT, why="It is time")

    assert changed(model, after) == {"go"}
    assert after.get(Decision, "go") == Decision(
        id="go", statement="We go", cycle="review", at=TODAY, decided_by=("judge",)
    )


def test_what_a_decision_says_itself_stays() -> None:
    day = date(2026, 6, 1)
    said = Decision(id="go", statement="Go", at=day, decided_by=("chair", "judge"))
    after = decide(scene(), "review", said, by="judge", at=AT, why="Minutes")

    assert after.get(Decision, "go").at == day
    assert after.get(Decision, "go").decided_by == ("chair", "judge")


def test_a_draft_of_a_decision_becomes_one() -> None:
    model = scene().with_(Decision(id="go", statement="Shall we go?"))

    after = decide(model, "review", GO, by="chair", at=AT, why="x")

    assert after.get(Decision, "go").statement == "We go"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"cycle": "other"}, ["MK-WFL-082"]),
        ({"cycle": "review"}, []),
        ({"id": "open"}, ["MK-WFL-085"]),
        ({"at": date(2026, 7, 1)}, ["MK-WFL-083"]),
        ({"addresses": ("nowhere",)}, ["MK-STR-025"]),
    ],
)
def test_what_cannot_be_decided_is_refused(
    given: dict[str, Any], expected: list[str]
) -> None:
    act = Decide(decision=Decision(**{"id": "go", "statement": "We go", **given}))
    model = scene()

    assert codes(can(model, "review", act, by="judge", at=AT)) == expected


def test_what_was_decided_is_not_decided_anew() -> None:
    model = decide(scene(), "review", GO, by="judge", at=AT, why="x")

    with pytest.raises(RefusedError, match="MK-WFL-085"):
        decide(model, "review", GO, by="judge", at=AT, why="x")


def test_a_review_that_is_over_decides_nothing() -> None:
    model = scene(status=CycleStatus.CLOSED)

    found = can(model, "review", Decide(decision=GO), by="guest", at=AT)

    assert codes(found) == ["MK-WFL-080", "MK-ACC-001"]
