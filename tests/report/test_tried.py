"""What an explanation says to type finds exactly its code."""

import json
import shlex
from pathlib import Path

import pytest

from missionkit.cli import main
from missionkit.report.codebook import codebook
from missionkit.report.example import example, with_example
from missionkit.report.explain import explain, family

TRIED = sorted(code for code in with_example() if example(code).commands)
OF_RULES = [code for code in TRIED if not example(code).read]
READ = [code for code in TRIED if example(code).read]
# Long to write and to read: millions of letters.
LARGE = {"MK-DOC-008", "MK-DOC-038", "MK-DOC-043"}


def typed(
    code: str, capsysbinary: pytest.CaptureFixture[bytes], *more: str
) -> tuple[int, str, str]:
    """Type what an explanation prints, and return how the last line of it ended."""
    lines = [line.removeprefix("  try") for line in str(explain(code)).splitlines()]
    commands = [
        line.strip() for line in lines if line.strip().startswith("missionkit ")
    ]
    assert commands == [*example(code).commands]
    made, asked = commands
    words, _, name = made.removeprefix("missionkit ").partition(" > ")
    assert main(shlex.split(words)) == 0
    Path(name).write_bytes(capsysbinary.readouterr().out)
    status = main([*shlex.split(asked)[1:], *more])
    out, error = capsysbinary.readouterr()
    return status, out.decode(), error.decode()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("code", OF_RULES)
def test_the_commands_of_a_rule_find_exactly_it(
    code: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    _, out, _ = typed(code, capsysbinary, "--format", "json")

    found = {issue["code"] for issue in json.loads(out)["issues"]}
    assert found == {code, *example(code).besides}


@pytest.mark.parametrize("code", [code for code in READ if code not in LARGE])
def test_the_commands_of_a_document_say_what_is_found_while_it_is_read(
    code: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    status, out, error = typed(code, capsysbinary, "--format", "json")

    if status == 2:
        said = {word for word in error.split() if word.startswith("MK-")}
    else:
        said = {issue["code"] for issue in json.loads(out)["imported"]["issues"]}
    assert said - {*example(code).besides} == {code}


def test_what_is_asked_on_request_is_selected() -> None:
    made, asked = example("MK-GAT-010").commands

    assert made == "missionkit explain MK-GAT-010 --example > example.json"
    assert asked.startswith("missionkit check example.json --on 2026-06-30 ")
    assert asked.endswith(" --cycle review-2026 --select MK-GAT")


def test_what_is_read_leniently_is_said_to_be_found_while_reading() -> None:
    assert str(explain("MK-DOC-025")).splitlines()[-3:] == [
        "  try      missionkit explain MK-DOC-025 --example > example.json",
        "           missionkit check example.json --lenient",
        "           it is found while the document is read, before any rule is asked",
    ]


def test_a_line_of_python_is_typed_and_nothing_else() -> None:
    assert example("MK-DOM-001").commands == ()
    assert "  try" not in str(explain("MK-DOM-001"))


def test_the_page_of_codes_prints_the_same_commands() -> None:
    page = codebook()

    for code in TRIED:
        for command in example(code).commands:
            assert f"`{command}`" in page, code


def test_of_a_family_the_codes_are_listed(
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    assert main(["explain", "mk-rsp-"]) == 0
    lines = capsysbinary.readouterr().out.decode().splitlines()

    assert [line.split()[0] for line in lines] == [e.code for e in family("MK-RSP")]
    assert lines[0].startswith("MK-RSP-0")
    assert family("MK-RS") == ()
    assert main(["explain", "MK-RSP", "--example"]) == 2
