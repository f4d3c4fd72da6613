"""Whether a chain is whole: every commit in its place, as it was when it was written.

A chain alone does not prove that nothing was rewritten: whoever can change one commit
can also make all that follow anew. That takes a checkpoint which was kept elsewhere.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from attrs import define, field

from missionkit.domain.history import START, Commit, Header
from missionkit.errors import CorruptStoreError
from missionkit.history import codes
from missionkit.history.disposing import disposed_by
from missionkit.issue import Code, Issue, Severity
from missionkit.markup import shortened, shown
from missionkit.ports.store import Disposed

LONGEST: Final = 120
"""How many characters a message may have."""


@define
class _Walk:
    """What is known of a stream up to some commit."""

    stream: str
    sequence: int = 0
    hash: str = START
    at: datetime | None = None
    missing: dict[Disposed, str] = field(factory=dict)
    kept: list[Disposed] = field(factory=list)


def broken(stream: str, commits: Iterable[Commit]) -> tuple[Issue, ...]:
    """Return what is wrong with a stream, the first bad commit first.

    What follows a break is judged by itself, so that later breaks are found as well.
    """
    walk = _Walk(stream)
    found = [issue for commit in commits for issue in _step(walk, commit)]
    return (*found, *_lost(walk))


def sound(stream: str, commits: Iterable[Commit]) -> int:
    """Return how many commits, from the first on, are in their places and as written.

    A payload that is gone without a word breaks none of them: all can still be read.
    """
    walk = _Walk(stream)
    for count, commit in enumerate(commits):
        if any(issue.severity is Severity.ERROR for issue in _step(walk, commit)):
            return count
    return walk.sequence


def _step(walk: _Walk, commit: Commit) -> Iterator[Issue]:
    wanted = walk.sequence + 1
    try:
        header = commit.facts
    except CorruptStoreError as error:
        yield _issue(codes.UNREADABLE, walk, wanted, f"cannot be read: {error.what}")
        walk.sequence, walk.hash = wanted, commit.hash
        return
    yield from _placed(walk, header, wanted)
    yield from _payloads(walk, header, commit)
    for each in disposed_by(header):
        if walk.missing.pop(each, None) is None:
            walk.kept.append(each)
    walk.sequence, walk.hash, walk.at = header.sequence, commit.hash, header.at


def _placed(walk: _Walk, header: Header, wanted: int) -> Iterator[Issue]:
    if header.stream != walk.stream:
        said = f"belongs to the stream {shown(header.stream)}"
        yield _issue(codes.OUT_OF_PLACE, walk, wanted, said)
    if header.sequence != wanted:
        said = f"stands where {wanted} is expected"
        yield _issue(codes.OUT_OF_PLACE, walk, header.sequence, said)
    if header.parent != walk.hash:
        said = "does not name the one before it"
        yield _issue(codes.BROKEN_CHAIN, walk, header.sequence, said)
    if walk.at is not None and header.at < walk.at:
        said = f"is dated {header.at}, before the one before it"
        yield _issue(codes.CLOCK_BACK, walk, header.sequence, said)


def _payloads(walk: _Walk, header: Header, commit: Commit) -> Iterator[Issue]:
    puts = header.puts
    if len(puts) != len(commit.payloads):
        said = f"has {len(commit.payloads)} payloads for {len(puts)} puts"
        yield _issue(codes.CHANGED_PAYLOAD, walk, header.sequence, said)
        return
    for at, (put, payload) in enumerate(zip(puts, commit.payloads, strict=True)):
        if payload is None:
            walk.missing[Disposed(sequence=header.sequence, put=at)] = put.id
        elif payload.digest != put.digest:
            said = f"stores other bytes for {put.id!r} than it was written with"
            yield _issue(codes.CHANGED_PAYLOAD, walk, header.sequence, said, put.id)


def _lost(walk: _Walk) -> Iterator[Issue]:
    for where, ref in walk.missing.items():
        said = f"lacks the bytes of {ref!r}, and no commit says that they were erased"
        yield _issue(codes.LOST_PAYLOAD, walk, where.sequence, said, ref)
    for where in walk.kept:
        said = f"is said to be erased in put {where.put}, and was not"
        yield _issue(codes.KEPT_PAYLOAD, walk, where.sequence, said)


def _issue(code: Code, walk: _Walk, sequence: int, said: str, ref: str = "") -> Issue:
    message = f"Commit {sequence} of {shown(walk.stream)} {said}."
    path = f"{walk.stream}@{sequence}"
    return code.issue(shortened(message, LONGEST), ref=ref, path=path)
