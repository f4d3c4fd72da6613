import json
import os
import re
import subprocess
import sys
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings

from missionkit.domain.defining import define_workflow
from missionkit.domain.draft import draft
from missionkit.domain.model import Model
from missionkit.domain.party import Party
from missionkit.domain.review import CycleStatus
from missionkit.domain.values import Period
from missionkit.errors import InvalidValueError, StoreUnavailableError
from missionkit.formats.load import load
from missionkit.issue import Issue, Severity, Source
from missionkit.ports.format import Imported, Lost
from missionkit.report.pack import Pack, pack
from missionkit.samples import SAMPLE_DAY, sample
from missionkit.testing.strategies import models
from tests.report.pages import (
    NASTY,
    Page,
    assert_harmless,
    assert_rectangular,
    poisoned,
)
from tests.report.test_lines import whole

DAY = date(2026, 11, 21)
SECTIONS = [
    "At a glance",
    "Strategy map",
    "Context and risks",
    "Spheres of operation",
    "Line of sight",
    "The stages of the review",
    "Objectives and measures",
    "Processes and roles",
    "Charts of the processes",
    "Decisions and actions",
    "Drift and adaptation",
    "The mission process itself",
    "Scorecard",
    "Coverage",
    "Who must act",
    "Findings",
    "Method and limits",
]
QUESTIONS = [
    "What to do first",
    "What is this organization for?",
    "Who needs what?",
    "Is the line from needs to performers whole?",
    "What is missing?",
]


@cache
def demo() -> Pack:
    return pack(sample(), on=SAMPLE_DAY)


def headings(markdown: str, level: int) -> list[str]:
    return re.findall(rf"^{'#' * level} (.*)$", markdown, re.MULTILINE)


def test_the_page_answers_a_manager_s_questions_in_order() -> None:
    first = demo().markdown.split("\n## ")[1]

    assert headings(first, 3) == QUESTIONS
    assert headings(demo().markdown, 1) == ["Harbour Housing Trust"]
    assert headings(demo().markdown, 2) == SECTIONS


def test_the_page_and_the_markdown_hold_the_same_sections() -> None:
    page = Page(demo().html)

    assert page.tags["section"] == len(SECTIONS)
    assert all(title in page.text for title in (*SECTIONS, *QUESTIONS))
    assert len(page.of("href")) == len(SECTIONS)


def test_the_page_of_the_sample_loads_nothing_and_runs_nothing() -> None:
    assert_harmless(demo().html)
    assert assert_rectangular(demo().markdown) > 100


def test_what_to_do_first_is_at_most_seven_acts_with_reasons() -> None:
    first = demo().markdown.split("What to do first\n")[1].split("\n## ")[0]
    acts = re.findall(r"^(\d)\. \*\*(.+?)\*\*: “.+Why: .+ MK-", first, re.MULTILINE)

    assert [number for number, _ in acts] == [str(at + 1) for at in range(len(acts))]
    assert 3 <= len(acts) <= 7
    assert len({said for _, said in acts}) == len(acts)


def test_the_issues_are_json_that_says_what_the_check_said() -> None:
    told = json.loads(demo().issues_json)

    assert told["on"] == SAMPLE_DAY.isoformat()
    assert told["imported"] is None
    assert {"code", "severity", "message", "why", "fix"} <= set(told["issues"][0])
    assert sum(told["counts"].values()) == len(told["issues"])


def test_the_summary_has_ten_lines_that_fit_a_terminal() -> None:
    lines = demo().summary.split("\n")

    assert len(lines) == 10
    assert lines[0] == f"Harbour Housing Trust, judged on {SAMPLE_DAY}"
    assert all(line.strip() and len(line) <= 100 for line in lines)
    assert str(demo()) == demo().summary
    assert demo()._repr_html_().startswith("<pre>Harbour")


