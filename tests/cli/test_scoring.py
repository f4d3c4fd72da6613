"""``missionkit score`` and ``missionkit rank``: what they print, and how they end."""

import json
from pathlib import Path

import pytest

from missionkit.cli import main
from missionkit.codec.document import dumps
from missionkit.samples import sample
from missionkit.scoring.catalog import SCORERS
from tests.offers import Site, site
from tests.scoring.offered import install

__all__ = ["site"]

TABLE = """option,quality,cost,fit
A1,7,200,.8
A2,9,350,.6
A3,5,150,.9
"A4, the last",8,300,.7
"""
WEIGHTS = ["--weight", "quality=.5", "--weight", "cost=.3", "--weight", "fit=.2"]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Run each test in a folder of its own, which has a plan and a table."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plan.json").write_text(dumps(sample()), "utf-8")
    (tmp_path / "table.csv").write_text(TABLE, "utf-8")
    return tmp_path


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> "Ask":
    return Ask(capsys)


class Ask:
    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *given: str) -> tuple[int, str, str]:
        status = main(given)
        out, error = self._capsys.readouterr()
        assert "Traceback" not in out + error
        return status, out, error


SCORE = ("score", "plan.json", "--on", "2026-11-02")


# ---- score ---------------------------------------------------------------------------


def test_every_method_of_ours_is_asked_unless_one_is_named(ask: Ask) -> None:
    status, out, _ = ask(*SCORE)

    assert status == 0
    for name in SCORERS:
        assert f"\n{name} on 2026-11-02: " in f"\n{out}"


def test_a_score_is_told_with_its_parts_what_is_missing_and_its_method(
    ask: Ask,
) -> None:
    status, out, _ = ask(*SCORE, "--using", "okr")

    assert status == 0
    assert out.startswith("okr on 2026-11-02: 0.")
    assert "Made by sum" in out
    assert "  missing  How the tenants' panel feels heard" in out
    assert "Method okr, version 1; what is missing is left out." in out


def test_a_subject_and_what_to_do_about_gaps_can_be_chosen(ask: Ask) -> None:
    one = ask(*SCORE, "--using", "okr", "--subject", "warm-homes-at-c")
    status, out, _ = ask(*SCORE, "--using", "okr", "--missing", "fail")

    assert one[0] == 2
    assert "warm-homes-at-c" in one[2]
    assert status == 1
    assert "no value, as" in out
    assert ask(*SCORE, "--using", "okr", "--subject", "epc-c")[0] == 0


def test_json_and_html_hold_the_same_scores(ask: Ask) -> None:
    _, text, _ = ask(*SCORE, "--using", "okr", "--format", "json")
    _, page, _ = ask(*SCORE, "--using", "okr", "--format", "html")

    (held,) = json.loads(text)["scores"]
    assert held["method"] == "okr"
    assert f"{held['value']:.6g}" in page
    assert page.lower().startswith("<!doctype html>")


def test_limits_go_to_the_methods_that_have_them_and_unknown_ones_are_refused(
    ask: Ask,
) -> None:
    assert ask(*SCORE, "--limit", "okr_green=0.9")[0] == 0
    status, _, error = ask(*SCORE, "--limit", "okr_gren=0.9", "--using", "okr")

    assert status == 2
    assert "did you mean 'okr_green'" in error


def test_limits_of_the_project_are_used_and_can_be_left_aside(
    folder: Path, ask: Ask
) -> None:
    text = "[tool.missionkit.limits]\nokr_green = 0.01\nconsulted_roles = 5\n"
    (folder / "pyproject.toml").write_text(text, "utf-8")

    _, held, _ = ask(*SCORE, "--using", "okr")
    _, left, _ = ask(*SCORE, "--using", "okr", "--isolated")

    assert "yellow" not in held
    assert "yellow" in left


def test_an_unknown_method_is_named_with_the_nearest(ask: Ask) -> None:
    for more in ((), ("--no-plugins",)):
        status, _, error = ask(*SCORE, "--using", "okrs", *more)

        assert status == 2
        assert "did you mean 'okr'" in error
    assert ask(*SCORE, "--using", "okr", "--no-plugins")[0] == 0


def test_a_plan_without_an_organization_has_scores_too(folder: Path, ask: Ask) -> None:
    (folder / "plan.json").write_text('{"schema": "missionkit/1"}', "utf-8")

    assert ask(*SCORE, "--format", "html")[0] == 0


