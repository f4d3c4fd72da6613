"""What a check costs, on models with all that the rules look at; and which rules most.

python -m pytest bench/bench_check.py -s

The bar is that of a machine which sums ten million numbers in 0.2 seconds: the sum is
taken in the same run, and a check of 10,000 elements is to cost no more than it.
"""

import gc
from collections.abc import Callable
from functools import cache
from statistics import median
from time import process_time
from typing import Final, TypeVar

import pytest

from bench.organizations import DAY, cycle_in, organization
from missionkit.domain.model import Model
from missionkit.domain.review import ReviewCycle
from missionkit.ports.rule import RuleEntry, RuleView
from missionkit.rules.book import BOOK
from missionkit.rules.check import check
from missionkit.rules.limits import specs_of
from missionkit.rules.standing import gates

T = TypeVar("T")
SIZES: Final = (1_000, 10_000, 100_000)
LARGE: Final = SIZES[-1]
MOST: Final = 1.0
"""How many times the yardstick a check of 10,000 elements may cost."""
GROWTH: Final = 13.0
"""How many times that a check of 100,000 elements may cost."""
GROWTH_OF_GATES: Final = 16.0
"""The same of the gates, which cost so little that caches are felt."""
ROUNDS: Final = 5
WHICH: Final = pytest.mark.parametrize("faults", [False, True], ids=["sound", "faulty"])


def seconds(
    work: Callable[[T], object], given: Callable[[], T], rounds: int = ROUNDS
) -> float:
    """Return the least processor time of some rounds, each with something new."""
    best = float("inf")
    for _ in range(rounds):
        held = given()
        gc.collect()
        start = process_time()
        work(held)
        best = min(best, process_time() - start)
    return best


def yardstick() -> float:
    return seconds(sum, lambda: range(10**7), 3)  # type: ignore[misc]


@cache
def model_of(size: int, *, faults: bool) -> Model:
    return organization(size, faults=faults)


def costs(work: Callable[[Model], object], *, faults: bool) -> list[float]:
    """Print and return the seconds of some work on models of each size."""
    found = []
    for size in SIZES:
        model = model_of(size, faults=faults)
        rounds = 3 if size == LARGE else ROUNDS
        # Of a model that was asked before, digests and links are known.
        spent = seconds(work, lambda m=model: Model(m), rounds)  # type: ignore[misc]
        found.append(spent)
        each = spent / len(model) * 1e6
        print(f"{len(model):>9,} elements: {spent:7.4f} s, {each:6.2f} µs each", end="")
        print(f" ({len(check(model, on=DAY).issues):,} issues)")
    return found


def judge(found: list[float], sum_took: float, growth: float = GROWTH) -> None:
    """Print the ratios, and hold them to the bars."""
    small, large = found[1] / sum_took, found[2] / found[1]
    print(f"  sum(range(10**7)): {sum_took:.3f} s; 10,000 elements:", end=" ")
    print(f"{small:.2f} times that (at most {MOST});", end=" ")
    print(f"100,000: {large:.1f} times 10,000 (at most {growth})")
    assert small <= MOST
    assert large <= growth


@WHICH
@pytest.mark.timeout(600)
def test_a_check_is_fast_and_grows_in_proportion(*, faults: bool) -> None:
    print("\ncheck:")
    judge(costs(lambda model: check(model, on=DAY), faults=faults), yardstick())


@WHICH
@pytest.mark.timeout(600)
def test_the_gates_are_as_fast_as_a_check(*, faults: bool) -> None:
    print("\ngates of the four stages:")
    ask = lambda model: gates(model, on=DAY, cycle=cycle_in(model))  # noqa: E731
    judge(costs(ask, faults=faults), yardstick(), GROWTH_OF_GATES)


def judged(entry: RuleEntry, model: Model) -> float:
    """Return what one rule costs, with lookups of its own."""
    limits = {name: spec.default for name, spec in specs_of(BOOK).items()}
    cycle = model.get(ReviewCycle, cycle_in(model))
    return seconds(
        lambda view: list(entry.rule(view)),
        lambda: RuleView(model=Model(model), on=DAY, limits=limits, cycle=cycle),
        3,
    )


@pytest.mark.timeout(600)
def test_the_five_dearest_rules_are_named() -> None:
    model, large = (model_of(size, faults=True) for size in SIZES[1:])
    found = sorted(((judged(e, model), e) for e in BOOK), key=lambda held: -held[0])
    print(f"\nof {len(model):,} elements, each rule with lookups of its own")
    for spent, entry in found[:5]:
        grown = judged(entry, large) / spent
        print(f"{spent * 1e3:8.1f} ms  {entry.name}; {grown:.1f} times at 100,000")
    print(f"{median(spent for spent, _ in found) * 1e3:8.1f} ms  half of them at most")
