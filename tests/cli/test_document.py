"""``missionkit document``: what a review hands on."""

from pathlib import Path

import pytest

from missionkit.cli import main
from missionkit.codec.document import dumps
from missionkit.domain.party import Party
from missionkit.report.document import document, document_modules
from missionkit.samples import SAMPLE_DAY, sample
from missionkit.workspace import Workspace

ON = ["--on", SAMPLE_DAY.isoformat()]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Run each test in a folder of its own, which holds the sample."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plan.json").write_text(dumps(sample()), "utf-8")
    return tmp_path


def test_without_a_key_the_documents_are_listed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["document", "plan.json"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == sorted(document_modules())
    assert lines[3].split() == ["market-research", "Market", "research", "to", "direct"]


def test_a_document_is_printed_as_markdown(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["document", "plan.json", "improvement-plan", *ON]) == 0
    made = document(sample(), "improvement-plan", on=SAMPLE_DAY)
    assert capsys.readouterr().out == made.markdown


def test_a_document_is_saved_as_a_page_and_as_markdown(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["document", "plan.json", "business-plan", *ON, "--save", "out"]

    assert main([*given, "--people", "--cycle", "review-2025"]) == 0
    page, text = capsys.readouterr().out.splitlines()
    assert (page, text) == (
        str(Path("out", "business-plan.html")),
        str(Path("out", "business-plan.md")),
    )
    names = [party.name for party in sample().of(Party)]
    said = (folder / text).read_text(encoding="utf-8")
    assert [name for name in names if name in said]


def test_a_document_is_written_from_a_store_too(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (
        Workspace(folder / "harbour.db") as ws,
        ws.edit("harbour", by="party-7f3k", why="Import", create=True) as d,
    ):
        d.add(*sample())
    given = ["document", "harbour.db", "market-research", *ON]

    assert main([*given, "--stream", "harbour"]) == 0
    assert capsys.readouterr().out.startswith("# Market research\n")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["business-plans"], "did you mean 'business-plan'"),
        (["business-plan", "--cycle", "review-2052"], "did you mean 'review-2025'"),
        (["business-plan", "--save", ""], "this one has no letters"),
        (["business-plan", "--stream", "harbour"], "A document has no streams"),
    ],
)
def test_what_is_not_there_is_refused_with_what_is_near(
    given: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["document", "plan.json", *given]) == 2
    assert said in capsys.readouterr().err
