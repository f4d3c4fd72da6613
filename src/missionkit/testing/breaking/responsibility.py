"""Faults of who answers for what."""

from collections.abc import Iterator, Sequence

from attrs import evolve

from missionkit.domain.ids import AnyId, ResponsibilityId, RoleId
from missionkit.domain.model import Model
from missionkit.domain.review import ImprovementAction
from missionkit.domain.role import Letter, Responsibility, Role, RoleAssignment
from missionkit.processes.matrix import CONSULTED
from missionkit.rules.families.responsibility import ACCOUNTABLE
from missionkit.testing.breaking.finding import (
    by_ref,
    limit_of,
    living,
    other,
    owners_of,
)
from missionkit.testing.fault import Change, fault


def _with(letters: Sequence[Responsibility], letter: Letter) -> list[Responsibility]:
    return [each for each in letters if each.letter is letter]


def _more(model: Model, on: str, role: RoleId, letter: Letter) -> Responsibility:
    ref = ResponsibilityId(other(model, f"another-letter-{letter.lower()}"))
    return Responsibility(id=ref, on=AnyId(on), role=role, letter=letter)


def _rows_begun(model: Model, letter: Letter) -> Iterator[Change]:
    """Yield what begins a row of the matrix with one letter, where there is none."""
    answered = by_ref(model, Responsibility, "on")
    for process in living(model):
        for role in model.of(Role) if process.id not in answered else ():
            put = _more(model, process.id, role.id, letter)
            yield Change(ref=process.id, put=(put,))


@fault("MK-RSP-011")
def nobody_accountable(model: Model) -> Iterator[Change]:
    """Let the accountable role only be informed."""
    for subject, letters in by_ref(model, Responsibility, "on").items():
        for each in _with(letters, Letter.ACCOUNTABLE):
            put = evolve(each, letter=Letter.INFORMED)
            yield Change(ref=subject, put=(put,))
    yield from _rows_begun(model, Letter.RESPONSIBLE)


@fault("MK-RSP-012")
def nobody_responsible(model: Model) -> Iterator[Change]:
    """Let the responsible role only be informed."""
    for subject, letters in by_ref(model, Responsibility, "on").items():
        only = _with(letters, Letter.RESPONSIBLE)
        if len(only) == 1:
            put = evolve(only[0], letter=Letter.INFORMED)
            yield Change(ref=subject, put=(put,))
    yield from _rows_begun(model, Letter.ACCOUNTABLE)


@fault("MK-RSP-013")
def ownerless_process(model: Model) -> Iterator[Change]:
    """Take the only owner away from a process."""
    for process in living(model):
        owners = owners_of(model, process.id)
        if len(owners) == 1:
            yield Change(ref=process.id, gone=(owners[0].id,))


@fault("MK-RSP-014", shape="review")
def accountable_for_all(model: Model) -> Iterator[Change]:
    """Make one party accountable for one thing too much."""
    most = limit_of(model, ACCOUNTABLE)
    held = _with(model.of(Responsibility), Letter.ACCOUNTABLE)
    played = by_ref(model, RoleAssignment, "role")
    for role in model.of(Role):
        whole = [each for each in played.get(role.id, ()) if each.on is None]
        mine = sum(each.role == role.id for each in held)
        for each in held if len(whole) == 1 and mine == most else ():
            if each.role != role.id:
                put = evolve(each, role=role.id)
                yield Change(ref=whole[0].party, put=(put,))


@fault("MK-RSP-015", shape="review")
def too_many_consulted(model: Model) -> Iterator[Change]:
    """Consult one role more than is good."""
    most = limit_of(model, CONSULTED)
    for subject, letters in by_ref(model, Responsibility, "on").items():
        asked = {each.role for each in _with(letters, Letter.CONSULTED)}
        for role in model.of(Role):
            if len(asked) == most and role.id not in asked:
                put = _more(model, subject, role.id, Letter.CONSULTED)
                yield Change(ref=subject, put=(put,))


@fault("MK-RSP-016", shape="review")
def owner_who_verifies(model: Model) -> Iterator[Change]:
    """Let the owner of an action verify it."""
    for action in model.of(ImprovementAction):
        for each in owners_of(model, action.id):
            if action.verified_by:
                put = evolve(action, verified_by=each.party)
                yield Change(ref=action.id, path="verified_by", put=(put,))
