"""Whether what is linked fits together: circles, weights, intents, and targets."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import date, timedelta
from graphlib import CycleError, TopologicalSorter
from typing import Final, TypeAlias

from missionkit.domain.declaration import Element
from missionkit.domain.links import links_of
from missionkit.domain.opaque import Opaque
from missionkit.domain.plan import Goal, Objective, ObjectiveStatus
from missionkit.issue import Issue
from missionkit.ports.rule import Judgment, LimitSpec, RuleEntry, RuleView
from missionkit.rules.codes import structure as codes
from missionkit.rules.facts.terms import Term, terms_of
from missionkit.rules.facts.weights import Share, groups_of, whole_of

Graph: TypeAlias = Mapping[str, tuple[str, ...]]
_DAY: Final = timedelta(days=1)
_SHOWN: Final = 8
TOLERANCE: Final = LimitSpec(
    "weight_tolerance", 1e-9, "how far the sum of weights may be from 1"
)


def circular_contributions(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each knot of goals and objectives that help themselves.

    The links are contributions, the goal of an objective and the parent of a goal. A
    knot in which there are many circles is reported once, by a shortest one.
    """
    upward = {str(each.id): each.parent for each in view.of(Goal)}
    upward |= {str(each.id): each.goal for each in view.of(Objective)}
    holders: tuple[Goal | Objective, ...] = (*view.of(Goal), *view.of(Objective))
    helped = {
        str(each.id): tuple(str(part.target) for part in each.contributions)
        for each in holders
    }
    graph = {
        ref: (*helped[ref], *((str(above),) if above else ()))
        for ref, above in upward.items()
    }
    for circle in _circles(graph):
        # The links upward never come round by themselves: one is a contribution.
        steps = zip(circle, (*circle[1:], circle[0]), strict=True)
        ref, to = next(step for step in steps if upward[step[0]] != step[1])
        yield _circular(view, circle, ref, helped[ref].index(to))


def _circular(view: RuleView, circle: tuple[str, ...], ref: str, index: int) -> Issue:
    return codes.CIRCULAR_CONTRIBUTION.issue(
        f"{view.named(ref)} contributes to itself: {_way_round(circle)}.",
        ref=ref,
        path=f"contributions[{index}].target",
        value=circle[0],
    )


def _circles(graph: Graph) -> Iterator[tuple[str, ...]]:
    """Yield one circle of each knot, beginning at its smallest id."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError:
        import networkx as nx  # noqa: PLC0415 - heavy, and few models are circular

        net: nx.DiGraph[str] = nx.DiGraph(
            (ref, to) for ref in graph for to in graph[ref]
        )
        for knot in sorted(map(sorted, nx.strongly_connected_components(net))):
            if len(knot) > 1 or net.has_edge(knot[0], knot[0]):
                yield _circle_from(knot[0], graph, frozenset(knot))


def _circle_from(start: str, graph: Graph, knot: frozenset[str]) -> tuple[str, ...]:
    came = {start: start}
    waiting = [start]
    for here in waiting:
        for to in graph[here]:
            if to in knot and to not in came:
                came[to] = here
                waiting.append(to)
    way = [next(ref for ref in waiting if start in graph[ref])]
    while way[-1] != start:
        way.append(came[way[-1]])
    return tuple(reversed(way))


def _way_round(circle: tuple[str, ...]) -> str:
    way = [*circle, circle[0]]
    if len(way) > _SHOWN:
        way = [*way[: _SHOWN // 2], "…", *way[1 - _SHOWN // 2 :]]
    return " → ".join(way)


def weights_of_siblings(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue where weights below one goal or intent do not add up to 1.

    The goals below a goal are one family, its objectives another. Where all of a family
    have weights that add up to 1, it is well, whenever each of them holds. Otherwise
    those are judged together that stand beside each other in time: they hold on one
    day, and no other one holds with all of them. What has no period holds always. On a
    given day, such a group is history where the periods of all in it are over.

    Where some weights of a group are left out, they share what the others leave, so
    those may not exceed it.
    """
    tolerance = view.limit(TOLERANCE.name)
    for (above, below), family in _families(view).items():
        whole = whole_of(family)
        if whole.whole and whole.adds_up(tolerance):
            continue
        for group in groups_of(family, view.on):
            if not group.adds_up(tolerance):
                day = f" on {group.day}" if group.size < len(family) else ""
                rest = "" if group.whole else ", and others have none yet"
                yield codes.WEIGHTS_NOT_ONE.issue(
                    f"{view.named(above)} has {below} whose weights add up to"
                    f" {group.total:.12g}{day}, not 1{rest}.",
                    ref=above,
                    value=group.total,
                )


