"""Many hands approve one thing at once: one of them does, the others are told why."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from missionkit.domain.review import Approval
from missionkit.workspace.reviewing import Review
from tests.workspace.approvals import (
    HANDS,
    ROUNDS,
    STREAM,
    Hasty,
    hand,
    is_approved,
    one_alone,
    review_at,
    submitted,
)


def race(review: Review, number: int) -> Counter[str]:
    """Let all approve at once, and return how often what came of it."""
    review.submit(submitted(number), by="writer", why="ready")
    start = Barrier(HANDS)

    def approve(who: int) -> str:
        start.wait()
        return hand(review, number, f"party-{who}")

    with ThreadPoolExecutor(HANDS) as pool:
        return Counter(pool.map(approve, range(HANDS)))


@pytest.mark.timeout(120)
def test_of_eight_threads_one_approves_and_the_others_are_refused(
    tmp_path: Path,
) -> None:
    ws, review = review_at(tmp_path / "store.db")
    with ws:
        found = [race(review, number) for number in range(ROUNDS)]
        model = review.model
        acts = Counter(commit.facts.acts for commit in ws.store.read(STREAM))

        assert found == [one_alone(review)] * ROUNDS
        assert len(model.of(Approval)) == ROUNDS
        assert all(is_approved(model, number) for number in range(ROUNDS))
        assert ws.version(STREAM) == 1 + 2 * ROUNDS
        assert acts[("approve:plan-7",)] == 1
        assert ws.verify()


@pytest.mark.timeout(120)
def test_a_twin_that_decides_only_once_is_caught(tmp_path: Path) -> None:
    ws, review = review_at(tmp_path / "store.db", Hasty)
    with ws:
        assert any(race(review, number)["done"] > 1 for number in range(ROUNDS))
