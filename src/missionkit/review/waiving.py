"""A rule or a guard is waived for a time: who asks for it does not grant it."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import ClassVar, Final, Unpack

from attrs import frozen

from missionkit.domain.declaration import Element, value
from missionkit.domain.history import Actor
from missionkit.domain.ids import AnyId, PartyId, WaiverId
from missionkit.domain.model import Model
from missionkit.domain.party import Party
from missionkit.domain.review import ReviewCycle, Waiver
from missionkit.domain.stages import ReviewAct
from missionkit.domain.values import Line
from missionkit.issue import Refusal, RefusalKind, did_you_mean
from missionkit.markup import shown
from missionkit.ports.codes import GUARD_REFUSED
from missionkit.review import codes
from missionkit.review.act import Act, Asked, Plan
from missionkit.review.engine import performed
from missionkit.review.looking_up import absent, day_amiss, ref_of
from missionkit.review.setting import Settings

HONORED: Final = (
    codes.NOT_JUDGED.code,
    codes.NO_GUARD.code,
    codes.GUARD_FAILED.code,
    GUARD_REFUSED.code,
)
"""What a gate can be refused for besides rules, and may be waived as they are."""


@frozen(kw_only=True)
@value
class Waive(Act):
    """That a rule, or a guard, is not kept on an element is allowed for a time."""

    name: ClassVar[str] = ReviewAct.WAIVE.value
    code: Line
    on: AnyId
    until: date
    requested_by: PartyId

    def plan(self, asked: Asked) -> Plan:
        """Return what stands against the waiver, and the waiver."""
        refusals = (
            *asked.refused_status(ReviewAct.WAIVE),
            *asked.refused_role(ReviewAct.WAIVE),
            *asked.refused_party(),
            *own_request(self, asked),
            *_nothing_to_waive(self, asked),
            *absent(asked, self.on, "on"),
            *absent(asked, self.requested_by, "requested_by", Party),
            *day_amiss(asked, self.until, "until"),
        )
        return Plan(lambda: self._made(asked), refusals)

    def _made(self, asked: Asked) -> Iterable[Element]:
        ref = asked.new_ids().of("waiver", f"{self.code}-on-{self.on}")
        yield Waiver(
            id=WaiverId(ref),
            code=self.code,
            on=self.on,
            granted_by=PartyId(asked.by.id),
            why=asked.why,
            until=self.until,
            requested_by=self.requested_by,
        )


def own_request(act: Waive, asked: Asked) -> Iterator[Refusal]:
    """Yield the refusal of an actor who grants what they asked for themselves."""
    if act.requested_by == asked.by.id:
        issue = codes.OWN_REQUEST.issue(
            f"{shown(asked.by.id)} asked for this waiver.",
            ref=asked.cycle.id,
            path="requested_by",
            value=asked.by.id,
        )
        yield Refusal(RefusalKind.ROLE, issue)


def _nothing_to_waive(act: Waive, asked: Asked) -> Iterator[Refusal]:
    entries = asked.setting.rules
    known = {code.code for entry in entries for code in entry.codes}
    guards = {guard for move in asked.workflow.moves for guard in move.guards}
    # A rule without codes may report under any that is not ours.
    free = any(not entry.codes for entry in entries) and not act.code.startswith("MK-")
    if free or act.code in known | guards or act.code in HONORED:
        return
    near = did_you_mean(act.code, sorted(guards))
    issue = codes.NOTHING_TO_WAIVE.issue(
        f"{shown(act.code)} is no code of a rule, and no guard of the workflow.",
        ref=asked.cycle.id,
        path="code",
        value=act.code,
        fix=did_you_mean(act.code.upper(), sorted(known)) or near,
    )
    yield Refusal(RefusalKind.EVENT, issue)


def waive(  # noqa: PLR0913 - all that is told of an act, by keyword
    model: Model,
    cycle: ReviewCycle | str,
    code: str,
    on: Element | str,
    until: date,
    *,
    requested_by: Element | str,
    by: str | Actor,
    at: datetime,
    why: str,
    **settings: Unpack[Settings],
) -> Model:
    """Return the model with a waiver: until a day, a rule is not kept on an element.

    *code* is that of a rule, or the name of a guard of the workflow. Gates let pass
    what is waived, and tell of it.

    Raises:
        RefusedError: it may not be waived; the verdict says why.
        InvalidValueError: an argument is missing or of a wrong type; all are named.
        NotFoundError: there is no such review.
    """
    return performed(
        model,
        cycle,
        lambda: Waive(
            code=code,
            on=ref_of(on),
            until=until,
            requested_by=ref_of(requested_by),
        ),
        by=by,
        at=at,
        why=why,
        settings=settings,
    )
