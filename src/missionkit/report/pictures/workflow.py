"""A workflow as a picture: stages from left to right, ways back below, ends right."""

from collections.abc import Iterator, Sequence
from typing import Final

from missionkit.domain.workflow import Workflow
from missionkit.drawing.fitting import fitted
from missionkit.drawing.shapes import frame, rect, words
from missionkit.formats.workflow_drawing import (
    Line,
    refuse_no_workflow,
    staying,
    title_of,
)
from missionkit.markup import Html, tag
from missionkit.report.pictures.lanes import ports, spread
from missionkit.report.pictures.workflow_plan import (
    BOX,
    GAP,
    NOTE,
    PILL,
    PITCH,
    ROW,
    Lanes,
    Plan,
    left_of,
    looped,
    planned,
    stage_notes,
    stage_title,
)

_SIZE: Final = 12.5
_END: Final = 104
_PORT: Final = 26

_STYLE: Final = """
.mk-flow{font-family:system-ui,sans-serif;max-width:100%;height:auto}
.mk-flow text{fill:var(--ink,#1c2733);font-size:12.5px}
.mk-flow text.mk-head{font-weight:650;font-size:15px}
.mk-flow text.mk-label{font-weight:600}
.mk-flow text.mk-note{fill:var(--faint,#5b6875);font-size:10.5px}
.mk-flow text.mk-event{font-size:11.5px;font-weight:600}
.mk-flow text.mk-mid{text-anchor:middle}
.mk-flow .mk-way text{paint-order:stroke;stroke:var(--paper,#fff);stroke-width:4px}
.mk-flow .mk-line{fill:none;stroke:var(--line,#8795a3);stroke-width:1.4}
.mk-flow .mk-tip{fill:var(--line,#8795a3)}
.mk-flow .mk-back .mk-line{stroke-dasharray:5 3}
.mk-flow .mk-box{fill:var(--band,#f1f4f7);stroke:var(--line,#8795a3)}
.mk-flow .mk-bar{fill:var(--ink,#1c2733)}
.mk-flow .mk-end .mk-box{fill:var(--paper,#fff);stroke:var(--ink,#1c2733)}
.mk-flow .mk-end .mk-box{stroke-width:1.6}
.mk-flow .mk-dot{fill:var(--ink,#1c2733)}
"""


def workflow_map(workflow: Workflow) -> Html:
    """Return a workflow as SVG: its stages, its ends, and what leads where.

    What leads back is dashed and runs below; what leaves stages out runs above. Events
    that leave a review in its stage are named at the foot.
    """
    refuse_no_workflow(workflow)
    plan = planned(workflow)
    wide, foot = (
        left_of(plan.last) + _END + 20,
        plan.top + plan.tall + max(plan.down.room, plan.beyond) + 28,
    )
    head = f"{workflow.label or workflow.name}, version {workflow.version}"
    at_foot = fitted(". ".join(staying(workflow)), wide - 32, NOTE, 2)
    drawn = (
        *(words(16, 26, each, "mk-head") for each in fitted(head, wide - 32, 15, 1)),
        *_ways(plan),
        *_stages(plan),
        *_ends(plan),
        *(words(16, foot + 14 * n, each, "mk-note") for n, each in enumerate(at_foot)),
    )
    return frame(
        drawn,
        wide=wide,
        tall=foot + 26,
        title=head,
        said=_in_words(workflow),
        style=_STYLE,
        class_="mk-flow",
        fixed=True,
    )


def _in_words(workflow: Workflow) -> str:
    stages = ", ".join(title_of(stage) for stage in workflow.stages)
    return f"Stages: {stages}. Ends: {', '.join(workflow.ends)}."


