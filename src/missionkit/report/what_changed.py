"""What changed in the time of a review: outside, inside, and in where effort goes."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from missionkit.domain.conduct import AllocationSnapshot, Basis, RevenueSnapshot
from missionkit.domain.context import Influencer
from missionkit.domain.four_stages import FOUR_STAGES
from missionkit.domain.review import DriftSignal, StageRun
from missionkit.report.blocks import Bullets, Heading
from missionkit.report.document_view import (
    DocumentView,
    day_or,
    lacking,
    said_or,
    table,
)
from missionkit.report.inline import Faint, Inline, Mark, Strong, Tone, Written
from missionkit.report.measured import grouped
from missionkit.review.passing import corrections, in_order


def changed(view: DocumentView) -> Iterator[Written]:
    """Yield what was observed, raised, spent and earned, and where it went back."""
    period = view.review.period if view.review else None
    since = period.start if period else None
    seen = [
        each
        for each in view.model.of(Influencer)
        if each.observed
        and each.observed <= view.on
        and (not since or each.observed >= since)
    ]
    seen.sort(key=lambda each: (each.observed or date.min, each.id), reverse=True)
    when = f" since {since.isoformat()}" if since else ""
    yield Heading(f"Outside and inside{when}")
    rows: list[tuple[Inline, ...]] = [
        (
            Strong(each.statement),
            said_or(each.category or each.side, "no field is recorded"),
            each.trend.value,
            day_or(each.observed, "no day is recorded"),
        )
        for each in seen
    ]
    head = ("What changed", "Field", "Trend", "Seen on")
    yield from table(head, rows, "Nothing was observed in this time.")
    yield Heading("Signals of drift")
    yield from _signals(view)
    yield Heading("Where effort and revenue went")
    yield Bullets([*_snapshots(view)] or [lacking("no snapshot is recorded")])
    yield from _corrections(view)


def _signals(view: DocumentView) -> Iterator[Written]:
    rows: list[tuple[Inline, ...]] = [
        (
            Strong(each.indicator),
            day_or(each.at, "no day is recorded"),
            said_or(view.named(each.concerns), "nothing is named"),
            _answer(view, each),
        )
        for each in view.model.of(DriftSignal)
        if each.at is None or each.at <= view.on
    ]
    head = ("Signal", "Raised", "Concerns", "What was decided")
    yield from table(head, rows, Faint("None was raised."))


def _answer(view: DocumentView, each: DriftSignal) -> Inline:
    if each.decision:
        said = view.title(each.decision)
        return f"{said} ({each.reason})" if each.reason else said
    return each.reason or Mark("nobody decided about it", Tone.BAD)


def _snapshots(view: DocumentView) -> Iterator[Inline]:
    """Yield the newest snapshot of effort, and of revenue, with what it counts."""
    kinds: tuple[tuple[type[AllocationSnapshot | RevenueSnapshot], str], ...] = (
        (AllocationSnapshot, "Effort"),
        (RevenueSnapshot, "Revenue"),
    )
    for kind, word in kinds:
        ended = [
            (each.period.end, each.id, each)
            for each in view.model.of(kind)
            if each.period and each.period.end and each.period.end <= view.on
        ]
        if not ended:
            yield lacking(f"{word}: no snapshot of a period that ended is recorded")
            continue
        *_, newest = max(ended, key=lambda found: found[:2])
        yield (Strong(f"{word}, {newest.period}: "), *_amounts(newest))


def _amounts(held: AllocationSnapshot | RevenueSnapshot) -> Iterator[Inline]:
    """Yield the amounts that a snapshot states, and those that it does not."""
    unit = held.currency if isinstance(held, RevenueSnapshot) else _basis(held)
    actual = sorted(bucket.actual for bucket in held.buckets)
    yield f"{grouped(sum(actual, Decimal()))} {unit or ''}".rstrip()
    yield " on what it names; off mission "
    off, unknown = held.off_mission, held.unknown
    yield lacking("not stated") if off is None else grouped(off)
    yield "; unknown "
    yield lacking("not stated") if unknown is None else grouped(unknown)


def _basis(held: AllocationSnapshot) -> str:
    return "hours" if held.basis is Basis.EFFORT_HOURS else held.basis.value


def _corrections(view: DocumentView) -> Iterator[Written]:
    """Yield where the review went back, and not what it then went through again."""
    if view.review is None:
        return
    ours = view.review.workflow == FOUR_STAGES.name
    stages = FOUR_STAGES.stages if ours else ()
    runs = view.facts.referring(StageRun, "cycle").get(view.review.id, ())
    found = [*corrections(in_order(runs, stages), stages)]
    if found:
        yield Heading("Where the review went back")
        yield Bullets(
            [
                (
                    Strong(f"{_stage(each.target)}, pass {each.pass_number}: "),
                    said_or(each.why, "no reason is recorded"),
                )
                for each in found
            ]
        )


def _stage(key: str) -> str:
    stage = FOUR_STAGES.stage(key)
    return stage.label if stage else key
