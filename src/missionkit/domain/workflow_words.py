"""Whether the words of a workflow are said once, and lead to what is there."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from missionkit.domain import codes
from missionkit.domain.review import CycleStatus
from missionkit.domain.stages import Move, Permission, Stage, WorkflowRole
from missionkit.issue import Issue, did_you_mean
from missionkit.markup import shortened, shown

_MOST_LOOKED_UP: Final = 20
_MOST_LISTED: Final = 8
_WIDTH: Final = 40
_RUNNING: Final = frozenset({None, CycleStatus.ACTIVE})
_OVER: Final = frozenset({None, CycleStatus.CLOSED, CycleStatus.CANCELED})


class Hints:
    """The names that are known, and what to say of one that is not.

    To compare names takes time, so that only the first unknown ones are told the
    nearest.
    """

    def __init__(self, known: Iterable[str]) -> None:
        self._known = dict.fromkeys(known)
        self._looked_up = 0
        listed = [shortened(each, _WIDTH) for each in self._known]
        more = " …" if len(listed) > _MOST_LISTED else ""
        self.some: str = f"{', '.join(listed[:_MOST_LISTED])}{more}"

    def __contains__(self, name: str) -> bool:
        """Return whether a name is known."""
        return name in self._known

    def __call__(self, name: str) -> str:
        """Return what to write instead of an unknown name."""
        self._looked_up += 1
        near = self._looked_up <= _MOST_LOOKED_UP and did_you_mean(name, self._known)
        return near or (f"use one of {self.some}" if self.some else "")


def names(stages: Sequence[Stage], ends: Sequence[str]) -> Iterator[Issue]:
    """Yield an issue for each key that two stages or ends have."""
    seen: dict[str, str] = {}
    places = [(f"stages[{n}].key", stage.key) for n, stage in enumerate(stages)]
    for path, key in (*places, *((f"ends[{n}]", end) for n, end in enumerate(ends))):
        if seen.setdefault(key, path) != path:
            yield codes.STAGE_REPEATED.issue(
                f"The key {shown(key)} is used a second time: {seen[key]} has it too.",
                path=path,
                value=key,
            )


def loose(
    stages: Sequence[Stage], ends: Sequence[str], moves: Sequence[Move]
) -> Iterator[Issue]:
    """Yield an issue for each move from or to what is not there."""
    keys = [stage.key for stage in stages]
    sources, targets = Hints(keys), Hints([*keys, *ends])
    for at, move in enumerate(moves):
        way = f"{move.source or 'any stage'} -{move.event}-> {move.target or ''}"
        for name, key, known in (
            ("source", move.source, sources),
            ("target", move.target, targets),
        ):
            if key is not None and key not in known:
                said = "from" if name == "source" else "to"
                yield codes.MOVE_TO_NOWHERE.issue(
                    f"{way.rstrip()} leads {said} {shown(key)}, which is not there.",
                    path=f"moves[{at}].{name}",
                    value=key,
                    fix=known(key),
                )


def said_twice(
    permissions: Sequence[Permission], roles: Sequence[WorkflowRole]
) -> Iterator[Issue]:
    """Yield an issue for each act and each role that is told of a second time."""
    acts = [(f"permissions[{n}].act", each.act) for n, each in enumerate(permissions)]
    named = [(f"roles[{n}].name", each.name) for n, each in enumerate(roles)]
    for said, found in (("Who may do", acts), ("The role", named)):
        seen: dict[str, str] = {}
        for path, name in found:
            if seen.setdefault(str(name), path) != path:
                yield codes.SAID_TWICE.issue(
                    f"{said} {shown(str(name))} is told a second time:"
                    f" {seen[str(name)].rpartition('.')[0]} tells it too.",
                    path=path,
                    value=name,
                )


def odd_statuses(ends: Sequence[str], moves: Sequence[Move]) -> Iterator[Issue]:
    """Yield an issue for each status that a review cannot come to by a move."""
    for at, move in enumerate(moves):
        path, then = f"moves[{at}]", f"{move.event} is followed by {move.then}"
        if why := _oddly_followed(move, ends):
            said = f"{move.event}: {why}" if move.then is None else f"{then}: {why}"
            yield codes.BAD_STATUS.issue(
                f"{said}.", path=f"{path}.then", value=move.then or "nothing"
            )
        if move.source is not None and move.when == (CycleStatus.DRAFT,):
            yield codes.BAD_STATUS.issue(
                f"{move.event} leads on from {shown(move.source)}, but a draft is in no"
                " stage yet.",
                path=f"{path}.source",
                value=move.source,
                fix="leave `source` out, or change `when`",
            )
        for number, status in enumerate(move.when):
            if move.target is None and status is move.then:
                where = f"{move.source or 'any stage'} ({status})"
                yield codes.CHANGES_NOTHING.issue(
                    f"{where} -{move.event}-> {where}.",
                    path=f"{path}.when[{number}]",
                    value=status,
                )


def _oddly_followed(move: Move, ends: Sequence[str]) -> str:
    """Return what is wrong with the status after a move, or nothing."""
    if move.target in ends:
        return "" if move.then in _OVER else "at an end a review is over"
    if move.target is not None:
        return "" if move.then in _RUNNING else "a stage is entered active"
    drafts = CycleStatus.DRAFT in move.when
    if move.then is None:
        only = set(move.when) == {CycleStatus.SUSPENDED}
        return "" if only else "only a suspended review has a status to go back to"
    if move.then is CycleStatus.DRAFT:
        return "what was opened is no draft again"
    if move.then is CycleStatus.CLOSED:
        return "a review is closed at an end, so name it as the target"
    if drafts and move.then is not CycleStatus.CANCELED:
        return "a draft is in no stage yet, so name the one it enters"
    return ""