def _families(view: RuleView) -> Mapping[tuple[str, str], list[Share]]:
    """Return the weights of what stands below each goal or intent, kind by kind.

    A family of which none has a weight has nothing to add up.
    """
    found: dict[tuple[str, str], list[Goal | Objective]] = {}
    for goal in view.of(Goal):
        above = goal.parent or goal.intent
        if above is not None:
            found.setdefault((above, "goals"), []).append(goal)
    for objective in view.of(Objective):
        if objective.goal and objective.status is not ObjectiveStatus.DROPPED:
            found.setdefault((objective.goal, "objectives"), []).append(objective)
    return {
        key: list(map(_share, family))
        for key, family in found.items()
        if any(each.weight is not None for each in family)
    }


def _share(each: Goal | Objective) -> Share:
    period = each.horizon if isinstance(each, Goal) else each.period
    return Share(each.weight, period)


def overlapping_intents(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each core intent that takes force while another still has it.

    It is judged for each organization and for all days, so no day has to be given.
    """
    for terms in terms_of(view).values():
        yield from _overlaps(view, terms)


def _overlaps(view: RuleView, terms: list[Term]) -> Iterator[Issue]:
    latest = terms[0]
    for term in terms[1:]:
        if term.start <= latest.end:
            yield codes.INTENTS_OVERLAP.issue(
                f"{view.named(term.intent)} is in force beside"
                f" {view.titled(latest.intent)}{_days(latest, term)}.",
                ref=term.intent.id,
                path="effective",
                value=latest.intent.id,
            )
        latest = max(latest, term, key=lambda s: s.end)


def _days(*terms: Term) -> str:
    """Return in words on which days all of the terms hold; nothing where always."""
    start = max(term.start for term in terms)
    end = min(term.end for term in terms)
    if start == end:
        return f" on {start}"
    first = f" from {start}" if start > date.min else ""
    return f"{first} to {end}" if end < date.max else f"{first} on" if first else ""


def unreadable_targets(view: RuleView) -> Iterator[Judgment]:
    """Yield advice for each link to an element that was erased or is not known here."""
    targets = view.model.opaque
    leading = _links_to(view, {target.id for target in targets}) if targets else {}
    for target in targets:
        why = "was erased" if target.erased else "is of a kind that is not known here"
        instead = "point the link at another element, or remove it"
        for holder, path in leading.get(target.id, ()):
            yield codes.UNREADABLE_TARGET.issue(
                f"{view.named(holder)} links to {target.id!r}, which {why}.",
                ref=holder.id,
                path=path,
                value=target.id,
                fix=instead if target.erased else "",
            )


def _links_to(
    view: RuleView, targets: AbstractSet[str]
) -> Mapping[str, list[tuple[Element, str]]]:
    """Return who links to each of some elements, and at which path.

    The index of all that refer to anything takes longer to make, and most of it would
    not be looked at.
    """
    found: dict[str, list[tuple[Element, str]]] = {}
    for element in view.model:
        for use in () if isinstance(element, Opaque) else links_of(element):
            if use.target in targets:
                found.setdefault(use.target, []).append((element, use.path))
    return found


RULES: Final = (
    RuleEntry(rule=unreadable_targets, codes=(codes.UNREADABLE_TARGET,)),
    RuleEntry(rule=circular_contributions, codes=(codes.CIRCULAR_CONTRIBUTION,)),
    RuleEntry(
        rule=weights_of_siblings, codes=(codes.WEIGHTS_NOT_ONE,), limits=(TOLERANCE,)
    ),
    RuleEntry(rule=overlapping_intents, codes=(codes.INTENTS_OVERLAP,)),
)
