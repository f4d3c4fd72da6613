"""The sample organization goes through two full reviews, as the example tells it."""

from collections.abc import Iterator
from contextlib import redirect_stdout
from datetime import date
from importlib.util import module_from_spec, spec_from_file_location
from io import StringIO
from pathlib import Path
from types import ModuleType

import pytest
from attrs import frozen

from missionkit.domain.context import PotentialImpact
from missionkit.domain.ids import PotentialImpactId
from missionkit.domain.model import Model
from missionkit.domain.review import (
    ActionStatus,
    AgendaItem,
    Approval,
    Artifact,
    CycleStatus,
    Disposition,
    DriftSignal,
    ImprovementAction,
    ReviewCycle,
    RunStatus,
    SignalStatus,
    StageRun,
    Waiver,
)
from missionkit.history.folding import fold
from missionkit.issue import RefusalKind, Verdict
from missionkit.ports.rule import RuleView
from missionkit.review.state import cycle_state
from missionkit.rules.check import check
from missionkit.rules.facts.carry_over import left_open
from missionkit.samples import sample
from missionkit.workspace import Workspace

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "two_cycles.py"
FIRST, SECOND, TRUST = "review-2026", "review-2027", "harbour"
END = date(2027, 11, 15)


@frozen
class Story:
    """What the example did, what was refused on the way, and what it printed."""

    ws: Workspace
    refusals: list[tuple[date, str, Verdict]]
    said: str


def _example() -> ModuleType:
    spec = spec_from_file_location("two_cycles", EXAMPLE)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    place = tmp_path_factory.mktemp("two_cycles") / "harbour.db"
    with redirect_stdout(StringIO()) as said:
        trust = _example().main(place)
    yield Story(trust.ws, trust.refusals, said.getvalue())
    trust.ws.close()


@pytest.fixture(scope="module")
def end(story: Story) -> Model:
    return story.ws.model(TRUST)


def _codes(verdict: Verdict) -> set[tuple[str, str]]:
    return {(each.issue.code, each.issue.ref) for each in verdict.refusals}


def _refused(story: Story, day: date, what: str) -> Verdict:
    (found,) = (each for each in story.refusals if each[:2] == (day, what))
    assert not found[2]
    return found[2]


def _versions(story: Story, act: str) -> list[int]:
    """Return the numbers of the commits that did an act."""
    facts = (commit.facts for commit in story.ws.store.read(TRUST))
    return [each.sequence for each in facts if act in each.acts]


def _artifacts(model: Model, cycle: str) -> list[Artifact]:
    return [each for each in model.of(Artifact) if each.cycle == cycle]


def test_both_reviews_are_closed_one_after_the_other(end: Model) -> None:
    first, second = end.get(ReviewCycle, FIRST), end.get(ReviewCycle, SECOND)
    assert (first.status, first.outcome) == (CycleStatus.CLOSED, "closed")
    assert (second.status, second.outcome) == (CycleStatus.CLOSED, "closed")
    assert (first.previous, second.previous) == ("review-2025", FIRST)


def test_a_correction_leads_from_review_to_direct_and_through_a_second_pass(
    end: Model, story: Story
) -> None:
    runs = {
        (run.stage, run.pass_number): run.status
        for run in end.of(StageRun)
        if run.cycle == FIRST
    }
    undone, done = RunStatus.SUPERSEDED, RunStatus.COMPLETED
    assert runs == {
        ("understand", 1): done,
        ("direct", 1): undone,
        ("enable", 1): undone,
        ("review", 1): undone,
        ("direct", 2): done,
        ("enable", 2): done,
        ("review", 2): done,
    }
    (found,) = cycle_state(end, FIRST, on=END).corrections
    assert (found.source, found.target, found.on) == (
        "review",
        "direct",
        date(2026, 11, 24),
    )
    assert found.causes == ("objective_wrong",)
    others = (run for run in end.of(StageRun) if run.id != f"{FIRST}-direct-2")
    assert {run.causes for run in others} == {()}
    assert len(_versions(story, f"fire:correct:{FIRST}")) == 1


def test_what_was_approved_in_a_pass_that_was_undone_is_approved_again(
    end: Model,
) -> None:
    again = {"direct", "enable"}
    for artifact in _artifacts(end, FIRST):
        passes = {e.pass_number for e in end.of(Approval) if e.artifact == artifact.id}
        if artifact.stage in again:
            assert passes == {1, 2}
    passes = {
        each.pass_number
        for each in end.of(Approval)
        if each.artifact == "performance-report-2026"
    }
    assert passes == {2}


