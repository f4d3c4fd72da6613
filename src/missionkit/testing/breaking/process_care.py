"""Faults of how processes are kept, and of problems that nobody removes."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from attrs import evolve

from missionkit.domain.care import (
    Benchmark,
    CareFunction,
    CareRecord,
    Feedback,
    Investigation,
    Practice,
)
from missionkit.domain.ids import FeedbackId, InvestigationId
from missionkit.domain.model import Model
from missionkit.domain.process import Activity, ValueClass
from missionkit.processes.acts import acts_of
from missionkit.testing.breaking.finding import living, other
from missionkit.testing.fault import Change, fault
from missionkit.testing.sound import DAY

_LONG_AGO: Final = date(2025, 1, 6)
_YESTERDAY: Final = DAY - timedelta(days=1)
_MUCH: Final = 90.0


def _overdue(model: Model, function: CareFunction) -> Iterator[Change]:
    """Yield the changes by which a function is due since yesterday, for a process."""
    for each in model.of(CareRecord):
        if each.function is function and each.process:
            put = evolve(each, next_due=_YESTERDAY)
            yield Change(ref=each.process, put=(put,))


@fault("MK-PRC-017", shape="review")
def lapsed_documentation(model: Model) -> Iterator[Change]:
    """Let the documents of a process be due for a look since yesterday."""
    yield from _overdue(model, CareFunction.DOCUMENTATION)


@fault("MK-PRC-018", shape="review")
def lapsed_resources(model: Model) -> Iterator[Change]:
    """Let the resources of a process be due for a look since yesterday."""
    yield from _overdue(model, CareFunction.RESOURCES)


@fault("MK-PRC-019", shape="review")
def lapsed_feedback(model: Model) -> Iterator[Change]:
    """Let customers be due to be asked since yesterday."""
    yield from _overdue(model, CareFunction.CUSTOMER_FEEDBACK)


@fault("MK-PRC-020", shape="review")
def lapsed_benchmarking(model: Model) -> Iterator[Change]:
    """Let a comparison with others be due since yesterday."""
    yield from _overdue(model, CareFunction.BENCHMARKING)


@fault("MK-PRC-021", shape="review")
def lapsed_best_practice(model: Model) -> Iterator[Change]:
    """Let the practices of a process be due for a look since yesterday."""
    yield from _overdue(model, CareFunction.BEST_PRACTICE)


@fault("MK-PRC-022", shape="review")
def lapsed_training(model: Model) -> Iterator[Change]:
    """Let the training for a process be due since yesterday."""
    yield from _overdue(model, CareFunction.TRAINING)


@fault("MK-PRC-023", shape="review")
def function_left_out(model: Model) -> Iterator[Change]:
    """Take away the only act of a function that keeps a process."""
    for process, acts in acts_of(model).items():
        for each in acts:
            alone = [act for act in acts if act.function is each.function] == [each]
            if process is not None and alone:
                yield Change(ref=process, gone=(each.ref,))


@fault("MK-PRC-024", shape="review")
def forgotten_practice(model: Model) -> Iterator[Change]:
    """Let nobody look at a practice for long."""
    for each in model.of(Practice):
        if each.since is None or each.since <= _LONG_AGO:
            put = evolve(each, reviewed=_LONG_AGO)
            yield Change(ref=each.id, path="reviewed", put=(put,))


@fault("MK-PRC-025", shape="review")
def old_benchmark(model: Model) -> Iterator[Change]:
    """Compare a process with what others did long ago."""
    for each in model.of(Benchmark):
        put = evolve(each, on=_LONG_AGO)
        yield Change(ref=each.id, path="on", put=(put,))


@fault("MK-PRC-026", shape="review")
def forgotten_chart(model: Model) -> Iterator[Change]:
    """Let the process chart be due for a look since yesterday."""
    for each in model.of(CareRecord):
        if each.process is None and model.root:
            put = evolve(each, next_due=_YESTERDAY)
            yield Change(ref=model.root.id, put=(put,))


@fault("MK-PRC-027", shape="review")
def unknown_cause(model: Model) -> Iterator[Change]:
    """Leave it open why something went wrong half a year ago."""
    for each in model.of(Investigation):
        put = evolve(each, cause=None)
        yield Change(ref=each.id, path="cause", put=(put,))


@fault("MK-PRC-028", shape="review")
def cause_without_consequence(model: Model) -> Iterator[Change]:
    """Let nothing follow from a cause that was found."""
    for each in model.of(Investigation):
        for process in living(model):
            ref = InvestigationId(other(model, "why-it-is-late"))
            put = evolve(
                each,
                id=ref,
                process=process.id,
                addresses=(),
                on=date(2026, 3, 2),
            )
            if process.id != each.process:
                yield Change(ref=ref, put=(put,))


@fault("MK-PRC-029", shape="review")
def unanswered_complaint(model: Model) -> Iterator[Change]:
    """Let a customer complain, and nobody answer."""
    for each in model.of(Feedback):
        for process in living(model):
            ref = FeedbackId(other(model, "stale-bread"))
            put = evolve(each, id=ref, process=process.id, on=date(2026, 4, 1))
            if process.id != each.process:
                yield Change(ref=ref, put=(put,))


@fault("MK-PRC-030", shape="review")
def much_management(model: Model) -> Iterator[Change]:
    """Let management take more effort than the organization allows."""
    yield from _more(model, ValueClass.NECESSARY)


@fault("MK-PRC-031", shape="review")
def much_waste(model: Model) -> Iterator[Change]:
    """Let most of the effort of a process be waste."""
    yield from _more(model, ValueClass.WASTE)


def _more(model: Model, value_class: ValueClass) -> Iterator[Change]:
    """Yield the changes by which most effort of a process is of a class."""
    wasted = value_class is ValueClass.WASTE
    limits = {} if wasted else {"management_share": 0.2}
    for each in model.of(Activity):
        if each.value_class is value_class and each.process and model.root:
            ref = str(each.process) if wasted else str(model.root.id)
            put = evolve(each, effort_hours=_MUCH)
            yield Change(ref=ref, put=(put,), limits=limits)
