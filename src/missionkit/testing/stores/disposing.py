"""The contract of a store that can erase; others skip it."""

from typing import Final

import pytest
from attrs import evolve

from missionkit.domain.history import Commit
from missionkit.errors import ConflictError, NotFoundError
from missionkit.ports.store import Disposal, Disposed, Snapshots, Store
from missionkit.testing.stores.making import commits
from missionkit.testing.stores.opening import Opened, held
from missionkit.testing.stores.snapshotting import snapshot_at

S = "harbour"
OTHER = "library"
THERE: Final = 3
NOTE: Final = commits(S, after=commits(S, THERE), by="dpo", data=())[0]

# Each is a pair: of which commit, and which of its payloads.
SOME: Final = (
    ((1, 0),),
    ((2, 1),),
    ((3, 0), (3, 1)),
    ((1, 0), (2, 1), (3, 0)),
    ((2, 0), (2, 0)),
    (),
)
NOWHERE: Final = (
    (0, 0),
    (-1, 0),
    (THERE + 1, 0),
    (9, 0),
    (2**70, 0),
    (1, 2**70),
    (1, 2),
    (1, -1),
    (3, 9),
)


def _what(places: tuple[tuple[int, int], ...]) -> tuple[Disposed, ...]:
    return tuple(Disposed(sequence=sequence, put=put) for sequence, put in places)


def _erased(
    new: tuple[Commit, ...], places: tuple[tuple[int, int], ...]
) -> list[Commit]:
    return [
        evolve(
            commit,
            payloads=tuple(
                None if (sequence, put) in places else payload
                for put, payload in enumerate(commit.payloads)
            ),
        )
        for sequence, commit in enumerate(new, 1)
    ]


class DisposalCases(Opened):
    """What `Disposal` promises."""

    @pytest.mark.parametrize("places", SOME, ids=str)
    def test_what_is_erased_is_gone_and_all_else_stays(
        self, store: Store, disposal: Disposal, places: tuple[tuple[int, int], ...]
    ) -> None:
        new = commits(S, THERE)
        store.append(S, new, expected=0)
        found = disposal.dispose(S, _what(places), NOTE, expected=3, snapshot=None)

        assert found == THERE + 1
        assert held(store, S) == [*_erased(new, places), NOTE]

    def test_headers_and_hashes_stay(self, store: Store, disposal: Disposal) -> None:
        new = commits(S, THERE)
        store.append(S, new, expected=0)
        disposal.dispose(S, _what(((2, 0),)), NOTE, expected=3, snapshot=None)

        found = [(c.header, c.hash) for c in held(store, S)]
        assert found == [(c.header, c.hash) for c in (*new, NOTE)]

    def test_another_stream_is_not_touched(
        self, store: Store, disposal: Disposal
    ) -> None:
        for stream in (S, OTHER):
            store.append(stream, commits(stream, THERE), expected=0)
        disposal.dispose(S, _what(((2, 0),)), NOTE, expected=3, snapshot=None)

        assert held(store, OTHER) == list(commits(OTHER, THERE))

    def test_what_is_erased_already_stays_so(
        self, store: Store, disposal: Disposal
    ) -> None:
        new = commits(S, THERE)
        store.append(S, new, expected=0)
        more = commits(S, after=(*new, NOTE), by="dpo", data=())
        disposal.dispose(S, _what(((2, 0),)), NOTE, expected=3, snapshot=None)
        disposal.dispose(S, _what(((2, 0), (2, 1))), *more, expected=4, snapshot=None)

        assert held(store, S) == [*_erased(new, ((2, 0), (2, 1))), NOTE, *more]

    @pytest.mark.parametrize("expected", [0, 2, 4, -1])
    def test_a_conflict_erases_nothing(
        self, store: Store, disposal: Disposal, expected: int
    ) -> None:
        new = commits(S, THERE)
        store.append(S, new, expected=0)
        with pytest.raises(ConflictError):
            disposal.dispose(
                S, _what(((1, 0),)), NOTE, expected=expected, snapshot=None
            )

        assert held(store, S) == list(new)

    @pytest.mark.parametrize("place", NOWHERE, ids=str)
    def test_a_payload_that_is_not_there_cannot_be_erased(
        self, store: Store, disposal: Disposal, place: tuple[int, int]
    ) -> None:
        new = commits(S, THERE)
        store.append(S, new, expected=0)
        with pytest.raises(NotFoundError):
            disposal.dispose(S, _what(((1, 0), place)), NOTE, expected=3, snapshot=None)

        assert held(store, S) == list(new)

    def test_a_note_whose_id_is_taken_erases_nothing(
        self, store: Store, disposal: Disposal
    ) -> None:
        new = commits(S, THERE)
        store.append(S, new, expected=0)
        with pytest.raises(ConflictError):
            disposal.dispose(S, _what(((1, 0),)), new[0], expected=3, snapshot=None)

        assert held(store, S) == list(new)

    def test_a_retry_adds_no_second_note(
        self, store: Store, disposal: Disposal
    ) -> None:
        new = commits(S, THERE)
        store.append(S, new, expected=0)
        for _ in range(2):
            disposal.dispose(S, _what(((1, 0),)), NOTE, expected=3, snapshot=None)

        assert held(store, S) == [*_erased(new, ((1, 0),)), NOTE]

    def test_a_retry_of_an_append_does_not_bring_bytes_back(
        self, store: Store, disposal: Disposal
    ) -> None:
        new = commits(S, THERE)
        store.append(S, new, expected=0)
        disposal.dispose(S, _what(((1, 0),)), NOTE, expected=3, snapshot=None)
        store.append(S, new, expected=0)

        assert held(store, S) == [*_erased(new, ((1, 0),)), NOTE]

    def test_commits_follow_on_the_note(self, store: Store, disposal: Disposal) -> None:
        new = commits(S, THERE)
        store.append(S, new, expected=0)
        disposal.dispose(S, _what(((1, 0),)), NOTE, expected=3, snapshot=None)
        more = commits(S, after=(NOTE,))
        store.append(S, more, expected=4)

        assert held(store, S)[-2:] == [NOTE, *more]


