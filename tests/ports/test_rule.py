from datetime import date

import pytest

from missionkit.domain.draft import draft
from missionkit.domain.ids import AnyId, ReviewCycleId
from missionkit.domain.measure import SuccessMeasure
from missionkit.domain.model import Model
from missionkit.domain.opaque import Opaque
from missionkit.domain.plan import Objective
from missionkit.domain.process import Process
from missionkit.domain.review import ReviewCycle
from missionkit.domain.role import RoleAssignment
from missionkit.domain.values import Period
from missionkit.errors import InvalidValueError, NotFoundError
from missionkit.issue import Issue
from missionkit.ports.rule import LimitSpec, NotJudged, RuleEntry, RuleView

with draft("Trust", id="trust") as d:
    d.need("Warm\u202e homes " + "x" * 99, id="warm")
    d.objective("Insulate", id="insulate", needs=("warm",))
    d.process("Build", id="build", achieves=("insulate",))
    d.process("Dig", id="dig", achieves=("insulate",))
    d.success_measure("Done", id="done", of="insulate")
    d.success_measure("Idle", id="idle")
    d.role("Owner", id="owner")
    d.party("Ana", id="ana")
    d.role_assignment(id="r1", role="owner", party="ana")
    d.role_assignment(
        id="r2", role="owner", party="ana", period=Period(end=date(2025, 12, 31))
    )
    d.add(Opaque(kind="acme.big_bet", id=AnyId("bet")))
MODEL = d.model
VIEW = RuleView(model=MODEL, on=date(2026, 1, 1), limits={"most": 3})


def refs(elements: object) -> list[str]:
    return [element.id for element in elements]  # type: ignore[attr-defined]  # elements


def test_a_view_gives_elements_by_kind_and_by_id() -> None:
    assert refs(VIEW.of(Process)) == ["build", "dig"]
    assert VIEW.by_id(Process)["dig"].name == "Dig"
    assert VIEW.by_id(Objective).get("dig") is None


def test_a_view_gives_elements_by_what_they_refer_to() -> None:
    assert refs(VIEW.referring(Process, "achieves")["insulate"]) == ["build", "dig"]
    assert VIEW.referring(SuccessMeasure, "of").keys() == {"insulate"}
    assert VIEW.referring(Process, "parent") == {}


def test_a_lookup_is_made_once() -> None:
    for look in (VIEW.of, VIEW.by_id):
        assert look(Process) is look(Process)
    assert VIEW.referring(Process, "parent") is VIEW.referring(Process, "parent")


def test_what_a_function_makes_of_a_view_is_made_once() -> None:
    asked = []

    def make(view: RuleView) -> int:
        asked.append(view)
        return len(view.model)

    assert VIEW.once(make) == VIEW.once(make) == len(MODEL)
    assert asked == [VIEW]


def test_a_view_gives_what_is_in_force_on_its_day() -> None:
    assert refs(VIEW.in_force(RoleAssignment)) == ["r1"]
    assert refs(RuleView(model=MODEL).in_force(RoleAssignment)) == ["r1", "r2"]


def test_the_day_is_there_or_an_error() -> None:
    assert VIEW.day == date(2026, 1, 1)
    with pytest.raises(NotFoundError):
        _ = RuleView(model=MODEL).day


def test_a_limit_is_there_or_an_error_with_the_nearest() -> None:
    assert VIEW.limit("most") == 3
    with pytest.raises(NotFoundError) as caught:
        VIEW.limit("mst")
    assert caught.value.nearest == ("most",)


def test_limits_cannot_be_changed_from_outside() -> None:
    given = {"most": 3.0}
    view = RuleView(model=MODEL, limits=given)
    given["most"] = 4

    assert view.limit("most") == 3
    with pytest.raises(TypeError):
        view.limits["most"] = 5  # type: ignore[index]  # a frozen mapping


def test_views_of_the_same_are_equal() -> None:
    view = RuleView(model=MODEL, on=date(2026, 1, 1), limits={"most": 3})

    assert view == VIEW
    assert hash(view) == hash(VIEW)
    assert view != RuleView(model=MODEL)


def test_an_element_is_named_by_kind_and_title() -> None:
    assert VIEW.named("insulate") == "Objective 'Insulate'"
    assert VIEW.named(MODEL["r1"]) == "Role assignment 'r1'"
    assert VIEW.named("bet") == "Big bet 'bet'"


def test_an_element_of_a_kind_the_model_lacks_is_named_by_its_class() -> None:
    view = RuleView(model=Model(kinds=type(MODEL.kinds)([Process])))

    assert view.named(MODEL["insulate"]) == "Objective 'Insulate'"


def test_a_title_is_short_and_visible() -> None:
    title = VIEW.titled("warm")

    assert len(title) <= 62
    assert r"Warm\u202e homes" in title


def test_what_was_not_judged_says_so_in_words_and_as_json() -> None:
    one = NotJudged("MK-X-001", "no day", ("a",))

    assert str(one) == "MK-X-001: no day (1 element)"
    assert str(NotJudged("MK-X-001", "no day", ("a", "b"))).endswith("(2 elements)")
    assert str(NotJudged("MK-X-001", "no day")) == "MK-X-001: no day"
    assert one.as_dict() == {"code": "MK-X-001", "why": "no day", "refs": ["a"]}


def test_a_limit_is_declared_soundly() -> None:
    with pytest.raises(InvalidValueError):
        LimitSpec("two\nlines", -1, "")


class Picky:
    def __call__(self, _: RuleView, /) -> tuple[Issue, ...]:
        return ()


def picky(_: RuleView) -> tuple[Issue, ...]:
    return ()


def test_a_rule_is_named_by_where_it_is_defined() -> None:
    assert RuleEntry(rule=picky).name == f"{__name__}.picky"
    assert RuleEntry(rule=Picky()).name == f"{__name__}.Picky"


def test_a_rule_that_did_not_ask_for_a_review_has_none() -> None:
    cycle = ReviewCycle(id=ReviewCycleId("review"), name="Review")

    assert RuleView(model=Model((cycle,)), cycle=cycle).review is cycle
    with pytest.raises(NotFoundError, match="cycle to judge"):
        _ = RuleView(model=Model()).review
