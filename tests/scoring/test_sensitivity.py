"""Which weight flips the first place, and where options stay under random weights."""

import json
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from missionkit.errors import InvalidValueError
from missionkit.ports.options import Normalization
from missionkit.scoring.multi_criteria import Topsis, WeightedSum
from missionkit.scoring.race import Race, roots
from missionkit.scoring.ranking import Ranking, rank

TABLE = {
    "A1": {"skill": 7, "cost": 200, "fit": 0.8},
    "A2": {"skill": 9, "cost": 350, "fit": 0.6},
    "A3": {"skill": 5, "cost": 150, "fit": 0.9},
    "A4": {"skill": 8, "cost": 300, "fit": 0.7},
}
WEIGHTS = {"skill": 0.5, "cost": 0.3, "fit": 0.2}
DOWN = {"cost": "lower"}
USING = ("weighted-sum", "topsis")
both = pytest.mark.parametrize("using", USING)


def with_share(weights: dict[str, float], name: str, share: float) -> dict[str, float]:
    """Return weights of which one has a share, and the others keep proportions."""
    others = sum(weight for key, weight in weights.items() if key != name)
    return {
        key: share if key == name else weight / others * (1 - share)
        for key, weight in weights.items()
    }


def test_a_flip_of_a_weighted_sum_worked_by_hand() -> None:
    # A leads by 0.6 - 0.4; they tie where both weights are alike.
    found = rank(
        {"A": {"x": 1, "y": 0}, "B": {"x": 0, "y": 1}}, weights={"x": 3, "y": 2}
    )
    told = found.sensitivity()

    assert told.first == "A"
    assert [(f.criterion, f.option) for f in told.flips] == [("x", "B"), ("y", "B")]
    assert [f.at for f in told.flips] == pytest.approx([0.5, 0.5])
    assert told.nearest is not None
    assert abs(told.nearest.change or 0) == pytest.approx(0.1)
    assert str(told).splitlines() == [
        "'A' is first until the weight of y goes from 40.0% to 50.0%; then 'B' is.",
        "  criterion  weighs  another is first at  change        then first",
        "  x          60.0%   50.0%                -10.0 points  B",
        "  y          40.0%   50.0%                +10.0 points  B",
    ]
    assert "<td>+10.0 points</td>" in told._repr_html_()
    assert json.loads(json.dumps(told.as_dict()))["flips"][0]["option"] == "B"


@both
def test_what_is_best_in_all_is_first_whatever_a_weight_is(using: str) -> None:
    found = rank({"A": {"x": 3, "y": 3}, "B": {"x": 1, "y": 2}}, using=using)
    told = found.sensitivity()

    assert told.nearest is None
    assert [flip.at for flip in told.flips] == [None, None]
    assert str(told).startswith("'A' is first whatever a single weight is.")


def test_where_nothing_can_change_it_says_why() -> None:
    told = rank({"A": {"x": 3}}).sensitivity()

    assert str(told) == "Nothing to change, as there is only one option with a place."
    assert "only one option" in told._repr_html_()


@both
def test_a_weight_that_is_all_lets_the_others_count_alike(using: str) -> None:
    table = {"A": {"x": 2, "y": 0, "z": 0}, "B": {"x": 1, "y": 3, "z": 3}}
    found = rank(table, using=using, weights={"x": 1, "y": 0, "z": 0})
    flips = {flip.criterion: flip for flip in found.sensitivity().flips}

    assert flips["x"].option == "B"
    at = flips["x"].at or 0
    half = (1 - at) / 2
    tied = rank(table, using=using, weights={"x": at, "y": half, "z": half})
    assert tied["A"].value == pytest.approx(tied["B"].value)


def test_one_criterion_has_no_weight_to_change() -> None:
    told = rank({"A": {"x": 1}, "B": {"x": 0}}).sensitivity()

    assert [flip.at for flip in told.flips] == [None]


values = st.integers(0, 9)


