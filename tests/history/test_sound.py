"""How many commits of a stream, from the first on, can be relied on."""

from typing import Any

import pytest
from attrs import evolve

from missionkit.domain.history import Commit
from missionkit.history.chain import sound
from missionkit.testing.stores import commits
from missionkit.workspace import Workspace
from tests.history.streams import Clock, opened

S = "harbour"
WHOLE = list(commits(S, 5))


def spoiled(at: int, **changed: Any) -> list[Commit]:  # noqa: ANN401 - any field
    return [*WHOLE[:at], evolve(WHOLE[at], **changed), *WHOLE[at + 1 :]]


@pytest.mark.parametrize(
    ("stream", "there", "count"),
    [
        (S, [], 0),
        (S, WHOLE, 5),
        (S, WHOLE[:3], 3),
        (S, WHOLE[1:], 0),
        ("quay", WHOLE, 0),
        (S, [*WHOLE[:2], *WHOLE[3:]], 2),
        (S, [*WHOLE[:2], WHOLE[3], WHOLE[2], WHOLE[4]], 2),
        (S, spoiled(3, header=b"{}"), 3),
        (S, spoiled(0, payloads=()), 0),
        (S, spoiled(4, payloads=tuple(reversed(WHOLE[4].payloads))), 4),
        (S, [*WHOLE[:3], *commits(S, 5, by="eve")[3:]], 3),
    ],
    ids=[
        "none",
        "all",
        "fewer",
        "no first",
        "another stream",
        "a gap",
        "out of order",
        "no header",
        "no payloads",
        "other payloads",
        "another branch",
    ],
)
def test_commits_are_sound_up_to_the_first_that_is_not(
    stream: str, there: list[Commit], count: int
) -> None:
    assert sound(stream, there) == count


def test_what_is_erased_without_a_word_breaks_no_commit() -> None:
    payloads = (None, *WHOLE[1].payloads[1:])
    assert sound(S, spoiled(1, payloads=payloads)) == 5


def test_a_clock_that_was_set_back_breaks_nothing() -> None:
    clock = Clock()
    ws: Workspace = opened(clock=clock)
    for number in range(3):
        clock.at = clock.at.replace(year=2030 - number)
        with ws.edit(S, by="chair", why="Board", create=True) as d:
            d.need(f"A warm home {number}")
    assert sound(S, ws.store.read(S)) == 3
