"""``missionkit gates``: each stage with what its gate still asks for."""

from pathlib import Path

import pytest

from missionkit.cli import main
from missionkit.codec.document import dumps
from missionkit.domain.four_stages import FOUR_STAGES
from missionkit.samples import sample
from missionkit.testing.sound import DAY, sound_model


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Run each test in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_open_gates_are_said_to_be_open(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "plan.json").write_text(dumps(sound_model("review")), "utf-8")

    assert main(["gates", "plan.json", "--on", DAY.isoformat()]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said == [f"{stage.label}: the gate is open" for stage in FOUR_STAGES.stages]


def test_closed_gates_end_with_1_and_tell_what_stands_in_the_way(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "plan.json").write_text(dumps(sample()), "utf-8")

    assert main(["gates", "plan.json", "--on", "2026-11-02"]) == 1
    said = capsys.readouterr().out
    assert "  MK-GAT-010 step-free: Need " in said
    assert "  waived: MK-GAT-010 " in said
    assert "  not judged: MK-GAT-008: it is about one review" in said


def test_a_review_can_be_named_and_one_that_is_not_there_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "plan.json").write_text(dumps(sample()), "utf-8")
    given = ["gates", "plan.json", "--on", "2026-11-02", "--cycle"]

    assert main([*given, "review-2025"]) == 1
    assert "not judged" not in capsys.readouterr().out
    assert main([*given, "review-2052"]) == 2
    assert "did you mean 'review-2025'" in capsys.readouterr().err


def test_a_wrong_setting_is_placed_in_its_file(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "plan.json").write_text(dumps(sample()), "utf-8")
    text = "[tool.missionkit.limits]\nconsulted_rolls = 5\n"
    (folder / "pyproject.toml").write_text(text, "utf-8")

    assert main(["gates", "plan.json"]) == 2
    assert "pyproject.toml:2" in capsys.readouterr().err
    assert main(["gates", "plan.json", "--isolated"]) == 1
