"""Scenarios, where what both once had is erased in one of the two."""

from typing import Any

import pytest

from missionkit.domain.opaque import Opaque
from missionkit.domain.party import Party
from missionkit.domain.stakeholder import Need
from missionkit.history import codes
from missionkit.workspace import Workspace
from tests.history.streams import opened
from tests.messages import complaints

WHO: Any = {"by": "chair", "why": "Board, 12 March"}
NEXT = "harbour/next"


@pytest.fixture
def ws() -> Workspace:
    """Give a workspace with a scenario of which nothing is changed yet."""
    made = opened()
    with made.edit("harbour", create=True, **WHO) as d:
        d.need("A warm home", id="warm")
        d.party("Ada Okafor", id="party-1")
    made.fork("harbour", NEXT, **WHO)
    return made


def changed(ws: Workspace, stream: str, ref: str = "party-1", **fields: object) -> None:
    with ws.edit(stream, **WHO) as d:
        d.set(ref, **fields)


def refused(ws: Workspace) -> list[str]:
    """Return the elements in conflict when the scenario is merged."""
    before = ws.version("harbour")
    found = ws.merge(NEXT, "harbour", **WHO)
    assert not found
    assert ws.version("harbour") == before
    for issue in found.conflicts:
        assert issue.code == codes.CONFLICT.code
        assert "was erased here and changed there" in issue.message
        assert list(complaints(issue)) == []
    return [issue.ref for issue in found.conflicts]


def test_a_change_of_what_was_erased_since_the_fork_is_a_conflict(
    ws: Workspace,
) -> None:
    changed(ws, NEXT, name="Ada Brown")
    changed(ws, NEXT, "warm", notes="kept")
    ws.dispose("harbour", "party-1", **WHO)
    assert refused(ws) == ["party-1"]

    ws.dispose(NEXT, "party-1", **WHO)
    assert ws.merge(NEXT, "harbour", **WHO)
    assert isinstance(ws.model("harbour")["party-1"], Opaque)
    assert ws.model("harbour").get(Need, "warm").notes == "kept"


def test_what_was_not_changed_there_is_no_conflict(ws: Workspace) -> None:
    changed(ws, NEXT, "warm", notes="kept")
    ws.dispose("harbour", "party-1", **WHO)

    assert ws.merge(NEXT, "harbour", **WHO)
    assert isinstance(ws.model("harbour")["party-1"], Opaque)
    assert ws.model("harbour").get(Need, "warm").notes == "kept"
    assert ws.model(NEXT).get(Party, "party-1").name == "Ada Okafor"


def test_what_was_brought_in_before_is_no_conflict_and_what_came_later_is(
    ws: Workspace,
) -> None:
    changed(ws, NEXT, name="Ada Brown")
    assert ws.merge(NEXT, "harbour", **WHO)
    ws.dispose("harbour", "party-1", **WHO)
    assert ws.merge(NEXT, "harbour", **WHO)

    changed(ws, NEXT, name="Ada Green")
    assert refused(ws) == ["party-1"]


def test_what_the_scenario_took_from_the_target_is_not_its_own(ws: Workspace) -> None:
    changed(ws, "harbour", name="Ada Brown")
    assert ws.merge("harbour", NEXT, **WHO)
    ws.dispose("harbour", "party-1", **WHO)
    assert ws.merge(NEXT, "harbour", **WHO)

    assert ws.merge("harbour", NEXT, **WHO)
    changed(ws, NEXT, name="Ada Green")
    assert refused(ws) == ["party-1"]


def test_what_was_erased_and_removed_here_stays_so_unless_it_was_changed_there(
    ws: Workspace,
) -> None:
    ws.dispose("harbour", "party-1", **WHO)
    with ws.edit("harbour", **WHO) as d:
        d.remove("party-1")
    changed(ws, NEXT, "warm", notes="kept")
    assert ws.merge(NEXT, "harbour", **WHO)
    assert "party-1" not in ws.model("harbour")

    changed(ws, NEXT, name="Ada Green")
    found = ws.merge(NEXT, "harbour", **WHO)
    assert [issue.ref for issue in found.conflicts] == ["party-1"]


def test_what_was_removed_there_is_removed_here(ws: Workspace) -> None:
    changed(ws, NEXT, name="Ada Brown")
    with ws.edit(NEXT, **WHO) as d:
        d.remove("party-1")
    ws.dispose("harbour", "party-1", **WHO)

    assert ws.merge(NEXT, "harbour", **WHO)
    assert "party-1" not in ws.model("harbour")


def test_without_the_commits_it_would_be_lost_in_silence(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A broken twin, which looks at the models alone."""
    changed(ws, NEXT, name="Ada Brown")
    ws.dispose("harbour", "party-1", **WHO)
    monkeypatch.setattr(
        "missionkit.workspace.scenarios.own_changes", lambda *_: frozenset()
    )

    assert ws.merge(NEXT, "harbour", **WHO)
