"""An approval stands while what it approved says the same."""

from datetime import date
from typing import Any

import pytest
from attrs import fields
from hypothesis import given, settings
from hypothesis import strategies as st

from missionkit.domain import views
from missionkit.domain.declaration import Element
from missionkit.domain.model import Model
from missionkit.domain.opaque import Opaque
from missionkit.domain.party import Party
from missionkit.domain.plan import Goal, Objective
from missionkit.domain.process import Process
from missionkit.domain.review import (
    ActionStatus,
    Approval,
    Artifact,
    ArtifactStatus,
    ImprovementAction,
    ReviewCycle,
    RunStatus,
    StageRun,
)
from missionkit.domain.spec import spec_of
from missionkit.domain.stakeholder import Need, Stakeholder
from missionkit.domain.views import VIEWS, View
from missionkit.testing.strategies import elements
from missionkit.trace.approvals import (
    Approvals,
    ApprovalState,
    approval_standing,
    pins_of,
    shown_by,
)
from tests.review.handing_in import DAY, NOON, new, other

REGISTER = new(
    Artifact,
    id="needs",
    title="Needs",
    view="needs-register",
    cycle="now",
    stage="plan",
)
ACTIONS = new(
    Artifact,
    id="plan",
    title="Plan",
    view="improvement-plan",
    cycle="now",
    stage="plan",
)
RUN = new(StageRun, id="run", cycle="now", stage="plan", status=RunStatus.IN_PROGRESS)


def world(*more: Element) -> Model:
    base: tuple[Element, ...] = (
        new(ReviewCycle, id="now", name="Now"),
        RUN,
        new(Party, id="ann", name="Ann"),
        new(Party, id="ben", name="Ben"),
        new(Need, id="warm", statement="Warm"),
        new(Need, id="dry", statement="Dry"),
        new(ImprovementAction, id="fix", statement="Fix"),
        REGISTER,
        ACTIONS,
    )
    return Model({each.id: each for each in (*base, *more)}.values())


def approved(model: Model, ref: str = "needs", **told: object) -> Model:
    artifact = model.get(Artifact, ref)
    version = 1 if artifact.view else None
    facts: dict[str, Any] = {"at": NOON, "party": "ann", "pass_number": 1}
    facts |= {"view_version": version, **told}
    name = str(facts.pop("id", f"approval-of-{ref}"))
    pins = pins_of(model, artifact, at=facts["at"])
    return model.with_(new(Approval, id=name, artifact=ref, digests=pins, **facts))


def standing(
    model: Model, ref: str = "needs", on: date | None = None
) -> tuple[Any, ...]:
    found = approval_standing(model, model.get(Artifact, ref), on=on)
    return (found.state, found.changed, found.added, found.removed, found.passed)


FINE = (ApprovalState.APPROVED, (), (), (), False)


def stale(
    *changed: str,
    added: tuple[str, ...] = (),
    removed: tuple[str, ...] = (),
    passed: bool = False,
) -> tuple[Any, ...]:
    return (ApprovalState.STALE, changed, added, removed, passed)


# Of each view the kinds that it shows, written a second time.
SHOWS = {
    "stakeholder-register": "stakeholder need",
    "needs-register": "need",
    "market-research": "influencer client client_profile",
    "strategic-analysis": "influencer assessment potential_impact",
    "core-intent": "core_intent",
    "objective-tree": "goal objective success_measure",
    "strategy": "course_of_action directive",
    "business-plan": "goal objective course_of_action resource_demand",
    "new-offering-strategy": "business_output course_of_action",
    "risk-register": "potential_impact",
    "process-map": "process flow",
    "process-definitions": "process activity",
    "responsibility-matrix": "role responsibility",
    "measurement-plan": "success_measure",
    "resource-demand": "resource resource_demand",
    "management-system-release": "process",
    "performance-report": "objective success_measure observation",
    "improvement-plan": "improvement_action",
    "decision-log": "decision",
    "strategic-review-report": "agenda_item conclusion decision drift_signal"
    " allocation_snapshot revenue_snapshot",
}


