"""Which links may not come round, and where they do."""

import missionkit as mk
from missionkit.domain.circles import acyclic_links, circles_of


def test_the_links_of_an_element_that_may_not_come_round_are_given() -> None:
    goal = mk.Goal(
        id=mk.GoalId("warm"), statement="Warm homes", parent=mk.GoalId("homes")
    )

    assert [use.target for use in acyclic_links(goal)] == ["homes"]


def test_of_an_element_of_an_absent_kind_no_link_is_known() -> None:
    bet = mk.Opaque(kind="acme.bet", id="bet", data=mk.Ext({"id": "bet", "on": "bet"}))

    assert list(acyclic_links(bet)) == []


def test_every_circle_of_a_graph_is_found_once() -> None:
    graph = {"a": ["b"], "b": ["a", "c"], "c": ["c"], "d": ["a"]}

    assert sorted(map(sorted, circles_of(graph))) == [["a", "b"], ["c"]]
