"""Whether engineers, owners, coaches and performers of processes do their parts."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from missionkit.domain.care import CareFunction, Training
from missionkit.domain.party import Party
from missionkit.domain.process import Process, ReleaseState
from missionkit.domain.role import (
    Delivery,
    Development,
    Responsibility,
    Role,
    RoleAssignment,
    RoleKind,
)
from missionkit.domain.values import Cadence
from missionkit.ports.rule import Judgment, LimitSpec, RuleEntry, RuleView
from missionkit.processes.currency import (
    MONTHS,
    NOTICE,
    CareState,
    after,
    function_currency,
)
from missionkit.processes.playing import kind_of_role
from missionkit.processes.release import is_used
from missionkit.rules.codes import processes as codes
from missionkit.rules.facts import work
from missionkit.rules.facts.lifetime import holds
from missionkit.rules.facts.players import (
    assigned,
    is_active,
    owners,
    players,
)

STEERING: Final = LimitSpec(
    "steering_months",
    3,
    "at least every how many months performers read a measure that they steer by",
)
_TRAINING: Final = MONTHS[CareFunction.TRAINING]
# Rhythms are compared by where they lead to from one day on.
_SOME_DAY: Final = date(2026, 1, 1)


def owners_who_perform_alone(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each process in use that nobody but its owner performs."""
    for process in _used(view):
        doing, who = work.performers(view, process), owners(view, process.id).sure
        if len(who) == 1 and doing == who:
            yield codes.OWNER_PERFORMS_ALONE.issue(
                f"{view.named(process)} is performed by its owner alone.",
                ref=process.id,
                value=", ".join(sorted(doing)),
            )


def _used(view: RuleView) -> Iterator[Process]:
    return (each for each in work.living(view) if is_used(each, view.day))


