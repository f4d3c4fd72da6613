"""``missionkit store blame``: who changed each field of an element last."""

from missionkit.cli.stores import Form, Stream, opened, show
from missionkit.cli.terminal import Path


def command(store: Path, stream: Stream, ref: str, /, *, format: Form = "text") -> None:
    """Print for each field of an element who changed it last, when and why.

    Args:
        store: The file, the folder or the URL of the store.
        stream: The name of the stream.
        ref: The id of the element.
        format: Plain text, JSON, or an HTML page.
    """
    with opened(store) as workspace:
        found = workspace.blame(stream, ref)
        show(found, format, title=f"Who changed {ref}", stream=stream)