def test_version_one_of_each_view_shows_what_it_was_declared_to_show() -> None:
    firsts = [view for view in VIEWS if view.version == 1]

    assert {
        view.key: " ".join(spec_of(kind).kind for kind in view.kinds) for view in firsts
    } == SHOWS


def test_a_view_shows_all_elements_of_its_kinds_by_kind_and_id() -> None:
    model = world(
        new(Stakeholder, id="tenants", name="Tenants"), new(Goal, id="g", statement="G")
    )
    both = other(REGISTER, view="stakeholder-register")

    assert shown_by(model, both) == ("tenants", "dry", "warm")
    assert shown_by(model, REGISTER) == ("dry", "warm")


def test_what_is_covered_is_shown_in_place_of_the_view() -> None:
    some = other(REGISTER, covers=("warm", "fix"))

    assert shown_by(world(), some) == ("warm", "fix")


@pytest.mark.parametrize("view", [None, "own"])
def test_without_a_known_view_nothing_is_shown(view: str | None) -> None:
    assert shown_by(world(), other(REGISTER, view=view)) == ()


def test_what_cannot_be_read_is_shown_and_not_pinned() -> None:
    model = world(Opaque(kind="need", id="gone", erased=True))

    assert shown_by(model, REGISTER) == ("dry", "warm", "gone")
    assert [pin.of for pin in pins_of(model, REGISTER)] == ["needs", "dry", "warm"]
    found = approval_standing(approved(model), REGISTER)
    assert (found.state, found.unknown) == (ApprovalState.UNKNOWN, ("gone",))


def test_pins_are_of_itself_of_what_it_shows_and_of_what_it_is_made_from() -> None:
    report = new(
        Artifact, id="report", title="Report", inputs=("needs", "plan"), cycle="now"
    )
    model = world(report, new(Goal, id="g", statement="G"))
    pins = pins_of(model, report)

    refs = ["report", "needs", "dry", "warm", "plan", "fix"]
    assert [str(pin.of) for pin in pins] == refs
    assert [pin.digest for pin in pins] == [model.digest(ref) for ref in refs]


def test_what_an_input_of_another_review_shows_is_not_pinned() -> None:
    last = other(REGISTER, id="last", cycle="before")
    report = new(Artifact, id="report", title="Report", inputs=("last",), cycle="now")
    model = world(last, report, new(ReviewCycle, id="before", name="Before"))

    assert [pin.of for pin in pins_of(model, report)] == ["report", "last"]


def test_what_changed_was_added_or_removed_is_named() -> None:
    model = approved(world())
    assert standing(model) == FINE

    changed = model.with_(other(model.get(Need, "warm"), statement="Warmer"))
    assert standing(changed) == stale("warm")
    added = model.with_(new(Need, id="cheap", statement="Cheap"))
    assert standing(added) == stale(added=("cheap",))
    assert standing(model.without("dry")) == stale(removed=("dry",))
    assert standing(changed.with_(*added.of(Need)[:1]).without("dry")) == stale(
        "warm", added=("cheap",), removed=("dry",)
    )


def test_a_change_of_what_an_input_shows_falls_through() -> None:
    report = new(Artifact, id="report", title="Report", inputs=("needs",), cycle="now")
    model = approved(world(report), "report")
    changed = model.with_(other(model.get(Need, "warm"), statement="Warmer"))

    assert standing(changed, "report") == stale("warm")
    more = model.with_(new(Need, id="cheap", statement="Cheap"))
    assert standing(more, "report") == stale(added=("cheap",))


def test_who_approves_what_was_made_from_something_does_not_approve_that() -> None:
    report = new(Artifact, id="report", title="Report", inputs=("needs",), cycle="now")
    model = approved(approved(world(report)), "report")
    given = {str(each.artifact): each for each in model.of(Approval)}
    book = Approvals(model)

    assert book.subjects(given["report"]) == ("report",)
    assert book.subjects(given["needs"]) == ("needs", "dry", "warm")
    by_hand = other(given["report"], view_version=None, pass_number=None)
    assert book.subjects(by_hand) == ("report", "needs", "dry", "warm")


