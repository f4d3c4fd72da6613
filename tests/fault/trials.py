"""One operation on a store, again and again from the same beginning, with faults."""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from functools import cached_property
from pathlib import Path
from threading import Thread
from typing import Final, TypeAlias

from missionkit.errors import MissionKitError
from tests.fault.children import Act, child
from tests.fault.durable import Kind, State, looked_at, said, state
from tests.fault.operations import Operation
from tests.fault.tracing import Calls, traced

Trouble: TypeAlias = Callable[[], AbstractContextManager[object]]
"""Makes trouble for a process, for the time of a block."""

MAY_BE: Final = {
    "committed": {"after"},
    "refused": {"before"},
    "full": {"before"},
    "unknown": {"before", "after"},
    repr(MemoryError()): {"before", "after"},
    # So Python says that there is no memory for one.
    repr(RuntimeError("can't allocate lock")): {"before", "after"},
}
"""What a store may have, by what it told of a write."""


class Trial:
    """Knows what an operation makes of a store, and the calls by which it does so."""

    def __init__(self, kind: Kind, operation: Operation, folder: Path) -> None:
        self._kind = kind
        self._operation = operation
        self._first = folder / "first"
        self._here = folder / "here"
        self._log = folder / "log"
        self._first.mkdir(parents=True)
        operation.before(kind, self._first)
        self._fresh()
        self._before = looked_at(kind, self._here)
        self._fresh()
        assert said(operation.begin(kind, self._here)) == "committed"
        self._after = looked_at(kind, self._here)

    @cached_property
    def calls(self) -> Calls:
        """The calls by which the process asks the system for something."""
        self._fresh()
        return traced(self._once, self._log).calls

    def points(self, only: str = "") -> Iterator[tuple[str, int]]:
        """Yield every call, or those of a name: the name, and which of it it is."""
        for name, count in sorted(self.calls.items()):
            for number in range(1, count + 1) if only in {"", name} else ():
                yield name, number

    def killed(self, fault: str) -> str:
        """Do it until killed by a fault; return what is wrong with what is left."""
        self._fresh()
        if not traced(self._once, self._log, fault).hit:
            return "it was not killed"
        return self._wrong({"before", "after"})

    def failed(self, fault: str) -> str:
        """Do it with a fault, and again; return what is wrong with what came of it."""
        self._fresh()
        came = traced(lambda: self._twice(nullcontext), self._log, fault)
        if not came.hit:
            return "nothing failed"
        return self._judged(*json.loads(came.said))

    def troubled(self, trouble: Trouble) -> tuple[str, str]:
        """Do it while a process is in trouble, and then again.

        Return what was told at first, and what is wrong with what came of it.
        """
        self._fresh()
        with child(lambda: self._twice(trouble)) as one:
            told = one.act()
            if not told:
                return "", self._wrong({"before", "after"})
            first, found, again = json.loads(told)
            # The process is still there, and may hold nothing that others wait for.
            return first, self._judged(first, found, again)

    def _judged(self, first: str, found: list[str], again: str) -> str:
        """Return what is wrong with what was told, found then, and told again."""
        if not MAY_BE.get(first, set()) & set(found):
            return f"told {first} and had {found}"
        if again != "committed":
            return f"told {first} and then {again}"
        return self._wrong({"after"})

    def _fresh(self) -> None:
        shutil.rmtree(self._here, ignore_errors=True)
        shutil.copytree(self._first, self._here)

    def _once(self) -> Act:
        act = self._operation.begin(self._kind, self._here)
        return lambda: said(act)

    def _twice(self, trouble: Trouble) -> Act:
        act = self._operation.begin(self._kind, self._here)

        def told() -> str:
            with trouble():
                first = said(act)
            found = self._seen()
            again: list[str] = []
            # A thread that kept a lock to itself would not notice.
            other = Thread(target=lambda: again.append(said(act)))
            other.start()
            other.join()
            return json.dumps([first, found, *again])

        return told

    def _seen(self) -> list[str]:
        """Look at the store while the one that failed is still open."""
        try:
            store = self._kind.opened(self._here)
            found = state(store)
            store.close()
        except MissionKitError as error:
            return [str(error)]
        return sorted(self._names(found))

    def _names(self, found: State) -> set[str]:
        known = [("before", self._before), ("after", self._after)]
        if self._kind.lags and not self._operation.erases:
            known.append(("after", self._lagging()))
        return {name for name, wanted in known if wanted == found}

    def _lagging(self) -> State:
        """Return what there is afterwards, with the snapshots of before."""
        none = ((), None)
        return {
            stream: (commits, self._before.get(stream, none)[1])
            for stream, (commits, _) in self._after.items()
        }

    def _wrong(self, allowed: set[str]) -> str:
        """Return what is wrong with the store as it is now."""
        try:
            names = self._names(looked_at(self._kind, self._here))
        except (AssertionError, MissionKitError) as error:
            return f"left a store that is not whole: {error}"
        if not names & allowed:
            return f"left {names or 'something between'}"
        erases = self._operation.erases
        if erases and names == {"after"} and holds(self._here, erases):
            return "left in a file what was erased"
        return ""


def holds(folder: Path, data: bytes) -> bool:
    """Return whether any file has some bytes."""
    return any(data in p.read_bytes() for p in folder.rglob("*") if p.is_file())