def _stages(plan: Plan) -> Iterator[Html]:
    for at, stage in enumerate(plan.workflow.stages):
        title, notes = stage_title(stage), stage_notes(stage)
        x = left_of(at)
        y = plan.middle - (len(title) + len(notes) - 1) * ROW / 2 + 4
        yield tag(
            "g",
            tag("title", f"{title_of(stage)} ({stage.key})"),
            rect(x, plan.top, BOX, plan.tall, "mk-box", corner="7"),
            rect(x, plan.top + 10, 4, plan.tall - 20, "mk-bar", corner="2"),
            *(
                words(x + 16, y + n * ROW, each, "mk-label")
                for n, each in enumerate(title)
            ),
            *(
                words(x + 16, y + n * ROW, each, "mk-note")
                for n, each in enumerate(notes, len(title))
            ),
            class_="mk-stage",
        )


def _ends(plan: Plan) -> Iterator[Html]:
    yield tag("circle", cx="20", cy=f"{plan.middle:g}", r="6.5", class_="mk-dot")
    x = left_of(plan.last)
    for end in plan.workflow.ends:
        y, said = plan.end(end), "".join(fitted(end, _END - 20, _SIZE, 1))
        yield tag(
            "g",
            tag("title", end),
            rect(x, y - PILL / 2, _END, PILL, "mk-box", corner="14"),
            words(x + _END / 2, y + 4, said, "mk-label mk-mid"),
            class_="mk-end",
        )


def _ways(plan: Plan) -> Iterator[Html]:
    """Yield all lines, far ones first: their words keep near lines off."""
    yield from _beside(plan, plan.up, -1)
    yield from _beside(plan, plan.down, 1)
    yield from _direct(plan)
    for key, held in plan.loops.items():
        yield _loop(plan, key, held)


def _direct(plan: Plan) -> Iterator[Html]:
    """Yield the lines to the next column."""
    keys = [stage.key for stage in plan.workflow.stages]
    ways: dict[tuple[str | None, str], list[Line]] = {}
    for line in plan.straight:
        ways.setdefault((line.source, line.target), []).append(line)
    fan = {key: n for n, key in enumerate(plan.workflow.ends)}
    for (source, target), held in ways.items():
        start = 27.0 if source is None else left_of(keys.index(source)) + BOX
        for n, line in enumerate(held):
            shift = (n - (len(held) - 1) / 2) * 26
            a = b = plan.middle + shift
            end = left_of(keys.index(target)) if target in keys else left_of(plan.last)
            if target in fan:
                b = plan.end(target) + shift / 4
                a = plan.middle + (b - plan.middle) / 4 + shift / 4
            yield _straight(line, (start, a), (end, b))


def _straight(line: Line, a: tuple[float, float], b: tuple[float, float]) -> Html:
    bend, tip = (b[0] - a[0]) * 0.45, b[0] - 7
    way = f"M{a[0]:g} {a[1]:g}"
    way += f"C{a[0] + bend:g} {a[1]:g} {b[0] - bend:g} {b[1]:g} {tip:g} {b[1]:g}"
    room = b[0] - a[0] - 18
    # Near the tip a line to an end has left its neighbors.
    share = 0.5 if a[1] == b[1] else 0.55
    x, y = a[0] + (b[0] - a[0]) * share - 3, a[1] + (b[1] - a[1]) * share
    return _way(line, way, _tip(b[0], b[1], "right"), (x, y, room), "mk-way")


def _loop(plan: Plan, key: str, held: Sequence[Line]) -> Html:
    """Return the line that leads from a stage to itself, above its box."""
    column = next(n for n, s in enumerate(plan.workflow.stages) if s.key == key)
    event, notes = looped(held)
    left, right = left_of(column) + 28, left_of(column) + BOX - 28
    y = plan.top - 12 - 13 * len(notes)
    way = f"M{right:g} {plan.top:g}V{y + 8:g}q0 -8 -8 -8H{left + 8:g}q-8 0 -8 8"
    way += f"V{plan.top - 7:g}"
    middle = (left + right) / 2
    said = fitted(event, right - left - 4, 11.5, 1)
    return tag(
        "g",
        tag("title", "; ".join(_in_full(line) for line in held)),
        tag("path", d=way, class_="mk-line"),
        _tip(left, plan.top, "down"),
        *(words(middle, y - 5, each, "mk-event mk-mid") for each in said),
        *(
            words(middle, y + 14 + 13 * n, each, "mk-note mk-mid")
            for n, each in enumerate(notes)
        ),
        class_="mk-way mk-back",
    )


