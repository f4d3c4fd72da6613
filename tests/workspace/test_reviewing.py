"""A review on a store: each act is one commit with its reason, or none at all."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from attrs import evolve

from missionkit.codec.stored import Stored
from missionkit.domain.draft import Draft
from missionkit.domain.four_stages import FOUR_STAGES
from missionkit.domain.history import Actor, Commit
from missionkit.domain.plan import Objective
from missionkit.domain.review import (
    ActionStatus,
    AgendaItem,
    Approval,
    Artifact,
    ArtifactStatus,
    CycleStatus,
    Decision,
    Disposition,
    Evidence,
    ImprovementAction,
    ReviewCycle,
    Waiver,
)
from missionkit.errors import InvalidValueError, NotFoundError, RefusedError
from missionkit.history import blaming
from missionkit.history.folding import changed
from missionkit.review import Approve, Decide, Fire
from missionkit.testing.sound import sound_model
from missionkit.workspace import Workspace
from missionkit.workspace.reviewing import Review, Told
from tests.workspace.approvals import FREE, SETTINGS

CHAIR, MANAGER, COUNTER = "party-c4r0", "party-m4n5", "party-s311"
CYCLE = "review-2026"
PLAN = "review-2026-improvement-plan"


class Clock:
    """Goes on by a minute whenever it is asked, from the day of the sound model."""

    def __init__(self) -> None:
        self.now = datetime(2026, 6, 30, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


@pytest.fixture
def ws() -> Iterator[Workspace]:
    """Give a workspace that holds the bakery in its review."""
    with Workspace(":memory:", clock=Clock()) as made:
        with made.edit("bakery", by="chair", why="begin", create=True) as d:
            d.become(sound_model("review"))
        yield made


def last(ws: Workspace) -> tuple[str, str, tuple[str, ...]]:
    head = list(ws.store.read("bakery"))[-1].facts
    return head.actor, head.why, head.acts


def evidence(ref: str) -> Evidence:
    d = Draft()
    d.evidence(id=ref, locator=f"{ref}.pdf")
    return d.model.get(Evidence, ref)


def decision(ref: str) -> Decision:
    d = Draft()
    d.decision("We go", id=ref)
    return d.model.get(Decision, ref)


def test_an_event_is_one_commit_with_its_reason(ws: Workspace) -> None:
    review = ws.review("bakery", CYCLE)
    commit = review.fire("block", by=CHAIR, why="No figures yet")

    assert review.cycle.status is CycleStatus.BLOCKED
    assert ws.version("bakery") == 2
    assert last(ws) == (CHAIR, "No figures yet", (f"fire:block:{CYCLE}",))
    assert commit.facts.at == datetime(2026, 6, 30, 9, 2, tzinfo=UTC)
    assert repr(review) == "Review('bakery', 'review-2026')"
    assert review._repr_html_() == review.state().to_html()


def test_a_correction_takes_causes_and_evidence(ws: Workspace) -> None:
    review = ws.review("bakery", CYCLE)
    review.fire(
        "correct",
        by=CHAIR,
        why="The objective was wrong",
        causes=(cause for cause in ("objective_wrong",)),
        evidence=(each for each in (evidence("audit"), "minutes-2026")),
    )

    assert review.cycle.stage == "direct"
    (found,) = review.state().corrections
    assert (found.target, found.why) == ("direct", "The objective was wrong")
    assert review.model.get(Evidence, "audit").supports


def test_what_is_refused_writes_nothing_and_says_what_can_says(ws: Workspace) -> None:
    review = ws.review("bakery", CYCLE)
    verdict = review.can("complete", by=MANAGER)

    assert not verdict
    with pytest.raises(RefusedError) as caught:
        review.fire("complete", by=MANAGER, why="Done")
    assert caught.value.verdict.refusals == verdict.refusals
    assert ws.version("bakery") == 1
    assert review.can("block", by=Actor(id=MANAGER), why="Because")


def test_an_act_can_be_given_as_such(ws: Workspace) -> None:
    review = ws.review("bakery", CYCLE)
    review.perform("suspend", by=CHAIR, why="Fire in the bakehouse")
    review.perform(Fire(event="resume"), by=CHAIR, why="It is out")

    assert review.cycle.status is CycleStatus.ACTIVE
    acts = [commit.facts.acts for commit in ws.store.read("bakery")]
    assert acts[1:] == [(f"fire:suspend:{CYCLE}",), (f"fire:resume:{CYCLE}",)]


def test_submit_approve_and_reaffirm(ws: Workspace) -> None:
    review = ws.review("bakery", CYCLE)
    made = evolve(review.model.get(Artifact, PLAN), text="Another text", author=None)
    review.submit(made, by=CHAIR, why="Better")
    assert last(ws) == (CHAIR, "Better", (f"submit:{PLAN}",))
    own = review.can(Approve(artifact=PLAN), by=CHAIR)
    assert not own

    with ws.edit("bakery", by="clerk", why="A second auditor") as d:
        ada = d.party("Ada", id="party-ada")
        d.role_assignment(id="second", role="reviewer", party=ada)
    review.approve(PLAN, by="party-ada", why="Read it")
    assert last(ws) == ("party-ada", "Read it", (f"approve:{PLAN}",))
    assert review.model.get(Artifact, PLAN).status is ArtifactStatus.APPROVED

    (action, *_) = made.covers
    with ws.edit("bakery", by="clerk", why="Reworded") as d:
        d.set(action, statement="Something else")
    (stale,) = review.stale()
    assert stale.standing.artifact.id == PLAN
    review.reaffirm(made, by="party-ada", why="Only the wording")
    assert last(ws) == ("party-ada", "Only the wording", (f"reaffirm:{PLAN}",))
    assert review.stale() == ()
    given = [a for a in review.model.of(Approval) if a.artifact == PLAN]
    assert len(given) == 3


def test_waive_dispose_decide(ws: Workspace) -> None:
    review = ws.review("bakery", CYCLE)
    until = date(2026, 7, 31)
    review.waive(
        "MK-GAT-028", CYCLE, until, requested_by=MANAGER, by=CHAIR, why="In July"
    )
    assert last(ws)[2] == (f"waive:MK-GAT-028:{CYCLE}",)
    assert any(each.until == until for each in review.model.of(Waiver))

    review.dispose_agenda_item(
        f"{CYCLE}-risks",
        Disposition.CONSIDERED,
        summary="Seen",
        evidence=(each for each in ("minutes-2026",)),
        by=CHAIR,
        why="In the meeting",
    )
    assert last(ws)[2] == (f"dispose_agenda_item:{CYCLE}-risks",)
    assert review.model.get(AgendaItem, f"{CYCLE}-risks").summary == "Seen"

    d = Draft()
    d.decision("We keep the oven", id="keep-oven", rationale="It lasts")
    review.decide(d.model.get(Decision, "keep-oven"), by=CHAIR, why="Board")
    assert last(ws)[2] == ("decide:keep-oven",)
    assert review.state().decisions[0].id == "keep-oven"


def test_assign_and_verify_an_action(ws: Workspace) -> None:
    review = ws.review("bakery", CYCLE)
    with ws.edit("bakery", by="clerk", why="An owner's role") as d:
        d.role("Owner of actions", id="action-owner", kind="owner")
    review.assign_action("second-baker", COUNTER, by=MANAGER, why="They train")
    assert last(ws)[2] == ("assign_action:second-baker",)

    with ws.edit("bakery", by=COUNTER, why="Done") as d:
        d.set("second-baker", status="done", closed=date(2026, 6, 30))
    review.verify_action(
        "second-baker",
        effective=True,
        evidence=(each for each in (evidence("shift-plan"),)),
        by=CHAIR,
        why="Seen at the oven",
    )
    action = review.model.get(ImprovementAction, "second-baker")
    assert action.status is ActionStatus.VERIFIED
    assert last(ws)[2] == ("verify_action:second-baker",)


def test_a_review_is_opened_and_migrated() -> None:
    newer = evolve(FREE, version=2).migrates(1, {})
    with Workspace(":memory:", clock=Clock()) as ws:
        with ws.edit("bakery", by="chair", why="begin", create=True) as d:
            d.organization("Bakery", id="bakery")
            d.party("Chair", id="chair")
        d2 = Draft()
        d2.review_cycle("Quick look", id="quick", workflow="free")
        value = d2.model.get(ReviewCycle, "quick")
        told: dict[str, Any] = {"by": "chair", "why": "It is time"}
        review = ws.open_review("bakery", value, **told, **SETTINGS)
        assert last(ws) == ("chair", "It is time", ("open_review:quick",))
        assert review.cycle.status is CycleStatus.DRAFT

        review = ws.review("bakery", "quick", workflows=(FREE, newer))
        review.fire("open", by="chair", why="All are here")
        review.migrate(by="chair", why="A better form")
        assert last(ws)[2] == ("migrate:quick",)
        assert review.cycle.workflow_version == 2


def test_what_is_not_there_is_told_at_once(ws: Workspace) -> None:
    with pytest.raises(NotFoundError, match="did you mean 'bakery'"):
        ws.review("bakry", CYCLE)
    with pytest.raises(NotFoundError, match=CYCLE):
        ws.review("bakery", "review-2027")
    review = ws.review("bakery", ws.model("bakery").get(ReviewCycle, CYCLE))
    with pytest.raises(InvalidValueError):
        review.fire("block", by=CHAIR, why=" ")
    with pytest.raises(NotFoundError):
        review.fire("block", by=CHAIR, why="x", evidence=["nothing"])
    assert ws.version("bakery") == 1


def test_the_state_is_that_of_today_unless_a_day_is_given(ws: Workspace) -> None:
    review = ws.review("bakery", CYCLE)

    assert review.state().on == date(2026, 6, 30)
    assert review.state(on=date(2026, 12, 31)).on == date(2026, 12, 31)
    assert any(move.refusals for move in review.state(by=MANAGER).moves)


def test_what_went_stale_tells_which_commits_did_it(ws: Workspace) -> None:
    review = ws.review("bakery", CYCLE)
    tree = next(a for a in review.state().artifacts if "tree" in a.artifact.id)
    ref, *_ = tree.artifact.covers
    with ws.edit("bakery", by="clerk", why="Only a note in passing") as d:
        d.party("Somebody else", id="party-else")
    with ws.edit("bakery", by="planner", why="<b>Reworded</b>") as d:
        d.set(ref, statement="Something else")
    found = next(s for s in review.stale() if s.standing.artifact == tree.artifact)

    changed = {each.id: each.versions for each in found.changed}
    assert [v.header.actor for v in changed[ref]] == ["planner"]
    assert "statement: " in str(found)
    assert "planner: <b>Reworded</b>" in str(found)
    assert "<b>" not in found._repr_html_()
    told = found.as_dict()
    assert told["artifact"] == tree.artifact.id
    assert [each["id"] for each in told["changed"]] == list(changed)  # type: ignore[attr-defined]


def test_changes_of_progress_are_not_to_blame(ws: Workspace) -> None:
    review = ws.review("bakery", CYCLE)
    made = review.model.get(Artifact, PLAN)
    (action, *_) = made.covers
    with ws.edit("bakery", by="baker", why="Begun") as d:
        d.set(action, status="open")
    assert review.stale() == ()
    with ws.edit("bakery", by="planner", why="Reworded") as d:
        d.set(action, statement="Something else")
    (found,) = review.stale()

    (changed,) = found.changed
    assert [v.header.actor for v in changed.versions] == ["planner"]


def test_what_changed_before_the_history_began_is_said_to_be_so() -> None:
    model = sound_model("review")
    plan = model.get(Artifact, PLAN)
    (action, *_) = plan.covers
    d = Draft(model)
    d.set(action, statement="Something else")
    with Workspace(":memory:", clock=Clock()) as ws:
        with ws.edit("bakery", by="chair", why="begin", create=True) as edit:
            edit.become(d.model)
        (found,) = ws.review("bakery", CYCLE).stale()

    assert "before the history began" in str(found)
    assert "before the history began" in found.to_html()


def with_approved_goals(ws: Workspace) -> Review:
    """Return the review after it handed in all goals, and somebody approved them."""
    with ws.edit("bakery", by="clerk", why="Something to show") as d:
        d.party("Ada", id="party-ada")
        d.role_assignment(id="second", role="reviewer", party="party-ada")
        d.goal("A third oven", id="third-oven")
        d.goal("A fourth oven", id="fourth-oven")
    review = ws.review("bakery", CYCLE)
    d2 = Draft()
    d2.artifact("Goals", id="goals", view="objective-tree")
    review.submit(d2.model.get(Artifact, "goals"), by=CHAIR, why="Ready")
    review.approve("goals", by="party-ada", why="Read")
    return review


def test_the_history_is_read_once_however_much_changed(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    review = with_approved_goals(ws)
    with ws.edit("bakery", by="planner", why="All anew") as d:
        for each in review.model.of(Objective):
            d.set(each.id, statement=f"Another {each.id}")
    read: list[int] = []

    def counted(commit: Commit) -> Iterator[tuple[str, Stored | None]]:
        read.append(commit.facts.sequence)
        return changed(commit)

    monkeypatch.setattr(blaming, "changed", counted)

    found = review.stale()

    assert sum(len(each.changed) for each in found) > 3
    assert read == list(range(1, ws.version("bakery") + 1))
    assert {
        version.header.why
        for each in found
        for changed in each.changed
        for version in changed.versions
    } == {"All anew"}


def test_what_only_lost_its_pass_says_so(ws: Workspace) -> None:
    review = with_approved_goals(ws)
    why = "The ovens cannot do it"
    review.fire("correct", by=CHAIR, why=why, causes="infeasible")
    (found,) = review.stale()

    said = f"{found}".splitlines()
    assert said[1:] == ["  the pass of the stage in which it was approved was undone"]
    assert found.as_dict()["pass_undone"] is True
    assert "was undone" in found.to_html()


def test_what_was_removed_is_told_with_who_removed_it(ws: Workspace) -> None:
    review = with_approved_goals(ws)
    with ws.edit("bakery", by="planner", why="Too dear") as d:
        d.remove("third-oven")
    found = next(s for s in review.stale() if s.standing.artifact.id == "goals")

    (changed,) = found.changed
    assert changed.id == "third-oven"
    assert [(v.what, v.header.why) for v in changed.versions] == [
        ("removed", "Too dear")
    ]
    assert isinstance(review, Review)


def test_what_an_edit_removed_is_made_again_under_another_id(ws: Workspace) -> None:
    review = ws.review("bakery", CYCLE)
    told: Told = {"by": CHAIR, "why": "The session was held"}
    review.fire("complete", **told)
    draft = Draft()
    draft.review_cycle("Next", id="next")
    after = ws.open_review("bakery", draft.model.get(ReviewCycle, "next"), **told)
    with ws.edit("bakery", by=CHAIR, why="By mistake") as d:
        d.remove("next-carry-over")

    assert after.can("open", by=CHAIR)
    after.fire("open", **told)
    made = [each.id for each in after.model.of(Artifact) if each.cycle == "next"]
    assert made == ["next-carry-over-2"]


def test_an_id_that_was_removed_is_refused_by_can_as_by_the_act(ws: Workspace) -> None:
    review, act = ws.review("bakery", CYCLE), Decide(decision=decision("gone"))
    with ws.edit("bakery", by=CHAIR, why="A draft") as d:
        d.add(decision("gone"))
    with ws.edit("bakery", by=CHAIR, why="Not so") as d:
        d.remove("gone")
    verdict = review.can(act, by=CHAIR)

    assert [refusal.issue.code for refusal in verdict.refusals] == ["MK-WFL-090"]
    with pytest.raises(RefusedError) as error:
        review.perform(act, by=CHAIR, why="Again")
    assert error.value.verdict == verdict


def test_settings_are_read_again_for_every_act(ws: Workspace) -> None:
    review = ws.review("bakery", CYCLE, workflows=iter([FOUR_STAGES]))

    assert review.can("block", by=CHAIR)
    review.fire("block", by=CHAIR, why="No figures yet")


@pytest.mark.parametrize("act", [None, 5, object()])
def test_what_is_no_act_is_told(ws: Workspace, act: Any) -> None:  # noqa: ANN401 - whatever a caller tries
    with pytest.raises(InvalidValueError, match="act must be an event or an act"):
        ws.review("bakery", CYCLE).perform(act, by=CHAIR, why="x")
