"""How commits get into the folder of a stream: whole, on disk, and in one step."""

import os
from collections.abc import Iterable, Sequence
from itertools import islice

from missionkit.domain.history import Commit
from missionkit.errors import CommitUnknownError
from missionkit.ports.store import Disposed
from missionkit.stores.folder.commits import file_of, name_of, passing_name_of
from missionkit.stores.folder.files import (
    Folder,
    flush_file,
    flush_folder,
    link_file,
    state_of,
    write_file,
)
from missionkit.stores.folder.pending import (
    Pending,
    sweep_one,
    taken_back_quietly,
    write_pending,
)


def add(
    folder: Folder,
    found: int,
    commits: Sequence[Commit],
    pending: Pending | None,
    erases: Iterable[Disposed] = (),
) -> bool:
    """Add commits to a stream of *found*; the one link of the first commits them all.

    Return whether nothing is left over that is of no use.

    Raises:
        CommitUnknownError: nobody can say whether they are there, and on disk.
        FileExistsError: another writer was there first; nothing was added.
        OSError: nothing was added.
    """
    try:
        for sequence, commit in enumerate(commits, found + 1):
            write_file(folder, passing_name_of(sequence), file_of(commit, erases))
        tidy = pending is None or _prepare(folder, pending)
        _link_or_look(folder, found + 1, commits[0])
        tidy &= sweep_one(folder, found + 1)
    except OSError:
        _give_up(folder, found, commits, pending)
        raise
    try:
        flush_folder(folder)
    except OSError as error:
        raise CommitUnknownError(commits[0].facts.id) from error
    return tidy


def make_sure(
    folders: Sequence[Folder], expected: int, commits: Sequence[Commit]
) -> None:
    """See to it that commits that are there already are on disk.

    Raises:
        CommitUnknownError: the disk fails.
    """
    try:
        for place in range(len(commits)):
            flush_file(folders[-1], name_of(expected + 1 + place))
        for folder in islice(reversed(folders), len(folders) if not expected else 1):
            flush_folder(folder)
    except OSError as error:
        raise CommitUnknownError(commits[0].facts.id) from error


def _prepare(folder: Folder, pending: Pending) -> bool:
    """Link all but the first of several commits; readers do not see them yet."""
    tidy = True
    write_pending(folder, pending)
    for sequence in pending.beyond:
        link_file(folder, passing_name_of(sequence), name_of(sequence))
        tidy &= sweep_one(folder, sequence)
    if pending.beyond:
        flush_folder(folder)
    return tidy


def _link_or_look(folder: Folder, sequence: int, commit: Commit) -> None:
    """Link the file of a commit; where that fails look whether it was."""
    try:
        link_file(folder, passing_name_of(sequence), name_of(sequence))
    except OSError:
        try:
            linked = _is_linked(folder, sequence)
        except OSError as error:
            raise CommitUnknownError(commit.facts.id) from error
        if not linked:
            raise


def _is_linked(folder: Folder, sequence: int) -> bool:
    ours = state_of(folder, passing_name_of(sequence))
    named = state_of(folder, name_of(sequence))
    return ours is not None and named is not None and os.path.samestat(ours, named)


def _give_up(
    folder: Folder, found: int, commits: Sequence[Commit], pending: Pending | None
) -> None:
    if pending is not None:
        taken_back_quietly(folder, pending)
    for place in range(len(commits)):
        sweep_one(folder, found + 1 + place)
