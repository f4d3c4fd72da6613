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
) -> int:
    """Print what the rule book finds; the exit status is 1 where there are errors.

    Args:
        file: A missionkit document or a StratML plan; - is the standard input.
        on: The day to judge, such as 2026-03-31; today unless given.
        lenient: Keep unknown fields of a missionkit document aside.
    """
    imported = loaded(file, lenient=lenient)
    for issue in imported.issues:
        say(issue)
    result = check(imported.model, on=on or today())
    say(result)
    wrong = any(issue.severity is Severity.ERROR for issue in result.issues)
    return FINDINGS if wrong else CLEAN
