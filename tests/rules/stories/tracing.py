from datetime import timedelta
from decimal import Decimal

from missionkit.domain.draft import Draft
from missionkit.domain.stakeholder import STAKES
from missionkit.domain.values import Cadence, Unit
from tests.rules.cases import DAY, Twin, case, retired


@case("MK-TRC-001", "warm")
def _need_without_objective(d: Draft, twin: Twin) -> None:
    d.need("Warm", id="warm", status="accepted")
    d.objective("Insulate", needs=twin((), ("warm",)))


@case("MK-TRC-002", "insulate", "goal")
def _objective_without_goal(d: Draft, twin: Twin) -> None:
    d.goal("Warm homes", id="homes")
    d.objective("Insulate", goal=twin(None, "homes"))


@case("MK-TRC-003", "homes", "intent")
def _goal_without_intent(d: Draft, twin: Twin) -> None:
    d.core_intent("House people", id="intent")
    d.goal("Warm homes", id="homes", intent=twin(None, "intent"))
    d.goal("Warm walls", id="walls", parent="homes")


@case("MK-TRC-004", "insulate")
def _objective_without_measure(d: Draft, twin: Twin) -> None:
    d.objective("Insulate", id="insulate")
    d.success_measure("Homes done", of=twin(None, "insulate"))


@case("MK-TRC-005", "insulate")
def _objective_without_process(d: Draft, twin: Twin) -> None:
    d.objective("Insulate", id="insulate")
    d.process("Building", achieves=("insulate",))
    d.set("building", release=twin(retired(), None))


@case("MK-TRC-006", "building", "achieves")
def _process_without_objective(d: Draft, twin: Twin) -> None:
    d.objective("Insulate", id="insulate")
    d.process("Building", achieves=twin((), ("insulate",)))


@case("MK-TRC-007", "done", on=DAY)
def _measure_not_observed(d: Draft, twin: Twin) -> None:
    d.success_measure("Done", id="done", frequency=Cadence(10, Unit.DAY))
    day = DAY - timedelta(days=twin(21, 20))
    d.observation(measure="done", value=Decimal(1), at=day)


@case("MK-TRC-008", "house", "produced_by")
def _output_without_process(d: Draft, twin: Twin) -> None:
    d.process("Building", id="building")
    d.business_output("House", produced_by=twin(None, "building"))


@case("MK-TRC-009", "warm", "status")
def _need_with_dropped_objectives(d: Draft, twin: Twin) -> None:
    d.need("Warm", id="warm", status="accepted")
    d.objective("Insulate", needs=("warm",), status="dropped")
    d.objective("Heat", needs=("warm",), status=twin("dropped", "active"))


@case("MK-TRC-010", "")
def _stake_without_holder(d: Draft, twin: Twin) -> None:
    d.stakeholder("Most", stakes=set(STAKES) - {"supplier"})
    d.stakeholder("One more", stakes={twin("supplyer", "Supplier")})
