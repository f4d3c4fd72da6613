"""Somebody is erased from every stream, each by itself."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from missionkit.domain.history import Commit
from missionkit.domain.opaque import Opaque
from missionkit.domain.party import Party
from missionkit.errors import (
    CorruptStoreError,
    InvalidValueError,
    NotFoundError,
    StoreBusyError,
    StoreError,
    StoreUnavailableError,
)
from missionkit.markup import text
from missionkit.ports.store import Disposed, Snapshot
from missionkit.stores.memory import MemoryStore
from missionkit.workspace import Workspace
from tests.history.streams import Clock, Held, counted

WHO: Any = {"by": "officer", "why": "asked on 3 May"}


class Failing(MemoryStore):
    """A store that fails in some streams: to erase, or to be read."""

    def __init__(self) -> None:
        super().__init__()
        self.shut: dict[str, StoreError] = {}
        self.torn: tuple[str, ...] = ()

    def dispose(
        self,
        stream: str,
        what: Iterable[Disposed],
        note: Commit,
        *,
        expected: int,
        snapshot: Snapshot | None,
    ) -> int:
        if stream in self.shut:
            raise self.shut[stream]
        return super().dispose(stream, what, note, expected=expected, snapshot=snapshot)

    def read(
        self, stream: str, *, after: int = 0, upto: int | None = None
    ) -> Iterator[Commit]:
        if stream in self.torn:
            raise CorruptStoreError("it is torn")
        return super().read(stream, after=after, upto=upto)


def filled(store: Any) -> Workspace:  # noqa: ANN401 - any store
    ws = Workspace(store=store, clock=Clock(), token=counted())
    with ws.edit("harbour", create=True, **WHO) as d:
        d.need("A warm home", id="warm")
        d.party("Ada Okafor", id="party-1")
        d.party("Ben", id="party-2")
    ws.fork("harbour", "harbour/next", **WHO)
    with ws.edit("quay", create=True, **WHO) as d:
        d.need("A quiet quay", id="quiet")
    with ws.edit("shore", create=True, **WHO) as d:
        d.party("Ada Okafor", id="party-1")
    return ws


def erased_in(ws: Workspace) -> list[str]:
    return [
        name
        for name in ws.streams()
        if isinstance(ws.model(name).find("party-1"), Opaque)
    ]


def test_a_party_is_erased_from_every_stream_that_held_it(tmp_path: Path) -> None:
    for ws in (
        filled(MemoryStore()),
        Workspace(tmp_path / "a.db", clock=Clock(), token=counted()),
    ):
        if not ws.streams():
            ws = filled(ws.store)  # noqa: PLW2901 - the same store
        told: list[str] = []
        ws.on_commit(lambda stream, _, told=told: told.append(stream))  # type: ignore[misc]
        found = ws.dispose_everywhere("party-1", **WHO)

        assert found
        assert [commit.facts.stream for commit in found.done] == erased_in(ws)
        assert erased_in(ws) == ["harbour", "harbour/next", "shore"] == told
        assert {c.facts.why for c in found.done} == {WHO["why"]}
        assert str(found).splitlines()[0] == "harbour: erased, as commit 2 says"
        assert ws.version("quay") == 1
        assert ws.verify()
        assert ws.model("harbour").get(Party, "party-2").name == "Ben"
        ws.close()
    assert b"Okafor" not in (tmp_path / "a.db").read_bytes()


def test_several_are_erased_each_where_it_was() -> None:
    ws = filled(MemoryStore())
    party = ws.model("harbour").get(Party, "party-2")
    found = ws.dispose_everywhere(["party-1", party], **WHO)

    assert [len(commit.facts.acts) - 1 for commit in found.done] == [2, 2, 1]


def test_a_prefix_keeps_to_some_streams() -> None:
    ws = filled(MemoryStore())
    assert ws.dispose_everywhere("party-1", prefix="harbour", **WHO)

    assert erased_in(ws) == ["harbour", "harbour/next"]


def test_the_others_are_done_where_one_fails_and_it_tells_which() -> None:
    store = Failing()
    ws = filled(store)
    store.shut = {"harbour": StoreUnavailableError("<the disk failed>")}
    found = ws.dispose_everywhere("party-1", **WHO)

    assert not found
    assert [commit.facts.stream for commit in found.done] == ["harbour/next", "shore"]
    assert [stream for stream, _ in found.failed] == ["harbour"]
    assert "harbour: not erased: <the disk failed>" in str(found).splitlines()[-1]
    assert text("<the disk failed>") in found._repr_html_()
    assert erased_in(ws) == ["harbour/next", "shore"]

    store.shut = {}
    found = ws.dispose_everywhere("party-1", **WHO)
    assert [commit.facts.stream for commit in found.done] == ["harbour"]
    assert found
    assert str(ws.dispose_everywhere("party-1", **WHO)) == (
        "every stream: nothing was left to erase"
    )


def test_a_busy_stream_is_tried_again_and_then_told() -> None:
    store = Failing()
    ws = filled(store)
    store.shut = {"shore": StoreBusyError("busy")}
    found = ws.dispose_everywhere("party-1", **WHO)

    ((stream, error),) = found.failed
    assert (stream, type(error)) == ("shore", StoreBusyError)


def test_a_stream_that_cannot_be_read_is_told() -> None:
    store = Failing()
    ws = filled(store)
    store.torn = ("quay",)
    found = ws.dispose_everywhere("party-1", **WHO)

    assert [stream for stream, _ in found.failed] == ["quay"]
    assert len(found.done) == 3
    assert not ws.dispose_everywhere("quiet", **WHO).done


def test_what_is_in_no_stream_is_not_found_and_nothing_is_erased() -> None:
    ws = filled(MemoryStore())
    with pytest.raises(NotFoundError, match="element in any stream 'party-3'"):
        ws.dispose_everywhere(["party-1", "party-3"], **WHO)
    with pytest.raises(NotFoundError):
        ws.dispose_everywhere("party-1", prefix="quay", **WHO)
    with pytest.raises(InvalidValueError):
        ws.dispose_everywhere("party-1", by="officer", why=" ")
    assert erased_in(ws) == []


def test_a_store_that_cannot_erase_says_so() -> None:
    ws = Workspace(store=Held())
    with pytest.raises(StoreError, match="cannot erase"):
        ws.dispose_everywhere("party-1", **WHO)
