"""A million activities in one pass: time beside a hand-written loop, and memory.

python -m pytest bench/bench_drift_ledger.py -s

Both read the same ledger, which makes its records as it is read. The loop adds floats
up and keeps no digest; ours adds exactly, and hashes each record. Printed as well is
what the loop costs once it does the same. Both take turns, and medians are compared.
Where data stay columnar, numpy is shown beside polars, each from ready columns.
"""

# ruff: noqa: PLC0415 - a peer that is not installed is left out

import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal
from hashlib import sha256
from statistics import median
from time import process_time
from typing import Any, Final

import pytest

from missionkit.domain.conduct import ActivityRecord, Ledger
from missionkit.drift.summarize import summarize
from missionkit.testing.ledgers import made_activities

ROWS: Final = 1_000_000
FEW: Final = 100_000
ROUNDS: Final = 3
MOST: Final = 1.5
"""How many times the hand-written loop a summary may take."""
SPREAD: Final = 1.1
"""How much more memory ten times the rows may take: the noise of the allocator."""

Sums = dict[tuple[int, int, str | None], float]


def by_hand(ledger: Ledger[ActivityRecord]) -> Sums:
    found: Sums = defaultdict(float)
    for record in ledger:
        day = record.on
        found[day.year, day.month, record.serves] += record.hours
    return found


def by_hand_exactly(ledger: Ledger[ActivityRecord]) -> object:
    found: dict[tuple[int, int, str | None], Decimal] = defaultdict(Decimal)
    digests: dict[tuple[int, int], Any] = defaultdict(sha256)
    for record in ledger:
        day = record.on
        found[day.year, day.month, record.serves] += Decimal(repr(record.hours))
        line = (
            f"{day}\t{record.what}\t{record.hours}\t{record.serves or ''}\t"
            f"{record.role or ''}\t{record.sphere or ''}\n"
        )
        digests[day.year, day.month].update(line.encode())
    return found, digests


def seconds(work: Callable[[], object]) -> float:
    start = process_time()
    work()
    return process_time() - start


def in_turns(*works: Callable[[], object]) -> tuple[float, ...]:
    """Return the median seconds of each; they take turns."""
    rounds = [[seconds(work) for work in works] for _ in range(ROUNDS)]
    return tuple(map(median, zip(*rounds, strict=True)))


def read(ledger: Ledger[ActivityRecord]) -> None:
    for _ in ledger:
        pass


@pytest.mark.timeout(900)
def test_a_summary_takes_at_most_half_as_long_again_as_a_loop_by_hand() -> None:
    ledger = made_activities(ROWS)
    found = {
        (snapshot.id[-7:], bucket.on): float(bucket.actual)
        for snapshot in summarize(ledger)
        for bucket in snapshot.buckets
    }
    assert found == {
        (f"{year}-{month:02}", served): hours
        for (year, month, served), hours in by_hand(ledger).items()
        if served
    }

    reading, hand, exact, ours = in_turns(
        lambda: read(ledger),
        lambda: by_hand(ledger),
        lambda: by_hand_exactly(ledger),
        lambda: summarize(ledger),
    )

    print(f"\n{ROWS:,} activities over 24 months, made as they are read")
    for name, took in [
        ("only read", reading),
        ("loop by hand", hand),
        ("loop by hand, exact sums and digests", exact),
        ("summarize", ours),
    ]:
        print(f"  {name:38}{took:7.3f} s  {took / ROWS * 1e6:5.2f} µs each", end="")
        print(f"  {took / hand:5.2f} times the loop")
    assert ours <= MOST * hand


PEAK: Final = """
import json, resource, sys
from missionkit.drift.summarize import summarize
from missionkit.testing.ledgers import made_activities

found = summarize(made_activities(int(sys.argv[1])))
rows = sum(snapshot.rows for snapshot in found)
print(json.dumps([rows, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss]))
"""


def peak(rows: int) -> float:
    """Return the most memory, in MB, that a process of its own took."""
    pytest.importorskip("resource", reason="this system does not tell peak memory")
    done = subprocess.run(  # noqa: S603 - the interpreter that runs this
        [sys.executable, "-c", PEAK, str(rows)],
        check=True,
        capture_output=True,
        text=True,
    )
    counted, most = json.loads(done.stdout)
    assert counted == rows
    # Kilobytes, but bytes on macOS.
    return float(most) / (1024**2 if sys.platform == "darwin" else 1024)


@pytest.mark.timeout(300)
def test_peak_memory_does_not_depend_on_the_number_of_rows() -> None:
    few, many = peak(FEW), peak(ROWS)
    print(f"\npeak memory: {FEW:,} rows {few:.1f} MB, {ROWS:,} rows {many:.1f} MB")

    assert many <= few * SPREAD
