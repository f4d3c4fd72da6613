"""``missionkit check``: what is wrong or missing in a document."""

from datetime import date
from typing import Annotated, TypeAlias

from cyclopts import Parameter

from missionkit.cli.findings import Form, document_of, lines
from missionkit.cli.judging import asked
from missionkit.cli.options import settings_from
from missionkit.cli.project import Project, project_here
from missionkit.cli.status import CLEAN, FINDINGS
from missionkit.cli.terminal import File, Switch, say, today
from missionkit.errors import InvalidValueError
from missionkit.issue import Severity
from missionkit.rules.check import check

Many: TypeAlias = Annotated[tuple[str, ...], Parameter(negative=(), show_default=False)]
"""An option that can be given more than once."""


def command(  # noqa: PLR0913 - the options of one command
    file: File,
    /,
    *,
    on: date | None = None,
    cycle: str | None = None,
    select: Many = (),
    ignore: Many = (),
    severity: Many = (),
    limit: Many = (),
    format: Form = "text",
    lenient: Switch = False,
    strict: bool | None = None,
    plugins: bool | None = None,
    isolated: Switch = False,
) -> int:
    """Print what the rule book and the rules of plug-ins find.

    The exit status is 1 where there are errors; warnings and advice alone leave it at
    0, and with --strict only advice does. What is waived counts for nothing. The table
    [tool.missionkit] of the nearest pyproject.toml has settings that these options
    beat: select, ignore, severities, limits, strict, plugins.

    Args:
        file: A missionkit document or a StratML plan; - is the standard input.
        on: The day to judge, such as 2026-03-31; today unless given.
        cycle: The id of the review to judge.
        select: Judge these codes alone, and those that begin so: MK-TRC,MK-RSP-014.
        ignore: Leave these out; where both fit a code, the longer one decides.
        severity: Take a code for an error, a warning or advice: MK-TRC-006=error.
        limit: Judge by another limit: consulted_roles=5.
        format: Plain text, JSON, or annotations for a workflow on GitHub.
        lenient: Keep unknown fields of a missionkit document aside.
        strict: End with 1 on warnings, too.
        plugins: Ask also the rules of plug-ins, which is the default.
        isolated: Leave the settings of the project aside.
    """
    options = settings_from(
        select=select,
        ignore=ignore,
        severity=severity,
        limit=limit,
        strict=strict,
        plugins=plugins,
    )
    project = (Project() if isolated else project_here()).leaving(options)
    settings = project.settings | options
    document = document_of(file, form=format, lenient=lenient)
    try:
        with asked(settings) as how:
            result = check(document.model, on=on or today(), cycle=cycle, **how)
    except InvalidValueError as error:
        raise project.placed(error) from None
    for line in lines(document, result, project, form=format):
        say(line)
    grave = {Severity.ERROR, Severity.WARNING} if settings.strict else {Severity.ERROR}
    wrong = any(issue.severity in grave for issue in result.issues)
    return FINDINGS if wrong else CLEAN
