"""The contract: what is read, in which order, and where it ends."""

from itertools import islice, pairwise
from typing import Final

import pytest

from missionkit.ports.store import Store
from missionkit.testing.stores.making import commits
from missionkit.testing.stores.opening import Opened, held, sequences

S = "harbour"
OTHER = "library"
ALL: Final = 5
HUGE: Final = 2**70
RANGES: Final = [
    (after, upto)
    for after in (-HUGE, -1, 0, 1, 4, 5, 9, HUGE)
    for upto in (-HUGE, -1, 0, 1, 3, 5, 9, HUGE, None)
]
# More than a store is likely to read at once.
MANY: Final = 1201


class ReadCases(Opened):
    """What `read` promises."""

    @pytest.mark.parametrize(
        ("after", "upto"), [(0, None), (1, None), (0, 0), (0, 5), (-1, None)]
    )
    def test_a_stream_that_is_not_there_has_no_commits(
        self, store: Store, after: int, upto: int | None
    ) -> None:
        store.append(OTHER, commits(OTHER, 3), expected=0)

        assert list(store.read(S, after=after, upto=upto)) == []
        assert store.streams() == (OTHER,)

    @pytest.mark.parametrize(("after", "upto"), RANGES)
    def test_a_part_is_what_lies_after_one_and_up_to_another(
        self, store: Store, after: int, upto: int | None
    ) -> None:
        store.append(S, commits(S, ALL), expected=0)
        store.append(OTHER, commits(OTHER, ALL), expected=0)
        last = ALL if upto is None else upto

        found = sequences(store.read(S, after=after, upto=upto))
        assert found == [n for n in range(1, ALL + 1) if after < n <= last]

    def test_reading_twice_gives_the_same(self, store: Store) -> None:
        store.append(S, commits(S, 3), expected=0)

        assert held(store, S) == held(store, S)

    def test_what_is_read_comes_one_after_another(self, store: Store) -> None:
        store.append(S, commits(S, 2), expected=0)
        reading = store.read(S)

        assert iter(reading) is reading
        assert next(reading) == commits(S)[0]

    @pytest.mark.parametrize("taken", [0, 1, 4, 5])
    @pytest.mark.parametrize("upto", [None, 100])
    def test_what_is_appended_meanwhile_is_not_seen(
        self, store: Store, taken: int, upto: int | None
    ) -> None:
        new = commits(S, ALL + 2)
        store.append(S, new[:ALL], expected=0)
        reading = store.read(S, upto=upto)
        found = list(islice(reading, taken))
        store.append(S, new[ALL:], expected=ALL)

        assert [*found, *reading] == list(new[:ALL])
        assert held(store, S) == list(new)

    def test_a_stream_that_begins_meanwhile_is_not_seen(self, store: Store) -> None:
        reading = store.read(S)
        store.append(S, commits(S), expected=0)

        assert list(reading) == []

    def test_who_reads_slowly_keeps_nobody_from_writing(self, store: Store) -> None:
        new = commits(S, MANY + 3, data=[b"{}"])
        store.append(S, new[:MANY], expected=0)
        reading = store.read(S)
        next(reading)
        for count in range(MANY, MANY + 3):
            store.append(S, new[count : count + 1], expected=count)

        assert sequences(reading) == list(range(2, MANY + 1))

    @pytest.mark.parametrize("after", [0, 499, 500, 501, MANY - 1, MANY])
    def test_a_long_stream_comes_whole_and_in_order(
        self, store: Store, after: int
    ) -> None:
        store.append(S, commits(S, MANY, data=[b"{}"]), expected=0)

        found = sequences(store.read(S, after=after))
        assert found == list(range(after + 1, MANY + 1))

    def test_two_streams_are_read_in_turn(self, store: Store) -> None:
        mine, other = commits(S, 4), commits(OTHER, 4)
        store.append(S, mine, expected=0)
        store.append(OTHER, other, expected=0)
        pairs = zip(store.read(S), store.read(OTHER), strict=True)

        assert list(pairs) == list(zip(mine, other, strict=True))

    def test_one_stream_is_read_by_two_in_turn(self, store: Store) -> None:
        new = commits(S, 4)
        store.append(S, new, expected=0)
        pairs = zip(store.read(S, upto=3), store.read(S, after=1), strict=True)

        assert list(pairs) == list(pairwise(new))

    def test_reading_that_is_given_up_harms_nothing(self, store: Store) -> None:
        new = commits(S, 3)
        store.append(S, new[:2], expected=0)
        reading = store.read(S)
        next(reading)
        del reading

        assert store.append(S, new[2:], expected=2) == len(new)


class NameCases(Opened):
    """What `streams` promises."""

    NAMES: Final = (
        *("a", "a/b", "a/b/c", "a-b", "ab", "b", "0"),
        *("harbour", "harbour-2", "harbour/plan-b", "harbour/plan-b/2"),
    )

    def test_at_first_there_is_no_stream(self, store: Store) -> None:
        assert store.streams() == ()
        assert store.streams("a") == ()

    @pytest.mark.parametrize(
        "prefix",
        [
            *("", "a", "a/", "a/b", "a/b/", "a-", "b", "h", "harb", "harbour"),
            *("harbour/", "harbour-", "harbour/plan-b", "c", "harbours", "A"),
        ],
    )
    def test_streams_are_those_that_begin_with_a_prefix_sorted(
        self, store: Store, prefix: str
    ) -> None:
        for name in reversed(self.NAMES):
            store.append(name, commits(name), expected=0)

        found = store.streams(prefix)
        assert found == tuple(sorted(n for n in self.NAMES if n.startswith(prefix)))

    @pytest.mark.parametrize(
        "name",
        [
            *("a", "0", "a/b", "a-b", "a--b", "harbour/plan-b/2/3/4/5/6/7"),
            pytest.param("/".join(["x" * 64] * 8), id="the-longest"),
        ],
    )
    def test_a_name_is_kept_as_it_is(self, store: Store, name: str) -> None:
        store.append(name, commits(name, 2), expected=0)

        assert store.streams() == (name,)
        assert held(store, name) == list(commits(name, 2))

    def test_names_that_look_alike_are_different_streams(self, store: Store) -> None:
        names = ("a-b", "a/b", "ab")
        for number, name in enumerate(names, 1):
            store.append(name, commits(name, number), expected=0)

        assert [len(held(store, name)) for name in names] == [1, 2, 3]

    def test_many_streams_are_all_named(self, store: Store) -> None:
        names = [f"stream-{number:02}" for number in range(40)]
        for name in names:
            store.append(name, commits(name), expected=0)

        assert store.streams("stream-") == tuple(names)
