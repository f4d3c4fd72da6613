"""``missionkit explain``: what a code means, and a document in which it is found."""

from missionkit.cli.judging import asked
from missionkit.cli.settings import Settings
from missionkit.cli.streams import write
from missionkit.cli.terminal import Switch, say
from missionkit.errors import NotFoundError
from missionkit.report.explain import explain


def command(code: str, /, *, example: Switch = False) -> None:
    """Print what a code such as MK-TRC-001 means, why it matters, and what to do.

    Args:
        code: The code.
        example: Print a document in which the code is found, to be checked; or, where
            no document can show it, the line of Python that does.
    """
    with asked(Settings()) as how:
        found = explain(code, rules=how["rules"])
    if not example:
        say(found)
        return
    if found.example is None:
        raise NotFoundError("example of code", found.code)
    if found.example.python:
        say(found.example.python)
        return
    write(found.example.document)