def test_people_are_named_only_when_asked_for() -> None:
    model = sample()
    names = [party.name for party in model.of(Party)]
    named = pack(model, on=SAMPLE_DAY, people=True)
    hidden = demo()

    assert names
    for text in (hidden.html, hidden.markdown, hidden.issues_json, hidden.summary):
        assert not [name for name in names if name in text]
    assert [name for name in names if name in named.html]
    assert "People are not named" in hidden.html
    assert "People are not named" not in named.html


def test_the_pack_is_the_same_in_every_run() -> None:
    code = (
        "from missionkit.samples import SAMPLE_DAY, sample;"
        "from missionkit.report.pack import pack; import hashlib;"
        "made = pack(sample(), on=SAMPLE_DAY);"
        "text = made.html + made.markdown + made.issues_json + made.summary;"
        "print(hashlib.sha256(text.encode()).hexdigest())"
    )
    found = set()
    for seed in ("0", "1"):
        env = {**os.environ, "PYTHONHASHSEED": seed}
        found.add(subprocess.check_output([sys.executable, "-c", code], env=env))

    assert len(found) == 1


def test_the_order_of_elements_changes_nothing() -> None:
    model = sample()

    assert pack(Model(reversed(tuple(model))), on=SAMPLE_DAY) == demo()


def test_a_model_of_nothing_gives_a_pack_that_says_so() -> None:
    made = pack(Model(), on=DAY)
    page = assert_harmless(made.html)

    assert "An organization without a name" in page.text
    assert "No mission is stated." in page.text
    assert "No needs are recorded" in page.text
    assert "It cannot be followed: it begins with needs." in page.text
    assert "No objectives are recorded." in page.text
    assert "No processes are recorded" in page.text
    assert len(made.summary.split("\n")) == 10


def test_a_mission_of_the_past_is_shown_and_called_so() -> None:
    with draft("Trust") as d:
        d.core_intent("Homes", effective=Period(None, date(2020, 1, 1)))
    text = Page(pack(d.model, on=DAY).html).text

    assert "Mission, in force until 2020-01-01" in text
    assert "This mission is not in force." in text


def test_stakeholders_without_needs_are_named_with_what_they_are_named_for() -> None:
    with draft("Trust") as d:
        goal = d.goal("Warm homes")
        holder = d.stakeholder("Tenants", id="tenants")
        d.stakeholder("Council", id="council")
        d.relation(source=holder, target=goal, kind="stakeholder")
    text = Page(pack(d.model, on=DAY).html).text

    assert "2 stakeholders named, but not their needs:" in text
    assert "Tenants : named for “Warm homes”" in text


def test_without_needs_the_first_act_is_to_record_them() -> None:
    with draft("Trust") as d:
        d.stakeholder("Tenants")
        d.objective("Heat")
    text = Page(pack(d.model, on=DAY).html).text

    assert "First of all: record what the stakeholders need." in text
    assert "What to do first Record what the stakeholders need : “Tenants”. Why" in text
    assert "Put a process to work on every objective" in text


def test_stakeholders_beyond_the_list_are_counted() -> None:
    with draft("Trust") as d:
        for at in range(14):
            d.stakeholder(f"Group {at:02}")
    text = Page(pack(d.model, on=DAY).html).text

    assert "14 stakeholders named, but not their needs:" in text
    assert "and 2 more: “Group 12” and “Group 13”" in text


def test_results_stand_on_the_first_page() -> None:
    first = demo().markdown.split("\n## ")[1]

    assert "**3 of 18** measured objectives have reached their target" in first


def test_the_first_page_holds_no_jargon_and_tells_what_is_late() -> None:
    first = demo().markdown.split("\n## ")[1]

    assert "linked both to the core intent" not in first
    assert "evidence" not in first
    assert "Late: “Home records complete and checked”" in first
    assert first.count("Broadband that is good enough for school and work") == 1


