import copy
import pickle
from collections.abc import Callable
from datetime import date
from itertools import permutations
from typing import Any

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from missionkit.domain.declaration import Element
from missionkit.domain.digest import digest_of
from missionkit.domain.ext import Ext
from missionkit.domain.ids import (
    GoalId,
    NeedId,
    ObjectiveId,
    OrganizationId,
    PartyId,
    RoleAssignmentId,
    RoleId,
    StakeholderId,
)
from missionkit.domain.intent import Organization
from missionkit.domain.kinds import KINDS, Kinds
from missionkit.domain.links import links_of
from missionkit.domain.model import Model, in_force
from missionkit.domain.opaque import Opaque
from missionkit.domain.party import Party
from missionkit.domain.plan import Goal, Objective
from missionkit.domain.referring import Referrer
from missionkit.domain.role import Role, RoleAssignment
from missionkit.domain.spec import DeclarationError
from missionkit.domain.stakeholder import Need, Stakeholder
from missionkit.domain.values import Period
from missionkit.errors import ModelError, NotFoundError
from missionkit.issue import Issue
from missionkit.testing.strategies import elements, models
from tests.domain.bets import Bet, BetId

SOME = settings(max_examples=40, suppress_health_check=list(HealthCheck))
TENANTS = Stakeholder(id=StakeholderId("tenants"), name="Tenants")
WARM = Need(id=NeedId("warm"), statement="A warm home", stakeholder=TENANTS.id)
DRY = Need(id=NeedId("dry"), statement="A dry home")
TRUST = Organization(id=OrganizationId("trust"), name="Harbour Housing Trust")
SMALL = Model([WARM, TENANTS, DRY, TRUST])
BETS = KINDS | {Bet}


def outcome(build: Callable[[], Model]) -> Model | tuple[Issue, ...]:
    """Return the model that is built, or the issues of why it is not."""
    try:
        return build()
    except ModelError as error:
        return error.issues


def only(build: Callable[[], Model]) -> Issue:
    """Return the one issue for which a model is refused."""
    with pytest.raises(ModelError) as caught:
        build()
    (issue,) = caught.value.issues
    return issue


# ---- laws ----------------------------------------------------------------------------


@SOME
@given(models(max_size=8), st.data())
def test_the_order_of_elements_changes_nothing(
    model: Model, data: st.DataObject
) -> None:
    other = Model(data.draw(st.permutations(list(model))))

    assert other == model
    assert hash(other) == hash(model)
    assert list(other) == list(model)
    assert str(other) == str(model)
    assert list(other.counts()) == list(model.counts())


@SOME
@given(models(max_size=8), st.data())
def test_with_gives_the_model_of_all_elements_or_its_faults(
    model: Model, data: st.DataObject
) -> None:
    spec = data.draw(st.sampled_from(list(KINDS)))
    kind: Any = spec.cls
    refs = [ref for ref in model.ids() if model.kind_of(ref) == spec.kind]
    ids = st.sampled_from([*refs, "new"]) if refs else st.just("new")
    new: Element = data.draw(elements(kind, id=ids))
    rest = [element for element in model if element.id != new.id]

    assert outcome(lambda: model.with_(new)) == outcome(lambda: Model([*rest, new]))


@SOME
@given(models(min_size=2, max_size=8), st.data())
def test_with_a_sound_element_of_the_model_itself_is_the_same_model(
    model: Model, data: st.DataObject
) -> None:
    some = data.draw(st.lists(st.sampled_from(list(model)), unique_by=lambda e: e.id))

    assert model.with_(*some) == model
    assert model.with_() == model
    assert Model().with_(*model) == model


@SOME
@given(models(max_size=8), st.data())
def test_without_gives_the_model_of_the_rest_or_its_faults(
    model: Model, data: st.DataObject
) -> None:
    refs = list(model.ids())
    gone = set(data.draw(st.lists(st.sampled_from(refs)))) if refs else set()
    rest = [element for element in model if element.id not in gone]

    assert outcome(lambda: model.without(*sorted(gone))) == outcome(lambda: Model(rest))


@SOME
@given(models(max_size=8))
def test_a_model_survives_pickling_and_copying(model: Model) -> None:
    copies = [pickle.loads(pickle.dumps(model)), copy.copy(model), copy.deepcopy(model)]  # noqa: S301 - our own

    assert all(other == model for other in copies)
    assert all(hash(other) == hash(model) for other in copies)
    assert all(other.kinds == model.kinds for other in copies)


