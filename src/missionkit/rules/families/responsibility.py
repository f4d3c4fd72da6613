"""Whether each thing has those who answer for it, and nobody too much of it."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Final, TypeAlias

from attrs import field, frozen

from missionkit.domain.process import Activity, Process
from missionkit.domain.review import ActionStatus, ImprovementAction
from missionkit.domain.role import (
    Letter,
    Responsibility,
    RoleAssignment,
    RoleKind,
)
from missionkit.ports.rule import Judgment, LimitSpec, NotJudged, RuleEntry, RuleView
from missionkit.processes.matrix import CONSULTED
from missionkit.rules.codes import responsibility as codes
from missionkit.rules.facts.lifetime import holds
from missionkit.rules.facts.players import (
    NEEDS_A_DAY,
    assigned,
    handed_over,
    is_active,
    players,
)
from missionkit.trace.lifetime import is_retired

Part: TypeAlias = tuple[str, str | None]
"""A role, and what it is played for; None is the whole organization."""
Subjects: TypeAlias = Mapping[Part, set[str]]

_LISTED: Final = 3
_OVER: Final = frozenset(
    {ActionStatus.DONE, ActionStatus.VERIFIED, ActionStatus.INEFFECTIVE}
)
_NOT_CLOSED: Final = (
    "roles are assigned for a period, and nobody recorded when the action was closed"
)
ACCOUNTABLE: Final = LimitSpec(
    "accountable_subjects", 7, "for how many things one party may be accountable"
)


def _roles(letters: Iterable[Responsibility], letter: Letter) -> list[str]:
    return sorted({each.role for each in letters if each.letter is letter})


def _listed(view: RuleView, refs: Iterable[str]) -> str:
    """Return up to three elements by title."""
    found = sorted(refs)
    more = [f"{len(found) - _LISTED} more"] if len(found) > _LISTED else []
    return ", ".join([*map(view.titled, found[:_LISTED]), *more])


def _rows(view: RuleView) -> Mapping[str, tuple[Responsibility, ...]]:
    """Return the responsibility matrix, without what has been retired."""
    return {
        subject: letters
        for subject, letters in view.referring(Responsibility, "on").items()
        if not _is_retired(view, subject)
    }


def _is_retired(view: RuleView, subject: str) -> bool:
    """Return whether something is a retired process, or an activity of one."""
    activity = view.by_id(Activity).get(subject)
    process = view.by_id(Process).get((activity.process or "") if activity else subject)
    return process is not None and is_retired(process, view.on)


def accountable_roles(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each row of the responsibility matrix without just one A."""
    for subject, letters in view.once(_rows).items():
        roles = _roles(letters, Letter.ACCOUNTABLE)
        if len(roles) != 1:
            many = f"{len(roles)} accountable roles: {_listed(view, roles)}"
            who = many if roles else "no accountable role"
            yield codes.NOT_ONE_ACCOUNTABLE.issue(
                f"{view.named(subject)} has {who}.",
                ref=subject,
                value=len(roles),
            )


