import re
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given

from missionkit.domain.draft import draft
from missionkit.domain.ext import Ext
from missionkit.domain.ids import AnyId, GoalId, NeedId, ObjectiveId, RoleAssignmentId
from missionkit.domain.kinds import KINDS
from missionkit.domain.model import Model
from missionkit.domain.opaque import Opaque
from missionkit.domain.plan import Goal, Objective
from missionkit.domain.role import RoleAssignment
from missionkit.domain.values import Contribution
from missionkit.errors import NotFoundError
from missionkit.testing.strategies import models
from missionkit.trace.branch import Branch
from missionkit.trace.graph import graph
from missionkit.trace.hop import Hop
from missionkit.trace.impact import impact
from missionkit.trace.toward import Toward
from missionkit.trace.why import LISTED, why
from tests.trace.judge import ends, stepped
from tests.trace.plans import LinkedBet, goals, harbour, ladder, lines

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "line-of-sight.md"


def ways(branch: Branch) -> list[list[str]]:
    """Return the ids along each path."""
    return [
        [hop.source for hop in path[:1]] + [hop.target for hop in path]
        for path in branch.paths
    ]


def test_a_process_sees_the_intent_and_its_stakeholders() -> None:
    answer = why(harbour(), "repairs")

    assert answer.whole
    assert (answer.id, answer.kind, answer.title) == ("repairs", "process", "Repairs")
    assert answer.intent.count == 2
    assert ways(answer.intent) == [
        ["repairs", "solvent", "homes"],
        ["repairs", "epc", "heat", "homes"],
    ]
    assert answer.intent.gaps == ()
    assert answer.intent.broken is None
    assert ways(answer.stakeholder) == [["repairs", "epc", "warm", "tenants"]]
    (gap,) = answer.stakeholder.gaps
    assert (gap.at.id, gap.distance) == ("save", 2)


def test_a_measure_is_broken_where_its_objective_answers_no_need() -> None:
    answer = why(harbour(), "months")

    assert not answer.whole
    assert ways(answer.intent) == [["months", "save", "solvent", "homes"]]
    assert answer.stakeholder.count == 0
    assert answer.stakeholder.paths == ()
    broken = answer.stakeholder.broken
    assert broken is not None
    assert (broken.at.id, broken.at.kind, broken.distance) == ("save", "objective", 1)
    assert broken.mend == "name a need in `needs` of objective 'save'"
    assert [(hop.source, hop.target) for hop in answer.stakeholder.way] == [
        ("months", "save")
    ]


def test_a_need_without_objective_is_broken_at_itself() -> None:
    answer = why(harbour(), "rent")

    broken = answer.intent.broken
    assert broken is not None
    assert (broken.at.id, broken.distance) == ("rent", 0)
    assert broken.mend == "name need 'rent' in `needs` of an objective"
    assert answer.intent.way == ()
    assert ways(answer.stakeholder) == [["rent", "tenants"]]


def test_a_hop_names_its_link_its_holder_and_its_field() -> None:
    answer = why(harbour(), "repairs")

    assert answer.stakeholder.paths[0] == (
        Hop(
            source="repairs",
            link="achieves",
            target="epc",
            holder="repairs",
            path="achieves[0]",
        ),
        Hop(
            source="epc",
            link="satisfied_by",
            target="warm",
            holder="epc",
            path="needs[0]",
            along=False,
        ),
        Hop(
            source="warm",
            link="holds_need",
            target="tenants",
            holder="warm",
            path="stakeholder",
            along=False,
        ),
    )
    hop = answer.intent.paths[0][0]
    assert (hop.path, hop.link, hop.along) == (
        "contributions[0].target",
        "contributes",
        True,
    )


def test_a_hop_names_a_link_that_the_other_end_holds() -> None:
    (path,) = why(harbour(), "rent").stakeholder.paths
    assert path[0].holder == "rent"
    (path,) = why(harbour(), "tenants").intent.paths
    assert [(hop.holder, hop.path, hop.along) for hop in path] == [
        ("warm", "stakeholder", True),
        ("epc", "needs[0]", True),
        ("epc", "goal", True),
        ("heat", "intent", True),
    ]


def test_an_end_stands_there_itself() -> None:
    answer = why(harbour(), "homes")

    assert answer.intent.whole
    assert answer.intent.count == 1
    assert answer.intent.paths == ((),)
    assert answer.intent.gaps == ()
    assert "To the core intent: it stands there itself." in str(answer)


def test_two_links_between_the_same_elements_are_one_step() -> None:
    with draft("T") as d:
        goal = d.goal("G", intent=d.core_intent("M"))
        aim = d.objective("O", goal=goal)
        both = [Contribution(target=aim.id, weight=5)]
        d.process("W", id="work", achieves=[aim], contributions=both)
    answer = why(d.model, "work")

    assert answer.intent.count == 1
    assert answer.intent.paths[0][0].link == "achieves"


