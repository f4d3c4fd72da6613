"""Tries the entries of one group, and prints what each took of time and memory.

It runs in a process of its own, so that the bound on memory holds for nothing else:
`python -m tests.catalog.cost "A json"`.
"""

import gc
import json
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import missionkit as mk
from tests.catalog.entry import Apart, Entry, ready
from tests.catalog.groups import GROUPS, named

MOST_MEMORY = 256 * 2**20
_STATUS = Path("/proc/self/status")


class Cost(NamedTuple):
    """What one entry took: seconds of the processor, and bytes beyond what was held."""

    name: str
    seconds: float
    memory: int


def held(what: str) -> int:
    """Return how many bytes the system says that this process holds, or held."""
    lines = _STATUS.read_text(encoding="ascii").splitlines()
    (line,) = (line for line in lines if line.startswith(f"{what}:"))
    return int(line.split()[1]) * 1024


def cost(entry: Entry) -> Cost:
    """Try an entry under the bound on memory and return what it took."""
    import resource  # noqa: PLC0415 - not every system has it

    if isinstance(entry, Apart):
        raise TypeError(entry)
    deed = ready(entry.given)
    gc.collect()
    # The highest that was held is counted anew from here.
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    before, start = held("VmRSS"), time.process_time()
    bound = held("VmSize") + MOST_MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (bound, resource.RLIM_INFINITY))
    with suppress(mk.MissionKitError):
        deed()
    seconds = time.process_time() - start
    resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY,) * 2)
    return Cost(named(entry), seconds, max(0, held("VmHWM") - before))


def main(group: str) -> None:
    """Print the cost of each entry of a group; what is done once is done before."""
    mk.loads(mk.dumps(mk.sample()))
    mk.pack(mk.sample(), on=mk.SAMPLE_DAY)
    _, entries = GROUPS[group]
    costs = [cost(each) for each in entries if not isinstance(each, Apart)]
    print(json.dumps(costs))  # noqa: T201 - what the test reads


if __name__ == "__main__":
    main(sys.argv[1])
