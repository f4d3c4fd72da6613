"""``missionkit store checkpoint``: what holds a store to what it is now."""

from missionkit.cli.stores import opened
from missionkit.cli.streams import write
from missionkit.cli.terminal import Path


def command(store: Path, /) -> None:
    """Print a checkpoint: keep it where whoever can change the store cannot.

    Args:
        store: The file, the folder or the URL of the store.
    """
    with opened(store) as workspace:
        write(str(workspace.checkpoint()).encode())
