from datetime import date

from missionkit.domain.ext import Ext
from missionkit.domain.ids import (
    EvidenceId,
    GoalId,
    NeedId,
    ObjectiveId,
    PartyId,
    ProcessId,
)
from missionkit.domain.links import NO_LINK, links_of, targets
from missionkit.domain.marks import Link
from missionkit.domain.plan import Objective
from missionkit.domain.process import (
    Process,
    ReleaseLadder,
    ReleaseState,
    ReleaseStep,
)
from missionkit.domain.values import Contribution
from tests.domain.bets import Bet, BetId, Odds, Wager, WagerId


def test_links_are_read_in_the_order_of_the_declaration() -> None:
    objective = Objective(
        id=ObjectiveId("o"),
        statement="x",
        needs=(NeedId("b"), NeedId("a")),
        goal=GoalId("g"),
        contributions=(
            Contribution(target=GoalId("h"), weight=1),
            Contribution(target=ObjectiveId("p"), weight=2),
        ),
    )
    uses = list(links_of(objective))

    assert [(use.path, use.target, use.link.name) for use in uses] == [
        ("needs[0]", "b", "satisfied_by"),
        ("needs[1]", "a", "satisfied_by"),
        ("goal", "g", "serves"),
        ("contributions[0].target", "h", "contributes"),
        ("contributions[1].target", "p", "contributes"),
    ]
    assert uses[0].holder is objective
    assert uses[3].holder is objective.contributions[0]
    assert uses[0].link == Link("satisfied_by", reverse=True, trace=True)


def test_links_stand_in_values_in_values() -> None:
    step = ReleaseStep(
        state=ReleaseState.DEVELOPED,
        on=date(2026, 1, 1),
        by=PartyId("p"),
        evidence=(EvidenceId("e"),),
    )
    process = Process(id=ProcessId("x"), name="x", release=ReleaseLadder(steps=(step,)))

    assert [(use.path, use.target) for use in links_of(process)] == [
        ("release.steps[0].by", "p"),
        ("release.steps[0].evidence[0]", "e"),
    ]


def test_what_is_left_out_and_foreign_data_are_no_links() -> None:
    bet = Bet(id=BetId("b"), name="x", ext=Ext({"serves": "n"}))

    assert list(links_of(bet)) == []


def test_a_third_party_kind_has_links() -> None:
    bet = Bet(
        id=BetId("b"),
        name="x",
        serves=NeedId("n"),
        after=(BetId("a"),),
        odds=(Odds(by="Ann", chance=1, of=ObjectiveId("o")),),
    )
    wager = Wager(id=WagerId("w"), text="x", bet=BetId("b"))

    assert [u.target for u in links_of(bet)] == ["n", "a", "o"]
    assert [u.path for u in links_of(wager)] == ["bet"]
    assert next(links_of(wager)).link.reverse


def test_the_quick_reader_finds_the_same_targets() -> None:
    bet = Bet(id=BetId("b"), name="x", serves=NeedId("n"), after=(BetId("a"),))
    quick = [(target, item.name) for target, item, _ in targets(Bet)(bet)]

    assert quick == [("n", "serves"), ("a", "after")]


def test_a_reference_without_a_link_refers() -> None:
    assert NO_LINK.name == "refers_to"
    assert not NO_LINK.trace
