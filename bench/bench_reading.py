"""Reading from strangers: seconds per MB of a plan, and bounds on hostile documents.

MISSIONKIT_DATA=... python -m pytest bench/bench_reading.py -s

Plans are read beside a bare expat parse of the same bytes. Hostile documents are read
each in a process of its own, which may take 2 seconds and 256 MB over its start. As
machines differ, seconds are those of one that does the yardstick, measured in the same
run, in a tenth of a second; they are never made stricter than the clock's.
"""

import gc
import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from functools import partial
from io import StringIO
from pathlib import Path
from time import process_time
from xml.parsers import expat

import pytest

from missionkit.cli import main
from missionkit.formats import stratml
from tests.codec.hostile import COMBINING_MARKS, LARGE
from tests.formats.hostile import LARGE_XML

ROOT = Path(__file__).parents[1]
FIXTURES = ROOT / "tests" / "formats" / "fixtures" / "stratml"
DATA = os.environ.get("MISSIONKIT_DATA", "")
NEEDS_DATA = pytest.mark.skipif(not DATA, reason="MISSIONKIT_DATA is not set")
MB = 10**6
SECONDS_PER_MB = 3
SECONDS = 2
MEGABYTES = 256
NODES, ELEMENTS = 1_000_000, 200_000  # as many as a reader allows, JSON and XML
ROUNDS = 3


def seconds(work: Callable[[], object], rounds: int = ROUNDS) -> float:
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
    took = seconds(lambda: sum(n * n for n in range(10**6)))
    print(f"\nyardstick: {took:.3f} s")
    return max(1.0, took / 0.1)


def bare(data: bytes) -> object:
    return expat.ParserCreate(namespace_separator=" ").Parse(data, True)  # noqa: FBT003 - expat's own


def beside_expat(name: str, data: bytes, read: Callable[[], object]) -> float:
    """Print and return the seconds per MB of a reading."""
    ours, peer = seconds(read), seconds(lambda: bare(data))
    rate = ours / len(data) * MB
    print(
        f"  {name[:44]:44} {len(data) / MB:6.3f} MB {ours:7.3f} s"
        f" {rate:6.2f} s/MB {ours / peer:7.1f} x expat"
    )
    return rate


def real_plans() -> list[Path]:
    folders = ("plans", "stratml35", "templates")
    return sorted(
        path
        for folder in folders
        for path in (Path(DATA) / "stratml" / folder).glob("*.xml*")
    )


def plan_of(times: int) -> bytes:
    """Return a plan with the goals of our fixture so many times."""
    inner = (FIXTURES / "report.xml").read_text(encoding="utf-8")
    goals = inner[inner.index("<s:Goal>") : inner.index("<s:Objective><s:Name>Stray")]
    return inner.replace(goals, goals * times).encode()


def reviewed(path: Path, folder: Path) -> None:
    with redirect_stdout(StringIO()):
        assert main(["review", str(path), "--out", str(folder)]) == 0


@NEEDS_DATA
def test_a_real_plan_is_read_in_three_seconds_a_megabyte() -> None:
    bar = SECONDS_PER_MB * slower()
    paths = real_plans()
    assert paths
    for path in paths:
        data = path.read_bytes()
        assert beside_expat(path.name, data, partial(stratml.read, data)) <= bar


def test_a_large_plan_is_read_in_three_seconds_a_megabyte() -> None:
    bar = SECONDS_PER_MB * slower()
    for times in (100, 300, 900):
        data = plan_of(times)
        name = f"generated, {times} times the goals"
        assert beside_expat(name, data, partial(stratml.read, data)) <= bar


