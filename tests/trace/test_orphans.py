import pytest
from hypothesis import given

from missionkit.domain.draft import draft
from missionkit.domain.kinds import KINDS
from missionkit.domain.model import Model
from missionkit.domain.plan import Objective
from missionkit.domain.process import Process
from missionkit.domain.role import RoleAssignment
from missionkit.errors import NotFoundError
from missionkit.testing.strategies import models
from missionkit.trace.orphans import orphans
from missionkit.trace.toward import Toward
from tests.domain.bets import Bet
from tests.trace.judge import stepped
from tests.trace.plans import LinkedBet


def a_lonely_model() -> Model:
    with draft("T") as d:
        aim = d.objective("O", id="aim")
        d.objective("P", id="apart", goal=d.goal("G", id="goal"))
        d.process("W", id="work")
        d.process("V", id="other", achieves=[aim])
        d.influencer("I")
        d.role_assignment(id="held", role=d.role("R", id="role"), party=d.party("P"))
    return d.model


def test_an_orphan_has_no_trace_link_that_leads_on() -> None:
    assert [element.id for element in orphans(a_lonely_model())] == ["aim", "work"]


@pytest.mark.parametrize("kind", [Process, "process"])
def test_one_kind_can_be_asked_for(kind: type | str) -> None:
    assert [element.id for element in orphans(a_lonely_model(), kind)] == ["work"]


def test_a_link_without_a_name_is_an_orphan_only_when_asked_for() -> None:
    model = a_lonely_model()

    assert [element.id for element in orphans(model, RoleAssignment)] == ["held"]
    assert orphans(model, "influencer") == ()


@pytest.mark.parametrize(
    ("kind", "near"), [("proces", "did you mean 'process'"), (Bet, "'Bet'")]
)
def test_an_unknown_kind_is_refused(kind: type | str, near: str) -> None:
    with pytest.raises(NotFoundError, match=near):
        orphans(a_lonely_model(), kind)


def test_a_third_party_kind_is_looked_at_like_ours() -> None:
    with draft("T", kinds=KINDS | {LinkedBet}) as d:
        bet = d.make(LinkedBet, "B")
        d.make(LinkedBet, "C", goal=d.goal("G", id="goal"))

    assert orphans(d.model, LinkedBet) == (bet,)


@given(models(max_size=20))
def test_an_orphan_has_no_step_on_either_branch(model: Model) -> None:
    found = {element.id for element in orphans(model)}
    steps = [stepped(model, toward) for toward in Toward]

    assert all(not step.out_degree(ref) for step in steps for ref in found)
    alone = {e.id for e in model.of(Objective) if not any(s[e.id] for s in steps)}
    assert alone <= found
