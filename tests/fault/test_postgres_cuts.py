"""The connection is lost between COMMIT and its answer: each commit is there once."""

import itertools
import os
import random
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import pytest
from attrs import frozen
from sqlalchemy import Engine, create_engine, select, text

from missionkit.domain.history import Commit
from missionkit.errors import CommitUnknownError, StoreUnavailableError
from missionkit.ports.store import Store
from missionkit.stores.sql.store import SqlStore
from missionkit.stores.sql.tables import tables_in
from missionkit.testing.stores import commits
from tests.fault import postgres_twins as twins
from tests.fault.doubt import Doubts
from tests.fault.postgres_proxy import ANSWER, Cut, Plan, Proxy, proxy
from tests.fault.postgres_rounds import Rounds, rounds
from tests.postgres import Cluster

pytestmark = pytest.mark.timeout(300)
MakeTwin: TypeAlias = Callable[..., Store]
TRIALS = 500
TWIN_TRIALS = 150
ROUNDS = 5
EACH_ROUND = 60
STREAMS = 5
WAIT = 0.06
FOREVER = 1e6
CUTS = tuple(each for each in Cut if each is not Cut.NONE)


@frozen
class Place:
    """A store behind a proxy, and a way around it to look."""

    proxy: Proxy
    cut: Engine
    straight: Engine

    def there(self, stream: str, commit: Commit) -> bool:
        """Look whether a commit is stored."""
        held = tables_in().commits.c
        asked = select(held.header).where(
            held.stream == stream, held.id == commit.facts.id
        )
        with self.straight.connect() as connection:
            return connection.scalars(asked).all() == [commit.header]

    def settle(self) -> None:
        """Wait until nobody writes any longer."""
        self.proxy.settle()
        with self.straight.connect() as connection:
            lock = "LOCK TABLE missionkit_streams IN EXCLUSIVE MODE"
            connection.execute(text(lock))


@pytest.fixture
def place(postgres: Cluster) -> Iterator[Place]:
    schema = postgres.new_schema()
    with proxy(postgres, random.Random(2026)) as made:  # noqa: S311 - moments
        cut = create_engine(made.url(postgres, schema))
        straight = create_engine(postgres.url(path=schema))
        yield Place(made, cut, straight)
        cut.dispose()
        straight.dispose()


def plans(chance: random.Random) -> list[Plan]:
    """Return what becomes of some COMMITs; the first is always broken off."""
    if chance.random() < 0.1:
        # As often as the store tries it by itself.
        return [Plan(Cut.BEFORE), Plan(Cut.NONE), Plan(Cut.BEFORE), Plan(Cut.NONE)]
    made = [_plan(chance, CUTS)]
    while chance.random() < 0.5:
        made.append(_plan(chance, tuple(Cut)))
    return made


def _plan(chance: random.Random, cuts: tuple[Cut, ...]) -> Plan:
    return Plan(
        chance.choice(cuts),
        delay=chance.choice((0, 0.001, 0.003, 0.01, 2 * WAIT)),
        down=chance.choice((0,) * 8 + (0.01, 2 * WAIT)),
    )


def doubted(place: Place, store: Store, trials: int, *, looks: bool) -> Doubts:
    """Have commits broken off, and sent again until they are acknowledged."""
    chance = random.Random(2027)  # noqa: S311 - moments
    doubts = Doubts(store, place.there, place.settle)
    sent: dict[str, list[Commit]] = {f"doubt-{n}": [] for n in range(STREAMS)}
    for number in range(trials):
        stream = chance.choice(list(sent))
        new = commits(
            stream, chance.randint(1, 3), after=sent[stream][-1:], by=f"t{number}"
        )
        place.proxy.plans.extend(plans(chance))
        doubts.send(stream, new)
        sent[stream] += new
        place.proxy.plans.clear()
        place.proxy.settle()
        if looks:
            doubts.look(stream, sent[stream])
        if doubts.wrong:
            return doubts
    for stream, wanted in sent.items():
        doubts.look(stream, wanted)
    return doubts


def test_commits_in_doubt_are_each_stored_once(place: Place) -> None:
    doubts = doubted(place, SqlStore(place.cut, wait=WAIT), TRIALS, looks=False)
    cuts = Counter(place.proxy.seen)

    assert doubts.wrong == []
    assert doubts.sent == doubts.told["committed"] == TRIALS
    # It was tried in every way, and every answer was given.
    assert min(cuts[each] for each in CUTS) >= 50
    assert min(doubts.told["refused"], doubts.told["unknown"]) >= 20


