import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missionkit.cli.annotations import annotation, notice
from missionkit.issue import Issue, Severity, Source

COMMAND = re.compile(r"::(\w+) ([^:]*)::(.*)")


def read(line: str) -> tuple[str, dict[str, str], str]:
    """Read a command of a workflow as its runner does."""
    hit = COMMAND.fullmatch(line)
    assert hit is not None
    given = dict(each.split("=", 1) for each in hit[2].split(","))
    return hit[1], {key: plain(held) for key, held in given.items()}, plain(hit[3])


def plain(escaped: str) -> str:
    for code, character in (("0D", "\r"), ("0A", "\n"), ("3A", ":"), ("2C", ",")):
        escaped = escaped.replace(f"%{code}", character)
    return escaped.replace("%25", "%")


def issue(**facts: object) -> Issue:
    return Issue(**({"code": "MK-TRC-001", "message": "What."} | facts))  # type: ignore[arg-type]  # facts of an issue


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    (tmp_path / "plan.json").write_text("{}", encoding="utf-8")
    return tmp_path


def test_an_issue_says_where_why_and_what_to_do() -> None:
    line = annotation(
        issue(
            ref="warm",
            path="goal",
            why="w",
            fix="f",
            source=Source(file="plan.json", line=3, column=7),
        )
    )

    assert line == (
        "::error file=plan.json,line=3,col=7,title=MK-TRC-001"
        "::What.%0Aat: warm goal%0Awhy: w%0Afix: f"
    )


@pytest.mark.parametrize(
    ("severity", "level"),
    [
        (Severity.ERROR, "error"),
        (Severity.WARNING, "warning"),
        (Severity.ADVICE, "notice"),
    ],
)
def test_advice_is_a_notice(severity: Severity, level: str) -> None:
    assert annotation(issue(severity=severity)).startswith(f"::{level} ")


@pytest.mark.parametrize("file", ["", "standard input", "x\0y", "x" * 5000])
def test_what_is_no_file_has_no_place(file: str) -> None:
    line = annotation(issue(source=Source(file=file)))

    assert line == "::error title=MK-TRC-001::What."


def test_a_file_is_named_as_its_repository_does(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = folder / "repository" / "a plan, %41: ours.json"
    made.parent.mkdir()
    made.write_text("{}", encoding="utf-8")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(folder / "repository"))
    monkeypatch.chdir(folder / "repository")

    inside = annotation(issue(source=Source(file=str(made))))
    outside = annotation(issue(source=Source(file=str(folder / "plan.json"))))

    assert read(inside)[1]["file"] == "a plan, %41: ours.json"
    assert "file=a plan%2C %2541%3A ours.json," in inside
    assert read(outside)[1]["file"] == str(folder / "plan.json")


@given(st.text(), st.text(min_size=1))
def test_no_text_ends_a_command_or_begins_another(message: str, code: str) -> None:
    line = annotation(issue(message=message, code=code))
    level, properties, said = read(line)

    assert "\n" not in line
    assert "\r" not in line
    assert "\x1b" not in line
    assert level == "error"
    assert [*properties] == ["title"]
    if f"{message}{code}".isprintable():
        assert (properties["title"], said) == (code, message)


def test_a_remark_is_a_notice() -> None:
    assert notice("7 issues: 50%\n") == "::notice title=missionkit::7 issues: 50%25%0A"