def processes_never_handed_over(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each published process that its engineer still keeps.

    An engineer who owns the process has nobody to hand it over to.
    """
    designed = assigned(view, RoleKind.ENGINEER)
    for process in work.living(view):
        if not work.has_reached(process, ReleaseState.PUBLISHED, view.day):
            continue
        engineers = {
            str(each.party)
            for each in designed.get(process.id, ())
            if not (each.period and each.period.start and each.period.start > view.day)
        }
        others = engineers - owners(view, process.id).sure
        if others and others == engineers and not work.accepted(view, process.id):
            yield codes.NEVER_HANDED_OVER.issue(
                f"{view.named(process)} is in use, and was never handed over.",
                ref=process.id,
                value=", ".join(sorted(others)),
            )


def incomplete_handovers(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each thing that an accepted handover did not deliver."""
    for process in work.living(view):
        for each in work.accepted(view, process.id):
            for what in Delivery:
                if what not in each.delivered:
                    yield codes.HANDOVER_INCOMPLETE.issue(
                        f"{view.named(process)} was handed over without {what}.",
                        ref=each.id,
                        path="delivered",
                        value=what,
                        fix=f"deliver the {what}, and add {what!r} to `delivered`",
                    )


def handovers_to_others(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each handover that somebody else than the owner accepted.

    Who owned the process is judged on the day on which it was accepted.
    """
    owned = assigned(view, RoleKind.OWNER)
    for process in work.living(view):
        for each in work.accepted(view, process.id):
            who = players(view, owned.get(process.id, ()), each.accepted).sure
            if who and each.to_party and each.to_party not in who:
                yield codes.HANDOVER_TO_ANOTHER.issue(
                    f"{view.named(process)} was handed over to"
                    f" {view.titled(each.to_party)}, who did not own it.",
                    ref=each.id,
                    path="to_party",
                    value=each.to_party,
                )


def coaches_without_performers(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each process that is coached, and performed by nobody.

    Coached is what has a coach of its own, and what was commissioned: that the owner
    coaches. As long as the model tells of no performers at all, only those with a
    coach of their own are judged.
    """
    coaches = assigned(view, RoleKind.COACH)
    told = work.performers_are_told(view)
    for process in work.living(view):
        coached = players(view, coaches.get(process.id, ()), view.day).sure
        working = work.has_reached(process, ReleaseState.COMMISSIONED, view.day)
        if not (coached or (told and working)) or work.performers(view, process):
            continue
        yield codes.COACH_WITHOUT_PERFORMERS.issue(
            f"{view.named(process)} has nobody who performs it on {view.day}.",
            ref=process.id,
        )


def coaches_who_left(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each process whose coaches have all left.

    The owner coaches a process of which nobody else was ever named as its coach.
    """
    coaches = assigned(view, RoleKind.COACH)
    for process in work.living(view):
        named = [
            each
            for each in coaches.get(process.id, ())
            if not (each.period and each.period.start and each.period.start > view.day)
        ]
        if named and not players(view, named, view.day).sure:
            yield codes.COACH_GONE.issue(
                f"{view.named(process)} has no coach on {view.day}: the last one left.",
                ref=process.id,
                value=", ".join(sorted({str(each.party) for each in named})),
            )


def untrained_performers(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each performer of a process in use who was never trained.

    A training counts that is of the process or of the role, up to the day. One that is
    due again counts no more; where that is so of the whole process, its lapse says it.
    """
    for process in _used(view):
        lapsed = _training_lapsed(view, process)
        for each in work.performing(view, process):
            if not holds(each.period, view.day) or not is_active(view, each.party):
                continue
            had = [t for t in view.once(_trained).get(each.party, ()) if _fits(t, each)]
            if not had or (not lapsed and not any(_counts(view, t) for t in had)):
                what = "has not been trained again for" if had else "is not trained for"
                yield codes.PERFORMER_UNTRAINED.issue(
                    f"{view.named(each.party)} {what} {view.titled(process)}.",
                    ref=each.id,
                    path="party",
                    value=each.party,
                )


def _trained(view: RuleView) -> dict[str, list[Training]]:
    found: dict[str, list[Training]] = {}
    for each in view.of(Training):
        for party in each.parties if each.on is None or each.on <= view.day else ():
            found.setdefault(party, []).append(each)
    return found


def _fits(training: Training, performing: RoleAssignment) -> bool:
    if training.process is not None:
        return str(training.process) == str(performing.on)
    return training.role is None or training.role == performing.role


def _counts(view: RuleView, training: Training) -> bool:
    return training.next_due is None or training.next_due >= view.day


def _training_lapsed(view: RuleView, process: Process) -> bool:
    function = CareFunction.TRAINING
    found = function_currency(
        function,
        [a for a in work.acts(view).get(process.id, ()) if a.function is function],
        view.day,
        months=view.limit(_TRAINING.name),
        notice=NOTICE.default,
    )
    return found.state is CareState.LAPSED


def performers_without_metric(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each process whose performers have no measure to steer by.

    It is of the process, or of an objective that it pursues, and is read often enough.
    What is told elsewhere is not told again: that an objective has no measure, or that
    nobody says how often one is read.
    """
    months = view.limit(STEERING.name)
    for process in _used(view):
        doing = players(view, work.performing(view, process), view.day).sure
        held = [each.frequency for each in work.measures(view, process)]
        if not doing or any(each is None or _often(each, months) for each in held):
            continue
        if not held and any(work.objectives(view, process)):
            continue
        what = "only measures that are seldom read" if held else "no measure"
        yield codes.PERFORMER_WITHOUT_METRIC.issue(
            f"{view.named(process)} gives its performers {what}.",
            ref=process.id,
            value=", ".join(str(each) for each in held) or "nothing",
        )


def _often(frequency: Cadence, months: float) -> bool:
    """Return whether a rhythm is at least as fast as once in so many months."""
    return frequency.after(_SOME_DAY) <= after(_SOME_DAY, months)


def managers_of_people(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each manager in force who is assigned to people.

    People are parties, their roles, and their own records of growth.
    """
    roles = view.by_id(Role)
    for each in view.of(RoleAssignment):
        if each.on is None or not holds(each.period, view.day):
            continue
        manages = kind_of_role(each.role, roles.get(each.role)) is RoleKind.MANAGER
        if manages and isinstance(view.model.find(each.on), _PEOPLE):
            yield codes.MANAGER_OF_PEOPLE.issue(
                f"{view.named(each.party)} is to manage {view.titled(each.on)}.",
                ref=each.id,
                path="on",
                value=each.on,
            )


_PEOPLE: Final = (Party, Role, RoleAssignment, Development)


def unused_roles(view: RuleView) -> Iterator[Judgment]:
    """Yield advice for each role that nobody plays and that answers for nothing.

    Only where there is a responsibility matrix, in which it is an empty column.
    """
    used = (
        view.referring(RoleAssignment, "role").keys()
        | view.referring(Responsibility, "role").keys()
        | view.referring(Training, "role").keys()
    )
    for role in view.of(Role) if view.of(Responsibility) else ():
        if role.id not in used:
            yield codes.ROLE_UNUSED.issue(
                f"{view.named(role)} is played by nobody, and answers for nothing.",
                ref=role.id,
            )


RULES: Final = (
    RuleEntry(
        rule=owners_who_perform_alone,
        codes=(codes.OWNER_PERFORMS_ALONE,),
        needs_on=True,
    ),
    RuleEntry(
        rule=processes_never_handed_over,
        codes=(codes.NEVER_HANDED_OVER,),
        needs_on=True,
    ),
    RuleEntry(
        rule=incomplete_handovers, codes=(codes.HANDOVER_INCOMPLETE,), needs_on=True
    ),
    RuleEntry(
        rule=handovers_to_others, codes=(codes.HANDOVER_TO_ANOTHER,), needs_on=True
    ),
    RuleEntry(
        rule=coaches_without_performers,
        codes=(codes.COACH_WITHOUT_PERFORMERS,),
        needs_on=True,
    ),
    RuleEntry(rule=coaches_who_left, codes=(codes.COACH_GONE,), needs_on=True),
    RuleEntry(
        rule=untrained_performers,
        codes=(codes.PERFORMER_UNTRAINED,),
        needs_on=True,
        limits=(_TRAINING,),
    ),
    RuleEntry(
        rule=performers_without_metric,
        codes=(codes.PERFORMER_WITHOUT_METRIC,),
        needs_on=True,
        limits=(STEERING,),
    ),
    RuleEntry(rule=managers_of_people, codes=(codes.MANAGER_OF_PEOPLE,), needs_on=True),
    RuleEntry(rule=unused_roles, codes=(codes.ROLE_UNUSED,)),
)
