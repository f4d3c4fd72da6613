"""Objectives by the goal that they serve, in the order of the goals."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from missionkit.domain.model import Model
from missionkit.domain.plan import Goal, Objective
from missionkit.report.origin import STRATML

_INDICATOR: Final = "SequenceIndicator"
_NUMBER: Final = re.compile(r"\d{1,9}(?:\.\d{1,9}){0,9}", re.ASCII)
_LAST: Final = (10**9,)


def by_goal(
    model: Model, objectives: Iterable[Objective]
) -> Iterator[tuple[str, list[Objective]]]:
    """Yield the id of each goal with the objectives that serve it; those of none last.

    Goals stand in the order that the plan gave them, or else in that of their ids, and
    each before its parts.
    """
    held: dict[str, list[Objective]] = {}
    for objective in objectives:
        held.setdefault(objective.goal or "", []).append(objective)
    # Goals in a circle, or not there at all, have no order but that of their ids.
    order = dict.fromkeys((*_in_order(model), *sorted(filter(None, held)), ""))
    for ref in order:
        if ref in held:
            yield ref, sorted(held[ref], key=_place)


def _in_order(model: Model) -> Iterator[str]:
    parts: dict[str | None, list[Goal]] = {}
    for goal in sorted(model.of(Goal), key=_place):
        parts.setdefault(goal.parent, []).append(goal)
    todo = parts.get(None, [])[::-1]
    while todo:
        goal = todo.pop()
        yield goal.id
        todo += reversed(parts.get(goal.id, []))


def _place(element: Goal | Objective) -> tuple[tuple[int, ...], str]:
    """Return where an element stands; one that a plan gave no number comes last."""
    kept = element.ext.get(STRATML)
    said = str(kept.get(_INDICATOR, "")) if isinstance(kept, Mapping) else ""
    number = said.strip(" .")
    if not _NUMBER.fullmatch(number):
        return _LAST, element.id
    return tuple(map(int, number.split("."))), element.id
