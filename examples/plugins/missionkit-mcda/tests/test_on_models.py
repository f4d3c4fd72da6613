"""What the scorers say of whole models: values, gaps, and refusals with a reason."""

from datetime import UTC, date, datetime

import missionkit_mcda as mcda
import pytest

import missionkit as mk

DAY = date(2026, 3, 31)


def objectives(**over: dict[str, object]) -> mk.Model:
    with mk.draft("Harbour Housing Trust") as d:
        for each in "abcd":
            said = {"missionkit-mcda": {"over": over.get(each, {})}}
            d.objective(f"Objective {each}", id=each, ext=said)
    return d.model


def test_the_priority_of_an_objective_is_made_of_its_judgments() -> None:
    model = objectives(a={"b": 3, "c": 5}, b={"c": 3})

    found = [mk.score(model, using=mcda.Ahp(), subject=each) for each in "abc"]

    expected = [0.636986, 0.258285, 0.104729]
    assert [each.value for each in found] == pytest.approx(expected, abs=5e-7)
    assert [part.value for part in found[1].parts] == pytest.approx([1 / 3, 1, 3])
    assert [set(part.refs) for part in found[0].parts] == [
        {"a"},
        {"a", "b"},
        {"a", "c"},
    ]
    assert "consistency_ratio 0.037" in found[0].explain()


def test_objectives_that_nobody_compared_have_no_priority() -> None:
    model = objectives(a={"b": 3, "c": 5}, b={"c": 3})

    found = mk.score(model, using=mcda.Ahp(), subject="d")

    assert found.value is None
    assert found.reason == "it is asked of one objective that was compared"


@pytest.mark.parametrize(
    ("over", "said"),
    [
        ({}, "fewer than two things are compared"),
        ({"a": {"b": 3, "c": 5}}, "nobody compared b with c"),
        ({"a": {"b": 9}, "b": {"c": 9}, "c": {"a": 9}}, "contradict each other"),
        ({"a": {"b": True}}, "the judgment of a over b is no number above zero"),
        ({"a": {"b": "3"}}, "the judgment of a over b is no number above zero"),
        ({"a": {"nobody": 3}}, "over nobody is no number above zero"),
    ],
)
def test_judgments_that_cannot_be_used_give_a_reason(
    over: dict[str, dict[str, object]], said: str
) -> None:
    found = mk.score(objectives(**over), using=mcda.Ahp(), subject="a")

    assert found.value is None
    assert said in found.reason


def test_how_far_judgments_may_contradict_is_a_limit() -> None:
    model = objectives(a={"b": 9}, b={"c": 9}, c={"a": 9})
    limits = {"consistency_ratio_at_most": 10}

    found = mk.score(model, using=mcda.Ahp(), subject="a", limits=limits)

    assert found.value == pytest.approx(1 / 3)


def test_what_is_no_table_of_judgments_is_left_alone() -> None:
    with mk.draft("Harbour Housing Trust") as d:
        d.objective("One", id="a", ext={"missionkit-mcda": [1]})
        d.objective("Other", id="b", ext={"missionkit-mcda": {"over": "a"}})

    found = mk.score(d.model, using=mcda.Ahp(), subject="a")

    assert found.reason == "fewer than two things are compared"


def courses(weights: dict[str, float | None]) -> mk.Model:
    """Four courses of action that contribute to two objectives; a third has one."""
    helps = {
        "w": {"x": 70, "y": 20},
        "v": {"x": 90, "y": -50},
        "u": {"x": 50, "z": 10},
        "t": {"x": 80},
    }
    with mk.draft("Harbour Housing Trust") as d:
        for each, weight in weights.items():
            d.objective(f"Objective {each}", id=each, weight=weight)
        for each, to in helps.items():
            given = [
                mk.Contribution(target=mk.ObjectiveId(t), weight=w)
                for t, w in to.items()
            ]
            d.course_of_action(f"Course {each}", id=each, contributions=given)
    return d.model


def test_a_course_of_action_is_compared_where_others_contribute_to_the_same() -> None:
    model = courses({"x": 3, "y": 1, "z": 1})

    found = mk.score(model, using=mcda.Promethee(), subject="w")

    assert [part.value for part in found.parts] == pytest.approx([-1 / 3, 1])
    assert found.value == pytest.approx(0.75 * -1 / 3 + 0.25 * 1)
    assert [part.because for part in found.missing] == ["it says nothing about this"]


