"""What is in sight of what effort serves, in models of every shape."""

from typing import Annotated, NewType

from attrs import evolve, frozen

import missionkit as mk
from missionkit.drift.naming import titles
from missionkit.drift.sight import sight, strengths
from tests.drift.conducted import figures, organization, view, work

MODEL = organization()


def test_what_leads_to_a_dropped_objective_alone_is_out_of_sight() -> None:
    seen = sight(view(MODEL))

    assert {"repairs", "damp", "fabric", "homes", "money"} <= seen.on
    assert seen.on.isdisjoint({"old", "selling", "filing", "attic", "festival"})
    assert seen.off == {"festival"}


def test_a_purpose_is_not_the_mission_whatever_is_linked_to_it() -> None:
    assert "returns" not in sight(view(MODEL)).on
    assert "returns" not in sight(view(MODEL)).off


def test_an_empty_model_has_nothing_in_sight() -> None:
    seen = sight(view(mk.Model()))

    assert seen.on == seen.off == frozenset()
    assert not seen.knows("repairs")
    assert not seen.knows(None)


def test_what_nobody_can_read_leads_nowhere() -> None:
    held = mk.Opaque(kind="acme.bet", id="bet")
    model = MODEL.with_(held)

    assert "bet" not in sight(view(model)).on
    assert "bet" not in strengths(view(model))


BetId = NewType("BetId", str)


@frozen(kw_only=True)
@mk.entity("acme.bet")
class Bet(mk.Entity):
    """What a goal is meant to lead to, but not the other way."""

    id: BetId
    on: Annotated[mk.GoalId, mk.Link("bets", trace=True, upward=False)]


def test_what_is_only_led_to_has_nothing_in_sight() -> None:
    bet = Bet(id=BetId("bet"), on=mk.GoalId("goal"))
    model = mk.Model((*MODEL, bet), kinds=mk.KINDS | {Bet})

    assert "bet" not in sight(view(model)).on
    assert strengths(view(model)) == strengths(view(MODEL))


def test_circles_of_spheres_are_walked_once() -> None:
    homes = MODEL.get(mk.OperatingSphere, "homes")
    back = mk.SphereRelation(
        to=mk.OperatingSphereId("money"), kind="feeds", strength=1.0
    )
    model = MODEL.with_(evolve(homes, relations=(*homes.relations, back)))

    found = strengths(view(model))
    assert (found["homes"], found["money"]) == (0.5, 0.5)


def test_strength_and_sight_agree() -> None:
    assert sight(view(MODEL)).on <= set(strengths(view(MODEL)))


def test_those_who_are_called_alike_are_told_apart() -> None:
    twins = [mk.Role(id=mk.RoleId(ref), name="Twin") for ref in ("one", "two")]
    seen = view(
        MODEL.with_(*twins),
        1,
        activities=work(*((1, "repairs", 1, who) for who in ("one", "two", "Twin"))),
    )

    assert titles(seen, ["one", "two", "builder"], ["one", "two", "builder"]) == {
        "one": "Twin (one)",
        "two": "Twin (two)",
        "builder": "Builder",
    }
    found = figures("effort-on-mission-by-role", seen)
    assert [(series.title.rpartition("role ")[2], series.refs) for series in found] == [
        ("Twin (Twin)", ()),
        ("Twin (one)", ("one",)),
        ("Twin (two)", ("two",)),
    ]


def test_what_is_served_again_is_asked_once() -> None:
    seen = sight(view(MODEL))

    assert seen.processes("damp") == seen.processes("damp") == {"repairs"}
    assert seen.stakeholders("damp") == {"tenants"}
