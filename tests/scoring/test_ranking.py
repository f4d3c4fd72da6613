"""Weighted sum and TOPSIS: the published numbers, and what holds of any table."""

import json
import os
import pickle
from collections.abc import Mapping
from math import fsum, inf, isclose, nan
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen
from hypothesis import assume, given
from hypothesis import strategies as st

import missionkit as mk
from missionkit.errors import InvalidValueError, NotFoundError
from missionkit.ports.options import Normalization
from missionkit.ports.part import MissingPolicy
from missionkit.ports.scorer import Scorer, ScoreView
from missionkit.scoring.multi_criteria import Topsis, WeightedSum
from missionkit.scoring.ranking import Ranking, rank
from missionkit.scoring.reading_options import options_of
from missionkit.testing.scorers import ScorerContract

CASES = Path(os.environ.get("MISSIONKIT_DATA", "no-data")) / "reference_numbers/cases"
needs_cases = pytest.mark.skipif(
    not CASES.exists(), reason="the reference numbers are not here"
)

# Four options by a gain, a cost and a gain, worked with numpy; checked with pymcdm.
TABLE = {
    "A1": {"skill": 7, "cost": 200, "fit": 0.8},
    "A2": {"skill": 9, "cost": 350, "fit": 0.6},
    "A3": {"skill": 5, "cost": 150, "fit": 0.9},
    "A4": {"skill": 8, "cost": 300, "fit": 0.7},
}
WEIGHTS = {"skill": 0.5, "cost": 0.3, "fit": 0.2}
DOWN = {"cost": "lower"}
GOLDEN = [
    ("weighted-sum", "min-max", (0.608333, 0.5, 0.5, 0.516667), "A1"),
    ("topsis", "vector", (0.601139, 0.527487, 0.472513, 0.525291), "A1"),
    # The order depends on the normalization: here another option is first.
    ("topsis", "min-max", (0.573209, 0.581020, 0.418979, 0.572499), "A2"),
]
USING = ("weighted-sum", "topsis")
BY = tuple(str(each) for each in Normalization)
both = pytest.mark.parametrize("using", USING)


@pytest.mark.parametrize(("using", "by", "values", "first"), GOLDEN)
def test_the_golden_table_has_its_values(
    using: str, by: str, values: tuple[float, ...], first: str
) -> None:
    found = rank(TABLE, using=using, weights=WEIGHTS, directions=DOWN, normalization=by)

    assert [found[name].value for name in TABLE] == pytest.approx(values, abs=1e-6)
    assert found.first == (first,)
    assert found.normalization == by


@needs_cases
def test_topsis_has_the_values_of_opricovic_and_tzeng() -> None:
    # Opricovic and Tzeng, European Journal of Operational Research 156(2), 2004.
    case = json.loads((CASES / "topsis_opricovic.json").read_text("utf-8"))
    held = case["input"]
    names = [f"c{at}" for at in range(len(held["types"]))]
    columns = dict(zip(names, zip(*held["matrix"], strict=True), strict=True))
    found = rank(
        columns,
        using="topsis",
        weights=dict(zip(names, held["weights"], strict=True)),
        directions={
            name: "higher" if kind > 0 else "lower"
            for name, kind in zip(names, held["types"], strict=True)
        },
        normalization="min-max",
    )

    values = [found[f"{row}"].value for row in range(1, len(found) + 1)]
    assert values == pytest.approx(case["expected"], abs=case["tolerance"])


@needs_cases
def test_the_ratios_of_cityscore_are_ranked_as_they_are() -> None:
    # CityOfBoston/CityScoreToolkit, models.py: what is worth a ratio needs no other.
    case = json.loads((CASES / "cityscore_ratio.json").read_text("utf-8"))
    rows = case["input"]["rows_value_target_up"]
    ratios = [value / to if up else to / value for value, to, up in rows]
    found = rank({"ratio": ratios}, normalization="none")

    values = [found[f"{row}"].value for row in range(1, len(rows) + 1)]
    assert values == pytest.approx(case["expected"], abs=case["tolerance"])
    assert found.first == ("3",)


