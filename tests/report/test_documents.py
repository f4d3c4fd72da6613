import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings

from missionkit.domain.conduct import AllocationBucket, Fact
from missionkit.domain.draft import Draft, draft
from missionkit.domain.four_stages import FOUR_STAGES
from missionkit.domain.ids import AnyId, EvidenceId
from missionkit.domain.measure import TargetSetting
from missionkit.domain.model import Model
from missionkit.domain.opaque import Opaque
from missionkit.domain.party import Party
from missionkit.domain.process import ReleaseLadder, ReleaseState, ReleaseStep
from missionkit.domain.review import ActionStatus, AgendaEntry, ReviewCycle
from missionkit.domain.role import Delivery
from missionkit.domain.values import Cadence, Contribution, Money, Period, Unit
from missionkit.domain.views import view_named
from missionkit.errors import InvalidValueError, NotFoundError, StoreUnavailableError
from missionkit.report.document import Document, document, document_modules
from missionkit.samples import SAMPLE_DAY, sample
from missionkit.testing.sound import DAY as SOUND_DAY
from missionkit.testing.sound import sound_model
from missionkit.testing.strategies import models
from tests.report.pages import (
    NASTY,
    Page,
    assert_harmless,
    assert_rectangular,
    poisoned,
)

DAY = date(2026, 6, 30)
ALL = [
    "mission-management",
    "resource-management",
    "demand-creation",
    "demand-fulfillment",
]
GOES_TO = {
    "market-research": ["direct"],
    "strategic-analysis": ["direct"],
    "business-plan": ALL,
    "new-offering-strategy": ["demand-creation"],
    "management-system-release": ALL,
    "performance-report": ALL,
    "improvement-plan": ALL,
    "strategic-review-report": ["understand"],
}
KEYS = sorted(GOES_TO)


@cache
def harbour(key: str) -> Document:
    return document(sample(), key, on=SAMPLE_DAY)


def said(model: Model, key: str, *, on: date = DAY) -> str:
    """Return the words of a document, as its page shows them."""
    text = Page(document(model, key, on=on, people=True).html).text
    return re.sub(r" (?=[,;:.])", "", text)


def cells(model: Model, key: str, of: str) -> list[str]:
    """Return the cells of the row of a document's Markdown that begins with *of*."""
    made = document(model, key, on=DAY, people=True).markdown
    row = next(line for line in made.split("\n") if line.startswith(f"| **{of}"))
    return [cell.strip().replace("\\", "") for cell in row.strip("|").split(" | ")]


def test_there_are_the_eight_documents_of_the_source() -> None:
    assert sorted(document_modules()) == KEYS


@pytest.mark.parametrize("key", KEYS)
def test_a_document_shows_a_view_and_goes_to_whom_the_stages_say(key: str) -> None:
    module = document_modules()[key]
    output, *others = [
        output
        for stage in FOUR_STAGES.stages
        for output in stage.outputs
        if output.view == key
    ]
    view = view_named(key)

    assert not others
    assert view is not None
    assert module.TITLE == output.name == view.title
    assert list(module.CONSUMERS) == list(output.consumers) == GOES_TO[key]
    assert harbour(key).consumers == tuple(GOES_TO[key])


@pytest.mark.parametrize("key", KEYS)
def test_the_page_and_the_markdown_say_the_same(key: str) -> None:
    made = harbour(key)
    page = assert_harmless(made.html)
    titles = re.findall("^## (.*)$", made.markdown, re.MULTILINE)

    assert assert_rectangular(made.markdown) > 3
    assert page.tags["section"] == len(titles) == len(page.of("href"))
    assert titles[-1] == "About this document"
    assert str(made) == made.markdown
    assert made.markdown.startswith(f"# {made.title}\n")
    assert "Harbour Housing Trust, as of 2026-11-02" in page.text
    assert "# " + made.title in Page(made._repr_html_()).text


@pytest.mark.parametrize("key", KEYS)
def test_people_are_named_only_when_asked_for(key: str) -> None:
    model = sample()
    names = {p.name for p in model.of(Party) if p.kind == "person"}
    hidden = harbour(key)

    assert not [name for name in names if name in hidden.html + hidden.markdown]
    assert "People are not named" in hidden.html
    named = document(model, key, on=SAMPLE_DAY, people=True)
    assert [name for name in names if name in named.markdown]
    assert "People are not named" not in named.html


