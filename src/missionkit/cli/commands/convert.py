"""``missionkit convert``: a document in another form."""

from missionkit.cli.terminal import File, Path, Switch, called, say, source
from missionkit.formats.load import convert
from missionkit.report.wording import losses, plural


def command(
    file: File,
    target: Path,
    /,
    *,
    lenient: Switch = False,
) -> None:
    """Write a document in the form that the ending of the target names.

    .json and .yaml are missionkit documents; .mmd and .dot are pictures as text, for
    Mermaid and for Graphviz. What was mended and what was lost is printed.

    Args:
        file: A missionkit document or a StratML plan; - is the standard input.
        target: The file to write.
        lenient: Keep unknown fields of a missionkit document aside.
    """
    done = convert(source(file), target, lenient=lenient, name=called(file))
    for issue in done.issues:
        say(issue)
    lost, left_out = losses(done.lost)
    for each in lost:
        say(f"lost: {each}")
    told = plural(len(done.issues), "remark"), plural(len(lost), "loss", "losses")
    say(f"{done.path}: {', '.join(filter(None, (*told, left_out)))}")