def test_what_the_first_review_left_open_is_carried_into_the_second(
    end: Model,
) -> None:
    (found,) = (m for m in _artifacts(end, SECOND) if m.view == "carry-over")
    assert found.inputs == ("strategic-review-report-2026",)
    assert set(found.covers) == {
        "action-breakdown",
        "action-own-electricians",
        "action-own-land-first",
        "action-panel-first",
        "action-record-at-door",
        "action-sea-wall",
        "action-second-coach",
        "action-sensors",
        "action-trial-first",
        "review-2026-9-3-2-c7",
        "risk-child-ill",
        "risk-covenant",
        "risk-flood",
        "risk-trades-leave",
        "signal-waterfront-hours",
    }


def test_what_became_of_each_thing_that_was_carried_over_can_be_told(
    end: Model,
) -> None:
    state = cycle_state(end, SECOND, on=END)
    became = {each.id: each.open for each in state.carried}
    settled = {ref for ref, still in became.items() if still is False}
    looked_at = {ref for ref, still in became.items() if still is None}
    assert settled == {
        "action-own-electricians",
        "review-2026-9-3-2-c7",
        "signal-waterfront-hours",
    }
    assert {ref.partition("-")[0] for ref in looked_at} == {"risk"}
    action = end.get(ImprovementAction, "action-own-electricians")
    assert (action.status, action.verified_by) == (ActionStatus.VERIFIED, "party-n6f2")
    signal = end.get(DriftSignal, "signal-waterfront-hours")
    assert (signal.status, signal.decision) == (SignalStatus.ACTED, "leave-waterfront")
    assert end.get(PotentialImpact, "risk-flood").review_by == date(2028, 11, 30)


def test_an_item_that_is_deferred_again_is_on_the_agenda_once(end: Model) -> None:
    items = [each for each in end.of(AgendaItem) if each.code == "9.3.2.c7"]
    assert [(each.cycle, each.disposition) for each in items] == [
        ("review-2025", Disposition.DEFERRED),
        (FIRST, Disposition.DEFERRED),
        (SECOND, Disposition.CONSIDERED),
    ]
    assert "review-2026-9-3-2-c7" in end.get(AgendaItem, "review-2027-9-3-2-c7").notes


def test_a_risk_that_only_the_view_of_a_register_shows_is_left_to_the_next_review(
    end: Model,
) -> None:
    risk = PotentialImpact(id=PotentialImpactId("risk-new"), event="A mine drifts in")
    model = end.with_(risk)
    cycle = model.get(ReviewCycle, SECOND)
    view = RuleView(model=model, on=END, cycle=cycle)
    assert "risk-new" in {each.id for each in left_open(view, cycle, END)}


def test_an_approval_goes_stale_is_told_with_the_change_and_reaffirmed(
    story: Story,
) -> None:
    verdict = _refused(story, date(2026, 11, 10), "complete direct, mended")
    assert _codes(verdict) == {
        ("MK-GAT-017", "business-plan-2026"),
        ("MK-GAT-017", "objective-tree-2026"),
    }
    tree = "objective-tree-2026"
    before, *_ = _versions(story, f"reaffirm:{tree}")
    day = date(2026, 11, 10)
    stale = cycle_state(story.ws.model(TRUST, version=before - 1), FIRST, on=day).stale
    (found,) = (each for each in stale if each.artifact.id == tree)
    assert set(found.standing.changed) == {"relet-time", "broadband", "step-free"}
    assert found.standing.added == ("with-tenants",)
    after = cycle_state(story.ws.model(TRUST, version=before), FIRST, on=day)
    assert tree not in {each.artifact.id for each in after.stale}
    told = story.said.partition("Business plan 2026 (business-plan-2026) is stale\n")[2]
    assert "party-x3g9: Mend the plan (changed)\n        weight: 0.3 → 0.4" in told


