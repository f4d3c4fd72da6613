"""Coverage by trace links: adding such a link never lowers any of these."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import accumulate
from math import fsum
from typing import Final, TypeVar

from attrs import evolve, frozen

from missionkit.domain.declaration import Element
from missionkit.domain.intent import CoreIntent
from missionkit.domain.kinds import Kinds
from missionkit.domain.measure import SuccessMeasure
from missionkit.domain.model import Model
from missionkit.domain.plan import Objective, ObjectiveStatus
from missionkit.domain.process import Process
from missionkit.domain.spec import spec_of
from missionkit.domain.stakeholder import Need, NeedStatus
from missionkit.trace.lifetime import is_retired
from missionkit.trace.lines import Lines, lines_of, traces
from missionkit.trace.metric import Metric, share
from missionkit.trace.reach import spread
from missionkit.trace.toward import Toward

E = TypeVar("E", bound=Element)

_NEEDS: Final = Metric(
    name="need coverage",
    meaning="accepted needs are answered by an objective that is not dropped",
    reason="no need has been accepted",
)
_WEIGHTED: Final = Metric(
    name="need coverage by importance",
    meaning="accepted needs are answered, each counting by its importance",
    reason="no accepted need has an importance",
)
_MEASURES: Final = Metric(
    name="objective measurability",
    meaning="objectives have a measure of success",
    reason="there is no objective that is not dropped",
)
_PURPOSE: Final = Metric(
    name="process purposefulness",
    meaning="processes serve an objective or a goal",
    reason="there is no process in use or in the making",
)
_WHOLE: Final = Metric(
    name="line-of-sight completeness",
    meaning="elements are linked both to the core intent and to a stakeholder",
    reason="no element lies on the line of sight",
)
_CLOSED: Final = (NeedStatus.DECLINED, NeedStatus.WITHDRAWN)


def linkage(model: Model, on: date | None) -> Iterator[Metric]:
    """Yield the metrics that depend on trace links, and on no record but retirement.

    A process counts until it is retired; without a day, not if it ever is.
    """
    held = _held(model, on)
    live = _live(held)
    yield from _need_coverage(held, live)
    yield _measurability(held, live)
    yield _purposefulness(held, live)
    yield _completeness(held)


@frozen(eq=False)
class _Held:
    """A model by number: looking ids up again and again would take most of the time."""

    lines: Lines
    spans: dict[str, range]
    kinds: Kinds
    on: date | None

    def of(self, kind: type[E]) -> Iterator[tuple[int, E]]:
        """Yield the elements of a kind with their numbers."""
        for number in self.spans.get(spec_of(kind).kind, ()):
            element = self.lines.elements[number]
            if isinstance(element, kind):
                yield number, element

    def share(
        self, asked: Metric, above: Callable[[int], object], below: Iterable[int]
    ) -> Metric:
        """Return the share of *below*, in its order, of which *above* is true."""
        ids, counted = self.lines.ids, list(below)
        both = [ids[number] for number in counted if above(number)]
        return share(asked, both, [ids[number] for number in counted])


def _held(model: Model, on: date | None) -> _Held:
    return _Held(lines_of(model), _spans(model), model.kinds, on)


def _live(held: _Held) -> set[int]:
    dropped = ObjectiveStatus.DROPPED
    return {at for at, each in held.of(Objective) if each.status is not dropped}


def _spans(model: Model) -> dict[str, range]:
    """Return which numbers each kind has: a model stands in order kind by kind."""
    counts = model.counts()
    ends = accumulate(counts.values())
    spans = zip(counts.items(), ends, strict=True)
    return {kind: range(end - size, end) for (kind, size), end in spans}


def _need_coverage(held: _Held, live: set[int]) -> Iterator[Metric]:
    accepted = {
        number: need.importance
        for number, need in held.of(Need)
        if need.status is NeedStatus.ACCEPTED
    }
    after = held.lines.steps[Toward.INTENT].after
    answered = {need for need in accepted if not live.isdisjoint(after(need))}
    yield held.share(_NEEDS, answered.__contains__, accepted)
    weights = {need: had for need, had in accepted.items() if had is not None}
    counted = held.share(_WEIGHTED, answered.__contains__, weights)
    if not weights:
        yield counted
    elif not (whole := fsum(weights.values())):
        yield evolve(counted, value=None, reason="every importance is 0")
    else:
        left = len(accepted) - len(weights)
        value = fsum(had for need, had in weights.items() if need in answered) / whole
        said = f"{left:,} without an importance left out" if left else ""
        yield evolve(counted, value=value, reason=said)


def _measurability(held: _Held, live: set[int]) -> Metric:
    after = held.lines.steps[Toward.INTENT].after
    measured = {at for number, _ in held.of(SuccessMeasure) for at in after(number)}
    return held.share(_MEASURES, measured.__contains__, sorted(live))


def _purposefulness(held: _Held, live: set[int]) -> Metric:
    serving = _serving(held, live)
    used = (at for at, p in held.of(Process) if not is_retired(p, held.on))
    return held.share(_PURPOSE, serving.__getitem__, used)


def purposeful(model: Model) -> frozenset[str]:
    """Return the ids of the processes that serve an objective or a goal."""
    held = _held(model, None)
    serving = _serving(held, _live(held))
    return frozenset(held.lines.ids[at] for at, _ in held.of(Process) if serving[at])


def _serving(held: _Held, live: set[int]) -> bytearray:
    """Mark whose way up meets a live objective, or a goal without one."""
    lowest = spec_of(Objective).level or 0
    serve = {
        level for level in held.lines.levels if level is not None and level >= lowest
    }
    served = (at for at, level in enumerate(held.lines.levels) if level in serve)
    dropped = {number for number, _ in held.of(Objective)} - live
    return spread(held.lines.back(Toward.INTENT), served, closed=dropped)


def _completeness(held: _Held) -> Metric:
    lines = held.lines
    ways = [spread(lines.back(toward), lines.ends(toward)) for toward in Toward]
    settled = set(_settled(held))
    kinds = set(_kinds_on_the_line(held.kinds))
    asked = (
        at for at, kind in enumerate(lines.kinds) if kind in kinds and at not in settled
    )
    return held.share(_WHOLE, lambda at: all(way[at] for way in ways), asked)


def _kinds_on_the_line(kinds: Kinds) -> Iterator[str]:
    """Yield the kinds that should have a line: with a level or trace links, and a name.

    What has no name of its own, such as the assignment of a role, is itself a link.
    """
    for spec in kinds:
        if (spec.level is not None or traces(spec.cls)) and spec.naming is not None:
            yield spec.kind


def _settled(held: _Held) -> Iterator[int]:
    """Yield what no longer asks for a line: declined, dropped, retired, replaced."""
    yield from (at for at, need in held.of(Need) if need.status in _CLOSED)
    dropped = ObjectiveStatus.DROPPED
    yield from (at for at, o in held.of(Objective) if o.status is dropped)
    yield from (at for at, p in held.of(Process) if is_retired(p, held.on))
    replaced = {intent.supersedes for _, intent in held.of(CoreIntent)}
    yield from (at for at, intent in held.of(CoreIntent) if intent.id in replaced)