def test_a_review_called_after_a_person_is_found_where_people_are_not_named() -> None:
    with draft("Trust") as d:
        d.party("Ann Beck")
        d.review_cycle("Another", id="another")
        d.review_cycle("Ann Beck", id="ann-beck-review")
    made = document(d.model, "business-plan", on=DAY, cycle="ann-beck-review")

    assert "Beck" not in made.markdown
    assert "party-" in made.markdown


@pytest.mark.parametrize("key", KEYS)
def test_what_is_not_there_is_said_where_it_is_missing(key: str) -> None:
    made = document(Model(), key, on=DAY)
    page = assert_harmless(made.html)

    assert "An organization without a name" in page.text
    assert "△ no review is recorded" in page.text
    assert "no: it is not recorded as an artifact" in page.text
    for section in made.markdown.split("\n## ")[1:]:
        title, _, body = section.partition("\n")
        assert body.strip(), f"{title} says nothing"


@pytest.mark.parametrize("key", KEYS)
def test_nasty_texts_in_every_field_stay_text(key: str) -> None:
    for model, start in ((sample(), 0), (sample(), 7), (sound_model("review"), 3)):
        made = document(poisoned(model, NASTY, start), key, on=SAMPLE_DAY, people=True)
        assert_harmless(made.html)
        assert_rectangular(made.markdown)


@pytest.mark.parametrize("key", KEYS)
def test_strings_of_strangers_in_every_field_do_nothing(
    key: str, data_dir: Path
) -> None:
    path = data_dir / "hostile" / "strings" / "blns_third.json"
    texts = [
        text for text in json.loads(path.read_text(encoding="utf-8")) if text.strip()
    ]
    for start in range(0, len(texts), 80):
        made = document(
            poisoned(sample(), texts, start), key, on=SAMPLE_DAY, people=True
        )
        assert_harmless(made.html)
        assert_rectangular(made.markdown)


@settings(max_examples=15)
@given(models())
def test_any_sound_model_gives_sound_documents(model: Model) -> None:
    for key in KEYS:
        for people in (True, False):
            made = document(model, key, on=DAY, people=people)
            assert_harmless(made.html)
            assert_rectangular(made.markdown)


@pytest.mark.parametrize("key", KEYS)
def test_the_order_of_elements_changes_nothing(key: str) -> None:
    model = sample()
    turned = Model(reversed([*model]), kinds=model.kinds)

    assert document(turned, key, on=SAMPLE_DAY) == harbour(key)


def test_a_document_does_not_depend_on_the_hash_seed() -> None:
    script = (
        "from missionkit.report.document import document, document_modules as all_\n"
        "from missionkit.samples import SAMPLE_DAY, sample\n"
        "from hashlib import sha256\n"
        "texts = [document(sample(), k, on=SAMPLE_DAY).html for k in all_()]\n"
        "print(sha256(''.join(texts).encode()).hexdigest())\n"
    )
    made = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
        ).stdout
        for seed in ("0", "1")
    }
    assert len(made) == 1


@pytest.mark.parametrize("day", [date.min, date.max])
def test_every_day_there_is_can_be_asked_for(day: date) -> None:
    for key in KEYS:
        assert_harmless(document(sample(), key, on=day).html)


def test_both_files_are_written_together(tmp_path: Path) -> None:
    made = harbour("business-plan")
    page, text = made.save(tmp_path / "new" / "folder")

    assert page.read_text(encoding="utf-8") == made.html
    assert text.read_text(encoding="utf-8") == made.markdown
    assert [page.name, text.name] == ["business-plan.html", "business-plan.md"]
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    with pytest.raises(StoreUnavailableError):
        made.save(tmp_path / "taken")


def test_what_is_asked_for_must_be_there() -> None:
    with pytest.raises(NotFoundError, match="business-plan"):
        document(sample(), "business-plans", on=DAY)
    with pytest.raises(NotFoundError):
        document(sample(), 7, on=DAY)  # type: ignore[arg-type]  # the point of the test
    with pytest.raises(NotFoundError, match="review-2025"):
        document(sample(), "business-plan", on=DAY, cycle="review-2026")
    with pytest.raises(InvalidValueError):
        document(sample(), "business-plan", on="today")  # type: ignore[arg-type]  # as above
    with pytest.raises(InvalidValueError):
        document("plan.json", "business-plan", on=DAY)  # type: ignore[arg-type]  # as above


