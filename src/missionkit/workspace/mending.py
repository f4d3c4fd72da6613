"""A store is looked through for damage, and mended without deleting anything."""

import os
from collections.abc import Container, Iterator, Mapping
from contextlib import contextmanager
from itertools import takewhile
from typing import Protocol, TypeAlias, runtime_checkable

from attrs import evolve

from missionkit.errors import NotFoundError, StoreError
from missionkit.history import codes
from missionkit.history.chain import sound
from missionkit.history.verifying import stream_faults
from missionkit.issue import Issue, Severity
from missionkit.markup import shown
from missionkit.ports.store import Repair, Store
from missionkit.stores.codes import CHANGED
from missionkit.stores.opening import is_database, opened
from missionkit.workspace.store_report import StoreRepair, StoreReport, StreamReport

StorePlace: TypeAlias = str | os.PathLike[str] | Store
"""A store, or where one is: the path of a file or folder, or a database."""


@runtime_checkable
class _Mendable(Store, Repair, Protocol):
    """A store that can be mended."""


def check_store(store: StorePlace) -> StoreReport:
    """Return what is damaged in a store, and where: file, commit and byte.

    Nothing is changed. A store that is named by its place is opened for that; one that
    is passed should be open with ``strict=False``, or the first damage raises.

    Raises:
        NotFoundError: there is none.
        StoreError: it is no store, or nothing of it can be read.
    """
    with _at(store, read_only=True) as found:
        return _checked(found)


def repair_store(store: StorePlace) -> StoreRepair:
    """Put what is damaged out of the way, so that all else can be used; tell of it.

    Of each stream the commits before the first damaged one stay. Those after it go
    into the quarantine of the store. Not a byte of a commit is deleted. Nobody else
    should use the store meanwhile.

    Raises:
        NotFoundError: there is none.
        StoreError: it is no store, or one that cannot set commits aside.
    """
    with _at(store, read_only=False) as found:
        if not isinstance(found, _Mendable):
            raise StoreError("a store of this kind cannot set commits aside")
        before = _checked(found)
        done = tuple(_mended(found))
        return StoreRepair(before=before, done=done, after=_checked(found))


@contextmanager
def _at(store: StorePlace, *, read_only: bool) -> Iterator[Store]:
    if not isinstance(store, str | os.PathLike):
        yield store
        return
    if not is_database(store) and _is_missing(store):
        raise NotFoundError("store", os.fspath(store))
    # Else one would be made where none is. Who broke off left one that can be written.
    if not read_only and _is_missing(f"{os.fspath(store)}-journal"):
        opened(store, read_only=True, strict=False).close()
    found = opened(store, read_only=read_only, strict=False)
    try:
        yield found
    finally:
        found.close()


def _is_missing(place: str | os.PathLike[str]) -> bool:
    """Return whether nothing is there; what may not be looked at may be there."""
    try:
        os.stat(place)  # noqa: PTH116 - a path takes no text that is none
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return True
    except OSError:  # opening it says why
        return False
    return False


def _checked(store: Store) -> StoreReport:
    if not isinstance(store, _Mendable):
        reports = tuple(_stream(store, name) for name in store.streams())
        return StoreReport(streams=reports, mendable=False)
    issues, aside = tuple(store.faults()), store.aside()
    known = {issue.path: issue.code for issue in issues}
    away = frozenset(each.stream for each in aside)
    reports = tuple(
        _located(store, _stream(store, name), known, away) for name in store.streams()
    )
    harmed = (
        each
        for each in issues
        if each.severity is not Severity.ADVICE and each.code != CHANGED.code
    )
    files = dict.fromkeys(issue.source.file for issue in harmed if issue.source)
    plan = tuple(f"put right, or out of the way, what is wrong in {f}" for f in files)
    return StoreReport(streams=reports, issues=issues, plan=plan, aside=aside)


def _stream(store: Store, stream: str) -> StreamReport:
    """Return what is wrong with the commits of a stream, by their chain."""
    commits, issues = stream_faults(store, stream)
    count = sound(stream, commits)
    unread = any(issue.code == codes.UNREADABLE.code for issue in issues)
    found = max(len(commits), count + unread)
    return StreamReport(stream=stream, sound=count, found=found, issues=issues)


def _located(
    store: _Mendable,
    report: StreamReport,
    known: Mapping[str, str],
    away: Container[str],
) -> StreamReport:
    """Return a report that says where commits lie, and what a repair would do.

    What the store itself says of a commit that cannot be read is said better there.
    """
    every = range(1, report.sound + 1)
    paths = (f"{report.stream}@{sequence}" for sequence in every)
    sound_ones = takewhile(lambda path: known.get(path) != CHANGED.code, paths)
    report = evolve(
        report,
        sound=sum(1 for _ in sound_ones),
        found=max(report.found, store.last_of(report.stream)),
        issues=tuple(
            _told(store, report.stream, issue, away)
            for issue in report.issues
            if issue.code != codes.UNREADABLE.code or issue.path not in known
        ),
    )
    return evolve(report, plan=_plan(report))


def _told(store: _Mendable, stream: str, issue: Issue, away: Container[str]) -> Issue:
    """Return an issue with the place of its commit.

    Why bytes were erased may be said by a commit that lies in quarantine since.
    """
    if issue.code == codes.LOST_PAYLOAD.code and stream in away:
        issue = evolve(issue, severity=Severity.WARNING)
    return issue.at(store.place_of(stream, int(issue.path.rpartition("@")[2])))


def _plan(report: StreamReport) -> str:
    first, last = report.sound + 1, report.found
    if first < last:
        return f"set commits {first} to {last} of {shown(report.stream)} aside"
    if first == last:
        return f"set commit {first} of {shown(report.stream)} aside"
    if any(issue.code == codes.WRONG_SNAPSHOT.code for issue in report.issues):
        return f"set the snapshot of {shown(report.stream)} aside; it is made anew"
    return ""


def _mended(store: _Mendable) -> Iterator[str]:
    yield from store.mend()
    known = {issue.path: issue.code for issue in store.faults()}
    for name in store.streams():
        report = _located(store, _stream(store, name), known, ())
        left = report.sound + 1
        # What was not the last commit before is now, and may be told of more.
        while report.plan and report.sound < left:
            left = report.sound
            for place in store.set_aside(name, after=left):
                yield f"moved from {shown(name)} into quarantine: {place}"
            report = _located(store, _stream(store, name), known, ())
