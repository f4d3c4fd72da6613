"""``missionkit cycle``: where a review stands, of a document or of a store."""

import json
from pathlib import Path
from typing import Any

import pytest

from missionkit.cli import main, reviews
from missionkit.codec.document import dumps
from missionkit.domain.draft import Draft
from missionkit.domain.model import Model
from missionkit.domain.review import Artifact
from missionkit.errors import PluginError
from missionkit.formats.workflow_file import save_workflow
from missionkit.plugins import Installed, Plugin
from missionkit.samples import sample
from missionkit.testing.sound import DAY, sound_model
from missionkit.workspace import Workspace
from tests.workspace.approvals import FREE

ON = ("--on", DAY.isoformat())


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Run each test in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def written(folder: Path, model: Model) -> str:
    (folder / "plan.json").write_text(dumps(model), "utf-8")
    return "plan.json"


def stored(folder: Path, **streams: Model) -> str:
    with Workspace(folder / "store.db") as ws:
        for name, model in streams.items():
            with ws.edit(name, by="chair", why="begin", create=True) as d:
                d.become(model)
    return "store.db"


def look(own: bool = False) -> Model:  # noqa: FBT001, FBT002 - of a test
    d = Draft()
    status: Any = {"stage": "look", "status": "active"} if own else {}
    d.review_cycle("Look", id="look", workflow="free", **status)
    return d.model


def test_a_document_is_told_with_each_move(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["cycle", written(folder, sound_model("review")), *ON]) == 0
    said = capsys.readouterr().out

    assert said.startswith("Review of 2026 (review-2026), by four-stages 1")
    assert "  complete → closed: nothing stands in the way" in said
    assert "by sponsor (Chair of the cooperative)" in said


