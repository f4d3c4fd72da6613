import json
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from io import BytesIO, TextIOWrapper
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest

from missionkit.cli import main
from missionkit.cli.settings import KEYS
from missionkit.codec.document import dumps
from missionkit.domain.draft import draft
from missionkit.domain.model import Model
from missionkit.samples import sample
from tests.offers import RULES, Site, site

__all__ = ["site"]

ROOT = Path(__file__).parents[2]
DAY = "2026-06-30"
Done = subprocess.CompletedProcess[str]
Check = Callable[..., Done]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Run each test in a folder of its own, below which nothing is set."""
    made = tmp_path / "project" / "plans"
    made.mkdir(parents=True)
    monkeypatch.chdir(made)
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    return made


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str], folder: Path) -> Check:
    """Give a function that checks the plan in this process, on a day."""
    (folder / "plan.json").write_text(dumps(plan()), encoding="utf-8")

    def checked(*options: str, file: str = "plan.json", on: str = DAY) -> Done:
        status = main(["check", file, "--on", on, *options])
        out, error = capsys.readouterr()
        assert "Traceback" not in out + error
        assert "\x1b" not in out + error
        return Done(options, status, out, error)

    return checked


def plan() -> Model:
    with draft("Trust") as d:
        d.stakeholder("Tenants", id="tenants", stakes={"customer", "society"})
        d.need("A home", id="home", stakeholder="tenants", status="accepted")
        d.process("Repairs", id="repairs")
    return d.model


def settings(text: str, folder: Path | None = None) -> Path:
    path = (folder or Path()) / "pyproject.toml"
    path.write_text(text, encoding="utf-8")
    return path


def codes(done: Done) -> list[str]:
    """Return the codes of the groups that were printed, in their order."""
    return [line.split()[0] for line in done.stdout.splitlines() if line[:3].isupper()]


def test_the_plan_has_what_the_tests_are_about(check: Check) -> None:
    done = check()

    assert {"MK-TRC-001", "MK-TRC-006", "MK-TRC-010"} <= set(codes(done))
    assert (done.returncode, done.stderr) == (1, "")


# ---- options -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (["--select", "MK-TRC-001"], ["MK-TRC-001"]),
        (["--select", "MK-TRC"], ["MK-TRC-001", "MK-TRC-006", "MK-TRC-010"]),
        (["--select=MK-TRC-001,MK-TRC-010"], ["MK-TRC-001", "MK-TRC-010"]),
        (
            ["--select", "MK-TRC-001", "--select", " MK-TRC-010 ,"],
            ["MK-TRC-001", "MK-TRC-010"],
        ),
        (
            ["--select", "MK-TRC", "--ignore", "MK-TRC-001,MK-TRC-010"],
            ["MK-TRC-006"],
        ),
        (
            ["--select=MK-TRC", "--severity=MK-TRC-006=error,MK-TRC-001=advice"],
            ["MK-TRC-006", "MK-TRC-010", "MK-TRC-001"],
        ),
    ],
)
def test_rules_are_selected_ignored_and_graded(
    check: Check, options: list[str], found: list[str]
) -> None:
    assert codes(check(*options)) == found


def test_the_status_follows_the_grades(check: Check) -> None:
    one = ("--select", "MK-TRC-001")

    assert check(*one).returncode == 1
    assert check(*one, "--severity", "MK-TRC-001=warning").returncode == 0
    assert check(*one, "--severity", "MK-TRC-001=warning", "--strict").returncode == 1
    assert check(*one, "--severity", "MK-TRC=advice", "--strict").returncode == 0
    assert check("--ignore", "MK", "--strict").returncode == 0


def test_a_limit_is_judged_by(check: Check) -> None:
    done = check("--limit", "consulted_roles=5", "--format", "json")

    assert json.loads(done.stdout)["limits"]["consulted_roles"] == 5
    assert (
        json.loads(check("--limit", "weight_tolerance=1e-3", "--format=json").stdout)[
            "limits"
        ]["weight_tolerance"]
        == 0.001
    )


def test_a_cycle_is_judged_by_its_id(check: Check, folder: Path) -> None:
    (folder / "harbour.json").write_text(dumps(sample()), encoding="utf-8")

    done = check("--cycle", "review-2025", "--format=json", file="harbour.json")
    wrong = check("--cycle", "review-2052", file="harbour.json")

    assert json.loads(done.stdout)["cycle"] == "review-2025"
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert "did you mean 'review-2025'" in wrong.stderr


def test_what_is_waived_counts_for_nothing(check: Check, folder: Path) -> None:
    with draft("Trust") as d:
        d.need("A home", id="home", status="accepted")
        d.party("Ana", id="ana")
        until = date(2026, 12, 31)
        d.waiver(code="MK-TRC-001", on="home", granted_by="ana", why="x", until=until)
    (folder / "waived.json").write_text(dumps(d.model), encoding="utf-8")
    options = ("--select", "MK-TRC-001", "--strict")

    done = check(*options, file="waived.json")

    assert done.returncode == 0
    assert "waived by ana until 2026-12-31" in done.stdout
    assert check(*options, file="waived.json", on="2027-01-01").returncode == 1


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--select", ","], ["--select ',' is not written as MK-TRC"]),
        (["--ignore", ""], ["--ignore '' is not written as"]),
        (["--severity", "MK-TRC"], ["'MK-TRC' is not written as CODE=LEVEL"]),
        (["--severity", "=error,MK-TRC="], ["'=error' is not", "'MK-TRC=' is not"]),
        (["--limit", "consulted_roles=many"], ["not written as NAME=NUMBER"]),
        (["--limit", " , ", "--select", ","], ["--limit ' , ' is not", "--select"]),
        (["--limit", "consulted_roles=nan"], ["limits['consulted_roles']"]),
        (["--limit", "consulted_rols=3"], ["did you mean 'consulted_roles'?"]),
        (["--limit", "consulted_roles=" + "9" * 5000], ["must be a finite number"]),
        (["--limit", "consulted_roles=" + "9" * 400], ["limits['consulted_roles']"]),
        (["--select", "MK-TCR-001"], ["did you mean 'MK-TRC-001'"]),
        (["--severity", "MK-TRC=eror"], ["did you mean 'error'?"]),
        (["--format", "xml"], ["xml"]),
        (["--select", "MK-TRC\x1b[2J"], ["MK-TRC\\u001b[2J"]),
    ],
)
def test_wrong_options_are_refused_all_at_once(
    check: Check, options: list[str], said: list[str]
) -> None:
    done = check(*options)

    assert (done.returncode, done.stdout) == (2, "")
    for each in said:
        assert each in done.stderr


# ---- settings of the project ---------------------------------------------------------


SETTINGS = """
[project]
name = "strategy"