# ---- the contract of scorers ---------------------------------------------------------

GAPS: Mapping[str, Mapping[str, Any]] = {
    **TABLE,
    "A5": {"skill": 6, "cost": None, "fit": 0.5},
    "A6": {},
}


class OnATable(ScorerContract):
    table: Mapping[str, Mapping[str, Any]] = GAPS

    @pytest.fixture
    def views(self) -> list[ScoreView]:
        return [ScoreView(subject=name) for name in (*self.table, None, "A7")]


class TestWeightedSum(OnATable):
    @pytest.fixture(params=list(Normalization))
    def scorer(self, request: pytest.FixtureRequest) -> Scorer:
        return WeightedSum(options=options_of(GAPS, WEIGHTS, DOWN), by=request.param)


class TestTopsis(OnATable):
    @pytest.fixture(params=list(Normalization))
    def scorer(self, request: pytest.FixtureRequest) -> Scorer:
        return Topsis(options=options_of(GAPS, WEIGHTS, DOWN), by=request.param)


class TestTopsisOfOptionsThatAreAlike(OnATable):
    table: Mapping[str, Mapping[str, Any]] = {"A": {"x": 1}, "B": {"x": 1}}

    @pytest.fixture
    def scorer(self) -> Scorer:
        return Topsis(options=options_of(self.table))


# ---- what holds of any table ---------------------------------------------------------

numbers = st.floats(-1e6, 1e6).map(lambda x: round(x, 3)) | st.integers(-9, 9)


@frozen
class Problem:
    """A drawn table with its weights and directions."""

    table: dict[str, dict[str, float]]
    weights: dict[str, float]
    directions: dict[str, str]


@st.composite
def problems(draw: st.DrawFn, least: int = 1) -> Problem:
    criteria = [f"c{at}" for at in range(draw(st.integers(1, 4)))]
    options = [f"o{at}" for at in range(draw(st.integers(least, 6)))]
    return Problem(
        {o: {c: draw(numbers) for c in criteria} for o in options},
        {c: draw(st.floats(0.01, 100)) for c in criteria},
        {c: draw(st.sampled_from(["higher", "lower"])) for c in criteria},
    )


def ranked(
    problem: Problem,
    using: str,
    by: str,
    **more: Any,  # noqa: ANN401 - any value is meant
) -> Ranking:
    return rank(
        more.pop("table", problem.table),
        using=using,
        weights=more.pop("weights", problem.weights),
        directions=problem.directions,
        normalization=by,
        **more,
    )


def close(one: Ranking, other: Ranking) -> bool:
    """Return whether two rankings have the same values, up to roundings."""
    values = ((one[name].value, other[name].value) for name in one.options.names)
    top = max((abs(v) for v in one.values if v is not None), default=0)
    return all(
        a == b
        or (a is not None and b is not None and isclose(a, b, abs_tol=1e-12 * top))
        for a, b in values
    )


methods = pytest.mark.parametrize("by", BY)


@both
@methods
@given(problem=problems(), data=st.data())
def test_the_order_of_options_and_criteria_changes_nothing(
    using: str, by: str, problem: Problem, data: st.DataObject
) -> None:
    names = data.draw(st.permutations(list(problem.table)))
    criteria = data.draw(st.permutations(list(problem.weights)))
    turned = {o: {c: problem.table[o][c] for c in criteria} for o in names}
    one, other = ranked(problem, using, by), ranked(problem, using, by, table=turned)

    assert close(one, other)
    assert one.first == other.first


@both
@methods
@given(problem=problems(), factor=st.sampled_from([1e-9, 0.1, 3, 1e12]))
def test_scaling_all_weights_changes_nothing(
    using: str, by: str, problem: Problem, factor: float
) -> None:
    scaled = {name: weight * factor for name, weight in problem.weights.items()}

    one, other = (
        ranked(problem, using, by),
        ranked(problem, using, by, weights=scaled),
    )
    assert close(one, other)


