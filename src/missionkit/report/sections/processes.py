"""Processes: what they are for, who plays which part, how far they are in use."""

from collections.abc import Iterator
from typing import Final

from missionkit.domain.process import Process
from missionkit.domain.role import RoleAssignment
from missionkit.report.blocks import Grid, Paragraph, Section
from missionkit.report.inline import Faint, Fixed, Inline, Mark, Strong, Tone, Written
from missionkit.report.view import PackView
from missionkit.report.wording import plural

ORDER: Final = 50
_MOST: Final = 500
_HEAD: Final = ("Process", "Family", "Achieves", "Roles", "In use")


def section(view: PackView) -> Section:
    """Return the table of processes, and the roles of the organization as a whole."""
    processes = view.model.of(Process)
    blocks: list[Written] = [
        Grid(_HEAD, [_row(view, process) for process in processes[:_MOST]])
        if processes
        else Paragraph("No processes are recorded, so nothing says who does the work.")
    ]
    if len(processes) > _MOST:
        more = plural(len(processes) - _MOST, "process", "processes")
        blocks.append(Paragraph(f"{more} not listed."))
    whole = view.assignments.get("", ())
    if whole:
        said = "; ".join(_played(view, whole))
        blocks.append(Paragraph((Strong("For the whole organization: "), said)))
    if not view.people and view.assignments:
        blocks.append(Paragraph(Faint("People are not named in this pack.")))
    return Section(title="Processes and roles", id="processes-and-roles", blocks=blocks)


def _row(view: PackView, process: Process) -> tuple[Inline, ...]:
    name: Inline = Strong(process.name)
    roles = "; ".join(_played(view, view.assignments.get(process.id, ())))
    return (
        (name, " ", Mark("critical", Tone.WARN)) if process.critical else name,
        process.family.replace("_", " ") if process.family else Faint("not said"),
        view.named(process.achieves) or Mark("nothing", Tone.WARN),
        roles or Mark("nobody", Tone.BAD),
        Fixed(process.release.state) if process.release else Faint("not said"),
    )


def _played(view: PackView, assignments: tuple[RoleAssignment, ...]) -> Iterator[str]:
    """Yield each role once, with its players where people may be named."""
    players: dict[str, list[str]] = {}
    for assignment in assignments:
        players.setdefault(assignment.role, []).append(view.title(assignment.party))
    for role, named in players.items():
        if view.people:
            yield f"{view.title(role)}: {', '.join(named)}"
        elif len(named) > 1:
            yield f"{view.title(role)} ({len(named)})"
        else:
            yield view.title(role)
