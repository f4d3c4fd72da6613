"""``missionkit review``: from a document to a review pack."""

from datetime import date

from missionkit.cli.terminal import File, Path, Switch, loaded, say, today
from missionkit.report.pack import pack


def command(
    file: File,
    /,
    *,
    out: Path,
    on: date | None = None,
    people: Switch = False,
    lenient: Switch = False,
) -> None:
    """Write the review pack of a document: a page, Markdown, and issues as JSON.

    Args:
        file: A missionkit document or a StratML plan; - is the standard input.
        out: The folder to write into; it is made where it is missing.
        on: The day to judge, such as 2026-03-31; today unless given.
        people: Name the people, too.
        lenient: Keep unknown fields of a missionkit document aside.
    """
    imported = loaded(file, lenient=lenient)
    made = pack(imported.model, on=on or today(), imported=imported, people=people)
    page, *_ = made.save(out)
    say(page)
    say(made.summary)
