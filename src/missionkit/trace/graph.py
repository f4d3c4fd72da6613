"""The links of a model as a graph of networkx, for its algorithms and exports."""

from typing import TYPE_CHECKING

from missionkit.domain.declaration import Element
from missionkit.domain.display import title_of
from missionkit.domain.links import LinkUse, links_of
from missionkit.domain.model import Model, refuse_no_model
from missionkit.domain.opaque import Opaque
from missionkit.domain.structure import kind_of
from missionkit.trace.lines import weight_of

if TYPE_CHECKING:
    import networkx as nx


def graph(model: Model) -> "nx.MultiDiGraph[str]":
    """Return every link of *model* as an edge in its declared direction.

    Nodes are ids, with `kind` and `title`. An edge is keyed by the name of its link;
    where two links of a name lead from one element to the same other, the later one is
    keyed by name and path. Edges have `link`, `holder`, `path` and `trace`, and
    `weight` where the link has one.
    """
    refuse_no_model(model, "graph")
    from networkx import MultiDiGraph  # noqa: PLC0415 - heavy, and only needed here

    made: nx.MultiDiGraph[str] = MultiDiGraph()
    for element in model:
        kind = kind_of(element, model.kinds)
        made.add_node(element.id, kind=kind, title=title_of(element))
    for element in model:
        if not isinstance(element, Opaque):
            for use in links_of(element):
                _add(made, element, use)
    return made


def _add(made: "nx.MultiDiGraph[str]", element: Element, use: LinkUse) -> None:
    link, holder = use.link, element.id
    source, target = (use.target, holder) if link.reverse else (holder, use.target)
    taken = made.has_edge(source, target, key=link.name)
    key = f"{link.name} {holder}.{use.path}" if taken else link.name
    facts: dict[str, object] = {
        "link": link.name,
        "holder": holder,
        "path": use.path,
        "trace": link.trace,
    }
    weight = weight_of(use.holder, element)
    if weight is not None:
        facts["weight"] = weight
    made.add_edge(source, target, key=key, **facts)
