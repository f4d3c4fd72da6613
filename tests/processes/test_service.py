"""Customers at both ends: need, output, satisfaction, complaints, and who stayed."""

import json
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missionkit.domain.conduct import RevenueBucket
from missionkit.domain.draft import Draft, draft
from missionkit.domain.model import Model
from missionkit.domain.values import Period
from missionkit.errors import InvalidValueError, NotFoundError
from missionkit.processes.complaints import complaints, owner_roles
from missionkit.processes.service import service, service_of

DAY = date(2026, 6, 1)


def bakery() -> Draft:
    d = draft("Bakery", id="bakery")
    d.process("Baking", id="bake")
    d.process("Selling", id="sell")
    town = d.stakeholder("Townspeople", id="town")
    d.stakeholder("Cafes", id="cafes")
    bread = d.need("Fresh bread", id="bread", stakeholder=town, importance=0.8)
    d.business_output("Loaf", id="loaf", satisfies=[bread], produced_by="bake")
    return d


def said(d: Draft, ref: str, satisfaction: int | None, **fields: object) -> None:
    given = {"process": "bake", "stakeholder": "town", "on": DAY, **fields}
    d.feedback(ref, id=ref, satisfaction=satisfaction, **given)  # type: ignore[arg-type]


def test_the_gap_is_what_is_expected_less_what_the_same_holder_said() -> None:
    d = bakery()
    said(d, "good", 60)
    said(d, "poor", -20, on=date(2025, 6, 2))
    said(d, "old", -100, on=date(2025, 6, 1))
    said(d, "later", -100, on=date(2026, 6, 2))
    said(d, "others", -100, stakeholder="cafes")
    said(d, "elsewhere", -100, process="sell")
    said(d, "undated", -100, on=None)
    said(d, "silent", None)
    line = service(d.model, on=DAY)["bread"]
    assert [line.expected, line.satisfaction, line.gap] == [80, 20, 60]
    assert line.refs == ("good", "poor")
    assert (line.outputs, line.processes, line.reason) == (("loaf",), ("bake",), "")


def test_satisfaction_beyond_what_is_expected_is_a_gap_below_zero() -> None:
    d = bakery()
    said(d, "a", 100)
    said(d, "b", 99)
    line = service(d.model, on=DAY)["bread"]
    assert line.gap == Fraction(-39, 2)


def test_what_is_missing_on_the_way_is_named() -> None:
    d = bakery()
    assert service(d.model, on=DAY)["bread"].reason == (
        "its holder said nothing within a year"
    )
    d.set("bread", importance=None)
    assert service(d.model, on=DAY)["bread"].reason == (
        "nobody says how important it is"
    )
    d.set("loaf", produced_by=None)
    assert service(d.model, on=DAY)["bread"].reason == (
        "nobody says which process makes it"
    )
    d.set("loaf", satisfies=[])
    line = service(d.model, on=DAY)["bread"]
    assert line.reason == "no output is made for it"
    assert (line.gap, line.expected, line.satisfaction) == (None, None, None)


def test_needs_without_a_holder_or_declined_are_left_out() -> None:
    d = bakery()
    d.need("Quiet", id="quiet")
    for ref, status in (("gold", "withdrawn"), ("fun", "met"), ("tea", "accepted")):
        d.need(ref, id=ref, stakeholder="town", status=status)
    d.need("no", id="no", stakeholder="town", status="declined", decided_reason="Dear")
    assert {each.need for each in service(d.model, on=DAY)} == {"bread", "fun", "tea"}


def test_the_widest_gap_comes_first_and_the_unknown_last() -> None:
    d = bakery()
    for ref, importance in (("cake", 0.9), ("ale", None)):
        d.need(ref, id=ref, stakeholder="town", importance=importance)
        d.business_output(
            f"A {ref}", id=f"a-{ref}", satisfies=[ref], produced_by="bake"
        )
    said(d, "good", 10)
    found = service(d.model, on=DAY)
    assert [each.need for each in found] == ["cake", "bread", "ale"]
    assert len(found) == 3


