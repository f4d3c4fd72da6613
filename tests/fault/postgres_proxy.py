"""Stands between a client and PostgreSQL, and cuts them apart at a COMMIT."""

import random
import shutil
import socket
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from enum import Enum
from pathlib import Path
from select import select
from threading import Lock, Thread
from typing import Final

from attrs import define, field, frozen
from sqlalchemy import URL

from tests.postgres import MEMORY, Cluster

NAME: Final = ".s.PGSQL.5432"
COMMIT: Final = b"COMMIT\0"
ANSWERED: Final = (b"Q", b"S")
PIECE: Final = 1 << 16
MOMENT: Final = 0.05
PATIENCE: Final = 20.0


class Cut(Enum):
    """Where a message, such as COMMIT, and its answer are broken off."""

    NONE = "it is answered"
    BEFORE = "it is not passed on"
    AFTER = "it is passed on, and nobody waits for the answer"
    ANSWERED = "its answer is not passed on"
    HALF = "a part of its answer is passed on"
    LATE = "it is passed on a while after the client was told"


@frozen
class Plan:
    """What becomes of a message, and how long nobody is let in afterwards."""

    cut: Cut
    delay: float = 0.0
    down: float = 0.0


ANSWER: Final = Plan(Cut.NONE)


@define
class Proxy:
    """Listens on a socket of its own; *plans* are for the COMMITs to come.

    With a *countdown* the next plan is for one of the messages to come, whatever it is.
    Where there is no plan, *maker* makes one.
    """

    folder: Path
    server: Path
    chance: random.Random
    plans: deque[Plan] = field(factory=deque)
    countdown: int = 0
    maker: Callable[[], Plan] = lambda: ANSWER
    seen: list[Cut] = field(factory=list)
    _down: float = 0.0
    _busy: int = 0
    _ended: bool = False
    _guard: Lock = field(factory=Lock)
    _lines: list["Line"] = field(factory=list)

    def url(self, cluster: Cluster, schema: str) -> URL:
        """Return where a schema is, by way of here."""
        return cluster.url(path=schema).update_query_dict({"host": str(self.folder)})

    def settle(self) -> None:
        """Wait until no COMMIT is held back any longer, and let everybody in."""
        ends = time.monotonic() + PATIENCE
        while self._busy:
            assert time.monotonic() < ends, "a COMMIT is held back for ever"
            time.sleep(0.001)
        self._down = 0.0

    def awaits(self, message: bytes) -> bool:
        """Return whether there is a plan for a message."""
        with self._guard:
            if self.countdown:
                self.countdown -= 1
                return not self.countdown
            return message.endswith(COMMIT)

    def next_plan(self) -> Plan:
        """Return what becomes of a message that has come."""
        with self._guard:
            plan = self.plans.popleft() if self.plans else self.maker()
            self.seen.append(plan.cut)
            self._busy += 1
        if plan.down:
            self._down = time.monotonic() + plan.down
        return plan

    def did(self) -> None:
        """Note that a plan was carried out."""
        with self._guard:
            self._busy -= 1

    def listen(self, door: socket.socket) -> None:
        """Let clients in until the end."""
        while not self._ended:
            if not select([door], [], [], 0.05)[0]:
                continue
            client, _ = door.accept()
            if time.monotonic() < self._down:
                client.close()
                continue
            server = socket.socket(socket.AF_UNIX)
            try:
                server.connect(str(self.server / NAME))
            except OSError:
                client.close()
                server.close()
                continue
            line = Line(self, client, server)
            self._lines = [each for each in self._lines if each.thread.is_alive()]
            self._lines.append(line)
            line.thread.start()

    def end(self, thread: Thread) -> None:
        """Cut all, and let no thread go on."""
        self._ended = True
        thread.join(PATIENCE)
        for line in self._lines:
            line.cut()
            line.thread.join(PATIENCE)


