"""A third party's kind, declared as ours are and not one line more."""

from datetime import date
from typing import Annotated, NewType

from attrs import frozen

from missionkit.domain.declaration import Entity, entity, invariant, value
from missionkit.domain.ids import ObjectiveId
from missionkit.domain.kinds import KINDS
from missionkit.domain.marks import Expected, Link, NotEmpty
from missionkit.domain.values import Amount, Money, Name, Ratio

BetId = NewType("BetId", str)


@frozen(kw_only=True)
@value
class Odds:
    """A chance, as somebody saw it on a day."""

    chance: Ratio
    on: date


@frozen(kw_only=True)
@entity("acme.bet")
class Bet(Entity):
    """Money that is put on an objective."""

    id: BetId
    name: Name
    stake: Money
    odds: Annotated[tuple[Odds, ...], NotEmpty()]
    won: bool = False
    least: Amount | None = None
    objective: Annotated[
        ObjectiveId | None, Link("bets_on"), Expected("a bet is on something")
    ] = None
    hedges: Annotated[BetId | None, Link("hedges", acyclic=True)] = None

    @invariant("ACME-BET-001", "a bet that is won had a chance", fields=("won", "odds"))
    def _had_a_chance(self) -> bool:
        return not self.won or any(odds.chance for odds in self.odds)


WITH_BETS = KINDS | {Bet}
