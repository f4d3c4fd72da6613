import json
import pickle
from datetime import date
from typing import Any

import pytest

from missionkit.domain.draft import Draft
from missionkit.domain.model import Model
from missionkit.issue import Code, Issue, Severity
from missionkit.ports.rule import NotJudged, RuleView
from missionkit.rules.book import BOOK
from missionkit.rules.check import check
from missionkit.rules.plugged import installed_rules
from missionkit.rules.result import CheckResult
from tests.rules.cases import DAY, told

EVIL = "<script>alert(1)</script>"
SHORT = Code("ACME-001", Severity.WARNING, "long names tire", "shorten the name")


def trust(d: Draft) -> None:
    d.organization("Trust", id="trust", purpose="to house people")
    stakes = {"customer", "shareholder", "employee", "supplier", "society"}
    d.stakeholder("All", id="all", stakes=stakes)
    d.need("Warm", id="warm", stakeholder="all", importance=1, status="accepted")
    d.need("Dry", id="dry", stakeholder="all", importance=1, status="accepted")
    d.process("Build", id="build", purpose="p")


def issue(code: str, severity: Severity, ref: str = "", path: str = "") -> Issue:
    return Issue(code=code, severity=severity, message="M.", ref=ref, path=path)


def test_errors_come_first_then_codes_elements_and_paths() -> None:
    wanted = (
        issue("MK-B-001", Severity.ERROR),
        issue("MK-A-001", Severity.WARNING, "a", "x"),
        issue("MK-A-001", Severity.WARNING, "a", "y"),
        issue("MK-A-001", Severity.WARNING, "b"),
        issue("MK-A-000", Severity.ADVICE),
    )

    assert CheckResult(issues=tuple(reversed(wanted))).issues == wanted


def test_issues_can_be_asked_by_severity_code_and_element() -> None:
    found = check(told(trust))

    assert {i.code for i in found.errors} == {"MK-TRC-001", "MK-RSP-013"}
    assert {i.code for i in found.warnings} == {"MK-TRC-006"}
    assert {i.code for i in found.advice} == {"MK-CPL-001"}
    assert [i.ref for i in found.of("MK-TRC-001")] == ["dry", "warm"]
    assert found.of(SHORT) == ()
    assert [i.code for i in found.for_("build")] == [
        "MK-RSP-013",
        "MK-TRC-006",
        "MK-CPL-001",
        "MK-CPL-001",
    ]
    assert [*found.by_code()] == [
        "MK-RSP-013",
        "MK-TRC-001",
        "MK-TRC-006",
        "MK-CPL-001",
    ]
    assert [*found.by_ref()] == ["build", "dry", "warm"]
    assert sum(map(len, found.by_ref().values())) == len(found.issues)
    assert [*found.counts().values()] == [3, 1, 2]
    assert not found.clean


def test_the_text_is_grouped_by_code() -> None:
    assert str(check(told(trust), on=DAY)) == (
        """\
6 issues in 3 of 5 elements: 3 errors, 1 warning, 2 advice, judged on 2026-06-30

MK-RSP-013 error: 1
  why  a process is kept and improved by one owner, and by nobody where there are two
  fix  assign a role of the kind owner on the process to one active party
    build  Process 'Build' has no owner.

MK-TRC-001 error: 2
  why  an accepted need is a promise, and only an objective can keep it
  fix  name the need in `needs` of an objective, or decide about the need anew
    dry   Need 'Dry' is accepted, but no objective answers it.
    warm  Need 'Warm' is accepted, but no objective answers it.

MK-TRC-006 warning: 1
  why  work that achieves no objective cannot be judged, and may serve nobody
  fix  fill `achieves`, or retire the process
    build  Process 'Build' achieves no objective.

MK-CPL-001 advice: 2
    build  Process 'Build' has no brief. (the five questions are answered before design)
    build  Process 'Build' has no family. (every process belongs to one of the four)"""
    )


def test_what_was_not_judged_stands_at_the_end() -> None:
    assert str(check(Model())) == (
        """\
no issues in 0 elements

not judged
  MK-PRC-001: it depends on the day: pass on=
  MK-PRC-002: it depends on the day: pass on=
  MK-PRC-003: it depends on the day: pass on=
  MK-PRC-004: it depends on the day: pass on=
  MK-PRC-005: it depends on the day: pass on=
  MK-PRC-006: it depends on the day: pass on=
  MK-PRC-007: it depends on the day: pass on=
  MK-PRC-008: it depends on the day: pass on=
  MK-PRC-009: it depends on the day: pass on=
  MK-PRC-010: it depends on the day: pass on=
  MK-PRC-012: it depends on the day: pass on=
  MK-PRC-013: it depends on the day: pass on=
  MK-PRC-014: it depends on the day: pass on=
  MK-PRC-015: it depends on the day: pass on=
  MK-PRC-016: it depends on the day: pass on=
  MK-PRC-017: it depends on the day: pass on=
  MK-PRC-018: it depends on the day: pass on=
  MK-PRC-019: it depends on the day: pass on=
  MK-PRC-020: it depends on the day: pass on=
  MK-PRC-021: it depends on the day: pass on=
  MK-PRC-022: it depends on the day: pass on=
  MK-PRC-023: it depends on the day: pass on=
  MK-PRC-024: it depends on the day: pass on=
  MK-PRC-025: it depends on the day: pass on=
  MK-PRC-026: it depends on the day: pass on=
  MK-PRC-027: it depends on the day: pass on=
  MK-PRC-028: it depends on the day: pass on=
  MK-PRC-029: it depends on the day: pass on=
  MK-PRC-030: it depends on the day: pass on=
  MK-PRC-031: it depends on the day: pass on=
  MK-REV-034: it depends on the day: pass on=
  MK-TRC-007: it depends on the day: pass on="""
    )


