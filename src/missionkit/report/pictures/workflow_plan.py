"""Where everything stands in the picture of a workflow."""

from collections.abc import Mapping, Sequence
from typing import Final

from attrs import frozen

from missionkit.domain.stages import Stage
from missionkit.domain.workflow import Workflow
from missionkit.drawing.fitting import fitted
from missionkit.formats.workflow_drawing import Line, lines_of, title_of
from missionkit.report.pictures.lanes import Span, lanes

BOX: Final = 190
GAP: Final = 106
NOTE: Final = 10.5
PITCH: Final = 38
PILL: Final = 28
ROW: Final = 15
_LEFT: Final = 92
_BOLD: Final = 13.8  # so wide is bold type of the size of a title
_FAN: Final = 32


@frozen(kw_only=True)
class Lanes:
    """The lines that run above or below the row, and how far out each of them does."""

    lines: tuple[Line, ...]
    spans: tuple[Span, ...]
    lanes: tuple[int, ...]

    @classmethod
    def of(cls, lines: Sequence[Line], columns: Mapping[str | None, int]) -> "Lanes":
        """Return the lanes of some lines."""
        spans = [Span(columns[each.source], columns[each.target]) for each in lines]
        return cls(lines=tuple(lines), spans=tuple(spans), lanes=lanes(spans))

    @property
    def room(self) -> float:
        """The height that they take."""
        return (max(self.lanes) + 1) * PITCH + 14 if self.lanes else 0


@frozen(kw_only=True)
class Plan:
    """Where everything stands."""

    workflow: Workflow
    straight: tuple[Line, ...]
    loops: Mapping[str, tuple[Line, ...]]
    up: Lanes
    down: Lanes
    loop: float
    tall: float

    @property
    def top(self) -> float:
        """The upper edge of the stages."""
        return 46 + self.up.room + self.above

    @property
    def beyond(self) -> float:
        """How far the ends stand out of the row, above it and below."""
        fan = len(self.workflow.ends) * (PILL + _FAN)
        return max(0.0, (fan - self.tall) / 2)

    @property
    def above(self) -> float:
        """The height of what stands right above the row."""
        return max(self.loop, self.beyond)

    @property
    def middle(self) -> float:
        """The height in which straight lines run."""
        return self.top + self.tall / 2

    @property
    def last(self) -> int:
        """The column of the ends."""
        return len(self.workflow.stages)

    def end(self, key: str) -> float:
        """Return the height of an end."""
        ends = self.workflow.ends
        return self.middle + (ends.index(key) - (len(ends) - 1) / 2) * (PILL + _FAN)


def planned(workflow: Workflow) -> Plan:
    """Return where everything in the picture of a workflow stands."""
    keys = [stage.key for stage in workflow.stages]
    columns: dict[str | None, int] = {None: -1}
    columns |= {key: at for at, key in enumerate(keys)}
    columns |= dict.fromkeys(workflow.ends, len(keys))
    loops: dict[str, tuple[Line, ...]] = {}
    straight: list[Line] = []
    up: list[Line] = []
    down: list[Line] = []
    for line in lines_of(workflow):
        steps = columns[line.target] - columns[line.source]
        if not steps:
            loops[line.target] = (*loops.get(line.target, ()), line)
        else:
            (down if steps < 0 else straight if steps == 1 else up).append(line)
    rows = max(
        len(stage_title(stage)) + len(stage_notes(stage)) for stage in workflow.stages
    )
    return Plan(
        workflow=workflow,
        straight=tuple(straight),
        loops=loops,
        up=Lanes.of(up, columns),
        down=Lanes.of(down, columns),
        loop=max((26 + 13 * len(looped(e)[1]) for e in loops.values()), default=0),
        tall=max(72.0, 34 + rows * ROW),
    )


def stage_title(stage: Stage) -> tuple[str, ...]:
    """Return the lines of a stage's title."""
    return fitted(title_of(stage), BOX - 28, _BOLD, 4)


def stage_notes(stage: Stage) -> tuple[str, ...]:
    """Return what stands small in a stage's box: its gates and its time."""
    said = [
        f"{len(gate.rules)} rule{'' if len(gate.rules) == 1 else 's'} to {word}"
        for gate, word in ((stage.entry, "enter"), (stage.exit, "leave"))
        if gate.rules
    ]
    days = [f"at most {stage.max_days} days"] if stage.max_days else []
    return tuple(filter(None, (", ".join(said), *days)))


def looped(held: Sequence[Line]) -> tuple[str, tuple[str, ...]]:
    """Return what stands at a loop: the events, and what they take."""
    event = ", ".join(line.event for line in held)
    note = ", ".join(line.note for line in held if line.note)
    return event, fitted(note, BOX - 74, NOTE, 3)


def left_of(column: int) -> float:
    """Return the left edge of a column; the draft stands before the first."""
    return _LEFT + column * (BOX + GAP) if column >= 0 else _LEFT - GAP - BOX
