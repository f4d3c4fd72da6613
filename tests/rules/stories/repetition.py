from datetime import date

from missionkit.domain.draft import Draft
from missionkit.domain.values import Period
from tests.rules.cases import Twin, case


@case("MK-STR-029", "b", "status")
def _two_reviews(d: Draft, twin: Twin) -> None:
    d.review_cycle("One", id="a", status="blocked")
    d.review_cycle("Other", id="b", status=twin("active", "closed"))


@case("MK-STR-030", "new", "effective")
def _no_intent(d: Draft, twin: Twin) -> None:
    end = twin(date(2025, 12, 30), date(2025, 12, 31))
    d.core_intent("Old", id="old", effective=Period(date(2020, 1, 1), end))
    d.core_intent("New", id="new", effective=Period(date(2026, 1, 1)))


@case("MK-STR-031", "b")
def _said_twice(d: Draft, twin: Twin) -> None:
    d.need("Warm", id="warm")
    d.need("Dry", id="dry")
    d.relation(id="a", source="warm", target="dry", kind="helps")
    d.relation(id="b", source="warm", target="dry", kind=twin("helps", "hurts"))
