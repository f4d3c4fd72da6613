from datetime import date

from missionkit.domain.declaration import Element
from missionkit.domain.draft import Draft
from missionkit.domain.ids import AnyId, GoalId, ObjectiveId
from missionkit.domain.opaque import Opaque
from missionkit.domain.plan import Objective
from missionkit.domain.values import Contribution, Period
from tests.rules.cases import DAY, Twin, case


@case("MK-STR-006", "build-them", "achieves[0]")
def _unreadable_target(d: Draft, twin: Twin) -> None:
    erased: Element = Opaque(kind="objective", id=AnyId("bet"), erased=True)
    there: Element = Objective(id=ObjectiveId("bet"), statement="Bet")
    d.add(twin(erased, there))
    d.process("Build them", achieves=("bet",))


@case("MK-STR-023", "heat", "contributions[1].target")
def _circular_contribution(d: Draft, twin: Twin) -> None:
    d.goal("Homes", id="homes")
    d.goal("Walls", id="walls")
    d.objective("Insulate", id="insulate")
    on_walls = Contribution(target=GoalId("walls"), weight=5)
    on_insulate = Contribution(target=ObjectiveId("insulate"), weight=50)
    d.objective("Heat", id="heat", contributions=(on_walls, on_insulate))
    back = (Contribution(target=ObjectiveId("heat"), weight=-10),)
    d.set("insulate", contributions=twin(back, ()))


@case("MK-STR-024", "homes")
def _weights_not_one(d: Draft, twin: Twin) -> None:
    d.goal("Homes", id="homes")
    for number in range(10):
        weight = twin(0.101, 0.1) if number == 9 else 0.1
        d.objective("O", id=f"o-{number}", goal="homes", weight=weight)


@case("MK-STR-026", "new", "effective")
def _intents_overlap(d: Draft, twin: Twin) -> None:
    end = twin(DAY, date(2026, 6, 29))
    d.core_intent("Old", id="old", effective=Period(date(2020, 1, 1), end))
    d.core_intent("New", id="new", effective=Period(DAY))


@case("MK-STR-027", "second", "pass_number")
def _passes_miscounted(d: Draft, twin: Twin) -> None:
    d.review_cycle("Review", id="review")
    d.stage_run(id="first", cycle="review", stage="understand")
    number = twin(3, 2)
    d.stage_run(id="second", cycle="review", stage="understand", pass_number=number)
