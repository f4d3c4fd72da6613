"""What the pack says of drift, adaptation, signals and what nobody can judge."""

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from random import Random

import pytest

from missionkit.domain.conduct import ActivityRecord, Ledger, RevenueRecord
from missionkit.domain.draft import draft
from missionkit.domain.ids import AnyId, DecisionId
from missionkit.domain.model import Model
from missionkit.domain.party import PartyKind
from missionkit.domain.review import (
    Decision,
    DecisionKind,
    Shift,
    SignalStatus,
)
from missionkit.domain.values import Money
from missionkit.drift.ledger.calendar import periods
from missionkit.report.pack import Pack, pack
from missionkit.samples import SAMPLE_DAY, sample
from tests.report.pages import assert_harmless, assert_rectangular

TODAY = date(2027, 1, 1)
MONTHS = [m.start or TODAY for m in periods(date(2024, 1, 1), date(2026, 12, 31))]
BEGAN = date(2025, 7, 1)
WORK = {"Drills": (600, "crew"), "Films": (20, "films"), "Books": (90, None)}


def station(*more: Decision, signal: SignalStatus | None = None) -> Model:
    with draft("Lifeboats", id="station") as d:
        d.goal("A crew that is ready", id="crew", intent=d.core_intent("Nobody drowns"))
        d.purpose("Films of the crew", id="films")
        d.client("Anna Berg", id="anna")
        d.party("Anna Berg", kind=PartyKind.PERSON, id="party-7f3k")
        if signal:
            d.drift_signal(
                "Hours", id="seen", at=BEGAN, status=signal, reason="Why not"
            )
            d.drift_signal("Not yet", id="later", at=date(2028, 1, 1))
    return d.model.with_(*more)


def activities() -> Iterator[ActivityRecord]:
    chance = Random(7).random  # noqa: S311 - an example, not a secret
    for day in MONTHS:
        for what, (hours, serves) in WORK.items():
            moved = 100 if day >= BEGAN and what == "Films" else 0
            done = round((hours + moved) * (0.95 + 0.1 * chance()), 2)
            ref = AnyId(serves) if serves else None
            yield ActivityRecord(on=day, what=what, hours=done, serves=ref, role="Crew")


def revenue() -> Iterator[RevenueRecord]:
    chance = Random(9).random  # noqa: S311 - an example, not a secret
    for day in MONTHS:
        for client, most in (("Anna Berg", 900), ("Town <council>", 500)):
            amount = Money(Decimal(f"{most * (0.9 + 0.2 * chance()):.2f}"), "EUR")
            yield RevenueRecord(on=day, client=client, amount=amount, recurring=True)


def decided(at: date) -> Decision:
    return Decision(
        id=DecisionId("film-us"),
        statement="The crew films itself",
        kind=DecisionKind.COURSE_CORRECTION,
        at=at,
        effective=at,
        covers=(AnyId("films"),),
        direction=Shift.UP,
    )


def made(model: Model, *, people: bool = False, paid: bool = True) -> Pack:
    return pack(
        model,
        on=TODAY,
        people=people,
        activities=Ledger(list(activities())),
        revenue=Ledger(list(revenue())) if paid else None,
    )


def section(found: Pack) -> str:
    parts = found.markdown.split("\n## ")
    return next((each for each in parts if each.startswith("Drift and ad")), "")


def test_a_drift_is_told_with_its_picture_what_moved_it_and_that_nobody_decided() -> (
    None
):
    found = made(station())
    said = section(found)

    assert "### Drift: Effort off the mission" in said
    assert "from July 2025 on" in said
    assert "No decision covers it." in said
    assert "| activity: Films |" in said
    assert "Everything counted, by what is served, before and after: " in said
    assert "95% interval" in said
    page = assert_harmless(found.html)
    assert_rectangular(found.markdown)
    assert "level after: " in page.text


def test_a_mix_is_drawn_once_for_all_figures_that_it_moved() -> None:
    found = made(station())

    assert section(found).count("### Drift: ") > 1
    assert found.html.count("<figcaption>Everything counted, by what is") == 1


def test_a_shift_that_was_decided_in_time_is_an_adaptation() -> None:
    said = section(made(station(decided(date(2025, 5, 12)))))

    assert "### Adaptation: Effort off the mission" in said
    assert "| **The crew films itself** | 2025-05-12 | ✓ decided before |" in said


def test_a_decision_after_the_fact_is_said_to_be_one() -> None:
    said = section(made(station(decided(date(2026, 3, 2)))))

    assert "### Drift: Effort off the mission" in said
    assert "△ decided after the fact" in said


def test_a_figure_that_did_not_move_says_what_would_have_shown() -> None:
    said = section(made(station()))

    assert "### No drift" in said
    assert "| Effective number of clients |" in said
    assert " clients | 36 |" in said


def test_what_was_not_asked_is_told_with_the_reason() -> None:
    said = section(made(station(), paid=False))

    assert "### What could not be judged" in said
    assert "for there is no revenue" in said
    assert "### Who pays" not in said