def test_a_review_can_be_named_by_itself_or_by_its_id() -> None:
    cycle = sample().get(ReviewCycle, "review-2025")

    for named in (cycle, "review-2025", None):
        made = document(sample(), "improvement-plan", on=SAMPLE_DAY, cycle=named)
        assert made == harbour("improvement-plan")


def test_the_review_under_way_goes_before_the_last() -> None:
    with draft("Trust") as d:
        d.review_cycle("Old", period=Period(None, date(2030, 1, 1)), status="closed")
        d.review_cycle("Now", status="active")
    assert "Now (active)" in said(d.model, "business-plan")
    with draft("Trust") as d:
        d.review_cycle("Old", period=Period(None, date(2020, 1, 1)), status="closed")
        d.review_cycle("New", period=Period(None, date(2021, 1, 1)), status="closed")
    assert "New (closed)" in said(d.model, "business-plan")


def test_an_approved_document_says_by_whom_and_a_stale_one_what_changed() -> None:
    key = "market-research"
    model = sample()
    assert "✓ approved, by" in said(model, key, on=SAMPLE_DAY)
    made = next(a for a in model if getattr(a, "view", "") == key)
    with edited(model) as d:
        d.set(made.id, title="Something else")
    words = said(d.model, key, on=SAMPLE_DAY)
    assert "✕ stale, by" in words
    assert "since then changed: “Something else”" in words
    assert "· approved" not in words


def test_an_artifact_that_nobody_approved_says_so() -> None:
    with draft("Trust") as d:
        d.artifact("Old", view="business-plan", status="superseded")
        d.artifact("The plan", view="business-plan")
    words = said(d.model, "business-plan")
    assert "The plan (draft)" in words
    assert "△ not approved" in words
    assert "△ no author is recorded" in words
    assert "△ no place is recorded" in words


@contextmanager
def edited(model: Model) -> Iterator[Draft]:
    yield Draft(model)


def owned(d: Draft, ref: str) -> None:
    d.role("Owner", id="owner", kind="owner")
    d.role("Coach", id="coach", kind="coach")
    d.party("Ann Beck", id="ann")
    d.role_assignment(role="owner", party="ann", on=ref, id=f"{ref}-owner")


def test_the_business_plan_says_what_who_when_and_how_it_is_evaluated() -> None:
    with draft("Trust") as d:
        aim = d.objective("Band C", id="c", period=Period(None, DAY))
        d.objective("Nothing known")
        owned(d, "c")
        d.role_assignment(role="coach", party=d.party("Bo"), on=aim)
        d.success_measure(
            "Share", of=aim, unit="%", targets=[TargetSetting(value=Decimal(82))]
        )
        d.success_measure("Panel", of=aim)
        way = d.course_of_action(
            "Insulate",
            budget=Money(Decimal(9000), "EUR"),
            contributions=[Contribution(target=aim.id, weight=50)],
            assumptions=["Grants go on"],
        )
        d.course_of_action("Ask", budget=Money(Decimal(5), "GBP"))
        d.process("Upgrade", achieves=[aim], realizes=[way])
        d.resource_demand("Ten people", quantity=Decimal(10), unit="people")
        d.resource_demand("A loan", status="refused", reason="too dear")
    known = cells(d.model, "business-plan", "Band C")
    assert known[1:] == [
        "2026-06-30",
        "Ann Beck",
        "Panel: △ no target; Share: 82 %",
        "“Upgrade”",
    ]
    assert cells(d.model, "business-plan", "Nothing known")[1:] == [
        "△ no day is recorded",
        "△ no owner is recorded",
        "△ no measure is recorded",
        "△ no process",
    ]
    assert cells(d.model, "business-plan", "Insulate")[1:] == [
        "“Band C”",
        "9,000 EUR",
        "△ no time is recorded",
        "“Upgrade”",
        "Grants go on",
    ]
    assert cells(d.model, "business-plan", "Ten people")[1:3] == [
        "△ no process",
        "10 people",
    ]
    words = said(d.model, "business-plan")
    assert "5 GBP planned for 2 ways of 2" in words
    assert "✕ refused: too dear" in words
    assert "△ 1 of 2 objectives have an owner" in words


def ladder(*states: ReleaseState, **last: Any) -> ReleaseLadder:  # noqa: ANN401 - fields
    steps = [
        ReleaseStep(state=s, on=date(2026, 1, 1 + n)) for n, s in enumerate(states)
    ]
    return ReleaseLadder(steps=(*steps[:-1], evolve(steps[-1], **last)))