@pytest.mark.parametrize("fresh", [True, False], ids=["new line", "old line"])
@pytest.mark.parametrize("cut", CUTS[:-1], ids=lambda cut: cut.name.lower())
def test_a_cut_at_any_message_is_told_as_what_it_is(
    place: Place, cut: Cut, *, fresh: bool
) -> None:
    doubts = Doubts(SqlStore(place.cut, wait=WAIT), place.there, place.settle)
    for number in itertools.count(1):
        stream = f"cut-{number}"
        if fresh:
            place.cut.dispose()
        place.proxy.plans.append(Plan(cut))
        place.proxy.countdown = number
        doubts.send(stream, commits(stream, 2))
        if place.proxy.countdown:
            break  # there were not so many messages
        doubts.look(stream, commits(stream, 2))

    assert number >= (12 if fresh else 10)
    assert doubts.wrong == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this platform cannot fork")
@pytest.mark.filterwarnings(
    # The proxy is a thread here, of which the processes have none.
    "ignore:This process .* is multi-threaded:DeprecationWarning"
)
def test_cuts_among_many_writers_lose_nothing(
    postgres: Cluster, place: Place, quick_path: Path
) -> None:
    chance = random.Random(2028)  # noqa: S311 - where they are
    make = lambda engine, wait: SqlStore(engine, wait=wait)  # noqa: E731 - it has types

    def cut(played: Rounds) -> bool:
        wanted = len(place.proxy.seen) + EACH_ROUND
        place.proxy.maker = lambda: _plan(chance, (Cut.NONE, *Cut))
        played.wait(lambda: len(place.proxy.seen) >= wanted)
        place.proxy.maker = lambda: ANSWER
        place.proxy.settle()
        return True

    with rounds(postgres, make, quick_path, place.proxy) as played:
        for _ in range(ROUNDS):
            played.play(cut)

    assert played.wrong == []
    assert played.acknowledged > ROUNDS * EACH_ROUND
    assert played.told["CommitUnknownError"] > 0


def test_nobody_can_say_where_the_database_is_not_reached(place: Place) -> None:
    store = SqlStore(place.cut, wait=WAIT)
    new = commits("harbour")
    place.proxy.plans.append(Plan(Cut.ANSWERED, down=FOREVER))

    with pytest.raises(CommitUnknownError) as caught:
        store.append("harbour", new, expected=0)

    assert caught.value.commit_id == new[0].facts.id
    # It cannot be reached, and what is said of this attempt is true.
    with pytest.raises(StoreUnavailableError, match="cannot be reached"):
        store.append("harbour", new, expected=0)

    place.proxy.settle()

    assert store.append("harbour", new, expected=0) == 1
    assert list(store.read("harbour")) == list(new)


def test_a_commit_that_is_held_back_is_waited_for(place: Place) -> None:
    store = SqlStore(place.cut, wait=10)
    new = commits("harbour")
    place.proxy.seen.clear()
    place.proxy.plans.append(Plan(Cut.LATE, delay=0.3))

    assert store.append("harbour", new, expected=0) == 1
    assert place.proxy.seen == [Cut.LATE, Cut.NONE]
    assert place.there("harbour", new[0])


def test_an_answer_that_is_lost_twice_is_no_matter(place: Place) -> None:
    store = SqlStore(place.cut, wait=10)
    new = commits("harbour", 2)
    place.proxy.plans.extend([Plan(Cut.ANSWERED), Plan(Cut.BEFORE)])

    assert store.append("harbour", new, expected=0) == 2
    assert store.append("harbour", new, expected=0) == 2
    assert list(store.read("harbour")) == list(new)


@pytest.mark.parametrize(
    ("twin", "said"),
    [
        (twins.Denies, "told refused, which is not so"),
        (twins.Glances, "told refused, which is not so"),
        (twins.Early, "told committed, which is not so"),
        (twins.Blind, "ConflictError"),
        (twins.Renames, "has 4 commits for 2"),
    ],
)
def test_a_twin_is_caught(place: Place, twin: MakeTwin, said: str) -> None:
    store = twin(place.cut, wait=WAIT)
    place.proxy.plans.append(Plan(Cut.ANSWERED))

    doubts = doubted(place, store, TWIN_TRIALS, looks=True)

    assert any(said in each for each in doubts.wrong), doubts.wrong
