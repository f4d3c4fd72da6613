from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from missionkit.domain.draft import Draft
from missionkit.domain.ids import AnyId
from missionkit.domain.model import Model
from missionkit.domain.opaque import Opaque
from missionkit.domain.review import Affirmation, Artifact, ArtifactStatus
from missionkit.domain.values import Period
from missionkit.issue import Issue
from missionkit.ports.rule import NotJudged
from missionkit.rules.check import check
from missionkit.rules.facts.approvals import why_stale
from missionkit.trace.affirming import affirm
from missionkit.trace.approvals import approval_standing, pins_of
from tests.rules.approving import APPROVED, approve
from tests.rules.cases import told

DAY = date(2026, 3, 1)


def issues(model: Model, code: str, on: date | None = None) -> list[Issue]:
    return list(check(model, on=on).of(code))


def not_judged(model: Model, code: str, on: date | None = None) -> list[NotJudged]:
    return [each for each in check(model, on=on).not_judged if each.code == code]


def register(d: Draft, status: str = "approved") -> None:
    for ref in ("warm", "dry", "cheap"):
        d.need(ref.title(), id=ref)
    d.artifact("Research", id="research")
    covers = ("warm", "dry", "cheap")
    d.artifact("Needs", id="needs", covers=covers, inputs=("research",))
    approve(d, "needs", *covers, "research")
    d.set("needs", status=status)


def changing(*refs: str, status: str = "approved") -> Model:
    def story(d: Draft) -> None:
        register(d, status)
        for ref in refs:
            d.set(ref, notes="changed")

    return told(story)


@pytest.mark.parametrize(
    ("changed", "path", "said"),
    [
        (["needs"], "", "it changed since."),
        (["dry"], "covers[1]", "'Dry' changed since."),
        (["research"], "inputs[0]", "'Research' changed since."),
        (["warm", "dry"], "covers[0]", "'Warm' and 1 more changed since."),
        (["needs", "dry", "warm"], "", "it and 2 more changed since."),
    ],
    ids=str,
)
def test_what_changed_since_the_approval_is_named(
    changed: list[str], path: str, said: str
) -> None:
    (issue,) = issues(changing(*changed), "MK-STR-028")

    assert (issue.ref, issue.path) == ("needs", path)
    assert issue.message == f"Artifact 'Needs' was approved on 2026-03-01; {said}"
    assert all(ref in issue.value for ref in changed)


@pytest.mark.parametrize("status", [s for s in ArtifactStatus if s != "approved"])
def test_only_what_says_it_is_approved_is_judged(status: str) -> None:
    assert issues(changing("warm", status=status), "MK-STR-028") == []


def test_what_is_pinned_but_not_covered_has_no_place_in_the_artifact() -> None:
    def story(d: Draft) -> None:
        d.need("Warm", id="warm")
        d.artifact("Needs", id="needs", status="approved")
        approve(d, "needs", "warm")
        d.set("warm", notes="changed")

    (issue,) = issues(told(story), "MK-STR-028")

    assert issue.path == ""


def reviewed(d: Draft, status: str = "active") -> None:
    """Tell of a review whose engine had all needs approved, in its first pass."""
    d.party("Ann", id="ann")
    d.need("Warm", id="warm")
    d.need("Dry", id="dry")
    d.review_cycle("Review", id="review", status=status)
    d.stage_run(cycle="review", stage="plan", id="run", status="completed")
    fields: dict[str, Any] = {"cycle": "review", "stage": "plan"}
    fields["status"] = "approved"
    needs = d.artifact("Needs", id="needs", view="needs-register", **fields)
    d.approval(
        artifact="needs",
        party="ann",
        at=APPROVED,
        digests=pins_of(d.model, needs),
        view_version=1,
        pass_number=1,
    )


def change(d: Draft, *how: str) -> None:
    if "changed" in how:
        d.set("warm", notes="changed")
    if "added" in how:
        d.need("Cheap", id="cheap")
    if "removed" in how:
        d.remove("dry")
    if "undone" in how:
        d.set("run", status="superseded")
    if "itself" in how:
        d.set("needs", text="More")


@pytest.mark.parametrize(
    ("how", "path", "said", "gate"),
    [
        (["changed"], "", "'Warm' changed since", "one thing changed since"),
        (["added"], "view", "'Cheap' was added since", "one thing was added since"),
        (["removed"], "", "'dry' was removed since", "one thing was removed since"),
        (
            ["changed", "added", "itself"],
            "",
            "it and 1 more changed, 'Cheap' was added since",
            "2 things changed and one thing was added since",
        ),
    ],
    ids=str,
)
def test_what_was_added_or_removed_is_named_as_well(
    how: list[str], path: str, said: str, gate: str
) -> None:
    def story(d: Draft) -> None:
        reviewed(d)
        change(d, *how)

    (issue,) = issues(told(story), "MK-STR-028")

    assert issue.path == path
    assert issue.message == f"Artifact 'Needs' was approved on 2026-03-01; {said}."
    needs = told(story).get(Artifact, "needs")
    found = approval_standing(told(story), needs)
    assert why_stale(found) == f"{gate} it was approved"
    assert issue.value == repr(", ".join(found.differs))