PLAN = b"""<StrategicPlan xmlns="urn:ISO:std:iso:17469:tech:xsd:stratml_core">
  <Name>Plan of the Lamplighters</Name>
  <StrategicPlanCore>
    <Organization><Name>The Lamplighters</Name></Organization>
    <Mission><Description>To light the paths.</Description></Mission>
    <Goal><Name>Lit paths</Name>
      <Objective><Description/><SequenceIndicator>1</SequenceIndicator>
        <Stakeholder><Name>Walkers</Name></Stakeholder></Objective>
    </Goal>
  </StrategicPlanCore>
  <AdministrativeInformation><EndDate>2020-12-31</EndDate></AdministrativeInformation>
</StrategicPlan>
"""


def test_a_plan_called_after_a_person_is_named_only_where_people_are() -> None:
    author = b"""<Submitter><FirstName>Ann</FirstName><LastName>Beck</LastName>
      </Submitter></StrategicPlan>"""
    found = load(
        PLAN.replace(b"Plan of the Lamplighters", b"Plan of Ann Beck").replace(
            b"</StrategicPlan>", author
        )
    )
    hidden = pack(found.model, on=DAY, imported=found)
    named = pack(found.model, on=DAY, imported=found, people=True)

    assert "Beck" not in hidden.html + hidden.markdown
    assert "The plan ended on 2020-12-31" in hidden.html
    assert "Plan of Ann Beck" in named.html


def test_a_plan_is_not_blamed_for_what_its_format_has_no_place_for() -> None:
    found = load(PLAN)
    text = Page(pack(found.model, on=DAY, imported=found).html).text
    first = text.split("What is this organization for?")[0]

    assert "The plan: Plan of the Lamplighters △ The plan ended on 2020-12-31" in first
    assert "StratML has no place for needs and processes" in first
    assert ": 1 error says only that." in first
    assert "First of all: record what the stakeholders need." in first
    assert "MK-TRC-005" not in first
    assert "1 objective without a name in the document" in text


def test_more_stakeholders_than_fit_are_counted_and_silent_ones_named() -> None:
    with draft("Trust") as d:
        for at in range(14):
            holder = d.stakeholder(f"Group {at}")
            d.need(f"Need {at}", stakeholder=holder)
        d.stakeholder("Neighbors")
        d.need("Nobody's need")
    text = Page(pack(d.model, on=DAY).html).text

    assert "3 more stakeholders: see the line of sight." in text
    assert "No need is recorded of “Neighbors”." in text
    assert "10 more needs: see the line of sight." in text


def test_a_mission_says_when_it_is_in_force() -> None:
    said = []
    for period in (Period(DAY), Period(None, DAY), Period(DAY, DAY), None):
        with draft("Trust") as d:
            d.core_intent("Homes", effective=period)
        markdown = pack(d.model, on=DAY).markdown
        said += re.findall("^> Mission(.*)$", markdown, re.MULTILINE)

    assert said == [
        ", in force since 2026-11-21",
        ", in force until 2026-11-21",
        ", in force from 2026-11-21 to 2026-11-21",
        "",
    ]


def test_all_lines_whole_is_good_news() -> None:
    with draft("Trust") as d:
        whole(d)
    text = Page(pack(d.model, on=DAY).html).text

    assert "✓ Yes: the one need can be followed" in text
    with draft("Trust") as d:
        whole(d)
        d.need("Quiet", id="quiet", stakeholder="tenants")
        d.set("band-c", needs=["warmth", "quiet"])
    assert "✓ Yes: all 2 needs can be followed" in Page(pack(d.model, on=DAY).html).text


@pytest.mark.parametrize("on", [None, "2026-11-21", datetime(2026, 11, 21, tzinfo=UTC)])
def test_a_day_that_is_none_is_refused(on: object) -> None:
    with pytest.raises(InvalidValueError) as caught:
        pack(Model(), on=on)  # type: ignore[arg-type]  # what is tested
    assert [issue.path for issue in caught.value.issues] == ["on"]


def test_limits_reach_the_rules_and_stand_in_the_pack() -> None:
    made = pack(sample(), on=SAMPLE_DAY, limits={"missed_readings": 12})

    assert "missed_readings 12" in Page(made.html).text
    with pytest.raises(InvalidValueError):
        pack(sample(), on=SAMPLE_DAY, limits={"no such limit": 1})