@pytest.mark.parametrize(
    ("status", "after", "passed"),
    [
        (RunStatus.IN_PROGRESS, None, False),
        (RunStatus.BLOCKED, None, False),
        (RunStatus.COMPLETED, None, False),
        (RunStatus.SUPERSEDED, None, True),
        (RunStatus.COMPLETED, RunStatus.NOT_STARTED, False),
        (RunStatus.COMPLETED, RunStatus.IN_PROGRESS, True),
        (RunStatus.COMPLETED, RunStatus.SUPERSEDED, True),
    ],
)
def test_an_approval_falls_with_the_pass_in_which_it_was_given(
    status: RunStatus, after: RunStatus | None, *, passed: bool
) -> None:
    runs = [other(RUN, status=status)]
    if after is not None:
        entered = (NOON + DAY).date()
        runs.append(
            other(RUN, id="run-2", pass_number=2, status=after, entered=entered)
        )
    model = approved(world()).with_(*runs)

    assert standing(model) == (stale(passed=True) if passed else FINE)
    by_hand = other(
        model.get(Approval, "approval-of-needs"), view_version=None, pass_number=None
    )
    assert standing(model.with_(by_hand)) == FINE
    before = after is not None and status is not RunStatus.SUPERSEDED
    assert not before or standing(model, on=NOON.date()) == FINE


@pytest.mark.parametrize("change", [{"cycle": None}, {"stage": None}])
def test_what_is_of_no_stage_has_no_pass(change: dict[str, None]) -> None:
    loose = other(REGISTER, **change)
    model = approved(world(loose)).with_(other(RUN, status=RunStatus.SUPERSEDED))

    assert standing(model) == FINE