def test_an_undone_pass_is_named() -> None:
    def story(d: Draft) -> None:
        reviewed(d)
        change(d, "undone", "added")

    (issue,) = issues(told(story), "MK-STR-028")

    assert issue.message == (
        "Artifact 'Needs' was approved on 2026-03-01; 'Cheap' was added since; the pass"
        " of its stage in which that was done was undone."
    )
    found = approval_standing(told(story), told(story).get(Artifact, "needs"))
    assert why_stale(found) == (
        "one thing was added since it was approved, and the pass of the stage in which"
        " it was approved was undone"
    )


def test_of_many_added_the_first_is_named() -> None:
    def story(d: Draft) -> None:
        reviewed(d)
        change(d, "added")
        d.need("Airy", id="airy")

    (issue,) = issues(told(story), "MK-STR-028")

    assert "'Airy' and 1 more were added since." in issue.message


@pytest.mark.parametrize("status", ["closed", "canceled"])
def test_what_a_review_that_is_over_showed_may_change(status: str) -> None:
    def story(d: Draft) -> None:
        reviewed(d, status)
        change(d, "changed", "added", "removed", "undone")

    assert issues(told(story), "MK-STR-028") == []


def test_what_a_review_that_is_over_recorded_may_not_change() -> None:
    def story(d: Draft) -> None:
        reviewed(d, "closed")
        change(d, "itself")

    assert [issue.ref for issue in issues(told(story), "MK-STR-028")] == ["needs"]


def test_an_approved_artifact_without_approval_is_found_where_others_have_one() -> None:
    def story(d: Draft) -> None:
        register(d)
        d.artifact("Other", id="other", status="approved")

    (issue,) = issues(told(story), "MK-STR-028")

    assert (issue.ref, issue.path, issue.value) == ("other", "status", "'approved'")
    assert issue.message == (
        "Artifact 'Other' says it is approved, but no approval of it is kept."
    )


def test_without_any_approvals_it_is_not_judged() -> None:
    model = told(lambda d: d.artifact("Other", id="other", status="approved"))

    assert issues(model, "MK-STR-028") == []
    (found,) = not_judged(model, "MK-STR-028")
    assert (found.why, found.refs) == ("the model keeps no approvals", ("other",))


def test_what_was_approved_after_the_day_is_no_fault_on_it() -> None:
    model = changing("warm")

    assert issues(model, "MK-STR-028", date(2026, 2, 28)) == []
    assert not_judged(model, "MK-STR-028", date(2026, 2, 28)) == []
    assert len(issues(model, "MK-STR-028", DAY)) == 1


def test_what_is_not_all_pinned_is_not_judged() -> None:
    def story(d: Draft) -> None:
        d.need("Warm", id="warm")
        d.artifact("Needs", id="needs", covers=("warm",), status="approved")
        approve(d, "needs")

    assert issues(told(story), "MK-STR-028") == []
    (found,) = not_judged(told(story), "MK-STR-028")
    assert found.refs == ("needs",)


def intent(
    *, pinned: bool, changed: bool = False, effective: Period | None = None
) -> Callable[[Draft], None]:
    def story(d: Draft) -> None:
        d.core_intent("House people", id="intent", effective=effective)
        d.goal("Homes", id="homes", intent="intent")
        d.goal("Walls", id="walls", intent="intent")
        d.goal("Bricks", id="bricks", parent="walls")
        d.artifact("Charter", id="charter")
        approve(d, "charter", *(["intent"] if pinned else []))
        if changed:
            d.set("intent", vision="All housed")

    return story


def test_an_intent_that_nobody_approved_is_one_issue() -> None:
    (issue,) = issues(told(intent(pinned=False)), "MK-TRC-003")

    assert issue.ref == "intent"
    assert issue.message == (
        "Core intent 'House people', to which 2 goals lead, was approved by nobody."
    )
    assert "approve" in issue.fix


def test_an_intent_that_changed_since_is_not_approved() -> None:
    (issue,) = issues(told(intent(pinned=True, changed=True)), "MK-TRC-003")

    assert issue.message == (
        "Core intent 'House people', to which 2 goals lead, changed since it was"
        " approved on 2026-03-01."
    )


def test_an_intent_that_is_approved_as_it_is_now_is_fine() -> None:
    model = told(intent(pinned=True))

    assert issues(model, "MK-TRC-003") == []
    assert not_judged(model, "MK-TRC-003") == []


