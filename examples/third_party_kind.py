"""A kind of one's own: declared once, it gets checks, JSON, links and lines of sight.

python examples/third_party_kind.py
"""

from decimal import Decimal
from typing import Annotated, NewType

from attrs import frozen

import missionkit as mk

BetId = NewType("BetId", str)


@frozen(kw_only=True)
@mk.entity("acme.bet")  # below attrs' decorator
class Bet(mk.Entity):
    """Something that may not work, tried for the sake of an objective."""

    id: BetId
    statement: mk.Statement
    on: Annotated[mk.ObjectiveId, mk.Link("bets_on", trace=True)]
    odds: Annotated[mk.Ratio | None, mk.Expected("bets are weighed by their odds")] = (
        None
    )
    stake: mk.Money | None = None


KINDS = mk.KINDS | {Bet}

with mk.draft("Harbour Housing Trust", kinds=KINDS) as d:
    intent = d.core_intent("Homes that people on low incomes can afford")
    goal = d.goal("Every home costs little to heat", intent=intent)
    warm = d.objective("82 % of homes reach energy band C", goal=goal)
    bet = d.make(
        Bet,
        "Sensors find damp before tenants do",
        on=warm,
        stake=mk.Money(Decimal(240_000), "GBP"),
    )
model = d.model

print("Checked:")
try:
    Bet(id=BetId("too-sure"), statement=" ", on=mk.ObjectiveId(warm.id), odds=1.2)
except mk.InvalidValueError as error:
    print(error)
gaps = [issue for issue in mk.check(model).issues if issue.ref == bet.id]
print(*gaps, sep="\n")

print()
print("Linked:")
print(mk.why(model, bet.id))
print(f"{warm.id!r} is named by {[by.id for by in model.referrers(warm.id)]}")

print()
print("Written and read:")
text = mk.dumps(model)
again = mk.loads(text, kinds=KINDS).model
print("the same model:", again == model)
stranger = mk.loads(text)  # here nobody knows what a bet is
print("without the class:", stranger.model.opaque[0].kind, "is kept as it is,")
print("and written back unchanged:", mk.dumps(stranger.model) == text)
