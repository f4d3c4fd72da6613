"""A million activities in one pass: time beside a hand-written loop, and memory.

python -m pytest bench/bench_drift_ledger.py -s

Both read the same ledger, which makes its records as it is read. The loop adds floats
up and keeps no digest; ours adds exactly, and hashes each record. Printed as well is
what the loop costs once it does the same. Both take turns, and medians are compared.
Where data stay columnar, numpy is shown beside polars, each from ready columns.
"""

import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from hashlib import sha256
from statistics import median
from time import process_time
from typing import Any, Final

import pytest

from missionkit.domain.conduct import ActivityRecord, Ledger
from missionkit.drift.ledger.kept import keep_effort
from missionkit.drift.ledger.summarize import summarize
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
from missionkit.drift.ledger.summarize import summarize
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


def test_kept_columns_are_summed_beside_polars() -> None:
    pytest.importorskip("numpy", reason="numpy is not installed")
    polars = pytest.importorskip("polars", reason="polars is not installed")
    kept = keep_effort(made_activities(ROWS))
    frame = polars.DataFrame(
        {
            "on": [date.fromordinal(day) for day in kept.days],
            "serves": [kept.names[at] for at in kept.served],
            "hours": kept.hours,
        },
        schema_overrides={"serves": polars.Categorical},
    )
    month = polars.col("on").dt.truncate("1mo")

    def by_polars() -> Any:  # noqa: ANN401 - a frame of theirs
        return frame.group_by(month, "serves").agg(polars.col("hours").sum())

    theirs = {(start, served): held for start, served, held in by_polars().iter_rows()}
    assert {key: float(total) for key, total in kept.totals().items()} == theirs

    ours, peer = in_turns(kept.totals, by_polars)
    print(
        f"\n{ROWS:,} kept activities: numpy {ours:.3f} s, polars {peer:.3f} s of CPU;"
    )
    print(f"  polars took {peer / ours:.2f} times as much")