def imported(many: int = 1) -> Imported:
    said = Issue(
        code="MK-XML-016",
        severity=Severity.WARNING,
        message="it has no name",
        source=Source(file="/home/ann/plan.xml", line=12, column=3),
    )
    lost = Lost("Plan/Comment", "<b>", "nobody reads it", Source(file="x", line=3))
    return Imported(sample(), (said,) * many, (lost,) * many, "/home/ann/plan.xml")


def test_what_was_mended_and_lost_is_told_with_its_lines() -> None:
    made = pack(sample(), on=SAMPLE_DAY, imported=imported())
    page = assert_harmless(made.html)

    assert headings(made.markdown, 2)[-2] == "What was imported"
    assert "Read from plan.xml." in page.text
    assert "MK-XML-016 12:3 it has no name" in page.text
    assert "Plan/Comment 3 <b> nobody reads it" in page.text
    assert "/home/ann" not in made.html + made.markdown + made.issues_json
    assert json.loads(made.issues_json)["imported"]["lost"] == [
        {"path": "Plan/Comment", "value": "<b>", "why": "nobody reads it"}
    ]
    assert "read with 1 remark and 1 loss" in made.summary


def test_what_was_empty_is_no_loss_and_told_in_one_line() -> None:
    empty = (Lost("Plan/Name"), Lost("Plan/Goal"))
    lost = Lost("Plan/Comment", "so it is", "nobody reads it")
    quiet, loud = (
        pack(sample(), on=SAMPLE_DAY, imported=Imported(sample(), lost=found))
        for found in (empty, (*empty, lost))
    )

    assert "0 remarks and 0 losses; 2 empty elements were left out" in quiet.summary
    assert "0 remarks and 1 loss; 2 empty elements were left out" in loud.summary
    for made in (quiet, loud):
        text = Page(made.html).text
        assert "2 empty elements were left out; issues.json lists them." in text
        assert "Plan/Goal" not in text
        assert "Plan/Goal" in made.issues_json
    assert "Nothing was lost." in Page(quiet.html).text


def test_an_import_without_trouble_says_so_and_a_long_one_is_cut() -> None:
    quiet = pack(sample(), on=SAMPLE_DAY, imported=Imported(sample()))
    loud = pack(sample(), on=SAMPLE_DAY, imported=imported(203))

    text = Page(quiet.html).text
    assert "Read from a document." in text
    assert "Nothing had to be mended." in text
    assert "Nothing was lost." in text
    assert "3 remarks more stand in issues.json." in Page(loud.html).text
    assert "3 losses more stand in issues.json." in Page(loud.html).text
    assert len(json.loads(loud.issues_json)["imported"]["issues"]) == 203


@pytest.mark.parametrize("start", range(0, len(NASTY), 7))
def test_nasty_texts_in_every_field_are_shown_and_do_nothing(start: int) -> None:
    nasty = poisoned(sample(), NASTY, start)
    made = pack(nasty, on=SAMPLE_DAY, people=True)
    page = assert_harmless(made.html)

    assert_rectangular(made.markdown)
    assert nasty.root is not None
    assert page.tags["h1"] == 1
    assert page.tags["section"] == len(SECTIONS)
    assert not re.search(r"(?<!\\)<", made.markdown)
    json.loads(made.issues_json)
    assert len(made.summary.split("\n")) == 10


def test_nasty_texts_stay_readable() -> None:
    with draft("Trust") as d:
        for at, text in enumerate(NASTY):
            d.need(text, id=f"n{at}", importance=1)
    page = Page(pack(d.model, on=DAY).html)

    cells = {" ".join(text.split()) for text in page.texts}
    shown = [text for text in NASTY if " ".join(text.split()) in cells]
    hidden = [text for text in NASTY if text not in shown]
    assert hidden == ["👩‍👩‍👧‍👦"]  # its joiners are written out