RUNGS = [s for s in ReleaseState if s is not ReleaseState.RETIRED]


def test_the_release_tells_how_far_each_process_is_and_if_order_was_kept() -> None:
    key = "management-system-release"
    with draft("Trust") as d:
        aim = d.objective("Band C")
        shown = d.evidence("trial.pdf", id="trial")
        who = d.party("Ann Beck")
        d.process("Bare", critical=True)
        d.process("Half", release=ladder(*RUNGS[:3]))
        d.process(
            "Whole",
            achieves=[aim],
            release=ladder(*RUNGS, by=who.id, evidence=(shown.id,)),
        )
        cared = d.process("Cared", release=ladder(*RUNGS, by=who.id))
        given = d.process("Given", release=ladder(*RUNGS[:3]))
        d.process("Shown", release=ladder(*RUNGS[:2], evidence=(shown.id,)))
        d.process("Later", release=ladder(*RUNGS[:1], on=date(2026, 7, 1)))
        d.process("Gone", release=ladder(RUNGS[0], ReleaseState.RETIRED))
        d.care_record(
            "Manual written",
            process=cared,
            function="documentation",
            on=date(2026, 1, 3),
        )
        d.handover(process=given, on=date(2026, 1, 2))
        d.handover(process=given, delivered={Delivery.DOCUMENTS}, on=date(2026, 1, 3))
    assert cells(d.model, key, "Bare")[1:] == ["△ not yet"] * 4 + ["not in operation"]
    assert cells(d.model, key, "Later")[1] == "△ not yet"
    assert cells(d.model, key, "Whole")[1:] == [
        *(f"2026-01-0{n}" for n in range(1, 5)),
        "Ann Beck",
    ]
    words = said(d.model, key)
    order = words[words.rindex("Whether the order was kept") :]
    assert "Whole ✓ yes: “Band C” published 2026-01-02, but △ no document" in order
    assert "✓ yes: “trial.pdf”" in order
    assert "✓ yes: Manual written (2026-01-03)" in order
    assert "Ann Beck, △ no evidence is recorded" in order
    assert "✓ yes: handed over with its documents on 2026-01-03" in order
    assert "Bare △ no objective not installed not in operation" in order
    assert "✕ Critical, and not in operation: “Bare”." in words
    assert "Taken out of use: “Gone”." in words


def test_what_was_published_with_evidence_was_documented_in_time() -> None:
    step = ReleaseStep(state=RUNGS[1], on=DAY, evidence=(EvidenceId("manual"),))
    first = ReleaseStep(state=RUNGS[0], on=DAY)
    last = ReleaseStep(state=RUNGS[2], on=DAY)
    fourth = ReleaseStep(state=RUNGS[3], on=DAY)
    with draft("Trust") as d:
        d.evidence("manual.pdf", id="manual")
        d.process("Repairs", release=ReleaseLadder(steps=(first, step, last, fourth)))
    words = said(d.model, "management-system-release")
    assert "✓ yes: “manual.pdf”" in words
    assert "△ no verifier is recorded, △ no evidence is recorded" in words
    assert "△ nobody is recorded" in words


def test_the_performance_report_says_how_it_stands_and_what_is_not_known() -> None:
    key = "performance-report"
    with draft("Trust") as d:
        aim = d.objective("Band C", period=Period(None, date(2026, 5, 31)))
        share = d.success_measure(
            "Share",
            of=aim,
            unit="%",
            direction="higher",
            frequency=Cadence(1, Unit.MONTH),
            targets=[TargetSetting(value=Decimal(82))],
        )
        d.success_measure("Untargeted", of=aim)
        d.success_measure(
            "Undirected", of=aim, targets=[TargetSetting(value=Decimal(1))]
        )
        d.objective("Unmeasured")
        work = d.process("Repairs")
        d.success_measure("Of process", of=work)
        for month, value in ((1, 70), (2, 75)):
            d.observation(measure=share, value=Decimal(value), at=date(2026, month, 1))
    assert cells(d.model, key, "Band C")[1:] == [
        "Share",
        "82 %",
        "75 % (2026-02-01)",
        "2 readings, from 70 to 75",
        "✕ missed △ no cause is recorded",
    ]
    words = said(d.model, key)
    assert "1 objective without a measure: “Unmeasured”." in words
    assert "2 measures without a target: “Untargeted” and “Of process”." in words
    assert "3 measures without a reading:" in words
    assert "1 measure read less often than they should be: “Share”." in words
    assert "1 measure that do not say which values are good: “Undirected”." in words
    assert "Unmeasured △ no measure is recorded" in words
    with edited(d.model) as d:
        d.investigation("Too slow", cause="No vans", addresses=[aim], on=DAY)
        d.investigation("Not yet", cause="Later", addresses=[aim], on=date(2026, 7, 1))
        d.observation(measure="share", value=Decimal(90))
    assert cells(d.model, key, "Band C")[-1] == "✕ missed No vans"


