"""What lies ahead of a review: each move from where it stands, and what it needs."""

from collections.abc import Iterable, Iterator, Mapping

from attrs import evolve, frozen

from missionkit.domain.history import Actor
from missionkit.domain.stages import Move, ReviewAct
from missionkit.domain.stepping import Planned
from missionkit.issue import Issue, Refusal, RefusalKind, Verdict
from missionkit.review.act import Asked, outcome
from missionkit.review.moving import Fire
from missionkit.rules.facts.review_roles import players_of
from missionkit.rules.waivers import Waived, Waivers

_NOBODY = "nobody"


@frozen
class Part:
    """A role, and the parties that play it in a review on the day."""

    role: str
    parties: tuple[str, ...] = ()


@frozen(kw_only=True)
class NextMove:
    """A move from where a review stands: what it needs, and who may make it.

    `refusals` are those of `can`; without the question of who acts, unless somebody
    was named. `waived` is what would stand in the way if it were not allowed. Where
    `anyone` may make it, the workflow names no roles.
    """

    move: Move
    target: str
    refusals: tuple[Refusal, ...] = ()
    waived: tuple[Waived, ...] = ()
    who: tuple[Part, ...] = ()
    anyone: bool = False

    @property
    def open(self) -> bool:
        """Whether nothing stands in the way."""
        return not self.refusals

    @property
    def nobody(self) -> bool:
        """Whether nobody plays any of the roles that may make it."""
        return not self.anyone and not any(part.parties for part in self.who)

    @property
    def issues(self) -> tuple[Issue, ...]:
        """What stands in the way: codes, elements, and what would mend it."""
        return tuple(refusal.issue for refusal in self.refusals)

    def as_dict(self) -> dict[str, object]:
        """Return it as JSON values."""
        return {
            "event": self.move.event,
            "causes": list(self.move.causes),
            "target": self.target,
            "open": self.open,
            "refusals": [
                {"kind": each.kind.value, **each.issue.as_dict()}
                for each in self.refusals
            ],
            "waived": [each.as_dict() for each in self.waived],
            **_who(self.who, anyone=self.anyone),
        }


@frozen(kw_only=True)
class Permitted:
    """An act that moves nothing, and who may do it where a review stands."""

    act: ReviewAct
    who: tuple[Part, ...] = ()
    anyone: bool = False

    def as_dict(self) -> dict[str, object]:
        """Return it as JSON values."""
        return {"act": self.act.value, **_who(self.who, anyone=self.anyone)}


def _who(parts: Iterable[Part], *, anyone: bool) -> dict[str, object]:
    return {
        "anyone": anyone,
        "roles": {part.role: list(part.parties) for part in parts},
    }


def next_moves(asked: Asked, *, named: bool) -> Iterator[NextMove]:
    """Yield the moves from where a review stands, in the order of its workflow.

    Where nobody was *named*, each is asked as if somebody who may make it did.
    """
    players = players_of(asked.view, asked.cycle)
    waivers = Waivers.at_gate(asked.view)
    taken: set[tuple[str, str]] = set()
    for planned in asked.workflow.table.moves_at(asked.position):
        who = _parts(planned.move.roles, players)
        actor = asked.by if named else _one_of(who)
        verdict = _verdict(evolve(asked, by=actor), planned, taken)
        found = (waivers.covering(issue) for issue in verdict.waived)
        yield NextMove(
            move=planned.move,
            target=planned.move.target or asked.cycle.stage or "",
            refusals=tuple(
                each
                for each in verdict.refusals
                if named or each.kind is not RefusalKind.ROLE
            ),
            waived=tuple(each for each in found if isinstance(each, Waived)),
            who=who,
            anyone=asked.workflow.open_to_all,
        )


def permitted(asked: Asked) -> Iterator[Permitted]:
    """Yield the acts that move nothing, with who may do them."""
    players = players_of(asked.view, asked.cycle)
    anyone = asked.workflow.open_to_all
    for act in (each for each in ReviewAct if each is not ReviewAct.OPEN_REVIEW):
        roles = asked.workflow.may(act, asked.cycle.stage)
        if roles or anyone:
            yield Permitted(act=act, who=_parts(roles, players), anyone=anyone)


def _verdict(asked: Asked, planned: Planned, taken: set[tuple[str, str]]) -> Verdict:
    """Return what `can` says of a move, by the first cause that leads just there."""
    move = planned.move
    free = [each for each in move.causes if (move.event, each) not in taken]
    taken.update((move.event, each) for each in move.causes)
    causes = frozenset((free or move.causes)[:1])
    return outcome(Fire(event=move.event, causes=causes), asked)[0]


def _parts(
    roles: Iterable[str], players: Mapping[str, frozenset[str]]
) -> tuple[Part, ...]:
    return tuple(Part(role, tuple(sorted(players.get(role, ())))) for role in roles)


def _one_of(who: Iterable[Part]) -> Actor:
    parties = (party for part in who for party in part.parties)
    return Actor(id=next(parties, _NOBODY))