@SOME
@given(models(max_size=8))
def test_elements_are_found_by_id_and_kind(model: Model) -> None:
    for element in model:
        assert model[element.id] is element
        assert model.find(element.id) is element
        assert model.get(type(element), element.id) is element
        assert element in model.of(type(element))
        assert element.id in model
    assert sum(map(len, map(model.of, KINDS.classes))) == len(model)
    assert sorted(model.ids()) == sorted(element.id for element in model)


@SOME
@given(models(max_size=8))
def test_referrers_are_the_links_read_backwards(model: Model) -> None:
    links = {
        (use.target, element.id, use.path)
        for element in model
        for use in links_of(element)
    }
    back = {(ref, by.id, by.path) for ref in model.ids() for by in model.referrers(ref)}

    assert back == links


@SOME
@given(models(max_size=8), st.data())
def test_digests_are_those_of_the_elements_also_after_a_change(
    model: Model, data: st.DataObject
) -> None:
    for ref in model.ids():
        model.digest(ref)
    if len(model):
        one: Any = data.draw(st.sampled_from(list(model)))
        model = model.with_(evolve(one, notes="changed"))

    assert {ref: model.digest(ref) for ref in model.ids()} == {
        element.id: digest_of(element) for element in model
    }


# ---- cases ---------------------------------------------------------------------------


def test_elements_come_kind_by_kind_in_order_of_declaration_each_by_id() -> None:
    assert [element.id for element in SMALL] == ["trust", "tenants", "dry", "warm"]
    assert SMALL.of(Need) == (DRY, WARM)
    assert SMALL.counts() == {"organization": 1, "stakeholder": 1, "need": 2}
    assert SMALL.of(Goal) == ()
    assert len(SMALL) == 4
    assert SMALL


def test_what_is_not_there_is_named_with_the_nearest() -> None:
    with pytest.raises(NotFoundError) as caught:
        SMALL["wram"]
    error = caught.value
    assert (error.what, error.name, error.nearest) == ("element", "wram", ("warm",))

    with pytest.raises(NotFoundError, match="no need 'tenants'"):
        SMALL.get(Need, "tenants")
    with pytest.raises(NotFoundError, match="no need 'dri'; did you mean 'dry'"):
        SMALL.get(Need, "dri")
    with pytest.raises(NotFoundError, match="no goal 'warm'"):
        SMALL.get(Goal, "warm")
    with pytest.raises(NotFoundError):
        SMALL.without("warm", "wrm")
    with pytest.raises(NotFoundError):
        SMALL.digest("x")
    assert SMALL.find("x") is None
    assert "x" not in SMALL
    assert 5 not in SMALL
    assert SMALL.referrers("x") == ()


@pytest.mark.parametrize("kind", [int, "need", None])
def test_asking_for_what_is_no_kind_is_an_error_of_the_program(kind: object) -> None:
    odd: Any = kind

    with pytest.raises(DeclarationError):
        SMALL.get(odd, "warm")
    with pytest.raises(DeclarationError):
        SMALL.of(odd)


def test_kind_and_title_are_found_by_id() -> None:
    assert SMALL.kind_of("warm") == "need"
    assert SMALL.title("warm") == "A warm home"
    assert SMALL.root is TRUST
    assert Model([WARM, TENANTS]).root is None


def test_models_differ_where_an_element_does() -> None:
    other = SMALL.with_(evolve(WARM, notes="x"))

    assert other != SMALL
    assert other.get(Need, "warm").notes == "x"
    assert SMALL.get(Need, "warm").notes == ""
    assert SMALL != "model"


def test_a_model_is_frozen() -> None:
    model: Any = SMALL

    with pytest.raises(AttributeError, match="use with_"):
        model.kinds = KINDS
    with pytest.raises(AttributeError, match="frozen"):
        del model.kinds
    with pytest.raises(AttributeError):
        model.other = 1


def test_with_several_elements_may_link_them_to_each_other() -> None:
    goal = Goal(id=GoalId("g"), statement="x")
    objective = Objective(id=ObjectiveId("o"), statement="x", goal=goal.id)

    assert len(SMALL.with_(objective, goal)) == 6
    issue = only(lambda: SMALL.with_(objective))
    assert issue.path == "goal"


def test_with_two_elements_of_one_id_is_refused_like_by_the_constructor() -> None:
    twice = evolve(DRY, notes="x")

    assert outcome(lambda: SMALL.with_(DRY, twice)) == outcome(
        lambda: Model([WARM, TENANTS, TRUST, DRY, twice])
    )


