from collections.abc import Iterable
from itertools import permutations
from typing import Annotated, NewType

import networkx as nx
import pytest
from attrs import evolve, frozen
from hypothesis import given, settings
from hypothesis import strategies as st

from missionkit.domain.declaration import Element, Entity, entity
from missionkit.domain.ids import (
    AnyId,
    CourseOfActionId,
    GoalId,
    NeedId,
    ObjectiveId,
    OrganizationId,
    PartyId,
    ProcessId,
    RoleAssignmentId,
    RoleId,
    StakeholderId,
)
from missionkit.domain.intent import Organization
from missionkit.domain.kinds import KINDS, Kinds
from missionkit.domain.marks import Link
from missionkit.domain.model import Model
from missionkit.domain.opaque import Opaque
from missionkit.domain.plan import CourseOfAction, Goal, Objective
from missionkit.domain.process import Process
from missionkit.domain.role import RoleAssignment
from missionkit.domain.stakeholder import Need, Stakeholder
from missionkit.domain.structure import MOST_FAULTS
from missionkit.errors import ModelError
from missionkit.issue import Issue
from tests.domain.bets import Bet, BetId, Odds

StepId = NewType("StepId", str)


@frozen(kw_only=True)
@entity("test.step")
class Step(Entity):
    id: StepId
    above: Annotated[StepId | None, Link("above", acyclic=True)] = None
    before: Annotated[StepId | None, Link("before", acyclic=True)] = None


def need(ref: str, of: str | None = None) -> Need:
    holder = None if of is None else StakeholderId(of)
    return Need(id=NeedId(ref), statement="x", stakeholder=holder)


def process(ref: str, parent: str | None = None) -> Process:
    above = None if parent is None else ProcessId(parent)
    return Process(id=ProcessId(ref), name="x", parent=above)


def action(ref: str, *implements: str) -> CourseOfAction:
    above = tuple(map(CourseOfActionId, implements))
    return CourseOfAction(id=CourseOfActionId(ref), name="x", implements=above)


def organization(ref: str, parent: str | None = None) -> Organization:
    above = None if parent is None else OrganizationId(parent)
    return Organization(id=OrganizationId(ref), name="x", parent=above)


def issues(elements: Iterable[Element], kinds: Kinds = KINDS) -> tuple[Issue, ...]:
    with pytest.raises(ModelError) as caught:
        Model(elements, kinds=kinds)
    return caught.value.issues


def facts(found: Iterable[Issue]) -> list[tuple[str, str, str, str]]:
    return [(i.code, i.ref, i.path, i.message) for i in found]


def test_an_id_used_twice_is_named_once_with_its_kinds() -> None:
    tenants = Stakeholder(id=StakeholderId("warm"), name="T")

    assert facts(issues([need("warm"), tenants])) == [
        (
            "MK-STR-001",
            "warm",
            "id",
            "'warm' is the id of 2 elements: need and stakeholder.",
        )
    ]
    assert facts(issues([need("warm"), need("warm"), need("warm")])) == [
        (
            "MK-STR-001",
            "warm",
            "id",
            "'warm' is the id of 3 elements: need.",
        )
    ]


def test_a_link_to_nothing_names_the_nearest_id() -> None:
    tenants = Stakeholder(id=StakeholderId("tenants"), name="T")
    found = issues([need("warm", "tenant"), tenants])

    assert facts(found) == [
        (
            "MK-STR-025",
            "warm",
            "stakeholder",
            "stakeholder of 'warm' names 'tenant', which is not there.",
        )
    ]
    assert found[0].fix == "did you mean 'tenants'?"
    assert found[0].value == "'tenant'"
    assert found[0].why == "a link to nothing breaks every line that passes through it"


def test_a_link_to_a_wrong_kind_names_the_right_one() -> None:
    goal = Goal(id=GoalId("g"), statement="x")

    assert facts(issues([need("warm", "g"), goal])) == [
        (
            "MK-STR-002",
            "warm",
            "stakeholder",
            "stakeholder of 'warm' must name a stakeholder, but 'g' is a goal.",
        )
    ]


def test_a_link_inside_of_a_value_has_the_whole_path() -> None:
    bet = Bet(
        id=BetId("b"),
        name="x",
        odds=(Odds(by="a", chance=0), Odds(by="b", chance=1, of=ObjectiveId("o"))),
    )

    (issue,) = issues([bet], KINDS | {Bet})
    assert issue.path == "odds[1].of"