def complaint() -> Draft:
    d = bakery()
    said(d, "stale", -1, on=date(2026, 3, 1))
    return d


def is_open(d: Draft, on: date = DAY) -> bool:
    (found,) = complaints(d.model, on=on)
    return found.is_open


def test_a_complaint_is_feedback_below_zero_up_to_the_day() -> None:
    d = complaint()
    said(d, "fair", 0)
    said(d, "later", -5, on=date(2026, 6, 2))
    said(d, "undated", -5, on=None)
    assert [each.feedback for each in complaints(d.model, on=DAY)] == ["stale"]
    assert is_open(d)


def test_an_investigation_of_the_process_since_then_answers() -> None:
    d = complaint()
    d.investigation("Why?", id="why", process="bake", on=date(2026, 2, 28))
    assert is_open(d)
    d.set("why", on=date(2026, 3, 1))
    assert not is_open(d)
    d.set("why", on=date(2026, 6, 2))
    assert is_open(d)
    d.set("why", process="sell", on=DAY)
    assert is_open(d)
    d.set("why", addresses=["stale"], on=date(2026, 1, 1))
    assert not is_open(d)
    d.set("why", addresses=[], process=None, on=None)
    assert is_open(d)


def test_decisions_and_actions_that_address_it_answer_unless_given_up() -> None:
    d = complaint()
    d.decision("Bake at night", id="night", addresses=["bake"], at=date(2026, 2, 1))
    assert is_open(d)
    d.set("night", at=date(2026, 4, 1))
    (found,) = complaints(d.model, on=DAY)
    assert found.answered_by == ("night",)
    d.remove("night")
    d.improvement_action("Bake twice", id="twice", addresses=["stale"])
    assert not is_open(d)
    d.set("twice", status="canceled")
    assert is_open(d)


def test_complaints_are_with_the_roles_that_own_the_process() -> None:
    d = complaint()
    said(d, "of-nothing", -9, process=None, stakeholder=None)
    d.party("Ada Lovelace", id="party-a1")
    d.role("Owner of bread", id="keeper", kind="owner")
    d.role("Coach", id="coach", kind="coach")
    d.role_assignment(id="k", role="keeper", party="party-a1", on="bake")
    d.role_assignment(role="coach", party="party-a1", on="bake")
    d.role_assignment(role="keeper", party="party-a1")
    assert owner_roles(d.model, DAY) == {"bake": ("keeper",)}
    found = service(d.model, on=DAY)
    assert {
        ref: [e.owners for e in held] for ref, held in found.open_by_process().items()
    } == {
        "": [()],
        "bake": [("keeper",)],
    }
    text = str(found)
    assert "open: 'stale' (-1, 2026-03-01) for bake: keeper" in text
    assert "open: 'of-nothing' (-9, 2026-06-01) for no process: no owner" in text
    assert "party-a1" not in text + found.to_json() + found._repr_html_()
    d.set("k", period=Period(None, date(2026, 5, 31)))
    assert owner_roles(d.model, DAY) == {}


QUARTERS = (
    Period(date(2025, 10, 1), date(2025, 12, 31)),
    Period(date(2026, 1, 1), date(2026, 3, 31)),
    Period(date(2026, 4, 1), date(2026, 6, 30)),
)


def receipts(d: Draft, at: int, **paid: int) -> None:
    buckets = [
        RevenueBucket(name=ref, client=d.model[ref].id, actual=Decimal(amount))  # type: ignore[arg-type]
        for ref, amount in paid.items()
    ]
    d.revenue_snapshot(
        id=f"q{at}", period=QUARTERS[at], currency="EUR", buckets=buckets
    )


