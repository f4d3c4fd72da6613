"""Workflows in files: JSON or YAML, read within limits, written whole or not at all."""

import re
from collections.abc import Callable, Mapping
from os import PathLike
from pathlib import Path
from typing import Final

from missionkit.codec.workflow_document import (
    dumps_workflow,
    loads_workflow,
    yaml_dumps_workflow,
)
from missionkit.domain.workflow import Workflow
from missionkit.errors import DocumentError
from missionkit.formats.codes import UNKNOWN_CONTENT, UNKNOWN_TARGET
from missionkit.formats.file import Readable, name_of, read_bytes, write_bytes
from missionkit.formats.workflow_mermaid import workflow_mermaid
from missionkit.issue import Source, did_you_mean

_START: Final = 4096
_MERMAID: Final = re.compile(
    rb"\s*(?:---\s.*?\n---\s+)?(?:%%[^\n]*\s+)*(?:stateDiagram|flowchart|graph)\b",
    re.DOTALL,
)
_WRITERS: Final[Mapping[str, Callable[[Workflow], str]]] = {
    ".json": dumps_workflow,
    ".yaml": yaml_dumps_workflow,
    ".yml": yaml_dumps_workflow,
    ".mmd": workflow_mermaid,
}


def load_workflow(source: Readable, *, name: str = "") -> Workflow:
    """Return the workflow that a JSON or YAML document holds; a string is a path.

    *name* is what issues call the source.

    Raises:
        NotFoundError: there is no such file.
        DocumentError: it cannot be read, or the workflow has faults; all are named.
        MissingExtraError: it is YAML, and the extra ``yaml`` is not installed.
    """
    called = name or name_of(source)
    data = read_bytes(source, name=called)
    if _MERMAID.match(data[:_START]):
        said = f"{called or 'the document'} is a picture of a workflow (Mermaid)"
        issue = UNKNOWN_CONTENT.issue(
            f"{said}, and a picture leaves out what gates, guards and roles there are.",
            source=Source(file=called, line=1),
            fix="give the workflow itself, as .json or .yaml",
        )
        raise DocumentError((issue,))
    return loads_workflow(data, source=called)


def save_workflow(workflow: Workflow, target: str | PathLike[str]) -> Path:
    """Write a workflow in the form that the ending of *target* names; return its path.

    ``.json`` and ``.yaml`` can be read again, ``.mmd`` is a picture as text.

    Raises:
        DocumentError: nothing here writes that form.
        StoreError: the file cannot be written; it was not changed.
    """
    path = Path(target)
    write = _WRITERS.get(path.suffix.lower())
    if write is None:
        ending = path.suffix.lower()
        near = did_you_mean(ending, _WRITERS)
        issue = UNKNOWN_TARGET.issue(
            f"nothing here writes {ending or 'a file without an ending'}.",
            value=path.name,
            fix=near or f"end the name in {', '.join(_WRITERS)}",
        )
        raise DocumentError((issue,))
    write_bytes({path: write(workflow).encode()})
    return path