# ---- rank ----------------------------------------------------------------------------


def test_the_normalization_decides_who_is_first(ask: Ask) -> None:
    given = ("rank", "table.csv", "--using", "topsis", *WEIGHTS, "--lower", "cost")

    status, vector, _ = ask(*given)
    _, least, _ = ask(*given, "--normalization", "min-max")

    assert status == 0
    assert vector.startswith("topsis of 4 options: first 'A1'")
    assert "0.601139" in vector
    assert least.startswith("topsis of 4 options: first 'A2'")
    assert "A4, the last" in least
    assert "is first until the weight of" in vector


def test_a_ranking_is_told_as_json_and_html_with_what_would_change_it(
    ask: Ask,
) -> None:
    given = ("rank", "table.csv", "--lower", "cost", "--draws", "50", "--seed", "7")

    _, text, _ = ask(*given, "--format", "json")
    _, page, _ = ask(*given, "--format", "html")
    _, bare, _ = ask("rank", "table.csv", "--format", "json")

    held = json.loads(text)
    assert held["method"] == "weighted-sum"
    assert {"sensitivity", "intervals"} <= held.keys()
    assert "intervals" not in json.loads(bare)
    assert page.count("<table>") == 3


def test_empty_cells_are_missing_and_the_caller_says_what_that_means(
    folder: Path, ask: Ask
) -> None:
    (folder / "table.csv").write_text("o,a,b\nx,1,\ny,,2\n", "utf-8")

    assert ask("rank", "table.csv")[0] == 1
    assert ask("rank", "table.csv", "--missing", "skip")[0] == 0


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--weight", "cost"), "--weight 'cost' is not written as NAME=NUMBER"),
        (("--weight", "=2"), "is not written as NAME=NUMBER"),
        (("--weight", "cost=much"), "is not written as NAME=NUMBER"),
        (("--weight", "cost=-1"), "is no weight"),
        (("--weight", "costs=1"), "did you mean 'cost'"),
        (("--lower", "costs"), "did you mean 'cost'"),
        (("--using", "topsy"), "did you mean 'topsis'"),
        (("--normalization", "maximal"), "normalization"),
        (("--draws", "-1"), "draws"),
    ],
)
def test_options_that_cannot_be_meant_are_refused(
    ask: Ask, given: tuple[str, ...], said: str
) -> None:
    status, _, error = ask("rank", "table.csv", *given)

    assert status == 2
    assert said in error


def test_a_bad_cell_is_named_with_line_and_column(folder: Path, ask: Ask) -> None:
    (folder / "table.csv").write_text("o,a,b\nx,1,2\ny,1,2 EUR\n", "utf-8")

    status, _, error = ask("rank", "table.csv")

    assert status == 2
    assert "'2 EUR' in column 3 is no number" in error
    assert "table.csv:3" in error


def test_a_method_of_a_plug_in_ranks_and_what_it_prints_is_not_ours(
    site: Site, ask: Ask
) -> None:
    install(site, acme_mean="Mean")

    given = ("rank", "table.csv", "--using", "acme.mean", "--lower", "cost")
    status, out, error = ask(*given, "--draws", "3")
    left, _, refused = ask(*given, "--no-plugins")

    assert status == 0
    assert out.startswith("acme.mean of 4 options: first ")
    assert "no normalization" in out
    assert "what a plug-in prints" in error
    assert "what a plug-in prints" not in out
    assert left == 2
    assert "'weighted-sum' or 'topsis'" in refused
    assert ask("rank", "table.csv", "--no-plugins")[0] == 0


def test_the_project_says_whether_plug_ins_rank(
    site: Site, folder: Path, ask: Ask
) -> None:
    install(site, acme_mean="Mean")
    (folder / "pyproject.toml").write_text(
        "[tool.missionkit]\nplugins = false\n", "utf-8"
    )

    given = ("rank", "table.csv", "--using", "acme.mean")
    assert ask(*given)[0] == 2
    assert ask(*given, "--plugins")[0] == 0
    assert ask(*given, "--isolated")[0] == 0


def test_a_plug_in_that_fails_is_named_with_its_distribution(
    site: Site, ask: Ask
) -> None:
    install(site, acme_other="broken")

    status, _, error = ask("rank", "table.csv", "--using", "acme.other")

    assert status == 2
    assert "acme-rankers" in error
    assert "it raised ValueError: no such thing" in error
