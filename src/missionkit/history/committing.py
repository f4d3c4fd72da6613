"""From what somebody changed to the draft of a commit."""

import re
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from typing import Final

from missionkit.codec.stored import stored
from missionkit.domain.characters import safe
from missionkit.domain.codes import UNKNOWN_KIND
from missionkit.domain.declaration import Element
from missionkit.domain.history import Change, Payload, Put, Remove
from missionkit.domain.kinds import Kinds
from missionkit.domain.model import Model
from missionkit.domain.opaque import Opaque
from missionkit.domain.party import Party
from missionkit.domain.spec import spec_of
from missionkit.domain.structure import kind_of
from missionkit.errors import InvalidValueError, ModelError
from missionkit.history import codes
from missionkit.history.differences import Diff, ElementChange
from missionkit.history.folding import State
from missionkit.issue import Issue, did_you_mean
from missionkit.markup import shown

_SALT: Final = 16
_STREAM: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,63}(/[a-z0-9][a-z0-9-]{0,63}){0,7}")


def changes_of(
    diff: Diff, model: Model, old: State, token: Callable[[int], bytes]
) -> tuple[Change, ...]:
    """Return the puts and removals that a difference is; *token* gives the salts.

    Where an earlier schema wrote what was there, everything is put anew: reading it
    may have made elements that nothing has stored yet.
    """
    return tuple(_changes(diff, model, old, token))


def _changes(
    diff: Diff, model: Model, old: State, token: Callable[[int], bytes]
) -> Iterator[Change]:
    for each in diff.of("removed"):
        # What was made while reading was never stored, and need not be removed.
        if each.id in old.there:
            yield Remove(kind=each.kind, id=each.id)
    put = (each.after for each in diff.changes)
    for element in model if old.is_old() else put:
        if element is not None:
            data = stored(element, model.kinds)
            kind = kind_of(element, model.kinds) or ""
            yield Put(kind=kind, id=element.id, payload=Payload(token(_SALT), data))


def refuse_unfit(stream: object, by: object, why: object, roles: object = None) -> None:
    """Raise `InvalidValueError` for a stream, an actor, roles or a reason of none."""
    issues = []
    if not isinstance(stream, str) or not _STREAM.fullmatch(stream):
        said = f"{shown(stream)} cannot be the name of a stream."
        if not isinstance(stream, str):
            said = "The name of a stream is text."
        issues.append(codes.BAD_STREAM.issue(said, path="stream", value=stream))
    for name, given, asked in (("by", by, "who makes it"), ("why", why, "why")):
        if not isinstance(given, str) or not given.strip():
            said = f"A commit says {asked}."
            issues.append(codes.NO_REASON.issue(said, path=name, value=given))
        elif not safe(given):
            said = f"{shown(given)} is no text that can be kept."
            issues.append(codes.NO_REASON.issue(said, path=name, value=given))
    if not _is_narrowing(roles):
        said = "The roles to which an actor is narrowed are several names, or none."
        fix = 'give them as roles=("owner",)'
        issues.append(
            codes.NO_REASON.issue(said, path="by.roles", value=roles, fix=fix)
        )
    if issues:
        raise InvalidValueError("commit", tuple(issues))


def _is_narrowing(roles: object) -> bool:
    """Return whether roles are not narrowed, or to what can be kept."""
    if not isinstance(roles, tuple):
        return roles is None
    return all(isinstance(each, str) and each.strip() and safe(each) for each in roles)


def refuse_foreign(kinds: Kinds, known: Kinds) -> None:
    """Raise `ModelError` for kinds that nobody could read back."""
    issues = tuple(
        UNKNOWN_KIND.issue(
            f"{spec.kind!r} is none of the kinds of this workspace.",
            path="kind",
            value=spec.kind,
            fix="open the workspace with kinds= that hold its class",
        )
        for spec in kinds
        if spec.cls not in known
    )
    if issues:
        raise ModelError(issues)


def used_before(
    diff: Diff, gone: AbstractSet[str], back: AbstractSet[str] = frozenset()
) -> Iterator[Issue]:
    """Yield an issue for each new element whose id another one had.

    Those in *back* are no others: they come back as they were.
    """
    for each in diff.changes:
        again = each.what == "added" and each.id in gone and each.id not in back
        if again or _is_another(each):
            yield codes.ID_USED_BEFORE.issue(
                f"The id {each.id!r} is or was that of another element.",
                ref=each.id,
                path="id",
                value=each.id,
            )


def _is_another(each: ElementChange) -> bool:
    """Return whether an element stands in the place of one that it is not."""
    before, after = each.before, each.after
    if before is None or after is None:
        return False
    if isinstance(after, Opaque):
        return after.kind != _kind(before)
    return type(before) is not type(after)


def _kind(element: Element) -> str:
    if isinstance(element, Opaque):
        return element.kind
    cls: type = type(element)
    return spec_of(cls).kind


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