def test_an_approval_is_judged_by_the_version_of_the_view_by_which_it_pinned(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    model = approved(world())
    report = new(Artifact, id="report", title="Report", inputs=("needs",), cycle="now")
    model = approved(model.with_(report), "report")
    draft = new(Artifact, id="draft", title="Draft", inputs=("plan",), cycle="now")
    model = approved(model.with_(draft), "draft")
    for key, kind in (
        ("needs-register", Need),
        ("improvement-plan", ImprovementAction),
    ):
        newer = View(key, (kind, Party), "With people", 2)
        monkeypatch.setitem(views._BY_NAME, (key, 2), newer)
        monkeypatch.setitem(views._NEWEST, key, newer)

    for ref in ("needs", "report", "draft"):
        assert standing(model, ref) == FINE
    assert shown_by(model, REGISTER, 1) == ("dry", "warm")
    assert shown_by(model, REGISTER) == ("dry", "warm", "ann", "ben")
    later = NOON + DAY
    again = approved(model, id="again", view_version=2, at=later)
    assert standing(again) == FINE
    assert len(again.get(Approval, "again").digests) == 5
    assert standing(again, "report") == FINE
    anew = other(again.get(Party, "ben"), name="Benedict")
    assert standing(again.with_(anew)) == stale("ben")


def test_a_version_of_a_view_that_is_not_here_is_not_known() -> None:
    model = approved(world(), view_version=9)
    found = approval_standing(model, REGISTER)

    assert (found.state, found.unknown) == (ApprovalState.UNKNOWN, ("needs",))
    covered = other(REGISTER, covers=("warm",))
    assert standing(approved(world(covered), view_version=9)) == FINE
    renamed = other(REGISTER, view="own")
    found = approval_standing(model.with_(renamed), renamed)
    assert (found.changed, found.unknown) == (("needs",), ())


def test_approvals_that_stand_are_those_of_others_one_a_party() -> None:
    model = approved(world(other(REGISTER, author="ben")))
    for number, party in enumerate(("ben", "ann", "ann"), 2):
        at = NOON + number * DAY
        model = approved(model, id=f"approval-of-needs-{number}", party=party, at=at)
    needs = model.get(Artifact, "needs")

    assert [a.id for a in Approvals(model).that_stand(needs)] == ["approval-of-needs-4"]
    early = Approvals(model, NOON.date())
    assert [a.id for a in early.that_stand(needs)] == ["approval-of-needs"]
    warmer = model.with_(other(model.get(Need, "warm"), statement="Warmer"))
    assert Approvals(warmer).that_stand(needs) == ()


def test_a_standing_says_in_words_what_it_is() -> None:
    model = approved(world())
    both = model.with_(
        other(model.get(Need, "warm"), statement="Warmer"),
        new(Need, id="cheap", statement="Cheap"),
        other(RUN, status=RunStatus.SUPERSEDED),
        Opaque(kind="need", id="gone", erased=True),
    ).without("dry")

    assert str(approval_standing(model, REGISTER)) == "needs: approved"
    assert str(approval_standing(both, REGISTER)) == (
        "needs: stale (changed: warm; added: cheap; removed: dry; not known: gone;"
        " its pass of the stage was undone)"
    )


KINDS = {Need: REGISTER, ImprovementAction: ACTIONS}
PROGRESS = {
    kind: {item.name for item in spec_of(kind).fields if not item.content}
    for kind in (Need, ImprovementAction, Artifact)
}
CHANGED = st.sampled_from([(Need, "warm"), (ImprovementAction, "fix")])


@given(data=st.data(), case=CHANGED)
@settings(max_examples=80)
def test_any_change_of_content_makes_it_stale_and_undoing_it_mends_it(
    data: st.DataObject, case: tuple[Any, str]
) -> None:
    kind, ref = case
    links = {
        item.name: () if not item.optional else None
        for item in spec_of(kind).fields
        if item.link is not None
    }
    artifact = KINDS[kind]
    free = {"status": ActionStatus.OPEN} if kind is ImprovementAction else {}
    model = approved(world(), artifact.id)
    before: Any = model[ref]
    drawn: Any = data.draw(elements(kind, id=ref, **links, **free))
    now = other(drawn, **{name: getattr(before, name) for name in PROGRESS[kind]})
    same = all(
        getattr(now, item.name) == getattr(before, item.name) for item in fields(kind)
    )
    changed = model.with_(now)

    assert standing(changed, artifact.id) == (FINE if same else stale(ref))
    assert standing(changed.with_(before), artifact.id) == FINE
    again = approved(changed, artifact.id, id="z", at=NOON + DAY)
    assert standing(again, artifact.id) == FINE


@pytest.mark.parametrize("status", list(ArtifactStatus))
@pytest.mark.parametrize("submitter", [None, "ann", "ben"])
def test_progress_alone_makes_nothing_stale(
    status: ArtifactStatus, submitter: str | None
) -> None:
    model = approved(world())
    moved = other(REGISTER, status=status, submitter=submitter)

    assert PROGRESS[Artifact] == {"status", "submitter"}
    assert standing(model.with_(moved)) == FINE


@given(data=st.data())
@settings(max_examples=40)
def test_progress_of_what_is_shown_makes_nothing_stale(data: st.DataObject) -> None:
    model = approved(world(), "plan")
    before: Any = model["fix"]
    drawn: Any = data.draw(
        elements(
            ImprovementAction,
            id="fix",
            evidence=(),
            verified_by=None,
            status=ActionStatus.OPEN,
        )
    )
    moved = other(
        before,
        **{name: getattr(drawn, name) for name in PROGRESS[ImprovementAction]},
    )

    assert standing(model.with_(moved), "plan") == FINE


@pytest.mark.timeout(60)
def test_many_elements_are_judged() -> None:
    many = [new(Need, id=f"need-{at}", statement="Warm") for at in range(30_000)]
    rest = [
        new(Objective, id=f"objective-{at}", statement="Do") for at in range(35_000)
    ]
    work = [new(Process, id=f"process-{at}", name="Work") for at in range(35_000)]
    model = approved(world(*many, *rest, *work))
    model = model.with_(other(many[0], statement="Warmer"))

    assert standing(model) == stale("need-0")
