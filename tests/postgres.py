"""A PostgreSQL cluster of the tests' own, from the programs that Debian installs.

It answers on a socket in its folder only, and ends with whoever started it.
"""

import ctypes
import itertools
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest
from attrs import define, field
from sqlalchemy import URL, Engine, NullPool, create_engine, text
from sqlalchemy.exc import OperationalError

from tests.fault.means import lacking

INSTALLED: Final = Path("/usr/lib/postgresql")
MEMORY: Final = Path("/dev/shm")  # noqa: S108 - used through tempfile only
ROOM: Final = 1 << 30
SUPERUSER: Final = "postgres"
PATIENCE: Final = 60.0
_DIE_WITH_PARENT: Final = 1  # PR_SET_PDEATHSIG
_ICU_FROM: Final = 15

SETTINGS: Final = {
    "listen_addresses": "",
    "recovery_init_sync_method": "syncfs",
    "max_connections": "60",
    "shared_buffers": "16MB",
    "max_wal_size": "128MB",
    "dynamic_shared_memory_type": "mmap",
    "log_min_messages": "fatal",
}


@define
class Cluster:
    """A server that runs; its files and its socket are in one folder."""

    folder: Path
    programs: Path
    settings: dict[str, str]
    process: "subprocess.Popen[bytes] | None" = None
    _numbers: Iterator[int] = field(factory=itertools.count, init=False)

    def url(
        self, database: str = "postgres", *, user: str = SUPERUSER, path: str = ""
    ) -> URL:
        """Return where a database is; *path* is the schema that it takes first."""
        query = {"host": str(self.folder)}
        if path:
            query["options"] = f"-csearch_path={path}"
        return URL.create(
            "postgresql+psycopg", username=user, database=database, query=query
        )

    def run(self, *statements: str, database: str = "postgres") -> None:
        """Execute statements as the superuser, each by itself."""
        engine = create_engine(
            self.url(database), poolclass=NullPool, isolation_level="AUTOCOMMIT"
        )
        with engine.connect() as connection:
            for statement in statements:
                connection.execute(text(statement))

    def new_schema(self) -> str:
        """Make an empty schema, and return its name."""
        name = f"place_{next(self._numbers)}"
        self.run(f"CREATE SCHEMA {name}")
        return name

    def new_database(self) -> str:
        """Make an empty database, and return its name."""
        name = f"place_{next(self._numbers)}"
        self.run(f"CREATE DATABASE {name}")
        return name

    def start(self) -> None:
        """Start the server, or start it again, and wait until it answers."""
        ends = time.monotonic() + PATIENCE
        while True:
            self.process = self._started()
            if self._answers(ends):
                return
            # Those who were killed may still hold the memory of the last one.
            self.stop()
            if time.monotonic() > ends:
                pytest.fail(f"PostgreSQL does not start: {self.log()}")
            time.sleep(0.05)

    def kill(self) -> None:
        """Kill the server so that it can do nothing any longer."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Have the server stop at once."""
        self._end(signal.SIGQUIT)

    def log(self) -> str:
        """Return the end of what the server said."""
        return (self.folder / "log").read_text("utf-8", errors="replace")[-2000:]

    def _started(self) -> "subprocess.Popen[bytes]":
        given = {**self.settings, "unix_socket_directories": str(self.folder)}
        options = [f"--{name}={value}" for name, value in given.items()]
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(
                [self.programs / "postgres", "-D", self.folder / "data", *options],
                cwd=self.folder,
                stdout=log,
                stderr=log,
                preexec_fn=_end_with_parent,  # noqa: PLW1509 - one call of the system
                user=_who(),
                group=_who(),
            )

    def _answers(self, ends: float) -> bool:
        while self.process and self.process.poll() is None and time.monotonic() < ends:
            try:
                self.run("SELECT 1")
            except OperationalError:
                time.sleep(0.02)
            else:
                return True
        return False

    def _end(self, how: signal.Signals) -> None:
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(timeout=PATIENCE)
            self.process = None


@contextmanager
def cluster(**settings: str) -> Iterator[Cluster]:
    """Give a new cluster that runs; skip the test where none can be made."""
    programs = _programs()
    beneath = MEMORY if _roomy(MEMORY) else Path(tempfile.gettempdir())
    folder = Path(tempfile.mkdtemp(prefix="mk-pg-", dir=beneath))
    made = Cluster(folder, programs, {**SETTINGS, **settings})
    try:
        _make(folder, programs)
        made.start()
        yield made
    finally:
        made.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """Give one cluster to all tests that only ask what a database keeps."""
    with cluster(fsync="off") as made:
        yield made


@pytest.fixture
def engine(postgres: Cluster) -> Iterator[Engine]:
    """Give an engine on an empty schema."""
    made = create_engine(postgres.url(path=postgres.new_schema()))
    yield made
    made.dispose()


def _programs() -> Path:
    found = [
        (int(match[1]), folder / "bin")
        for folder in (INSTALLED.iterdir() if INSTALLED.is_dir() else ())
        if (match := re.match(r"(\d+)", folder.name))
        and (folder / "bin" / "initdb").is_file()
    ]
    if not found:
        lacking(f"PostgreSQL is not installed: {INSTALLED} has no initdb")
    return max(found)[1]


def _make(folder: Path, programs: Path) -> None:
    if os.geteuid() == 0:
        shutil.chown(folder, SUPERUSER, SUPERUSER)
    # By another order than that of code points, as most databases have it.
    order = ["--locale=C.UTF-8"]
    if int(programs.parent.name.partition(".")[0]) >= _ICU_FROM:
        order += ["--locale-provider=icu", "--icu-locale=en-US"]
    made = subprocess.run(
        [
            *(programs / "initdb", "-D", folder / "data", "--no-sync", "--auth=trust"),
            *(f"--username={SUPERUSER}", "--encoding=UTF8", *order),
        ],
        check=False,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=PATIENCE,
        user=_who(),
        group=_who(),
    )
    if made.returncode:
        lacking(f"initdb failed: {made.stdout.decode(errors='replace')[-2000:]}")


def _who() -> str | None:
    """Return as whom it runs, where not as oneself: it refuses to do so as root."""
    return SUPERUSER if os.geteuid() == 0 else None


def _end_with_parent() -> None:
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGQUIT)


def _roomy(folder: Path) -> bool:
    return folder.is_dir() and shutil.disk_usage(folder).free > ROOM
