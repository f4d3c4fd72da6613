"""The contract: what is added, and what is refused."""

import pickle
from collections.abc import Callable, Sequence

import pytest

from missionkit.domain.history import Commit
from missionkit.errors import ConflictError
from missionkit.ports.store import Store
from missionkit.testing.stores.making import commits
from missionkit.testing.stores.opening import Opened, held

S = "harbour"
OTHER = "library"

# How many commits there are, and how many are expected.
WRONG = (
    *((0, 1), (0, 7), (0, -1), (0, 2**70), (0, -(2**70))),
    *((1, 0), (1, 2), (1, -1), (1, -2)),
    *((3, 0), (3, 1), (3, 2), (3, 4), (3, 100), (3, -1), (3, -3), (3, -4)),
)
LOW = tuple((there, expected) for there, expected in WRONG if 0 <= expected < there)


class AppendCases(Opened):
    """What `append` promises."""

    @pytest.mark.parametrize("number", [1, 2, 10])
    def test_what_is_appended_first_is_the_stream(
        self, store: Store, number: int
    ) -> None:
        new = commits(S, number)
        store.append(S, new, expected=0)

        assert held(store, S) == list(new)

    @pytest.mark.parametrize(("first", "second"), [(1, 1), (1, 3), (5, 2), (2, 0)])
    def test_an_append_returns_the_new_count(
        self, store: Store, first: int, second: int
    ) -> None:
        new = commits(S, first + second)

        assert store.append(S, new[:first], expected=0) == first
        assert store.append(S, new[first:], expected=first) == first + second

    def test_what_follows_stands_after_what_was_there(self, store: Store) -> None:
        new = commits(S, 6)
        for count in range(0, 6, 2):
            store.append(S, new[count : count + 2], expected=count)

        assert held(store, S) == list(new)

    def test_an_append_of_nothing_makes_no_stream(self, store: Store) -> None:
        assert store.append(S, (), expected=0) == 0
        assert store.streams() == ()

    @pytest.mark.parametrize("there", [1, 3])
    def test_an_append_of_nothing_changes_nothing(
        self, store: Store, there: int
    ) -> None:
        new = commits(S, there)
        store.append(S, new, expected=0)

        assert store.append(S, (), expected=there) == there
        assert held(store, S) == list(new)

    @pytest.mark.parametrize(("there", "expected"), WRONG)
    def test_another_count_is_a_conflict(
        self, store: Store, there: int, expected: int
    ) -> None:
        store.append(S, commits(S, there), expected=0)
        late = commits(S, after=commits(S, min(max(expected, 0), 100)), by="eve")

        with pytest.raises(ConflictError) as caught:
            store.append(S, late, expected=expected)

        assert (caught.value.expected, caught.value.found) == (expected, there)

    @pytest.mark.parametrize(("there", "expected"), WRONG)
    def test_a_conflict_changes_nothing(
        self, store: Store, there: int, expected: int
    ) -> None:
        new = commits(S, there)
        store.append(S, new, expected=0)
        with pytest.raises(ConflictError):
            store.append(S, commits(S, by="eve"), expected=expected)

        assert held(store, S) == list(new)

    @pytest.mark.parametrize(("there", "expected"), LOW)
    def test_a_conflict_names_the_commits_since(
        self, store: Store, there: int, expected: int
    ) -> None:
        new = commits(S, there)
        store.append(S, new, expected=0)
        late = commits(S, after=new[:expected], by="eve")

        with pytest.raises(ConflictError) as caught:
            store.append(S, late, expected=expected)

        theirs = tuple(commit.facts.id for commit in new[expected:])
        assert caught.value.theirs == theirs

    def test_who_expects_too_much_is_told_of_no_commit(self, store: Store) -> None:
        store.append(S, commits(S, 2), expected=0)
        with pytest.raises(ConflictError) as caught:
            store.append(S, commits(S, after=commits(S, 3), by="eve"), expected=3)

        assert caught.value.theirs == ()

    @pytest.mark.parametrize(("there", "expected"), [(1, 0), (0, 1), (2, 3)])
    def test_an_append_of_nothing_at_another_count_is_a_conflict(
        self, store: Store, there: int, expected: int
    ) -> None:
        store.append(S, commits(S, there), expected=0)
        with pytest.raises(ConflictError):
            store.append(S, (), expected=expected)

    def test_after_a_conflict_the_right_count_is_taken(self, store: Store) -> None:
        first = commits(S)
        store.append(S, first, expected=0)
        with pytest.raises(ConflictError):
            store.append(S, commits(S, by="eve"), expected=0)
        late = commits(S, after=first, by="eve")

        assert store.append(S, late, expected=1) == len(held(store, S))

    def test_a_conflict_survives_pickling(self, store: Store) -> None:
        store.append(S, commits(S, 3), expected=0)
        with pytest.raises(ConflictError) as caught:
            store.append(S, commits(S, by="eve"), expected=0)
        copy = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - just made

        assert copy.theirs == caught.value.theirs
        assert str(copy) == str(caught.value)

    def test_streams_do_not_know_one_another(self, store: Store) -> None:
        mine, other = commits(S, 2), commits(OTHER, 3)
        store.append(S, mine, expected=0)
        store.append(OTHER, other, expected=0)

        assert held(store, S) == list(mine)
        assert held(store, OTHER) == list(other)

    @pytest.mark.parametrize("form", [list, tuple])
    def test_any_sequence_of_commits_is_taken(
        self, store: Store, form: Callable[[Sequence[Commit]], Sequence[Commit]]
    ) -> None:
        new = commits(S, 3)
        store.append(S, form(new), expected=0)

        assert held(store, S) == list(new)

    def test_a_list_that_is_changed_afterwards_changes_nothing(
        self, store: Store
    ) -> None:
        new = commits(S, 3)
        given = list(new)
        store.append(S, given, expected=0)
        given.clear()

        assert held(store, S) == list(new)

    def test_a_thousand_commits_are_one_step(self, store: Store) -> None:
        new = commits(S, 1000)

        assert store.append(S, new, expected=0) == len(new)
        assert held(store, S) == list(new)


