import subprocess
import sys

import networkx as nx
from hypothesis import given

from missionkit.domain.display import title_of
from missionkit.domain.draft import draft
from missionkit.domain.links import links_of
from missionkit.domain.model import Model
from missionkit.domain.opaque import Opaque
from missionkit.domain.values import Contribution
from missionkit.testing.strategies import models
from missionkit.trace.graph import graph
from tests.trace.plans import harbour


def test_links_are_edges_in_their_declared_direction() -> None:
    made = graph(harbour())

    assert isinstance(made, nx.MultiDiGraph)
    assert made.nodes["save"] == {
        "kind": "objective",
        "title": "Reserves for six months",
    }
    assert made.edges["warm", "epc", "satisfied_by"] == {
        "link": "satisfied_by",
        "holder": "epc",
        "path": "needs[0]",
        "trace": True,
    }
    assert made.edges["repairs", "save", "contributes"] == {
        "link": "contributes",
        "holder": "repairs",
        "path": "contributions[1].target",
        "trace": True,
        "weight": -20,
    }


def test_two_links_of_a_name_between_the_same_elements_are_both_kept() -> None:
    with draft("T") as d:
        goal = d.goal("G", id="goal")
        both = [Contribution(target=goal.id, weight=w) for w in (5, -5)]
        d.process("W", id="work", contributions=both)
    edges = graph(d.model)["work"]["goal"]

    assert {key: facts["weight"] for key, facts in edges.items()} == {
        "contributes": 5,
        "contributes work.contributions[1].target": -5,
    }


@given(models(max_size=20))
def test_no_element_and_no_link_is_left_out(model: Model) -> None:
    made = graph(model)

    assert list(made) == [element.id for element in model]
    assert {ref: made.nodes[ref]["title"] for ref in made} == {
        e.id: title_of(e) for e in model
    }
    expected = sorted(
        (element.id, use.path)
        for element in model
        if not isinstance(element, Opaque)
        for use in links_of(element)
    )
    facts = [facts for _, _, facts in made.edges(data=True)]
    assert sorted((f["holder"], f["path"]) for f in facts) == expected


def test_an_opaque_element_is_a_node() -> None:
    model = Model([Opaque(kind="acme.bet", id="bet", erased=True)])

    assert dict(graph(model).nodes["bet"]) == {"kind": "acme.bet", "title": "bet"}


def test_networkx_is_imported_only_when_it_is_asked_for() -> None:
    code = (
        "import sys, missionkit.trace.why, missionkit.trace.coverage,"
        " missionkit.trace.graph; sys.exit('networkx' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
