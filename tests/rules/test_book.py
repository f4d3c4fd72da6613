import pytest
from attrs import evolve

from missionkit.domain.model import Model
from missionkit.domain.role import RoleKind
from missionkit.issue import Severity
from missionkit.rules.book import BOOK
from tests.rules.cases import CASES, Case

# The list of invariants that a review must hold, written down a second time.
WANTED = {
    "MK-TRC": "1E 2E 3E 4E 5E 6W 7W 8E 9W 10W 11W",
    "MK-RSP": "11E 12E 13E 14W 15W 16W",
    "MK-MSR": "17E 18E 19E 20W 21W 22W",
    "MK-STR": "23E 24E 26E 27E 28E 29E 30W 31W",
    "MK-REV": "29E 30E 31E 32E 33W 34W 35W 36E",
    "MK-PRC": "1W 2W 3W 4W 5W 6W 7W 8W 9W 10E 11A 12W 13W 14W 15W 16W 17W 18W 19W 20W"
    " 21W 22W 23A 24W 25W 26W 27W 28W 29W 30W 31W 32A",
    "MK-DRF": "37W 38W 39W 40W",
    "MK-GAT": "1E 2E 3E 4E 5E 6E 7E 8E 9E 10E 11E 12E 13E 14E 15E 16E 17E 18E"
    " 19E 20E 21E 22E 23E 24E 25E 26E 27E 28E 29E 30E 31E 32E 33E 34E",
}
BESIDES = {"MK-CPL-001": Severity.ADVICE, "MK-STR-006": Severity.ADVICE}
LETTERS = {"E": Severity.ERROR, "W": Severity.WARNING, "A": Severity.ADVICE}


def wanted() -> dict[str, Severity]:
    return BESIDES | {
        f"{family}-{int(entry[:-1]):03}": LETTERS[entry[-1]]
        for family, entries in WANTED.items()
        for entry in entries.split()
    }


def book_codes() -> dict[str, Severity]:
    return {code.code: code.severity for entry in BOOK for code in entry.codes}


def named(case: Case) -> str:
    return case.code


def test_the_book_holds_the_rules_that_were_asked_for() -> None:
    assert book_codes() == wanted()


def test_every_rule_has_a_case() -> None:
    assert {case.code for case in CASES} >= set(wanted())


def test_every_code_says_what_is_done_and_by_which_kind_of_role() -> None:
    codes = [code for entry in BOOK for code in entry.codes]

    assert [code.code for code in codes if not code.act] == []
    assert {code.by for code in codes} <= set(RoleKind)


def test_no_code_stands_in_the_book_twice() -> None:
    codes = [code.code for entry in BOOK for code in entry.codes]

    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("case", CASES, ids=named)
def test_a_fault_is_found_once_and_in_its_place(case: Case) -> None:
    found = case.judged(case.model(mended=False)).of(case.code)

    assert [(issue.ref, issue.path) for issue in found] == [(case.ref, case.path)]


@pytest.mark.parametrize("case", CASES, ids=named)
def test_the_mended_twin_is_free_of_it(case: Case) -> None:
    assert case.judged(case.model(mended=True)).of(case.code) == ()


@pytest.mark.parametrize("case", CASES, ids=named)
def test_an_issue_says_what_why_and_what_to_do(case: Case) -> None:
    (issue,) = case.judged(case.model(mended=False)).of(case.code)

    assert issue.message.endswith(".")
    assert issue.message[0].isupper()
    assert len(issue.message) <= 120
    assert issue.why
    assert issue.fix


@pytest.mark.parametrize("case", CASES, ids=named)
def test_an_issue_names_the_element_by_its_title(case: Case) -> None:
    model = case.model(mended=False)
    (issue,) = case.judged(model).of(case.code)
    known = {*map(model.title, model.ids()), "supplier", "consulted_rolls"}

    assert any(f"'{title}'" in issue.message for title in known)


@pytest.mark.parametrize("case", CASES, ids=named)
def test_a_rule_asks_for_a_day_only_where_it_says_so(case: Case) -> None:
    model = case.model(mended=False)
    without, on = evolve(case, on=None).judged(model), case.judged(model)
    waits = case.code in {each.code for each in without.not_judged}

    assert without.of(case.code) == (() if case.on else on.of(case.code))
    assert waits == (case.on is not None)


@pytest.mark.parametrize("case", CASES, ids=named)
def test_a_rule_asks_for_a_review_only_where_it_says_so(case: Case) -> None:
    model = case.model(mended=False)
    without, within = evolve(case, cycle=None).judged(model), case.judged(model)
    waits = case.code in {each.code for each in without.not_judged}

    assert without.of(case.code) == (() if case.cycle else within.of(case.code))
    assert waits == (case.cycle is not None)


def test_the_order_of_elements_changes_nothing() -> None:
    for case in CASES:
        model = case.model(mended=False)
        backward = Model(reversed(list(model)), kinds=model.kinds)

        assert case.judged(backward) == case.judged(model)
