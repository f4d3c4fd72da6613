"""How satisfaction spreads: published vectors and tables, and what always holds."""

from itertools import permutations, product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from missionkit.ports.part import SATISFACTION, Combine, Part, PartRole
from missionkit.ports.propagating import (
    CONFLICT,
    UNDECIDED,
    WORDS,
    contributed,
    contributed_in_words,
    halves,
    in_words,
    propagated,
    refined_in_words,
    settled,
    settled_in_words,
    worded,
)
from missionkit.ports.scorer import ScoreView

AND, OR = PartRole.AND, PartRole.OR
GIVES, NEEDS = PartRole.CONTRIBUTION, PartRole.DEPENDENCY


def part(
    role: PartRole, value: float | None, weight: float = 1, label: str = ""
) -> Part:
    return Part(
        name=str(role), role=role, value=value, weight=weight, label=label, refs=("it",)
    )


def gives(*pairs: tuple[int, int]) -> list[Part]:
    return [part(GIVES, value, weight) for weight, value in pairs]


# GRL, ITU-T Z.151, as in jUCMNav's QuantitativeGRLStrategyAlgorithm (commit 9b47b0e).
VECTORS = {
    "a": ([part(AND, 60), part(AND, 90), *gives((50, 80), (-25, 40))], 90),
    "b": (gives((100, 80), (50, 60)), 90),
    "c": (gives((100, 100), (-50, 40)), 80),
    "d": ([*gives((75, 80), (50, 60)), part(NEEDS, 30)], 30),
    # -100 there: its mirror rule needs a decomposition. Ours is the same on both sides.
    "e": (gives((-75, 100), (-50, 80)), -90),
    "f": (gives((25, -60)), -15),
}


@pytest.mark.parametrize("name", VECTORS)
def test_the_published_vectors_agree(name: str) -> None:
    parts, found = VECTORS[name]
    made = ScoreView().scored(
        Named(), parts, combine=Combine.PROPAGATION, scale=SATISFACTION
    )

    assert propagated(parts) == found
    assert made.value == made.recompute() == found


class Named:
    name = "grl"
    version = "1"


# ---- numbers -------------------------------------------------------------------------

terms = st.lists(st.tuples(st.integers(-100, 100), st.integers(-100, 100)), max_size=5)
values = st.lists(st.integers(-100, 100), max_size=4)


def found(refined: list[int], pairs: list[tuple[int, int]], caps: list[int]) -> float:
    added = [contributed(weight, source) for weight, source in pairs]
    return settled(min(refined, default=None), added, caps)


@example([], [(100, 90), (100, 20)], [], 100, 0)
@example([89], [(10, 10)], [], 100, 10)
@example([], [(-75, 100), (-50, 80)], [], 100, 100)
@given(values, terms, values, st.integers(0, 100), st.integers(0, 100))
def test_one_more_that_helps_never_lowers_the_target(
    refined: list[int],
    pairs: list[tuple[int, int]],
    caps: list[int],
    weight: int,
    source: int,
) -> None:
    before = found(refined, pairs, caps)

    assert found(refined, [*pairs, (weight, source)], caps) >= before


@given(values, terms, values, st.integers(0, 100), st.integers(0, 99))
def test_a_source_that_does_better_never_lowers_what_it_helps(
    refined: list[int],
    pairs: list[tuple[int, int]],
    caps: list[int],
    weight: int,
    source: int,
) -> None:
    before = found(refined, [*pairs, (weight, source)], caps)

    assert found(refined, [*pairs, (weight, source + 1)], caps) >= before


@given(values, terms)
def test_what_hurts_mirrors_what_helps(
    refined: list[int], pairs: list[tuple[int, int]]
) -> None:
    added = [contributed(weight, source) for weight, source in pairs]
    least, best = min(refined, default=None), max((-v for v in refined), default=None)

    assert settled(least, added) == -settled(best, [-term for term in added])


@given(st.permutations(VECTORS["a"][0]))
def test_the_order_of_parts_changes_nothing(parts: list[Part]) -> None:
    assert propagated(parts) == 90


@pytest.mark.parametrize(
    ("weight", "source", "found"),
    [(25, -60, -15), (33, 50, 16), (33, -50, -16), (-33, 50, -16), (1, 99, 0)],
)
def test_a_contribution_is_rounded_toward_zero(
    weight: int, source: int, found: int
) -> None:
    assert contributed(weight, source) == found


@pytest.mark.parametrize(("tolerance", "found"), [(0, 100), (10, 90), (30, 70)])
def test_the_tolerance_says_how_far_many_weak_ones_stay(
    tolerance: int, found: int
) -> None:
    assert settled(None, [80, 30], (), tolerance) == found
    assert settled(None, [-80, -30], (), tolerance) == -found


def test_any_part_will_do_where_one_of_them_is_asked_for() -> None:
    assert propagated([part(OR, 20), part(OR, 70)]) == 70
    assert propagated([part(AND, 20), part(AND, 70)]) == 20


