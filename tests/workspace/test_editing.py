"""An act that is decided again where others were faster, as one commit of its own."""

from datetime import datetime

import pytest
from attrs import evolve

from missionkit.domain.model import Model
from missionkit.domain.stakeholder import Need
from missionkit.errors import ConflictError, InvalidValueError, NotFoundError
from missionkit.history.choosing import act_of
from missionkit.history.edit import Edit
from missionkit.workspace import Workspace
from missionkit.workspace.desk import Desk
from missionkit.workspace.editing import decided
from tests.history.streams import NOON, counted, opened

ACT = evolve(act_of("harbour", "chair", "Ready"), acts=("complete:direct",))


def begun() -> tuple[Workspace, Desk]:
    ws = opened()
    with ws.edit("harbour", by="chair", why="Board", create=True) as d:
        d.need("A warm home", id="warm")
    return ws, ws._desk


def test_what_is_decided_is_one_commit_with_its_acts_and_the_instant_it_saw() -> None:
    ws, desk = begun()

    def complete(draft: Edit, at: datetime) -> datetime:
        draft.become(draft.model.with_(*_noted(draft.model, at.isoformat())))
        return at

    at = decided(desk, "harbour", ACT, complete)
    (_, commit) = ws.store.read("harbour")

    assert commit.facts.acts == ("complete:direct",)
    assert (commit.facts.actor, commit.facts.why) == ("chair", "Ready")
    assert commit.facts.at == at
    assert ws.model("harbour").get(Need, "warm").notes == at.isoformat()


def test_it_is_decided_again_on_what_others_wrote_at_a_later_instant() -> None:
    ws, desk = begun()
    told: list[str] = []
    ws.on_commit(lambda _, commit: told.append(commit.facts.why))
    asked: list[datetime] = []

    def complete(draft: Edit, at: datetime) -> None:
        asked.append(at)
        if len(asked) == 1:
            with ws.edit("harbour", by="ada", why="Faster") as theirs:
                theirs.set("warm", notes="theirs")
        notes = draft.model.get(Need, "warm").notes
        draft.set("warm", notes=f"{notes} and mine")

    decided(desk, "harbour", ACT, complete)
    *_, last = ws.store.read("harbour")

    assert ws.model("harbour").get(Need, "warm").notes == "theirs and mine"
    assert asked[0] < asked[1] == last.facts.at
    assert told == ["Faster", "Ready"]


def test_an_act_that_changes_nothing_is_a_commit_where_it_always_is() -> None:
    ws, desk = begun()
    decided(desk, "harbour", ACT, lambda *_: None)
    assert ws.version("harbour") == 1

    decided(desk, "harbour", evolve(ACT, always=True), lambda *_: None)
    assert ws.version("harbour") == 2


def test_what_a_decision_refuses_is_not_written_and_not_asked_again() -> None:
    ws, desk = begun()
    asked = []

    def refused(draft: Edit, at: datetime) -> None:
        draft.set("warm", notes="lost")
        asked.append(at)
        raise KeyError(at)

    with pytest.raises(KeyError):
        decided(desk, "harbour", ACT, refused)
    assert (len(asked), ws.version("harbour")) == (1, 1)


def test_it_gives_up_where_others_are_always_faster() -> None:
    ws, desk = begun()

    def slow(draft: Edit, at: datetime) -> None:
        with ws.edit("harbour", by="ada", why="Faster") as theirs:
            theirs.set("warm", notes=at.isoformat())
        draft.set("warm", notes="mine")

    with pytest.raises(ConflictError):
        decided(desk, "harbour", ACT, slow)


def test_it_asks_for_a_stream_and_an_instant() -> None:
    _, desk = begun()
    with pytest.raises(NotFoundError):
        decided(desk, "harbor", ACT, lambda *_: None)

    naive = NOON.replace(tzinfo=None)
    ws = Workspace(store=desk.store, clock=lambda: naive, token=counted())
    with pytest.raises(InvalidValueError, match="time zone"):
        decided(ws._desk, "harbour", ACT, lambda *_: None)


def _noted(model: Model, notes: str) -> list[Need]:
    return [evolve(need, notes=notes) for need in model.of(Need)]
