import pytest

from missionkit.domain.draft import draft
from missionkit.domain.kinds import KINDS
from missionkit.trace.mending import mend, ways_on
from missionkit.trace.toward import Toward
from tests.trace.plans import LinkedBet

INTENT = {
    "stakeholder": "name stakeholder 'x' as `stakeholder` of a need",
    "need": "name need 'x' in `needs` of an objective",
    "objective": "set `goal` of objective 'x' to a goal",
    "goal": "set `intent` of goal 'x' to a core intent",
    "process": "name an objective in `achieves` of process 'x'",
    "course_of_action": (
        "name a goal or an objective in `contributions` of course of action 'x'"
    ),
    "business_output": "name a need in `satisfies` of business output 'x'",
    "success_measure": "set `of` of success measure 'x' to an objective or a process",
    "activity": "set `process` of activity 'x' to a process",
    "role": "name role 'x' as `role` of a role assignment",
    "party": "name party 'x' as `party` of a role assignment",
    "resource": "no link is declared that leads on from a resource",
    "influencer": "no link is declared that leads on from an influencer",
}
STAKEHOLDER = {
    "core_intent": "name core intent 'x' as `intent` of a goal",
    "goal": "name goal 'x' as `goal` of an objective",
    "objective": "name a need in `needs` of objective 'x'",
    "need": "set `stakeholder` of need 'x' to a stakeholder",
    "process": "name an objective in `achieves` of process 'x'",
    "business_output": "name a need in `satisfies` of business output 'x'",
}


@pytest.mark.parametrize(
    ("toward", "kind", "words"),
    [
        *((Toward.INTENT, kind, words) for kind, words in INTENT.items()),
        *((Toward.STAKEHOLDER, kind, words) for kind, words in STAKEHOLDER.items()),
    ],
)
def test_what_would_mend_it_is_read_from_the_declarations(
    toward: Toward, kind: str, words: str
) -> None:
    with draft("T") as d:
        d.make(KINDS[kind].cls, "X", id="x")  # type: ignore[type-var]  # by its name

    assert mend(d.model, toward, "x") == words


def test_a_field_that_may_name_anything_asks_what_it_is_for() -> None:
    with draft("T") as d:
        d.role_assignment(id="x", role=d.role("R"), party=d.party("P"))

    words = "set `on` of role assignment 'x' to what it is for"
    assert mend(d.model, Toward.INTENT, "x") == words


def test_a_third_party_kind_is_mended_by_its_own_fields_and_mends_others() -> None:
    kinds = KINDS | {LinkedBet}
    with draft("T", kinds=kinds) as d:
        d.make(LinkedBet, "X", id="x")

    words = "set `goal` of acme.bet 'x' to a goal"
    assert mend(d.model, Toward.INTENT, "x") == words
    ways = ways_on(kinds, Toward.INTENT)
    assert [way.field for way in ways["acme.bet"]] == ["goal", "before", "for_whom"]
    assert ways["party"][-1].holder == "acme.bet"
    assert ways_on(KINDS, Toward.INTENT)["process"][0].field == "achieves"
