"""Drawing models for tests, and building the sample, beside plain constructions.

python -m pytest bench/bench_strategies.py -s

Seconds are those of a machine that does the yardstick, measured in the same run, in a
tenth of a second; they are never made stricter than the clock's.
"""

import gc
from collections.abc import Callable, Iterable
from time import process_time
from typing import TypeVar

import pytest
from attrs import evolve
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import SearchStrategy

from missionkit.domain.declaration import Element
from missionkit.domain.model import Model
from missionkit.samples import sample
from missionkit.testing.strategies import broken_models, models, sound_models

T = TypeVar("T")

DRAWN = 2_000
SIZE = 15
MOST_SECONDS = 60
MOST_TIMES = 150
SAMPLE_SECONDS = 0.5


def seconds(work: Callable[[], object], rounds: int = 1) -> float:
    """Return the least processor time of some rounds."""
    best = float("inf")
    for _ in range(rounds):
        gc.collect()
        start = process_time()
        work()
        best = min(best, process_time() - start)
    return best


def slower() -> float:
    """Return how much slower this machine is than the one that the bars are for."""
    took = seconds(lambda: sum(n * n for n in range(10**6)), rounds=3)
    print(f"\nyardstick: {took:.3f} s")
    return max(1.0, took / 0.1)


def built(elements: Iterable[Element]) -> Model:
    """Return a model of the elements, each constructed and checked anew."""
    return Model([evolve(element) for element in elements])  # type: ignore[misc]


def drawn_from(strategy: SearchStrategy[T]) -> list[T]:
    found: list[T] = []

    @settings(
        max_examples=DRAWN,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def draw(one: T) -> None:
        found.append(one)

    draw()
    return found


@pytest.mark.timeout(600)
def test_two_thousand_models_are_drawn_in_a_minute() -> None:
    found: list[Model] = []
    slow = slower()
    drawn = seconds(
        lambda: found.extend(drawn_from(models(min_size=SIZE, max_size=SIZE)))
    )
    plain = seconds(lambda: [built(model) for model in found])
    each = drawn / len(found) * 1000
    print(f"{len(found):,} models of {SIZE} drawn: {drawn:.1f} s, {each:.1f} ms each")
    print(
        f"plain constructions: {plain:.2f} s; drawing takes {drawn / plain:.0f} times"
    )
    assert len(found) >= DRAWN * 0.95
    assert drawn <= MOST_SECONDS * slow
    assert drawn <= MOST_TIMES * plain


@pytest.mark.timeout(600)
@pytest.mark.parametrize("what", ["sound", "broken"])
def test_two_thousand_organizations_are_drawn_in_a_minute(what: str) -> None:
    """Those of which a check finds nothing, and those with one known fault."""
    found: list[object] = []
    strategy: SearchStrategy[object] = {
        "sound": sound_models(size=SIZE),
        "broken": broken_models(size=SIZE),
    }[what]
    slow = slower()
    drawn = seconds(lambda: found.extend(drawn_from(strategy)))
    each = drawn / len(found) * 1000
    print(f"{len(found):,} {what} models drawn: {drawn:.1f} s, {each:.1f} ms each")
    assert len(found) >= DRAWN * 0.95
    assert drawn <= MOST_SECONDS * slow


def test_the_sample_is_built_in_half_a_second() -> None:
    slow = slower()
    model = sample()
    took = seconds(sample, rounds=5)
    plain = seconds(lambda: built(model), rounds=5)
    print(f"sample of {len(model)} elements: {took * 1000:.0f} ms")
    print(f"plain constructions: {plain * 1000:.0f} ms; {took / plain:.1f} times")
    assert took <= SAMPLE_SECONDS * slow
