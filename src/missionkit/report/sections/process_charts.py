"""The charts of the processes: the whole, the system, who answers, for whom it is."""

from collections.abc import Iterator
from typing import Final

from missionkit.processes.chart import ProcessChart, process_chart
from missionkit.processes.matrix import responsibility_matrix
from missionkit.processes.matrix_rows import ResponsibilityMatrix
from missionkit.processes.sipoc import Sipoc, SipocLine, sipocs
from missionkit.processes.system import SystemChart, system_chart
from missionkit.report.blocks import (
    Bullets,
    Figure,
    Grid,
    Heading,
    Paragraph,
    Section,
)
from missionkit.report.inline import Inline, Mark, Strong, Tone, Written
from missionkit.report.pictures.process_chart import process_chart_picture
from missionkit.report.pictures.responsibility_matrix import (
    LEGEND,
    responsibility_matrix_picture,
)
from missionkit.report.pictures.sipoc import sipoc_picture
from missionkit.report.pictures.system_chart import system_chart_picture
from missionkit.report.view import PackView

ORDER: Final = 51
_MOST: Final = 40
_DRAWN: Final = 60
_PICTURES: Final = 4
_HEAD: Final = ("Process", "Takes from", "Gives to")
_CHART: Final = (
    "Each card says who owns the process, what it is part of, from whom it takes (←)"
    " and to whom it gives (→). A dark frame has a business process, a dashed one"
    " something missing."
)
_SYSTEM: Final = (
    "Along its row lies what a process gives, along its column what it takes: arrows"
    " lead into the process. A cross marks what every organization hands over and this"
    " one does not tell of."
)


def section(view: PackView) -> Section | None:
    """Return the charts; None where no process is there."""
    chart = process_chart(view.model, on=view.on, people=view.people)
    if not len(chart):
        return None
    blocks = (
        *_chart(chart),
        *_system(system_chart(view.model, on=view.on)),
        *_matrix(responsibility_matrix(view.model, on=view.on)),
        *_sipocs(sipocs(view.model, on=view.on), chart),
    )
    return Section(title="Charts of the processes", id="process-charts", blocks=blocks)


def _chart(chart: ProcessChart) -> Iterator[Written]:
    yield Heading("Process chart")
    late = chart.review.startswith(Tone.BAD.sign)
    review = chart.review.removeprefix(f"{Tone.BAD.sign} ")
    yield Paragraph(("The chart was ", Mark(review, Tone.WARN) if late else review))
    if len(chart) <= _DRAWN:
        yield Figure(process_chart_picture(chart), _CHART)
    else:
        yield Paragraph(f"{len(chart)} processes are too many for one picture.")
    yield from _lost(chart.missing)


def _system(system: SystemChart) -> Iterator[Written]:
    yield Heading("The four business processes")
    yield Figure(system_chart_picture(system), _SYSTEM)
    yield from _lost(system.trouble)


def _matrix(matrix: ResponsibilityMatrix) -> Iterator[Written]:
    yield Heading("Who answers for what")
    if not matrix.roles:
        yield Paragraph("No role has a letter, so nothing says who answers for what.")
        return
    if len(matrix) <= _DRAWN:
        how = f"{LEGEND}. Each row has exactly one A and at least one R."
        yield Figure(responsibility_matrix_picture(matrix), how)
    else:
        yield Paragraph(f"{len(matrix)} rows are too many for one picture.")
    yield from _lost([str(each) for each in matrix.remarks])


def _sipocs(found: tuple[Sipoc, ...], chart: ProcessChart) -> Iterator[Written]:
    """Yield all processes as a table, and those that are critical as pictures."""
    yield Heading("Suppliers and customers")
    yield Grid(_HEAD, [_row(each) for each in found[:_DRAWN]])
    if found[_DRAWN:]:
        yield Paragraph(f"And {len(found) - _DRAWN} more.")
    yield from _lost(
        [f"{each.title}: {said}" for each in found for said in each.broken]
    )
    critical = [each for each in found if chart[each.process].critical]
    for each in critical[:_PICTURES]:
        how = f"From whom {each.title} takes what, and to whom it gives what."
        yield Figure(sipoc_picture(each), how)


def _row(each: Sipoc) -> tuple[Inline, ...]:
    lost = len(each.broken)
    mark = Mark(f"{lost} missing", Tone.WARN) if lost else Mark("whole", Tone.GOOD)
    name: Inline = (Strong(each.title), " ", mark)
    return name, _by_end(each.inputs), _by_end(each.outputs)


def _by_end(lines: tuple[SipocLine, ...]) -> str:
    """Return who stands at the other ends, each with all that passes."""
    found: dict[str, list[str]] = {}
    for line in lines:
        found.setdefault(str(line.end), []).append(line.item)
    return "; ".join(f"{end}: {', '.join(items)}" for end, items in found.items())


def _lost(said: tuple[str, ...] | list[str]) -> Iterator[Written]:
    if said:
        yield Bullets(said[:_MOST])
    if said[_MOST:]:
        yield Paragraph(f"And {len(said) - _MOST} more.")
