from datetime import date
from typing import Any

from missionkit.domain.draft import Draft
from missionkit.domain.process import (
    DesignBrief,
    ReleaseLadder,
    ReleaseState,
    ReleaseStep,
)
from missionkit.domain.values import Cadence, Unit
from tests.rules.approving import approve
from tests.rules.cases import DAY, Twin, case

MONTHLY = Cadence(1, Unit.MONTH)
ANSWERS = {"provides": "A", "timing": "B", "profitability": "C", "fit": "D"}


def released(*states: ReleaseState) -> ReleaseLadder:
    day = date(2026, 1, 1)
    return ReleaseLadder(steps=tuple(ReleaseStep(state=s, on=day) for s in states))


def owned(d: Draft, ref: str, kind: str = "owner") -> None:
    if "ana" not in d.model:
        d.party("Ana", id="ana")
    d.role(kind.title(), id=kind.replace("_", "-"), kind=kind)
    d.role_assignment(role=kind.replace("_", "-"), party="ana", on=ref)


@case("MK-GAT-017", "plan", cycle="review")
def _direction_is_stale(d: Draft, twin: Twin) -> None:
    d.review_cycle("Review", id="review")
    d.goal("Homes", id="homes")
    made: dict[str, Any] = {"cycle": "review", "stage": "direct", "covers": ("homes",)}
    d.artifact("Plan", id="plan", view="business-plan", **made)
    approve(d, "plan", "homes")
    d.set("homes", statement=twin("Warm homes", "Homes"))


@case("MK-GAT-018", "building", "achieves")
def _work_without_aim(d: Draft, twin: Twin) -> None:
    d.objective("Insulate", id="insulate")
    d.process("Heating", achieves=("insulate",))
    d.process("Building", id="building", achieves=twin((), ("insulate",)))


@case("MK-GAT-019", "building", "brief.price")
def _brief_with_a_gap(d: Draft, twin: Twin) -> None:
    brief = DesignBrief(**ANSWERS, price=twin(None, "Nothing"))
    d.process("Building", id="building", brief=brief)
    owned(d, "building")


@case("MK-GAT-020", "building")
def _matrix_without_a(d: Draft, twin: Twin) -> None:
    d.process("Building", id="building")
    d.role("Chair", id="chair")
    d.responsibility(on="building", role="chair", letter="R")
    d.responsibility(on="building", role="chair", letter=twin("C", "A"))


@case("MK-GAT-021", "plan", "source")
def _flow_from_nobody(d: Draft, twin: Twin) -> None:
    d.process("Building", id="building")
    d.process("Planning", id="planning")
    d.flow("Plan", id="plan", source=twin(None, "planning"), target="building")


@case("MK-GAT-022", "done", "frequency")
def _measure_without_rhythm(d: Draft, twin: Twin) -> None:
    d.success_measure("Done", id="done", frequency=twin(None, MONTHLY))
    owned(d, "done", "data_owner")


@case("MK-GAT-023", "money", "status")
def _refused_and_forgotten(d: Draft, twin: Twin) -> None:
    d.resource_demand("Money", id="money", status="refused", reason="No funds")
    d.decision("Build less", addresses=twin((), ("money",)))


@case("MK-GAT-024", "building", "release", on=DAY)
def _critical_and_not_commissioned(d: Draft, twin: Twin) -> None:
    rungs = twin(tuple(ReleaseState)[:3], tuple(ReleaseState)[:4])
    d.process("Building", id="building", critical=True, release=released(*rungs))


@case("MK-GAT-025", "flood")
def _response_of_nobody(d: Draft, twin: Twin) -> None:
    d.process("Building", id="building")
    d.potential_impact("Flood", id="flood", response="reduce")
    d.directive("Build high", governs=("building", *twin((), ("flood",))))
