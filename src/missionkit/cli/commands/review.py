"""``missionkit review``: from a document, or a store, to a review pack."""

from datetime import date

from missionkit.cli.judging import asked
from missionkit.cli.project import Project, project_here
from missionkit.cli.reviews import Many, held, settings_of
from missionkit.cli.terminal import File, Path, Switch, say, today
from missionkit.errors import InvalidValueError
from missionkit.report.pack import pack


def command(  # noqa: PLR0913 - the options of one command
    file: File,
    /,
    *,
    out: Path,
    on: date | None = None,
    stream: str | None = None,
    cycle: str | None = None,
    workflow: Many = (),
    people: Switch = False,
    lenient: Switch = False,
    isolated: Switch = False,
) -> None:
    """Write the review pack of a model: a page, Markdown, and issues as JSON.

    The table [tool.missionkit] of the nearest pyproject.toml has settings, as for
    check.

    Args:
        file: A missionkit document, a StratML plan, or the file, folder or URL of a
            store; - is a document on standard input.
        out: The folder to write into; it is made where it is missing.
        on: The day to judge, such as 2026-03-31; today unless given.
        stream: The stream of the store; it may be left out where there is only one.
        cycle: The id of the review to judge; the one under way unless given.
        workflow: A file with a workflow of your own, besides those of plug-ins.
        people: Name the people, too.
        lenient: Keep unknown fields of a missionkit document aside.
        isolated: Leave the settings of the project aside.
    """
    project = Project() if isolated else project_here()
    with held(file, stream, lenient=lenient) as there:
        try:
            with asked(project.settings) as how:
                plugged = project.settings.plugins is not False
                settings = settings_of(how, workflow, plugged=plugged)
                made = pack(
                    there.model,
                    on=on or today(),
                    cycle=cycle,
                    imported=there.imported,
                    people=people,
                    workflows=settings["workflows"],
                    guards=settings.get("guards"),
                    **how,
                )
        except InvalidValueError as error:
            raise project.placed(error) from None
    page, *_ = made.save(out)
    say(page)
    say(made.summary)