def test_strings_of_strangers_in_every_field_do_nothing(data_dir: Path) -> None:
    path = data_dir / "hostile" / "strings" / "blns_third.json"
    texts = [
        text for text in json.loads(path.read_text(encoding="utf-8")) if text.strip()
    ]
    for start in range(0, len(texts), 40):
        made = pack(poisoned(sample(), texts, start), on=SAMPLE_DAY, people=True)
        assert_harmless(made.html)
        assert_rectangular(made.markdown)


@settings(max_examples=25)
@given(models())
def test_any_sound_model_gives_a_sound_pack(model: Model) -> None:
    made = pack(model, on=DAY)

    assert_harmless(made.html)
    assert_rectangular(made.markdown)
    assert len(made.summary.split("\n")) == 10
    json.loads(made.issues_json)


def test_every_real_plan_gives_a_pack(data_dir: Path) -> None:
    files = sorted((data_dir / "stratml").glob("[pt]*/*.xml*"))
    files += sorted((data_dir / "stratml" / "stratml35").glob("*.xml*"))
    assert len(files) >= 12
    for file in files:
        found = load(file)
        made = pack(found.model, on=DAY, imported=found)
        assert_harmless(made.html)
        assert_rectangular(made.markdown)


def test_the_three_files_are_written_together(tmp_path: Path) -> None:
    paths = demo().save(tmp_path / "new" / "pack")

    assert [path.name for path in paths] == ["index.html", "pack.md", "issues.json"]
    written = [path.read_bytes().decode() for path in paths]
    assert written == [demo().html, demo().markdown, demo().issues_json]
    assert len(list(paths[0].parent.iterdir())) == 3


def test_a_pack_takes_the_place_of_an_older_one(tmp_path: Path) -> None:
    pack(Model(), on=DAY).save(str(tmp_path))
    demo().save(tmp_path)

    assert (tmp_path / "pack.md").read_text(encoding="utf-8") == demo().markdown


def test_where_one_file_cannot_be_written_none_is(tmp_path: Path) -> None:
    (tmp_path / "issues.json").mkdir()

    with pytest.raises(StoreUnavailableError):
        demo().save(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["issues.json"]


def test_goals_beyond_the_bound_have_no_empty_tables() -> None:
    with draft("Large") as d:
        for at in range(2):
            goal = d.goal(f"Goal {at}", id=f"goal-{at}")
            for one in range(501 if at == 0 else 3):
                d.objective(f"Objective {one}", goal=goal)
    text = pack(d.model, on=DAY).markdown

    assert "### Goal 0" in text
    assert "### Goal 1" not in text
    assert "4 rows not listed" in text


def test_a_large_model_gives_a_bounded_page() -> None:
    with draft("Large") as d:
        for at in range(1200):
            need = d.need(f"Need {at}", importance=0.5)
            d.objective(f"Objective {at}", needs=[need])
            d.process(f"Process {at}")
    made = pack(d.model, on=DAY)
    text = Page(made.html).text

    assert len(made.html) < 3_000_000
    assert "700 needs of less weight not listed" in text
    assert "700 rows not listed" in text
    assert "700 processes not listed" in text
    assert re.search(r"And \d+ more findings in issues\.json\.", text)


def test_a_review_whose_workflow_is_not_here_is_not_judged_by_another() -> None:
    flow = define_workflow("own", start="look").move("end", "look", "closed").workflow
    with draft("Hall") as d:
        d.review_cycle(
            "Own", id="own", workflow="own", stage="look", status=CycleStatus.ACTIVE
        )
    text = Page(pack(d.model, on=DAY).html).text

    assert "The workflow 'own' is not here." in text
    assert "Establish direction" not in text
    alone = Page(pack(d.model, on=DAY, workflows=flow).html).text
    assert alone == Page(pack(d.model, on=DAY, workflows=[flow]).html).text
    assert "is not here" not in alone
    with pytest.raises(InvalidValueError) as caught:
        pack(d.model, on=DAY, workflows="own")  # type: ignore[arg-type]  # as tested
    assert [issue.path for issue in caught.value.issues] == ["workflows"]
