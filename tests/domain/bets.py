"""Kinds of a third party, declared as the documentation says."""

from enum import StrEnum
from typing import Annotated, NewType

from attrs import frozen

from missionkit.domain.declaration import Entity, entity, invariant, value
from missionkit.domain.ext import NO_EXT, Ext
from missionkit.domain.ids import NeedId, ObjectiveId
from missionkit.domain.marks import Expected, Link, Naming, NotBlank, Progress, Validity
from missionkit.domain.values import Line, Money, Name, Period, Ratio

BetId = NewType("BetId", str)
WagerId = NewType("WagerId", str)


class Outcome(StrEnum):
    """How a bet ended."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"


@frozen(kw_only=True)
@value
class Odds:
    """How likely somebody holds it to be, and what the bet hangs on."""

    by: Line
    chance: Ratio
    of: Annotated[ObjectiveId | None, Link("odds_of")] = None


@frozen(kw_only=True)
@entity("acme.bet")
class Bet(Entity):
    """Something that is tried because it might serve a need."""

    id: BetId
    name: Name
    serves: Annotated[NeedId | None, Link("bets_on", trace=True), Expected("why?")] = (
        None
    )
    after: Annotated[tuple[BetId, ...], Link("after", acyclic=True)] = ()
    odds: tuple[Odds, ...] = ()
    stake: Money | None = None
    period: Annotated[Period | None, Validity()] = None
    outcome: Annotated[Outcome, Progress()] = Outcome.OPEN
    lesson: str = ""

    @invariant("ACME-BET-001", "a lost bet has a lesson", fields=("outcome", "lesson"))
    def _lesson_learned(self) -> bool:
        return self.outcome is not Outcome.LOST or bool(self.lesson)


@frozen(kw_only=True)
@entity("acme.wager")
class Wager:
    """A bet without the base class: every field stands here."""

    id: WagerId
    text: Annotated[str, NotBlank(), Naming()]
    bet: Annotated[BetId | None, Link("wagers", reverse=True)] = None
    tags: tuple[Line, ...] = ()
    notes: str = ""
    ext: Ext = NO_EXT
