"""Who must act: the nearest who plays the role that a code names."""

from datetime import date

import pytest

from missionkit.domain.draft import Draft
from missionkit.domain.model import Model
from missionkit.issue import Issue
from missionkit.report.blocks import Grid
from missionkit.report.filtered import OPTIONS, Filter, Filtered
from missionkit.report.sections import who_must_act
from missionkit.report.who import tasks_of, who_acts
from missionkit.rules.check import check
from missionkit.rules.result import CheckResult
from tests.report.test_sections import view_of

DAY = date(2026, 6, 30)
UNPLAYED = ("MK-TRC-004",)


def plan(*, on: str | None) -> Model:
    """Return an objective without a measure, and a planner for something."""
    d = Draft()
    d.organization("Bakery", id="bakery")
    d.goal("Fresh", id="fresh")
    d.objective("Bake", id="bake", goal="fresh")
    d.role("Head of plans", id="head", kind="planner")
    d.party("Ada Miller", id="ada")
    if on != "nobody":
        d.role_assignment(role="head", party="ada", on=on)
    return d.model


def who(model: Model, *, people: bool = False) -> list[str]:
    checked = check(model, on=DAY, select=UNPLAYED)
    return list(tasks_of(view_of(model, checked=checked, people=people)))


@pytest.mark.parametrize("on", ["bake", "fresh", "bakery", None])
def test_it_falls_to_who_plays_the_role_on_it_near_it_or_for_all(on: str) -> None:
    assert who(plan(on=on)) == ["Planner: Head of plans"]


def test_a_role_that_nobody_plays_is_said_to_be_so() -> None:
    assert who(plan(on="nobody")) == ["Planner (nobody plays the role)"]


def test_people_are_named_only_when_asked_for() -> None:
    assert who(plan(on="bake"), people=True) == ["Planner: Head of plans (Ada Miller)"]


def test_the_gravest_task_of_a_role_comes_first() -> None:
    d = Draft()
    d.objective("Bake", id="bake")
    d.objective("Sell", id="sell")
    model = d.model
    checked = check(model, on=DAY, select=("MK-TRC", "MK-CPL"))
    (planner, *_) = tasks_of(view_of(model, checked=checked)).values()

    ranks = [task.severity for task in planner]
    assert ranks == sorted(ranks, key=["error", "warning", "advice"].index)


def test_the_section_lists_tasks_with_their_elements() -> None:
    model = plan(on="bake")
    view = view_of(model, checked=check(model, on=DAY, select=UNPLAYED))
    section = who_must_act.section(view)

    assert section is not None
    assert "### Planner: Head of plans" in section.markdown
    assert "| Give every objective a measure | “Bake” |" in section.markdown


def test_without_findings_nobody_must_act() -> None:
    assert who_must_act.section(view_of(Model(), checked=CheckResult())) is None


def test_codes_of_others_name_no_role_and_their_fix_is_the_task() -> None:
    found = CheckResult(issues=(Issue(code="ACME-1", message="No.", fix="mend it"),))
    view = view_of(Model(), checked=found)

    assert who_acts(view) == {"ACME-1": "No role is named"}
    (tasks,) = tasks_of(view).values()
    assert [task.said for task in tasks] == ["Mend it"]


def test_many_tasks_of_one_role_are_cut() -> None:
    issues = tuple(Issue(code=f"ACME-{at}", message="No.") for at in range(15))
    section = who_must_act.section(view_of(Model(), checked=CheckResult(issues=issues)))

    assert section is not None
    assert "And 3 more tasks." in section.markdown


def test_rows_know_by_which_choice_they_are_shown() -> None:
    grid = Grid(("a",), [("one",), ("two",)])
    html = Filtered(grid, [Filter("Kind", ["x", "y"])]).html

    assert '<option value="0">x</option><option value="1">y</option>' in html
    assert '<tr class="f0-0">' in html
    assert '<tr class="f0-1">' in html


def test_choices_beyond_those_that_fit_are_shown_with_all_only() -> None:
    names = [f"{at:03}" for at in range(OPTIONS + 1)]
    filtered = Filtered(Grid(("a",), [(name,) for name in names]), [Filter("K", names)])

    assert f'class="f0-{OPTIONS}"' in filtered.html
    assert f">{names[-1]}</option>" not in filtered.html
