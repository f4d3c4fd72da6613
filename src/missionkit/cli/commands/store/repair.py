"""``missionkit store repair``: what is damaged is put out of the way."""

from missionkit.cli.status import CLEAN, FINDINGS
from missionkit.cli.stores import Form, show
from missionkit.cli.terminal import Path
from missionkit.stores.opening import without_password
from missionkit.workspace.mending import check_store, repair_store


def command(store: Path, /, *, quarantine: bool = False, format: Form = "text") -> int:
    """Put what is damaged into quarantine, so that all else can be used.

    Nothing is deleted. Of each stream the commits before the first damaged one stay,
    and those after it are moved out of the way. Stop whatever else uses the store, and
    keep a copy. Without --quarantine it only prints what would be done.

    The exit status is 1 where something is still damaged.

    Args:
        store: The file, the folder or the URL of the store.
        quarantine: Do it.
        format: Plain text, JSON, or an HTML page.
    """
    found = repair_store(store) if quarantine else check_store(store)
    title = "What was done" if quarantine else "What a repair would do"
    show(found, format, title=title, stream=without_password(store))
    return CLEAN if found else FINDINGS
