"""``missionkit review``: from a document to a review pack."""

from datetime import date

from missionkit.cli.judging import asked
from missionkit.cli.project import Project, project_here
from missionkit.cli.terminal import File, Path, Switch, loaded, say, today
from missionkit.errors import InvalidValueError
from missionkit.report.pack import pack


def command(  # noqa: PLR0913 - the options of one command
    file: File,
    /,
    *,
    out: Path,
    on: date | None = None,
    cycle: str | None = None,
    people: Switch = False,
    lenient: Switch = False,
    isolated: Switch = False,
) -> None:
    """Write the review pack of a document: a page, Markdown, and issues as JSON.

    The table [tool.missionkit] of the nearest pyproject.toml has settings, as for
    check.

    Args:
        file: A missionkit document or a StratML plan; - is the standard input.
        out: The folder to write into; it is made where it is missing.
        on: The day to judge, such as 2026-03-31; today unless given.
        cycle: The id of the review to judge; the one under way unless given.
        people: Name the people, too.
        lenient: Keep unknown fields of a missionkit document aside.
        isolated: Leave the settings of the project aside.
    """
    project = Project() if isolated else project_here()
    imported = loaded(file, lenient=lenient)
    try:
        with asked(project.settings) as how:
            made = pack(
                imported.model,
                on=on or today(),
                cycle=cycle,
                imported=imported,
                people=people,
                **how,
            )
    except InvalidValueError as error:
        raise project.placed(error) from None
    page, *_ = made.save(out)
    say(page)
    say(made.summary)
