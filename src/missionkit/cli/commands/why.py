"""``missionkit why``: what an element is for."""

from missionkit.cli.terminal import File, Switch, loaded, say
from missionkit.trace.why import why


def command(file: File, ref: str, /, *, lenient: Switch = False) -> None:
    """Print the way from an element up to the intent and to the stakeholders.

    Args:
        file: A missionkit document or a StratML plan; - is the standard input.
        ref: The id of the element.
        lenient: Keep unknown fields of a missionkit document aside.
    """
    say(why(loaded(file, lenient=lenient).model, ref))
