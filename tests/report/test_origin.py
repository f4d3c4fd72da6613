from datetime import date

import pytest

from missionkit.domain.draft import Draft, draft
from missionkit.domain.ext import Ext
from missionkit.domain.model import Model
from missionkit.formats import codes
from missionkit.issue import Issue
from missionkit.ports.format import Imported
from missionkit.report.origin import Origin, origin_of

DAY = date(2026, 11, 21)
TOP = "/StrategicPlan"
ADMIN = f"{TOP}/AdministrativeInformation"


def organization(**kept: str) -> Model:
    with draft("Trust", id="trust") as d:
        d.set("trust", ext=Ext({"stratml": {f"{TOP}/@Type": "x", **kept}}))
    return d.model


def read(model: Model, *issues: Issue) -> Origin:
    return origin_of(model, Imported(model, issues), DAY)


def test_a_model_that_was_not_imported_has_no_origin() -> None:
    assert origin_of(organization(**{f"{TOP}/Name": "Plan"}), None, DAY) == Origin()
    assert read(Model()) == Origin()


def test_the_plan_has_its_own_name_unless_nobody_filled_it_in() -> None:
    assert read(organization(**{f"{TOP}/Name": " Plan\n25 "})).name == "Plan 25"
    assert read(organization(**{f"{TOP}/Name": "[To be named]"})).name == ""
    assert read(organization(**{f"{TOP}/Submitter/Name": "Ann"})).name == ""


@pytest.mark.parametrize(
    ("start", "end", "ended"),
    [
        ("", "2020-12-31", date(2020, 12, 31)),
        ("2020-01-01", "2020-12-31T00:00:00Z", date(2020, 12, 31)),
        ("", "2026-11-21", None),
        ("", "2030-12-31", None),
        ("2021-01-01", "2020-12-31", None),
        ("", "soon", None),
        ("", "", None),
    ],
)
def test_a_plan_ended_where_its_last_day_is_past(
    start: str, end: str, ended: date | None
) -> None:
    model = organization(**{f"{ADMIN}/StartDate": start, f"{ADMIN}/EndDate": end})

    assert read(model).ended == ended


def test_a_format_lacks_what_it_has_no_place_for_until_it_was_added() -> None:
    bare = organization()
    with Draft(bare) as d:
        d.need("Light")

    assert read(bare).format == "StratML"
    assert read(d.model).format == ""


def test_what_has_no_name_is_counted_by_kind() -> None:
    paths = (
        "Plan/Goal/Objective[2]",
        "Plan/Goal/Objective",
        "Plan/Goal/Objective/QuantitativePerformanceIndicator",
        "Plan/Goal/Objective/PerformanceIndicator[3]",
        "",
    )
    issues = [codes.UNNAMED.issue("no name", path=path) for path in paths]
    other = codes.PLACEHOLDER.issue("a form", path="Plan/Goal")

    found = read(Model(), *issues, other)
    assert found.unnamed == ("1 element", "2 measures", "2 objectives")
    assert read(organization(), *issues).unnamed == found.unnamed