def silent(_: RuleView) -> tuple[Issue, ...]:
    return ()


def test_a_clean_result_says_so() -> None:
    found = check(told(lambda d: d.party("Ana")), rules=(silent,), on=date(2026, 1, 1))

    assert str(found) == "no issues in 1 element, judged on 2026-01-01"
    assert found.clean


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"rules": ()}, "; no rule was asked"),
        ({"ignore": ["MK"]}, "; no rule was asked"),
        ({"select": ["MK"], "ignore": ["MK"]}, "; no rule was asked"),
        ({"select": []}, "; no rule was asked"),
        ({"rules": (*BOOK, *installed_rules()), "ignore": "MK"}, "; no rule was asked"),
        ({"select": ["MK-TRC-001"]}, "; 1 rule asked"),
        ({"select": ["MK-TRC-001", "MK-TRC-007"]}, "; 2 rules asked"),
    ],
)
def test_a_result_says_where_not_all_rules_were_asked(
    options: dict[str, Any], said: str
) -> None:
    found = check(told(lambda d: d.party("Ana")), on=date(2026, 1, 1), **options)

    assert str(found) == f"no issues in 1 element{said}, judged on 2026-01-01"
    assert found.as_dict()["asked"] == (0 if "no rule" in said else int(said[2]))


def test_how_many_rules_were_asked_is_said_of_issues_too() -> None:
    found = check(
        told(lambda d: d.need("Warm", status="accepted")), select="MK-TRC-001"
    )

    assert str(found).startswith("1 issue in 1 of 1 element: 1 error; 1 rule asked\n")


def many(count: int) -> CheckResult:
    issues = (SHORT.issue(f"Name {at}.", ref=f"n-{at:03}") for at in range(count))
    return CheckResult(issues=tuple(issues), checked=count)


@pytest.mark.parametrize("count", [20, 21, 217])
def test_of_each_code_the_first_twenty_are_shown(count: int) -> None:
    text, html = str(many(count)), many(count)._repr_html_()

    for shown in (text, html):
        assert shown.count("Name ") == 20
        assert ("n-019" in shown) is True
        assert ("n-020" in shown) is False
        assert (f"and {count - 20} more" in shown) == (count > 20)
        assert ("more" in shown) == (count > 20)


def test_markup_in_a_name_is_text_in_the_page() -> None:
    html = check(told(lambda d: d.need(EVIL)))._repr_html_()

    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_the_page_shows_place_reason_remedy_and_what_was_not_judged() -> None:
    html = check(told(trust))._repr_html_()

    assert "<p>6 issues in 3 of 5 elements: 3 errors, 1 warning, 2 advice</p>" in html
    assert "<code>build</code> <code>brief</code>" in html
    assert "fill brief" in html
    assert (
        "<td>MK-TRC-007</td><td>it depends on the day: pass on=</td><td></td>" in html
    )
    assert "<table>" not in check(Model(), on=DAY)._repr_html_()


def test_a_name_on_many_lines_cannot_break_the_text() -> None:
    text = str(check(told(lambda d: d.need("Warm\n\nMK-FAKE-001 error: 1\u202e"))))

    assert "\nMK-FAKE" not in text
    assert "\u202e" not in text


def test_the_json_form_is_written_out() -> None:
    def story(d: Draft) -> None:
        d.process("Wärme", id="build", purpose="p", family="demand_creation")

    rules = {"MK-TRC-006"}
    found = check(told(story), on=DAY)
    found = CheckResult(
        issues=tuple(i for i in found.issues if i.code in rules),
        not_judged=(NotJudged("MK-X-001", "no day", ("build",)),),
        checked=found.checked,
        limits=found.limits[:1],
        on=found.on,
    )

    assert found.as_dict() == {
        "on": "2026-06-30",
        "cycle": None,
        "selection": {},
        "waived": [],
        "checked": 1,
        "asked": None,
        "counts": {"error": 0, "warning": 1, "advice": 0},
        "limits": {"accountable_subjects": 7},
        "issues": [
            {
                "code": "MK-TRC-006",
                "severity": "warning",
                "message": "Process 'Wärme' achieves no objective.",
                "why": "work that achieves no objective cannot be judged, and may"
                " serve nobody",
                "fix": "fill `achieves`, or retire the process",
                "path": "achieves",
                "ref": "build",
            }
        ],
        "not_judged": [{"code": "MK-X-001", "why": "no day", "refs": ["build"]}],
    }
    assert json.loads(found.to_json()) == found.as_dict()
    assert "Wärme" in found.to_json()
    assert found.to_json().endswith("}\n")


def test_without_a_day_the_json_form_says_null() -> None:
    assert check(Model()).as_dict()["on"] is None


def test_a_result_survives_pickling() -> None:
    found = check(told(trust), on=DAY)

    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301 - our own