def test_the_curve_of_concentration_tells_its_figures_in_words_as_well() -> None:
    said = section(made(station()))

    assert "### Who pays" in said
    assert "Revenue by client, 2026-01-01 to 2026-12-31" in said
    assert "Herfindahl-Hirschman index" in said


def test_people_are_named_only_when_asked_for() -> None:
    hidden, named = made(station()), made(station(), people=True)

    for text in (hidden.html, hidden.markdown, hidden.issues_json):
        assert "Anna" not in text
    assert "1. Anna Berg" in named.html


def test_the_issues_say_what_was_found() -> None:
    told = json.loads(made(station()).issues_json)["drift"]

    assert told["on"] == "2027-01-01"
    assert {each["verdict"] for each in told["findings"]} >= {"drift", "no_drift"}


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (SignalStatus.RAISED, "✕ nobody answered it"),
        (SignalStatus.ACKNOWLEDGED, "△ seen, not decided about"),
    ],
)
def test_a_signal_waits_until_somebody_decided(status: SignalStatus, said: str) -> None:
    found = section(pack(station(signal=status), on=TODAY))

    assert "### Signals that wait for an answer" in found
    assert said in found
    assert "Not yet" not in found


@pytest.mark.parametrize("status", [SignalStatus.DISMISSED, SignalStatus.ACTED])
def test_a_signal_that_is_done_with_is_not_listed(status: SignalStatus) -> None:
    assert section(pack(station(signal=status), on=TODAY)) == ""


def test_without_figures_and_signals_there_is_no_section() -> None:
    found = pack(station(), on=TODAY)

    assert section(found) == ""
    assert json.loads(found.issues_json)["drift"] is None
    assert section(pack(Model(), on=TODAY)) == ""


def test_ledgers_of_days_to_come_are_no_figures() -> None:
    late = ActivityRecord(on=date(2028, 1, 1), what="Films", hours=3.0)

    assert section(pack(station(), on=TODAY, activities=Ledger([late]))) == ""


def test_rows_that_could_not_be_used_are_counted() -> None:
    from missionkit.formats.ledger import read_ledger  # noqa: PLC0415 - for one test

    rows = [{"on": "2026-01-05", "what": "a", "hours": "3"}, {"on": "never"}]
    found = pack(station(), on=TODAY, activities=read_ledger(rows, ActivityRecord))

    assert "1 row of the ledgers could not be used." in section(found)


def test_where_nobody_can_say_who_paid_the_reason_is_told() -> None:
    money = Money(Decimal(-5), "EUR")
    back = [RevenueRecord(on=date(2026, 5, 5), client="Town", amount=money)]
    found = section(pack(station(), on=TODAY, revenue=Ledger(back)))

    assert "Not shown: more was paid back than paid to Town." in found


def test_the_sample_says_that_four_quarters_cannot_tell() -> None:
    found = section(pack(sample(), on=SAMPLE_DAY))

    assert "### Signals that wait for an answer" in found
    assert "**Hours on the waterfront against plan**" in found


def test_a_model_without_related_or_rated_spheres_has_no_map() -> None:
    with draft("Trust") as d:
        d.operating_sphere("Homes")
    told = pack(d.model, on=TODAY).markdown

    assert "Spheres of operation" not in told


def test_many_relations_are_counted_and_circles_are_named() -> None:
    from missionkit.domain.intent import SphereRelation  # noqa: PLC0415 - for one test

    with draft("Trust") as d:
        made_ = [d.operating_sphere(f"Sphere {at:02}") for at in range(70)]
        for at, each in enumerate(made_):
            to = made_[(at + 1) % 70].id
            d.set(each, relations=[SphereRelation(to=to, kind="orders from")])
    told = pack(d.model, on=TODAY).markdown

    assert "And 10 more." in told
    assert "In a circle, so that nobody can change one of them alone:" in told
    assert "| Sphere 00 | orders from | Sphere 01 | not said |" in told


def test_spheres_that_were_rated_and_do_not_bear_on_others_have_a_map_alone() -> None:
    with draft("Trust") as d:
        intent = d.core_intent("Homes")
        homes = d.operating_sphere("Homes to rent")
        d.intent_alignment(
            on=homes, intent=intent, part="mission", rating=40, at=TODAY, opinion=True
        )
    found = pack(d.model, on=TODAY)
    told = found.markdown.split("## Spheres of operation")[1].split("\n## ")[0]

    assert "Homes to rent" in found.html
    assert "|" not in told


def test_a_shift_that_took_its_time_is_told_as_a_slope() -> None:
    def climbing() -> Iterator[ActivityRecord]:
        chance = Random(3).random  # noqa: S311 - an example, not a secret
        for at, day in enumerate(MONTHS):
            films = 20 + 25 * min(max(at - 10, 0), 16) + chance()
            for what, hours, serves in (
                ("Films", films, "films"),
                ("Drills", 600, "crew"),
            ):
                ref = AnyId(serves)
                yield ActivityRecord(on=day, what=what, hours=hours, serves=ref)

    found = pack(station(), on=TODAY, activities=Ledger(list(climbing())))

    assert "a slope explains it better than a step" in found.markdown
    assert "the way between" in found.html
