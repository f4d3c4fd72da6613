"""The charts of the processes as pictures, and their section of the pack."""

from datetime import date
from xml.etree import ElementTree as ET

import pytest

import missionkit as mk
from missionkit.markup import Html
from missionkit.report.pictures import cards
from tests.processes.many import organization

DAY = mk.SAMPLE_DAY
SAMPLE = mk.sample()
SVG = "{http://www.w3.org/2000/svg}"


def pictures(model: mk.Model, wide: float = 960) -> dict[str, Html]:
    first = mk.sipocs(model, on=DAY)[0]
    return {
        "chart": mk.process_chart_picture(
            mk.process_chart(model, on=DAY, people=True), wide=wide
        ),
        "sipoc": mk.sipoc_picture(first, wide=wide),
        "matrix": mk.responsibility_matrix_picture(
            mk.responsibility_matrix(model, on=DAY), wide=wide
        ),
        "system": mk.system_chart_picture(mk.system_chart(model, on=DAY), wide=wide),
    }


def sheets(svg: Html) -> list[ET.Element]:
    return list(ET.fromstring(f"<all>{svg}</all>"))  # noqa: S314 - our own


def said(svg: Html) -> str:
    texts = (text for sheet in sheets(svg) for text in sheet.iter(f"{SVG}text"))
    return " ".join(text.text or "" for text in texts)


@pytest.mark.parametrize("name", ["chart", "sipoc", "matrix", "system"])
@pytest.mark.parametrize("wide", [400, 1200])
@pytest.mark.parametrize("count", [1, 5, 15, 60])
def test_each_sheet_has_a_title_and_says_in_words_what_it_shows(
    count: int, wide: int, name: str
) -> None:
    for svg in sheets(pictures(organization(count), wide)[name]):
        title, desc = svg.find(f"{SVG}title"), svg.find(f"{SVG}desc")

        assert svg.get("role") == "img"
        assert title is not None
        assert title.text
        assert desc is not None
        assert desc.text
        assert svg.get("aria-label") == f"{title.text}. {desc.text}"


@pytest.mark.parametrize("name", ["chart", "sipoc", "matrix", "system"])
def test_a_text_of_the_model_is_escaped_in_each_picture(name: str) -> None:
    with mk.draft("Nasty") as d:
        process = d.process("<script>alert(1)</script>", family="demand_creation")
        other = d.process("Else", family="demand_fulfillment")
        d.flow("<img src=x>", source=process, target=other)
        role = d.role("<b>Owner</b>", kind="owner")
        d.responsibility(on=process, role=role, letter="A")
    for svg in (pictures(d.model)[name], pictures(d.model, 400)[name]):
        assert "<script" not in svg
        assert "<img" not in svg
        assert "<b>" not in svg
        assert "&lt;" in svg


def test_every_process_has_its_card() -> None:
    model = organization(60)
    chart = mk.process_chart(model, on=DAY)
    told = "".join(
        desc.text or ""
        for svg in sheets(mk.process_chart_picture(chart))
        for desc in svg.findall(f"{SVG}desc")
    )

    for each in chart:
        assert each.title in told


def test_sheets_of_a_large_chart_are_numbered() -> None:
    found = sheets(pictures(organization(60))["chart"])
    titles = [svg.findtext(f"{SVG}title") for svg in found]

    assert len(found) > 1
    assert titles == [
        f"Process chart, sheet {at} of {len(found)}" for at in range(1, len(found) + 1)
    ]


def test_a_heading_is_never_the_last_on_a_sheet() -> None:
    card = cards.Card(cards.wrapped("A name", 200, 2))
    blocks = [
        block
        for at in range(60)
        for block in (cards.heading(f"Part {at}", 400), cards.row([card], [(6, 200)]))
    ]
    pages = cards.sheets(blocks, 400, 12)

    assert len(pages) > 1
    assert not any(page[-1].leads for page in pages)
    assert [block for page in pages for block in page] == blocks


