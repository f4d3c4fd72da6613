"""Which limits hold in a check: those given, the organization's own, or the rules'."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, Final

from attrs import evolve

from missionkit.domain.checking import shape_faults
from missionkit.domain.marks import AtLeast
from missionkit.domain.model import Model
from missionkit.domain.spec import Leaf
from missionkit.issue import Issue
from missionkit.markup import shown
from missionkit.ports.rule import LimitSpec, RuleEntry
from missionkit.rules.book import BOOK
from missionkit.rules.codes import limits as codes
from missionkit.rules.hints import Hints

_NUMBER: Final = Leaf(float, (AtLeast(0),))


def specs_of(entries: Iterable[RuleEntry]) -> dict[str, LimitSpec]:
    """Return the limits that rules have, by name and in the order of the names."""
    found = {spec.name: spec for entry in entries for spec in entry.limits}
    return dict(sorted(found.items()))


def refused_limits(
    entries: Iterable[RuleEntry], given: Mapping[Any, object]
) -> Iterator[Issue]:
    """Yield an issue for each given limit that no rule has, or that is no limit."""
    known = specs_of(entries)
    hints = Hints(known)
    for name, value in given.items():
        if name not in known:
            yield _unknown(name, hints, f"limits[{shown(name)}]")
        else:
            yield from shape_faults(_NUMBER, value, f"limits[{shown(name)}]")


def limits_of(
    model: Model, entries: tuple[RuleEntry, ...], given: Mapping[str, float]
) -> tuple[Mapping[str, float], tuple[Issue, ...]]:
    """Return the limits in use, and the issues of those that the root states."""
    specs = specs_of(entries)
    used = {name: spec.default for name, spec in specs.items()}
    root = model.root
    if root is None or not root.limits:
        return {**used, **given}, ()
    # A limit of a rule that is not asked this time is no mistake.
    known = _of_book() | specs.keys()
    hints = Hints(known)
    issues: list[Issue] = []
    for index, limit in enumerate(root.limits):
        path = f"limits[{index}]"
        wrong = tuple(shape_faults(_NUMBER, limit.value, f"{path}.value"))
        if limit.name not in known and limit.name not in _of_scorers():
            wrong = (_unknown(limit.name, hints, f"{path}.name"),)
        elif limit.name in used and not wrong:
            used[limit.name] = limit.value
        issues += [evolve(issue, ref=root.id) for issue in wrong]
    return {**used, **given}, tuple(issues)


@cache
def _of_book() -> frozenset[str]:
    return frozenset(specs_of(BOOK))


@cache
def _of_scorers() -> frozenset[str]:
    """Return the limits of scorers: no rule has them, and yet they are no mistake."""
    # Scorers are many, and few organizations state a limit of one.
    from missionkit.scoring.catalog import SCORERS  # noqa: PLC0415 - rarely used

    return frozenset(spec.name for each in SCORERS.values() for spec in each.limits)


def _unknown(name: object, hints: Hints, path: str) -> Issue:
    near = hints.of(name) if isinstance(name, str) else ""
    return codes.UNKNOWN_LIMIT.issue(
        f"No rule has a limit called {shown(name)}.",
        path=path,
        value=name,
        fix=near or f"use one of {', '.join(hints.known)}",
    )
