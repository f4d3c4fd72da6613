"""``missionkit store diff``: what differs between two versions of a stream."""

from missionkit.cli.stores import Form, Stream, opened, show
from missionkit.cli.terminal import Path


def command(
    store: Path,
    stream: Stream,
    before: int,
    after: int | None = None,
    /,
    *,
    format: Form = "text",
) -> None:
    """Print what was added, removed and changed between two versions.

    Args:
        store: The file, the folder or the URL of the store.
        stream: The name of the stream.
        before: The version to begin with; 0 is the empty one.
        after: The version to end with; the newest unless given.
        format: Plain text, JSON, or an HTML page.
    """
    with opened(store) as workspace:
        found = workspace.diff(stream, before, after)
        show(found, format, title="What differs", stream=stream)