def test_with_an_id_that_another_kind_has_is_refused() -> None:
    issue = only(lambda: SMALL.with_(Goal(id=GoalId("warm"), statement="x")))

    assert (issue.code, issue.ref) == ("MK-STR-001", "warm")


def test_with_a_second_root_is_refused() -> None:
    second = Organization(id=OrganizationId("other"), name="Other")
    issue = only(lambda: SMALL.with_(second))

    assert (issue.code, issue.ref) == ("MK-STR-003", "trust")
    assert SMALL.with_(evolve(second, parent=TRUST.id)).root is TRUST


def test_with_a_circle_is_refused() -> None:
    above = Goal(id=GoalId("a"), statement="x")
    below = Goal(id=GoalId("b"), statement="x", parent=above.id)
    model = SMALL.with_(above, below)
    issue = only(lambda: model.with_(evolve(above, parent=below.id)))

    assert issue.message == "a → b → a is a circle of 'refines' links."


@pytest.mark.parametrize(
    "thing", ["x", None, 5, Bet(id=BetId("b"), name="x")], ids=range(4)
)
def test_with_what_is_no_element_is_refused(thing: Any) -> None:  # noqa: ANN401 - anything
    issue = only(lambda: SMALL.with_(thing))

    assert issue.code == "MK-STR-004"


def test_without_what_others_refer_to_is_refused_and_names_them() -> None:
    issue = only(lambda: SMALL.without("tenants"))
    assert (issue.code, issue.ref, issue.path) == ("MK-STR-025", "warm", "stakeholder")

    assert list(SMALL.without("tenants", "warm")) == [TRUST, DRY]
    assert SMALL.without() == SMALL
    assert SMALL.without("dry", "dry") == Model([WARM, TENANTS, TRUST])


# ---- elements whose class is not here -----------------------------------------------

BET = Opaque(
    kind="acme.bet", id="bet", data=Ext({"serves": "warm", "x": ["dry", "bet"]})
)


def test_an_opaque_element_can_be_the_target_of_a_link_to_any_kind() -> None:
    role = Role(id=RoleId("r"), name="R")
    party = Party(id=PartyId("p"), name="P")
    on: Any = "bet"
    plays = RoleAssignment(
        id=RoleAssignmentId("ra"), role=role.id, party=party.id, on=on
    )
    model = Model([BET, role, party, plays])

    assert model.opaque == (BET,)
    assert model["bet"] is BET
    assert model.kind_of("bet") == "acme.bet"
    assert model.digest("bet") is None
    assert [e.id for e in model] == ["p", "r", "ra", "bet"]


def test_an_erased_element_still_satisfies_links_to_its_kind() -> None:
    gone = Opaque(kind="stakeholder", id="tenants", erased=True)
    model = Model([WARM, gone])

    assert model.of(Stakeholder) == ()
    assert model.counts() == {"stakeholder": 1, "need": 1}
    with pytest.raises(NotFoundError):
        model.get(Stakeholder, "tenants")
    assert SMALL.with_(gone)["tenants"] is gone
    assert SMALL.with_(gone).with_(TENANTS) == SMALL


def test_an_absent_kind_may_stand_where_a_kind_is_asked_for() -> None:
    stranger = Opaque(kind="acme.person", id="tenants")

    assert len(Model([WARM, stranger])) == 2
    goal = Opaque(kind="goal", id="tenants", erased=True)
    issue = only(lambda: Model([WARM, goal]))
    assert issue.code == "MK-STR-002"


def test_texts_that_equal_ids_make_an_opaque_element_an_uncertain_referrer() -> None:
    model = Model([*SMALL, BET])

    assert model.referrers("warm") == (Referrer("bet", "", certain=False),)
    assert model.referrers("dry") == (Referrer("bet", "", certain=False),)
    assert model.referrers("bet") == ()
    assert model.referrers("tenants") == (Referrer("warm", "stakeholder"),)
    assert "dry" not in model.without("dry")


def test_elements_of_absent_kinds_come_last_by_the_name_of_their_kind() -> None:
    strangers = [Opaque(kind=kind, id=kind[-1]) for kind in ("z.b", "a.c", "m.a")]

    mixed: list[Element] = [*strangers, DRY]
    for order in permutations(mixed):
        assert [e.id for e in Model(order)] == ["dry", "c", "a", "b"]


# ---- kinds of third parties ----------------------------------------------------------