@both
@methods
@given(problem=problems(), data=st.data(), policy=st.sampled_from(MissingPolicy))
def test_the_score_of_an_option_has_the_value_that_it_was_ranked_by(
    using: str, by: str, problem: Problem, data: st.DataObject, policy: MissingPolicy
) -> None:
    gaps = {
        o: {c: None if data.draw(st.integers(0, 4)) == 0 else v for c, v in row.items()}
        for o, row in problem.table.items()
    }
    found = ranked(problem, using, by, table=gaps, missing=policy)

    for each in found:
        score = found.score(each.option)
        assert (score.value is None) == (each.value is None) == (each.place is None)
        assert score.reason == (each.reason if each.value is None else "")
        if score.value is not None and each.value is not None:
            near = 1e-12 * max(1, *(abs(v) for v in found.values if v is not None))
            assert isclose(score.value, each.value, rel_tol=1e-12, abs_tol=near)
            assert score.recompute() == score.value


@both
@given(problem=problems(least=2))
def test_places_follow_from_values(using: str, problem: Problem) -> None:
    found = ranked(problem, using, "vector")
    rows = list(found)
    assume(all(each.value is not None for each in rows))

    assert {each.option for each in rows} == set(problem.table)
    assert rows[0].place == 1
    for each in rows:
        ahead = sum(
            other.value > each.value + 1e-9  # type: ignore[operator]
            for other in rows
        )
        assert each.place is not None
        assert each.place >= ahead + 1
        assert found[each.option] == each
        tied = [other for other in rows if other.place == each.place]
        assert each.shared == (len(tied) > 1)


@given(problem=problems())
def test_a_better_number_never_lowers_a_weighted_sum_of_plain_numbers(
    problem: Problem,
) -> None:
    better = {name: dict(row) for name, row in problem.table.items()}
    step = 1 if problem.directions["c0"] == "higher" else -1
    better["o0"]["c0"] += step
    one = ranked(problem, "weighted-sum", "none")
    other = ranked(problem, "weighted-sum", "none", table=better)

    assert (one["o0"].place or 0) >= (other["o0"].place or 0)


# ---- the ends ------------------------------------------------------------------------


@both
def test_no_options_have_no_order(using: str) -> None:
    found = rank({}, using=using)

    assert found.reason == "there are no options"
    assert list(found) == []
    assert found.first == ()
    assert "no order, as there are no options" in str(found)
    assert found._repr_html_()
    assert found.sensitivity().reason == "no option has a place"
    assert str(found.intervals()) == "No option has a place."
    assert found.intervals()._repr_html_() == "<p>No option has a place.</p>"


@both
def test_options_without_criteria_have_no_order(using: str) -> None:
    found = rank({"A": {}, "B": {}}, using=using)

    assert found.reason == "there are no criteria"
    assert [each.option for each in found] == ["A", "B"]
    assert found["A"].place is None


@both
def test_weights_that_are_all_zero_give_no_order(using: str) -> None:
    found = rank({"A": {"x": 1}, "B": {"x": 2}}, using=using, weights={"x": 0})

    assert found.reason == "every weight is 0"
    assert found.score("A").value is None


def test_one_option_is_first_by_a_weighted_sum() -> None:
    found = rank({"A": {"x": 1}})

    assert [(each.option, each.place, each.value) for each in found] == [("A", 1, 0.5)]
    assert found.sensitivity().reason == "there is only one option with a place"


def test_one_option_alone_has_no_closeness() -> None:
    found = rank({"A": {"x": 1}}, using="topsis")

    assert found.reason == "there is only one option to compare"
    assert found["A"].reason == found.reason == found.score("A").reason


def test_options_that_are_alike_have_no_closeness() -> None:
    found = rank({"A": {"x": 1}, "B": {"x": 1}}, using="topsis")

    assert found.reason == "the options do not differ in what counts"


