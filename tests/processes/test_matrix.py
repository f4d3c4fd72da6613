"""The responsibility matrix: its letters, and what is wrong with rows and roles."""

import json
from datetime import date

import pytest

import missionkit as mk

DAY = date(2026, 11, 2)
F = mk.MatrixFault


def matrix(*letters: str, **limits: float) -> mk.ResponsibilityMatrix:
    """Return the matrix of one process; a letter is `role:letters`."""
    with mk.draft("Small") as d:
        work = d.process("Work")
        for each in letters:
            name, _, held = each.partition(":")
            role = d.role(name)
            for letter in held:
                d.responsibility(on=work, role=role, letter=letter)
    return mk.responsibility_matrix(d.model, on=DAY, limits=limits)


# Which letters, and what is wrong: a second writing of the rules of the matrix.
LINT = {
    ("a:A", "b:R"): [],
    ("a:AR",): [],
    ("a:A", "b:R", "c:C", "d:C", "e:C"): [],
    ("a:A", "b:R", "s:S", "v:V", "i:I"): [],
    (): [F.NO_LETTER],
    ("b:R",): [F.NO_ACCOUNTABLE],
    ("a:A", "b:A", "c:R"): [F.SEVERAL_ACCOUNTABLE],
    ("a:A",): [F.NO_RESPONSIBLE],
    ("a:A", "b:R", "c:C", "d:C", "e:C", "f:C"): [F.MANY_CONSULTED],
    ("a:A", "b:RC"): [F.SEVERAL_LETTERS],
    ("a:ARV",): [F.SEVERAL_LETTERS],
    ("a:AR", "b:"): [F.UNUSED],
}


@pytest.mark.parametrize("letters", LINT)
def test_each_row_and_role_is_judged(letters: tuple[str, ...]) -> None:
    found = matrix(*letters)

    assert [each.fault for each in found.remarks] == LINT[letters]


def test_every_fault_has_its_own_case() -> None:
    told = {fault for faults in LINT.values() for fault in faults}

    assert told | {F.BOTTLENECK} == set(F)


def test_the_limit_of_those_who_are_consulted_is_the_users() -> None:
    letters = ("a:A", "b:R", "c:C", "d:C")

    assert matrix(*letters, consulted_roles=2).remarks == ()
    assert [str(each) for each in matrix(*letters, consulted_roles=1).remarks] == [
        "“Work” has 2 roles to consult, more than 1."
    ]
    with pytest.raises(mk.InvalidValueError, match="consulted_roles"):
        matrix(*letters, consulted_role=1)


def rows_of(count: int, *, hands: int = 0, whole: bool = False) -> mk.Model:
    """Return a role that is accountable for many processes, in so many hands."""
    with mk.draft("Small") as d:
        role = d.role("Owner", kind="owner")
        people = [d.party(f"Party {at}") for at in range(hands)]
        if whole:
            d.role_assignment(role=role, party=people[0])
        for at in range(count):
            work = d.process(f"Work {at}")
            d.responsibility(on=work, role=role, letter="A")
            d.responsibility(on=work, role=role, letter="R")
            if people and not whole:
                d.role_assignment(role=role, party=people[at % hands], on=work)
    return d.model


@pytest.mark.parametrize(
    ("model", "many"),
    [
        (rows_of(7), 0),
        (rows_of(8), 8),
        (rows_of(8, hands=2), 0),
        (rows_of(16, hands=2), 8),
        (rows_of(8, hands=1, whole=True), 8),
    ],
)
def test_a_bottleneck_is_too_much_in_the_same_hands(model: mk.Model, many: int) -> None:
    found = mk.responsibility_matrix(model, on=DAY).remarks

    assert [(x.fault, x.value) for x in found] == (
        [(F.BOTTLENECK, many)] if many else []
    )
    assert "Party" not in " ".join(map(str, found))


def test_an_activity_stands_below_its_process_and_in_its_hands() -> None:
    with mk.draft("Small") as d:
        work = d.process("Work")
        step = d.activity("A step", process=work)
        d.activity("Not answered for", process=work)
        lone = d.activity("Alone")
        goal = d.goal("A goal")
        role = d.role("Owner", kind="owner")
        for on in (lone, goal, step, work):
            d.responsibility(on=on, role=role, letter="A")
            d.responsibility(on=on, role=role, letter="R")
        d.role_assignment(role=role, party=d.party("P"), on=work)
    found = mk.responsibility_matrix(d.model, on=DAY, limits={"accountable_rows": 1})

    assert [(row.title, row.kind, row.part_of) for row in found] == [
        ("Work", "process", None),
        ("A step", "activity", "work"),
        ("A goal", "goal", None),
        ("Alone", "activity", None),
    ]
    assert [each.value for each in found.remarks] == [2]


def test_roles_stand_in_the_order_of_their_kinds() -> None:
    with mk.draft("Small") as d:
        work = d.process("Work")
        for kind in (None, "reviewer", "performer", "engineer"):
            role = d.role(f"Role {kind}", kind=kind)
            d.responsibility(on=work, role=role, letter="R")
    found = mk.responsibility_matrix(d.model, on=DAY)

    assert [found.titles[ref] for ref in found.roles] == [
        "Role engineer",
        "Role performer",
        "Role reviewer",
        "Role None",
    ]


def test_the_sample_says_what_is_wrong_with_it() -> None:
    found = mk.responsibility_matrix(mk.sample(), on=DAY)

    assert len(found) == 15
    assert found["income"].roles(mk.Letter.ACCOUNTABLE) == (
        "budget-holder",
        "process-owner",
    )
    assert [each.fault for each in found.about("income")] == [F.SEVERAL_ACCOUNTABLE]
    assert found["repairs"].cell("process-coach") == "S"
    assert "several A" in str(found)
    assert json.loads(found.to_json()) == found.as_dict()
    with pytest.raises(mk.NotFoundError, match="income"):
        found["incomes"]
