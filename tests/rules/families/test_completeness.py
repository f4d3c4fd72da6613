from typing import Annotated, Any, NewType

from attrs import frozen
from hypothesis import given

from missionkit.domain.declaration import Entity, entity, value
from missionkit.domain.draft import Draft
from missionkit.domain.ext import NO_EXT, Ext
from missionkit.domain.ids import AnyId
from missionkit.domain.kinds import KINDS
from missionkit.domain.marks import Expected
from missionkit.domain.model import Model
from missionkit.domain.opaque import Opaque
from missionkit.domain.process import DesignBrief
from missionkit.domain.spec import Many, Nested, spec_of
from missionkit.domain.values import Name
from missionkit.rules.check import check
from missionkit.testing.strategies import models
from tests.rules.cases import told

CPL = "MK-CPL-001"


@frozen(kw_only=True)
@value
class Step:
    """A value in which something is expected."""

    name: str
    reason: Annotated[str, Expected("steps have reasons")] = ""
    sure: Annotated[bool, Expected("false is an answer")] = False


@frozen(kw_only=True)
@value
class Route:
    """A value in which something is expected only further down."""

    steps: frozenset[Step] = frozenset()
    last: Step | None = None


RouteMapId = NewType("RouteMapId", str)


@frozen(kw_only=True)
@entity("acme.route_map")
class RouteMap(Entity):
    """A third party's kind, with values in values."""

    id: RouteMapId
    name: Name
    routes: tuple[Route, ...] = ()
    about: Annotated[Ext, Expected("it is kept for others")] = NO_EXT


def paths(model: Model) -> list[str]:
    return [issue.path for issue in check(model).of(CPL)]


def test_each_expected_field_that_is_empty_is_named() -> None:
    assert paths(told(lambda d: d.need("Warm"))) == ["importance", "stakeholder"]
    assert paths(told(lambda d: d.goal("Warm"))) == ["horizon"]
    assert paths(told(lambda d: d.process("Work"))) == ["brief", "family", "purpose"]
    assert paths(told(lambda d: d.stakeholder("They"))) == ["stakes"]
    assert paths(told(lambda d: d.party("Ana"))) == []


def test_the_reason_is_that_of_the_declaration() -> None:
    first, second = check(told(lambda d: d.need("Warm"))).of(CPL)

    assert first.why == "weighs needs against each other"
    assert second.why == "a need without a holder cannot be weighed or answered"
    assert first.fix == "fill importance"


def test_fields_of_values_are_named_with_their_path() -> None:
    def story(d: Draft) -> None:
        brief = DesignBrief(provides="homes", timing="soon", fit="yes")
        d.process("Work", family="demand_creation", purpose="p", brief=brief)

    assert paths(told(story)) == ["brief.price", "brief.profitability"]


def test_a_full_element_is_not_advised() -> None:
    def story(d: Draft) -> None:
        d.stakeholder("They", id="them", stakes={"customer"})
        d.need("Warm", stakeholder="them", importance=0.0)

    assert paths(told(story)) == []


def test_a_third_partys_kind_is_advised_to_any_depth() -> None:
    steps = frozenset({Step(name="b"), Step(name="a"), Step(name="c", reason="so")})
    routes = (Route(), Route(steps=steps, last=Step(name="z")))
    route_map = RouteMap(id=RouteMapId("routes"), name="Routes", routes=routes)

    assert paths(Model([route_map], kinds=KINDS | {RouteMap})) == [
        "about",
        "routes[1].last.reason",
        "routes[1].steps[0].reason",
        "routes[1].steps[1].reason",
    ]


def test_what_nobody_can_read_is_passed_over() -> None:
    assert paths(Model([Opaque(kind="vendor.bet", id=AnyId("bet"))])) == []


def empty_fields(held: Any) -> int:  # noqa: ANN401 - any declared value
    """Count, by the specification alone, the expected fields that are empty."""
    count = 0
    cls: type = type(held)
    for item in spec_of(cls).fields:
        found = getattr(held, item.name)
        count += bool(item.expected) and found in (None, (), frozenset())
        match item.shape:
            case Nested() if found is not None:
                count += empty_fields(found)
            case Many(item=Nested()):
                count += sum(map(empty_fields, found))
    return count


@given(models())
def test_any_model_gets_one_advice_for_each_empty_field(model: Model) -> None:
    found = check(model)

    for element in model:
        mine = [issue for issue in found.for_(element.id) if issue.code == CPL]
        assert len(mine) == empty_fields(element)
