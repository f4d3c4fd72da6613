import pytest

from missionkit.domain.kinds import KINDS
from missionkit.trace.toward import Toward, heading, is_end, left_to_go, level_of

INTENT, PEOPLE = Toward.INTENT, Toward.STAKEHOLDER
OFF = None


# branch, level of the holder, level of the target, upward: 1 leads the holder on
STEPS = [
    (INTENT, 3, 4, True, 1),  # a goal's intent
    (PEOPLE, 3, 4, True, -1),
    (INTENT, 2, 1, True, -1),  # an objective's need: from the need to the objective
    (PEOPLE, 2, 1, True, 1),
    (INTENT, 1, 0, True, -1),
    (PEOPLE, 1, 0, True, 1),
    (INTENT, 3, 3, True, 1),  # a goal's parent
    (PEOPLE, 3, 3, True, -1),
    (INTENT, 3, 3, False, 1),  # upward says nothing between levels
    (INTENT, OFF, 2, True, 1),  # a process and its objective
    (PEOPLE, OFF, 2, True, 1),
    (INTENT, OFF, 2, False, 0),  # from the levels to what lies beside: never
    (PEOPLE, OFF, 2, False, 0),
    (INTENT, 2, OFF, True, 0),
    (PEOPLE, 2, OFF, False, -1),
    (INTENT, 2, OFF, False, -1),
    (INTENT, OFF, OFF, True, 1),  # an activity and its process
    (PEOPLE, OFF, OFF, True, 1),
    (INTENT, OFF, OFF, False, -1),  # an output and the process that makes it
    (PEOPLE, OFF, OFF, False, -1),
    (INTENT, 4, 4, True, 0),  # nothing leads on from an end
    (PEOPLE, 0, 0, True, 0),
    (PEOPLE, 4, 4, True, -1),
    (INTENT, 0, 0, True, 1),
]


@pytest.mark.parametrize(("toward", "holder", "target", "upward", "way"), STEPS)
def test_a_link_leads_on_by_the_levels_of_its_ends(
    toward: Toward, holder: int | None, target: int | None, *, upward: bool, way: int
) -> None:
    assert heading(toward, holder, target, upward=upward) == way


@pytest.mark.parametrize(
    ("kind", "level"),
    [
        ("stakeholder", 0),
        ("need", 1),
        ("objective", 2),
        ("goal", 3),
        ("core_intent", 4),
        ("process", None),
        ("acme.bet", None),
    ],
)
def test_five_kinds_have_a_level(kind: str, level: int | None) -> None:
    assert level_of(kind, KINDS) == level


def test_branches_end_at_the_outermost_levels() -> None:
    assert [level for level in range(-1, 6) if is_end(INTENT, level)] == [4, 5]
    assert [level for level in range(-1, 6) if is_end(PEOPLE, level)] == [-1, 0]
    assert not is_end(INTENT, None)
    assert (left_to_go(INTENT, 1), left_to_go(PEOPLE, 1)) == (3, 1)
