"""Whether a role is a career: five questions, each answered yes, no and not known."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missionkit.domain.draft import Draft, draft
from missionkit.domain.model import Model
from missionkit.domain.values import Period
from missionkit.errors import InvalidValueError, NotFoundError
from missionkit.processes.answers import Answer, Question
from missionkit.processes.careers import career_of, careers

DAY = date(2026, 6, 1)
YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.NOT_KNOWN


def bakery() -> Draft:
    d = draft("Bakery", id="bakery")
    d.process("Baking", id="bake")
    d.party("Ada Lovelace", id="party-a1")
    for kind in ("performer", "owner", "engineer", "manager"):
        d.role(kind.title(), id=kind, kind=kind)
    d.role_assignment(id="p1", role="performer", party="party-a1", on="bake")
    return d


def answer(d: Draft, question: str, role: str = "performer") -> tuple[Answer, str]:
    found = career_of(d.model, role, on=DAY)[question]
    return found.answer, found.reason


def elsewhere(d: Draft) -> Draft:
    """Tell of another process, so that saying nothing of this one means something."""
    d.process("Selling", id="sell")
    d.feedback("Fine", process="sell", on=DAY)
    d.training("Selling", process="sell", on=DAY)
    d.success_measure("Sold", of="sell")
    d.flow("Bread", source="sell", target="bake")
    return d


def test_the_questions_are_these() -> None:
    assert [each.value for each in Question] == [
        "reflection",
        "complex_arenas",
        "learning",
        "own_customers",
        "autonomy",
    ]


@pytest.mark.parametrize("question", ["reflection", "learning", "autonomy"])
def test_what_the_model_never_tells_of_is_not_known(question: str) -> None:
    found, reason = answer(bakery(), question)
    assert found is UNKNOWN
    assert reason.endswith(", and of no other process")
    assert answer(elsewhere(bakery()), question)[0] is NO


def test_reflection_is_a_look_back_within_a_year() -> None:
    d = elsewhere(bakery())
    d.investigation("Burned", id="why", process="bake", on=date(2025, 5, 31))
    d.practice("Slow dough", process="bake", since=DAY)
    d.feedback("Later", process="bake", on=date(2026, 6, 2))
    assert answer(d, "reflection")[0] is NO
    d.set("why", on=date(2025, 6, 1))
    found = career_of(d.model, "performer", on=DAY)["reflection"]
    assert (found.answer, found.evidence) == (YES, ("why",))
    d.set("slow-dough", reviewed=DAY)
    d.feedback("Good", process="bake", on=DAY)
    found = career_of(d.model, "performer", on=DAY)["reflection"]
    assert found.evidence == ("why", "good", "slow-dough")


def test_a_more_complex_arena_is_a_further_part_or_a_larger_process() -> None:
    d = bakery()
    assert answer(d, "complex_arenas")[0] is NO
    d.role_assignment(role="engineer", party="party-a1", on="bake")
    found = career_of(d.model, "performer", on=DAY)["complex_arenas"]
    assert (found.answer, found.evidence) == (YES, ("engineer",))
    assert answer(d, "complex_arenas", "engineer")[0] is NO
    d.role("Helper", id="helper")
    d.role_assignment(role="helper", party="party-a1", on="bake")
    assert answer(d, "complex_arenas", "helper")[0] is UNKNOWN
    d.process("Feeding the town", id="feed")
    d.set("bake", parent="feed")
    found = career_of(d.model, "engineer", on=DAY)["complex_arenas"]
    assert (found.answer, found.evidence) == (YES, ("feed",))
    d.responsibility(on="bake", role="manager", letter="A")
    found = career_of(d.model, "manager", on=DAY)["complex_arenas"]
    assert (found.answer, found.evidence) == (UNKNOWN, ())
    assert found.reason == "nobody knows what comes after a role of this kind"


def test_learning_is_training_that_is_current() -> None:
    d = bakery()
    d.training("Kneading", id="k", process="bake", on=date(2025, 6, 1))
    assert answer(d, "learning") == (YES, "training is current")
    d.set("k", on=date(2025, 5, 31))
    assert answer(d, "learning") == (NO, "training lapsed on 2026-05-31")
    d.training("Reading", id="r", role="performer", on=date(2025, 6, 1))
    assert answer(d, "learning") == (YES, "training for the role is current")
    d.set("r", next_due=date(2026, 5, 31))
    assert answer(d, "learning")[0] is NO
    d.set("r", next_due=DAY)
    assert answer(d, "learning")[0] is YES
    d.set("r", on=None)
    assert answer(d, "learning")[0] is NO


def test_customers_of_its_own_are_stakeholders_who_take_what_it_gives() -> None:
    d = bakery()
    assert answer(d, "own_customers")[0] is UNKNOWN
    assert answer(elsewhere(bakery()), "own_customers")[0] is NO
    d.process("Selling", id="sell")
    d.flow("Loaves", id="loaves", source="bake", target="sell")
    assert answer(d, "own_customers") == (NO, "only other processes take what it gives")
    d.flow("Leftovers", source="bake")
    people = d.stakeholder("Townspeople", id="town")
    d.set("loaves", target=people)
    found = career_of(d.model, "performer", on=DAY)["own_customers"]
    assert (found.answer, found.evidence) == (YES, ("town",))
    d.remove("loaves")
    need = d.need("Bread", id="bread", stakeholder=people)
    d.need("Peace", id="peace", stakeholder=people)
    d.business_output("Loaf", satisfies=[need], produced_by="bake")
    assert answer(d, "own_customers")[0] is YES


def test_autonomy_is_a_measure_with_a_reading_of_the_year() -> None:
    d = bakery()
    d.success_measure("Loaves an hour", id="loaves", of="bake")
    unread = "its measures have no reading within a year"
    assert answer(d, "autonomy") == (NO, unread)
    d.observation(id="o", measure="loaves", value=5, at=date(2026, 6, 2))
    assert answer(d, "autonomy") == (NO, unread)
    d.set("o", at=DAY)
    found = career_of(d.model, "performer", on=DAY)["autonomy"]
    assert (found.answer, found.evidence) == (YES, ("loaves",))
    objective = d.objective("More bread", id="more")
    d.set("loaves", of=objective)
    assert answer(d, "autonomy")[0] is NO
    d.set("bake", achieves=[objective])
    assert answer(d, "autonomy")[0] is YES


def test_a_role_offers_what_each_of_its_processes_does() -> None:
    d = elsewhere(bakery())
    for ref in ("pack", "load", "clean", "store"):
        d.process(ref.title(), id=ref)
        d.role_assignment(role="performer", party="party-a1", on=ref)
    d.role_assignment(role="performer", party="party-a1", on="sell")
    found = career_of(d.model, "performer", on=DAY)["reflection"]
    assert found.answer is NO
    assert found.reason == (
        "no investigation, feedback or review of a practice within a year is told"
        " (5 of 6 processes: Baking, Clean, Load, and 2 more)"
    )
    assert found.evidence == ("fine",)


def test_parts_are_those_of_the_day_and_of_the_matrix() -> None:
    d = bakery()
    d.activity("Kneading", id="knead", process="bake")
    d.responsibility(on="knead", role="owner", letter="A")
    d.role_assignment(role="engineer", party="party-a1", on="bakery")
    assert [each.role for each in careers(d.model, on=DAY)] == ["owner", "performer"]
    d.set("p1", period=Period(None, date(2026, 5, 31)))
    assert [each.role for each in careers(d.model, on=DAY)] == ["owner"]
    none = career_of(d.model, "performer", on=DAY)
    assert none.processes == ()
    assert {each.answer for each in none} == {UNKNOWN}
    assert none["learning"].reason == "it plays a part in no process on the day"


def test_nothing_of_a_person_is_told() -> None:
    d = bakery()
    d.development(id="own", party="party-a1", aim="To bake alone")
    d.training("Kneading", process="bake", parties=["party-a1"], on=DAY)
    every = careers(d.model, on=DAY)
    one = every["performer"]
    for told in (every, one):
        for text in (str(told), told._repr_html_(), told.to_json(), repr(told)):
            assert "party-a1" not in text
            assert "Ada" not in text
            assert "To bake alone" not in text


def test_a_persons_record_changes_no_answer() -> None:
    d = bakery()
    before = careers(d.model, on=DAY)
    d.development(
        id="own", party="party-a1", aim="To bake", reflections=["I burned it"]
    )
    assert careers(d.model, on=DAY) == before


def test_unknown_names_and_wrong_days_are_refused() -> None:
    model = bakery().model
    with pytest.raises(NotFoundError, match="did you mean 'performer'"):
        career_of(model, "performr", on=DAY)
    with pytest.raises(NotFoundError, match="did you mean 'learning'"):
        career_of(model, "performer", on=DAY)["learnings"]
    with pytest.raises(NotFoundError, match="there is no role in a process 'owner'"):
        careers(model, on=DAY)["owner"]
    with pytest.raises(InvalidValueError, match="on must be"):
        careers(model, on=7)  # type: ignore[arg-type]


def test_all_is_told_as_text_html_and_json() -> None:
    d = bakery()
    d.set("performer", name="<i>Baker</i>")
    every = careers(d.model, on=DAY)
    one = every["performer"]
    assert len(every) == 1
    assert len(one) == 5
    assert "complex arenas" in str(every)
    assert str(one).startswith("<i>Baker</i> on 2026-06-01\nquestion")
    for told in (every, one):
        assert "<i>" not in told._repr_html_()
        assert json.loads(told.to_json()) == told.as_dict()
    assert one.as_dict()["offers"][1] == {
        "question": "complex_arenas",
        "answer": "no",
        "reason": "nobody plays a part beyond this one, and no larger process is told",
        "evidence": [],
    }


@given(st.randoms(use_true_random=False))
def test_the_order_of_elements_changes_nothing(random: object) -> None:
    d = elsewhere(bakery())
    d.role_assignment(role="performer", party="party-a1", on="sell")
    held = list(d.model)
    random.shuffle(held)  # type: ignore[attr-defined]
    assert careers(Model(held), on=DAY) == careers(d.model, on=DAY)
