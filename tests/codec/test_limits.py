import pytest

from missionkit.codec.limits import LIMITS, Limits
from missionkit.errors import InvalidValueError


def test_the_limits_for_a_document_from_anywhere() -> None:
    assert (LIMITS.size, LIMITS.depth, LIMITS.nodes) == (16_777_216, 64, 1_000_000)
    assert LIMITS.arrays == 1_000
    assert (LIMITS.text, LIMITS.digits, LIMITS.faults) == (2**20, 1_000, 1_000)


def test_limits_can_be_raised() -> None:
    assert Limits(size=10**9, depth=200).size == 10**9


@pytest.mark.parametrize("bound", [0, -1, 1.5, True, "many", None])
def test_a_limit_is_a_whole_number_from_one(bound: int) -> None:
    with pytest.raises(InvalidValueError) as caught:
        Limits(size=bound, nodes=bound)

    assert [issue.path for issue in caught.value.issues] == ["size", "nodes"]


def test_depth_cannot_be_raised_to_where_the_stack_ends() -> None:
    with pytest.raises(InvalidValueError) as caught:
        Limits(depth=201)

    assert [issue.code for issue in caught.value.issues] == ["MK-DOC-007"]