def test_loyalty_compares_the_last_two_periods_that_are_over() -> None:
    d = bakery()
    for ref, since in (("a", date(2024, 1, 1)), ("b", None), ("c", date(2026, 7, 1))):
        d.client(ref, id=ref, since=since)
    found = service(d.model, on=DAY).loyalty
    assert (found.clients, found.since, found.undated) == (2, date(2024, 1, 1), 1)
    assert found.retention is None
    assert str(found) == (
        "2 clients are known; retention: not known, as two periods in a row are not"
        " told."
    )
    receipts(d, 0, a=5, b=5)
    receipts(d, 2, b=5)
    assert service(d.model, on=date(2026, 7, 1)).loyalty.retention is None
    receipts(d, 1, a=5, b=0, c=1)
    found = service(d.model, on=DAY).loyalty
    assert (found.kept, found.lost, found.new) == (("a",), ("b",), ("c",))
    assert found.retention == 0.5
    assert str(found) == (
        "2 clients are known; 1 of 2 stayed (50 %): paid in 2025-10-01 to 2025-12-31"
        " and in 2026-01-01 to 2026-03-31."
    )
    later = service(d.model, on=date(2026, 6, 30)).loyalty
    assert (later.kept, later.lost, later.new) == ((), ("a", "c"), ("b",))
    assert later.retention == 0


def test_periods_without_named_clients_or_ends_say_nothing_of_loyalty() -> None:
    d = bakery()
    d.client("a", id="a")
    receipts(d, 0)
    receipts(d, 1, a=5)
    d.revenue_snapshot(id="open", period=Period(date(2026, 4, 1)))
    d.revenue_snapshot(id="never")
    found = service(d.model, on=DAY).loyalty
    assert found.reason == "not known, as no client is named in the first period"
    assert found.retention is None


def test_one_process_is_told_alone() -> None:
    d = complaint()
    said(d, "rude", -30, process="sell")
    one = service_of(d.model, "sell", on=DAY)
    assert [each.feedback for each in one.complaints] == ["rude"]
    assert len(one) == 0
    two = service_of(d.model, "bake", on=DAY)
    assert [each.need for each in two] == ["bread"]


def test_unknown_names_and_wrong_days_are_refused() -> None:
    model = bakery().model
    with pytest.raises(NotFoundError, match="did you mean 'sell'"):
        service_of(model, "sel", on=DAY)
    with pytest.raises(NotFoundError, match="did you mean 'bread'"):
        service(model, on=DAY)["bred"]
    with pytest.raises(InvalidValueError, match="on must be"):
        service(model, on=0)  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError, match="Model"):
        complaints([], on=DAY)  # type: ignore[arg-type]


def test_all_is_told_as_text_html_and_json() -> None:
    d = complaint()
    d.set("town", name="<i>Town</i>")
    d.set("stale", statement="<i>Stale</i>")
    found = service(d.model, on=DAY)
    html = found._repr_html_()
    assert "<i>" not in html
    assert html.count("&lt;i&gt;") == 2
    assert json.loads(found.to_json()) == found.as_dict()
    told = found.as_dict()
    assert told["lines"][0] == {
        "stakeholder": "town",
        "need": "bread",
        "outputs": ["loaf"],
        "processes": ["bake"],
        "expected": 80.0,
        "satisfaction": -1.0,
        "gap": 81.0,
        "refs": ["stale"],
        "reason": "",
    }
    assert told["complaints"][0]["owners"] == []
    assert "bake     80        -1            81" in str(found)


@given(
    st.lists(
        st.tuples(
            st.integers(-100, 100),
            st.dates(date(2025, 1, 1), date(2026, 12, 31)),
            st.sampled_from(["bake", "sell"]),
        ),
        max_size=5,
    ),
    st.randoms(use_true_random=False),
)
def test_gaps_are_bounded_and_order_changes_nothing(
    told: list[tuple[int, date, str]], random: object
) -> None:
    d = bakery()
    for at, (satisfaction, on, process) in enumerate(told):
        said(d, f"said-{at}", satisfaction, on=on, process=process)
    found = service(d.model, on=DAY)
    for line in found:
        assert line.gap is None or -100 <= line.gap <= 200
    held = list(d.model)
    random.shuffle(held)  # type: ignore[attr-defined]
    assert service(Model(held), on=DAY) == found
