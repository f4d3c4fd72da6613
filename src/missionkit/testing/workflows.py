"""Hypothesis strategies for workflows whose shape is sound.

@given(sound_workflows(roles=("sponsor", "reviewer")))
def test_my_engine_never_stops(workflow: Workflow) -> None: ...
"""

from collections.abc import Iterator, Sequence
from itertools import chain, count

from attrs import frozen
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from missionkit.domain.lifecycle import lifecycle
from missionkit.domain.stages import (
    Gate,
    Move,
    Permission,
    ReviewAct,
    Stage,
    StageOutput,
)
from missionkit.domain.workflow import Workflow

__all__ = ["sound_workflows"]

_ONWARD = ("complete", "skip", "decline", "refer", "return", "end")


def sound_workflows(  # noqa: PLR0913 - what may be drawn, by keyword
    *,
    most_stages: int = 5,
    guards: Sequence[str] = (),
    rules: Sequence[str] = (),
    roles: Sequence[str] = (),
    views: Sequence[str] = (),
    timed: bool = False,
) -> SearchStrategy[Workflow]:
    """Return a strategy for workflows of one to *most_stages* stages.

    Every stage can be reached and leads to an end; there are loops, moves by cause,
    moves from any stage, and reviews that are stopped and gone on with. *guards*,
    *rules* of gates, *roles* and *views* of outputs are drawn from those given; without
    roles, anybody may act. With *timed*, some stages have a time limit.
    """
    return _drawn(_Pools(most_stages, guards, rules, roles, views, timed))


@frozen
class _Pools:
    """What may be drawn."""

    most_stages: int
    guards: Sequence[str]
    rules: Sequence[str]
    roles: Sequence[str]
    views: Sequence[str]
    timed: bool


@st.composite
def _drawn(draw: st.DrawFn, pools: _Pools) -> Workflow:
    keys = [f"stage-{at}" for at in range(draw(st.integers(1, pools.most_stages)))]
    ends = ("closed", "declined")[: draw(st.integers(1, 2))]
    maker = _Maker(draw, pools)
    moves = (
        *_life(maker, keys[0]),
        *_onward(maker, keys, ends),
        *_corrections(maker, keys),
    )
    acts = (Permission(act=act, roles=maker.roles()) for act in ReviewAct)
    return Workflow(
        name="drawn",
        version=draw(st.integers(1, 3)),
        stages=tuple(_stage(maker, key, moves) for key in keys),
        ends=ends,
        moves=tuple(draw(st.permutations(moves))),
        permissions=tuple(acts) if pools.roles else (),
    )


@frozen
class _Maker:
    """Draws what stages and moves are made of."""

    draw: st.DrawFn
    pools: _Pools

    def some(self, known: Sequence[str], least: int = 0) -> tuple[str, ...]:
        """Return some of the names that are known, none twice."""
        if not known:
            return ()
        some = st.lists(st.sampled_from(known), unique=True, min_size=least, max_size=2)
        return tuple(self.draw(some))

    def roles(self) -> tuple[str, ...]:
        """Return roles, one at least where there are any."""
        return self.some(self.pools.roles, least=1)

    def guards(self) -> tuple[str, ...]:
        """Return guards, or none."""
        return self.some(self.pools.guards)

    def gate(self) -> Gate:
        """Return a gate of some rules, or of none."""
        return Gate(rules=self.some(self.pools.rules))

    def move(
        self,
        event: str,
        source: str | None,
        target: str,
        *,
        causes: tuple[str, ...] = (),
        priority: int = 0,
    ) -> Move:
        """Return a move between stages with guards and roles; by causes, no gates."""
        return Move(
            event=event,
            source=source,
            target=target,
            causes=causes,
            gated=not causes,
            guards=self.guards(),
            roles=self.roles(),
            priority=priority,
        )


def _life(maker: _Maker, start: str) -> Iterator[Move]:
    """Yield the move that opens, and some of those that stop a review and go on."""
    pairs = (("block", "unblock"), ("suspend", "resume"), ("cancel",))
    kept = {"open"}
    for pair in pairs:
        kept.update(pair if maker.draw(st.booleans()) else ())
    for move in lifecycle(
        start,
        open=maker.roles(),
        run=maker.roles(),
        cancel=maker.roles(),
        cancel_guards=maker.guards(),
    ):
        if move.event in kept:
            yield move


def _onward(maker: _Maker, keys: list[str], ends: tuple[str, ...]) -> Iterator[Move]:
    """Yield moves by which each stage is reached from an earlier one, and leads on."""
    later = (*keys, *ends)
    pick = maker.draw
    pairs = [
        (keys[pick(st.integers(0, at - 1))], keys[at]) for at in range(1, len(keys))
    ]
    pairs += [(pick(st.sampled_from(keys)), end) for end in ends]
    led = {source for source, _ in pairs}
    for at, key in enumerate(keys):
        if key not in led:
            pairs.append((key, pick(st.sampled_from(later[at + 1 :]))))
    left = {key: chain(_ONWARD, map("go-{}".format, count(1))) for key in keys}
    for source, target in pairs:
        yield maker.move(next(left[source]), source, target)


def _corrections(maker: _Maker, keys: list[str]) -> Iterator[Move]:
    """Yield moves by cause, each with one of its own, from a stage or from any."""
    for number in range(maker.draw(st.integers(0, 4))):
        source = maker.draw(st.sampled_from([*keys, None]))
        target = maker.draw(st.sampled_from(keys))
        causes = (f"cause-{number}", *maker.some(("late", "wrong")))
        yield maker.move("correct", source, target, causes=causes, priority=number)


def _stage(maker: _Maker, key: str, moves: Sequence[Move]) -> Stage:
    limit = maker.pools.timed and maker.draw(st.booleans())
    leading = [m.event for m in moves if m.source == key and m.target and not m.causes]
    return Stage(
        key=key,
        label=key.title(),
        outputs=tuple(
            StageOutput(name=view.replace("-", " ").capitalize(), view=view)
            for view in maker.some(maker.pools.views)
        ),
        entry=maker.gate(),
        exit=maker.gate(),
        responsible=maker.roles(),
        max_days=maker.draw(st.integers(1, 30)) if limit else None,
        overdue=maker.draw(st.sampled_from(leading)) if limit else None,
    )
