"""``missionkit process``: every process and how it is kept, or one of them in full."""

from datetime import date

from missionkit.cli.judging import asked
from missionkit.cli.process import one_process
from missionkit.cli.processes import Asking, all_processes
from missionkit.cli.project import Project, project_here
from missionkit.cli.reviews import held
from missionkit.cli.settings import Settings
from missionkit.cli.status import CLEAN, FINDINGS
from missionkit.cli.stores import Form, show
from missionkit.cli.terminal import File, Switch, called, today
from missionkit.domain.model import Model
from missionkit.domain.process import Process
from missionkit.errors import InvalidValueError
from missionkit.issue import Severity
from missionkit.report.people import hiding, without_names
from missionkit.rules.check import check


def command(  # noqa: PLR0913 - the options of one command
    file: File,
    id: str | None = None,
    /,
    *,
    on: date | None = None,
    people: Switch = False,
    stream: str | None = None,
    format: Form = "text",
    lenient: Switch = False,
    isolated: Switch = False,
) -> int:
    """Print the processes with owner, release, care and findings, or one in full.

    In full, a process is told from the answers of its design to those whom it serves.
    The exit status is 1 where one of the findings is an error.

    Args:
        file: A document, or the file, folder or URL of a store; - is a document on
            standard input.
        id: The id of the process that is told in full; all processes unless given.
        on: The day to judge, such as 2026-03-31; today unless given.
        people: Name the people, too.
        stream: The stream of the store; it may be left out where there is only one.
        format: Plain text, JSON, or an HTML page.
        lenient: Keep unknown fields of a missionkit document aside.
        isolated: Leave the settings of the project aside.
    """
    project = Project() if isolated else project_here()
    with held(file, stream, lenient=lenient) as there:
        model = there.model
    chosen = "" if id is None else str(model.get(Process, id).id)
    if not people:
        chosen = hiding(model).ids.get(chosen, chosen)
        model, _ = without_names(model)
    try:
        asking = _asking(model, on or today(), project.settings, people=people)
    except InvalidValueError as error:
        raise project.placed(error) from None
    if chosen:
        told = one_process(asking, model.get(Process, chosen))
    else:
        told = all_processes(asking)
    name = model.root.name if model.root else called(file)
    show(told, format, title=told.title, stream=name)
    wrong = any(each.severity is Severity.ERROR for each in told.issues)
    return FINDINGS if wrong else CLEAN


def _asking(model: Model, on: date, settings: Settings, *, people: bool) -> Asking:
    with asked(settings) as how:
        result = check(model, on=on, **how)
        limits = how["limits"] or {}
    return Asking(
        model=model, on=on, people=people, limits=limits, issues=result.issues
    )
