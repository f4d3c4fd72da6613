"""``missionkit cycle``: where a review stands, and what each move from there needs."""

from datetime import date

from missionkit.cli.judging import asked
from missionkit.cli.project import Project, project_here
from missionkit.cli.reviews import Many, Told, held, settings_of
from missionkit.cli.status import CLEAN, FINDINGS
from missionkit.cli.stores import Form, show
from missionkit.cli.terminal import File, Switch, say, today
from missionkit.errors import InvalidValueError
from missionkit.rules.standing import last_review


def command(  # noqa: PLR0913 - the options of one command
    file: File,
    /,
    *,
    stream: str | None = None,
    cycle: str | None = None,
    on: date | None = None,
    by: str | None = None,
    workflow: Many = (),
    format: Form = "text",
    lenient: Switch = False,
    isolated: Switch = False,
) -> int:
    """Print where a review stands, what each move needs, and who may make it.

    The exit status is 1 where a review is under way and nothing leads on from where it
    stands. Of a store it is also told which commits made an approval stale.

    Args:
        file: A document, or the file, folder or URL of a store; - is a document on
            standard input.
        stream: The stream of the store; it may be left out where there is only one.
        cycle: The id of the review; the one under way, or the last, unless given.
        on: The day to judge, such as 2026-03-31; today unless given.
        by: Judge the moves as if this party made them.
        workflow: A file with a workflow of your own, besides those of plug-ins.
        format: Plain text, JSON, or an HTML page.
        lenient: Keep unknown fields of a missionkit document aside.
        isolated: Leave the settings of the project aside.
    """
    project = Project() if isolated else project_here()
    with held(file, stream, lenient=lenient) as there:
        last = last_review(there.model)
        review = cycle or (last.id if last else None)
        if review is None:
            say("There is no review yet.")
            return CLEAN
        try:
            with asked(project.settings) as how:
                plugged = project.settings.plugins is not False
                settings = settings_of(how, workflow, plugged=plugged)
                told = Told.of(there, review, on or today(), by, settings)
        except InvalidValueError as error:
            raise project.placed(error) from None
    name = told.state.cycle.name
    show(told, format, title=f"Where {name} stands", stream=there.stream)
    return CLEAN if told.state.over or told.state.onward else FINDINGS
