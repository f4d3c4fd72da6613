"""Uses stores on odd file systems. Run in a mount namespace of its own, as root.

Prints what came of it as JSON.
"""

import errno
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Final, TypeAlias

from missionkit.errors import CommitUnknownError, StoreError
from missionkit.ports.store import Store
from missionkit.stores.opening import opened
from missionkit.testing.stores import commits
from tests.fault.durable import DURABLE, FOLDER, SQLITE, Durable, Kind, sqlite_kind
from tests.fault.hostile import ALIKE, NAMES, REFUSED
from tests.fault.mounting import image_in, mounted_at
from tests.fault.odd_files import key_of, odd_files
from tests.fault.operations import APPEND, DISPOSAL
from tests.fault.trials import Trial
from tests.fault.twins import Denies

Found: TypeAlias = dict[str, object]

S: Final = "harbour"
HELD: Final = commits(S, 2)
NEW: Final = commits(S, after=HELD)
FAILED: Final = ((SQLITE, APPEND), (FOLDER, APPEND), (FOLDER, DISPOSAL))
FAILING: Final = (
    *("create", "write", "fsync", "fsyncdir", "link", "mkdir", "rename", "unlink"),
    *("open", "read", "readdir", "getattr", "truncate"),
)
UNFINISHED: Final = {"pending.json", "store.db-journal"}
PAUSE: Final = 0.05
LINKLESS: Final = {
    name: getattr(errno, name) for name in ("ENOTSUP", "EPERM", "ENOSYS")
}
SHORT: Final = 143  # so many bytes a name may have where names are encrypted


def folding(folder: Path) -> Found:
    """Keep names that are alike where they are the same for the file system."""
    with odd_files(folder, folds=True) as odd:
        (odd.place / "Caf\u00e9").mkdir()
        found: Found = {"folds": (odd.place / "CAFE\u0301").is_dir()}
        (odd.place / "Caf\u00e9").rmdir()
        for kind in DURABLE:
            with closing(kind.opened(odd.place)) as store:
                found[kind.name] = not_kept(store)
        files = [str(each.relative_to(odd.beneath)) for each in odd.beneath.rglob("*")]
        found["shared"] = len(files) - len({key_of(each) for each in files})
        with closing(opened(odd.place / "STORE")) as same:
            found["in capitals"] = len(same.streams())
        for name in ALIKE:
            (odd.place / f"twin-{name}").write_text(name, encoding="utf-8")
        found["shared by a twin"] = len(ALIKE) - len(list(odd.beneath.glob("twin-*")))
    return found


def not_kept(store: Durable) -> list[str]:
    """Return the streams that are not what was written to them, of all names."""
    names = [name for name in NAMES if name not in REFUSED["folder"]]
    for name in names:
        store.append(name, commits(name, 2), expected=0)
    wrong = [name for name in names if tuple(store.read(name)) != commits(name, 2)]
    return [*wrong, *(set(names) ^ set(store.streams()))]


def slow(folder: Path) -> Found:
    """Use stores where each thing that is asked of the disk takes its time."""
    found: Found = {}
    with odd_files(folder) as odd, odd.trouble(pause=PAUSE):
        for kind in DURABLE:
            begun = time.monotonic()
            with closing(kind.opened(odd.place)) as store:
                store.append(S, HELD, expected=0)
                whole = tuple(store.read(S)) == HELD
            found[kind.name] = [whole, time.monotonic() - begun > 10 * PAUSE]
    return found


def short(folder: Path) -> Found:
    """Use a folder store where no name may be as long as elsewhere."""
    fits, long = "h" * SHORT, "h" * (SHORT + 1)
    found: Found = {}
    with (
        odd_files(folder, longest=SHORT) as odd,
        closing(FOLDER.opened(odd.place)) as store,
    ):
        begin(store, fits)
        found["append"] = refusal(lambda: begin(store, long))
        found["read"] = refusal(lambda: list(store.read(long)))
        found["there"] = list(store.streams()) == [fits]
        found["whole"] = tuple(store.read(fits)) == commits(fits)
    return found


