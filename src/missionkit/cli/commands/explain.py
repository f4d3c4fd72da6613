"""``missionkit explain``: what a code means."""

from missionkit.cli.terminal import say
from missionkit.report.explain import explain


def command(code: str, /) -> None:
    """Print what a code such as MK-TRC-001 means, why it matters, and what to do.

    Args:
        code: The code.
    """
    say(explain(code))
