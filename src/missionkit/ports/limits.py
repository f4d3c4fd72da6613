"""The limits of what is asked: those given, the organization's own, or the defaults."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from missionkit.domain.checking import shape_faults
from missionkit.domain.codes import WRONG_TYPE
from missionkit.domain.marks import AtLeast
from missionkit.domain.model import Model
from missionkit.domain.spec import Leaf
from missionkit.issue import Issue, did_you_mean
from missionkit.markup import shown
from missionkit.ports import codes
from missionkit.ports.rule import LimitSpec

_NUMBER: Final = Leaf(float, (AtLeast(0),))


def limits_of(
    specs: Iterable[LimitSpec], model: Model, given: Mapping[str, float]
) -> Mapping[str, float]:
    """Return the limit of each name: as given, the root organization's, or its own."""
    used = {str(spec.name): spec.default for spec in specs}
    for limit in model.root.limits if model.root else ():
        if limit.name in used and not any(shape_faults(_NUMBER, limit.value, "")):
            used[limit.name] = limit.value
    return {**used, **given}


def limit_faults(specs: Iterable[LimitSpec], given: object) -> Iterator[Issue]:
    """Yield an issue for each limit given that nobody asks for, or that is none."""
    if not isinstance(given, Mapping):
        said = f"limits must be numbers by name, got {shown(given)}."
        yield WRONG_TYPE.issue(said, path="limits", value=given)
        return
    known = [str(spec.name) for spec in specs]
    for name, held in given.items():
        path = f"limits[{shown(name)}]"
        if name in known:
            yield from shape_faults(_NUMBER, held, path)
            continue
        near = did_you_mean(str(name), known)
        there = f"use one of {', '.join(known)}" if known else "leave it out"
        said = f"The method has no limit called {shown(name)}."
        fix = near or there
        yield codes.UNKNOWN_LIMIT.issue(said, path=path, value=name, fix=fix)
