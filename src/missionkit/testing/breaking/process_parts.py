"""Faults of who plays a part in a process, and of how it came into use."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from attrs import evolve

from missionkit.domain.care import Training
from missionkit.domain.ids import AnyId, RoleAssignmentId, RoleId
from missionkit.domain.measure import SuccessMeasure
from missionkit.domain.model import Model
from missionkit.domain.party import Party
from missionkit.domain.process import (
    DesignBrief,
    Process,
    ReleaseLadder,
    ReleaseState,
    ReleaseStep,
)
from missionkit.domain.role import (
    Delivery,
    Handover,
    Role,
    RoleAssignment,
    RoleKind,
)
from missionkit.domain.spec import spec_of
from missionkit.domain.values import Cadence, Period, Unit
from missionkit.testing.breaking.finding import (
    by_ref,
    living,
    other,
    owners_of,
    players_of,
    pursued,
)
from missionkit.testing.fault import Change, fault

_YEARLY: Final = Cadence(1, Unit.YEAR)
_LONG_AGO: Final = 2
_QUESTIONS: Final = tuple(field.name for field in spec_of(DesignBrief).fields)


def _played(model: Model, kind: RoleKind, ref: str) -> tuple[RoleAssignment, ...]:
    return tuple(each for each in players_of(model, kind) if each.on == ref)


def _step(process: Process, state: ReleaseState) -> tuple[int, ReleaseStep] | None:
    steps = process.release.steps if process.release else ()
    return next(((at, s) for at, s in enumerate(steps) if s.state is state), None)


def _with_step(process: Process, at: int, step: ReleaseStep) -> Process:
    steps = list(process.release.steps) if process.release else []
    steps[at] = step
    return evolve(process, release=ReleaseLadder(steps=tuple(steps)))


@fault("MK-PRC-001", shape="review")
def owner_alone(model: Model) -> Iterator[Change]:
    """Let nobody but the owner perform a process."""
    for process in living(model):
        owners = owners_of(model, process.id)
        for each in _played(model, RoleKind.PERFORMER, process.id):
            if len(owners) == 1:
                put = evolve(each, party=owners[0].party)
                yield Change(ref=process.id, put=(put,))


@fault("MK-PRC-002", shape="review")
def engineer_who_keeps_it(model: Model) -> Iterator[Change]:
    """Leave open when the owner accepted a process from its engineer."""
    for each in model.of(Handover):
        yield Change(ref=each.process, put=(evolve(each, accepted=None),))


@fault("MK-PRC-003", shape="review")
def half_a_handover(model: Model) -> Iterator[Change]:
    """Leave something out that an owner needs to keep a process."""
    for each in model.of(Handover):
        for what in Delivery:
            put = evolve(each, delivered=each.delivered - {what})
            yield Change(ref=each.id, path="delivered", put=(put,))


@fault("MK-PRC-004", shape="review")
def handed_to_another(model: Model) -> Iterator[Change]:
    """Hand a process over to somebody who does not own it."""
    for each in model.of(Handover):
        owners = {held.party for held in owners_of(model, each.process)}
        for party in model.of(Party):
            if party.id not in owners:
                put = evolve(each, to_party=party.id)
                yield Change(ref=each.id, path="to_party", put=(put,))


@fault("MK-PRC-005", shape="review")
def nobody_performs(model: Model) -> Iterator[Change]:
    """Take away everybody who performs a process that is coached."""
    everywhere = [p for p in players_of(model, RoleKind.PERFORMER) if p.on is None]
    for process in living(model):
        doing = _played(model, RoleKind.PERFORMER, process.id)
        if doing and _played(model, RoleKind.COACH, process.id):
            gone = (*doing, *everywhere)
            yield Change(ref=process.id, gone=tuple(each.id for each in gone))


@fault("MK-PRC-006", shape="review")
def coach_who_left(model: Model) -> Iterator[Change]:
    """End the term of the only coach of a process."""
    for process in living(model):
        coaches = _played(model, RoleKind.COACH, process.id)
        if len(coaches) == 1:
            put = evolve(coaches[0], period=Period(end=date(2026, 5, 31)))
            yield Change(ref=process.id, put=(put,))


@fault("MK-PRC-007", shape="review")
def untrained_performer(model: Model) -> Iterator[Change]:
    """Leave a performer out of a training."""
    for training in model.of(Training):
        process = training.process or ""
        for each in _played(model, RoleKind.PERFORMER, process):
            left = tuple(party for party in training.parties if party != each.party)
            put = evolve(training, parties=left)
            yield Change(ref=each.id, path="party", put=(put,))


@fault("MK-PRC-008", shape="review")
def nothing_to_steer_by(model: Model) -> Iterator[Change]:
    """Read the only measure of those who perform a process once a year."""
    measured = by_ref(model, SuccessMeasure, "of")
    kept = {each.id for each in pursued(model)}
    for process in living(model):
        refs = (process.id, *(ref for ref in process.achieves if ref in kept))
        held = [each for ref in refs for each in measured.get(ref, ())]
        if len(held) == 1 and _played(model, RoleKind.PERFORMER, process.id):
            put = evolve(held[0], frequency=_YEARLY)
            yield Change(ref=process.id, put=(put,))


@fault("MK-PRC-009", shape="review")
def manager_of_somebody(model: Model) -> Iterator[Change]:
    """Let a manager look after a person."""
    managers = [role for role in model.of(Role) if role.kind is RoleKind.MANAGER]
    players = [each.party for each in players_of(model, RoleKind.MANAGER)]
    for role in managers:
        for party in model.of(Party):
            ref = RoleAssignmentId(other(model, "manager-of-somebody"))
            for who in players[:1]:
                put = RoleAssignment(
                    id=ref, role=role.id, party=who, on=AnyId(party.id)
                )
                yield Change(ref=ref, path="on", put=(put,))


@fault("MK-PRC-010", shape="review")
def question_left_open(model: Model) -> Iterator[Change]:
    """Publish a process with one of the five questions unanswered."""
    for process in living(model):
        if process.brief and _step(process, ReleaseState.PUBLISHED):
            for question in _QUESTIONS:
                brief = evolve(process.brief, **{question: None})
                put, path = evolve(process, brief=brief), f"brief.{question}"
                entails = ("MK-CPL-001",)
                yield Change(ref=process.id, path=path, put=(put,), entails=entails)


@fault("MK-PRC-011", shape="review")
def answer_in_a_word(model: Model) -> Iterator[Change]:
    """Answer one of the five questions in a word, or as another one."""
    for process in living(model):
        if process.brief:
            for question in _QUESTIONS:
                brief = evolve(process.brief, **{question: "Much"})
                put, path = evolve(process, brief=brief), f"brief.{question}"
                yield Change(ref=process.id, path=path, put=(put,))
            again = evolve(process.brief, price=process.brief.provides)
            put = evolve(process, brief=again)
            yield Change(ref=process.id, path="brief.price", put=(put,))


@fault("MK-PRC-012", shape="review")
def design_before_objective(model: Model) -> Iterator[Change]:
    """Design a process years before its objectives begin, and do not install it yet."""
    for process in living(model):
        steps = process.release.steps if process.release else ()
        if process.critical or not steps or not process.achieves:
            continue
        begun = tuple(
            evolve(step, on=step.on.replace(year=step.on.year - _LONG_AGO))
            for step in steps[:2]
        )
        put = evolve(process, release=ReleaseLadder(steps=begun))
        yield Change(ref=process.id, path="release.steps[0]", put=(put,))


@fault("MK-PRC-013", shape="review")
def undocumented_process(model: Model) -> Iterator[Change]:
    """Leave out where a process is described."""
    told = by_ref(model, Handover, "process")
    for process in living(model):
        found = _step(process, ReleaseState.PUBLISHED)
        if found and process.id not in told:
            put = _with_step(process, found[0], evolve(found[1], evidence=()))
            yield Change(ref=process.id, path=f"release.steps[{found[0]}]", put=(put,))


@fault("MK-PRC-014", shape="review")
def unverified_process(model: Model) -> Iterator[Change]:
    """Leave out what showed that a process works."""
    for process in living(model):
        found = _step(process, ReleaseState.COMMISSIONED)
        if found:
            put = _with_step(process, found[0], evolve(found[1], evidence=()))
            yield Change(ref=process.id, path=f"release.steps[{found[0]}]", put=(put,))


def _handed_late(model: Model, process: Process) -> Iterator[Handover]:
    """Yield the only handover of a process, as accepted after its last rung."""
    made = by_ref(model, Handover, "process").get(process.id, ())
    if len(made) == 1:
        late = date(2026, 5, 4)
        yield evolve(made[0], on=late, accepted=late)


@fault("MK-PRC-015", shape="review")
def trained_afterward(model: Model) -> Iterator[Change]:
    """Train those who perform a process only when it was commissioned."""
    for process in living(model):
        found = _step(process, ReleaseState.COMMISSIONED)
        trainings = by_ref(model, Training, "process").get(process.id, ())
        for handover in _handed_late(model, process) if found else ():
            if found and len(trainings) == 1:
                put = (handover, evolve(trainings[0], on=handover.on))
                path = f"release.steps[{found[0]}]"
                yield Change(ref=process.id, path=path, put=put)


@fault("MK-PRC-016", shape="review")
def measured_afterward(model: Model) -> Iterator[Change]:
    """Commission a process before there was any measure of it."""
    for process in living(model):
        found = _step(process, ReleaseState.COMMISSIONED)
        if found and process.id in by_ref(model, Handover, "process"):
            steps = process.release.steps if process.release else ()
            before = tuple(
                evolve(step, on=step.on.replace(year=step.on.year - 1))
                for step in steps
            )
            put = evolve(process, release=ReleaseLadder(steps=before))
            path = f"release.steps[{found[0]}]"
            yield Change(ref=process.id, path=path, put=(put,))


@fault("MK-PRC-032", shape="review")
def idle_role(model: Model) -> Iterator[Change]:
    """Add a role that nobody plays."""
    ref = RoleId(other(model, "warden"))
    if tuple(model.of(Handover)):
        put = Role(id=ref, name="Warden", kind=RoleKind.PERFORMER)
        yield Change(ref=ref, put=(put,))
