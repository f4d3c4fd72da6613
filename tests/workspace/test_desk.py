"""What was read last is not read anew, and nothing old is ever taken for new."""

from collections import Counter

import pytest
from attrs import evolve

from missionkit.domain.kinds import Kinds
from missionkit.domain.model import Model
from missionkit.domain.opaque import Opaque
from missionkit.errors import ConflictError, CorruptStoreError
from missionkit.history.folding import State
from missionkit.review import Fire
from missionkit.stores.memory import MemoryStore
from missionkit.testing.sound import cycle_of, sound_model
from missionkit.workspace import Workspace

CHAIR = "party-c4r0"


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Count how often a model is made of what is stored."""
    count: Counter[str] = Counter()
    model = State.model

    def counted(self: State, kinds: Kinds) -> Model:
        count[self.hash] += 1
        return model(self, kinds)

    monkeypatch.setattr(State, "model", counted)
    return count


def begun(store: MemoryStore) -> Workspace:
    ws = Workspace(store=store)
    with ws.edit("bakery", by=CHAIR, why="Begin", create=True) as d:
        d.become(sound_model("review"))
    return ws


def test_to_ask_and_then_to_act_reads_once(read: Counter[str]) -> None:
    ws = begun(MemoryStore())
    read.clear()
    review = ws.review("bakery", cycle_of(ws.model("bakery")) or "")

    assert review.can("block", by=CHAIR)
    assert review.can("suspend", by=CHAIR)
    review.fire("block", by=CHAIR, why="Wait")

    assert set(read.values()) == {1}
    assert review.cycle.status == "blocked"
    assert set(read.values()) == {1}


def test_what_others_committed_is_seen_at_once() -> None:
    store = MemoryStore()
    ws, other = begun(store), Workspace(store=store)
    held = ws.model("bakery")
    with other.edit("bakery", by=CHAIR, why="More") as d:
        d.need("Quiet", id="quiet")

    assert "quiet" not in held
    assert "quiet" in ws.model("bakery")
    assert ws.model("bakery", version=1) == held
    assert "quiet" in ws.model("bakery")


def test_streams_are_told_apart_and_scenarios_go_their_own_way() -> None:
    ws = begun(MemoryStore())
    ws.fork("bakery", "bakery/plan", by=CHAIR, why="Try")
    with ws.edit("bakery/plan", by=CHAIR, why="Try") as d:
        d.need("Quiet", id="quiet")
    with ws.edit("empty", by=CHAIR, why="Begin", create=True) as d:
        assert len(d.model) == 0
        d.party("Ann", id="ann")

    assert "quiet" in ws.model("bakery/plan")
    assert "quiet" not in ws.model("bakery")
    assert list(ws.model("empty").ids()) == ["ann"]


def test_what_was_erased_is_gone_at_once() -> None:
    store = MemoryStore()
    ws, other = begun(store), Workspace(store=store)
    assert not isinstance(ws.model("bakery")[CHAIR], Opaque)
    other.dispose("bakery", CHAIR, by=CHAIR, why="Asked for")

    assert isinstance(ws.model("bakery")[CHAIR], Opaque)


def test_an_edit_of_what_is_not_the_newest_conflicts_as_before() -> None:
    store = MemoryStore()
    ws, other = begun(store), Workspace(store=store)
    ws.model("bakery")

    def outrun() -> None:
        with ws.edit("bakery", by=CHAIR, why="Mine") as d:
            d.need("Mine", id="mine")
            with other.edit("bakery", by=CHAIR, why="Theirs") as e:
                e.need("Theirs", id="theirs")

    with pytest.raises(ConflictError):
        outrun()
    assert "theirs" in ws.model("bakery")


def test_what_is_stored_is_proved_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    store = MemoryStore()
    ws = begun(store)
    ws.model("bakery")
    (commit,) = store.read("bakery")
    first, *others = commit.payloads
    assert first is not None
    other = evolve(first, data=first.data.replace(b"e", b"a", 1))
    broken = evolve(commit, payloads=(other, *others))
    assert (broken.hash, other != first) == (commit.hash, True)
    monkeypatch.setattr(store, "read", lambda *_, **__: iter([broken]))

    with pytest.raises(CorruptStoreError):
        ws.model("bakery")
    with pytest.raises(CorruptStoreError):
        ws.review("bakery", "review-2026").perform(
            Fire(event="block"), by=CHAIR, why="Wait"
        )
