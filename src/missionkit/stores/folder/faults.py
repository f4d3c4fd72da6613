"""What is wrong in the folder of a store, file by file; nothing is changed to tell."""

import re
import stat
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Final

from missionkit.domain.history import START, Commit
from missionkit.errors import CorruptStoreError, StoreError
from missionkit.issue import Code, Issue, Source
from missionkit.markup import shortened, shown
from missionkit.ports.store import Disposed
from missionkit.stores import codes
from missionkit.stores.folder.commits import commit_in, kept_in, name_of
from missionkit.stores.folder.files import (
    Folder,
    entered,
    folders_in,
    names_in,
    read_file,
    state_of,
)
from missionkit.stores.folder.locks import LOCK
from missionkit.stores.folder.paths import may_hold_streams, stream_of
from missionkit.stores.folder.pending import PENDING, places_of, read_pending
from missionkit.stores.folder.snapshots import SNAPSHOT
from missionkit.stores.folder.view import VIEW, View

_NUMBERED: Final = re.compile(r"([0-9]+).*\.json", re.DOTALL).fullmatch
_OURS: Final = frozenset({PENDING, SNAPSHOT, VIEW, LOCK})
_PASSING: Final = ".tmp"
_SIDES: Final = re.compile(
    rb"^<<<<<<< [^\n]*\n(.*?)(?:^\|{7} .*?)?^=======\n(.*?)^>>>>>>> [^\n]*\n",
    re.MULTILINE | re.DOTALL,
)
_MADE_FROM: Final = re.compile(rb'\{\n"stream": .*\n"sequence": (\d{1,15}),\n').match
_LONGEST: Final = 120


def folders_with(root: Folder) -> Iterator[tuple[str, ...]]:
    """Yield the folders in which streams may lie, from the outermost on."""
    waiting: list[tuple[str, ...]] = [()]
    while waiting:
        names = waiting.pop()
        with entered(root, names) as folder:
            inner = [] if folder is None else folders_in(folder)
        yield names
        waiting += [
            (*names, each) for each in reversed(inner) if may_hold_streams(each)
        ]


def faults_in(folder: Folder, names: Sequence[str]) -> Iterator[Issue]:
    """Yield what is wrong in one folder; streams may lie in it and below."""
    stream = stream_of(names) if names else None
    wrong = wrong_in(folder, names)
    for name, said in wrong.items():
        yield _issue(codes.DAMAGED, folder, name, said, stream)
    if stream is None:
        return
    begun_only = uncommitted_in(folder)
    numbers = [
        number
        for name in names_in(folder)
        if name not in wrong and _NUMBERED(name)
        for number in [int(name.partition(".")[0])]
        if number not in begun_only
    ]
    if numbers:
        yield from _contents(folder, stream, numbers)
        yield from _rest(folder)


def wrong_in(folder: Folder, names: Sequence[str]) -> dict[str, str]:
    """Return what cannot stay where it is in a folder, and why, sorted by name.

    Where no stream lies, the files are those of others.
    """
    is_stream = bool(names) and stream_of(names) is not None
    every = sorted(names_in(folder))
    ours = (name for name in every if is_stream or may_hold_streams(name))
    return {name: said for name in ours if (said := odd(folder, name))}


def odd(folder: Folder, name: str) -> str:
    """Return why a file or folder cannot stay where it is; nothing where it can."""
    numbered = _NUMBERED(name)
    if not numbered and name not in _OURS and not may_hold_streams(name):
        return ""
    found = state_of(folder, name)
    if found is None:  # it is gone by now
        return ""
    if stat.S_ISLNK(found.st_mode):
        return "is a link, and leads out of the store"
    if may_hold_streams(name):
        return ""
    if not stat.S_ISREG(found.st_mode):
        return "is no regular file"
    sequence = int(numbered[1][:18]) if numbered else None
    if sequence == 0 or (sequence and name != name_of(sequence)):
        return "is named like a commit, and is none: it may be a second one"
    return "" if name != PENDING else _pending_fault(folder)


def place_in(folder: Folder, sequence: int) -> Source | None:
    """Return where a commit lies: its file, and the byte where it is damaged."""
    name = name_of(sequence)
    with suppress(StoreError, OSError):
        data = read_file(folder, name)
        if data is None:
            return None
        byte = _byte_in(data)
        cell = "" if byte is None else f"byte {byte}"
        return Source(file=folder.path_of(name), cell=cell)
    return Source(file=folder.path_of(name))


def numbers_in(folder: Folder) -> list[int]:
    """Return the numbers of the commits of which there is any trace, sorted."""
    hits = filter(None, map(_NUMBERED, names_in(folder)))
    return sorted({int(hit[1][:18]) for hit in hits})


def uncommitted_in(folder: Folder) -> range:
    """Return the numbers of files that a writer made, and did not commit as yet.

    They are no part of the stream, and the next writer takes them back.
    """
    with suppress(StoreError):
        pending = read_pending(folder)
        if pending is not None and state_of(folder, name_of(pending.first)) is None:
            return pending.beyond
    return range(0)


def view_of(folder: Folder, stream: str) -> str | None:
    """Return what the view should say; None where the commits cannot be read."""
    view, head, last = View(), START, 0
    try:
        for last, found in enumerate(numbers_in(folder), 1):
            kept = commit_in(folder, last)
            if kept is None or found != last or kept.commit.facts.parent != head:
                return None
            view.add(kept.commit)
            head = kept.commit.hash
    except StoreError:
        return None
    return view.text(stream, last, head)


def has_commits(root: Folder) -> bool:
    """Return whether there is a commit that can be read, of any stream."""
    for names in folders_with(root):
        with entered(root, names) as folder, suppress(StoreError):
            numbers = [] if folder is None else numbers_in(folder)
            if folder is not None and any(commit_in(folder, n) for n in numbers):
                return True
    return False