@pytest.mark.parametrize(
    "case",
    [
        (date(2026, 12, 2), "complete direct, pass 2", "MK-GAT-011", "market-rent"),
        (date(2027, 11, 1), "complete understand", "MK-GAT-003", TRUST),
        (date(2027, 11, 8), "complete direct", "MK-GAT-010", "discharge-homes"),
    ],
)
def test_a_waiver_lets_pass_until_its_day_and_then_refuses(
    story: Story, end: Model, case: tuple[date, str, str, str]
) -> None:
    day, what, code, on = case
    (waiver,) = (each for each in end.of(Waiver) if each.on == on)
    assert waiver.until < day
    assert (code, on) in _codes(_refused(story, day, what))
    later = [verdict for when, _, verdict in story.refusals if when > waiver.until]
    assert (code, on) not in {(i.code, i.ref) for each in later for i in each.waived}


def test_a_waiver_in_force_is_told_with_the_verdict_it_covers(story: Story) -> None:
    verdict = _refused(story, date(2026, 11, 10), "complete direct, mended")
    waived = {(issue.code, issue.ref) for issue in verdict.waived}
    assert ("MK-GAT-011", "market-rent") in waived
    assert ("MK-GAT-010", "discharge-homes") in waived


def test_nobody_approves_what_they_wrote(story: Story, end: Model) -> None:
    verdict = _refused(story, date(2026, 11, 24), "approve the own report")
    (refusal,) = verdict.refusals
    assert refusal.kind is RefusalKind.ROLE
    assert refusal.issue.code == "MK-ACC-010"
    made = {each.id: each for each in end.of(Artifact)}
    own = [
        each.id
        for each in end.of(Approval)
        if each.party in (made[each.artifact].author, made[each.artifact].submitter)
    ]
    assert own == []


def test_the_second_review_is_not_opened_without_the_report_of_the_first(
    story: Story,
) -> None:
    verdict = _refused(story, date(2026, 12, 9), "open the next without a report")
    assert _codes(verdict) == {("MK-GAT-001", FIRST)}
    scenario = story.ws.model("harbour/no-report")
    assert scenario.get(ReviewCycle, FIRST).status is CycleStatus.CLOSED
    assert scenario.get(ReviewCycle, SECOND).status is CycleStatus.DRAFT


def test_check_finds_no_error_of_structure_or_review_that_the_engine_made(
    end: Model,
) -> None:
    before = sample()
    found = check(end, on=END, select=("MK-STR", "MK-REV")).errors
    assert [each for each in found if each.ref not in before] == []
    known = {
        (each.code, each.ref)
        for each in check(before, on=END, select=("MK-STR", "MK-REV")).errors
    }
    new = {(each.code, each.ref) for each in found} - known
    # What people approved in 2025 without the engine says nothing of passes: it is
    # judged for ever by what it pinned, also after reviews that replaced it.
    assert {code for code, _ in new} <= {"MK-STR-028"}
    assert all(ref.endswith("-2025") for _, ref in new)


def test_replaying_the_commits_gives_the_same_model(story: Story, end: Model) -> None:
    assert fold(story.ws.store.read(TRUST)) == end
    assert Workspace(store=story.ws.store).model(TRUST) == end


def test_nothing_that_was_written_has_changed(story: Story) -> None:
    assert story.ws.verify()


def test_every_act_is_one_commit_with_its_reason(story: Story) -> None:
    facts = [commit.facts for commit in story.ws.store.read(TRUST)]
    assert all(each.why for each in facts)
    acts = [act for each in facts for act in each.acts]
    assert acts.count(f"fire:complete:{FIRST}") == 6
    assert acts.count(f"fire:complete:{SECOND}") == 4
    ours = [[a for a in each.acts if not a.startswith("snapshot:")] for each in facts]
    assert max(map(len, ours)) == 1


def test_the_story_tells_each_refusal_with_what_would_mend_it(story: Story) -> None:
    assert story.said.count("REFUSED") == len(story.refusals) == 9
    for _, _, verdict in story.refusals:
        for refusal in verdict.refusals:
            assert refusal.issue.message in story.said
            assert f"fix: {refusal.issue.fix}" in story.said


def test_the_page_that_tells_the_story_quotes_what_is_printed(story: Story) -> None:
    page = EXAMPLE.parents[1] / "docs" / "tutorial" / "04-two-reviews.md"
    quoted = page.read_text(encoding="utf-8").split("```text\n")[1:]
    lines = [
        line for block in quoted for line in block.partition("```")[0].splitlines()
    ]
    assert len(lines) > 20
    assert set(lines) <= set(story.said.splitlines())
