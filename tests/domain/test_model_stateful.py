"""A model driven by a state machine, beside a plain dict that says what is right."""

from typing import Any

from attrs import evolve
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
)

from missionkit.domain.declaration import Element
from missionkit.domain.digest import digest_of
from missionkit.domain.kinds import Kinds
from missionkit.domain.links import links_of
from missionkit.domain.model import Model
from missionkit.domain.plan import CourseOfAction, Goal, Objective
from missionkit.domain.stakeholder import Need, Stakeholder
from missionkit.errors import ModelError
from missionkit.testing.strategies import elements
from tests.domain.bets import Bet

KINDS = Kinds([Stakeholder, Need, Goal, Objective, CourseOfAction]) | {Bet}
REFS = st.sampled_from(["a", "b", "c", "d", "e"])


def any_element() -> st.SearchStrategy[Element]:
    """Return a strategy for elements that link to few ids, so that most links fit."""

    def made(cls: Any) -> st.SearchStrategy[Element]:  # noqa: ANN401 - any kind
        given: dict[str, object] = {"id": REFS}
        for item in KINDS[KINDS.by_class[cls]].fields:
            if item.link is not None:
                one = st.none() | REFS
                many = st.lists(REFS, unique=True, max_size=2).map(tuple)
                given[item.name] = many if item.default == () else one
        for name in ("contributions", "odds"):
            if name in KINDS[KINDS.by_class[cls]].by_name:
                given[name] = ()
        return elements(cls, **given)

    return st.sampled_from(KINDS.classes).flatmap(made)


class ModelMachine(RuleBasedStateMachine):
    """Puts and removes elements; whatever is refused leaves the model as it was."""

    def __init__(self) -> None:
        super().__init__()
        self.model = Model(kinds=KINDS)
        self.plain: dict[str, Element] = {}

    def sound(self, plain: dict[str, Element]) -> Model | None:
        try:
            return Model(plain.values(), kinds=KINDS)
        except ModelError:
            return None

    @rule(new=st.lists(any_element(), min_size=1, max_size=3, unique_by=lambda e: e.id))
    def put(self, new: list[Element]) -> None:
        same = all(type(self.plain.get(e.id, e)) is type(e) for e in new)
        plain = self.plain | {e.id: e for e in new}
        wanted = self.sound(plain) if same else None
        try:
            model = self.model.with_(*new)
        except ModelError:
            assert wanted is None
        else:
            assert model == wanted
            self.model, self.plain = model, plain

    @precondition(lambda self: self.plain)
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        gone = data.draw(st.sets(st.sampled_from(sorted(self.plain)), min_size=1))
        plain = {ref: e for ref, e in self.plain.items() if ref not in gone}
        wanted = self.sound(plain)
        try:
            model = self.model.without(*sorted(gone))
        except ModelError:
            assert wanted is None
        else:
            assert model == wanted
            self.model, self.plain = model, plain

    @precondition(lambda self: self.plain)
    @rule(data=st.data())
    def change(self, data: st.DataObject) -> None:
        ref = data.draw(st.sampled_from(sorted(self.plain)))
        element: Any = self.plain[ref]
        changed = evolve(element, notes=data.draw(st.sampled_from(["", "x", "y"])))
        self.model = self.model.with_(changed)
        self.plain[ref] = changed

    @precondition(lambda self: self.plain)
    @rule(data=st.data())
    def look(self, data: st.DataObject) -> None:
        ref = data.draw(st.sampled_from(sorted(self.plain)))
        uses = [(e.id, u) for e in self.plain.values() for u in links_of(e)]

        assert self.model.digest(ref) == digest_of(self.plain[ref])
        assert {(by.id, by.path) for by in self.model.referrers(ref)} == {
            (holder, use.path) for holder, use in uses if use.target == ref
        }

    @invariant()
    def holds_what_the_dict_holds(self) -> None:
        assert {e.id: e for e in self.model} == self.plain
        assert len(self.model) == len(self.plain)
        assert set(self.model.ids()) == set(self.plain)


TestModel = ModelMachine.TestCase
TestModel.settings = settings(
    max_examples=40, stateful_step_count=15, suppress_health_check=list(HealthCheck)
)
