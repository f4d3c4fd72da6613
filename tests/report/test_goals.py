from missionkit.domain.draft import draft
from missionkit.domain.ext import Ext
from missionkit.domain.model import Model
from missionkit.domain.plan import Objective
from missionkit.report.goals import by_goal


def order(model: Model) -> list[str]:
    found = by_goal(model, model.of(Objective))
    return [ref for goal, held in found for ref in (goal, *(o.id for o in held))]


def test_goals_stand_in_the_order_that_the_plan_gave_them() -> None:
    with draft("Trust") as d:
        for ref, number in (("a", "10"), ("b", "2."), ("c", "none"), ("d", "2.1")):
            ext = Ext({"stratml": {"SequenceIndicator": number}})
            d.objective(ref, id=f"o-{ref}", goal=d.goal(ref, id=ref, ext=ext))

    assert order(d.model) == ["b", "o-b", "d", "o-d", "a", "o-a", "c", "o-c"]


def test_a_goal_stands_before_its_parts_and_no_goal_last() -> None:
    with draft("Trust") as d:
        top = d.goal("Top", id="z")
        d.goal("Other", id="b")
        d.objective("One", id="o1", goal=d.goal("Part", id="a", parent=top))
        d.objective("Two", id="o2", goal=top)
        d.objective("Three", id="o3")
        d.objective("Four", id="o4", goal="b")

    assert order(d.model) == ["b", "o4", "z", "o2", "a", "o1", "", "o3"]


def test_objectives_stand_in_the_order_that_the_plan_gave_them() -> None:
    with draft("Trust") as d:
        for ref, number in (("a", "1.10"), ("b", "1.9"), ("c", "")):
            ext = Ext({"stratml": {"SequenceIndicator": number}})
            d.objective(ref, id=ref, ext=ext)

    assert order(d.model) == ["", "b", "a", "c"]
