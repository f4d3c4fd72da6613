from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from missionkit.domain.draft import Draft
from missionkit.domain.review import AgendaEntry
from missionkit.domain.values import Cadence, Period, Unit
from tests.rules.approving import approve
from tests.rules.cases import DAY, Twin, case

MONTHLY = Cadence(1, Unit.MONTH)
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))


@case("MK-GAT-026", "review", "period", on=DAY, cycle="review")
def _held_after_a_week(d: Draft, twin: Twin) -> None:
    start = DAY - timedelta(days=twin(29, 30))
    d.review_cycle("Review", id="review", period=Period(start))
    d.success_measure("Done", frequency=MONTHLY)


@case("MK-GAT-027", "map", cycle="review")
def _system_is_not_approved(d: Draft, twin: Twin) -> None:
    d.review_cycle("Review", id="review")
    d.artifact("Map", id="map", view="process-map", cycle="review", stage="enable")
    if twin(broken=False, mended=True):
        approve(d, "map")


@case("MK-GAT-028", "needs", "evidence", cycle="review")
def _considered_without_evidence(d: Draft, twin: Twin) -> None:
    d.agenda("Agenda", id="agenda", entries=(AgendaEntry(code="1", title="Needs"),))
    d.review_cycle("Review", id="review", agenda="agenda")
    d.evidence("survey.pdf", id="survey")
    item: dict[str, Any] = {"code": "1", "cycle": "review", "disposition": "considered"}
    d.agenda_item("Needs", id="needs", evidence=twin((), ("survey",)), **item)


@case("MK-GAT-029", "insulate", cycle="review")
def _objective_unread(d: Draft, twin: Twin) -> None:
    d.review_cycle("Review", id="review", period=YEAR)
    d.objective("Insulate", id="insulate", status="active")
    d.success_measure("Done", id="done", of="insulate")
    day = twin(date(2025, 12, 31), date(2026, 1, 1))
    d.observation(measure="done", value=Decimal(1), at=day)


@case("MK-GAT-030", "hours", "status")
def _warning_unanswered(d: Draft, twin: Twin) -> None:
    d.drift_signal("Hours", id="hours", status=twin("raised", "acknowledged"))


@case("MK-GAT-031", "insulate", cycle="review")
def _missed_and_left_so(d: Draft, twin: Twin) -> None:
    d.review_cycle("Review", id="review", period=YEAR)
    d.objective("Insulate", id="insulate", status="missed")
    d.investigation("Too late", cause="Rain", addresses=("insulate",))
    d.decision("Again", cycle="review", addresses=twin((), ("insulate",)))


@case("MK-GAT-032", "build", cycle="review")
def _decided_and_not_done(d: Draft, twin: Twin) -> None:
    d.review_cycle("Review", id="review")
    d.decision("Build more", id="build", cycle="review")
    d.improvement_action("Buy land", id="buy", decision="build")
    d.party("Ana", id="ana")
    d.role("Owner", id="owner", kind="owner")
    d.role_assignment(role="owner", party="ana", on=twin("review", "buy"))


@case("MK-GAT-033", "review", cycle="review")
def _mission_unquestioned(d: Draft, twin: Twin) -> None:
    d.review_cycle("Review", id="review")
    kind = twin("course_correction", "confirm_course")
    d.decision("Go on", cycle="review", kind=kind)


@case("MK-GAT-034", "review", cycle="review")
def _sponsor_not_there(d: Draft, twin: Twin) -> None:
    d.review_cycle("Review", id="review")
    d.party("Ana", id="ana")
    d.party("Ben", id="ben")
    d.role("Chair", id="chair", kind="sponsor")
    d.role_assignment(role="chair", party="ana")
    attendees = (twin("ben", "ana"),)
    d.meeting("Sitting", cycle="review", on=DAY, attendees=attendees)
