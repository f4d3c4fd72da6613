"""The acts of process management, whatever kind of element tells of them."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Final

from attrs import frozen

from missionkit.domain.care import (
    Benchmark,
    CareFunction,
    CareRecord,
    Feedback,
    Practice,
    Training,
)
from missionkit.domain.declaration import Element
from missionkit.domain.measure import SuccessMeasure
from missionkit.domain.model import Model
from missionkit.domain.process import Process


@frozen(order=False)
class Act:
    """One act: for which function, of which process, on which day, due again when.

    An act for no process is one for all of them together.
    """

    ref: str
    function: CareFunction
    process: str | None
    on: date | None
    due: date | None = None


def acts_of(model: Model) -> dict[str | None, tuple[Act, ...]]:
    """Return the acts that *model* tells of, by process, those for none under None."""
    found: dict[str | None, list[Act]] = {}
    for kind, read in _READ.items():
        for element in model.of(kind):
            for act in read(model, element):
                found.setdefault(act.process, []).append(act)
    return {process: tuple(acts) for process, acts in found.items()}


def _care(_: Model, each: CareRecord) -> Iterator[Act]:
    if each.function is not None:
        yield Act(each.id, each.function, each.process, each.on, each.next_due)


def _training(_: Model, each: Training) -> Iterator[Act]:
    # What teaches a role for no process in particular is care for no process.
    if each.process is not None:
        held = CareFunction.TRAINING
        yield Act(each.id, held, each.process, each.on, each.next_due)


def _feedback(_: Model, each: Feedback) -> Iterator[Act]:
    if each.process is not None:
        held = CareFunction.CUSTOMER_FEEDBACK
        yield Act(each.id, held, each.process, each.on)


def _practice(_: Model, each: Practice) -> Iterator[Act]:
    """Yield an act for the day a practice began, and one for the day of its review."""
    held = CareFunction.BEST_PRACTICE
    if each.process is not None:
        days = {each.since, each.reviewed} - {None} or {None}
        for day in days:
            yield Act(each.id, held, each.process, day)


def _benchmark(model: Model, each: Benchmark) -> Iterator[Act]:
    held = CareFunction.BENCHMARKING
    measure = model.find(each.measure) if each.measure else None
    of = measure.of if isinstance(measure, SuccessMeasure) else None
    measured = of if of and isinstance(model.find(of), Process) else None
    process = each.process or measured
    if process is not None:
        yield Act(each.id, held, process, each.on)


_READ: Final[dict[type[Element], Callable[..., Iterator[Act]]]] = {
    CareRecord: _care,
    Training: _training,
    Feedback: _feedback,
    Practice: _practice,
    Benchmark: _benchmark,
}
CARE_KINDS: Final = tuple(_READ)
"""The kinds of elements that tell of acts of process management."""
