from decimal import Decimal

from missionkit.domain.draft import Draft
from missionkit.domain.ids import ObjectiveId
from missionkit.domain.measure import TargetSetting
from missionkit.domain.values import Contribution, Money, Period
from tests.rules.approving import approve
from tests.rules.cases import DAY, Twin, case

FUTURE = Period(DAY)
TARGET = (TargetSetting(value=Decimal(90)),)


def helps(target: str, weight: int = 50) -> tuple[Contribution, ...]:
    return (Contribution(target=ObjectiveId(target), weight=weight),)


def owned(d: Draft, ref: str | None, kind: str = "owner") -> None:
    if "ann" not in d.model:
        d.party("Ann", id="ann")
    d.role(kind.title(), id=kind, kind=kind)
    d.role_assignment(role=kind, party="ann", on=ref)


@case("MK-GAT-009", "needs", cycle="review")
def _register_changed(d: Draft, twin: Twin) -> None:
    d.review_cycle("Review", id="review")
    d.need("Warm homes", id="warm")
    d.artifact("Needs", id="needs", cycle="review", covers=("warm",))
    d.set("needs", view="needs-register", stage="understand")
    approve(d, "needs", "warm")
    d.set("warm", statement=twin("Warm and dry homes", "Warm homes"))


@case("MK-GAT-010", "warm")
def _need_without_objective(d: Draft, twin: Twin) -> None:
    d.need("Warm", id="warm", status="accepted")
    d.objective("Insulate", needs=twin((), ("warm",)))


@case("MK-GAT-011", "intent", "vision")
def _no_vision(d: Draft, twin: Twin) -> None:
    vision = twin(None, "A home for everybody")
    d.core_intent("House people", id="intent", vision=vision)
    d.goal("Homes", id="homes", intent="intent")
    d.goal("Walls", id="walls", parent="homes")
    d.objective("Insulate", goal="walls")


@case("MK-GAT-012", "done", "worst")
def _measure_without_end(d: Draft, twin: Twin) -> None:
    d.objective("Insulate", id="insulate", period=FUTURE)
    owned(d, "insulate")
    d.success_measure("Done", id="done", of="insulate", direction="higher")
    worst = twin(None, Decimal(0))
    d.set("done", threshold=Decimal(50), worst=worst, targets=TARGET)


@case("MK-GAT-013", "growth", "contributions[0].weight")
def _need_hurt(d: Draft, twin: Twin) -> None:
    d.need("Rents that can be paid", id="rents", status="accepted")
    d.objective("Low rents", id="low", needs=("rents",))
    d.course_of_action("Growth", id="growth", contributions=helps("low", -50))
    d.decision("Grow all the same", addresses=twin((), ("rents",)))


@case("MK-GAT-014", "growth", "budget")
def _plan_without_means(d: Draft, twin: Twin) -> None:
    d.objective("More homes", id="more")
    d.success_measure("Homes", of="more")
    d.course_of_action("Growth", id="growth", contributions=helps("more"))
    d.set("growth", budget=twin(None, Money(Decimal(100), "GBP")), period=FUTURE)
    owned(d, "growth")


@case("MK-GAT-015", "homes")
def _weights_not_whole(d: Draft, twin: Twin) -> None:
    d.goal("Homes", id="homes")
    d.objective("Insulate", goal="homes", weight=0.5)
    d.objective("Heat", goal="homes", weight=twin(0.4, 0.5))


@case("MK-GAT-016", "intent", on=DAY)
def _approved_by_somebody(d: Draft, twin: Twin) -> None:
    d.core_intent("House people", id="intent")
    d.artifact("Core intent", id="sheet", covers=("intent",))
    approve(d, "sheet", "intent")
    owned(d, None, twin("reviewer", "sponsor"))
