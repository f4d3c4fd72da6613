"""The contract: what is there when a store is opened again, and what when it closed."""

import pickle
from collections.abc import Callable
from typing import Final

import pytest

from missionkit.errors import ConflictError, StoreError
from missionkit.ports.store import Disposal, Disposed, Snapshots, Store
from missionkit.testing.stores.making import commits
from missionkit.testing.stores.opening import MakeStore, Opened, held
from missionkit.testing.stores.snapshotting import snapshot_at

S = "harbour"
OTHER = "library"

USES: Final[dict[str, Callable[[Store], object]]] = {
    "append": lambda store: store.append(S, commits(S), expected=0),
    "append nothing": lambda store: store.append(S, (), expected=0),
    "read": lambda store: list(store.read(S)),
    "streams": lambda store: store.streams(),
}


class LastingCases(Opened):
    """A store that is opened again has what the first one had."""

    @pytest.mark.parametrize("number", [1, 3, 40])
    def test_commits_are_there_again(
        self, store: Store, reopen: MakeStore, number: int
    ) -> None:
        new = commits(S, number)
        store.append(S, new, expected=0)
        store.close()
        again = reopen()

        assert held(again, S) == list(new)
        again.close()

    def test_streams_are_there_again(self, store: Store, reopen: MakeStore) -> None:
        for name in (S, OTHER):
            store.append(name, commits(name), expected=0)
        store.close()
        again = reopen()

        assert again.streams() == (S, OTHER)
        again.close()

    def test_the_count_is_known_again(self, store: Store, reopen: MakeStore) -> None:
        new = commits(S, 4)
        store.append(S, new[:3], expected=0)
        store.close()
        again = reopen()
        with pytest.raises(ConflictError):
            again.append(S, commits(S, by="eve"), expected=0)

        assert again.append(S, new[3:], expected=3) == len(new)
        again.close()

    def test_a_retry_is_known_again(self, store: Store, reopen: MakeStore) -> None:
        new = commits(S, 2)
        store.append(S, new, expected=0)
        store.close()
        again = reopen()
        again.append(S, new, expected=0)

        assert held(again, S) == list(new)
        again.close()

    def test_an_id_stays_taken(self, store: Store, reopen: MakeStore) -> None:
        new = commits(S)
        store.append(S, new, expected=0)
        store.close()
        again = reopen()
        with pytest.raises(ConflictError) as caught:
            again.append(S, new, expected=1)

        assert caught.value.theirs == (new[0].facts.id,)
        again.close()

    def test_a_refused_append_leaves_nothing_for_later(
        self, store: Store, reopen: MakeStore
    ) -> None:
        new = commits(S)
        store.append(S, new, expected=0)
        with pytest.raises(ConflictError):
            store.append(S, commits(S, 3, by="eve"), expected=0)
        store.close()
        again = reopen()

        assert held(again, S) == list(new)
        again.close()

    def test_a_snapshot_is_there_again(
        self, store: Store, snapshots: Snapshots, reopen: MakeStore
    ) -> None:
        new = commits(S)
        made = snapshot_at(new[0])
        snapshots.append_with_snapshot(S, new, expected=0, snapshot=made)
        store.close()
        again = reopen()

        assert isinstance(again, Snapshots)
        assert again.snapshot(S) == made
        again.close()

    def test_what_was_erased_stays_erased(
        self, store: Store, disposal: Disposal, reopen: MakeStore
    ) -> None:
        new = commits(S)
        note = commits(S, after=new, data=())
        store.append(S, new, expected=0)
        what = [Disposed(sequence=1, put=0)]
        disposal.dispose(S, what, *note, expected=1, snapshot=None)
        store.close()
        again = reopen()

        assert [c.payloads for c in held(again, S)] == [(None, new[0].payloads[1]), ()]
        again.close()

    def test_two_that_are_open_see_what_the_other_wrote(
        self, store: Store, reopen: MakeStore
    ) -> None:
        other = reopen()
        new = commits(S, 4)
        for count, one in enumerate((store, other, store, other)):
            one.append(S, new[count : count + 1], expected=count)

        assert held(store, S) == held(other, S) == list(new)
        other.close()

    def test_two_that_are_open_conflict(self, store: Store, reopen: MakeStore) -> None:
        other = reopen()
        store.append(S, commits(S), expected=0)
        with pytest.raises(ConflictError) as caught:
            other.append(S, commits(S, by="eve"), expected=0)

        assert caught.value.theirs == (commits(S)[0].facts.id,)
        other.close()

    def test_closing_one_leaves_the_other_open(
        self, store: Store, reopen: MakeStore
    ) -> None:
        other = reopen()
        store.append(S, commits(S), expected=0)
        store.close()

        assert held(other, S) == list(commits(S))
        other.close()


class CloseCases(Opened):
    """What `close` promises."""

    @pytest.mark.parametrize("times", [1, 2, 3])
    def test_a_store_can_be_closed_more_than_once(
        self, store: Store, times: int
    ) -> None:
        store.append(S, commits(S), expected=0)
        for _ in range(times):
            store.close()

    def test_a_store_that_was_not_used_can_be_closed(self, store: Store) -> None:
        store.close()

    @pytest.mark.parametrize("use", USES.values(), ids=USES)
    def test_a_store_that_is_closed_answers_nothing(
        self, store: Store, use: Callable[[Store], object]
    ) -> None:
        store.append(S, commits(S), expected=0)
        store.close()
        with pytest.raises(StoreError) as caught:
            use(store)
        copy = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - just made

        assert str(copy) == str(caught.value)
        assert copy.committed is False

    def test_a_store_that_is_closed_has_no_snapshot(
        self, store: Store, snapshots: Snapshots
    ) -> None:
        store.close()
        with pytest.raises(StoreError):
            snapshots.snapshot(S)

    def test_a_store_that_is_closed_erases_nothing(
        self, store: Store, disposal: Disposal
    ) -> None:
        store.close()
        with pytest.raises(StoreError):
            disposal.dispose(S, (), *commits(S), expected=0, snapshot=None)
