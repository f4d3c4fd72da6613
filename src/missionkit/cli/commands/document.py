"""``missionkit document``: what a review hands on, written from the model."""

from datetime import date

from missionkit.cli.reviews import held
from missionkit.cli.terminal import File, Path, Switch, say, today
from missionkit.markup import columns
from missionkit.report.document import document, document_modules


def command(  # noqa: PLR0913 - the options of one command
    file: File,
    key: str | None = None,
    /,
    *,
    on: date | None = None,
    save: Path | None = None,
    stream: str | None = None,
    cycle: str | None = None,
    people: Switch = False,
    lenient: Switch = False,
) -> None:
    """Print a document of a review as Markdown, or save it as a page and as Markdown.

    Without a key it lists the documents that there are, and to whom each goes.

    Args:
        file: A document, or the file, folder or URL of a store; - is a document on
            standard input.
        key: Which document, such as business-plan.
        on: The day to judge, such as 2026-03-31; today unless given.
        save: The folder to write into; it is made where it is missing.
        stream: The stream of the store; it may be left out where there is only one.
        cycle: The id of the review; the one under way, or the last, unless given.
        people: Name the people, too.
        lenient: Keep unknown fields of a missionkit document aside.
    """
    with held(file, stream, lenient=lenient) as there:
        model = there.model
    if key is None:
        say(_listed())
        return
    made = document(model, key, on=on or today(), cycle=cycle, people=people)
    if save is None:
        say(made.markdown.rstrip("\n"))
        return
    for path in made.save(save):
        say(path)


def _listed() -> str:
    rows = [
        (key, module.TITLE, f"to {', '.join(module.CONSUMERS)}")
        for key, module in document_modules().items()
    ]
    return columns(rows)