def test_it_ends_with_1_where_nothing_leads_on(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    d = Draft(sound_model("review"))
    d.set("review-2026-risks", disposition=None)

    assert main(["cycle", written(folder, d.model), *ON]) == 1
    assert "✕ MK-GAT-028 review-2026-risks" in capsys.readouterr().out


def test_the_review_can_be_named_and_the_last_one_is_taken_where_none_is_open(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(folder, sample())
    assert main(["cycle", file, "--cycle", "review-2025", *ON]) == 0
    assert "closed" in capsys.readouterr().out
    assert main(["cycle", file, "--cycle", "review-2052"]) == 2
    assert "did you mean 'review-2025'" in capsys.readouterr().err

    d = Draft()
    for year in (2025, 2024):
        d.review_cycle(f"Review {year}", id=f"r-{year}", status="closed")
    assert main(["cycle", written(folder, d.model)]) == 0
    assert capsys.readouterr().out.startswith("Review 2025")


def test_without_a_review_it_says_so(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["cycle", written(folder, Model())]) == 0
    assert capsys.readouterr().out == "There is no review yet.\n"


def test_it_tells_whether_somebody_may(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(folder, sound_model("review"))

    assert main(["cycle", file, "--by", "party-m4n5", *ON]) == 1
    assert "complete is for sponsor" in capsys.readouterr().out
    assert main(["cycle", file, "--by", "Not an id", *ON]) == 2
    assert "by must be the id of a party" in capsys.readouterr().err


def test_as_json_and_as_a_page(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    d = Draft(sound_model("review"))
    d.set("review-2026", name="<b>Review</b>")
    file = written(folder, d.model)

    assert main(["cycle", file, "--format", "json", *ON]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["cycle"], told["stage"]) == ("review-2026", "review")
    assert told["made_stale"] == []
    assert main(["cycle", file, "--format", "html", *ON]) == 0
    page = capsys.readouterr().out
    assert page.startswith("<!DOCTYPE html>")
    assert "<b>Review" not in page


def test_of_a_store_it_tells_which_commits_made_an_approval_stale(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = stored(folder, bakery=sound_model("review"))
    with Workspace(folder / store) as ws:
        plan = ws.model("bakery").get(Artifact, "review-2026-improvement-plan")
        with ws.edit("bakery", by="planner", why="Reworded") as d:
            d.set(plan.covers[0], statement="Something else")
    before = (folder / store).read_bytes()

    main(["cycle", store, *ON])
    said = capsys.readouterr().out
    assert "What we improve (review-2026-improvement-plan) is stale" in said
    assert "planner: Reworded (changed)" in said
    main(["cycle", store, "--format", "json", *ON])
    (told,) = json.loads(capsys.readouterr().out)["made_stale"]
    assert told["changed"][0]["versions"][0]["actor"] == "planner"
    main(["cycle", store, "--format", "html", *ON])
    assert "Reworded" in capsys.readouterr().out
    assert (folder / store).read_bytes() == before


def test_the_stream_is_asked_for_where_there_are_several(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model = sound_model("review")
    store = stored(folder, bakery=model, harbor=model)

    assert main(["cycle", store]) == 2
    assert "name one with --stream: bakery, harbor" in capsys.readouterr().err
    assert main(["cycle", store, "--stream", "harbor", *ON]) == 0
    assert main(["cycle", store, "--stream", "habor", *ON]) == 2
    assert "did you mean 'harbor'" in capsys.readouterr().err


def test_an_empty_store_and_a_stream_of_a_document_are_refused(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = stored(folder)
    assert main(["cycle", store]) == 2
    assert "The store holds no stream." in capsys.readouterr().err
    file = written(folder, sound_model("plan"))
    assert main(["cycle", file, "--stream", "bakery"]) == 2
    assert "A document has no streams" in capsys.readouterr().err
    assert main(["cycle", "nothing.json"]) == 2
    assert main(["cycle", "no\0thing"]) == 2


def test_a_folder_and_a_database_are_stores_as_well(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model = sound_model("review")
    for place in ("store/", f"sqlite:///{folder}/sql.db"):
        with Workspace(place) as ws:
            for name in ("bakery", "harbor"):
                with ws.edit(name, by="chair", why="begin", create=True) as d:
                    d.become(model)

        assert main(["cycle", place.rstrip("/")]) == 2
        assert "name one with --stream: bakery, harbor" in capsys.readouterr().err
        assert main(["cycle", place.rstrip("/"), "--stream", "harbor", *ON]) == 0

    (folder / "papers").mkdir()
    assert main(["cycle", "papers"]) == 2
    assert "papers is no file" in capsys.readouterr().err


def test_a_workflow_of_ones_own_is_given_as_a_file(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    save_workflow(FREE, folder / "free.json")
    file = written(folder, look(own=True))

    assert main(["cycle", file]) == 1
    assert "The workflow 'free' is not here." in capsys.readouterr().out
    assert main(["cycle", file, "--workflow", "free.json"]) == 0
    assert "by anybody" in capsys.readouterr().out


def test_workflows_and_guards_of_plug_ins_are_known_and_failures_told(
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def installed(group: str) -> Installed:
        value: dict[str, object] = {"workflows": FREE, "guards": lambda _: ()}
        told = {"name": "acme", "distribution": "acme", "version": "1"}
        good, bad = (Plugin(value=each, **told) for each in (value[group], 7))
        failed = PluginError("acme", "gone", "it is not there", "1")
        return Installed(group=group, found=(good, bad), failed=(failed,))

    monkeypatch.setattr(reviews, "installed", installed)
    file = written(folder, look(own=True))

    assert main(["cycle", file]) == 0
    told = capsys.readouterr()
    assert "by anybody" in told.out
    assert "is left out: 7 is none of the workflows" in told.err
    assert "it is not there" in told.err
    (folder / "pyproject.toml").write_text(
        "[tool.missionkit]\nplugins = false\n", "utf-8"
    )
    assert main(["cycle", file]) == 1


def test_a_wrong_setting_is_placed_in_its_file(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(folder, sound_model("review"))
    text = "[tool.missionkit.limits]\nripe_mesures = 5\n"
    (folder / "pyproject.toml").write_text(text, "utf-8")

    assert main(["cycle", file, *ON]) == 2
    assert "pyproject.toml:2" in capsys.readouterr().err
    assert main(["cycle", file, "--isolated", *ON]) == 0


def test_a_pack_is_made_of_a_store_by_a_workflow_from_a_file(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = stored(folder, look=look(own=True))
    save_workflow(FREE, folder / "free.json")
    own = ("--workflow", "free.json")

    assert main(["review", store, "--out", "pack", *own, *ON]) == 0
    page = (folder / "pack" / "pack.md").read_text("utf-8")
    assert "complete" in page
    assert "is not here" not in page

    assert main(["review", store, "--out", "pack", *ON]) == 0
    page = (folder / "pack" / "pack.md").read_text("utf-8")
    assert "is not here" in page
    assert main(["review", store, "--stream", "lok", "--out", "pack", *own]) == 2
    assert "did you mean 'look'" in capsys.readouterr().err
    assert main(["review", store, "--workflow", "fre.json", "--out", "pack"]) == 2
    assert "did you mean 'free.json'" in capsys.readouterr().err
