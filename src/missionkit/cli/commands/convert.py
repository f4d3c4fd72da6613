"""``missionkit convert``: a document in another form."""

import sys
from typing import Annotated

from cyclopts import Parameter

from missionkit.cli.terminal import say
from missionkit.formats.load import convert


def command(
    file: str,
    target: str,
    /,
    *,
    lenient: Annotated[bool, Parameter(negative=())] = False,
) -> None:
    """Write a document in the form that the ending of the target names.

    .json is a missionkit document; .mmd and .dot are pictures as text, for Mermaid and
    for Graphviz. What was mended and what was lost is printed.

    Args:
        file: A missionkit document or a StratML plan; - is the standard input.
        target: The file to write.
        lenient: Keep unknown fields of a missionkit document aside.
    """
    source = sys.stdin.buffer if file == "-" else file
    done = convert(source, target, lenient=lenient)
    for issue in done.issues:
        say(issue)
    for lost in done.lost:
        say(f"lost: {lost}")
    say(f"{done.path}: {len(done.issues)} remarks, {len(done.lost)} losses")
