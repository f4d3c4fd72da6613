"""Both sides are kept where they do not meet, and nothing is guessed where they do."""

from collections.abc import Callable
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from missionkit.domain.draft import Draft
from missionkit.domain.ids import AnyId, GoalId, NeedId, StakeholderId
from missionkit.domain.kinds import KINDS
from missionkit.domain.model import Model
from missionkit.domain.opaque import Opaque
from missionkit.domain.plan import Goal
from missionkit.domain.stakeholder import Need, NeedStatus, Stakeholder
from missionkit.history.merging import Merged, merge, reverted
from missionkit.markup import text
from missionkit.testing.strategies import models
from tests.domain.bets import Bet
from tests.messages import complaints

FIELDS: dict[str, tuple[object, object]] = {
    "statement": ("Dry", "Quiet"),
    "importance": (0.1, 0.9),
    "tags": (("a",), ("b", "a")),
    "notes": ("one", "two"),
    "stakeholder": ("s", "t"),
}
CHANGES = st.dictionaries(st.sampled_from(sorted(FIELDS)), st.integers(0, 1))


def need(ref: str = "n", **fields: Any) -> Need:  # noqa: ANN401 - any value
    return Need(id=NeedId(ref), **{"statement": "Warm", **fields})


S = Stakeholder(id=StakeholderId("s"), name="S")
T = Stakeholder(id=StakeholderId("t"), name="T")
BASE = Model([S, T, need()])


def changed(model: Model, changes: dict[str, int]) -> Model:
    given: dict[str, Any] = {n: FIELDS[n][which] for n, which in changes.items()}
    return model.with_(evolve(model.get(Need, "n"), **given))


@given(CHANGES, CHANGES)
def test_fields_are_merged_one_by_one_and_conflict_only_where_they_meet(
    mine: dict[str, int], theirs: dict[str, int]
) -> None:
    found = merge(BASE, changed(BASE, mine), changed(BASE, theirs))
    clashing = {n for n in mine.keys() & theirs.keys() if mine[n] != theirs[n]}

    assert {issue.path for issue in found.conflicts} == clashing
    assert {issue.ref for issue in found.conflicts} <= {"n"}
    if clashing:
        assert found.model is None
        assert not found
    else:
        assert found.model == changed(BASE, mine | theirs)
        assert found


@given(models(max_size=6), models(max_size=4), models(max_size=4))
@settings(max_examples=40)
def test_edits_that_do_not_meet_give_the_same_in_both_orders(
    base: Model, one: Model, other: Model
) -> None:
    ours = _joined(base, one)
    theirs = _joined(base, other)
    if ours is None or theirs is None or set(one.ids()) & set(other.ids()):
        return
    if _joined(ours, other) is None:  # two organizations of which none is the whole
        return
    there, back = merge(base, ours, theirs), merge(base, theirs, ours)

    assert there.model == back.model == _joined(ours, other)
    assert (there.ours, there.theirs) == (back.theirs, back.ours)


def _joined(base: Model, more: Model) -> Model | None:
    if set(base.ids()) & set(more.ids()) or (base.root and more.root):
        return None
    return Model((*base, *more))


@given(models(max_size=6), models(max_size=6), models(max_size=6))
@settings(max_examples=40)
def test_what_only_one_side_did_is_taken_as_it_is(a: Model, b: Model, c: Model) -> None:
    assert merge(a, a, b).model == b
    assert merge(a, b, a).model == b
    assert merge(a, b, b).model == b
    there, back = merge(a, b, c), merge(a, c, b)
    assert there.model == back.model
    assert bool(there) == (not there.conflicts)
    assert {(i.ref, i.path) for i in there.conflicts} == {
        (i.ref, i.path) for i in back.conflicts
    }


@given(models(max_size=6), models(max_size=6))
@settings(max_examples=40)
def test_the_way_back_of_the_way_back_is_nothing(a: Model, b: Model) -> None:
    undone = reverted(a, b, b)

    assert undone.model == a
    assert reverted(b, a, a).model == b


