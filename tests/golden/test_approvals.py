"""What an earlier release approved stands, or is stale, as it was then.

The files were written by the first release with this format and are never written
anew: where a test fails, the release breaks approvals that were given.
"""

import json
import shutil
from pathlib import Path
from typing import Annotated, Any

import pytest
from attrs import frozen

from missionkit.codec.document import dumps, loads
from missionkit.domain.declaration import Entity, entity
from missionkit.domain.digest import digest_of
from missionkit.domain.ids import NeedId
from missionkit.domain.marks import Link, Progress
from missionkit.domain.model import Model
from missionkit.domain.review import Approval, Artifact
from missionkit.domain.values import Name
from missionkit.domain.views import VIEWS
from missionkit.trace.approvals import Approvals, approval_standing
from missionkit.workspace import Workspace
from tests.domain.bets import BetId

HERE = Path(__file__).parent
TOLD: dict[str, Any] = json.loads((HERE / "approvals-1-told.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def model() -> Model:
    return loads((HERE / "approvals-1.json").read_bytes()).model


def test_every_digest_is_what_it_was(model: Model) -> None:
    assert {each.id: model.digest(each.id) for each in model} == TOLD["digests"]


@pytest.mark.parametrize("ref", sorted(TOLD["standings"]))
def test_every_artifact_stands_as_it_stood(model: Model, ref: str) -> None:
    found = approval_standing(model, model.get(Artifact, ref), by_others=True)
    said = {
        "state": str(found.state),
        "approval": found.approval.id if found.approval else None,
        "changed": list(found.changed),
        "added": list(found.added),
        "removed": list(found.removed),
        "unknown": list(found.unknown),
        "passed": found.passed,
    }

    assert {key: value for key, value in said.items() if value} == TOLD["standings"][
        ref
    ]


def test_each_view_of_that_release_is_among_them(model: Model) -> None:
    firsts = {view.key for view in VIEWS if view.version == 1}
    approvals = {each.id: each for each in model.of(Approval)}
    approved = {
        made.view
        for made in model.of(Artifact)
        if f"approval-of-{made.id}" in approvals
        and approvals[f"approval-of-{made.id}"].view_version == 1  # type: ignore[index]
    }

    assert approved == firsts


def test_approvals_as_they_were_kept_before_are_among_them(model: Model) -> None:
    old = [each for each in model.of(Approval) if each.pass_number is None]

    assert len(old) == 8
    assert all(each.view_version is None for each in old)


def test_written_anew_it_says_the_same(model: Model) -> None:
    assert loads(dumps(model)).model == model


def test_a_store_of_that_release_is_read_and_its_approvals_stand(
    tmp_path: Path,
) -> None:
    path = tmp_path / "approvals-1.db"
    shutil.copy(HERE / path.name, path)
    with Workspace(path) as workspace:
        model = workspace.model("bakery")
        whys = [entry.header.why for entry in workspace.history("bakery")]
    found = [Approvals(model).standing(made) for made in model.of(Artifact)]

    assert whys.count("Read in the session") == 2
    assert [str(each) for each in found] == [
        "decision-log: approved",
        "needs-register: stale (changed: bread-at-seven)",
    ]


@frozen(kw_only=True)
@entity("acme.bet")
class Bet(Entity):
    """A bet, as one release declared it."""

    id: BetId
    name: Name
    needs: Annotated[tuple[NeedId, ...], Link("serves_need")] = ()


@frozen(kw_only=True)
@entity("acme.bet")
class LaterBet(Entity):
    """The same bet, as a later release declares it: with more that may be said."""

    id: BetId
    rank: int | None = None
    name: Name
    needs: Annotated[tuple[NeedId, ...], Link("serves_need")] = ()
    reason: str = ""
    done: Annotated[bool, Progress()] = False


def test_a_release_that_can_say_more_changes_no_digest() -> None:
    told: dict[str, Any] = {"id": "bet", "name": "Bet", "needs": ("warm",)}

    assert digest_of(Bet(**told)) == digest_of(LaterBet(**told))
    assert digest_of(LaterBet(**told)) == digest_of(LaterBet(**told, done=True))
    assert digest_of(LaterBet(**told)) != digest_of(LaterBet(**told, reason="Why not"))