@st.composite
def tables(draw: st.DrawFn) -> tuple[dict[str, dict[str, int]], dict[str, float]]:
    criteria = [f"c{at}" for at in range(draw(st.integers(2, 4)))]
    options = [f"o{at}" for at in range(draw(st.integers(2, 5)))]
    table = {o: {c: draw(values) for c in criteria} for o in options}
    return table, {c: float(draw(st.integers(1, 9))) for c in criteria}


@both
@pytest.mark.parametrize("by", Normalization)
@given(drawn=tables())
def test_beyond_a_flip_another_is_first_and_before_it_nothing_changes(
    using: str,
    by: Normalization,
    drawn: tuple[dict[str, dict[str, int]], dict[str, float]],
) -> None:
    table, weights = drawn

    def ranked(held: dict[str, float]) -> Ranking:
        return rank(table, using=using, weights=held, normalization=by)

    told = ranked(weights).sensitivity()
    assume(not told.reason)
    for flip in told.flips:
        if flip.at is None or flip.change is None:
            for share in (0.001, 0.25, 0.5, 0.75, 0.999):
                moved = ranked(with_share(weights, flip.criterion, share))
                assert told.first in moved.first
            continue
        for part in (0.1, 0.5, 0.9):
            before = flip.share + part * flip.change
            held = ranked(with_share(weights, flip.criterion, before))
            assert told.first in held.first
        tied = ranked(with_share(weights, flip.criterion, flip.at))
        assert tied[told.first].value == pytest.approx(
            tied[flip.option].value, abs=1e-6
        )
        room = (1 - flip.at) if flip.change > 0 else flip.at
        beyond = flip.at + (1e-4 * room if flip.change > 0 else -1e-4 * room)
        after = ranked(with_share(weights, flip.criterion, beyond))
        ahead, behind = after[flip.option].value, after[told.first].value
        assert ahead is not None
        assert behind is not None
        assert ahead > behind - 1e-12


@both
@pytest.mark.parametrize("by", Normalization)
def test_of_those_that_tie_beyond_is_first_who_is_named(
    using: str, by: Normalization
) -> None:
    """At one half of each weight all three are alike; beyond it B is before C."""
    table = {"A": {"x": 2, "y": 0}, "B": {"x": 0, "y": 2}, "C": {"x": 1, "y": 1}}
    found = rank(table, using=using, weights={"x": 2, "y": 1}, normalization=by)
    told = found.sensitivity()

    for flip in told.flips:
        assert flip.at is not None
        assert flip.at == pytest.approx(0.5)
        beyond = flip.at + 0.01 * (1 if flip.at > flip.share else -1)
        after = rank(
            table,
            using=using,
            weights=with_share({"x": 2, "y": 1}, flip.criterion, beyond),
            normalization=by,
        )
        assert after.first == (flip.option,) == ("B",)


@pytest.mark.parametrize(
    ("lead", "through"),
    [
        ((1, -2, 1), []),  # it touches 0 at 1, and goes back
        ((1, -3, 2), [2, 1]),
        ((0, 2, -1), [0.5]),
        ((0, 0, 1), []),
        ((1, 3, 2), []),
        ((1, 0, 1), []),
    ],
)
def test_a_lead_is_lost_only_where_it_goes_through_zero(
    lead: tuple[float, float, float], through: list[float]
) -> None:
    assert list(roots(*lead)) == through


def nearest_of_all(found: Ranking) -> list[tuple[float, str] | None]:
    """Return the nearest flip of each criterion, asked of every rival alone."""
    names, shares = found.options.names, [e.share for e in found.options.criteria]
    near: list[tuple[float, str] | None] = []
    for at in range(len(shares)):
        flips = []
        for row in found.order[1:]:
            scorer = found.scorer
            assert isinstance(scorer, WeightedSum | Topsis)
            two = Race.of(scorer, [found.order[0], row])
            if (flip := two.nearest_flip(at, shares)) is not None:
                flips.append((abs(flip[0] - shares[at]), flip[0], names[row]))
        least = min(flips, key=lambda flip: flip[0], default=None)
        near.append(None if least is None else least[1:])
    return near