[tool.missionkit]
select = ["MK-TRC"]
ignore = [
    "MK-TRC-010",
]
strict = true
plugins = false

[tool.missionkit.severities]
MK-TRC-001 = "warning"

[tool.missionkit.limits]
consulted_roles = 5
"""


def test_settings_of_the_project_hold_and_are_told(check: Check) -> None:
    settings(SETTINGS)

    done = check()

    assert codes(done) == ["MK-TRC-001", "MK-TRC-006"]
    assert done.returncode == 1
    assert done.stdout.endswith(
        "\n\nsettings of pyproject.toml: select MK-TRC; ignore MK-TRC-010; severities "
        "MK-TRC-001 = warning; limits consulted_roles = 5; strict on; plugins off\n"
    )


def test_settings_are_told_in_every_form(check: Check) -> None:
    settings(SETTINGS)

    told = json.loads(check("--format", "json").stdout)
    second = check("--format", "github").stdout.splitlines()[1]

    assert told["settings"] == {
        "file": "pyproject.toml",
        "select": ["MK-TRC"],
        "ignore": ["MK-TRC-010"],
        "severities": {"MK-TRC-001": "warning"},
        "limits": {"consulted_roles": 5},
        "strict": True,
        "plugins": False,
    }
    assert second.startswith(
        "::notice title=missionkit::settings of pyproject.toml: select MK-TRC;"
    )


def test_options_beat_the_settings(check: Check) -> None:
    settings(SETTINGS)

    done = check(
        "--select=MK-TRC",
        "--severity=MK-TRC-001=advice",
        "--limit=consulted_roles=4",
        "--no-strict",
        "--plugins",
        "--format=json",
    )

    told = json.loads(done.stdout)
    assert done.returncode == 0
    assert {issue["code"] for issue in told["issues"]} == {
        "MK-TRC-001",
        "MK-TRC-006",
        "MK-TRC-010",
    }
    assert told["limits"]["consulted_roles"] == 4
    assert told["selection"]["severities"] == {"MK-TRC-001": "advice"}
    assert told["settings"] == {"file": "pyproject.toml"}


def test_options_and_settings_are_taken_together(check: Check) -> None:
    settings(SETTINGS)

    done = check("--ignore=MK-TRC-006", "--severity=MK-TRC-010=error")

    assert codes(done) == ["MK-TRC-010", "MK-TRC-001"]
    assert "settings of pyproject.toml: select MK-TRC; severities" in done.stdout
    assert "ignore" not in done.stdout


def test_settings_can_be_left_aside(check: Check) -> None:
    before = check()
    settings(SETTINGS)

    assert check("--isolated").stdout == before.stdout
    settings("[tool.missionkit")
    assert check("--isolated").stdout == before.stdout
    assert json.loads(check("--isolated", "--format=json").stdout)["settings"] is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[tool.other]\nselect = 1",
        "# missionkit\n[project]\n",
        'tool = "missionkit"',
        "[tool]\nother = 'missionkit'",
        "[[[ no TOML, and not ours",
        "#" * 2**19,
    ],
)
def test_a_project_without_the_table_is_as_if_it_were_not_there(
    check: Check, folder: Path, text: str
) -> None:
    settings(text)
    settings("[tool.missionkit]\nselect = ['MK-TRC-006']\n", folder.parent)

    done = check()

    assert codes(done) == ["MK-TRC-006"]
    told = str(folder.parent / "pyproject.toml")
    assert f"settings of {told}: select MK-TRC-006" in done.stdout


def test_the_nearest_settings_hold_alone(check: Check, folder: Path) -> None:
    settings("[tool.missionkit]\nselect = ['MK-TRC-001']")
    settings("[tool.missionkit]\nignore = ['MK-TRC-001']", folder.parent)

    assert codes(check()) == ["MK-TRC-001"]
    settings("[tool.missionkit]")
    assert "settings of" not in check().stdout


def test_what_is_no_file_holds_no_settings(check: Check) -> None:
    Path("pyproject.toml").mkdir()

    assert check().returncode == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "[tool.missionkit]\nselct = 1\nlimits = 5\n",
            [
                "MK-CFG-001 error: There is no setting 'selct'.",
                "at   tool.missionkit.selct (pyproject.toml:2)",
                "did you mean 'select'?",
                "MK-CFG-002 error: limits must be a table of numbers",
                "at   tool.missionkit.limits (pyproject.toml:3)",
            ],
        ),
        (
            "[tool.missionkit]\nrules = ['acme:RULES']",
            ["no setting 'rules'", "use one of select, ignore, severities, limits"],
        ),
        ("[tool.missionkit]\nselect = 'MK'", ["select must be a list of codes"]),
        ("[tool.missionkit]\nignore = [1]", ["ignore must be a list of codes"]),
        ("[tool.missionkit]\nstrict = 'yes'", ["strict must be true or false"]),
        (
            "[tool.missionkit.limits]\nconsulted_roles = true",
            ["limits must be a table of numbers", "(pyproject.toml:1)"],
        ),
        (
            f"[tool.missionkit.limits]\nconsulted_roles = 0x{'f' * 5000}",
            ["limits must be a table of numbers"],
        ),
        (
            "[tool.missionkit]\nseverities.MK-TRC = 1",
            ["severities must be a table of severities", "pyproject.toml"],
        ),
        (
            "[tool]\nmissionkit = 5",
            ["tool.missionkit must be a table.", "(pyproject.toml:2)"],
        ),
        (
            "[[tool.missionkit]]\nselect = []\n[[tool.missionkit]]",
            ["tool.missionkit must be a table.", "(pyproject.toml)"],
        ),
        (
            "[tool.missionkit]\nselect = [\n",
            ["MK-CFG-003", "pyproject.toml cannot be read as TOML", "--isolated"],
        ),
        ("[tool.missionkit]\na = = 1", ["Invalid value", "at   pyproject.toml:2:5"]),
        ("[tool.missionkit]\na = 1\na = 2", ["cannot be read as TOML"]),
        (f"# missionkit\nx = {'[' * 50_000}", ["it is nested too deeply"]),
        (f"# missionkit\n{'a.' * 60_000}a = 1", ["a key has more than 100 parts"]),
        (f"# missionkit\nx = {'9' * 5000}", ["cannot be read as TOML"]),
        ("# missionkit" + " " * 2**18, ["more than 262144 letters", "--isolated"]),
        ("[tool.missionkit]\n'a\\u001b[2J' = 1", ["no setting 'a"]),
        (
            "[tool.missionkit]\nselect = ['MK-TCR']",
            ["select (pyproject.toml:2)", "begins with 'MK-TCR'", "did you mean"],
        ),
        (
            "[tool.missionkit]\n\n[tool.missionkit.limits]\nrols = 1\n'a]b' = 2",
            ["limits['rols'] (pyproject.toml:4)", "limits['a]b'] (pyproject.toml:5)"],
        ),
        (
            "[tool.missionkit]\nlimits = { rols = 1 }",
            ["limits['rols'] (pyproject.toml:2)"],
        ),
        (
            "[tool.missionkit]\nseverities.MK-TRC = 'eror'",
            ["severities['MK-TRC'] (pyproject.toml:2)", "did you mean 'error'"],
        ),
        (
            '["tool" . missionkit]\nx = """\nignore = 1\n"""\nignore = ["MK-TCR"]',
            ["MK-CFG-001 error: There is no setting 'x'.", "(pyproject.toml:2)"],
        ),
    ],
    ids=range(23),
)
def test_wrong_settings_are_refused_with_file_and_line(
    check: Check, text: str, said: list[str]
) -> None:
    settings(text)

    done = check()

    assert (done.returncode, done.stdout) == (2, "")
    for each in said:
        assert each in done.stderr


def test_settings_of_another_encoding_are_refused(check: Check) -> None:
    Path("pyproject.toml").write_bytes(b"[tool.missionkit]\n# \xff\n")

    assert "pyproject.toml cannot be read as TOML" in check().stderr


def test_an_option_is_not_blamed_on_the_file(check: Check) -> None:
    settings("[tool.missionkit]\nselect = ['MK-TCR']\nlimits = { rols = 1 }\n")

    done = check("--select=MK-TCR", "--limit=rols=2")

    assert done.returncode == 2
    assert "pyproject" not in done.stderr


def test_a_line_that_is_not_plain_is_not_told(check: Check) -> None:
    text = '[tool.missionkit]\nselect = [\n"MK-TCR",\n]\n'
    settings(f'{text}[other]\nx = """\n[tool.missionkit]\nselect = 1\n"""\n')

    assert "select (pyproject.toml)" in check().stderr


def test_what_cannot_be_looked_at_holds_no_settings(
    check: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_: Path) -> bool:
        raise PermissionError

    monkeypatch.setattr(Path, "is_file", refused)

    assert check().returncode == 1


def test_a_folder_that_was_removed_has_no_settings(
    check: Check, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone() -> Path:
        raise FileNotFoundError

    plan = str(folder / "plan.json")
    monkeypatch.setattr(Path, "cwd", gone)

    assert check(file=plan).returncode == 1


def test_every_setting_is_told_of_by_the_help_and_the_page(check: Check) -> None:
    page = ROOT / "docs" / "how-to" / "check-in-ci.md"
    rows = re.findall(r"^\| `(\w+)` \|", page.read_text(encoding="utf-8"), re.MULTILINE)

    assert rows == [*KEYS]
    done = check("--help")
    assert f"beat: {', '.join(KEYS)}." in " ".join(done.stdout.split())


# ---- plug-ins ------------------------------------------------------------------------


def test_the_rules_of_plug_ins_are_asked_unless_denied(
    check: Check, site: Site
) -> None:
    site.module("acme_command", f"{RULES}\n    print('a plug-in prints')")
    site.install("acme-rules", {"acme": "acme_command:RULES"})
    options = ("--limit", "need_letters=3")

    found = check(*options)

    assert "ACME-001" in codes(found)
    assert "a plug-in prints" not in found.stdout
    denied = check("--no-plugins", *options)
    assert (denied.returncode, denied.stdout) == (2, "")
    assert "no rule has a limit" in denied.stderr.lower()
    assert "ACME-001" not in codes(check("--no-plugins"))


def test_where_a_code_is_unknown_the_plug_ins_that_failed_are_told(
    check: Check, site: Site
) -> None:
    site.install("acme-rules", {"acme": "nowhere_at_all:RULES"})

    selected, all_ = check("--select", "ACME-001"), check()

    assert (selected.returncode, selected.stdout) == (2, "")
    assert "Plug-in 'acme' of acme-rules 1.2 was not loaded" in selected.stderr
    assert "MK-PLG-004" in codes(all_)
    assert check("--ignore", "MK-PLG").returncode == 1
    assert "MK-PLG-004" not in codes(check("--ignore", "MK-PLG"))


def test_a_rule_that_wants_to_end_the_command_does_not(
    check: Check, site: Site
) -> None:
    site.module("exiting", "def rule(view):\n    raise SystemExit(0)\n")
    site.install("acme-rules", {"acme": "exiting:rule"})

    done = check()

    assert done.returncode == 1
    assert "Rule exiting.rule of acme-rules failed with SystemExit." in done.stdout


def test_nothing_but_the_document_is_printed_as_json(check: Check, site: Site) -> None:
    site.module("loud", "def rule(view):\n    print('noise')\n    return ()\n")
    site.install("acme-rules", {"acme": "loud:rule"})

    assert json.loads(check("--format=json").stdout)["checked"] == 4


# ---- JSON ----------------------------------------------------------------------------


def told(done: Done) -> dict[str, Any]:
    assert done.stdout.isascii()
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_json_holds_the_result_its_places_and_the_import(check: Check) -> None:
    found = told(check("--format", "json"))

    assert [*found] == [
        "source",
        "on",
        "cycle",
        "checked",
        "asked",
        "counts",
        "limits",
        "selection",
        "issues",
        "waived",
        "not_judged",
        "imported",
        "settings",
    ]
    assert (found["source"], found["on"]) == ("plan.json", DAY)
    first = found["issues"][0]
    lines = Path("plan.json").read_text(encoding="utf-8").splitlines()
    name, line, column = first["source"].split(":")
    assert name == "plan.json"
    assert lines[int(line) - 1][int(column) - 1] in '{"'
    assert found["imported"] == {"issues": [], "lost": []}
    assert found["settings"] is None


def test_json_tells_what_was_mended_and_lost(check: Check, folder: Path) -> None:
    plan = '{"schema": "missionkit/1", "bets": [], "needs": [{"id": "a", "statement": '
    (folder / "odd.json").write_text(plan + '"\u202f\U0001f3e0"}]}', encoding="utf-8")

    found = told(check("--format=json", "--lenient", file="odd.json"))

    assert found["imported"]["issues"][0]["code"].startswith("MK-DOC-")
    refused = check("--format=json", file="odd.json")
    assert (refused.returncode, refused.stdout) == (2, "")


def test_json_reads_the_standard_input(
    check: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = BytesIO(dumps(plan()).encode())
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(data))

    found = told(check("--format=json", file="-"))

    assert found["source"] == "standard input"
    assert found["issues"][0]["source"].startswith("standard input:")


# ---- annotations ---------------------------------------------------------------------


def test_on_github_all_are_told_of_first_and_each_at_its_line(check: Check) -> None:
    done = check("--format=github", "--select=MK-TRC-001,MK-TRC-010")
    first, second, *rest = done.stdout.splitlines()

    assert done.returncode == 1
    assert first.startswith("::notice title=missionkit::4 issues in 2 of 4 elements: ")
    lines = Path("plan.json").read_text(encoding="utf-8").splitlines()
    line = lines.index('      "id": "home",')  # its element begins a line before
    told = f"::error file=plan.json,line={line},col=5,title=MK-TRC-001::"
    assert second.startswith(told)
    assert {line.partition(",")[0] for line in rest} == {"::warning file=plan.json"}


def test_on_github_what_was_mended_is_told_of_too(check: Check, folder: Path) -> None:
    plan = '{"schema": "missionkit/1",\n"bets": []}'
    (folder / "odd.json").write_text(plan, encoding="utf-8")

    done = check("--format=github", "--lenient", file="odd.json")

    assert "file=odd.json,line=2,col=1,title=MK-DOC-" in done.stdout
    assert all(line.startswith("::") for line in done.stdout.splitlines())


def test_on_github_a_refused_document_is_told_of_at_its_lines(
    check: Check, folder: Path
) -> None:
    plan = '{"schema": "missionkit/1",\n"bets": [],\n"gaols": []}'
    (folder / "odd.json").write_text(plan, encoding="utf-8")

    done = check("--format=github", file="odd.json")

    assert done.returncode == 2
    assert [line.partition(",title")[0] for line in done.stdout.splitlines()] == [
        "::error file=odd.json,line=2,col=1",
        "::error file=odd.json,line=3,col=1",
    ]
    assert "MK-DOC-" in done.stderr
    assert check("--format=text", file="odd.json").stdout == ""


def test_on_github_no_name_of_a_model_is_taken_for_a_command(
    check: Check, folder: Path
) -> None:
    with draft("Trust ::error::owned") as d:
        d.need("::error::\n##[error]owned%0A", id="home", status="accepted")
    (folder / "a,b%3A.json").write_text(dumps(d.model), encoding="utf-8")

    done = check("--format=github", file="a,b%3A.json")

    assert "file=a%2Cb%253A.json,line=" in done.stdout
    for line in done.stdout.splitlines():
        assert re.match(r"::(error|warning|notice) (file=a%2Cb|title=missionkit)", line)


def test_on_github_what_was_waived_and_not_judged_is_told(
    check: Check, folder: Path
) -> None:
    with draft("Trust") as d:
        d.need("A home", id="home", status="accepted")
        d.party("Ana", id="ana")
        until = date(2026, 12, 31)
        d.waiver(code="MK-TRC-001", on="home", granted_by="ana", why="x", until=until)
    (folder / "waived.json").write_text(dumps(d.model), encoding="utf-8")

    done = check("--format=github", "--select=MK-TRC-001,MK-GAT", file="waived.json")

    first, *_ = done.stdout.splitlines()
    assert ", 1 waived, " in first
    assert re.search(r"; [1-9]\d* not judged$", first)
    notices = [line for line in done.stdout.splitlines() if line.startswith("::notice")]
    (waived,) = (line for line in notices if "title=MK-TRC-001::" in line)
    assert waived.startswith("::notice file=waived.json,line=")
    assert "waived by ana until 2026-12-31: x" in waived
    assert any("::not judged: MK-GAT-" in line for line in notices)


def test_where_no_rule_was_asked_it_is_said(check: Check) -> None:
    for options in (["--ignore=MK"], ["--select=MK", "--ignore=MK"]):
        assert "no rule was asked" in check(*options).stdout


def test_very_many_wrong_codes_in_the_settings_are_told_in_time(check: Check) -> None:
    wrong = ", ".join(f'"MK-TRC-x{at:04}"' for at in range(9_000))
    settings(f"[tool.missionkit]\nselect = [{wrong}]\n")
    begin = perf_counter()

    done = check()

    assert done.returncode == 2
    assert "and 8980 more" in done.stderr
    assert perf_counter() - begin < 10