@pytest.mark.parametrize(("weight", "count"), [(1, 1), (0, 0), (-1, 0)])
def test_a_contribution_that_does_not_help_is_no_reason(
    weight: int, count: int
) -> None:
    with draft("T") as d:
        goal = d.goal("G", intent=d.core_intent("M"))
        only = [Contribution(target=goal.id, weight=weight)]
        d.process("W", id="work", contributions=only)

    assert why(d.model, "work").intent.count == count


def test_a_step_that_leads_back_is_not_taken_and_said() -> None:
    answer = why(goals(("a", "b"), ("b", "c"), ("c", "a"), ("b", "d")), "a")

    assert [(hop.source, hop.target) for hop in answer.intent.loops] == [("c", "a")]
    assert [gap.at.id for gap in answer.intent.gaps] == ["d"]
    assert "leads back  c → a" in str(answer)


def in_a_circle(first: str, second: str, *, goals: tuple[bool, bool]) -> Model:
    """Return a process with two objectives that contribute to one another."""
    with draft("T") as d:
        goal = d.goal("G", id="goal", intent=d.core_intent("M", id="top"))
        for name, served in zip((first, second), goals, strict=True):
            d.objective(name, id=name, goal=goal if served else None)
        for name, other in ((first, second), (second, first)):
            helped = Contribution(target=ObjectiveId(other), weight=50)
            d.set(name, contributions=[helped])
        d.process("W", id="work", achieves=[first, second])
    return d.model


@pytest.mark.parametrize("names", [("a", "b"), ("b", "a")])
def test_a_circle_on_the_way_hides_no_path_and_is_no_gap(
    names: tuple[str, str],
) -> None:
    first, second = names
    answer = why(in_a_circle(first, second, goals=(True, False)), "work").intent

    assert (answer.count, answer.exact) == (2, True)
    assert ways(answer) == [
        ["work", first, "goal", "top"],
        ["work", second, first, "goal", "top"],
    ]
    assert answer.gaps == ()
    back = {(hop.source, hop.target) for hop in answer.loops}
    assert back == {("a", "b"), ("b", "a")}
    both = why(in_a_circle(first, second, goals=(True, True)), "work").intent
    assert both.count == 4
    assert len(both.paths) == 4


@pytest.mark.parametrize("names", [("a", "b"), ("b", "a")])
def test_of_a_circle_that_leads_nowhere_the_nearest_is_named(
    names: tuple[str, str],
) -> None:
    first, second = names
    answer = why(in_a_circle(first, second, goals=(False, False)), first).intent

    assert not answer.whole
    assert [gap.at.id for gap in answer.gaps] == [first]
    assert answer.gaps[0].mend == f"set `goal` of objective '{first}' to a goal"


def test_where_circles_make_too_many_paths_it_says_how_many_at_least() -> None:
    names = [f"o{at}" for at in range(10)]
    with draft("T") as d:
        goal = d.goal("G", intent=d.core_intent("M"))
        for name in names:
            d.objective(name, id=name, goal=goal)
        for name in names:
            others = (ObjectiveId(other) for other in names if other != name)
            helped = [Contribution(target=other, weight=5) for other in others]
            d.set(name, contributions=helped)
    answer = why(d.model, "o0")

    assert not answer.intent.exact
    assert answer.intent.count >= len(answer.intent.paths) == LISTED
    assert "by at least 20 paths." in str(answer)
    assert "and         at least 15 more" in str(answer)


def test_an_element_that_leads_to_itself_stops_there() -> None:
    assignment = RoleAssignmentId("me")
    with draft("T") as d:
        role, party = d.role("R"), d.party("P")
    me = RoleAssignment(
        id=assignment, role=role.id, party=party.id, on=AnyId(assignment)
    )
    answer = why(d.model.with_(me), "me")

    assert [(hop.source, hop.target) for hop in answer.intent.loops] == [("me", "me")]
    assert not answer.intent.whole


def test_paths_by_the_million_are_counted_and_twenty_listed() -> None:
    answer = why(ladder(31), "g30a")

    assert answer.intent.count == 2**30
    assert len(answer.intent.paths) == LISTED
    assert "by 1,073,741,824 paths." in str(answer)
    assert "  and     1,073,741,819 more" in str(answer)


def test_a_huge_number_of_paths_has_a_text() -> None:
    answer = why(ladder(400), "g399a")

    assert answer.intent.count == 2**399
    assert "by more than 10^120 paths." in str(answer)


def test_a_very_long_chain_is_followed_to_its_end() -> None:
    chain = [
        Goal(id=GoalId(f"g{at}"), statement="G", parent=GoalId(f"g{at + 1}"))
        for at in range(3_000)
    ]
    model = Model([*chain, Goal(id=GoalId("g3000"), statement="G")])
    broken = why(model, "g0").intent.broken

    assert broken is not None
    assert (broken.at.id, broken.distance) == ("g3000", 3_000)


