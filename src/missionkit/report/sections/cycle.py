"""The review that is under way: where it stands, what it needs, what it made."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from missionkit.domain.review import CycleStatus, RunStatus
from missionkit.domain.stages import Stage
from missionkit.report.blocks import (
    Bullets,
    Fact,
    Facts,
    Figure,
    Grid,
    Heading,
    Lead,
    Paragraph,
    Section,
)
from missionkit.report.inline import (
    Coded,
    Faint,
    Fixed,
    Inline,
    Mark,
    Strong,
    Tone,
    Written,
)
from missionkit.report.pictures.stage_strip import Return, Standing, Step, stage_strip
from missionkit.report.review_tables import MOST, artifacts, next_moves
from missionkit.report.view import PackView
from missionkit.report.wording import plural
from missionkit.review.passing import Correction
from missionkit.review.state import CycleState

ORDER: Final = 33
_STOPPED: Final = (CycleStatus.BLOCKED, CycleStatus.SUSPENDED)


def section(view: PackView) -> Section | None:
    """Return the state of the review; None where there is no review to speak of."""
    state = view.review
    if state is None:
        return None
    blocks: tuple[Written, ...] = (
        Lead(_stands(state)),
        *_strip(state),
        *_figures(state),
        *next_moves(view, state),
        *artifacts(view, state),
        *_agenda(state),
        *_corrections(state),
        *_carried(state),
    )
    return Section(title="The review cycle", id="review-cycle", blocks=blocks)


def _stands(state: CycleState) -> Inline:
    """Return the first thing to know: where the review stands, and since when."""
    cycle, stage = state.cycle, state.stage
    name = Strong(cycle.name)
    since = f" since {state.since}" if state.since else ""
    if state.over:
        ended = f" on {state.since}" if state.since else ""
        return name, f" was {cycle.status.value}{ended}."
    if cycle.stage is None:
        return name, " is a draft: nobody has opened it yet."
    number = state.run.pass_number if state.run else cycle.pass_number
    again = f", for the {_nth(number)} time" if number > 1 else ""
    where = f" is in the stage “{stage.label if stage else cycle.stage}”{since}{again}"
    if cycle.status in _STOPPED:
        return name, where, ", and is ", Mark(cycle.status.value, Tone.BAD), "."
    if state.overdue_since:
        late = Mark(f"overdue since {state.overdue_since}", Tone.BAD)
        return name, where, ", and ", late, "."
    return name, f"{where}."


def _nth(number: int) -> str:
    """Return which one it is, in words or figures.

    >>> _nth(2), _nth(4)
    ('second', '4th')
    """
    words = {2: "second", 3: "third"}
    return words.get(number, f"{number}th")


def _strip(state: CycleState) -> Iterator[Written]:
    if state.trouble:
        said, fix = state.trouble.message, state.trouble.fix
        yield Paragraph((Mark(said, Tone.BAD), f" To mend it: {fix}." if fix else ""))
    if not state.stages:
        return
    steps = [_step(state, stage) for stage in state.stages]
    places = {stage.key: at for at, stage in enumerate(state.stages)}
    returns = [
        Return(places[each.source], places[each.target], each.times)
        for each in state.loops
    ]
    said = "; ".join(f"{each.label}: {each.said}" for each in steps)
    picture = stage_strip("The stages of the review", steps, returns)
    yield Figure(picture, f"{said}.")
    for loop in state.loops:
        if loop.many:
            ways = f"{loop.times} times back from {loop.source} to {loop.target}"
            ask = "ask what the earlier stage keeps missing."
            yield Paragraph((Mark(f"{ways}: {ask}", Tone.WARN),))


def _step(state: CycleState, stage: Stage) -> Step:
    runs = state.passes_of(stage.key)
    if not runs:
        return Step(stage.label, Standing.WAITING, "not entered yet")
    last = runs[-1]
    number = f"pass {last.pass_number}, " if last.pass_number > 1 else ""
    day = last.left or last.entered
    if stage.key == state.cycle.stage and not state.over:
        stopped = state.cycle.status in _STOPPED
        standing = Standing.STOPPED if stopped else Standing.HERE
        word = f"{state.cycle.status.value}, since" if stopped else "since"
        return Step(stage.label, standing, f"{number}{word} {last.entered or '?'}")
    if last.status is RunStatus.COMPLETED:
        return Step(stage.label, Standing.DONE, f"{number}done {_day(day)}".rstrip())
    return Step(stage.label, Standing.AGAIN, f"{number}to be gone through again")


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _figures(state: CycleState) -> Iterator[Written]:
    """Yield the figures that a chair asks for first."""
    late = sum(each.late for each in state.actions)
    made = [each for each in state.artifacts if each.artifact.stage]
    approved = sum(each.approved for each in made)
    facts = [
        Fact(f"{approved} of {len(made)}", "artifacts approved"),
        _counted(len(state.stale), "stale approval"),
        _counted(len(state.agenda), "open point on the agenda", "open points"),
        _counted(late, "late action"),
    ]
    if state.artifacts or state.agenda or state.actions:
        yield Facts(facts)


def _counted(count: int, one: str, many: str = "") -> Fact:
    words = plural(count, one, many).partition(" ")[2]
    return Fact(str(count), words, Tone.WARN if count else Tone.GOOD)


def _agenda(state: CycleState) -> Iterator[Written]:
    if state.agenda:
        yield Heading("Open on the agenda")
        yield Bullets([_point(each.code, each.title) for each in state.agenda[:MOST]])


def _point(code: str, title: str) -> Inline:
    return (Coded(code), " ", title) if code else title


def _corrections(state: CycleState) -> Iterator[Written]:
    if state.corrections:
        yield Heading("Where the course was corrected")
        rows: Sequence[tuple[Inline, ...]] = [
            (
                Fixed(_day(each.on)),
                _way(state, each),
                each.why or Faint("no reason given"),
            )
            for each in state.corrections[-MOST:]
        ]
        yield Grid(("On", "From and to", "Why"), rows)


def _way(state: CycleState, correction: Correction) -> str:
    causes = ", ".join(correction.causes).replace("_", " ")
    source, target = correction.source, correction.target
    way = f"{_label(state, source)} → {_label(state, target)}"
    return f"{way}: {causes}" if causes else way


def _label(state: CycleState, key: str) -> str:
    found = state.workflow.stage(key) if state.workflow else None
    return found.label if found else key


def _carried(state: CycleState) -> Iterator[Written]:
    if state.carried:
        yield Heading("Taken over from the last review")
        rows: Sequence[tuple[Inline, ...]] = [
            (Strong(each.title), _carry_mark(each.open))
            for each in state.carried[:MOST]
        ]
        yield Grid(("What", "Standing"), rows)


def _carry_mark(is_open: bool | None) -> Inline:  # noqa: FBT001 - of a record
    if is_open is None:
        return Faint("to be looked at")
    return Mark("open", Tone.WARN) if is_open else Mark("settled", Tone.GOOD)