def test_a_constant_column_counts_half_between_the_ends_and_changes_no_order() -> None:
    table = {name: {**row, "same": 4} for name, row in TABLE.items()}
    found = rank(table, weights={**WEIGHTS, "same": 1}, directions=DOWN)
    bare = rank(TABLE, weights=WEIGHTS, directions=DOWN)

    assert [each.option for each in found] == [each.option for each in bare]
    assert found["A1"].value == pytest.approx(((bare["A1"].value or 0) + 0.5) / 2)
    assert "same: higher is better, weighs 50.0%; the same for all." in str(found)


def test_a_constant_column_changes_no_closeness() -> None:
    for same in (4, 0, -1e-200):
        table = {name: {**row, "same": same} for name, row in TABLE.items()}
        for by in BY:
            kept = {"using": "topsis", "directions": DOWN, "normalization": by}
            found = rank(table, weights={**WEIGHTS, "same": 0.7}, **kept)  # type: ignore[arg-type]
            bare = rank(TABLE, weights=WEIGHTS, **kept)  # type: ignore[arg-type]
            for name in TABLE:
                assert found[name].value == pytest.approx(bare[name].value, rel=1e-12)


@both
@methods
def test_numbers_at_the_ends_of_what_is_possible_are_ranked(
    using: str, by: str
) -> None:
    table = {"A": {"x": 1e150, "y": 1e-300}, "B": {"x": -1e150, "y": 5e-324}}
    found = rank(table, using=using, normalization=by)

    assert [each.option for each in found] == ["A", "B"]
    for each in found:
        assert found.score(each.option).value == pytest.approx(each.value)


def test_options_whose_values_differ_by_roundings_share_a_place() -> None:
    tenth = fsum([0.1, 0.2])
    found = rank(
        {"B": {"x": 0.1 + 0.2}, "A": {"x": tenth}, "C": {"x": 0.1}},
        normalization="none",
    )

    assert [each.position for each in found] == ["1=", "1=", "3"]
    assert found.first == ("A", "B")
    assert found.sensitivity().reason == "the first place is shared"


# ---- what is missing -----------------------------------------------------------------


@both
def test_an_option_of_which_something_is_not_known_has_no_place(using: str) -> None:
    found = rank(GAPS, using=using, weights=WEIGHTS, directions=DOWN)
    last = list(found)[-2:]

    assert [each.option for each in last] == ["A5", "A6"]
    assert last[0].reason == "cost is missing"
    assert last[0].lacking == ("cost",)
    assert str(last[0]) == "'A5': no place, as cost is missing"
    assert (
        found.order[:4]
        == rank(TABLE, using=using, weights=WEIGHTS, directions=DOWN).order
    )
    assert str(next(iter(found))).startswith("1 'A1' (0.6")


@both
def test_to_skip_judges_an_option_by_what_is_known(using: str) -> None:
    found = rank(GAPS, using=using, weights=WEIGHTS, directions=DOWN, missing="skip")

    assert found["A5"].value is not None
    assert found["A6"].reason == "skill, cost, fit missing"
    assert found.sensitivity().reason.startswith("options that are judged by")


@both
def test_what_counts_as_zero_is_rated_as_the_worst(using: str) -> None:
    kept = {"using": using, "weights": WEIGHTS, "directions": DOWN}
    found = rank(GAPS, missing="zero", normalization="min-max", **kept)  # type: ignore[arg-type]
    worst = {**GAPS, "A5": {"skill": 6, "cost": 350, "fit": 0.5}}
    del worst["A6"]
    other = rank(worst, normalization="min-max", **kept)  # type: ignore[arg-type]

    assert found["A5"].value == pytest.approx(other["A5"].value)
    assert found["A6"].value == 0


def test_where_every_option_lacks_something_there_is_no_order() -> None:
    found = rank({"A": {"x": 1}, "B": {"y": 1}})

    assert found.reason == "of no option all that counts is known"


# ---- what is refused -----------------------------------------------------------------


def codes_of(error: pytest.ExceptionInfo[InvalidValueError]) -> list[str]:
    return [issue.code for issue in error.value.issues]


