"""What `rank` says of tables by the rankers: published numbers, gaps and changes."""

from functools import partial

import missionkit_mcda as mcda
import pytest

import missionkit as mk

TABLE = {
    "A1": {"skill": 7, "cost": 200, "fit": 0.8},
    "A2": {"skill": 9, "cost": 350, "fit": 0.6},
    "A3": {"skill": 5, "cost": 150, "fit": 0.9},
    "A4": {"skill": 8, "cost": 300, "fit": 0.7},
}
WEIGHTS = {"skill": 0.5, "cost": 0.3, "fit": 0.2}
DOWN = {"cost": "lower"}
LINEAR = partial(
    mcda.PrometheeRanker,
    preference=mcda.Preference.LINEAR,
    within=(("skill", 0, 2), ("cost", 25, 150), ("fit", 0, 0.2)),
)


def test_by_usual_preferences_all_four_share_the_first_place() -> None:
    found = mk.rank(TABLE, using=mcda.PrometheeRanker, weights=WEIGHTS, directions=DOWN)

    assert [found[name].value for name in TABLE] == pytest.approx([0] * 4, abs=1e-12)


def test_linear_preferences_put_them_in_order() -> None:
    found = mk.rank(TABLE, using=LINEAR, weights=WEIGHTS, directions=DOWN)

    expected = [0.123333, 0.03, -0.113333, -0.04]
    assert [found[name].value for name in TABLE] == pytest.approx(expected, abs=5e-7)
    assert found.first == ("A1",)
    assert found.score("A1").recompute() == found.score("A1").value


def test_what_would_change_the_first_place_is_told() -> None:
    ranking = mk.rank(TABLE, using=LINEAR, weights=WEIGHTS, directions=DOWN)
    told = ranking.sensitivity()

    assert told.searched
    nearest = told.nearest
    assert nearest is not None
    assert nearest.at is not None
    rest = {n: w for n, w in WEIGHTS.items() if n != nearest.criterion}
    left = {n: w / sum(rest.values()) * (1 - nearest.at) for n, w in rest.items()}
    tied = mk.rank(
        TABLE,
        using=LINEAR,
        weights={**left, nearest.criterion: nearest.at},
        directions=DOWN,
    )
    first, then = tied["A1"].value, tied[nearest.option].value
    assert first == pytest.approx(then, abs=1e-9)


def test_each_criterion_is_a_ballot() -> None:
    ballots = {"one": "ABCD", "two": "BADC", "three": "ACBD"}
    table = {
        name: {each: -order.index(name) for each, order in ballots.items()}
        for name in "ABCD"
    }
    found = mk.rank(table, using=mcda.BordaRanker)

    # 8, 6, 3 and 1 of the 9 points that three ballots of four can give
    values = [found[name].value for name in "ABCD"]
    assert values == pytest.approx([8 / 9, 6 / 9, 3 / 9, 1 / 9])


def test_what_is_not_known_of_an_option_is_left_out_where_the_caller_says_so() -> None:
    table = {**TABLE, "A5": {"skill": 6}}
    using = mcda.BordaRanker

    assert mk.rank(table, using=using)["A5"].place is None
    skipped = mk.rank(table, using=using, missing="skip")["A5"].value
    assert skipped == pytest.approx(1 / 4)
    zero = mk.rank(table, using=using, missing="zero")["A5"].value
    assert zero == pytest.approx(1 / 12)


def test_a_number_of_which_there_is_no_other_is_missing() -> None:
    found = mk.rank({"A": {"x": 1}, "B": {"y": 1}}, using=mcda.BordaRanker)

    assert found.reason == "x, y are missing"
    said = [part.because for part in found.score("A").missing]
    assert said == ["it is known of no other", "it is not known"]
