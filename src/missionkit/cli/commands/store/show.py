"""``missionkit store show``: the streams of a store, a model, or an element of it."""

from datetime import date
from typing import Literal

from missionkit.cli.stores import Stream, opened, show_json
from missionkit.cli.streams import write
from missionkit.cli.terminal import Path, say
from missionkit.codec.document import dumps
from missionkit.codec.writing import record_of
from missionkit.markup import columns
from missionkit.workspace import Workspace


def command(  # noqa: PLR0913 - the options of one command
    store: Path,
    stream: Stream | None = None,
    ref: str | None = None,
    /,
    *,
    version: int | None = None,
    known: date | None = None,
    format: Literal["text", "json"] = "text",
) -> None:
    """Print which streams there are, what one holds, or one element of it.

    As JSON a stream is a missionkit document, which every other command reads.

    Args:
        store: The file, the folder or the URL of the store.
        stream: The name of a stream; without it all are listed.
        ref: The id of an element.
        version: After how many commits; the newest unless given.
        known: As it was known at the end of a day, such as 2026-03-31.
        format: Plain text, or JSON.
    """
    with opened(store) as workspace:
        if stream is None:
            _streams(workspace, as_json=format == "json")
            return
        model = workspace.model(stream, version=version, known=known)
        if ref is not None:
            element = model[ref]
            _, record = record_of(element, model.kinds)
            show_json(record) if format == "json" else say(element)
        elif format == "json":
            write(dumps(model).encode())
        else:
            say(model)


def _streams(workspace: Workspace, *, as_json: bool) -> None:
    counts = {name: workspace.version(name) for name in workspace.streams()}
    if as_json:
        show_json({"streams": counts})
    else:
        say(columns([("stream", "commits"), *counts.items()]))
