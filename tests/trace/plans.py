"""Models for the tests of traces: the plan of the page in the docs, and strategies."""

from collections.abc import Iterator
from typing import Annotated, Any, NewType

from attrs import evolve, frozen
from hypothesis import strategies as st

from missionkit.domain.declaration import Element, Entity, entity
from missionkit.domain.draft import draft
from missionkit.domain.ids import AnyId, CoreIntentId, GoalId
from missionkit.domain.intent import CoreIntent
from missionkit.domain.kinds import Kinds
from missionkit.domain.marks import Link
from missionkit.domain.measure import SuccessMeasure
from missionkit.domain.model import Model
from missionkit.domain.party import Party
from missionkit.domain.plan import BusinessOutput, CourseOfAction, Goal, Objective
from missionkit.domain.process import Activity, Process
from missionkit.domain.role import Role, RoleAssignment
from missionkit.domain.spec import Many, Nested, spec_of
from missionkit.domain.stakeholder import Need, Stakeholder
from missionkit.domain.values import Contribution, Name
from missionkit.errors import ModelError
from missionkit.testing.strategies import models

LinkedBetId = NewType("LinkedBetId", str)

ON_THE_LINE = Kinds(
    (
        Stakeholder,
        Need,
        Objective,
        Goal,
        CoreIntent,
        Process,
        Activity,
        CourseOfAction,
        BusinessOutput,
        SuccessMeasure,
        Role,
        RoleAssignment,
        Party,
    )
)


@frozen(kw_only=True)
@entity("acme.bet")
class LinkedBet(Entity):
    """A third party's kind that is linked both ways, in circles if need be."""

    id: LinkedBetId
    name: Name
    before: Annotated[tuple[LinkedBetId, ...], Link("before", trace=True)] = ()
    goal: Annotated[GoalId | None, Link("tries", trace=True)] = None
    for_whom: Annotated[
        AnyId | None, Link("given_by", reverse=True, trace=True, upward=False)
    ] = None


def harbour() -> Model:
    """Return the plan that `docs/explanation/line-of-sight.md` works through."""
    with draft("Harbour Housing Trust") as d:
        tenants = d.stakeholder("Tenants")
        lender = d.stakeholder("Lender")
        warm = d.need("A warm home", id="warm", stakeholder=tenants)
        d.need("A fair rent", id="rent", stakeholder=tenants)
        d.need("Loans served on time", id="loan", stakeholder=lender)
        homes = d.core_intent("Decent homes for people on low incomes", id="homes")
        heat = d.goal("Every home is easy to heat", id="heat", intent=homes)
        solvent = d.goal("The trust stays solvent", id="solvent", intent=homes)
        epc = d.objective("All homes reach EPC C", id="epc", goal=heat, needs=[warm])
        save = d.objective("Reserves for six months", id="save", goal=solvent)
        d.process(
            "Repairs",
            achieves=[epc],
            contributions=[
                Contribution(target=solvent.id, weight=30),
                Contribution(target=save.id, weight=-20),
            ],
        )
        d.success_measure("Months of reserves", id="months", of=save)
    return d.model


def goals(*contributions: tuple[str, str], weight: int = 10) -> Model:
    """Return goals that contribute to one another."""
    return Model(
        Goal(
            id=GoalId(name),
            statement=name,
            contributions=tuple(
                Contribution(target=GoalId(to), weight=weight)
                for source, to in contributions
                if source == name
            ),
        )
        for name in sorted({end for pair in contributions for end in pair})
    )


def ladder(rungs: int) -> Model:
    """Return goals of which each has two above it: paths double at each rung."""
    top = CoreIntent(id=CoreIntentId("top"), mission="M")
    pairs: list[Goal] = []
    for at in range(rungs):
        above = [GoalId(f"g{at - 1}{side}") for side in "ab"] if at else []
        pairs += [
            Goal(
                id=GoalId(f"g{at}{side}"),
                statement="G",
                intent=None if at else top.id,
                parent=above[0] if at else None,
                contributions=tuple(
                    Contribution(target=to, weight=10) for to in above[1:]
                ),
            )
            for side in "ab"
        ]
    return Model([top, *pairs])


def lines(max_size: int = 12) -> st.SearchStrategy[Model]:
    """Return models of kinds on the line of sight, a third party's among them."""
    return models(kinds=ON_THE_LINE | {LinkedBet}, max_size=max_size)


@st.composite
def one_link_more(draw: st.DrawFn) -> tuple[Model, Model]:
    """Return a model, and the same with one more trace link."""
    before = draw(lines().filter(lambda model: any(_more(model))))
    after = draw(st.sampled_from(list(_more(before))))
    return before, after


def _more(model: Model) -> Iterator[Model]:
    for element in model:
        for changed in _linked(element, model):
            try:
                yield model.with_(changed)
            except ModelError:
                continue  # a circle where none may be


def _linked(element: Element, model: Model) -> Iterator[Element]:
    """Yield *element* with one more trace link, in every way that can be declared."""
    cls: type = type(element)
    same: Any = element
    for item in spec_of(cls).fields:
        many = isinstance(item.shape, Many)
        inner = item.shape.item if isinstance(item.shape, Many) else item.shape
        weighted = isinstance(inner, Nested) and inner.cls is Contribution
        leaf = spec_of(Contribution).by_name["target"] if weighted else item
        held = getattr(element, item.name)
        if leaf.link is None or not leaf.link.trace or (held and not many):
            continue
        allowed = model.kinds.targets(leaf)
        for target in model:
            fits = allowed is None or model.kind_of(target.id) in allowed
            if fits and not (many and target.id in held):
                ref: Any = target.id
                new = Contribution(target=ref, weight=50) if weighted else ref
                yield evolve(same, **{item.name: (*held, new) if many else new})