def begun(folder: Folder) -> tuple[int, dict[int, frozenset[int]]]:
    """Return how many commits are there without a gap, and what they erased.

    What a writer was doing is not asked, for that may not be known.
    """
    count = 0
    erased: list[Disposed] = []
    with suppress(StoreError):
        while (kept := commit_in(folder, count + 1)) is not None:
            count += 1
            erased += kept.erases
    # The first damaged one is counted, so that whoever reads it is told.
    return count + (state_of(folder, name_of(count + 1)) is not None), places_of(erased)


def _contents(folder: Folder, stream: str, numbers: Sequence[int]) -> Iterator[Issue]:
    before: Commit | None = None
    for sequence in sorted(numbers):
        last = name_of(sequence - 1)
        if sequence > 1 and state_of(folder, last) is None:
            said = f"is missing, and commit {sequence} is there"
            yield _issue(codes.DAMAGED, folder, last, said, stream)
        if sequence - 1 not in numbers:
            before = None
        try:
            kept = commit_in(folder, sequence)
            commit = None if kept is None else kept.commit
            said = _forked(before, commit)
        except StoreError as error:
            commit, said = None, ""
            yield _unreadable(folder, sequence, error, stream)
        if said:
            yield _issue(codes.FORKED, folder, name_of(sequence), said, stream)
        before = commit
    held = read_file(folder, VIEW) if not odd(folder, VIEW) else None
    if held is not None and read_file(folder, PENDING) is None:
        wanted = view_of(folder, stream)
        if wanted is not None and held != wanted.encode():
            yield _stale(folder, stream, held, max(numbers))


def _stale(folder: Folder, stream: str, held: bytes, count: int) -> Issue:
    hit = _MADE_FROM(held)
    made_from = int(hit[1]) if hit else 0
    if made_from <= count:
        said = "is not what the commits give"
        return _issue(codes.OUT_OF_DATE, folder, VIEW, said, stream)
    # It is written after the commits, and so there were more of them.
    said = f"was made from {made_from} commits, and {count} are there"
    return _issue(codes.DAMAGED, folder, VIEW, said, stream)


def _unreadable(
    folder: Folder, sequence: int, error: StoreError, stream: str | None
) -> Issue:
    name = name_of(sequence)
    both = _both_sides(read_file(folder, name) or b"") if not odd(folder, name) else ""
    if both:
        return _issue(codes.FORKED, folder, name, both, stream)
    said = error.what.removeprefix(f"{folder.path_of(name)}: ")
    return _issue(codes.DAMAGED, folder, name, said, stream)


def _forked(before: Commit | None, commit: Commit | None) -> str:
    """Return that a commit was made after another one than stands before it."""
    if before is None or commit is None:
        return ""
    last, facts = before.facts, commit.facts
    if facts.parent == before.hash or facts.sequence != last.sequence + 1:
        return ""  # what stands in another place, its chain tells
    return f"{shown(facts.id)} was not made after {shown(last.id)}"


def _rest(folder: Folder) -> Iterator[Issue]:
    """Yield what a writer left, and what others put there."""
    for name in sorted(names_in(folder)):
        if name == PENDING and not odd(folder, name):
            said = "was left by a writer that broke off: the next one ends its work"
        elif name.endswith(_PASSING):
            said = "was left by a writer that broke off, or is being written now"
        elif name in _OURS or _NUMBERED(name) or may_hold_streams(name):
            continue
        else:
            said = "is no file of the store"
        yield _issue(codes.UNTIDY, folder, name, said, None)


def _issue(
    code: Code, folder: Folder, name: str, said: str, stream: str | None
) -> Issue:
    hit = _NUMBERED(name)
    sequence = f"@{int(hit[1][:18])}" if hit else ""
    where = place_in(folder, int(hit[1][:18])) if hit else None
    if where is None or where.file != folder.path_of(name):
        where = Source(file=folder.path_of(name))
    message = shortened(f"{shown(folder.path_of(name))}: {said}.", _LONGEST)
    return code.issue(
        message, path=f"{stream}{sequence}" if stream else "", source=where
    )


def _pending_fault(folder: Folder) -> str:
    try:
        read_pending(folder)
    except CorruptStoreError:
        return "is damaged: it says what a writer was doing"
    return ""


def _byte_in(data: bytes) -> int | None:
    """Return the byte at which the file of a commit is damaged, if that shows."""
    try:
        commit = kept_in(data).commit
    except CorruptStoreError as error:
        hit = re.search(r"at byte (\d+)", error.what)
        mark = data.find(b"<<<<<<< ")
        if hit:
            return int(hit[1])
        return mark if mark >= 0 else max(data.find(b'"header"'), 0)
    except StoreError:
        return None
    for at, (put, payload) in enumerate(
        zip(commit.facts.puts, commit.payloads, strict=False)
    ):
        if payload is not None and payload.digest != put.digest:
            return _line_of(data, at)
    return None


def _line_of(data: bytes, payload: int) -> int:
    """Return the byte at which the line of a payload begins."""
    at = data.find(b'"payloads": [\n') + len(b'"payloads": [\n')
    for _ in range(payload):
        at = data.find(b"\n", at) + 1
    return at


def _both_sides(data: bytes) -> str:
    """Return which two commits a merge left in a file; nothing if unclear."""
    if not _SIDES.search(data):
        return ""
    told = []
    for side in (1, 2):
        whole = _SIDES.sub(rb"\g<%d>" % side, data)
        try:
            facts = kept_in(whole).commit.facts
        except StoreError:
            return ""
        told.append(shown(facts.id))
    return f"a merge left both {told[0]} and {told[1]} in it"
