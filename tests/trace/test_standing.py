from datetime import date, timedelta

import pytest
from hypothesis import given

from missionkit.domain.draft import Draft, draft
from missionkit.domain.ext import Ext
from missionkit.domain.ids import AnyId, RoleAssignmentId
from missionkit.domain.model import Model
from missionkit.domain.opaque import Opaque
from missionkit.domain.review import Affirmation
from missionkit.domain.role import RoleAssignment
from missionkit.errors import InvalidValueError
from missionkit.testing.strategies import models
from missionkit.trace.graph import graph
from missionkit.trace.standing import State, affirmed_links, standing

DAYS = date(2026, 1, 1), date(2026, 2, 1)
WRONG, OTHER, RIGHT = "0" * 64, "1" * 64, "that of the goal"


def a_goal_and_its_part() -> Draft:
    with draft("T") as d:
        goal = d.goal("G", id="goal")
        d.goal("H", id="part", parent=goal)
        d.party("P", id="by")
    return d


def affirm(d: Draft, day: date, digest: str | None, **more: str) -> None:
    facts = {"source": "part", "field": "parent", "target": "goal", **more}
    d.make(Affirmation, digest=digest, by="by", on=day, **facts)


def state(
    model: Model, path: str = "parent", on: date | None = None
) -> tuple[State, str | None]:
    links = (link for link in standing(model, on=on) if link.holder == "part")
    found = {link.path: link for link in links}
    return found[path].state, found[path].affirmation


def test_a_link_that_nobody_looked_at_is_not_affirmed() -> None:
    model = a_goal_and_its_part().model
    (link,) = standing(model)

    assert (link.state, link.affirmation) == (State.NOT_AFFIRMED, None)
    assert str(link) == "part.parent → goal: not affirmed"


def test_a_link_is_affirmed_until_its_target_changes() -> None:
    d = a_goal_and_its_part()
    affirm(d, DAYS[0], d.model.digest("goal"), id="first")

    assert state(d.model) == (State.AFFIRMED, "first")
    d.set("goal", statement="another")
    assert state(d.model) == (State.SUSPECT, "first")


def test_what_is_affirmed_after_the_day_does_not_count_on_it() -> None:
    d = a_goal_and_its_part()
    affirm(d, DAYS[0], WRONG, id="older")
    affirm(d, DAYS[1], d.model.digest("goal"), id="newer")
    before = DAYS[0] - timedelta(days=1)

    assert state(d.model) == (State.AFFIRMED, "newer")
    assert state(d.model, on=DAYS[1]) == (State.AFFIRMED, "newer")
    assert state(d.model, on=DAYS[0]) == (State.SUSPECT, "older")
    assert state(d.model, on=before) == (State.NOT_AFFIRMED, None)
    assert list(affirmed_links(d.model, on=before)) == []


def test_what_is_no_day_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="on must be a date"):
        standing(a_goal_and_its_part().model, on="today")  # type: ignore[arg-type]


def test_the_newest_affirmation_counts() -> None:
    d = a_goal_and_its_part()
    affirm(d, DAYS[1], d.model.digest("goal"), id="newer")
    affirm(d, DAYS[0], WRONG, id="older")
    assert state(d.model) == (State.AFFIRMED, "newer")
    affirm(d, DAYS[1] + timedelta(days=1), WRONG, id="newest")
    assert state(d.model) == (State.SUSPECT, "newest")


@pytest.mark.parametrize(
    ("digests", "counts"),
    [
        ({"a": WRONG, "b": OTHER}, (State.SUSPECT, "b")),
        ({"a": RIGHT, "b": WRONG}, (State.AFFIRMED, "a")),
        ({"a": WRONG, "b": RIGHT}, (State.AFFIRMED, "b")),
        ({"a": RIGHT, "b": RIGHT}, (State.AFFIRMED, "b")),
        ({"a": WRONG, "b": RIGHT, "c": OTHER}, (State.AFFIRMED, "b")),
    ],
    ids=str,
)
def test_of_one_day_that_counts_which_still_agrees_or_else_that_of_the_last_id(
    digests: dict[str, str], counts: tuple[State, str]
) -> None:
    d = a_goal_and_its_part()
    right = d.model.digest("goal")
    for ref, digest in digests.items():
        affirm(d, DAYS[0], right if digest is RIGHT else digest, id=ref)

    assert state(d.model) == counts


