"""The mix test and the control of false discoveries beside scipy and statsmodels."""

from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from missionkit.drift.discovery import Dependence, adjusted_p_values
from missionkit.drift.draws import Draws
from missionkit.drift.mix.chance import by_chance, g_statistic
from missionkit.drift.mix.power import _power
from missionkit.drift.mix.table import MixTable

stats: Any = pytest.importorskip("scipy.stats")


def seeded(seed: int) -> Callable[[], float]:
    return Random(seed).random  # noqa: S311 - chance is meant, not secrecy


def tables(many: int, most: int) -> list[tuple[list[int], list[int]]]:
    """Return tables of two rows, drawn from a seed, each cell above zero."""
    draw = seeded(71)
    return [
        (
            [1 + int(draw() * most) for _ in range(width)],
            [1 + int(draw() * most) for _ in range(width)],
        )
        for width in (2 + int(draw() * 6) for _ in range(many))
    ]


def test_the_statistic_is_that_of_scipy() -> None:
    for before, after in tables(300, 80):
        theirs = stats.chi2_contingency(
            [before, after], correction=False, lambda_="log-likelihood"
        )
        assert g_statistic(before, after) == pytest.approx(theirs.statistic, abs=1e-9)


def test_of_large_counts_the_p_value_is_nearly_that_of_chi_square() -> None:
    for at, (before, other) in enumerate(tables(12, 900)):
        names = tuple(f"c{place}" for place in range(len(before)))
        after = [b + (a - b) // 12 for b, a in zip(before, other, strict=True)]
        table = MixTable(names, tuple(before), tuple(after))
        found = g_statistic(before, after)
        ours = by_chance(table, Draws(seeded(at)), 1999).p_value(found)
        theirs = stats.chi2.sf(found, len(before) - 1)

        # 1,999 draws leave a standard error of at most 0.0112.
        assert ours == pytest.approx(theirs, abs=0.045)


def test_of_few_the_exact_p_value_of_two_by_two_is_that_of_fisher() -> None:
    for before, after in tables(200, 12):
        if len(before) > 2 or sum(before) != sum(after):
            continue
        table = MixTable(("a", "b"), tuple(before), tuple(after))
        chance = by_chance(table, Draws(seeded(0)), 1)
        found = chance.p_value(g_statistic(before, after))

        # With rows of one size both put the tables in the same order.
        assert found == pytest.approx(stats.fisher_exact([before, after])[1], rel=1e-9)


@pytest.mark.parametrize("freedom", [1, 2, 5, 20, 60])
@pytest.mark.parametrize("noncentrality", [0.5, 3.0, 12.0, 40.0])
def test_the_power_is_that_of_a_noncentral_chi_square(
    freedom: int, noncentrality: float
) -> None:
    for level in (0.01, 0.05, 0.2):
        limit = stats.chi2.isf(level, freedom)
        theirs = stats.ncx2.sf(limit, freedom, noncentrality)
        ours = _power(float(limit), freedom, noncentrality)

        assert ours == pytest.approx(theirs, abs=0.012)


@pytest.mark.parametrize(("dependence", "method"), [("positive", "bh"), ("any", "by")])
def test_adjusted_p_values_are_those_of_scipy(dependence: str, method: str) -> None:
    draw = seeded(5)
    for many in range(1, 60):
        alone = [draw() ** 3 for _ in range(many)]
        ours = adjusted_p_values(alone, Dependence(dependence))
        theirs = stats.false_discovery_control(alone, method=method)

        assert ours == pytest.approx(list(theirs), rel=1e-12)


def test_adjusted_p_values_are_those_of_statsmodels() -> None:
    multitest: Any = pytest.importorskip("statsmodels.stats.multitest")
    draw = seeded(6)
    alone = [draw() ** 4 for _ in range(40)]

    for dependence, method in (("positive", "fdr_bh"), ("any", "fdr_by")):
        held, theirs, *_ = multitest.multipletests(alone, 0.05, method)
        ours = adjusted_p_values(alone, Dependence(dependence))

        assert ours == pytest.approx(list(theirs), rel=1e-12)
        assert [each <= 0.05 for each in ours] == list(held)
