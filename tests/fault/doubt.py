"""Sends commits until they are acknowledged, and notes where a store told a lie."""

import time
import traceback
from collections import Counter
from collections.abc import Callable, Sequence

from attrs import define, field

from missionkit.domain.history import Commit
from missionkit.errors import CommitUnknownError, StoreError
from missionkit.history.chain import broken
from missionkit.ports.store import Store

PATIENCE = 20.0
PAUSE = 0.002
WANTED = {"committed": True, "refused": False}


@define
class Doubts:
    """What stores told of many commits, counted, and what was wrong with it.

    *there* looks whether a commit is stored, and *settle* waits until nothing is under
    way any longer.
    """

    store: Store
    there: Callable[[str, Commit], bool]
    settle: Callable[[], None] = lambda: None
    told: Counter[str] = field(factory=Counter)
    wrong: list[str] = field(factory=list)
    sent: int = 0

    def send(self, stream: str, new: Sequence[Commit]) -> None:
        """Send commits, with the same ids, until they are acknowledged."""
        self.sent += 1
        doubtful = False
        ends = time.monotonic() + PATIENCE
        while time.monotonic() < ends:
            told = self._told(stream, new)
            # What was sent before may be there whatever becomes of what is sent now.
            if told == "refused" and doubtful:
                told = "refused again"
            self.told[told] += 1
            if told in WANTED:
                self._judge(told, stream, new[0])
            if told == "committed":
                return
            doubtful = doubtful or told == "unknown"
            time.sleep(PAUSE)
        self.wrong.append(f"{new[0].facts.id} was never acknowledged")

    def look(self, stream: str, sent: Sequence[Commit]) -> None:
        """See that a stream has what was sent to it, each once, and nothing else."""
        found = list(self.store.read(stream))
        if found != list(sent):
            self.wrong.append(f"{stream} has {len(found)} commits for {len(sent)}")
        self.wrong += map(str, broken(stream, found))

    def _told(self, stream: str, new: Sequence[Commit]) -> str:
        expected = new[0].facts.sequence - 1
        try:
            count = self.store.append(stream, new, expected=expected)
        except CommitUnknownError as error:
            if error.commit_id != new[0].facts.id:
                self.wrong.append(f"another id is unknown: {error}")
            return "unknown"
        except StoreError as error:
            return {True: "committed", False: "refused", None: "unknown"}[
                error.committed
            ]
        except Exception as error:  # noqa: BLE001 - no other should come out
            last = traceback.format_exception(error)[-1].strip()
            self.wrong.append(f"{new[0].facts.id}: {last}")
            return "else"
        if count != expected + len(new):
            self.wrong.append(f"{new[0].facts.id}: counted {count}")
        return "committed"

    def _judge(self, told: str, stream: str, commit: Commit) -> None:
        if not WANTED[told]:
            self.settle()
        if self.there(stream, commit) is not WANTED[told]:
            self.wrong.append(f"{commit.facts.id}: told {told}, which is not so")
