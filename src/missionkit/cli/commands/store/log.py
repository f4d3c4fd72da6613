"""``missionkit store log``: the commits of a stream, as an auditor reads them."""

from typing import Literal

from missionkit.cli.stores import Stream, opened, show
from missionkit.cli.streams import write
from missionkit.cli.terminal import Path


def command(
    store: Path,
    stream: Stream,
    /,
    *,
    format: Literal["text", "json", "csv", "html"] = "text",
) -> None:
    """Print the commits of a stream: when, by whom and why.

    As CSV, HTML and JSON it is the audit trail: each change of each commit, with the
    digest of what was stored and the hash of the commit.

    Args:
        store: The file, the folder or the URL of the store.
        stream: The name of the stream.
        format: Plain text, JSON, CSV for a spreadsheet, or an HTML page.
    """
    with opened(store) as workspace:
        found = workspace.history(stream)
        if format == "csv":
            write(found.to_csv().encode())
        else:
            show(found, format, title="Audit trail", stream=stream)
