from itertools import product

import pytest

from missionkit.domain.four_stages import FOUR_STAGES
from missionkit.domain.review import CycleStatus
from missionkit.domain.stages import ReviewAct
from missionkit.review import can
from missionkit.review.possible import POSSIBLE
from tests.review.scenes import AT, V2, acts, codes, scene

STATUSES = ("draft", "active", "blocked", "suspended", "closed", "canceled")
# The specification: in which of these statuses each act is possible.
TABLE = {
    "submit": "-xx-x-",
    "approve": "-xx-x-",
    "reaffirm": "-xx-x-",
    "waive": "xxxx--",
    "dispose_agenda_item": "-xx---",
    "decide": "-xxx--",
    "assign_action": "xxxx--",
    "verify_action": "-xxx--",
    "migrate": "xxxx--",
}


def test_the_table_is_the_one_that_was_specified() -> None:
    found = {
        act.value: "".join("x" if status in held else "-" for status in STATUSES)
        for act, held in POSSIBLE.items()
    }

    assert found == TABLE
    assert set(POSSIBLE) == set(ReviewAct) - {ReviewAct.OPEN_REVIEW}
    assert set(STATUSES) == set(CycleStatus)


@pytest.mark.parametrize(("name", "status"), list(product(acts(scene()), STATUSES)))
def test_an_act_is_refused_in_every_other_status(name: str, status: str) -> None:
    model = scene(status=CycleStatus(status))
    act, by = acts(model)[name]
    workflows = (FOUR_STAGES, V2)
    found = codes(can(model, "review", act, by=by, at=AT, workflows=workflows))

    possible = TABLE[name][STATUSES.index(status)] == "x"
    assert found == ([] if possible else ["MK-WFL-080"])
