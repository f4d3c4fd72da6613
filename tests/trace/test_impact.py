import networkx as nx
import pytest
from hypothesis import given

from missionkit.domain.draft import draft
from missionkit.domain.model import Model
from missionkit.errors import NotFoundError
from missionkit.trace.impact import impact
from missionkit.trace.toward import Toward
from tests.trace.judge import stepped
from tests.trace.plans import harbour, lines


def test_what_hangs_on_a_goal_is_grouped_by_kind_with_distance_and_branch() -> None:
    answer = impact(harbour(), "solvent")

    found = [(item.kind, item.id, item.distance) for item in answer.affected]
    assert found == [
        ("core_intent", "homes", 1),
        ("objective", "save", 1),
        ("success_measure", "months", 2),
        ("process", "repairs", 1),
    ]
    assert list(answer.by_kind()) == [
        "core_intent",
        "objective",
        "success_measure",
        "process",
    ]
    assert answer.affected[0].branches == (Toward.STAKEHOLDER,)
    assert answer.affected[3].branches == (Toward.INTENT, Toward.STAKEHOLDER)
    assert len(answer) == 4


def test_nothing_may_hang_on_it() -> None:
    answer = impact(harbour(), "repairs")

    assert answer.affected == ()
    assert str(answer) == "No line of sight passes through Repairs (process)"
    assert "table" not in answer._repr_html_()


def test_a_long_answer_is_told_in_part() -> None:
    with draft("T") as d:
        aim = d.objective("<O>", id="aim")
        for at in range(60):
            d.process(f"P{at}", id=f"p{at}", achieves=[aim])
    answer = impact(d.model, "aim")

    assert len(answer) == 60
    assert "and 10 more" in str(answer)
    assert "&lt;O&gt; (objective): process 60" in answer._repr_html_()


def test_an_unknown_id_is_refused() -> None:
    with pytest.raises(NotFoundError, match="did you mean 'warm'"):
        impact(harbour(), "worm")


@given(lines())
def test_impact_is_what_is_before_on_either_branch(model: Model) -> None:
    steps = {toward: stepped(model, toward) for toward in Toward}
    for ref in model.ids():
        answer = impact(model, ref)
        before = {
            toward: nx.single_source_shortest_path_length(
                steps[toward].reverse(copy=False), ref
            )
            for toward in Toward
        }
        expected = {
            (other, toward)
            for toward in Toward
            for other in before[toward]
            if other != ref
        }
        found = {(item.id, b) for item in answer.affected for b in item.branches}
        assert found == expected
        for item in answer.affected:
            assert item.distance == min(before[b][item.id] for b in item.branches)
            assert item.kind == model.kind_of(item.id)
        ranks = {kind: at for at, kind in enumerate(model.counts())}
        order = [(ranks[i.kind], i.distance, i.id) for i in answer.affected]
        assert order == sorted(order)