@pytest.mark.parametrize("bad", [nan, inf, -inf, 1e151, "3", True, 10**400, [1]])
def test_only_numbers_are_compared(bad: object) -> None:
    with pytest.raises(InvalidValueError) as error:
        rank({"A": {"x": 1}, "B": {"x": bad}})

    assert codes_of(error) == ["MK-SCO-011"]
    assert error.value.issues[0].path == "['B']['x']"


@pytest.mark.parametrize("bad", [nan, inf, -1, "3", None, False])
def test_only_numbers_from_zero_on_are_weights(bad: Any) -> None:  # noqa: ANN401 - any value is meant
    with pytest.raises(InvalidValueError) as error:
        rank({"A": {"x": 1}}, weights={"x": bad})

    assert codes_of(error) == ["MK-SCO-015"]


def test_all_that_is_wrong_is_named_at_once() -> None:
    with pytest.raises(InvalidValueError) as error:
        rank(
            {"A": {"cost": nan, "fit": 1}, " ": {"cost": 1}},
            weights={"cots": 1, "fit": -1},
            directions={"fit": "hihger", "cost": 3},  # type: ignore[dict-item]
        )

    assert sorted(codes_of(error)) == [
        "MK-DOM-002",
        "MK-SCO-011",
        "MK-SCO-014",
        "MK-SCO-015",
        "MK-SCO-015",
        "MK-SCO-016",
        "MK-SCO-016",
    ]
    assert "higher" in str(error.value)
    assert "cost" in str(error.value)


@pytest.mark.parametrize("bad", [None, 3, "A", ["A"], {"A": 3}, {"x": "text"}])
def test_only_a_table_is_ranked(bad: Any) -> None:  # noqa: ANN401 - any value is meant
    with pytest.raises(InvalidValueError) as error:
        rank(bad)

    assert codes_of(error) == ["MK-SCO-010"]


def test_columns_are_as_long_as_there_are_names() -> None:
    with pytest.raises(InvalidValueError) as error:
        rank({"x": [1, 2], "y": [1]}, names=["A", "A"])

    assert codes_of(error) == ["MK-SCO-013", "MK-SCO-012"]


def test_names_that_look_alike_are_one() -> None:
    """Of é there are two spellings that nobody can tell apart."""
    both_spellings = ["caf\u00e9", "cafe\u0301"]
    with pytest.raises(InvalidValueError) as error:
        rank({"x": [1, 2]}, names=both_spellings)
    assert codes_of(error) == ["MK-SCO-013"]

    with pytest.raises(InvalidValueError) as error:
        rank({name: {"x": 1} for name in both_spellings})
    assert codes_of(error) == ["MK-SCO-013"]


def test_a_weight_that_is_too_large_is_told_from_one_below_zero() -> None:
    with pytest.raises(InvalidValueError, match="from 0 to 1e150"):
        rank({"A": {"x": 1}}, weights={"x": 1e200})


@pytest.mark.parametrize("names", ["AB", 3])
def test_names_are_a_list(names: Any) -> None:  # noqa: ANN401 - any value is meant
    with pytest.raises(InvalidValueError) as error:
        rank({"x": [1, 2]}, names=names)

    assert codes_of(error) == ["MK-SCO-010"]


def test_rows_have_their_names_already() -> None:
    with pytest.raises(InvalidValueError) as error:
        rank({"A": {"x": 1}}, names=["B"])

    assert codes_of(error) == ["MK-SCO-010"]


@pytest.mark.parametrize("name", ["weights", "directions"])
def test_weights_and_directions_say_of_which_criterion_they_are(name: str) -> None:
    with pytest.raises(InvalidValueError) as error:
        rank({"A": {"x": 1}}, **{name: [1]})  # type: ignore[arg-type]

    assert codes_of(error) == ["MK-SCO-014"]


