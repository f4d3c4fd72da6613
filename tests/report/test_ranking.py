from datetime import date

import pytest

from missionkit.domain.draft import draft
from missionkit.domain.model import Model
from missionkit.issue import Issue, Severity
from missionkit.ports.rule import RuleView
from missionkit.report.acts import act_on
from missionkit.report.lines import Carriers, need_lines
from missionkit.report.pack import pack
from missionkit.report.ranking import acts
from missionkit.rules.book import BOOK
from missionkit.rules.check import check
from missionkit.samples import SAMPLE_DAY, sample


def harbour() -> Model:
    with draft("Trust") as d:
        tenants = d.stakeholder("Tenants", id="tenants")
        warm = d.need("Warm", id="warm", stakeholder=tenants, importance=0.9)
        quiet = d.need("Quiet", id="quiet", stakeholder=tenants, importance=0.2)
        d.objective("Heat", id="heat", needs=[warm])
        d.objective("Walls", id="walls", needs=[quiet])
    return d.model


def issue(code: str, ref: str, severity: Severity = Severity.ERROR) -> Issue:
    return Issue(
        code=code, ref=ref, severity=severity, message="m", why="w", fix="f `x`"
    )


def test_graver_comes_first_and_then_what_more_hangs_on() -> None:
    groups = {
        "MK-A-001": [issue("MK-A-001", "warm", Severity.ADVICE)],
        "MK-A-002": [issue("MK-A-002", "walls"), issue("MK-A-002", "walls")],
        "MK-A-003": [issue("MK-A-003", "heat")],
        "MK-A-004": [issue("MK-A-004", "warm", Severity.WARNING)],
    }
    ranked = acts(harbour(), groups, 7)

    assert [act.code[-1] for act in ranked] == ["3", "2", "4", "1"]
    assert ranked[0].said == "F x"
    assert ranked[0].weight > ranked[1].weight
    assert acts(harbour(), groups, 2) == ranked[:2]


def test_what_cuts_off_a_need_goes_before_bookkeeping_that_more_hangs_on() -> None:
    with draft("Trust") as d:
        holder = d.stakeholder("Tenants")
        d.need("Ramp", id="ramp", stakeholder=holder, importance=0.3)
        intent = d.core_intent("Homes")
        goal = d.goal("Warm homes", id="warm-homes", intent=intent)
        for at in range(9):
            need = d.need(f"Need {at}", stakeholder=holder, importance=1)
            d.objective(f"Objective {at}", id=f"o{at}", needs=[need], goal=goal)
    model = d.model
    lines = need_lines(model, Carriers.of(model, date(2026, 11, 21)))
    groups = {
        code: [issue(code, ref)]
        for code, ref in [
            ("MK-STR-024", "warm-homes"),
            ("MK-TRC-004", "o1"),
            ("MK-RSP-013", "warm-homes"),
            ("MK-TRC-001", "ramp"),
            ("MK-A-001", "warm-homes"),
        ]
    }
    ranked = acts(model, groups, 7, lines)

    assert [act.code for act in ranked] == [
        "MK-TRC-001",
        "MK-TRC-004",
        "MK-RSP-013",
        "MK-STR-024",
        "MK-A-001",
    ]


@pytest.mark.parametrize("whole", [sample(), harbour()], ids=["sample", "harbour"])
def test_the_first_act_mends_the_first_break_of_the_line(whole: Model) -> None:
    lines = need_lines(whole, Carriers.of(whole, SAMPLE_DAY))
    first = next(line for line in lines if not line.whole)
    act = acts(whole, check(whole, on=SAMPLE_DAY).by_code(), 7, lines)[0]

    assert act.refs[0] in {first.need.id, *first.objectives}


def test_within_an_act_what_is_cut_off_first_comes_first() -> None:
    with draft("Trust") as d:
        d.need("Ramp", id="ramp", importance=0.9)
        d.need("Lamp", id="lamp", importance=0.8)
    lines = need_lines(d.model, Carriers.of(d.model, SAMPLE_DAY))
    found = [issue("MK-TRC-001", ref) for ref in ("lamp", "ramp", "gone")]
    (act,) = acts(d.model, {"MK-TRC-001": found}, 7, lines)

    assert list(act.refs) == ["ramp", "lamp", "gone"]


def test_within_an_act_the_weightiest_elements_come_first_and_once() -> None:
    found = [issue("MK-A-001", ref) for ref in ("walls", "heat", "walls", "", "gone")]
    (act,) = acts(harbour(), {"MK-A-001": found}, 7)

    assert list(act.refs) == ["heat", "walls", "gone"]


def test_a_stakeholder_weighs_what_its_needs_weigh() -> None:
    groups = {
        "MK-A-001": [issue("MK-A-001", "warm")],
        "MK-A-002": [issue("MK-A-002", "tenants")],
    }

    assert [act.code for act in acts(harbour(), groups, 7)] == ["MK-A-002", "MK-A-001"]


def test_equal_acts_stand_in_the_order_of_their_codes() -> None:
    groups = {code: [issue(code, "")] for code in ("MK-B-001", "MK-A-001")}

    assert [act.code for act in acts(Model(), groups, 7)] == ["MK-A-001", "MK-B-001"]


def test_an_act_has_a_reason_where_its_issues_share_one() -> None:
    several = [
        Issue(code="MK-A-001", message=f"No {stake}.", why=stake)
        for stake in ("supplier", "employee", "supplier")
    ]
    (act,) = acts(Model(), {"MK-A-001": several}, 7)

    assert act.why == ""
    assert act.messages == ("No supplier.", "No employee.")
    assert acts(Model(), {"MK-A-001": [issue("MK-A-001", "")]}, 7)[0].why == "w"


def test_no_more_is_weighed_than_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("missionkit.report.ranking._MOST_STEPS", 3)
    with draft("Trust") as d:
        for at in range(9):
            d.need(f"Need {at}", id=f"n{at}", importance=1)
    found = [issue("MK-A-001", f"n{at}") for at in reversed(range(9))]
    (act,) = acts(d.model, {"MK-A-001": found}, 7)

    assert round(act.weight, 1) == 3.3
    assert list(act.refs[:4]) == ["n6", "n7", "n8", "n0"]


def test_every_code_of_the_rule_book_has_words_for_a_manager() -> None:
    mute = {code.code for entry in BOOK for code in entry.codes if not code.act}

    assert mute == set()


def test_without_words_for_a_manager_the_remedy_is_the_act() -> None:
    assert act_on(issue("MK-X-001", "")) == "F x"
    assert act_on(Issue(code="MK-X-001", message="It is gone")) == "It is gone"
    assert act_on(issue("MK-TRC-004", "")) == "Give every objective a measure"


@pytest.mark.parametrize("code", ["BET1", "all", "ACME", "A-1", "A-B-C-D"])
def test_codes_of_a_third_party_of_any_form_are_ranked(code: str) -> None:
    model = harbour()
    found = acts(model, {code: [issue(code, "warm")]}, 7)

    def rule(_: RuleView) -> tuple[Issue, ...]:
        return (issue(code, "warm"),)

    made = pack(model, on=SAMPLE_DAY, rules=(rule,), people=True)
    assert [act.code for act in found] == [code]
    assert code in made.html