def test_where_all_is_known_the_performance_report_says_so() -> None:
    with draft("Trust") as d:
        aim = d.objective("Band C")
        d.success_measure(
            "Share",
            id="share",
            of=aim,
            direction="higher",
            targets=[TargetSetting(value=Decimal(82))],
        )
        d.observation(measure="share", value=Decimal(90))
    words = said(d.model, "performance-report")
    assert "✓ Every objective is measured, and every measure read." in words
    assert "90 (no day is recorded)" in words


def test_the_improvement_plan_says_why_by_whom_until_when_and_if_it_works() -> None:
    key = "improvement-plan"
    with draft("Trust") as d:
        risk = d.potential_impact("Flood", cause="The wall is old")
        aim = d.objective("Dry homes")
        signal = d.drift_signal("Hours on the waterfront")
        case = d.investigation("Damp", cause="No vents", addresses=[aim])
        measure = d.success_measure(
            "Dry",
            of=aim,
            unit="homes",
            direction="higher",
            targets=[TargetSetting(value=Decimal(5))],
        )
        loose = d.success_measure("Loose")
        d.observation(measure=measure, value=Decimal(6), at=DAY)
        shown = d.evidence("log")
        d.review_cycle("Review", id="review", status="active")
        decided = d.decision("Do it", cycle="review", rationale="It pays")
        d.improvement_action(
            "Raise it",
            id="raise",
            decision=decided,
            addresses=[risk, aim, signal, case],
            due=date(2026, 6, 29),
            effect_measure=measure,
        )
        owned(d, "raise")
        d.improvement_action("Bare", decision=decided)
        d.improvement_action("Aside")
        d.improvement_action("Other", effect_measure=loose)
        d.improvement_action(
            "Seen",
            decision=decided,
            status=ActionStatus.VERIFIED,
            evidence=[shown],
            verified_by="ann",
            closed=date(2026, 6, 1),
        )
        d.improvement_action("Just done", decision=decided, status="done")
        d.improvement_action("Stopped", decision=decided, status="canceled")
    assert cells(d.model, key, "Raise it")[1:] == [
        "The wall is old; No vents; drift: Hours on the waterfront",
        "Ann Beck",
        "2026-06-29 ✕ late",
        "Dry; target 5 homes, now 6 homes ✓ met",
        "· open",
    ]
    assert cells(d.model, key, "Bare")[1:] == [
        "△ no cause is recorded; decided because: It pays",
        "△ no owner is recorded",
        "△ no day is recorded",
        "△ no measure is recorded",
        "· open",
    ]
    assert cells(d.model, key, "Aside")[1] == "△ no cause is recorded"
    assert cells(d.model, key, "Other")[4] == "Loose △ no reading"
    assert cells(d.model, key, "Seen")[-1] == "✓ verified 2026-06-01, by Ann Beck"
    assert (
        cells(d.model, key, "Just done")[-1]
        == "✓ done on a day not recorded, △ not verified"
    )
    assert cells(d.model, key, "Stopped")[-1] == "· canceled"
    words = said(d.model, key)
    assert "Of no review, or of another" in words
    assert "✕ 1 of them are late" in words
    assert "✕ 4 have no owner" in words


