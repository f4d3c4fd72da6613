"""Issues as annotations, which GitHub shows beside the lines of a document."""

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

from missionkit.issue import Issue, Severity, Source
from missionkit.markup import visible

_LEVELS: Final = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.ADVICE: "notice",
}


def annotation(issue: Issue) -> str:
    """Return an issue as a command of a workflow, which GitHub shows at its line."""
    place = issue.source or Source()
    where = " ".join(filter(None, (issue.ref, issue.path)))
    facts = (("at", where), ("why", issue.why), ("fix", issue.fix))
    lines = (f"{word}: {said}" for word, said in facts if said)
    return _command(
        _LEVELS[issue.severity],
        "\n".join((issue.message, *lines)),
        file=_in_workspace(place.file),
        line=place.line,
        col=place.column,
        title=issue.code,
    )


def notice(said: str) -> str:
    """Return a remark as a command of a workflow."""
    return _command("notice", said, title="missionkit")


def _command(name: str, said: str, **properties: object) -> str:
    given = (f"{key}={_property(held)}" for key, held in properties.items() if held)
    return f"::{name} {','.join(given)}::{_data(said)}"


def _data(text: str) -> str:
    # Other ends of lines than this are made visible before.
    return visible(text).replace("%", "%25").replace("\n", "%0A")


def _property(held: object) -> str:
    return _data(str(held)).replace(":", "%3A").replace(",", "%2C")


def _in_workspace(file: str) -> str:
    """Return a file as its repository calls it; nothing for what is no file."""
    with suppress(OSError, ValueError):
        if not file or not Path(file).is_file():
            return ""
        place, root = Path(file).resolve(), Path(os.environ.get("GITHUB_WORKSPACE", ""))
        if root.is_absolute() and place.is_relative_to(root.resolve()):
            return place.relative_to(root.resolve()).as_posix()
        return file
    return ""