class Line:
    """One client and the server that it talks to."""

    def __init__(
        self, proxy: Proxy, client: socket.socket, server: socket.socket
    ) -> None:
        self._proxy = proxy
        self._client = client
        self._server = server
        self._said = b""
        self._begun = False
        self.thread = Thread(target=self._run, daemon=True)

    def cut(self) -> None:
        """Shut both sides."""
        _shut(self._server)
        _shut(self._client)

    def _run(self) -> None:
        try:
            while self._passed():
                pass
        except OSError:
            pass
        finally:
            self.cut()
            self._server.close()
            self._client.close()

    def _passed(self) -> bool:
        """Pass on what either side says; return whether there may be more."""
        ready, _, _ = select([self._client, self._server], [], [])
        if self._server in ready:
            data = self._server.recv(PIECE)
            self._client.sendall(data)
            return bool(data)
        data = self._client.recv(PIECE)
        self._said += data
        for message in self._messages():
            if not self._proxy.awaits(message):
                self._server.sendall(message)
            elif not self._planned(message):
                return False
        return bool(data)

    def _messages(self) -> Iterator[bytes]:
        """Yield what the client has said to its end."""
        while True:
            # The first one has no letter before its length.
            at = 1 if self._begun else 0
            if len(self._said) < at + 4:
                return
            length = at + int.from_bytes(self._said[at : at + 4], "big")
            if len(self._said) < length:
                return
            message, self._said = self._said[:length], self._said[length:]
            self._begun = True
            yield message

    def _planned(self, message: bytes) -> bool:
        """Carry out the plan for a message; return whether both go on talking."""
        plan = self._proxy.next_plan()
        try:
            return _WAYS[plan.cut](self, message, plan)
        finally:
            self._proxy.did()

    def pass_on(self, message: bytes, _: Plan) -> bool:
        self._server.sendall(message)
        return True

    def cut_before(self, _message: bytes, _plan: Plan) -> bool:
        return False

    def cut_after(self, message: bytes, _: Plan) -> bool:
        self._server.sendall(message)
        return False

    def cut_answered(self, message: bytes, _: Plan) -> bool:
        self._answer(message)
        return False

    def cut_half(self, message: bytes, _: Plan) -> bool:
        answer = self._answer(message)
        part = self._proxy.chance.randrange(1, max(len(answer), 2))
        self._client.sendall(answer[:part])
        return False

    def cut_late(self, message: bytes, plan: Plan) -> bool:
        _shut(self._client)
        time.sleep(plan.delay)
        self._answer(message)
        return False

    def _answer(self, message: bytes) -> bytes:
        """Pass a message on, and return what the server says to it."""
        self._server.sendall(message)
        # To most messages it says nothing before a Sync.
        patience = PATIENCE if message[:1] in ANSWERED else MOMENT
        ready, _, _ = select([self._server], [], [], patience)
        return self._server.recv(PIECE) if ready else b""


_WAYS: Final[dict[Cut, Callable[[Line, bytes, Plan], bool]]] = {
    Cut.NONE: Line.pass_on,
    Cut.BEFORE: Line.cut_before,
    Cut.AFTER: Line.cut_after,
    Cut.ANSWERED: Line.cut_answered,
    Cut.HALF: Line.cut_half,
    Cut.LATE: Line.cut_late,
}


def _shut(side: socket.socket) -> None:
    with suppress(OSError):
        side.shutdown(socket.SHUT_RDWR)


@contextmanager
def proxy(cluster: Cluster, chance: random.Random) -> Iterator[Proxy]:
    """Give a proxy of a cluster; it ends with the block."""
    beneath = MEMORY if MEMORY.is_dir() else None
    folder = Path(tempfile.mkdtemp(prefix="mk-px-", dir=beneath))
    made = Proxy(folder, cluster.folder, chance)
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(str(folder / NAME))
        door.listen()
        thread = Thread(target=made.listen, args=(door,), daemon=True)
        thread.start()
        try:
            yield made
        finally:
            made.end(thread)
            shutil.rmtree(folder, ignore_errors=True)
