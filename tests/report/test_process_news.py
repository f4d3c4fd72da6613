"""What a performance report tells of how processes are kept."""

from datetime import date, timedelta
from typing import Any

import pytest

from missionkit.domain.draft import Draft, draft
from missionkit.domain.process import ReleaseLadder, ReleaseState, ReleaseStep
from missionkit.markup import join
from missionkit.report.document_view import DocumentView
from missionkit.report.inline import Written
from missionkit.report.process_news import process_news

DAY = date(2026, 6, 30)
LATER = DAY + timedelta(days=1)
LONG_AGO = date(2024, 3, 1)
LATELY = date(2026, 6, 1)
NONE = (
    "No feedback is recorded.",
    "No problem was looked into.",
    "No function of process management has lapsed.",
)


def bakery(rungs: int = 0) -> Draft:
    """Return an organization with one process that has come so far."""
    d = draft("Bakery", id="bakery")
    d.stakeholder("Guests", id="guests")
    d.process("Baking", id="baking")
    if rungs:
        steps = [
            ReleaseStep(state=state, on=date(2023, month, 1))
            for month, state in enumerate(list(ReleaseState)[:rungs], 1)
        ]
        d.set("baking", release=ReleaseLadder(steps=tuple(steps)))
    return d


def news(d: Draft) -> str:
    """Return what is told on the day, as HTML."""
    blocks: list[Written] = list(process_news(DocumentView(model=d.model, on=DAY)))
    return str(join(each.html for each in blocks))


def test_where_nothing_is_recorded_it_says_so() -> None:
    said = news(bakery())
    assert all(each in said for each in NONE)


@pytest.mark.parametrize(
    ("on", "told"),
    [
        (None, True),
        (date(2025, 6, 30), True),
        (date(2025, 6, 29), False),
        (DAY, True),
        (LATER, False),
    ],
)
def test_without_a_review_feedback_of_a_year_is_told(
    on: date | None,
    told: bool,  # noqa: FBT001 - a case of the table
) -> None:
    d = bakery()
    d.feedback("Good crust", process="baking", on=on, satisfaction=40)
    assert ("Good crust" in news(d)) is told


@pytest.mark.parametrize(
    ("satisfaction", "said"),
    [
        (-30, "-30"),
        (0, ">0<"),
        (40, "+40"),
        (None, "not said"),
    ],
)
def test_satisfaction_is_told_with_its_sign(
    satisfaction: int | None, said: str
) -> None:
    d = bakery()
    d.feedback("So", process="baking", on=LATELY, satisfaction=satisfaction)
    assert said in news(d)


def test_the_worst_is_heard_first_and_whether_it_was_answered() -> None:
    d = bakery()
    d.feedback("Fine", id="a", process="baking", on=LATELY, satisfaction=40)
    d.feedback("Burnt", id="b", process="baking", on=LATELY, satisfaction=-40)
    said = news(d)
    assert said.index("Burnt") < said.index("Fine")
    assert " no<" in said
    d.investigation("Why it burns", addresses=("b",), on=LATER)
    assert " no<" in news(d)
    d.investigation("Why it burns again", addresses=("b",), on=DAY)
    assert "yes" in news(d)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"on": LATELY}, True),
        ({"on": LATER}, False),
        ({"on": None}, True),
        ({"on": LONG_AGO}, True),
        ({"on": LONG_AGO, "cause": "The oven"}, True),
    ],
)
def test_what_was_looked_into_is_told_until_something_follows(
    fields: dict[str, Any],
    told: bool,  # noqa: FBT001 - as above
) -> None:
    d = bakery()
    d.investigation("It burns", id="why", process="baking", **fields)
    assert ("It burns" in news(d)) is told


def test_what_was_removed_long_ago_is_not_told_again() -> None:
    d = bakery()
    d.investigation("It burns", id="why", process="baking", on=LONG_AGO, cause="Heat")
    assert "nothing yet" in news(d)
    d.decision("A new oven", addresses=("why",), at=LONG_AGO)
    assert "It burns" not in news(d)


@pytest.mark.parametrize(
    ("rungs", "told"), [(0, True), (1, False), (2, False), (3, True), (4, True)]
)
def test_a_function_lapses_where_work_is_done_by_the_process(
    rungs: int,
    told: bool,  # noqa: FBT001 - as above
) -> None:
    d = bakery(rungs)
    d.care_record("Did it", process="baking", function="resources", on=LONG_AGO)
    assert ("2025-03-01" in news(d)) is told


def test_every_text_is_escaped() -> None:
    d = bakery()
    nasty = "<b>&"
    d.set("baking", name=nasty)
    d.feedback(nasty, process="baking", stakeholder="guests", on=LATELY)
    d.investigation(nasty, process="baking", on=LATELY, cause=nasty)
    d.care_record(nasty, process="baking", function="training", on=LONG_AGO)
    said = news(d)
    assert nasty not in said
    assert "&lt;b&gt;&amp;" in said