def test_the_strategic_analysis_shows_every_part_that_is_scanned() -> None:
    key = "strategic-analysis"
    with draft("Trust") as d:
        law = d.influencer("A law", side="external", category="Legal", trend="up")
        d.influencer("Our people", side="internal", origin="survey")
        d.influencer("Whales", category="marine")
        d.influencer("Anything")
        d.conclusion("Nothing new", kind="nothing_material", about="scan:political")
        d.conclusion("The sea comes closer", about="climate")
        d.assessment("It costs", influencers=[law], swot="threat", strength=-65)
        d.assessment("Whatever")
        d.potential_impact("Storm")
        d.potential_impact(
            "Flood", likelihood=0.25, impact=-80, review_by=date(2026, 6, 1)
        )
    text = document(d.model, key, on=DAY, people=True).markdown
    parts = re.findall("^### (.*)$", text, re.MULTILINE)
    assert parts == [
        "Political",
        "Economic",
        "Social",
        "Technological",
        "Legal",
        "Environmental",
        "Internal",
        "Marine",
        "Without a field",
        "Strengths",
        "Weaknesses",
        "Opportunities",
        "Threats",
        "Not judged as one of the four",
    ]
    words = said(d.model, key)
    assert "Political Nothing new (concluded) Economic △ nothing is recorded" in words
    assert "A law ↑ · no day is recorded · no source is recorded" in words
    assert "Our people trend not known · no day is recorded · survey" in words
    assert "It costs (-65 of 100; because of “A law”)" in words
    assert "Whatever (not rated; because of nothing that is recorded)" in words
    assert "20 (25 % of 80)" in words
    assert "2026-06-01 ✕ late" in words
    storm = cells(d.model, key, "Storm")
    assert (storm[3], storm[-1]) == ("△ not rated", "△ no day is recorded")
    assert "The sea comes closer (concluded)" in words


def test_market_research_compares_clients_with_those_that_are_wanted() -> None:
    key = "market-research"
    yes = Fact(name="recurring", value="yes")
    with draft("Trust") as d:
        d.client("Council", facts=[yes], since=DAY)
        d.client("Passer-by")
    assert cells(d.model, key, "Council")[-1] == "no profile to compare"
    with edited(d.model) as d:
        d.client_profile("Loyal", wanted=[yes])
        d.stakeholder("Tenants", id="tenants", stakes={"customer"})
        d.stakeholder("Buyers", stakes={"customer"})
        d.stakeholder("Bank", stakes={"shareholder"})
        d.need("Warmth", stakeholder="tenants", importance=0.9)
        d.need("Light", stakeholder="tenants")
        d.benchmark("Arrears", value=Decimal("3.6"), peer="Northcliff")
    assert cells(d.model, key, "Council")[1:] == [
        "2026-06-30",
        "recurring: yes",
        "✓ yes",
    ]
    assert cells(d.model, key, "Passer")[1:] == [
        "△ no day is recorded",
        "△ no fact is recorded",
        "· no",
    ]
    assert cells(d.model, key, "Tenants")[1:] == ["Warmth", "90 %", "proposed"]
    assert cells(d.model, key, "Buyers")[1] == "△ no need is recorded"
    assert cells(d.model, key, "Arrears")[1:4] == ["Northcliff", "3.6", "△ no reading"]
    words = said(d.model, key)
    assert "Light △ not rated proposed" in words
    assert "Bank" not in words


def test_an_offering_is_new_until_the_process_that_makes_it_is_in_operation() -> None:
    key = "new-offering-strategy"
    with draft("Trust") as d:
        d.stakeholder("Tenants", id="tenants")
        warm = d.need("Warmth", stakeholder="tenants", status="accepted")
        d.need("Light", status="accepted")
        way = d.course_of_action("Insulate")
        used = d.process("Used", realizes=[way], release=ladder(*RUNGS))
        gone = d.process("Gone", release=ladder(RUNGS[0], ReleaseState.RETIRED))
        d.business_output("A home", satisfies=[warm], produced_by=used)
        d.business_output("Advice", description="By call", produced_by=gone)
    text = document(d.model, key, on=DAY).markdown
    assert text.index("Advice") < text.index("## In use") < text.index("A home")
    assert cells(d.model, key, "A home")[1:] == [
        "Tenants: Warmth",
        "Used",
        "“Insulate”",
        "✓ commissioned",
    ]
    assert cells(d.model, key, "Advice")[-1] == "△ not developed yet"
    assert cells(d.model, key, "Light")[1:] == [
        "△ no stakeholder is recorded",
        "△ not rated",
    ]
    with edited(d.model) as d:
        d.remove("advice")
        d.set("light", status="proposed")
    words = said(d.model, key)
    assert "Nothing is new: all offerings are in use." in words
    assert "None: every accepted need has an offering." in words