def with_goal(model: Model) -> Model:
    return model.with_(Goal(id=GoalId("g"), statement="G"))


CLASHES: dict[str, tuple[Callable[[Model], Model], Callable[[Model], Model], str]] = {
    "one removed what the other changed": (
        lambda m: m.without("n"),
        lambda m: changed(m, {"notes": 0}),
        "",
    ),
    "one changed what the other removed": (
        lambda m: changed(m, {"notes": 0}),
        lambda m: m.without("n"),
        "",
    ),
    "one removed what the other links to": (
        lambda m: m.without("s"),
        lambda m: changed(m, {"stakeholder": 0}),
        "stakeholder",
    ),
    "both added another thing under one id": (
        lambda m: m.with_(need("new", notes="one")),
        lambda m: m.with_(need("new", notes="two")),
        "",
    ),
    "both added things of other kinds under one id": (
        lambda m: m.with_(need("g")),
        with_goal,
        "",
    ),
}


@pytest.mark.parametrize("case", CLASHES)
def test_conflicts_are_told_and_nothing_is_made(case: str) -> None:
    ours, theirs, path = CLASHES[case]
    found = merge(BASE, ours(BASE), theirs(BASE))
    (issue,) = found.conflicts

    assert found.model is None
    assert issue.path == path
    assert list(complaints(issue)) == []
    assert text(issue.message) in found._repr_html_()
    assert issue.message in str(found)


def erased(model: Model) -> Model:
    return model.with_(Opaque(kind="need", id=AnyId("n"), erased=True))


def test_to_erase_is_no_change_and_nothing_brings_back_what_is_erased() -> None:
    other = changed(BASE, {"notes": 0})

    assert merge(BASE, erased(BASE), BASE).model == erased(BASE)
    assert not merge(BASE, erased(BASE), other)
    assert merge(BASE, other, erased(BASE)).model == other
    assert merge(BASE, BASE.without("n"), erased(BASE)).model == BASE.without("n")
    assert merge(BASE, erased(BASE), BASE.without("n")).model == BASE.without("n")
    assert merge(BASE.without("n"), BASE.without("n"), erased(BASE)).model == erased(
        BASE
    )
    assert merge(erased(BASE), erased(BASE), other).model == erased(BASE)
    assert merge(erased(BASE), other, other).model == other
    assert merge(BASE.without("n"), BASE, erased(BASE)).model == BASE
    assert not merge(BASE, BASE, erased(BASE)).ours


def test_what_was_erased_where_both_were_one_cannot_be_compared() -> None:
    one, other = changed(BASE, {"notes": 0}), changed(BASE, {"tags": 0})
    (issue,) = merge(erased(BASE), one, other).conflicts

    assert issue.message == "Need 'n' is another one on each side."


def test_the_same_thing_added_or_removed_on_both_sides_is_no_conflict() -> None:
    both = merge(BASE, with_goal(BASE).without("n"), with_goal(BASE).without("n"))

    assert both.model == with_goal(BASE).without("n")
    assert str(both) == "both sides were kept"
    assert "both sides were kept" in both._repr_html_()


def test_fields_that_fit_alone_and_not_together_are_a_conflict() -> None:
    before = BASE.with_(need(decided_reason="so it was said"))
    said = {"status": NeedStatus.DECLINED, "decided_reason": "so it was said"}
    ours = before.with_(need(**said))
    theirs = before.with_(need())
    found = merge(before, ours, theirs)

    assert found.model is None
    assert {issue.ref for issue in found.conflicts} == {"n"}


def test_kinds_of_both_sides_are_kept() -> None:
    theirs = Model([*BASE, Bet(id="bet", name="x")], kinds=KINDS | {Bet})  # type: ignore[arg-type]

    assert merge(BASE, with_goal(BASE), theirs).model == with_goal(theirs)


def test_a_merge_shows_what_each_side_did() -> None:
    d = Draft(BASE)
    d.set("n", notes="x")
    found: Merged = merge(BASE, d.model, with_goal(BASE))

    assert (found.ours.ids, found.theirs.ids) == (("n",), ("g",))
