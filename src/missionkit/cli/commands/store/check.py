"""``missionkit store check``: what is damaged in a store, and where."""

from missionkit.cli.status import CLEAN, FINDINGS
from missionkit.cli.stores import Form, show
from missionkit.cli.terminal import Path
from missionkit.stores.opening import without_password
from missionkit.workspace.mending import check_store


def command(store: Path, /, *, format: Form = "text") -> int:
    """Print what is damaged, by file, commit and byte, and what a repair would do.

    Nothing is changed. The exit status is 1 where something is damaged, 2 where there
    is no store of that name, and 3 where nothing of it can be read.

    Args:
        store: The file, the folder or the URL of the store.
        format: Plain text, JSON, or an HTML page.
    """
    found = check_store(store)
    show(found, format, title="What is damaged", stream=without_password(store))
    return CLEAN if found else FINDINGS
