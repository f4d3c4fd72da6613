"""Doing anything in any order finds what is wrong with a store, too."""

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from missionkit.testing.stores import StoreMachine
from tests.stores import wrong_stores as wrong

QUICK = settings(
    max_examples=100,
    stateful_step_count=25,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],  # the shortest way to the fault is not asked for
    suppress_health_check=list(HealthCheck),
)


def machine(kind: type[wrong.Right]) -> type[StoreMachine]:
    place = wrong.Place()

    class Machine(StoreMachine):
        def __init__(self) -> None:
            super().__init__(lambda: kind(place))

    return Machine


@pytest.mark.parametrize(
    "kind",
    [
        wrong.LosesTheTail,
        wrong.SwallowsConflicts,
        wrong.AppendsFirst,
        wrong.AddsAgain,
        wrong.Trims,
        wrong.LeavesBytes,
        wrong.KeepsOldSnapshot,
        wrong.Unsorted,
        wrong.OneTooFew,
        wrong.CountsFromTheEnd,
    ],
)
def test_a_wrong_store_differs_from_a_dict(kind: type[wrong.Right]) -> None:
    assert differs(kind)


def test_the_right_store_does_not() -> None:
    assert not differs(wrong.Right)


def differs(kind: type[wrong.Right]) -> bool:
    try:
        run_state_machine_as_test(machine(kind), settings=QUICK)
    except (Exception, pytest.fail.Exception):  # noqa: BLE001 - whatever it finds
        return True
    return False