@SOME
@given(models(kinds=Kinds([Need, Stakeholder, Goal, Objective]) | {Bet}, max_size=8))
def test_a_third_party_kind_is_held_like_ours(model: Model) -> None:
    assert pickle.loads(pickle.dumps(model)) == model  # noqa: S301 - our own
    for bet in model.of(Bet):
        assert model.get(Bet, bet.id) is bet
        assert model.digest(bet.id) == digest_of(bet)
        assert model.with_(evolve(bet, name="x")).title(bet.id) == "x"


def test_the_links_of_a_third_party_kind_are_checked() -> None:
    bet = Bet(id=BetId("b"), name="x", serves=NeedId("warm"), after=(BetId("a"),))
    issue = only(lambda: Model([*SMALL, bet], kinds=BETS))
    assert (issue.code, issue.path) == ("MK-STR-025", "after[0]")

    round_about = Bet(id=BetId("a"), name="y", after=(BetId("b"),))
    issue = only(lambda: Model([*SMALL, bet, round_about], kinds=BETS))
    assert issue.message == "a → b → a is a circle of 'after' links."

    model = Model([*SMALL, bet, evolve(round_about, after=())], kinds=BETS)
    assert model.referrers("warm") == (Referrer("b", "serves"),)
    assert model.with_(evolve(bet, notes="x")).kinds == BETS


def test_a_model_with_a_third_party_kind_survives_pickling() -> None:
    model = Model([*SMALL, Bet(id=BetId("b"), name="x")], kinds=BETS)
    after: Model = pickle.loads(pickle.dumps(model))  # noqa: S301 - our own

    assert after == model
    assert after.kinds == BETS
    assert after.with_(Bet(id=BetId("c"), name="y")).counts()["acme.bet"] == 2


# ---- what holds on a day -------------------------------------------------------------


def goal(ref: str, start: date | None, end: date | None) -> Goal:
    horizon = Period(start, end) if start or end else None
    return Goal(id=GoalId(ref), statement="x", horizon=horizon)


def test_in_force_is_what_holds_on_a_day() -> None:
    first, last = date(2026, 1, 1), date(2026, 12, 31)
    model = Model(
        [
            goal("ever", None, None),
            goal("from", first, None),
            goal("until", None, last),
            goal("year", first, last),
        ]
    )

    def on(day: date) -> list[str]:
        return [found.id for found in in_force(model, Goal, on=day)]

    assert on(date(2025, 12, 31)) == ["ever", "until"]
    assert on(first) == ["ever", "from", "until", "year"]
    assert on(last) == ["ever", "from", "until", "year"]
    assert on(date(2027, 1, 1)) == ["ever", "from"]


def test_kinds_without_a_period_are_always_in_force() -> None:
    assert in_force(SMALL, Need, on=date.min) == (DRY, WARM)
    bet = Bet(id=BetId("b"), name="x", period=Period(date(2026, 1, 1)))
    assert in_force(Model([bet], kinds=BETS), Bet, on=date(2025, 1, 1)) == ()


def test_what_is_known_of_a_kind_is_known_anew_where_it_changed() -> None:
    goal, need = (
        Goal(id=GoalId("warm"), statement="Warm homes"),
        Need(id=NeedId("heat"), statement="Heat"),
    )
    before = Model([goal, need])
    assert before.of(Goal) is before.of(Goal)
    assert before.of(Need) == (need,)

    other = evolve(goal, statement="Warmer homes")
    earlier = Goal(id=GoalId("a-goal"), statement="Earlier by id")
    after = before.with_(other, earlier)
    assert after.of(Goal) == (earlier, other)
    assert after.of(Need) is before.of(Need)
    assert before.of(Goal) == (goal,)

    less = after.without("warm")
    assert less.of(Goal) == (earlier,)
    assert less.without("a-goal").of(Goal) == ()
    assert less.of(Need) is before.of(Need)


def test_a_kind_that_is_none_of_the_model_has_no_elements() -> None:
    need = Need(id=NeedId("heat"), statement="Heat")
    small = Model([need], kinds=Kinds([Stakeholder, Need]))

    assert small.of(Goal) == ()
    assert small.with_(evolve(need, statement="More heat")).of(Goal) == ()


def test_a_new_kind_takes_its_place_among_the_others() -> None:
    need = Need(id=NeedId("heat"), statement="Heat")
    who = Stakeholder(id=StakeholderId("tenants"), name="Tenants")
    model = Model([need]).with_(who)

    assert [*model] == [*Model([who, need])] == [who, need]
    assert list(model.counts()) == ["stakeholder", "need"]