@NEEDS_DATA
def test_a_real_plan_is_reviewed_in_three_seconds_a_megabyte_plus_start(
    tmp_path: Path,
) -> None:
    bar = SECONDS_PER_MB * slower()
    tiny = tmp_path / "tiny.xml"
    tiny.write_bytes(b"<StrategicPlan><Name>Tiny</Name></StrategicPlan>")
    reviewed(tiny, tmp_path / "out")
    start = seconds(partial(reviewed, tiny, tmp_path / "out"))
    spent, size = 0.0, 0
    for path in real_plans():
        took = seconds(partial(reviewed, path, tmp_path / "out")) - start
        rate = took / path.stat().st_size * MB
        print(f"  {path.name[:44]:44} {took:6.3f} s {rate:6.2f} s/MB after the start")
        spent, size = spent + took, size + path.stat().st_size
    print(f"  all: {spent / size * MB:.2f} s/MB")
    assert spent / size * MB <= bar  # of one alone, a few kilobytes are all noise


# In a copy of the process for each document: the limit is for it alone, and what it
# takes is its own.
CHILD = """
import json, os, resource, sys
from pathlib import Path

from missionkit.errors import DocumentError
from missionkit.formats.load import load

megabytes = int(sys.argv[1])

def space():
    try:
        return int(Path("/proc/self/statm").read_text().split()[0]) * 4096
    except OSError:
        return 2**29

def read(path):
    most = space() + megabytes * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    try:
        load(path)
        said = "read"
    except DocumentError as error:
        said = error.issues[0].code
        str(error)
    return said

load(b'{"schema": "missionkit/1", "needs": []}')
for name in (b"<StrategicPlan/>", b"<!DOCTYPE a><a/>", b"["):
    try:
        load(name)
    except DocumentError:
        pass
start = 0
unit = 2**20 if sys.platform == "darwin" else 2**10
for path in (b'{"schema": "missionkit/1"}', *json.load(sys.stdin)):
    ours, theirs = os.pipe()
    child = os.fork()
    if not child:
        try:
            said = read(path)
        except BaseException as error:
            said = type(error).__name__
        os.write(theirs, said.encode())
        os._exit(0)
    os.close(theirs)
    said = os.read(ours, 1000).decode()
    os.close(ours)
    _, _, used = os.wait4(child, 0)
    start = start or used.ru_maxrss  # the first reads next to nothing
    if isinstance(path, str):
        over = (used.ru_maxrss - start) / unit
        print(json.dumps([path, said, used.ru_utime + used.ru_stime, over]))
"""


def answers(paths: list[Path]) -> list[tuple[str, str, float, float]]:
    """Return of each document its name, the answer, the seconds and the megabytes."""
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", CHILD, str(MEGABYTES)],
        input=json.dumps([str(path) for path in paths]),
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    return [(Path(path).name, said, took, space) for path, said, took, space in rows]


def judge(found: list[tuple[str, str, float, float]], slow: float) -> None:
    """Print the dearest answers and hold each to the bars."""
    for name, said, took, space in sorted(found, key=lambda row: -row[2])[:8]:
        print(f"  {name[:50]:50} {said:12} {took:6.3f} s {space:7.1f} MB")
    print(f"  of {len(found)}: most memory {max(row[3] for row in found):.1f} MB")
    for name, said, took, space in found:
        assert said == "read" or said.startswith("MK-"), (name, said)
        assert took <= SECONDS * slow, (name, took)
        assert space <= MEGABYTES, (name, space)


@NEEDS_DATA
@pytest.mark.skipif(sys.platform == "win32", reason="resource is for POSIX")
@pytest.mark.parametrize("folder", ["xml", "json"])
def test_every_hostile_file_is_answered_in_time_and_space(folder: str) -> None:
    paths = sorted((Path(DATA) / "hostile" / folder).glob(f"*.{folder}"))
    assert paths

    judge(answers(paths), slower())


@pytest.mark.skipif(sys.platform == "win32", reason="resource is for POSIX")
def test_every_large_hostile_document_is_answered_in_time_and_space(
    tmp_path: Path,
) -> None:
    texts = {name: text(NODES).encode() for name, (_, text) in LARGE.items()}
    texts["combining marks"] = COMBINING_MARKS.encode()
    texts |= {f"xml, {name}": text(ELEMENTS) for name, text in LARGE_XML.items()}
    paths = [tmp_path / name for name in texts]
    for path, data in zip(paths, texts.values(), strict=True):
        path.write_bytes(data)

    judge(answers(paths), slower())