def test_a_link_to_any_kind_needs_only_a_target() -> None:
    role = RoleAssignment(
        id=RoleAssignmentId("ra"), role=RoleId("r"), party=PartyId("p"), on=AnyId("x")
    )

    assert [i.path for i in issues([role])] == ["on", "party", "role"]


def test_a_second_root_is_one_too_many() -> None:
    found = issues([organization("b"), organization("c"), organization("a")])

    assert facts(found) == [
        (
            "MK-STR-003",
            "b",
            "parent",
            "'b' has no parent, like 'a': only one can be the root.",
        ),
        (
            "MK-STR-003",
            "c",
            "parent",
            "'c' has no parent, like 'a': only one can be the root.",
        ),
    ]
    assert found[0].fix == "set parent of 'b', for example to 'a'"
    assert Model([organization("a"), organization("b", "a")]).root == organization("a")


def test_a_class_that_is_not_among_the_kinds_is_named() -> None:
    bet = Bet(id=BetId("b"), name="x")
    found = issues([bet])

    assert facts(found) == [
        ("MK-STR-004", "b", "", "Bet is not among the kinds of this model.")
    ]
    assert found[0].fix == "pass kinds=mk.KINDS | {Bet}"
    assert Model([bet], kinds=KINDS | {Bet})


@pytest.mark.parametrize(
    "thing", ["x", 5, None, Need, Odds(by="a", chance=0), object()], ids=range(6)
)
def test_what_is_no_element_is_named(thing: Element) -> None:
    (issue,) = issues([thing])

    assert (issue.code, issue.ref) == ("MK-STR-004", "")


def test_a_plain_subclass_of_a_kind_is_not_among_the_kinds() -> None:
    class MyNeed(Need):
        pass

    (issue,) = issues([MyNeed(id=NeedId("n"), statement="x")])
    assert issue.message == "MyNeed is not among the kinds of this model."


def test_a_circle_is_named_from_its_smallest_id() -> None:
    found = issues([process("c", "a"), process("b", "c"), process("a", "b")])

    assert facts(found) == [
        ("MK-STR-005", "a", "parent", "a → b → c → a is a circle of 'part_of' links.")
    ]


def test_an_element_that_is_above_itself_is_a_circle() -> None:
    assert facts(issues([process("a", "a")])) == [
        ("MK-STR-005", "a", "parent", "a → a is a circle of 'part_of' links.")
    ]


def test_each_circle_is_named_and_what_leads_into_it_is_not() -> None:
    found = issues(
        [
            *(process("a", "b"), process("b", "a")),
            *(process("c", "d"), process("d", "c")),
            *(process("e", "a"), process("f", "e")),
        ]
    )

    assert [i.message for i in found] == [
        "a → b → a is a circle of 'part_of' links.",
        "c → d → c is a circle of 'part_of' links.",
    ]


def test_of_knotted_circles_the_shortest_are_named_with_their_link() -> None:
    found = issues(
        [action("a", "d", "b"), action("b", "c"), action("c", "a"), action("d", "a")]
    )

    assert facts(found) == [
        (
            "MK-STR-005",
            "a",
            "implements[0]",
            "a → d → a is a circle of 'implements' links.",
        ),
        (
            "MK-STR-005",
            "b",
            "implements[0]",
            "b → c → a → b is a circle of 'implements' links.",
        ),
    ]


def test_a_circle_of_links_that_are_not_of_one_name_is_none() -> None:
    kinds = Kinds([Step])
    one = Step(id=StepId("a"), above=StepId("b"))
    other = Step(id=StepId("b"), before=StepId("a"))

    assert len(Model([one, other], kinds=kinds)) == 2
    assert len(Model([one.__class__(id=one.id), other], kinds=kinds).with_(one)) == 2
    assert [i.path for i in issues([one, evolve(other, above=one.id)], kinds)] == [
        "above"
    ]


def test_links_that_may_come_round_may() -> None:
    one = Objective(id=ObjectiveId("o"), statement="x", goal=GoalId("g"))
    goal = Goal(id=GoalId("g"), statement="x", parent=None)

    assert len(Model([one, goal])) == 2