def test_of_a_target_that_cannot_be_read_the_last_id_of_a_day_counts() -> None:
    d = a_goal_and_its_part()
    for ref, digest in (("a", WRONG), ("b", OTHER)):
        affirm(d, DAYS[0], digest, id=ref)
    erased = Opaque(kind="goal", id="goal", erased=True)
    model = Model([*(e for e in d.model if e.id != "goal"), erased])

    assert state(model) == (State.NOT_JUDGED, "b")


def test_the_affirmed_links_are_those_that_somebody_affirmed() -> None:
    d = a_goal_and_its_part()
    d.goal("I", id="other", parent="part")
    affirm(d, DAYS[0], WRONG, id="a")
    affirm(d, DAYS[0], WRONG, id="b", source="other", target="part")
    affirm(d, DAYS[0], WRONG, id="c", source="other", target="goal")
    erased = Opaque(kind="goal", id="other", erased=True)
    unread = Model([*(e for e in d.model if e.id != "other"), erased])

    assert [link.holder for link in affirmed_links(d.model)] == ["other", "part"]
    assert [link.holder for link in affirmed_links(d.model, "part")] == ["part"]
    assert [link.holder for link in affirmed_links(unread)] == ["part"]
    assert list(affirmed_links(d.model, "goal")) == []


def test_an_affirmation_of_another_field_or_target_says_nothing() -> None:
    d = a_goal_and_its_part()
    right = d.model.digest("goal")
    affirm(d, DAYS[0], right, id="a", field="intent")
    affirm(d, DAYS[0], right, id="b", target="part")
    affirm(d, DAYS[0], right, id="c", source="goal")

    assert state(d.model) == (State.NOT_AFFIRMED, None)


def test_a_field_may_be_named_with_the_place_in_it() -> None:
    with draft("T") as d:
        need = d.need("N", id="need")
        d.objective("O", id="part", needs=[need])
        d.party("P", id="by")
    affirm(d, DAYS[0], d.model.digest("need"), id="a", field="needs[0]", target="need")

    assert state(d.model, "needs[0]") == (State.AFFIRMED, "a")


def test_a_link_beside_the_line_of_sight_counts_once_it_is_affirmed() -> None:
    with draft("T") as d:
        goal = d.goal("G", id="goal")
        d.evidence("e.pdf", id="part", supports=[goal])
        d.party("P", id="by")
    assert standing(d.model) == ()
    affirm(d, DAYS[0], WRONG, id="a", field="supports")
    assert state(d.model, "supports[0]") == (State.SUSPECT, "a")


def test_a_target_that_cannot_be_read_is_not_judged() -> None:
    d = a_goal_and_its_part()
    affirm(d, DAYS[0], WRONG, id="a")
    erased = Opaque(kind="goal", id="goal", erased=True)
    model = Model([*(e for e in d.model if e.id != "goal"), erased])

    assert state(model) == (State.NOT_JUDGED, "a")


def test_a_target_without_its_class_is_not_affirmed_by_nobody() -> None:
    thing = Opaque(kind="acme.thing", id="thing", data=Ext({}))
    with draft("T") as d:
        role, party = d.role("R"), d.party("P")
    part = RoleAssignment(
        id=RoleAssignmentId("part"), role=role.id, party=party.id, on=AnyId("thing")
    )

    assert state(Model([*d.model, thing, part]), "on") == (State.NOT_AFFIRMED, None)


@given(models(max_size=20))
def test_every_trace_link_has_a_standing(model: Model) -> None:
    found = {(link.holder, link.path) for link in standing(model)}
    traced = {
        (facts["holder"], facts["path"])
        for _, _, facts in graph(model).edges(data=True)
        if facts["trace"]
    }

    assert traced <= found
