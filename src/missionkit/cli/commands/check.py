"""``missionkit check``: what is wrong or missing in a document."""

from datetime import date

from missionkit.cli.status import CLEAN, FINDINGS
from missionkit.cli.terminal import File, Switch, loaded, say, today
from missionkit.issue import Severity
from missionkit.rules.check import check


def command(
    file: File,
    /,
    *,
    on: date | None = None,
    lenient: Switch = False,
    strict: Switch = False,
) -> int:
    """Print what the rule book finds.

    The exit status is 1 where there are errors; warnings and advice alone leave it at
    0, and with --strict only advice does.

    Args:
        file: A missionkit document or a StratML plan; - is the standard input.
        on: The day to judge, such as 2026-03-31; today unless given.
        lenient: Keep unknown fields of a missionkit document aside.
        strict: End with 1 on warnings, too.
    """
    imported = loaded(file, lenient=lenient)
    for issue in imported.issues:
        say(issue)
    result = check(imported.model, on=on or today())
    say(result)
    grave = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    wrong = any(issue.severity in grave for issue in result.issues)
    return FINDINGS if wrong else CLEAN