def test_all_faults_are_named_in_a_fixed_order_whatever_the_order_given() -> None:
    elements: list[Element] = [
        need("n", "nobody"),
        need("n", "n"),
        process("p", "q"),
        process("q", "p"),
        organization("a"),
        organization("b"),
        Opaque(kind="goal", id="n", erased=True),
    ]
    answers = {issues(order) for order in permutations(elements)}

    assert len(answers) == 1
    assert [(i.code, i.ref, i.path) for i in answers.pop()] == [
        ("MK-STR-003", "b", "parent"),
        ("MK-STR-001", "n", "id"),
        ("MK-STR-002", "n", "stakeholder"),
        ("MK-STR-025", "n", "stakeholder"),
        ("MK-STR-005", "p", "parent"),
    ]


def test_a_chain_of_ten_thousand_parents_is_sound() -> None:
    chain = [process(f"p{n}", f"p{n + 1}") for n in range(10_000)]
    model = Model([*chain, process("p10000")])

    assert len(Model().with_(*model)) == 10_001
    assert len(model.with_(process("p10000", "top"), process("top"))) == 10_002


def test_a_circle_of_ten_thousand_is_found_and_shortened() -> None:
    circle = [process(f"p{n:04}", f"p{(n + 1) % 10_000:04}") for n in range(10_000)]

    (issue,) = issues(circle)
    assert issue.message == (
        "p0000 → p0001 → p0002 → p0003 → … → p9998 → p9999 → p0000"
        " is a circle of 'part_of' links."
    )


def test_a_long_chain_between_two_circles_is_judged_in_linear_time() -> None:
    chain = [process(f"p{n:04}", f"p{n + 1:04}") for n in range(5000)]
    circles = [process("a", "b"), action("x", "y"), action("y", "x")]
    ends = [process("p5000", "p4999"), process("b", "a")]

    assert len(issues([*chain, *circles, *ends])) == 3


def test_of_many_links_to_nothing_the_first_have_a_hint() -> None:
    needs = [need(f"need-{n}", f"need-x{n}") for n in range(2000)]
    found = issues(needs)

    hinted = [i.ref for i in found if i.fix.startswith("did you mean")]
    assert hinted == sorted(i.ref for i in found)[: len(hinted)]
    assert 5 < len(hinted) < len(found) == MOST_FAULTS
    assert issues(reversed(needs)) == found


def test_of_circles_that_are_as_short_the_first_by_id_is_named_first() -> None:
    found = issues([action("a", "c", "b"), action("b", "a"), action("c", "a")])

    assert [i.message.partition(" is ")[0] for i in found] == ["a → b → a", "c → a → c"]


def test_a_knot_of_many_circles_is_judged_in_linear_time() -> None:
    names = [f"a{n:02}" for n in range(60)]
    knot = [action(name, *(n for n in names if n != name)) for name in names]

    assert len(issues(knot)) == 20


graphs = st.dictionaries(
    st.sampled_from("abcdef"),
    st.sets(st.sampled_from("abcdef"), max_size=3),
    max_size=6,
)


@settings(max_examples=300)
@given(graphs)
def test_circles_are_found_where_there_are_some(graph: dict[str, set[str]]) -> None:
    names = {*graph, *(n for ahead in graph.values() for n in ahead)}
    elements = [action(name, *sorted(graph.get(name, ()))) for name in sorted(names)]
    wanted: nx.DiGraph[str] = nx.DiGraph(
        (a, b) for a, ahead in graph.items() for b in ahead
    )
    knots = [
        knot
        for knot in nx.strongly_connected_components(wanted)
        if len(knot) > 1 or wanted.has_edge(*(2 * list(knot)))
    ]
    if not knots:
        assert len(Model(elements)) == len(elements)
        return
    found = issues(elements)
    shown = [set(i.message.partition(" is ")[0].split(" → ")) for i in found]
    for circle in shown:
        assert any(circle <= knot for knot in knots)
    assert set().union(*shown) == set().union(*knots)


def test_a_fault_is_named_once_where_an_id_is_used_twice() -> None:
    twice = [need("n", "x"), evolve(need("n", "x"), notes="y")]

    assert [i.code for i in issues(twice)] == ["MK-STR-001", "MK-STR-025"]
