"""From what somebody changed to the draft of a commit."""

import re
from collections.abc import Callable, Iterator
from typing import Final

from missionkit.codec.stored import stored
from missionkit.domain.history import Change, Payload, Put, Remove
from missionkit.domain.kinds import Kinds
from missionkit.domain.model import Model
from missionkit.domain.party import Party
from missionkit.errors import InvalidValueError
from missionkit.history import codes
from missionkit.history.differences import Diff
from missionkit.issue import Issue, did_you_mean
from missionkit.markup import shown

_SALT: Final = 16
_STREAM: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,63}(/[a-z0-9][a-z0-9-]{0,63}){0,7}")


def changes_of(
    diff: Diff, kinds: Kinds, token: Callable[[int], bytes]
) -> tuple[Change, ...]:
    """Return the puts and removals that a difference is; *token* gives the salts."""
    return tuple(_changes(diff, kinds, token))


def _changes(
    diff: Diff, kinds: Kinds, token: Callable[[int], bytes]
) -> Iterator[Change]:
    for each in diff.changes:
        if each.after is None:
            yield Remove(kind=each.kind, id=each.id)
        else:
            payload = Payload(token(_SALT), stored(each.after, kinds))
            yield Put(kind=each.kind, id=each.id, payload=payload)


def refuse_unfit(stream: object, by: object, why: object) -> None:
    """Raise `InvalidValueError` for a stream, an actor or a reason that is none."""
    issues = []
    if not isinstance(stream, str) or not _STREAM.fullmatch(stream):
        said = f"{shown(stream)} cannot be the name of a stream."
        issues.append(codes.BAD_STREAM.issue(said, path="stream", value=stream))
    for name, given, said in (("by", by, "who makes it"), ("why", why, "why")):
        if not isinstance(given, str) or not given.strip():
            issue = codes.NO_REASON.issue(
                f"A commit says {said}.", path=name, value=given
            )
            issues.append(issue)
    if issues:
        raise InvalidValueError("commit", tuple(issues))


def used_before(diff: Diff, gone: set[str]) -> Iterator[Issue]:
    """Yield an issue for each new element whose id another one had."""
    for each in diff.of("added"):
        if each.id in gone:
            yield codes.ID_USED_BEFORE.issue(
                f"The id {each.id!r} was that of an element which was removed.",
                ref=each.id,
                path="id",
                value=each.id,
            )


def unknown_actor(model: Model, by: str) -> Iterator[Issue]:
    """Yield advice where whoever acts is no party of the model."""
    parties = [party.id for party in model.of(Party)]
    if by not in parties:
        yield codes.UNKNOWN_ACTOR.issue(
            f"{shown(by)} is no party of the model.",
            path="by",
            value=by,
            fix=did_you_mean(by, parties),
        )
