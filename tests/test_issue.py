import pytest
from attrs import evolve

from missionkit.issue import (
    Code,
    Issue,
    Refusal,
    RefusalKind,
    Severity,
    Source,
    Verdict,
    did_you_mean,
    nearest,
)

CODE = Code("MK-TST-001", Severity.WARNING, "reasons", "mend it")
BARE = Issue(code="MK-TST-001", message="m")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (Source(), ""),
        (Source(file="a.json"), "a.json"),
        (Source(file="a.json", line=3), "a.json:3"),
        (Source(file="a.json", line=3, column=5), "a.json:3:5"),
        (Source(file="a.xlsx", cell="Sheet!C7"), "a.xlsx:Sheet!C7"),
        (Source(line=1, column=1), "1:1"),
    ],
    ids=range(6),
)
def test_a_source_reads_as_editors_write_it(source: Source, text: str) -> None:
    assert str(source) == text


def test_a_code_makes_issues_with_its_reason_and_remedy() -> None:
    assert CODE.issue("m", path="p", ref="r", value="v\n") == Issue(
        code="MK-TST-001",
        severity=Severity.WARNING,
        message="m",
        why="reasons",
        fix="mend it",
        path="p",
        ref="r",
        value="'v\\n'",
    )
    assert CODE.issue("m", fix="else").fix == "else"
    assert CODE.issue("m").value == ""
    assert CODE.issue("m", value=None).value == "None"
    assert CODE.issue("m", source=Source(line=1)).source == Source(line=1)


def test_an_issue_reads_as_what_where_why_and_what_to_do() -> None:
    assert str(BARE) == "MK-TST-001 error: m"
    assert str(CODE.issue("m", path="p", ref="r")) == (
        "MK-TST-001 warning: m\n  at   r p\n  why  reasons\n  fix  mend it"
    )
    assert str(BARE.at(Source(file="f", line=2))) == "MK-TST-001 error: m\n  at   f:2"
    assert str(evolve(BARE, fix="a\nb\x1b[0m")).splitlines()[1:] == [
        "  fix  a b\\u001b[0m"
    ]


def test_an_issue_is_written_as_json_without_what_is_empty() -> None:
    assert BARE.as_dict() == {"code": "MK-TST-001", "severity": "error", "message": "m"}
    assert CODE.issue("m", path="p", source=Source(line=1)).as_dict() == {
        "code": "MK-TST-001",
        "severity": "warning",
        "message": "m",
        "why": "reasons",
        "fix": "mend it",
        "path": "p",
        "source": "1",
    }


def test_an_issue_and_a_verdict_are_tables_in_a_notebook() -> None:
    issue = evolve(BARE, message="<b>")
    no = Verdict(allowed=False, refusals=(Refusal(RefusalKind.GATE, issue),))

    assert "<td>&lt;b&gt;</td>" in issue._repr_html_()
    assert "<td>gate</td><td>&lt;b&gt;</td>" in no._repr_html_()
    assert "<td>allowed</td>" in Verdict(allowed=True)._repr_html_()


def test_a_verdict_is_true_when_allowed() -> None:
    no = Verdict(allowed=False, refusals=(Refusal(RefusalKind.STAGE, BARE),) * 2)

    assert Verdict(allowed=True)
    assert not no
    assert str(Verdict(allowed=True)) == "allowed"
    assert str(no) == "MK-TST-001 error: m\nMK-TST-001 error: m"


def test_the_nearest_names_are_offered() -> None:
    known = ["objective", "goal", "objection"]

    assert nearest("objetcive", known) == ("objective", "objection")
    assert nearest("objetcive", known, 1) == ("objective",)
    assert nearest("xyz", known) == ()
    assert nearest("", known) == ()
    assert (
        did_you_mean("objetcive", known) == "did you mean 'objective' or 'objection'?"
    )
    assert did_you_mean("xyz", known) == ""


def test_long_names_are_compared_by_their_starts() -> None:
    # Compared letter by letter, these would take longer than a test may.
    assert nearest("a" * 100_000, ["a" * 50_000, "a" * 70] * 50)


def test_severities_refusals_are_the_words_of_the_design() -> None:
    assert [str(s) for s in Severity] == ["error", "warning", "advice"]
    assert [str(k) for k in RefusalKind] == ["event", "stage", "gate", "role"]
