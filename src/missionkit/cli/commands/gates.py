"""``missionkit gates``: where an organization stands against the gate of each stage."""

from datetime import date

from missionkit.cli.judging import asked
from missionkit.cli.project import Project, project_here
from missionkit.cli.status import CLEAN, FINDINGS
from missionkit.cli.terminal import File, Switch, loaded, say, today
from missionkit.errors import InvalidValueError
from missionkit.rules.standing import gates, under_way


def command(
    file: File,
    /,
    *,
    on: date | None = None,
    cycle: str | None = None,
    lenient: Switch = False,
    isolated: Switch = False,
) -> int:
    """Print for each stage of the review what its exit gate still asks for.

    The exit status is 1 where a gate is closed.

    Args:
        file: A missionkit document or a StratML plan; - is the standard input.
        on: The day to judge, such as 2026-03-31; today unless given.
        cycle: The id of the review to judge; the one under way unless given.
        lenient: Keep unknown fields of a missionkit document aside.
        isolated: Leave the settings of the project aside.
    """
    project = Project() if isolated else project_here()
    model = loaded(file, lenient=lenient).model
    try:
        with asked(project.settings) as how:
            found = gates(
                model,
                on=on or today(),
                cycle=cycle or under_way(model),
                limits=how["limits"],
                rules=how["rules"],
            )
    except InvalidValueError as error:
        raise project.placed(error) from None
    for gate in found:
        say(gate)
        for issue in gate.result.issues:
            say(f"  {issue.code} {issue.ref}: {issue.message}")
        for each in gate.result.waived:
            say(f"  waived: {each}")
        for missed in gate.result.not_judged:
            say(f"  not judged: {missed}")
    return FINDINGS if any(gate.open is False for gate in found) else CLEAN