def failing(folder: Path) -> Found:
    """Let each thing that is asked of a file system fail as long as a write lasts."""
    found: Found = {}
    with odd_files(folder) as odd:
        for kind, operation in FAILED:
            trial = Trial(kind, operation, odd.place / kind.name / operation.name)
            for each in FAILING:
                trouble = partial(odd.trouble, operations=[each], errno=errno.EIO)
                came = trial.troubled(trouble)
                found[f"{kind.name}, {operation.name}, {each}"] = came
        trouble = partial(odd.trouble, operations=["fsyncdir"], errno=errno.EIO)
        twin = Trial(sqlite_kind(Denies), APPEND, odd.place / "twin")
        found["twin"] = twin.troubled(trouble)
    return found


def linkless(folder: Path) -> Found:
    """Use stores where no file can have a second name."""
    found: Found = {}
    with odd_files(folder) as odd:
        filled(odd.place)
        for name, error in LINKLESS.items():
            (odd.place / name).mkdir()
            with odd.trouble(operations=["link"], errno=error):
                for kind in DURABLE:
                    found[f"{kind.name}, {name}"] = [
                        refusal(partial(kind.opened, odd.place / name)),
                        on(kind, odd.place, partial(begin, stream=f"{S}/{name}")),
                        on(kind, odd.place, look),
                    ]
    return found


def read_only(folder: Path) -> Found:
    """Use stores that are mounted so that they can only be read."""
    place, mounted = folder / "place", folder / "mounted"
    for each in (place, mounted, place / "new"):
        each.mkdir()
    filled(place)
    _run("mount", "--bind", place, mounted)
    _run("mount", "-o", "remount,ro,bind", mounted)
    found: Found = {}
    for kind, name in ((SQLITE, "store.db"), (FOLDER, "store")):
        with closing(opened(mounted / name, read_only=True)) as reading:
            read = refusal(partial(look, reading))
        found[kind.name] = [
            *(on(kind, mounted, look), read, on(kind, mounted, go_on)),
            *(refusal(partial(kind.opened, mounted / "new")), on(kind, place, look)),
        ]
    _run("umount", mounted)
    return found


def append_only(folder: Path) -> Found:
    """Use stores in folders from which nothing may be removed."""
    found: Found = {}
    with mounted_at(image_in(folder, 16_000_000), folder / "mounted") as mounted:
        place = mounted / "place"
        place.mkdir()
        filled(place)
        folders = [place, *(each for each in place.rglob("*") if each.is_dir())]
        _run("chattr", "+a", *folders)
        told = {kind.name: on(kind, place, go_on) for kind in DURABLE}
        _run("chattr", "-a", *folders)
        for kind in DURABLE:
            with closing(kind.opened(place)) as store:
                go_on(store)  # once more, if it is there
                whole = tuple(store.read(S)) == (*HELD, *NEW)
            found[kind.name] = [told[kind.name], whole]
        found["left"] = sorted(
            each.name
            for each in place.rglob("*")
            if each.suffix == ".tmp" or each.name in UNFINISHED
        )
    return found


def filled(place: Path) -> None:
    """Make a store of each kind that has a stream."""
    for kind in DURABLE:
        with closing(kind.opened(place)) as store:
            store.append(S, HELD, expected=0)


def on(kind: Kind, place: Path, act: Callable[[Durable], object]) -> str:
    """Open a store and do something with it; return why that was refused."""

    def opened_and_done() -> None:
        with closing(kind.opened(place)) as store:
            act(store)

    return refusal(opened_and_done)


def look(store: Store) -> None:
    """Read the stream, which has what it was given."""
    if tuple(store.read(S)) != HELD:
        raise StoreError("it has something else")


def go_on(store: Store) -> None:
    """Append to the stream."""
    store.append(S, NEW, expected=len(HELD))


def begin(store: Store, stream: str) -> None:
    """Begin a new stream."""
    store.append(stream, commits(stream), expected=0)


def refusal(act: Callable[[], object]) -> str:
    """Return why something is refused; nothing where it is not."""
    try:
        act()
    except CommitUnknownError as error:
        return str(error)
    except StoreError as error:
        return f"{error.committed} {error}"
    return ""


def _run(*command: str | os.PathLike[str]) -> None:
    subprocess.run(command, check=True)


TRIALS: Final = {
    each.__name__: each
    for each in (folding, slow, short, failing, linkless, read_only, append_only)
}

if __name__ == "__main__":
    came = TRIALS[sys.argv[1]](Path(sys.argv[2]))
    print(json.dumps(came))  # noqa: T201 - the parent reads it