def test_names_and_criteria_are_text_of_one_line() -> None:
    with pytest.raises(InvalidValueError) as error:
        rank({"x": [1, 2], 3: [1, 2]}, names=["A\n", 4])  # type: ignore[dict-item,list-item]

    assert len(error.value.issues) >= 3


def test_hundreds_of_faults_are_cut_off() -> None:
    with pytest.raises(InvalidValueError) as error:
        rank({"x": ["text"] * 500})

    assert len(error.value.issues) == 100


def test_an_unknown_method_is_refused_with_the_nearest() -> None:
    with pytest.raises(NotFoundError, match="did you mean 'topsis'"):
        rank(TABLE, using="topsi")
    with pytest.raises(NotFoundError, match="'weighted-sum' or 'topsis'"):
        rank(TABLE, using="borda")


@pytest.mark.parametrize("name", ["normalization", "missing"])
def test_an_unknown_choice_is_refused(name: str) -> None:
    with pytest.raises(InvalidValueError) as error:
        rank(TABLE, **{name: "sum"})  # type: ignore[arg-type]

    assert error.value.issues[0].path == name


def test_an_option_that_is_not_there_is_refused_with_the_nearest() -> None:
    found = rank(TABLE)

    with pytest.raises(NotFoundError, match="A1"):
        found["A11"]
    with pytest.raises(NotFoundError):
        found.score("B")


# ---- how it is read and shown --------------------------------------------------------


def test_columns_give_the_same_as_rows() -> None:
    columns = {name: [row[name] for row in TABLE.values()] for name in WEIGHTS}
    found = rank(columns, names=list(TABLE), weights=WEIGHTS, directions=DOWN)

    assert found.values == rank(TABLE, weights=WEIGHTS, directions=DOWN).values
    assert found == rank(TABLE, weights=WEIGHTS, directions=DOWN)


def test_options_without_names_are_numbered() -> None:
    found = rank({"x": [3, 1, 2]})

    assert [each.option for each in found] == ["1", "3", "2"]
    assert list(found.options.names) == ["1", "2", "3"]
    assert found.options.names[1:] == ["2", "3"]
    assert len({found, rank({"x": [3, 1, 2]})}) == 1


def test_a_direction_of_a_measure_is_taken() -> None:
    found = rank(TABLE, weights=WEIGHTS, directions={"cost": mk.Direction.LOWER})

    assert found.first == ("A1",)


def test_a_ranking_survives_pickling() -> None:
    found = rank(GAPS, weights=WEIGHTS, directions=DOWN)
    again = pickle.loads(pickle.dumps(found))  # noqa: S301 - our own bytes

    assert again == found
    assert list(again) == list(found)


def test_a_ranking_is_told_in_words() -> None:
    found = rank(TABLE, weights=WEIGHTS, directions=DOWN)

    assert str(found).splitlines() == [
        "weighted-sum of 4 options: first 'A1'",
        "  place  option  value     not known",
        "  1      A1      0.608333",
        "  2      A4      0.516667",
        "  3=     A2      0.5",
        "  3=     A3      0.5",
        "skill: higher is better, weighs 50.0%.",
        "cost: lower is better, weighs 30.0%.",
        "fit: higher is better, weighs 20.0%.",
        (
            "Method weighted-sum, version 1; normalization min-max; an option of which "
            "something is not known has no place."
        ),
    ]


def test_a_long_ranking_is_cut_and_escaped() -> None:
    found = rank({"x<b>": [1] * 25})
    page = found._repr_html_()

    assert "… and 5 more" in page
    assert "x&lt;b&gt;: higher is better" in page
    assert "first &#x27;1&#x27;, &#x27;10&#x27;, &#x27;11&#x27; and 22 more" in page


def test_a_ranking_is_told_as_json() -> None:
    told = json.loads(json.dumps(rank(GAPS, directions=DOWN).as_dict()))

    assert told["normalization"] == "min-max"
    assert told["criteria"][1]["direction"] == "lower"
    assert told["options"][0]["place"] == 1
    assert told["options"][-1]["lacking"] == ["skill", "cost", "fit"]
