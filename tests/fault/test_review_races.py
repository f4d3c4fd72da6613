"""Many processes approve one thing at once: one of them does, the others are told."""

import json
import os
import traceback
from collections import Counter

import pytest

from missionkit.domain.review import Approval
from missionkit.workspace import Workspace
from missionkit.workspace.reviewing import Review
from tests.fault.places import LONG, Open
from tests.workspace.approvals import (
    HANDS,
    ROUNDS,
    STREAM,
    Hasty,
    hand,
    is_approved,
    one_alone,
    review_in,
    submitted,
)

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="this platform cannot fork"),
    pytest.mark.timeout(300),
    # From Python 3.12 on, where a worker of the tests has threads.
    pytest.mark.filterwarnings(
        "ignore:This process .* is multi-threaded:DeprecationWarning"
    ),
]


def review(opened: Open, kind: type[Review] = Review) -> tuple[Workspace, Review]:
    return review_in(Workspace(store=opened(LONG)), kind)


def races(opened: Open, kind: type[Review]) -> list[Counter[str]]:
    """Let each process approve everything; return what came of it, by round."""
    ws, made = review(opened, kind)
    with ws:
        for number in range(ROUNDS):
            made.submit(submitted(number), by="writer", why="ready")
    waiting, go = os.pipe()
    pipes = [_begun(opened, kind, who, waiting, go) for who in range(HANDS)]
    os.close(go)
    os.close(waiting)
    found: list[Counter[str]] = [Counter() for _ in range(ROUNDS)]
    for child, inward in pipes:
        with os.fdopen(inward, encoding="utf-8") as pipe:
            for counted, came in zip(found, json.loads(pipe.read()), strict=True):
                counted[came] += 1
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    return found


def _begun(
    opened: Open, kind: type[Review], who: int, waiting: int, go: int
) -> tuple[int, int]:
    """Begin a process that waits for the others, and then approves every round."""
    inward, outward = os.pipe()
    child = os.fork()
    if child:
        os.close(outward)
        return child, inward
    try:
        os.close(inward)
        os.close(go)
        ws, made = review(opened, kind)
        os.read(waiting, 1)  # until the parent closes the other end
        found = [hand(made, number, f"party-{who}") for number in range(ROUNDS)]
        ws.close()
        with os.fdopen(outward, "w", encoding="utf-8") as pipe:
            pipe.write(json.dumps(found))
        os._exit(0)
    except BaseException:  # noqa: BLE001 - the parent sees the code
        traceback.print_exc()
    finally:
        os._exit(1)


def test_of_eight_processes_one_approves_and_the_others_are_refused(
    opened: Open,
) -> None:
    found = races(opened, Review)
    ws, made = review(opened)
    with ws:
        model = made.model

        assert found == [one_alone(made)] * ROUNDS
        assert len(model.of(Approval)) == ROUNDS
        assert all(is_approved(model, number) for number in range(ROUNDS))
        assert ws.version(STREAM) == 1 + 2 * ROUNDS
        assert ws.verify()


@pytest.mark.parametrize("opened", ["sqlite"], indirect=True)
def test_a_twin_that_decides_only_once_is_caught(opened: Open) -> None:
    assert any(came["done"] > 1 for came in races(opened, Hasty))
