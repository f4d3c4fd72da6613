"""Faults of what is expected and missing, and of what a check itself is told."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from attrs import evolve

from missionkit.domain.declaration import Element
from missionkit.domain.ids import AnyId, WaiverId
from missionkit.domain.intent import CoreIntent, Limit
from missionkit.domain.model import Model
from missionkit.domain.party import Party
from missionkit.domain.plan import Goal
from missionkit.domain.process import Process
from missionkit.domain.review import Waiver
from missionkit.domain.spec import spec_of
from missionkit.domain.stakeholder import Need
from missionkit.testing.breaking.finding import other
from missionkit.testing.fault import Change, fault
from missionkit.testing.sound import DAY

_EMPTIED: Final[tuple[tuple[type[Element], str], ...]] = (
    (Need, "importance"),
    (CoreIntent, "vision"),
    (CoreIntent, "values"),
    (Goal, "horizon"),
    (Process, "purpose"),
)
"""What can be left empty without harm to anything else."""


@fault("MK-CPL-001")
def empty_field(model: Model) -> Iterator[Change]:
    """Empty a field that is expected to be filled."""
    for kind, name in _EMPTIED:
        for element in model.of(kind):
            empty = {name: spec_of(kind).by_name[name].default}
            put = evolve(element, **empty)  # type: ignore[misc]  # of any field
            yield Change(ref=element.id, path=name, put=(put,))


@fault("MK-LIM-001")
def misspelled_limit(model: Model) -> Iterator[Change]:
    """Misspell the name of a limit."""
    root = model.root
    if root:
        limits = (*root.limits, Limit(name="consulted_rolls", value=3))
        path = f"limits[{len(root.limits)}].name"
        yield Change(ref=root.id, path=path, put=(evolve(root, limits=limits),))


@fault("MK-SEL-003")
def waiver_of_nothing(model: Model) -> Iterator[Change]:
    """Waive a rule that does not exist."""
    for waiver in model.of(Waiver):
        put = evolve(waiver, code=waiver.code.replace("-", "_"))
        yield Change(ref=waiver.id, path="code", put=(put,))
    for need in model.of(Need):
        ref = WaiverId(other(model, "another-waiver"))
        for party in model.of(Party):
            put = Waiver(
                id=ref,
                code="MK-TRC-O01",
                on=AnyId(need.id),
                granted_by=party.id,
                why="It is decided in autumn",
                until=DAY + timedelta(days=90),
            )
            yield Change(ref=ref, path="code", put=(put,))
