"""``missionkit explain``: what a code means, and a document in which it is found."""

from missionkit.cli.judging import asked
from missionkit.cli.settings import Settings
from missionkit.cli.streams import write
from missionkit.cli.terminal import Switch, say
from missionkit.errors import NotFoundError
from missionkit.markup import columns
from missionkit.report.explain import Explanation, explain, family


def command(code: str, /, *, example: Switch = False) -> None:
    """Print what a code such as MK-TRC-001 means, why it matters, and what to do.

    Of a family such as MK-TRC its codes are listed.

    Args:
        code: The code, or how those of its family begin.
        example: Print a document in which the code is found, to be checked; or, where
            no document can show it, the line of Python that does.
    """
    with asked(Settings()) as how:
        rules = how["rules"]
    codes = family(code, rules=rules)
    if codes and not example:
        say(_listed(codes))
    else:
        _tell(explain(code, rules=rules), example=example)


def _listed(codes: tuple[Explanation, ...]) -> str:
    return columns([(each.code, each.severity, each.reason) for each in codes])


def _tell(found: Explanation, *, example: bool) -> None:
    if not example:
        say(found)
        return
    if found.example is None:
        raise NotFoundError("example of code", found.code)
    if found.example.python:
        say(found.example.python)
        return
    write(found.example.document)