@both
@pytest.mark.parametrize("by", Normalization)
@pytest.mark.parametrize("seed", range(4))
def test_of_many_rivals_the_nearest_is_found(
    using: str, by: Normalization, seed: int
) -> None:
    draw = Random(seed).random  # noqa: S311 - chance is meant, not secrecy
    table = {f"o{at}": {c: draw() ** 3 for c in "abcd"} for at in range(150)}
    weights = {c: draw() for c in "abcd"}
    found = rank(table, using=using, weights=weights, normalization=by)
    told = found.sensitivity()

    assert [
        None if flip.at is None else (flip.at, flip.option) for flip in told.flips
    ] == nearest_of_all(found)
    assert any(flip.at is not None for flip in told.flips)


# ---- intervals -----------------------------------------------------------------------


@both
def test_intervals_hold_every_place_and_are_the_same_for_a_seed(using: str) -> None:
    found = rank(TABLE, using=using, weights=WEIGHTS, directions=DOWN)
    told = found.intervals(draws=200, seed=3)

    assert told == found.intervals(draws=200, seed=3)
    assert {each.option for each in told.options} == set(TABLE)
    for each in told.options:
        assert 1 <= each.best <= each.worst <= 4
        assert (each.best == 1) == (each.first > 0)
    assert sum(each.first for each in told.options) == pytest.approx(1)
    assert json.loads(json.dumps(told.as_dict()))["draws"] == 200


def test_equal_seeds_give_the_weights_that_python_promises() -> None:
    # `Random(0).random()` begins with 0.8444218515250481 in every version.
    told = rank({"A": {"x": 1, "y": 0}, "B": {"x": 0, "y": 1}}).intervals(draws=1)

    assert [(each.option, each.first) for each in told.options] == [("A", 1), ("B", 0)]


def test_weights_that_hardly_differ_change_no_place() -> None:
    found = rank(TABLE, weights=WEIGHTS, directions=DOWN)
    told = found.intervals(draws=100, spread=0.01)

    assert [(e.option, e.best, e.worst) for e in told.options][:2] == [
        ("A1", 1, 1),
        ("A4", 2, 2),
    ]
    assert "within 1% of their own, seed 0." in str(told)
    assert "<td>A1</td>" in told._repr_html_()


def test_an_option_without_a_place_has_no_interval() -> None:
    told = rank({**TABLE, "A5": {"skill": 1}}, directions=DOWN).intervals(draws=5)

    assert "A5" not in {each.option for each in told.options}


@both
def test_weights_that_count_nothing_give_no_interval(using: str) -> None:
    none = rank(TABLE, using=using, weights=dict.fromkeys(WEIGHTS, 0))

    assert none.intervals(draws=3, spread=0.5).options == ()
    assert none.intervals(draws=3).options != ()


def test_options_that_are_alike_have_no_interval_of_closeness() -> None:
    alike = rank({"A": {"x": 1}, "B": {"x": 1}}, using="topsis")

    assert alike.intervals(draws=3).options == ()


def test_many_options_are_cut() -> None:
    told = rank({"x": list(range(25))}).intervals(draws=2)

    assert "… and 5 more" in str(told)
    assert "… and 5 more" in told._repr_html_()


def test_all_that_is_wrong_with_a_question_is_named() -> None:
    with pytest.raises(InvalidValueError) as error:
        rank(TABLE).intervals(draws=0, seed=-1, spread=2)

    assert [issue.path for issue in error.value.issues] == ["draws", "seed", "spread"]


def test_so_many_draws_that_they_never_end_are_refused() -> None:
    with pytest.raises(InvalidValueError, match="draws"):
        rank(TABLE).intervals(draws=10**9)