def test_the_review_report_hands_on_what_the_next_review_takes_over() -> None:
    key = "strategic-review-report"
    words = said(sample(), key, on=SAMPLE_DAY)
    handed = words[words.rindex("For the next review") :]

    assert (
        "Agree with the council when the sea wall is raised (due 2026-12-18)" in handed
    )
    assert "How suppliers and partners perform (deferred to 2026-11-02)" in handed
    assert "Hours on the waterfront against plan (raised 2026-10-09)" in handed
    assert "We build and keep homes people on low incomes can afford" in words
    assert "understand stakeholder needs" in words.casefold()
    assert "✕ nobody decided about it" in words
    assert "off mission 4,170; unknown 1,270" in words
    assert "Nobody could say what tenants in supported housing need" in words
    assert "strategy and plans, pass 2" not in words  # gone through again, not back to
    assert "87 % 20 of 23 not “Broadband" in words


def test_the_review_report_tells_what_is_missing_in_it() -> None:
    key = "strategic-review-report"
    with draft("Trust") as d:
        agenda = d.agenda("Own", entries=[AgendaEntry(code="1", title="Look back")])
        d.review_cycle(
            "Review", id="review", status="active", agenda=agenda, workflow="own"
        )
        d.agenda_item("Ahead", cycle="review")
        d.decision("Go on", cycle="review", kind="confirm_course")
        d.decision("Spend", cycle="review")
        d.decision("Later", cycle="review", at=date(2026, 7, 1))
        d.conclusion("It is so", cycle="review")
        d.drift_signal("Hours", status="dismissed", reason="It was planned")
        d.potential_impact("Flood", id="flood")
        d.artifact("Risks", cycle="review", covers=["flood"])
        d.improvement_action("Do it", decision="spend")
        for stage, number in (("elsewhere", 1), ("nowhere", 1), ("elsewhere", 2)):
            day = date(2026, 6, 3 if stage == "nowhere" else 2 * number)
            d.stage_run(cycle="review", stage=stage, pass_number=number, entered=day)
        d.stage_run(
            cycle="review", stage="nowhere", pass_number=2, entered=date(2026, 6, 5)
        )
    words = said(d.model, key)
    assert "Later" not in words
    assert "Look back ✕ not considered" in words
    assert "Ahead ✕ not considered △ nothing is recorded" in words
    assert "Go on confirm course △ no reason is recorded" in words
    assert "It is so (no name is recorded, no day is recorded)" in words
    assert "It was planned" in words
    assert "elsewhere, pass 2: △ no reason is recorded" in words
    assert "nowhere, pass 2" not in words  # it went on to there, and not back
    assert "1 action is handed on" in words
    assert "✕ 2 items of the agenda were not considered" in words
    assert "Do it (no day is recorded)" in words
    assert "Flood (no day is recorded)" in words
    assert "△ No mission is in force." in words
    assert "△ Effort: no snapshot of a period that ended is recorded" in words


def test_amounts_that_nobody_stated_are_not_taken_for_nothing() -> None:
    with draft("Trust") as d:
        d.allocation_snapshot(
            period=Period(None, DAY),
            basis="headcount",
            buckets=[AllocationBucket(name="Homes", actual=Decimal(3))],
        )
        d.revenue_snapshot(period=Period(None, DAY), off_mission=Decimal(5))
    words = said(d.model, "strategic-review-report")
    assert "3 headcount on what it names; off mission △ not stated; unknown △" in words
    assert "0 on what it names; off mission 5; unknown △ not stated" in words


def test_long_tables_say_how_much_they_leave_out() -> None:
    with draft("Trust") as d:
        for at in range(502):
            d.client(f"Client {at}")
        for at in range(5):
            d.party(f"P{at}", id=f"p{at}")
            d.role_assignment(
                role=d.role("Owner", kind="owner") if not at else "owner",
                party=f"p{at}",
                on=d.objective("Aim") if not at else "aim",
            )
    assert "2 rows not listed." in said(d.model, "market-research")
    assert cells(d.model, "business-plan", "Aim")[2] == "P0, P1, P2 and 2 more"


def test_an_effect_measured_by_what_cannot_be_read_is_named() -> None:
    with draft("Trust") as d:
        d.add(Opaque(kind="success_measure", id=AnyId("gone"), erased=True))
        d.improvement_action("Raise it", effect_measure="gone")
    assert cells(d.model, "improvement-plan", "Raise it")[4] == "gone"


def test_a_document_of_a_sound_review_is_whole() -> None:
    for key in KEYS:
        made = document(sound_model("review"), key, on=SOUND_DAY)
        assert_harmless(made.html)