def test_an_intent_to_which_no_goal_leads_is_not_asked() -> None:
    def story(d: Draft) -> None:
        intent(pinned=False)(d)
        for ref in ("homes", "walls"):
            d.remove("bricks") if ref == "walls" else None
            d.remove(ref)

    assert issues(told(story), "MK-TRC-003") == []


SPAN = Period(date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("on", "found"),
    [(date(2025, 12, 31), 0), (date(2026, 6, 1), 1), (date(2027, 1, 1), 0)],
)
def test_only_an_intent_in_force_must_be_approved(on: date, found: int) -> None:
    model = told(intent(pinned=False, effective=SPAN))

    assert len(issues(model, "MK-TRC-003", on)) == found
    assert not_judged(model, "MK-TRC-003", on) == []


def test_without_a_day_nobody_can_say_whether_an_intent_is_in_force() -> None:
    model = told(intent(pinned=False, effective=SPAN))

    assert issues(model, "MK-TRC-003") == []
    (found,) = not_judged(model, "MK-TRC-003")
    assert found.refs == ("intent",)
    assert "pass on=" in found.why


@pytest.mark.parametrize(
    ("since", "on", "found"),
    [
        (None, None, ["new"]),
        (Period(date(2026, 4, 1)), date(2026, 3, 31), ["intent"]),
        (Period(date(2026, 4, 1)), date(2026, 4, 1), ["new"]),
        (Period(date(2026, 4, 1)), None, []),
    ],
    ids=str,
)
def test_an_intent_is_replaced_by_one_in_force_that_supersedes_it(
    since: Period | None, on: date | None, found: list[str]
) -> None:
    def story(d: Draft) -> None:
        intent(pinned=False)(d)
        d.core_intent("New", id="new", supersedes="intent", effective=since)
        d.goal("Roofs", intent="new")

    assert [issue.ref for issue in issues(told(story), "MK-TRC-003", on)] == found


def test_an_intent_that_cannot_be_read_leaves_its_goals_unjudged() -> None:
    def story(d: Draft) -> None:
        d.add(Opaque(kind="core_intent", id=AnyId("gone"), erased=True))
        d.goal("Homes", id="homes", intent="gone")
        d.artifact("Charter", id="charter")
        approve(d, "charter")

    assert issues(told(story), "MK-TRC-003") == []
    (found,) = not_judged(told(story), "MK-TRC-003")
    assert found.refs == ("homes",)


def linked() -> Draft:
    d = Draft()
    d.party("Ann", id="ann")
    d.need("Warm", id="warm")
    d.need("Dry", id="dry")
    d.objective("Insulate", id="insulate", needs=("warm", "dry"))
    affirmed = affirm(d.model, "insulate", "needs", by="ann", on=DAY, why="Read again")
    return Draft(affirmed)


def test_a_suspect_link_says_who_affirmed_it_and_when() -> None:
    d = linked()
    assert issues(d.model, "MK-TRC-011") == []
    d.set("dry", statement="Dry walls")
    (issue,) = issues(d.model, "MK-TRC-011")

    assert (issue.ref, issue.path, issue.value) == ("insulate", "needs[1]", "'dry'")
    assert issue.message == (
        "Objective 'Insulate' leads to 'dry', changed since affirmed on 2026-03-01."
    )


def test_what_is_affirmed_after_the_day_is_not_suspect_on_it() -> None:
    d = linked()
    d.set("dry", statement="Dry walls")

    assert issues(d.model, "MK-TRC-011", DAY)
    assert issues(d.model, "MK-TRC-011", date(2026, 2, 28)) == []


def test_affirming_later_does_not_mend_it_before() -> None:
    d = linked()
    d.set("dry", statement="Dry walls")
    later = date(2026, 4, 1)
    mended = affirm(d.model, "insulate", "needs[1]", by="ann", on=later, why="Still")

    assert issues(mended, "MK-TRC-011", later) == []
    assert len(issues(mended, "MK-TRC-011", DAY)) == 1


def test_affirming_a_suspect_link_again_mends_it() -> None:
    d = linked()
    d.set("dry", statement="Dry walls")
    mended = affirm(d.model, "insulate", "needs[1]", by="ann", on=DAY, why="Still")

    assert issues(mended, "MK-TRC-011") == []
    assert len(mended.of(Affirmation)) == 3


def test_a_link_that_nobody_affirmed_is_not_suspect() -> None:
    d = linked()
    d.objective("Heat", needs=("warm",))

    assert issues(d.model, "MK-TRC-011") == []
    assert not_judged(d.model, "MK-TRC-011") == []


def test_a_link_to_what_cannot_be_read_is_not_judged() -> None:
    erased = [
        Opaque(kind="need", id=AnyId(ref), erased=True) for ref in ("warm", "dry")
    ]
    model = Model(
        [*(e for e in linked().model if e.id not in {"warm", "dry"}), *erased]
    )
    (found,) = not_judged(model, "MK-TRC-011")

    assert found.refs == ("insulate",)
    assert issues(model, "MK-TRC-011") == []