def test_what_was_given_is_taken_as_it_is() -> None:
    assert propagated([part(PartRole.GIVEN, 12), *gives((100, 100))]) == 12


def test_without_parts_or_numbers_there_is_nothing() -> None:
    assert propagated([]) is None
    assert propagated([part(AND, None, label=CONFLICT)]) is None


# ---- words ---------------------------------------------------------------------------

D, WD, N, WS, S = range(-2, 3)
C, U = CONFLICT, UNDECIDED
ALL = (D, WD, WS, S, C, U, N)
# make, some positive, help, unknown, hurt, some negative, break
WEIGHTS = (100, 75, 25, 0, -25, -75, -100)
# QualitativeGRLStrategyAlgorithm, first table: a source, by the weight of its link.
GIVEN_BY = {
    D: (D, WD, WD, N, WS, WS, S),
    WD: (WD, WD, WD, N, WS, WS, WS),
    WS: (WS, WS, WS, N, WD, WD, WD),
    S: (S, WS, WS, N, WD, WD, D),
    C: (U, U, U, U, U, U, U),
    U: (U, U, U, U, U, U, U),
    N: (N, N, N, N, N, N, N),
}
# Second table: two together, in the order of ALL.
TOGETHER = {
    D: (D, D, WD, C, C, U, D),
    WD: (D, WD, N, WS, C, U, WD),
    WS: (WD, N, WS, S, C, U, WS),
    S: (C, WS, S, S, C, U, S),
    N: (D, WD, WS, S, C, U, N),
}


@pytest.mark.parametrize(("source", "at"), [*product(ALL, range(len(WEIGHTS)))])
def test_a_contribution_in_words_is_that_of_the_table(
    source: float | str, at: int
) -> None:
    assert contributed_in_words(source, WEIGHTS[at]) == GIVEN_BY[source][at]


@pytest.mark.parametrize(("one", "at"), [*product((D, WD, WS, S, N), range(len(ALL)))])
def test_two_together_are_those_of_the_table(one: int, at: int) -> None:
    other = ALL[at]
    expected = U if other in (C, U) else TOGETHER[one][at]

    assert settled_in_words(one, [other]) == expected


@pytest.mark.parametrize(
    ("added", "expected"),
    [
        ([WS, WS, WD], WS),
        ([WS, WD], N),
        ([WD, WD, WD], WD),
        ([S, WS], S),
        ([S, WD, WD], WS),
        ([D, WS], WD),
        ([D, WD], D),
        ([S, D, WS], C),
        ([S, U], U),
        ([N, N], N),
    ],
)
def test_weak_ones_decide_by_majority(
    added: list[float | str], expected: float | str
) -> None:
    assert {settled_in_words(None, list(each)) for each in permutations(added)} == {
        expected
    }


@pytest.mark.parametrize(
    ("held", "every", "anyone"),
    [
        ([D, U, S], D, S),
        ([C, WD], U, U),
        ([WD, S], WD, S),
        ([N, WS], N, WS),
        ([S, S], S, S),
        ([D, U], D, U),
        ([S, C], U, S),
    ],
)
def test_of_all_the_worst_counts_and_of_any_the_best(
    held: list[float | str], every: float | str, anyone: float | str
) -> None:
    assert refined_in_words(held, []) == every
    assert refined_in_words([], held) == anyone


def test_what_a_goal_depends_on_only_caps_it() -> None:
    assert settled_in_words(S, [], [WD]) == WD
    assert settled_in_words(WD, [], [S]) == WD
    assert settled_in_words(S, [], [U]) == U
    assert settled_in_words(D, [], [U]) == D
    assert settled_in_words(None, [], []) == N


@pytest.mark.parametrize(
    ("number", "word"),
    [
        (100, "satisfied"),
        (99, "weakly satisfied"),
        (1, "weakly satisfied"),
        (0, "none"),
        (-1, "weakly denied"),
        (-100, "denied"),
    ],
)
def test_only_the_ends_of_the_scale_are_full(number: int, word: str) -> None:
    value, again = worded(halves(number))

    assert again == word
    assert value is not None
    assert WORDS.word(value) == word
    assert halves(value) == halves(number)


def test_parts_in_words_settle_like_their_words() -> None:
    parts = [part(OR, 100), part(OR, -50), *gives((-100, 100))]

    assert in_words(parts) == (None, CONFLICT)
    assert in_words(parts[:2]) == (100, "satisfied")
    assert in_words([part(AND, None, label=CONFLICT), part(AND, -100)]) == (
        -100,
        "denied",
    )
    assert in_words([part(PartRole.GIVEN, 50)]) == (50, "weakly satisfied")
    assert in_words([*parts[:2], part(NEEDS, -50)]) == (-50, "weakly denied")
    assert in_words([]) == (None, "")