def responsible_roles(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each row of the responsibility matrix without an R."""
    for subject, letters in view.once(_rows).items():
        if not _roles(letters, Letter.RESPONSIBLE):
            yield codes.NOBODY_RESPONSIBLE.issue(
                f"{view.named(subject)} has no responsible role.", ref=subject
            )


def process_owners(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each living process that has not just one active owner."""
    owners = assigned(view, RoleKind.OWNER)
    unknown = []
    for process in view.of(Process):
        if is_retired(process, view.on):
            continue
        who = players(view, owners.get(process.id, ()), view.on)
        if who.perhaps and len(who.sure) <= 1:
            unknown.append(process.id)
        elif len(who.sure) != 1:
            day = f" on {view.on}" if view.on and process.id in owners else ""
            many = f"{len(who.sure)} owners{day}: {_listed(view, who.sure)}"
            yield codes.NOT_ONE_OWNER.issue(
                f"{view.named(process)} has {many if who.sure else f'no owner{day}'}.",
                ref=process.id,
                value=len(who.sure),
            )
    if unknown:
        yield NotJudged(codes.NOT_ONE_OWNER.code, NEEDS_A_DAY, tuple(unknown))


@frozen
class _Played:
    """The roles of one party, each with what it is played for: sure, and perhaps."""

    sure: set[Part] = field(factory=set)
    perhaps: set[Part] = field(factory=set)


def parties_accountable_for_much(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each active party that has the letter A on too many things.

    A role that is assigned for the whole organization counts with all its letters,
    one assigned for an element with those on that element and on its activities.
    """
    most = view.limit(ACCOUNTABLE.name)
    subjects = _accountable_subjects(view)
    # Many parties play the same parts, which are then counted once.
    counted = cache(lambda parts: len(set().union(*(subjects[p] for p in parts))))
    unknown = []
    for party, played in _played(view, subjects).items():
        count = counted(frozenset(played.sure))
        if count > most:
            yield codes.ACCOUNTABLE_FOR_TOO_MUCH.issue(
                f"{view.named(party)} is accountable for {count} things,"
                f" more than {most:g}.",
                ref=party,
                value=count,
            )
        elif counted(frozenset(played.sure | played.perhaps)) > most:
            unknown.append(party)
    if unknown:
        code = codes.ACCOUNTABLE_FOR_TOO_MUCH.code
        yield NotJudged(code, NEEDS_A_DAY, tuple(sorted(unknown)))


def _played(view: RuleView, subjects: Subjects) -> Mapping[str, _Played]:
    """Return the parts of each party, as far as anything is answered for in them."""
    root = str(view.model.root.id) if view.model.root else None
    found: dict[str, _Played] = {}
    for each in view.of(RoleAssignment):
        whole = each.on is None or each.on == root
        part = (str(each.role), None if whole else str(each.on))
        held = holds(each.period, view.on)
        if part in subjects and held is not False and is_active(view, each.party):
            by = found.setdefault(each.party, _Played())
            (by.sure if held else by.perhaps).add(part)
    return found


def _accountable_subjects(view: RuleView) -> Subjects:
    """Return what is answered for in each part, by the letter A."""
    activities = view.by_id(Activity)
    found: dict[Part, set[str]] = {}
    for each in view.of(Responsibility):
        if each.letter is Letter.ACCOUNTABLE and each.on in view.once(_rows):
            activity = activities.get(each.on)
            within = activity.process if activity else None
            for scope in {None, str(each.on), within}:
                found.setdefault((each.role, scope), set()).add(each.on)
    return found


def consulted_roles(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each thing about which too many roles are consulted."""
    most = view.limit(CONSULTED.name)
    for subject, letters in view.once(_rows).items():
        roles = _roles(letters, Letter.CONSULTED)
        if len(roles) > most:
            yield codes.TOO_MANY_CONSULTED.issue(
                f"{view.named(subject)} has {len(roles)} roles to consult,"
                f" more than {most:g}.",
                ref=subject,
                value=len(roles),
            )


def verifiers_who_own(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each action that is verified by its owner.

    Who owned it is judged on the day the action was closed; who gave it away on that
    day owned it in the morning. Of one that is over, but
    closed on a day that nobody recorded, only who owned it on all days is known.
    """
    owners = assigned(view, RoleKind.OWNER)
    unknown: dict[str, list[str]] = {}
    for action in view.of(ImprovementAction):
        over = action.status in _OVER
        day = action.closed or (None if over else view.on)
        who = players(view, owners.get(action.id, ()), day)
        gave = handed_over(view, action.id, day) if day else frozenset()
        if action.verified_by in who.sure | gave:
            yield codes.VERIFIER_IS_OWNER.issue(
                f"{view.named(action)} is verified by its owner.",
                ref=action.id,
                path="verified_by",
                value=action.verified_by,
            )
        elif action.verified_by in who.perhaps:
            why = _NOT_CLOSED if over else NEEDS_A_DAY
            unknown.setdefault(why, []).append(action.id)
    for why, refs in unknown.items():
        yield NotJudged(codes.VERIFIER_IS_OWNER.code, why, tuple(refs))


RULES: Final = (
    RuleEntry(rule=accountable_roles, codes=(codes.NOT_ONE_ACCOUNTABLE,)),
    RuleEntry(rule=responsible_roles, codes=(codes.NOBODY_RESPONSIBLE,)),
    RuleEntry(rule=process_owners, codes=(codes.NOT_ONE_OWNER,)),
    RuleEntry(
        rule=parties_accountable_for_much,
        codes=(codes.ACCOUNTABLE_FOR_TOO_MUCH,),
        limits=(ACCOUNTABLE,),
    ),
    RuleEntry(
        rule=consulted_roles, codes=(codes.TOO_MANY_CONSULTED,), limits=(CONSULTED,)
    ),
    RuleEntry(rule=verifiers_who_own, codes=(codes.VERIFIER_IS_OWNER,)),
)
