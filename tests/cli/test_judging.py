"""Settings of the project and rules of plug-ins hold for every command that judges."""

import json
from pathlib import Path

import pytest

from missionkit.cli import main
from missionkit.codec.document import dumps
from missionkit.domain.draft import draft
from tests.offers import RULES, Site, site

__all__ = ["site"]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Run each test beside a plan with one long need."""
    with draft("Trust") as d:
        d.need("A home that is warm in winter", id="home", status="accepted")
    made = tmp_path / "plans"
    made.mkdir()
    (made / "plan.json").write_text(dumps(d.model), encoding="utf-8")
    monkeypatch.chdir(made)
    return made


def settings(folder: Path, text: str) -> None:
    (folder / "pyproject.toml").write_text(f"[tool.missionkit]\n{text}\n", "utf-8")


def codes_of(folder: Path, *options: str) -> set[str]:
    """Return the codes in the pack that the command writes."""
    given = ["review", "plan.json", "--out", "pack", "--on", "2026-06-30", *options]
    assert main(given) == 0
    told = json.loads((folder / "pack" / "issues.json").read_text("utf-8"))
    return {issue["code"] for issue in told["issues"]}


def test_a_pack_is_judged_by_the_settings_of_the_project(folder: Path) -> None:
    settings(folder, 'ignore = ["MK-TRC"]')

    assert "MK-TRC-001" not in codes_of(folder)
    assert "MK-TRC-001" in codes_of(folder, "--isolated")


def test_a_wrong_setting_is_placed_in_its_file(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings(folder, 'ignore = ["MK-TRK"]')

    assert main(["review", "plan.json", "--out", "pack"]) == 2
    assert "pyproject.toml:2" in capsys.readouterr().err
    assert not (folder / "pack").exists()


def test_rules_of_plug_ins_are_in_the_pack_and_explained(
    folder: Path, site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    site.module("acme_pack", RULES)
    site.install("acme-rules", {"acme": "acme_pack:RULES"})

    assert "ACME-001" in codes_of(folder)
    capsys.readouterr()
    assert main(["explain", "ACME-001"]) == 0
    said = capsys.readouterr().out
    assert "long needs tire" in said
    assert "acme-rules" in said


def test_an_example_can_be_written_and_checked(
    folder: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["explain", "MK-TRC-001", "--example"]) == 0
    (folder / "example.json").write_bytes(capsysbinary.readouterr().out)

    assert main(["check", "example.json", "--on", "2026-06-30"]) == 1
    assert b"MK-TRC-001 error: 1" in capsysbinary.readouterr().out


def test_what_no_document_can_show_is_told_as_python(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["explain", "MK-LIM-001", "--example"]) == 0
    assert capsys.readouterr().out != ""
    assert main(["explain", "MK-SEL-001", "--example"]) == 0
    assert "mk.check(" in capsys.readouterr().out


def test_a_code_of_a_plug_in_has_no_example(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    site.module("acme_bare", RULES)
    site.install("acme-rules", {"acme": "acme_bare:RULES"})

    assert main(["explain", "ACME-001", "--example"]) == 2
    assert "there is no example of code 'ACME-001'" in capsys.readouterr().err