def _beside(plan: Plan, held: Lanes, side: int) -> Iterator[Html]:
    """Yield the lines above the row, where *side* is -1, or below it."""
    near = plan.top + plan.tall if side > 0 else plan.top
    places: dict[int, float] = {}
    for column, numbers in ports(held.spans, held.lanes).items():
        if column < 0:
            xs: Sequence[float] = [20.0] * len(numbers)
        elif column == plan.last:
            xs = [left_of(column) + _END / 2] * len(numbers)
        else:
            xs = spread(len(numbers), left_of(column) + 6, BOX - 12, _PORT)
        places |= dict(zip(numbers, xs, strict=True))
    far = sorted(range(len(held.lines)), key=lambda n: (-held.lanes[n], n))
    for n in far:
        line = held.lines[n]
        out = 22 + held.lanes[n] * PITCH + (plan.above if side < 0 else 0)
        yield _bowed(plan, line, (places[2 * n], places[2 * n + 1]), near, out * side)


def _bowed(
    plan: Plan, line: Line, ends: tuple[float, float], near: float, out: float
) -> Html:
    a, b = ends
    side, turn = (1 if out > 0 else -1), (8 if b > a else -8)
    y, start, arrival = near + out, near, near
    if line.source is None:
        start = plan.middle - 6
    if line.target in plan.workflow.ends:
        return _to_end(plan, line, a, start, y)
    way = f"M{a:g} {start:g}V{y - 8 * side:g}q0 {8 * side} {turn} {8 * side}"
    way += f"H{b - turn:g}q{turn} 0 {turn} {-8 * side}V{arrival + 7 * side:g}"
    tip = _tip(b, arrival, "up" if side > 0 else "down")
    class_ = "mk-way mk-back" if side > 0 else "mk-way"
    return _way(line, way, tip, ((a + b) / 2, y, abs(b - a) - 12), class_)


def _to_end(plan: Plan, line: Line, a: float, start: float, y: float) -> Html:
    """Return a line above the row to an end, which it comes to from its left."""
    number = plan.workflow.ends.index(line.target)
    left, height = left_of(plan.last), plan.end(line.target)
    down = left - 18 - 5 * number
    if number:
        way = f"H{down - 8:g}q8 0 8 8V{height - 14:g}q0 8 8 8H{left - 7:g}"
        tip = _tip(left, height - 6, "right")
    else:
        middle = left + _END / 2
        way = f"H{middle - 8:g}q8 0 8 8V{height - PILL / 2 - 7:g}"
        tip = _tip(middle, height - PILL / 2, "down")
    whole = f"M{a:g} {start:g}V{y + 8:g}q0 -8 8 -8{way}"
    return _way(line, whole, tip, ((a + down) / 2, y, down - a - 12), "mk-way")


def _way(
    line: Line, way: str, tip: Html, at: tuple[float, float, float], class_: str
) -> Html:
    """Return a line with its event above it and what it takes below."""
    x, y, room = at
    event = fitted(line.event, room, 11.5, 1)
    note = fitted(line.note, room + (40 if room > GAP else 0), NOTE, 1)
    return tag(
        "g",
        tag("title", _in_full(line)),
        tag("path", d=way, class_="mk-line"),
        tip,
        *(words(x, y - 5, each, "mk-event mk-mid") for each in event),
        *(words(x, y + 13, each, "mk-note mk-mid") for each in note),
        class_=class_,
    )


def _in_full(line: Line) -> str:
    return f"{line.event}: {line.note}" if line.note else line.event


def _tip(x: float, y: float, way: str) -> Html:
    """Return the head of an arrow that points to a place."""
    back = {"right": "-9 -4.5v9z", "down": "-4.5 -9h9z", "up": "-4.5 9h9z"}[way]
    return tag("path", d=f"M{x:g} {y:g}l{back}", class_="mk-tip")
