"""The commits of one stream in its folder: how many there are, and which."""

from collections.abc import Mapping
from time import sleep
from typing import Final

from attrs import define, field

from missionkit.domain.history import START, Commit
from missionkit.errors import CorruptStoreError, StoreError
from missionkit.markup import shown
from missionkit.stores.folder.commits import (
    Kept,
    commit_in,
    is_there,
    name_of,
    sequences_in,
)
from missionkit.stores.folder.files import (
    Folder,
    entered,
    folders_in,
    names_in,
)
from missionkit.stores.folder.paths import (
    folders_of,
    may_hold_streams,
    stream_of,
)
from missionkit.stores.folder.pending import read_pending, sweep, sweep_one, without
from missionkit.stores.folder.view import View

# A page is read at once, with the folder open.
_COMMITS: Final = 500
_BYTES: Final = 4_000_000
_PAUSES: Final = (0.0, 0.005, 0.02, 0.1)


@define(kw_only=True)
class Tail:
    """What a writer knows of a stream, so that it reads each commit once.

    It is not *tidy* where a file of no use could not be removed.
    """

    stream: str
    count: int = 0
    hash: str = START
    id: str = ""
    ids: set[str] = field(factory=set)
    view: View | None = None
    tidy: bool = True

    def add(self, commit: Commit) -> None:
        """Take a commit that follows on the others."""
        self.count += 1
        self.hash = commit.hash
        self.id = commit.facts.id
        self.ids.add(self.id)
        if self.view is not None:
            self.view.add(commit)


def count_in(folder: Folder, known: int) -> int:
    """Return how many commits a stream has, which had *known* of them before.

    Raises:
        CorruptStoreError: one is missing between others.
    """
    if not known or not is_there(folder, known):
        return _listed(folder)
    while is_there(folder, known + 1):
        known += 1
    return known


def _begins(folder: Folder) -> bool:
    """Return whether a folder has commits, also if they are damaged."""
    if is_there(folder, 1):
        return True
    try:
        return bool(_listed(folder))
    except StoreError:
        return True


def streams_in(root: Folder, prefix: str) -> tuple[str, ...]:
    """Return the sorted names that begin with a prefix."""
    try:
        start = folders_of(prefix.rpartition("/")[0]) if "/" in prefix else ()
    except StoreError:  # no stream has such a name
        return ()
    found: list[str] = []
    waiting = [start]
    while waiting:
        names = waiting.pop()
        with entered(root, names) as folder:
            if folder is None:
                continue
            inner = filter(may_hold_streams, folders_in(folder))
            waiting += [(*names, name) for name in inner]
            stream = stream_of(names) if names else None
            if stream is not None and stream.startswith(prefix) and _begins(folder):
                found.append(stream)
    return tuple(sorted(found))


def page_in(
    folder: Folder, tail: Tail, upto: int, masked: Mapping[int, frozenset[int]]
) -> list[Commit]:
    """Return the next commits after a tail: as many as are read at once.

    Raises:
        StoreError: the very next one is missing, damaged, or does not follow.
    """
    page: list[Commit] = []
    size = 0
    while tail.count < upto and size < _BYTES and len(page) < _COMMITS:
        try:
            commit = _next_in(folder, tail).commit
        except StoreError:
            if page:  # those before it are sound
                break
            raise
        if tail.count in masked:
            commit = without(commit, masked[tail.count])
        page.append(commit)
        size += len(commit.header) + sum(len(p.data) for p in commit.payloads if p)
    return page


def tail_at(folder: Folder, stream: str, sequence: int) -> Tail:
    """Return what the commit that follows on a commit has to fit."""
    if not sequence:
        return Tail(stream=stream)
    commit = _there(folder, sequence).commit
    before = Tail(stream=stream, count=sequence - 1, hash=commit.facts.parent)
    _refuse_misfit(folder, before, commit)
    before.add(commit)
    return before


def tail_of(folder: Folder, known: Tail | None, stream: str, *, view: bool) -> Tail:
    """Return what a stream has, by a writer that holds its lock.

    What was known before is gone on with, where it is still so: another process may
    have added commits, and another branch may have been checked out.
    """
    tail = known if known is not None and _still(folder, known) else None
    if tail is None:
        sweep(folder)
        tail = Tail(stream=stream, view=View() if view else None)
        upto = _listed(folder)
    else:
        upto = count_in(folder, tail.count)
    while tail.count < upto:
        kept = _next_in(folder, tail)
        if tail is not known:
            continue
        tail.tidy &= sweep_one(folder, tail.count)
        if kept.erases:  # and it knows what is erased by now
            return tail_of(folder, None, stream, view=view)
    return tail


def misfit(tail: Tail, commit: Commit) -> str:
    """Return why a commit does not follow on a tail; nothing where it does."""
    facts = commit.facts
    if facts.stream != tail.stream:
        return f"it is a commit of stream {shown(facts.stream)}"
    if facts.sequence != tail.count + 1:
        return f"it is commit {facts.sequence} of the stream, not {tail.count + 1}"
    if facts.parent != tail.hash:
        before = f"after commit {shown(tail.id)}" if tail.id else "at the beginning"
        return f"commit {shown(facts.id)} stands {before}, and was not made there"
    return ""


def _refuse_misfit(folder: Folder, tail: Tail, commit: Commit) -> None:
    said = misfit(tail, commit)
    if not said:
        return
    if commit.facts.sequence == tail.count + 1 and commit.facts.stream == tail.stream:
        said += (
            ": two branches of the stream were merged; keep the commits of one, and"
            " make the changes of the other again"
        )
    raise CorruptStoreError(f"{folder.path_of(name_of(tail.count + 1))}: {said}")


def _still(folder: Folder, tail: Tail) -> bool:
    if not tail.count or not tail.tidy:
        return False
    try:
        kept = commit_in(folder, tail.count)
    except StoreError:  # reading all of them says what is wrong
        return False
    return kept is not None and kept.commit.hash == tail.hash


def _there(folder: Folder, sequence: int) -> Kept:
    kept = commit_in(folder, sequence)
    if kept is None:
        where = folder.path_of(name_of(sequence))
        raise CorruptStoreError(f"{where} is missing")
    return kept


def _next_in(folder: Folder, tail: Tail) -> Kept:
    kept = _there(folder, tail.count + 1)
    _refuse_misfit(folder, tail, kept.commit)
    tail.add(kept.commit)
    return kept


def _listed(folder: Folder) -> int:
    """Count the files of commits; those after a gap belong to one who writes."""
    last = after = 0
    # Others may write meanwhile, so that a gap has to be seen more than once.
    for pause in _PAUSES:
        sleep(pause)
        found = sequences_in(names_in(folder), folder.where)
        last = next((n for n, each in enumerate(found) if each != n + 1), len(found))
        if last == len(found):
            return last
        after = found[last]
        pending = read_pending(folder)
        later = set(found[last:])
        if pending is not None and later <= set(pending.beyond):
            return last
    said = f"{folder.where}: commit {last + 1} is missing, but {after} is there"
    raise CorruptStoreError(f"{said}: bring the file back, or move the later ones out")
