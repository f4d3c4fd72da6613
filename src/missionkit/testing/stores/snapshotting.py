"""The contract of a store that keeps snapshots; others skip it."""

from typing import Final

import pytest

from missionkit.domain.history import Commit
from missionkit.errors import ConflictError
from missionkit.ports.store import Snapshot, Snapshots, Store
from missionkit.testing.stores.making import commits
from missionkit.testing.stores.opening import Opened, held

S = "harbour"
OTHER = "library"
MEGABYTE: Final = 1_000_000


def snapshot_at(commit: Commit, data: bytes = b"state") -> Snapshot:
    """Return a snapshot of the state after a commit."""
    return Snapshot(sequence=commit.facts.sequence, head=commit.hash, data=data)


class SnapshotCases(Opened):
    """What `Snapshots` promises."""

    def test_at_first_there_is_no_snapshot(self, snapshots: Snapshots) -> None:
        assert snapshots.snapshot(S) is None

    def test_a_snapshot_comes_with_its_commits(
        self, store: Store, snapshots: Snapshots
    ) -> None:
        new = commits(S, 3)
        made = snapshot_at(new[-1])

        found = snapshots.append_with_snapshot(S, new, expected=0, snapshot=made)
        assert found == len(new)
        assert held(store, S) == list(new)
        assert snapshots.snapshot(S) == made

    def test_a_newer_snapshot_takes_the_place_of_the_older(
        self, snapshots: Snapshots
    ) -> None:
        new = commits(S, 2)
        for count, commit in enumerate(new):
            snapshots.append_with_snapshot(
                S, [commit], expected=count, snapshot=snapshot_at(commit)
            )

        assert snapshots.snapshot(S) == snapshot_at(new[1])

    def test_a_snapshot_alone_can_be_replaced(self, snapshots: Snapshots) -> None:
        new = commits(S)
        for data in (b"old", b"new"):
            made = snapshot_at(new[0], data)
            snapshots.append_with_snapshot(S, new, expected=0, snapshot=made)
            snapshots.append_with_snapshot(S, (), expected=1, snapshot=made)

        assert snapshots.snapshot(S) == snapshot_at(new[0], b"new")

    def test_an_append_without_one_leaves_the_older(
        self, store: Store, snapshots: Snapshots
    ) -> None:
        new = commits(S, 2)
        made = snapshot_at(new[0])
        snapshots.append_with_snapshot(S, new[:1], expected=0, snapshot=made)
        store.append(S, new[1:], expected=1)

        assert snapshots.snapshot(S) == made

    def test_each_stream_has_its_own(self, snapshots: Snapshots) -> None:
        for stream in (S, OTHER):
            new = commits(stream)
            made = snapshot_at(new[0], stream.encode())
            snapshots.append_with_snapshot(stream, new, expected=0, snapshot=made)

        found = [
            getattr(snapshots.snapshot(stream), "data", b"") for stream in (S, OTHER)
        ]
        assert found == [b"harbour", b"library"]

    @pytest.mark.parametrize("expected", [0, 2, -1])
    def test_a_conflict_leaves_the_older_snapshot(
        self, store: Store, snapshots: Snapshots, expected: int
    ) -> None:
        first = commits(S)
        made = snapshot_at(first[0])
        snapshots.append_with_snapshot(S, first, expected=0, snapshot=made)
        late = commits(S, by="eve")
        with pytest.raises(ConflictError):
            snapshots.append_with_snapshot(
                S, late, expected=expected, snapshot=snapshot_at(late[0])
            )

        assert snapshots.snapshot(S) == made
        assert held(store, S) == list(first)

    def test_a_conflict_makes_no_first_snapshot(
        self, store: Store, snapshots: Snapshots
    ) -> None:
        store.append(S, commits(S), expected=0)
        late = commits(S, by="eve")
        with pytest.raises(ConflictError):
            snapshots.append_with_snapshot(
                S, late, expected=0, snapshot=snapshot_at(late[0])
            )

        assert snapshots.snapshot(S) is None

    def test_an_id_that_is_taken_leaves_the_older_snapshot(
        self, store: Store, snapshots: Snapshots
    ) -> None:
        new = commits(S)
        store.append(S, new, expected=0)
        with pytest.raises(ConflictError):
            snapshots.append_with_snapshot(
                S, new, expected=1, snapshot=snapshot_at(new[0])
            )

        assert snapshots.snapshot(S) is None

    def test_a_retry_does_not_bring_an_older_snapshot_back(
        self, snapshots: Snapshots
    ) -> None:
        new = commits(S, 2)
        for count in (0, 1, 0):
            snapshots.append_with_snapshot(
                S,
                new[count : count + 1],
                expected=count,
                snapshot=snapshot_at(new[count]),
            )

        assert snapshots.snapshot(S) == snapshot_at(new[1])

    @pytest.mark.parametrize(
        "data",
        [
            pytest.param(b"", id="empty"),
            pytest.param(bytes(range(256)), id="every-byte"),
            pytest.param(b" {} \r\n", id="spaces"),
            pytest.param(b"\xff" * MEGABYTE, id="large"),
        ],
    )
    def test_the_bytes_of_a_snapshot_are_kept(
        self, snapshots: Snapshots, data: bytes
    ) -> None:
        new = commits(S)
        made = snapshot_at(new[0], data)
        snapshots.append_with_snapshot(S, new, expected=0, snapshot=made)

        assert snapshots.snapshot(S) == made