def test_what_only_one_contributes_to_is_missing_and_counts_as_the_caller_chose() -> (
    None
):
    model = courses({"x": 1, "y": 1, "z": 1})

    by_policy = {
        policy: mk.score(model, using=mcda.Promethee(), subject="u", missing=policy)
        for policy in mk.MissingPolicy
    }

    assert by_policy[mk.MissingPolicy.SKIP].value == pytest.approx(-1)
    assert by_policy[mk.MissingPolicy.ZERO].value == pytest.approx(-1 / 3)
    assert by_policy[mk.MissingPolicy.FAIL].value is None
    said = [part.because for part in by_policy[mk.MissingPolicy.SKIP].missing]
    assert said == ["it says nothing about this", "nothing else contributes to this"]


def test_where_some_have_no_weight_they_are_missing_and_without_any_all_are_equal() -> (
    None
):
    some = mk.score(
        courses({"x": 1, "y": None, "z": 1}), using=mcda.Promethee(), subject="w"
    )
    none = mk.score(
        courses({"x": None, "y": None, "z": None}), using=mcda.Promethee(), subject="w"
    )

    assert "this has no weight, though others have" in {
        part.because for part in some.missing
    }
    assert [part.weight for part in none.parts] == [0.5, 0.5]


def test_a_linear_preference_takes_small_differences_for_little() -> None:
    linear = mcda.Promethee(preference=mcda.Preference.LINEAR, within=(0, 100))

    found = mk.score(courses({"x": 1, "y": 0, "z": 0}), using=linear, subject="w")

    assert found.value == pytest.approx((0.2 - 0.2 - 0.1) / 3)


def test_what_is_no_course_of_action_has_no_flow() -> None:
    found = mk.score(courses({"x": 1, "y": 1, "z": 1}), using=mcda.Promethee())

    assert found.value is None
    assert found.reason == "it is asked of one course of action that is in force"


def test_ballots_of_two_raters_are_averaged_and_later_ratings_do_not_count() -> None:
    with mk.draft("Harbour Housing Trust") as d:
        people = [d.party(f"Rater {n}", id=f"party-{n}{n}{n}{n}") for n in (1, 2)]
        held = [d.stakeholder(f"Stakeholder {n}", id=f"s{n}") for n in range(3)]
        votes = [(0.9, 0.5, 0.1), (0.2, 0.7, None)]
        for rater, row in zip(people, votes, strict=True):
            for stakeholder, vote in zip(held, row, strict=True):
                d.salience_rating(
                    id=f"{rater.id}-{stakeholder.id}",
                    stakeholder=stakeholder,
                    rater=rater,
                    at=datetime(2026, 1, 5, tzinfo=UTC),
                    power=vote,
                    legitimacy=0.5,
                    urgency=0.5,
                )
        d.salience_rating(
            id="late",
            stakeholder=held[0],
            rater=people[0],
            at=datetime(2026, 5, 1, tzinfo=UTC),
            power=0,
            legitimacy=0,
            urgency=0,
        )
    first, second, third = (
        mk.score(d.model, using=mcda.Borda(), subject=each.id, on=DAY) for each in held
    )
    after = mk.score(d.model, using=mcda.Borda(), subject="s0", on=date(2026, 6, 1))

    assert (first.value, second.value, third.value) == (0.5, 0.75, 0)
    assert [str(part) for part in third.missing] == [
        "ballot 2: missing (it was not rated)"
    ]
    assert after.value == 0
    assert mk.score(d.model, using=mcda.Borda(), on=DAY).value is None


def test_who_rated_one_stakeholder_alone_ordered_nothing() -> None:
    with mk.draft("Harbour Housing Trust") as d:
        rater = d.party("Rater", id="party-1111")
        one = d.stakeholder("One", id="one")
        d.salience_rating(
            id="r",
            stakeholder=one,
            rater=rater,
            at=datetime(2026, 1, 5, tzinfo=UTC),
            power=1,
            legitimacy=1,
            urgency=1,
        )

    found = mk.score(d.model, using=mcda.Borda(), subject="one")

    assert found.reason == "ballot 1 missing"
    assert [part.because for part in found.missing] == ["nothing else was rated"]
