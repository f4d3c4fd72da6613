"""Coverage by trace links: adding such a link never lowers any of these."""

from collections.abc import Container, Iterable, Iterator
from math import fsum
from typing import Final

from attrs import evolve

from missionkit.domain.intent import CoreIntent
from missionkit.domain.kinds import Kinds
from missionkit.domain.measure import SuccessMeasure
from missionkit.domain.model import Model
from missionkit.domain.plan import Objective, ObjectiveStatus
from missionkit.domain.process import Process, ReleaseState
from missionkit.domain.spec import spec_of
from missionkit.domain.stakeholder import Need, NeedStatus
from missionkit.trace.lines import Lines, lines_of, traces
from missionkit.trace.metric import Metric, share
from missionkit.trace.reach import reached
from missionkit.trace.toward import Toward, level_of

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
_OFF: Final = -1
_CLOSED: Final = (NeedStatus.DECLINED, NeedStatus.WITHDRAWN)


def linkage(model: Model) -> Iterator[Metric]:
    """Yield the metrics that depend on trace links alone."""
    lines = lines_of(model)
    live = {
        lines.numbers[objective.id]
        for objective in model.of(Objective)
        if objective.status is not ObjectiveStatus.DROPPED
    }
    yield from _need_coverage(model, lines, live)
    yield _measurability(model, lines, live)
    yield _purposefulness(model, lines, live)
    yield _completeness(model, lines)


def _share(
    asked: Metric, lines: Lines, above: Container[int], below: Iterable[int]
) -> Metric:
    ids, counted = lines.ids, sorted(below)
    both = [ids[number] for number in counted if number in above]
    return share(asked, both, [ids[number] for number in counted])


def _need_coverage(model: Model, lines: Lines, live: set[int]) -> Iterator[Metric]:
    accepted = {
        lines.numbers[need.id]: need.importance
        for need in model.of(Need)
        if need.status is NeedStatus.ACCEPTED
    }
    after = lines.steps[Toward.INTENT].after
    answered = {need for need in accepted if not live.isdisjoint(after(need))}
    yield _share(_NEEDS, lines, answered, accepted)
    weights = {need: had for need, had in accepted.items() if had is not None}
    counted = _share(_WEIGHTED, lines, answered, weights)
    if not weights:
        yield counted
    elif not (whole := fsum(weights.values())):
        yield evolve(counted, value=None, reason="every importance is 0")
    else:
        left = len(accepted) - len(weights)
        value = fsum(had for need, had in weights.items() if need in answered) / whole
        said = f"{left:,} without an importance left out" if left else ""
        yield evolve(counted, value=value, reason=said)


def _measurability(model: Model, lines: Lines, live: set[int]) -> Metric:
    measures = model.of(SuccessMeasure)
    measured = {lines.numbers[m.of] for m in measures if m.of is not None}
    return _share(_MEASURES, lines, measured, live)


def _purposefulness(model: Model, lines: Lines, live: set[int]) -> Metric:
    """Count processes whose way up meets a live objective, or a goal without one."""
    lowest = spec_of(Objective).level or 0
    dropped = {lines.numbers[o.id] for o in model.of(Objective)} - live
    serve = {kind for kind in set(lines.kinds) if _level(model, kind) >= lowest}
    served = (at for at, kind in enumerate(lines.kinds) if kind in serve)
    serving = reached(lines.back(Toward.INTENT), served, closed=dropped)
    used = (p for p in model.of(Process) if not _is_retired(p))
    return _share(_PURPOSE, lines, serving, (lines.numbers[p.id] for p in used))


def _level(model: Model, kind: str) -> int:
    level = level_of(kind, model.kinds)
    return _OFF if level is None else level


def _completeness(model: Model, lines: Lines) -> Metric:
    ways = [reached(lines.back(toward), lines.ends(toward)) for toward in Toward]
    whole = ways[0].keys() & ways[1].keys()
    settled = {lines.numbers[ref] for ref in _settled(model)}
    kinds = set(_kinds_on_the_line(model.kinds))
    asked = (
        at for at, kind in enumerate(lines.kinds) if kind in kinds and at not in settled
    )
    return _share(_WHOLE, lines, whole, asked)


def _kinds_on_the_line(kinds: Kinds) -> Iterator[str]:
    """Yield the kinds that should have a line: with a level or trace links, and a name.

    What has no name of its own, such as the assignment of a role, is itself a link.
    """
    for spec in kinds:
        if (spec.level is not None or traces(spec.cls)) and spec.naming is not None:
            yield spec.kind


def _settled(model: Model) -> Iterator[str]:
    """Yield what no longer asks for a line: declined, dropped, retired, replaced."""
    yield from (n.id for n in model.of(Need) if n.status in _CLOSED)
    dropped = ObjectiveStatus.DROPPED
    yield from (o.id for o in model.of(Objective) if o.status is dropped)
    yield from (p.id for p in model.of(Process) if _is_retired(p))
    yield from (i.supersedes for i in model.of(CoreIntent) if i.supersedes is not None)


def _is_retired(process: Process) -> bool:
    return process.release is not None and process.release.state is ReleaseState.RETIRED
