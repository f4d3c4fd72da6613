"""Construction beside pydantic, the model's growth, and the time of the import."""

import gc
import subprocess
import sys
import time
from collections.abc import Callable
from statistics import median
from typing import Annotated

import pydantic
from attrs import frozen

import missionkit as mk

ROUNDS = 9
LOOPS = 20_000
SIZES = (1_000, 10_000, 100_000)

GadgetId = mk.GoalId


@frozen(kw_only=True)
@mk.entity("bench.gadget")
class Gadget:
    id: GadgetId
    name: mk.Name
    statement: mk.Statement
    importance: mk.Ratio
    satisfaction: mk.Satisfaction
    status: mk.NeedStatus
    goal: mk.GoalId | None
    weight: mk.Weight
    active: bool
    marks: tuple[mk.Line, ...]


Trimmed = Annotated[
    str, pydantic.StringConstraints(min_length=1, max_length=100_000, pattern=r"^\S")
]
Slug = Annotated[str, pydantic.StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]


class Peer(pydantic.BaseModel):
    model_config = pydantic.ConfigDict(frozen=True, strict=True, extra="forbid")
    id: Slug
    name: Trimmed
    statement: Trimmed
    importance: Annotated[float, pydantic.Field(ge=0, le=1)]
    satisfaction: Annotated[int, pydantic.Field(ge=-100, le=100)]
    status: mk.NeedStatus
    goal: Slug | None
    weight: Annotated[float, pydantic.Field(ge=0)]
    active: bool
    marks: tuple[Trimmed, ...]


FIELDS = {
    "id": "warm-homes",
    "name": "Warm homes",
    "statement": "A home that is warm in winter",
    "importance": 0.5,
    "satisfaction": 40,
    "status": mk.NeedStatus.ACCEPTED,
    "goal": "grow",
    "weight": 2.0,
    "active": True,
    "marks": ("one", "two"),
}


def seconds(work: Callable[[], object]) -> float:
    """Return the processor time of *work*, the collector paused."""
    gc.collect()
    gc.disable()
    try:
        start = time.process_time()
        work()
        return time.process_time() - start
    finally:
        gc.enable()


def built(cls: Callable[..., object]) -> Callable[[], None]:
    """Return work that builds a *cls* again and again."""

    def work() -> None:
        for _ in range(LOOPS):
            cls(**FIELDS)

    return work


def test_construction_is_not_slower_than_pydantic() -> None:
    pairs = [(seconds(built(Gadget)), seconds(built(Peer))) for _ in range(ROUNDS)]
    ratio = median(ours / peer for ours, peer in pairs)
    ours, peer = (median(column) / LOOPS * 1e6 for column in zip(*pairs, strict=True))
    print(f"\nconstruct: ours {ours:.2f} µs, pydantic {peer:.2f} µs, ratio {ratio:.2f}")
    assert ratio <= 1


def goals(count: int) -> list[mk.Goal]:
    """Return a tree of goals."""
    return [
        mk.Goal(
            id=mk.GoalId(f"g{at}"),
            statement=f"Goal {at}",
            parent=mk.GoalId(f"g{at // 3}") if at else None,
        )
        for at in range(count)
    ]


def test_building_a_model_grows_in_proportion() -> None:
    times = []
    for size in SIZES:
        elements = goals(size)
        times.append(min(seconds(lambda e=elements: mk.Model(e)) for _ in range(3)))
    for size, took in zip(SIZES, times, strict=True):
        print(f"\nmodel of {size}: {took:.4f} s", end="")
    model = mk.Model(goals(SIZES[-1]))
    one = mk.Goal(id=mk.GoalId("g5"), statement="Changed", parent=mk.GoalId("g1"))
    print(f"with_ at {SIZES[-1]}: {seconds(lambda: model.with_(one)) * 1000:.2f} ms")
    # Beyond the caches of the processor each look-up of an id costs more.
    assert times[2] / times[1] <= 10 * 2


def imported(statement: str) -> float:
    """Return the median time of an import in a fresh interpreter."""
    code = (
        "import time; t = time.perf_counter();"
        f"{statement}; print(time.perf_counter() - t)"
    )
    found = []
    for _ in range(ROUNDS):
        done = subprocess.run(  # noqa: S603 - our own interpreter
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )
        found.append(float(done.stdout))
    return median(found)


def test_the_import_stays_light() -> None:
    attrs = imported("import attrs")
    ours = imported("import missionkit")
    kinds = imported("import missionkit; missionkit.KINDS")
    print(f"\nimport attrs {attrs * 1000:.0f} ms, missionkit {ours / attrs:.2f} times")
    print(f"with every kind defined: {kinds / attrs:.2f} times")
    assert ours <= 4 * attrs
