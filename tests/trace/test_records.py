from datetime import date, timedelta

import pytest

from missionkit.domain.draft import Draft, draft
from missionkit.domain.model import Model
from missionkit.domain.opaque import Opaque
from missionkit.domain.review import ActionStatus, AgendaEntry, CycleStatus
from missionkit.domain.values import Contribution
from missionkit.trace.coverage import coverage
from missionkit.trace.metric import Metric
from tests.trace.plans import harbour

A_DAY = date(2026, 3, 1)
WRONG = "0" * 64


def metric(model: Model, name: str) -> Metric:
    return coverage(model)[name]


def a_review(d: Draft, status: CycleStatus) -> None:
    entries = [AgendaEntry(code=code, title=code) for code in ("a", "b")]
    agenda = d.agenda("A", entries=entries)
    d.review_cycle("R", id="r", agenda=agenda, status=status)


def affirm(d: Draft, source: str, field: str, target: str = "goal") -> None:
    """Let somebody affirm the link of a field to an element as it is now."""
    now = d.model.digest(target) or WRONG
    d.affirmation(
        source=source, field=field, target=target, digest=now, by=d.party("P"), on=A_DAY
    )


def test_an_agenda_is_covered_item_by_item() -> None:
    with draft("T") as d:
        a_review(d, CycleStatus.ACTIVE)
        d.agenda_item("A", code="a", cycle="r", disposition="considered")
        d.agenda_item("Own", id="own", cycle="r")
        d.agenda_item("Of no review", disposition="considered")
    found = metric(d.model, "agenda coverage")

    assert found.numerator == ("r:a",)
    assert found.denominator == ("r:a", "r:b", "r:own")


@pytest.mark.parametrize("status", CycleStatus)
def test_the_agenda_of_a_review_that_was_not_held_is_not_asked(
    status: CycleStatus,
) -> None:
    with draft("T") as d:
        a_review(d, status)
    held = status not in {CycleStatus.DRAFT, CycleStatus.CANCELED}

    assert bool(metric(d.model, "agenda coverage").denominator) is held


def test_an_agenda_whose_text_is_erased_asks_for_nothing() -> None:
    with draft("T") as d:
        a_review(d, CycleStatus.ACTIVE)
    agenda = d["a"]
    erased = Opaque(kind="agenda", id=agenda.id, erased=True)
    model = Model([*(e for e in d.model if e is not agenda), erased])

    assert metric(model, "agenda coverage").value is None


def test_what_was_done_or_judged_is_shown_by_evidence() -> None:
    with draft("T") as d:
        proof = d.evidence("minutes.pdf", id="proof")
        d.care_record("shown", evidence=[proof])
        d.care_record("supported", id="supported")
        d.evidence("photo.jpg", supports=["supported"])
        d.care_record("bare")
    found = metric(d.model, "evidence coverage")

    assert found.numerator == ("shown", "supported")
    assert found.missing == ("bare",)


@pytest.mark.parametrize(
    ("status", "asked"),
    [
        (ActionStatus.OPEN, False),
        (ActionStatus.IN_PROGRESS, False),
        (ActionStatus.CANCELED, False),
        (ActionStatus.DONE, True),
        (ActionStatus.INEFFECTIVE, True),
        (ActionStatus.VERIFIED, True),
    ],
)
def test_only_an_action_that_is_done_asks_for_evidence(
    status: ActionStatus, *, asked: bool
) -> None:
    with draft("T") as d:
        proof = d.evidence("e.pdf")
        d.improvement_action(
            "act", status=status, evidence=[proof], verified_by=d.party("P")
        )

    assert (metric(d.model, "evidence coverage").denominator == ("act",)) is asked


def test_an_agenda_item_asks_for_evidence_once_it_is_disposed_of() -> None:
    with draft("T") as d:
        d.agenda_item("open")
        d.agenda_item("closed", disposition="no_change")

    assert metric(d.model, "evidence coverage").denominator == ("closed",)


def test_links_are_affirmed_by_the_digest_of_their_target() -> None:
    with draft("T") as d:
        goal = d.goal("G", id="goal")
        d.objective("O", id="aim", goal=goal, needs=[d.need("N", id="need")])
        affirm(d, "aim", "goal")
    found = metric(d.model, "affirmed links")

    assert found.numerator == ("aim → goal",)
    assert found.missing == ("aim → need",)
    assert found.reason == ""
    d.set("goal", description="something else now")
    changed = metric(d.model, "affirmed links")
    assert changed.numerator == ()
    assert changed.reason == "1 suspect, as what they lead to has changed"


def test_what_is_affirmed_after_the_day_does_not_count_on_it() -> None:
    with draft("T") as d:
        goal = d.goal("G", id="goal")
        d.objective("O", id="aim", goal=goal)
        affirm(d, "aim", "goal")

    assert coverage(d.model, on=A_DAY)["affirmed links"].value == 1
    before = coverage(d.model, on=A_DAY - timedelta(days=1))["affirmed links"]
    assert (before.value, before.reason) == (None, "no link has been affirmed yet")


def test_two_links_between_the_same_ends_count_when_both_are_affirmed() -> None:
    with draft("T") as d:
        goal = d.goal("G", id="goal")
        part = d.goal("H", id="part", parent=goal)
        affirm(d, "part", "parent")
    assert "part → goal" in metric(d.model, "affirmed links").numerator
    d.set(part, contributions=[Contribution(target=goal.id, weight=5)])
    assert "part → goal" in metric(d.model, "affirmed links").missing


def test_links_to_what_cannot_be_read_are_not_counted() -> None:
    with draft("T") as d:
        goal = d.goal("G", id="goal")
        d.goal("H", id="part", parent=goal)
        affirm(d, "part", "parent")
    erased = Opaque(kind="goal", id="goal", erased=True)
    model = Model([*(e for e in d.model if e.id != "goal"), erased])

    assert metric(model, "affirmed links").denominator == ()


def test_where_no_link_has_been_affirmed_there_is_nothing_to_judge() -> None:
    for model in (harbour(), Model()):
        found = metric(model, "affirmed links")

        assert found.value is None
        assert found.denominator == ()
        assert found.reason == "no link has been affirmed yet"


def test_only_trace_links_from_needs_to_processes_are_counted() -> None:
    with draft("T") as d:
        who = d.stakeholder("S", id="who")
        need = d.need("N", id="need", stakeholder=who)
        goal = d.goal("G", id="goal", intent=d.core_intent("M", id="top"))
        aim = d.objective("O", id="aim", goal=goal, needs=[need])
        d.process("W", id="work", achieves=[aim])
        d.activity("A", id="act", process="work")
        d.success_measure("Y", id="measure", of=aim)
        d.flow(id="flow", source="who", target="work", item="I")
        role, party = d.role("R", id="role"), d.party("P", id="party")
        d.role_assignment(id="held", role=role, party=party, on="work")
        affirm(d, "held", "on", "work")
    assert metric(d.model, "affirmed links").value is None
    affirm(d, "aim", "goal")
    found = metric(d.model, "affirmed links")

    assert found.numerator == ("aim → goal",)
    assert sorted(found.denominator) == [
        "aim → goal",
        "aim → need",
        "goal → top",
        "work → aim",
    ]
