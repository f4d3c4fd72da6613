"""``missionkit process``: all processes, or one in full, of a document or a store."""

import json
from datetime import date
from pathlib import Path

import pytest

from missionkit.cli import main
from missionkit.codec.document import dumps
from missionkit.domain.care import CareFunction
from missionkit.domain.draft import Draft
from missionkit.domain.model import Model
from missionkit.domain.party import Party, PartyKind
from missionkit.domain.process import Process, ReleaseLadder, ReleaseState, ReleaseStep
from missionkit.samples import SAMPLE_DAY, sample
from missionkit.workspace import Workspace

ON = ("--on", SAMPLE_DAY.isoformat())
PARTS = (
    "What it is",
    "Design brief",
    "Release",
    "Handover",
    "Roles",
    "Responsibility",
    "SIPOC",
    "Measures",
    "Care",
    "Practices",
    "Problems",
    "Effort",
    "Service",
    "Findings",
)
PEOPLE = {
    each.name
    for each in sample().of(Party)
    if each.kind is PartyKind.PERSON and " " in each.name
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Run each test in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def harbor() -> str:
    return dumps(sample())


def written(model: Model | str) -> str:
    said = model if isinstance(model, str) else dumps(model)
    Path("plan.json").write_text(said, "utf-8")
    return "plan.json"


def bare() -> Draft:
    """Return an organization with one process of which nothing is known."""
    d = Draft()
    d.organization("Bakery", id="bakery")
    d.process("Baking", id="baking")
    return d


def test_all_processes_are_told_in_a_row_each(
    harbor: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["process", written(harbor), *ON]) == 1
    said = capsys.readouterr().out

    assert said.startswith("Processes of Harbour Housing Trust (harbour) on 2026-11-02")
    rows = {line.split()[0]: line for line in said.splitlines() if line.strip()}
    for process in sample().of(Process):
        assert process.name in rows[process.id]
    assert "Process owner  commissioned" in rows["repairs"]
    assert "✕ nobody" in rows["complaints"]
    assert "MK-PRC-010" in rows["development"]
    assert "Management takes" in said
    assert "last reviewed on" in said or "never reviewed" in said
    assert "MK-TRC-001" not in said


def test_one_process_is_told_in_full(
    harbor: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["process", written(harbor), "repairs", *ON]) == 0
    said = capsys.readouterr().out

    assert said.startswith("Repairs (repairs) on 2026-11-02")
    places = [said.index(f"\n\n{part}\n") for part in PARTS]
    assert places == sorted(places)
    for expected in (
        "how much will the customer pay for the result?",
        "Included in the rent: 21 pounds a week",
        "commissioned  2026-01-12",
        "knowledge, documents, training, measures",
        "Process owner     1",
        "Repairs finished at the first visit",
        "training           current",
        "Van stock by history of homes",
        "Repairs at the first visit: 92 at Northcliff Homes",
        "boilers differ by street",
        "cycle efficiency",
        "A home without damp and mold",
    ):
        assert expected in said


def test_an_error_about_the_process_ends_with_1(
    harbor: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["process", written(harbor), "development", *ON]) == 1
    said = capsys.readouterr().out
    assert "how much will the customer pay for the result?           ✕ none" in said
    assert "MK-PRC-010" in said


def test_people_are_named_on_request_alone(
    harbor: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(harbor)
    for ref in ([], ["repairs"]):
        main(["process", file, *ref, *ON])
        said = capsys.readouterr().out
        assert not [name for name in PEOPLE if name in said]
        main(["process", file, *ref, "--people", *ON])
        said = capsys.readouterr().out
        assert [name for name in PEOPLE if name in said]


def test_an_unknown_process_is_told_with_the_nearest(
    harbor: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["process", written(harbor), "repair", *ON]) == 2
    assert "did you mean 'repairs'" in capsys.readouterr().err
    assert main(["process", "plan.json", "tenants", *ON]) == 2
    assert "tenants" in capsys.readouterr().err


def test_as_json_all_is_told_in_values(
    harbor: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(harbor)
    main(["process", file, "--format", "json", *ON])
    told = json.loads(capsys.readouterr().out)
    assert (told["id"], told["on"]) == ("harbour", "2026-11-02")
    rows = {each["id"]: each for each in told["processes"]}
    assert rows["repairs"]["family"] == "demand_fulfillment"
    assert rows["repairs"]["release"] == "commissioned"
    assert rows["repairs"]["management"] == pytest.approx(0.042, abs=0.001)
    assert rows["complaints"]["owner"] is None
    assert rows["data-care"]["management"] is None
    assert len(told["care"]["processes"]) == len(rows)

    main(["process", file, "repairs", "--format", "json", *ON])
    told = json.loads(capsys.readouterr().out)
    assert list(told)[3:] == [part.casefold().replace(" ", "_") for part in PARTS]
    assert told["release"][0]["on"] == "2025-03-03"
    assert {each["function"] for each in told["care"]["functions"]} == set(CareFunction)
    assert told["sipoc"]["process"] == "repairs"
    assert told["service"]["lines"]


def test_a_page_holds_the_same_parts(
    harbor: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["process", written(harbor), "repairs", "--format", "html", *ON])
    page = capsys.readouterr().out
    places = [page.index(f"<h3>{part}</h3>") for part in PARTS]
    assert places == sorted(places)
    assert "cycle efficiency" in page


def test_a_page_escapes_every_text(capsys: pytest.CaptureFixture[str]) -> None:
    d = bare()
    d.set("baking", name="<b>Baking</b>", purpose="<i>Bread</i>")
    d.care_record("<u>Read</u>", process="baking", function="documentation")
    file = written(d.model)
    for ref in ([], ["baking"]):
        main(["process", file, *ref, "--format", "html", *ON])
        page = capsys.readouterr().out
        assert page.startswith("<!DOCTYPE html>")
        assert "&lt;b&gt;Baking&lt;/b&gt;" in page
        assert "<b>Baking" not in page
        assert "<i>Bread" not in page


def test_what_nobody_recorded_is_said_to_be_missing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    main(["process", written(bare().model), "baking", *ON])
    said = capsys.readouterr().out
    for missing in (
        "✕ nobody says how it came into use",
        "✕ it was not handed over",
        "✕ nobody plays a role in it",
        "✕ no role has anything to do with it",
        "✕ it has no measure, nor has an objective of it",
        "nobody says how much effort it takes",
        "no problem was investigated",
        "nothing goes into it",
    ):
        assert missing in said
    main(["process", "plan.json", *ON, "--format", "html"])
    assert "✕ nobody" in capsys.readouterr().out


def test_what_happens_later_is_not_told(capsys: pytest.CaptureFixture[str]) -> None:
    later = date(2026, 12, 1)
    d = bare()
    steps = (ReleaseStep(state=ReleaseState.DEVELOPED, on=later),)
    d.set("baking", release=ReleaseLadder(steps=steps))
    d.handover(process="baking", on=later)
    d.practice("Rest the dough", process="baking", since=later)
    d.benchmark("Loaves", process="baking", peer="Mill", on=later)
    d.investigation("Burnt", process="baking", on=later)
    file = written(d.model)

    main(["process", file, "baking", *ON])
    said = capsys.readouterr().out
    assert "✕ it was not handed over" in said
    assert "2026-12-01" not in said
    main(["process", file, "baking", "--on", "2026-12-02", "--people"])
    said = capsys.readouterr().out
    for expected in ("developed", "Rest the dough", "Loaves", "Burnt", "✕ not known"):
        assert expected in said


def test_a_handover_is_accepted_from_its_day_on(
    capsys: pytest.CaptureFixture[str],
) -> None:
    d = bare()
    later = date(2026, 12, 1)
    d.handover(process="baking", on=date(2026, 1, 1), accepted=later)
    file = written(d.model)

    main(["process", file, "baking", *ON])
    said = capsys.readouterr().out
    assert "✕ not accepted" in said
    assert "2026-12-01" not in said
    main(["process", file, "baking", "--on", "2026-12-01"])
    assert "2026-12-01" in capsys.readouterr().out


def test_a_retired_process_is_told_and_no_longer_listed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    d = bare()
    days = (ReleaseState.DEVELOPED, ReleaseState.RETIRED)
    steps = tuple(ReleaseStep(state=s, on=date(2026, 1, 5)) for s in days)
    d.set("baking", release=ReleaseLadder(steps=steps))
    file = written(d.model)

    main(["process", file, "baking", *ON])
    assert "it is retired" in capsys.readouterr().out
    main(["process", file, *ON])
    assert "no process is recorded" in capsys.readouterr().out


def test_without_anything_it_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["process", written(Model()), *ON]) == 0
    said = capsys.readouterr().out
    assert "no process is recorded" in said
    assert "nothing was found" in said
    main(["process", "plan.json", *ON, "--format", "html"])
    assert "nothing was found" in capsys.readouterr().out


def test_a_store_is_read_and_limits_come_from_the_project(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with (
        Workspace("store.db") as ws,
        ws.edit("one", by="chair", why="go", create=True) as d,
    ):
        d.become(sample())
    Path("pyproject.toml").write_text(
        "[tool.missionkit]\nlimits = {management_share = 0.01, consulted_roles = 9}\n",
        "utf-8",
    )
    main(["process", "store.db", "--stream", "one", *ON])
    assert "above the limit of 1 %" in capsys.readouterr().out
    main(["process", "store.db", "--isolated", *ON])
    assert "within the limit of 20 %" in capsys.readouterr().out

    Path("pyproject.toml").write_text(
        "[tool.missionkit]\nlimits = {management_shore = 1}\n", "utf-8"
    )
    assert main(["process", "store.db", *ON]) == 2
    assert "management_share" in capsys.readouterr().err
