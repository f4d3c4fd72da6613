"""Which state of a stream is asked for: a version, what was known, or the newest."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, tzinfo
from typing import Final

from attrs import frozen

from missionkit.domain.declaration import Element, id_of
from missionkit.domain.history import Actor
from missionkit.errors import InvalidValueError
from missionkit.history import codes
from missionkit.history.committing import refuse_unfit
from missionkit.history.folding import State
from missionkit.history.past import (
    Progress,
    as_known,
    at_version,
    newest,
    refuse_unknown,
)
from missionkit.history.writing import Act
from missionkit.ports.store import Store

_ANY: Final = "any"


@frozen(kw_only=True)
class When:
    """A version, or a day and its time zone; neither stands for now."""

    version: int | None = None
    known: date | None = None
    tz: tzinfo = UTC

    def __attrs_post_init__(self) -> None:
        """Refuse what is no version and no day, and both at once."""
        zone: object = self.tz
        if self.version is not None and type(self.version) is not int:
            _refuse("version", self.version, "A version is a whole number.")
        if self.known is not None and not _is_day(self.known):
            _refuse("known", self.known, "A day is a date without a time.")
        if not isinstance(zone, tzinfo):
            _refuse("tz", zone, "A time zone is an object, made by zoneinfo.")
        if self.version is not None and self.known is not None:
            _refuse("known", self.known, "A version and a day cannot both be asked.")

    def state(
        self, store: Store, stream: str, progress: Progress | None = None
    ) -> State:
        """Return the state of a stream then.

        Raises:
            NotFoundError: there is no such stream or version, or nothing was known yet.
        """
        refuse_unknown(store, stream)
        if self.version is not None:
            return at_version(store, stream, self.version, progress)
        if self.known is not None:
            return as_known(store, stream, self.known, self.tz, progress)
        return newest(store, stream, progress)


def _is_day(value: object) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)


def _refuse(path: str, value: object, said: str) -> None:
    issue = codes.WRONG_QUESTION.issue(said, path=path, value=value)
    raise InvalidValueError("question", (issue,))


def act_of(stream: str, by: str | Actor, why: str) -> Act:
    """Return who acts on a stream and why.

    Raises:
        InvalidValueError: the stream's name, *by* or *why* is none.
    """
    actor, roles = (by.id, by.roles) if isinstance(by, Actor) else (by, None)
    refuse_unfit(stream, actor, why, roles)
    return Act(by=actor, why=why, roles=roles)


def act_by(by: str | Actor, why: str) -> Act:
    """Return who acts and why, in any stream.

    Raises:
        InvalidValueError: *by* or *why* is none.
    """
    return act_of(_ANY, by, why)


def names_from(names: object) -> tuple[str, ...]:
    """Return the names that are given; a text is one name.

    Raises:
        InvalidValueError: one is no text.
    """
    given = tuple(names) if isinstance(names, Iterable) else (names,)
    found = (names,) if isinstance(names, str) else given
    for name in found:
        if not isinstance(name, str):
            _refuse("names", name, "A name is text.")
    return found


def ids_of(refs: Element | str | Iterable[Element | str]) -> frozenset[str]:
    """Return the ids of one element or of many."""
    if isinstance(refs, str) or not isinstance(refs, Iterable):
        return frozenset({id_of(refs)})
    return frozenset(map(id_of, refs))
