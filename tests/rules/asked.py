"""How tests ask for the gates of the stages, one at a time."""

from datetime import date

from missionkit.domain.ids import AnyId, PartyId, WaiverId
from missionkit.domain.model import Model
from missionkit.domain.party import Party
from missionkit.domain.review import Waiver
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
    """Return a model in which somebody allowed that a rule is not kept."""
    waiver = Waiver(
        id=WaiverId("allowed"),
        code=code,
        on=AnyId(ref),
        granted_by=PartyId("granter"),
        why="We know",
        until=until,
    )
    return model.with_(Party(id=PartyId("granter"), name="Granter"), waiver)