def test_what_is_missing_has_a_sign_and_not_only_a_color() -> None:
    with mk.draft("Broken") as d:
        work = d.process("Work", family="demand_fulfillment")
        d.flow("Letter", source=work)
        d.responsibility(on=work, role=d.role("Reader"), letter="I")
    found = {name: said(svg) for name, svg in pictures(d.model).items()}

    assert "✕ no owner" in found["chart"]
    assert "✕ “Letter” goes nowhere" in found["chart"]
    assert "✕ no process of mission management" in found["chart"]
    assert "✕ nobody is named who takes it" in found["sipoc"]
    assert "✕ nothing goes into it" in found["sipoc"]
    assert "✕ no A, no R" in found["matrix"]
    assert "✕ Business plan" in found["system"]
    assert "✕ no process" in found["system"]
    assert all(
        "mk-broken" in svg
        for name, svg in pictures(d.model).items()
        if name != "matrix"
    )


@pytest.mark.parametrize("wide", [400, 960])
def test_the_flows_of_the_template_stand_in_the_system_chart(wide: int) -> None:
    chart = mk.system_chart(mk.Model(mk.four_processes()), on=DAY)
    svg = mk.system_chart_picture(chart, wide=wide)

    for flow in chart.flows:
        assert flow.item.split()[0] in said(svg)
    assert "✕" not in said(svg).replace("✕ gives nothing", "")


@pytest.mark.parametrize("wide", [400, 960])
def test_a_process_with_nothing_at_its_ends_says_so(wide: int) -> None:
    lone = mk.Model((mk.Process(id=mk.ProcessId("lone"), name="Lone"),))
    svg = mk.sipoc_picture(mk.sipoc(lone, "lone", on=DAY), wide=wide)

    assert "✕ nothing goes into it" in said(svg)
    assert "✕ nothing comes out of it" in said(svg)


def test_many_steps_and_letters_are_cut_short_and_counted() -> None:
    with mk.draft("Much") as d:
        work = d.process("Work")
        for at in range(20):
            d.activity(f"Step {at:02}", process=work)
        role = d.role("All", kind="owner")
        for letter in "RACI":
            d.responsibility(on=work, role=role, letter=letter)
    found = pictures(d.model)

    assert "and 6 more" in said(found["sipoc"])
    assert "RACI" in said(found["matrix"])


def test_a_width_on_which_nothing_fits_is_widened() -> None:
    for svg in pictures(SAMPLE, 10).values():
        assert sheets(svg)[0].get("viewBox", "").startswith("0 0 320 ")


def test_people_are_named_in_the_pack_only_where_asked() -> None:
    for people in (False, True):
        html = mk.pack(SAMPLE, on=DAY, people=people).html
        part = html[html.index('id="process-charts"') :]

        assert ("Tom Ashdown" in part) is people


def test_the_pack_shows_the_charts_and_what_is_missing() -> None:
    markdown = mk.pack(SAMPLE, on=DAY).markdown
    part = markdown[markdown.index("## Charts of the processes") :]

    for title in (
        "### Process chart",
        "### The four business processes",
        "### Who answers for what",
        "### Suppliers and customers",
    ):
        assert title in part
    assert "no owner of “Complaints”" in part
    assert "Sponsorship and events: nothing goes into it" in part


def test_a_pack_without_processes_has_no_charts() -> None:
    with mk.draft("Nothing") as d:
        d.stakeholder("Town")

    assert "Charts of the processes" not in mk.pack(d.model, on=DAY).markdown


def test_a_pack_of_a_great_many_processes_says_that_they_are_not_drawn() -> None:
    with mk.draft("Huge") as d:
        role = d.role("Owner", kind="owner")
        for at in range(70):
            work = d.process(f"Work {at}", family="demand_creation")
            d.responsibility(on=work, role=role, letter="A")
    markdown = mk.pack(d.model, on=date(2026, 1, 1)).markdown

    assert "70 processes are too many for one picture" in markdown
    assert "70 rows are too many for one picture" in markdown
    assert "And 10 more" in markdown


def test_a_pack_without_letters_says_that_nobody_answers() -> None:
    with mk.draft("Small") as d:
        d.process("Work", family="demand_creation")

    said_of_roles = "No role has a letter, so nothing says who answers for what"
    assert said_of_roles in mk.pack(d.model, on=DAY).markdown
