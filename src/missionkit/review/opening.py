"""A review is opened: as a draft, with its agenda and what it takes over."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import partial
from typing import ClassVar, Unpack

from attrs import evolve, frozen

from missionkit.domain.agenda import AGENDAS
from missionkit.domain.declaration import Element
from missionkit.domain.history import Actor
from missionkit.domain.ids import AgendaItemId, unused
from missionkit.domain.model import Model
from missionkit.domain.review import Agenda, AgendaItem, CycleStatus, ReviewCycle
from missionkit.domain.stages import ReviewAct
from missionkit.domain.stepping import lacking
from missionkit.domain.workflow import Workflow
from missionkit.errors import RefusedError
from missionkit.issue import Issue, Refusal, RefusalKind, Verdict, did_you_mean
from missionkit.markup import shown
from missionkit.review import codes
from missionkit.review.act import Asked, Plan, done
from missionkit.review.asking import asked_anew
from missionkit.review.carry_over import TakingOver, openings
from missionkit.review.in_turn import goes_on, passed_over, to_follow
from missionkit.review.new_ids import NewIds
from missionkit.review.prove import proof_of
from missionkit.review.setting import Settings, setting_of
from missionkit.rules.facts.cycles import last_closed, was_closed


@frozen(kw_only=True)
class OpenReview:
    """A review begins as a draft; the event ``open`` then enters its first stage."""

    name: ClassVar[str] = ReviewAct.OPEN_REVIEW.value

    def plan(self, asked: Asked) -> Plan:
        """Return what stands against it, and the records with which it begins."""
        last = last_closed(asked.view, asked.cycle)
        cycle = evolve(
            asked.cycle,
            workflow_version=asked.workflow.version,
            previous=asked.cycle.previous or (last.id if last else None),
            stage=None,
            status=CycleStatus.DRAFT,
            pass_number=1,
            outcome=None,
        )
        asked = evolve(asked, cycle=cycle)
        refusals = (
            *_role_lacking(asked),
            *(Refusal(RefusalKind.EVENT, issue) for issue in _id_taken(asked)),
            *(Refusal(RefusalKind.EVENT, issue) for issue in _no_agenda(asked)),
            *(Refusal(RefusalKind.STAGE, issue) for issue in _unsound(asked)),
            *(Refusal(RefusalKind.STAGE, issue) for issue in _not_now(asked, last)),
        )
        return Plan(partial(_made, asked), refusals)


def open_review(
    model: Model,
    cycle: ReviewCycle,
    *,
    by: str | Actor,
    at: datetime,
    why: str,
    **settings: Unpack[Settings],
) -> Model:
    """Return the model with a new review, a draft until it is opened by the event.

    It follows the newest closed review of its workflow and scope, unless it names
    another one, and takes over what that left open: actions, agenda items that were
    deferred, signals and risks, in an artifact with the view ``carry-over``. Its agenda
    is put with an item for each entry.

    Raises:
        RefusedError: it may not be opened; the verdict says why.
        InvalidValueError: there is no model, review, actor, instant or reason.
    """
    setting = setting_of(**settings)
    given = asked_anew(model, cycle, by=by, at=at, why=why, setting=setting)
    if isinstance(given, Refusal):
        raise RefusedError(Verdict(allowed=False, refusals=(given,)))
    return done(OpenReview(), given)


def _role_lacking(asked: Asked) -> Iterator[Refusal]:
    workflow = asked.workflow
    named = any(p.act is ReviewAct.OPEN_REVIEW for p in workflow.permissions)
    act = ReviewAct.OPEN_REVIEW
    wanted = workflow.may(act) if named else tuple(_openers(workflow))
    if not workflow.open_to_all and asked.roles.isdisjoint(wanted):
        issue = lacking("open_review", wanted, asked.roles)
        yield Refusal(RefusalKind.ROLE, evolve(issue, ref=asked.cycle.id))


def _openers(workflow: Workflow) -> Iterable[str]:
    """Return the roles that may lead a review from its draft into a stage."""
    return dict.fromkeys(
        role for planned in openings(workflow) for role in planned.move.roles
    )


def _id_taken(asked: Asked) -> Iterator[Issue]:
    ref = asked.cycle.id
    if ref in asked.model:
        yield codes.ID_TAKEN.issue(
            f"The id {ref} is taken by {asked.view.titled(ref)}.",
            ref=ref,
            path="id",
            value=ref,
            fix=f"take another id, such as {unused(ref, 'review_cycle', asked.model)}",
        )


def _no_agenda(asked: Asked) -> Iterator[Issue]:
    """Yield the issue of an agenda that is neither in the model nor a known one."""
    ref, brought = asked.cycle.agenda, [str(each.id) for each in AGENDAS]
    if ref is None or ref in asked.model or ref in brought:
        return
    own = [str(each.id) for each in asked.view.of(Agenda)]
    known = dict.fromkeys((*own, *brought))
    yield codes.NOT_THERE.issue(
        f"There is no agenda {shown(ref)}.",
        ref=asked.cycle.id,
        path="agenda",
        value=ref,
        fix=did_you_mean(ref, known) or f"use one of {', '.join(known)}",
    )


def _unsound(asked: Asked) -> tuple[Issue, ...]:
    """Return what is wrong with the workflow; by a wrong one no review begins."""
    guards, rules = asked.setting.guards, asked.setting.rules
    return proof_of(asked.workflow, model=asked.model, guards=guards, rules=rules)


def _not_now(asked: Asked, last: ReviewCycle | None) -> Iterator[Issue]:
    """Yield what has to be done about other reviews before a new one begins."""
    view, cycle = asked.view, asked.cycle
    yield from goes_on(view, cycle)
    previous = asked.model.find(cycle.previous or "")
    if not isinstance(previous, ReviewCycle):
        return
    if previous.status is CycleStatus.CLOSED:
        yield from passed_over(view, cycle)
        return
    set_back = was_closed(view, previous)
    since = f"was closed, and set to {previous.status} since"
    yield codes.NOT_CLOSED.issue(
        f"{view.named(previous)} {since}."
        if set_back
        else f"{view.named(previous)} is not closed, but {previous.status}.",
        ref=previous.id,
        path="previous",
        value=previous.id,
        fix="set its `status` back to closed" if set_back else to_follow(last),
    )


def _made(asked: Asked) -> Iterator[Element]:
    cycle = asked.cycle
    ids = asked.new_ids({cycle.id, cycle.agenda or ""})
    taken = tuple(TakingOver.of(asked.view, cycle, asked.workflow, ids).elements())
    yield cycle
    yield from _agenda(asked, ids, taken)
    yield from taken


def _agenda(asked: Asked, ids: NewIds, taken: Iterable[Element]) -> Iterator[Element]:
    """Yield the items of the review's agenda, and the agenda where it is a known one.

    An entry that was deferred to the review has its item among what is taken over.
    """
    deferred = {item.code for item in taken if isinstance(item, AgendaItem)}
    cycle = asked.cycle
    agenda = asked.model.find(cycle.agenda or "")
    if agenda is None:
        agenda = next((each for each in AGENDAS if each.id == cycle.agenda), None)
        yield from (agenda,) if agenda else ()
    entries = agenda.entries if isinstance(agenda, Agenda) else ()
    for entry in (each for each in entries if each.code not in deferred):
        yield AgendaItem(
            id=AgendaItemId(ids.of("agenda_item", f"{cycle.id}-{entry.code}")),
            title=entry.title,
            code=entry.code,
            cycle=cycle.id,
        )