class DisposalOfSnapshotsCases(Opened):
    """What `Disposal` promises of the snapshot, which has the same bytes in it."""

    def test_the_old_snapshot_is_dropped(
        self, snapshots: Snapshots, disposal: Disposal
    ) -> None:
        new = commits(S, THERE)
        old = snapshot_at(new[-1], b"secret")
        snapshots.append_with_snapshot(S, new, expected=0, snapshot=old)
        disposal.dispose(S, _what(((1, 0),)), NOTE, expected=3, snapshot=None)

        assert snapshots.snapshot(S) is None

    def test_a_new_snapshot_takes_the_place_of_the_old(
        self, snapshots: Snapshots, disposal: Disposal
    ) -> None:
        new = commits(S, THERE)
        old = snapshot_at(new[-1], b"secret")
        clean = snapshot_at(NOTE, b"clean")
        snapshots.append_with_snapshot(S, new, expected=0, snapshot=old)
        disposal.dispose(S, _what(((1, 0),)), NOTE, expected=3, snapshot=clean)

        assert snapshots.snapshot(S) == clean

    @pytest.mark.parametrize(
        ("place", "expected"), [((9, 0), 3), ((1, 7), 3), ((1, 0), 2)]
    )
    def test_a_disposal_that_is_refused_leaves_the_snapshot(
        self,
        snapshots: Snapshots,
        disposal: Disposal,
        place: tuple[int, int],
        expected: int,
    ) -> None:
        new = commits(S, THERE)
        old = snapshot_at(new[-1])
        snapshots.append_with_snapshot(S, new, expected=0, snapshot=old)
        with pytest.raises((ConflictError, NotFoundError)):
            disposal.dispose(S, _what((place,)), NOTE, expected=expected, snapshot=None)

        assert snapshots.snapshot(S) == old

    def test_a_retry_does_not_bring_the_old_snapshot_back(
        self, snapshots: Snapshots, disposal: Disposal
    ) -> None:
        new = commits(S, THERE)
        old = snapshot_at(new[-1], b"secret")
        snapshots.append_with_snapshot(S, new, expected=0, snapshot=old)
        disposal.dispose(S, _what(((1, 0),)), NOTE, expected=3, snapshot=None)
        snapshots.append_with_snapshot(S, new, expected=0, snapshot=old)

        assert snapshots.snapshot(S) is None

    def test_a_retry_of_the_disposal_leaves_a_later_snapshot(
        self, snapshots: Snapshots, disposal: Disposal
    ) -> None:
        new = commits(S, THERE)
        snapshots.append_with_snapshot(
            S, new, expected=0, snapshot=snapshot_at(new[-1])
        )
        disposal.dispose(S, _what(((1, 0),)), NOTE, expected=3, snapshot=None)
        more = commits(S, after=(NOTE,))
        later = snapshot_at(more[0])
        snapshots.append_with_snapshot(S, more, expected=4, snapshot=later)
        disposal.dispose(S, _what(((1, 0),)), NOTE, expected=3, snapshot=None)

        assert snapshots.snapshot(S) == later