class RetryCases(Opened):
    """What `append` promises to whoever sends the same again."""

    @pytest.mark.parametrize("number", [1, 2, 5])
    def test_a_retry_adds_nothing(self, store: Store, number: int) -> None:
        new = commits(S, number)
        store.append(S, new, expected=0)

        assert store.append(S, new, expected=0) == number
        assert held(store, S) == list(new)

    @pytest.mark.parametrize("others", [1, 3])
    def test_a_retry_adds_nothing_where_others_followed(
        self, store: Store, others: int
    ) -> None:
        mine = commits(S, 2)
        theirs = commits(S, others, after=mine, by="eve")
        store.append(S, mine, expected=0)
        store.append(S, theirs, expected=2)

        assert store.append(S, mine, expected=0) == 2 + others
        assert held(store, S) == [*mine, *theirs]

    @pytest.mark.parametrize("place", [0, 1, 2])
    def test_a_retry_of_one_of_many_adds_nothing(
        self, store: Store, place: int
    ) -> None:
        new = commits(S, 3)
        for count, commit in enumerate(new):
            store.append(S, [commit], expected=count)
        store.append(S, new[place : place + 1], expected=place)

        assert held(store, S) == list(new)

    def test_a_retry_with_the_same_bytes_made_anew_adds_nothing(
        self, store: Store
    ) -> None:
        store.append(S, commits(S, 2), expected=0)
        store.append(S, commits(S, 2), expected=0)

        assert held(store, S) == list(commits(S, 2))

    def test_more_than_was_sent_before_is_a_conflict(self, store: Store) -> None:
        new = commits(S, 3)
        store.append(S, new[:2], expected=0)
        with pytest.raises(ConflictError):
            store.append(S, new, expected=0)

        assert held(store, S) == list(new[:2])

    @pytest.mark.parametrize("expected", [1, 2, -1, -3])
    def test_a_retry_with_another_expectation_is_a_conflict(
        self, store: Store, expected: int
    ) -> None:
        new = commits(S, 3)
        store.append(S, new, expected=0)
        with pytest.raises(ConflictError):
            store.append(S, new[:1], expected=expected)

        assert held(store, S) == list(new)

    def test_other_content_under_the_same_id_is_a_conflict(self, store: Store) -> None:
        mine = commits(S)
        store.append(S, mine, expected=0)
        with pytest.raises(ConflictError) as caught:
            store.append(S, commits(S, why="for another reason"), expected=0)

        assert caught.value.theirs == (mine[0].facts.id,)
        assert held(store, S) == list(mine)

    def test_an_id_is_not_taken_again_at_another_place(self, store: Store) -> None:
        mine = commits(S)
        store.append(S, mine, expected=0)
        again = commits(S, 2, after=mine, by="eve")
        twin = commits(OTHER)[0]
        with pytest.raises(ConflictError) as caught:
            store.append(S, [*again, twin], expected=1)

        assert caught.value.theirs == (twin.facts.id,)
        assert held(store, S) == list(mine)

    def test_two_commits_of_one_append_do_not_share_an_id(self, store: Store) -> None:
        with pytest.raises(ConflictError):
            store.append(S, [*commits(S), *commits(S, why="other")], expected=0)

        assert held(store, S) == []

    def test_two_streams_may_have_the_same_id(self, store: Store) -> None:
        store.append(S, commits(S), expected=0)
        store.append(OTHER, commits(OTHER), expected=0)

        assert held(store, OTHER) == list(commits(OTHER))
