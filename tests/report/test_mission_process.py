from datetime import date

from missionkit.domain.model import Model
from missionkit.report.inline import inline_markdown
from missionkit.report.mission_measures import measures_grid
from missionkit.report.pack import pack
from missionkit.review.measures import mission_measures
from missionkit.samples import SAMPLE_DAY, sample
from tests.report.pages import Page

DAY = date(2026, 6, 30)
MISSED = (
    "not “\\<arrears\\>”, “\\<charges-explained\\>”, “\\<checks-in-date\\>” and 12 more"
)


def rows(model: Model, day: date) -> dict[str, list[str]]:
    grid = measures_grid(mission_measures(model, on=day), lambda ref: f"<{ref}>")
    cells = [[inline_markdown(cell) for cell in row] for row in grid.rows]
    return {row[0].split("** ")[0].strip("*"): row[1:] for row in cells}


def test_the_pack_shows_the_measures_of_the_mission_process() -> None:
    text = Page(pack(sample(), on=SAMPLE_DAY).html).text

    assert "The mission process itself Does the management of the mission" in text
    assert "87 % 20 of 23 not “Broadband that is good enough" in text
    assert "Satisfaction of Tenants mean of how satisfied" in text


def test_each_measure_says_what_it_counts_and_what_it_leaves_out() -> None:
    found = rows(sample(), SAMPLE_DAY)

    assert found["Objectives met"] == [
        "**17 %**",
        "3 of 18",
        MISSED,
        "1 that cannot be judged left out",
    ]
    assert found["Satisfaction of \\<tenants\\>"][:3] == ["**\\-6 of 100**", "5", ""]
    assert found["Age of open actions"] == ["**325 days**", "7", "", ""]


def test_what_is_not_judged_has_its_reason() -> None:
    for said, size, lacking, reason in rows(Model(), DAY).values():
        assert said == "not judged"
        assert size == lacking == ""
        assert reason
