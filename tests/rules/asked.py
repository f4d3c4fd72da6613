"""How tests ask for the gates of the stages, one at a time."""

from datetime import date

from missionkit.domain.ids import (
    AnyId,
    PartyId,
    RoleAssignmentId,
    RoleId,
    WaiverId,
)
from missionkit.domain.model import Model
from missionkit.domain.party import Party
from missionkit.domain.review import Waiver
from missionkit.domain.role import Role, RoleAssignment, RoleKind
from missionkit.domain.values import Period
from missionkit.rules.check import CheckResult, check


def gate(
    model: Model, number: int, on: date | None = None, cycle: str | None = None
) -> CheckResult:
    return check(model, on=on, cycle=cycle, select=(f"MK-GAT-{number:03}",))


def places(result: CheckResult) -> list[tuple[str, str]]:
    return [(issue.ref, issue.path) for issue in result.issues]


def messages(result: CheckResult) -> list[str]:
    return [issue.message for issue in result.issues]


def unknown(result: CheckResult) -> list[tuple[str, ...]]:
    """Return what was not judged; the elements, gate by gate."""
    return [each.refs for each in result.not_judged]


def waived(model: Model, code: str, ref: str, until: date) -> Model:
    """Return a model in which somebody allowed that a rule is not kept.

    It was a sponsor, who is none any longer.
    """
    granter, asker = PartyId("granter"), PartyId("asker")
    waiver = Waiver(
        id=WaiverId("allowed"),
        code=code,
        on=AnyId(ref),
        granted_by=granter,
        requested_by=asker,
        why="We know",
        until=until,
    )
    allowing = Role(id=RoleId("allowing"), name="Allowing", kind=RoleKind.SPONSOR)
    had = RoleAssignment(
        id=RoleAssignmentId("allowed-once"),
        role=allowing.id,
        party=granter,
        period=Period(end=date(2020, 1, 1)),
    )
    people = (Party(id=each, name=each.title()) for each in (granter, asker))
    return model.with_(*people, allowing, had, waiver)
