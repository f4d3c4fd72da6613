import inspect
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from missionkit.domain.draft import Draft
from missionkit.domain.kinds import KINDS
from missionkit.domain.measure import Observation
from missionkit.domain.spec import Spec
from missionkit.testing.strategies import elements
from tests.domain.bets import Bet, BetId, Outcome

every_kind = pytest.mark.parametrize("spec", KINDS, ids=lambda spec: spec.kind)


@every_kind
@settings(max_examples=5, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_method_makes_what_the_constructor_makes(
    spec: Spec, data: st.DataObject
) -> None:
    kind: Any = spec.cls
    element = data.draw(elements(kind))
    naming = [spec.naming.name] if spec.naming else []
    names = [item.name for item in spec.fields if item.name not in naming]
    method = getattr(Draft(), spec.kind)

    made = method(
        *(getattr(element, name) for name in naming),
        **{name: getattr(element, name) for name in names},
    )

    assert made == element
    assert type(made) is spec.cls


@every_kind
def test_a_method_takes_the_fields_in_order_of_declaration(spec: Spec) -> None:
    _, *parameters = inspect.signature(getattr(Draft, spec.kind)).parameters.values()
    naming = [spec.naming.name] if spec.naming else []
    others = [item.name for item in spec.fields if item.name not in naming]

    assert [p.name for p in parameters if p.kind is not p.KEYWORD_ONLY] == naming
    assert {p.name for p in parameters if p.kind is p.KEYWORD_ONLY} == set(others)
    for parameter in parameters:
        item = spec.by_name[parameter.name]
        if parameter.default is not parameter.empty and item.name != "id":
            assert parameter.default == item.default


def test_a_third_party_kind_is_made_without_one_more_line() -> None:
    d = Draft()
    warm = d.need("A warm home")
    first = d.make(Bet, "Insulate", serves=warm, outcome="won")
    second = d.make(Bet, "Heat", after=[first], odds=[])

    assert (first.id, first.serves, first.outcome) == ("insulate", warm.id, Outcome.WON)
    assert d.model.get(Bet, "heat").after == (first.id,) == second.after
    d.add(Bet(id=BetId("given"), name="x"))
    assert [bet.id for bet in d.model.of(Bet)] == ["given", "heat", "insulate"]


def test_whole_numbers_become_decimals_where_these_are_declared() -> None:
    d = Draft()
    reading = d.make(Observation, measure=d.success_measure("Draughts"), value=3)

    assert reading.value == 3