def test_an_unknown_id_is_refused_with_the_nearest() -> None:
    with pytest.raises(NotFoundError, match="did you mean 'repairs'"):
        why(harbour(), "repair")


def test_many_gaps_are_told_in_part_and_listed_in_full() -> None:
    with draft("T") as d:
        goal = d.goal("G", id="goal", intent=d.core_intent("M"))
        for at in range(8):
            d.objective(f"O{at}", id=f"o{at}", goal=goal)
    answer = why(d.model, "goal")

    assert [gap.at.id for gap in answer.stakeholder.gaps] == [
        f"o{at}" for at in range(8)
    ]
    assert "  and            at 2 more places" in str(answer)


def test_an_erased_element_and_one_without_its_class_are_named_as_what_they_are() -> (
    None
):
    erased = Opaque(kind="need", id="gone", erased=True)
    closed = Opaque(kind="acme.thing", id="thing", data=Ext({}))
    with draft("T") as d:
        role, party = d.role("R"), d.party("P", id="party")
    aim = Objective(id=ObjectiveId("aim"), statement="O", needs=(NeedId("gone"),))
    held = RoleAssignment(
        id=RoleAssignmentId("held"), role=role.id, party=party.id, on=AnyId("thing")
    )
    model = Model([*d.model, aim, held, erased, closed])

    lost = why(model, "aim").stakeholder.broken
    assert lost is not None
    assert lost.mend == "what need 'gone' said has been erased"
    beyond = why(model, "party").intent.broken
    assert beyond is not None
    assert (
        beyond.mend == "open the model with the class of 'acme.thing' among its kinds"
    )


def test_a_third_party_kind_is_followed_like_ours() -> None:
    with draft("T", kinds=KINDS | {LinkedBet}) as d:
        goal = d.goal("G", id="goal", intent=d.core_intent("M", id="top"))
        first = d.make(LinkedBet, "First", goal=goal)
        second = d.make(LinkedBet, "Second", before=[first])
        d.set(first, before=[second])
        d.process("W", id="work")
        d.make(LinkedBet, "Third", goal=goal, for_whom="work")
    model = d.model

    assert ways(why(model, "second").intent) == [["second", "first", "goal", "top"]]
    assert ways(why(model, "work").intent) == [["work", "third", "goal", "top"]]
    assert [(h.source, h.target) for h in why(model, "second").intent.loops] == [
        ("first", "second")
    ]


def test_the_answers_in_the_docs_are_the_answers() -> None:
    told = re.findall(r"```text\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    model = harbour()

    answers = [why(model, ref) for ref in ("repairs", "months", "rent")]
    assert told == [f"{answer}\n" for answer in (*answers, impact(model, "solvent"))]


def test_a_page_shows_the_answer_with_every_text_escaped() -> None:
    with draft("T") as d:
        d.goal("<script>alert(1)</script>", id="goal")
    page = why(d.model, "goal")._repr_html_()

    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "set `intent` of goal" in page


@given(lines())
def test_every_answer_agrees_with_one_worked_out_another_way(model: Model) -> None:
    steps = {toward: stepped(model, toward) for toward in Toward}
    for ref in model.ids():
        answer = why(model, ref)
        for branch in answer.branches:
            reach = nx.descendants(steps[branch.name], ref) | {ref}
            last = ends(model, branch.name)
            assert branch.whole == bool(reach & last)
            assert (branch.broken is None) == branch.whole
            assert len(branch.paths) == min(branch.count, LISTED)
            below = steps[branch.name].subgraph(reach)
            paths = [
                path
                for end in reach & last
                for path in (
                    [[ref]] if end == ref else nx.all_simple_paths(below, ref, end)
                )
            ]
            paths.sort(key=lambda path: (len(path), path))
            assert (branch.count, branch.exact) == (len(paths), True)
            found = [way or [ref] for way in ways(branch)]
            assert found == paths[:LISTED]
            dead = [g for g in nx.attracting_components(below) if not g & last]
            gaps = {gap.at.id for gap in branch.gaps}
            assert len(gaps) == len(branch.gaps) == len(dead)
            assert all(gaps & group for group in dead)


@given(lines())
def test_every_hop_is_a_link_of_the_model(model: Model) -> None:
    links = {
        (facts["holder"], facts["path"]): (one, two, facts["link"])
        for one, two, facts in graph(model).edges(data=True)
    }
    for ref in model.ids():
        for branch in why(model, ref).branches:
            for hop in branch.hops():
                pair = (hop.source, hop.target)
                drawn = pair if hop.along else pair[::-1]
                assert links[hop.holder, hop.path] == (*drawn, hop.link)


@given(models())
def test_any_element_of_any_model_has_an_answer_with_a_text(model: Model) -> None:
    for ref in model.ids():
        answer = why(model, ref)

        assert str(answer).count("To the ") >= 2
        assert answer._repr_html_().startswith("<p>Why is")
        assert all(gap.mend for branch in answer.branches for gap in branch.gaps)
