"""What a rule may yield: issues and what is not judged, of the types they declare."""

from collections.abc import Iterator
from operator import attrgetter
from typing import Any, Final

from attrs import evolve, fields

from missionkit.domain.characters import UNSAFE
from missionkit.issue import Issue, Severity, Source
from missionkit.markup import shown
from missionkit.ports.rule import Judgment, NotJudged

_PLAIN: Final = {str}
_NAMES: Final = tuple(each.name for each in fields(Issue) if each.type is str)
_TEXTS: Final = attrgetter(*_NAMES)


class UnsoundError(Exception):
    """A rule or a guard yielded what nobody could show; the text says why."""


def sound(judgment: object) -> Judgment:
    """Return what a rule yielded, or raise `UnsoundError` for what cannot be shown.

    A text of a class of its own becomes a plain one.
    """
    if isinstance(judgment, NotJudged):
        return _not_judged(judgment)
    return sound_issue(judgment)


def sound_issue(judgment: object) -> Issue:
    """Return an issue, or raise `UnsoundError` for what is none or cannot be shown."""
    if isinstance(judgment, Issue):
        return _issue(judgment)
    raise UnsoundError(f"a {_kind(judgment)}, not an Issue")


def _issue(issue: Issue) -> Issue:
    texts = _TEXTS(issue)
    if {*map(type, texts)} != _PLAIN:
        issue = _plain(issue, _NAMES, "an issue")
        texts = _TEXTS(issue)
    _refuse_unseen(texts, "an issue")
    if not issue.code:
        raise UnsoundError("an issue without a code")
    if not isinstance(issue.severity, Severity):
        raise UnsoundError(f"an issue whose severity is {shown(issue.severity)}")
    if issue.source is not None and any(_faults_of(issue.source)):
        raise UnsoundError(f"an issue whose source is {shown(issue.source)}")
    return issue


def _not_judged(missed: NotJudged) -> NotJudged:
    what = "a NotJudged"
    missed = _plain(missed, ("code", "why"), what)
    refs: object = missed.refs
    if not isinstance(refs, tuple) or not all(type(ref) is str for ref in refs):
        raise UnsoundError(f"{what} whose refs are {shown(refs)}, no tuple of ids")
    _refuse_unseen((missed.code, missed.why, *refs), what)
    if not missed.code:
        raise UnsoundError(f"{what} without a code")
    return missed


def _plain(judgment: Any, names: tuple[str, ...], what: str) -> Any:  # noqa: ANN401 - either class of judgment
    """Return a judgment whose texts are texts and nothing more."""
    changed = {}
    for name in names:
        held = getattr(judgment, name)
        if not isinstance(held, str):
            raise UnsoundError(f"{what} whose {name} is {shown(held)}, no text")
        if type(held) is not str:
            changed[name] = str.__str__(held)
    return evolve(judgment, **changed) if changed else judgment


def _refuse_unseen(texts: tuple[str, ...], what: str) -> None:
    said = "".join(texts)
    # What can be printed is no control character; most texts end here.
    if not said.isprintable() and (hit := UNSAFE.search(said)):
        raise UnsoundError(f"{what} that holds U+{ord(hit[0]):04X} in a text")


def _faults_of(source: object) -> Iterator[bool]:
    """Yield for each part of a place whether it is of another type than declared."""
    yield type(source) is not Source
    if isinstance(source, Source):
        for text in (source.file, source.cell):
            yield type(text) is not str or UNSAFE.search(text) is not None
        for number in (source.line, source.column):
            yield number is not None and type(number) is not int


def _kind(judgment: object) -> str:
    return shown(type(judgment).__name__).strip("'")
