"""What a writer is about to do in several steps, so that the next one can end it.

Of several commits the first is linked last: readers stop where a number is missing. A
writer that dies before has committed none of them, and one that dies after it all.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any, Final

from attrs import evolve, frozen

from missionkit.domain.history import Commit, Payload, read_json
from missionkit.errors import CorruptStoreError, StoreError
from missionkit.ports.store import Disposed
from missionkit.stores.folder.commits import (
    commit_in,
    file_of,
    name_of,
    passing_name_of,
)
from missionkit.stores.folder.files import (
    Folder,
    flush_folder,
    names_in,
    read_file,
    remove_file,
    remove_quietly,
    rename_file,
    write_file,
)

PENDING: Final = "pending.json"
_PASSING: Final = "pending.tmp"
_LEFT: Final = re.compile(r"([0-9]{8,}|pending|snapshot|model)\.tmp").fullmatch
_FORM: Final = 1
_KEYS: Final = {"form", "first", "hashes", "erases"}


@frozen(kw_only=True)
class Pending:
    """Commits that are added in one step, and what is erased with them."""

    first: int
    hashes: tuple[str, ...]
    erases: tuple[Disposed, ...] = ()

    @property
    def beyond(self) -> range:
        """The numbers of the commits that are linked before the first is."""
        return range(self.first + 1, self.first + len(self.hashes))


def pending_of(
    first: int, commits: Sequence[Commit], erases: Iterable[Disposed]
) -> Pending:
    """Return what is to be done."""
    hashes = tuple(commit.hash for commit in commits)
    return Pending(first=first, hashes=hashes, erases=tuple(erases))


def write_pending(folder: Folder, pending: Pending) -> None:
    """Say, on disk, what is going to be done."""
    places = [[each.sequence, each.put] for each in pending.erases]
    facts = {"form": _FORM, "first": pending.first, "hashes": list(pending.hashes)}
    text = json.dumps({**facts, "erases": places}, indent=1)
    write_file(folder, _PASSING, text.encode() + b"\n")
    rename_file(folder, _PASSING, PENDING)
    flush_folder(folder)


def read_pending(folder: Folder) -> Pending | None:
    """Return what was going to be done; None where nothing is under way.

    Raises:
        CorruptStoreError: the file that says it is damaged.
    """
    data = read_file(folder, PENDING)
    if data is None:
        return None
    try:
        return _pending(read_json(data))
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        said = f"{folder.path_of(PENDING)} is damaged: it says what a writer was doing"
        raise CorruptStoreError(said) from error


def is_done(folder: Folder, pending: Pending) -> bool:
    """Return whether the commits are there: whether the first of them is."""
    kept = commit_in(folder, pending.first)
    return kept is not None and kept.commit.hash == pending.hashes[0]


def masked_in(folder: Folder) -> Mapping[int, frozenset[int]]:
    """Return what is erased already, though files still have it: by commit."""
    pending = read_pending(folder)
    if pending is None or not pending.erases or not is_done(folder, pending):
        return {}
    return places_of(pending.erases)


def places_of(erases: Iterable[Disposed]) -> dict[int, frozenset[int]]:
    """Return which payloads are erased, by the number of their commit."""
    found: dict[int, frozenset[int]] = {}
    for each in erases:
        found[each.sequence] = found.get(each.sequence, frozenset()) | {each.put}
    return found


def without(commit: Commit, puts: frozenset[int]) -> Commit:
    """Return a commit without some of its payloads."""
    left: list[Payload | None] = [
        None if put in puts else payload for put, payload in enumerate(commit.payloads)
    ]
    return evolve(commit, payloads=tuple(left))


def take_back(folder: Folder, pending: Pending) -> None:
    """Remove what a writer linked and did not commit."""
    for sequence, its_hash in zip(pending.beyond, pending.hashes[1:], strict=True):
        kept = commit_in(folder, sequence)
        if kept is not None and kept.commit.hash == its_hash:
            remove_file(folder, name_of(sequence))
    # None may come back once nobody knows of it.
    flush_folder(folder)
    sweep(folder)
    remove_file(folder, PENDING)


def finish(folder: Folder, pending: Pending, derived: Iterable[str]) -> None:
    """Do what is left to do once the commits are there.

    Where something is erased the files that are *derived* go, as they have it, too.
    """
    if pending.erases:
        _erase(folder, pending.erases)
        for name in derived:
            remove_file(folder, name)
    sweep(folder)
    flush_folder(folder)
    remove_file(folder, PENDING)


def sweep(folder: Folder) -> None:
    """Remove what writers left that died, and nothing of anybody else."""
    for name in names_in(folder):
        if _LEFT(name):
            remove_file(folder, name)


def sweep_one(folder: Folder, sequence: int) -> bool:
    """Remove what is left of the writing of one commit; return whether it is gone."""
    return remove_quietly(folder, passing_name_of(sequence))


def taken_back_quietly(folder: Folder, pending: Pending) -> None:
    """Take back what can be taken back; the next writer does the rest."""
    with suppress(OSError, StoreError):
        take_back(folder, pending)


def _erase(folder: Folder, erases: Iterable[Disposed]) -> None:
    for sequence, puts in places_of(erases).items():
        kept = commit_in(folder, sequence)
        if kept is None:
            raise CorruptStoreError(f"{folder.path_of(name_of(sequence))} is missing")
        left = without(kept.commit, puts)
        if left != kept.commit:
            passing = passing_name_of(sequence)
            write_file(folder, passing, file_of(left, kept.erases))
            rename_file(folder, passing, name_of(sequence))


def _pending(facts: Any) -> Pending:  # noqa: ANN401 - any JSON value
    if facts.keys() != _KEYS or facts["form"] != _FORM or not facts["hashes"]:
        raise ValueError("it says other things than it should")
    erases = (
        Disposed(sequence=_number(n), put=_number(put)) for n, put in facts["erases"]
    )
    hashes = tuple(map(str, facts["hashes"]))
    return Pending(first=_number(facts["first"]), hashes=hashes, erases=tuple(erases))


def _number(value: object) -> int:
    if type(value) is not int or value < 0:
        raise ValueError("it has no number where one should be")
    return value
