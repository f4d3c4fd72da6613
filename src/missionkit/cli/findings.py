"""What ``missionkit check`` prints: text, a JSON document, or annotations."""

import json
from collections.abc import Iterator
from typing import Literal, TypeAlias

from attrs import evolve, frozen

from missionkit.cli.annotations import annotation, notice
from missionkit.cli.places import placed
from missionkit.cli.project import Project
from missionkit.cli.terminal import called, say, source
from missionkit.domain.model import Model
from missionkit.errors import DocumentError
from missionkit.formats.file import read_bytes
from missionkit.formats.load import load
from missionkit.issue import Issue, Severity
from missionkit.ports.format import Imported
from missionkit.rules.result import CheckResult

Form: TypeAlias = Literal["text", "json", "github"]


@frozen
class Document:
    """A document that was read: how it is called, its bytes, and what they hold."""

    name: str
    data: bytes
    imported: Imported

    @property
    def model(self) -> Model:
        """The model that the document holds."""
        return self.imported.model

    def placed(self, result: CheckResult) -> CheckResult:
        """Return a result whose issues have their places in the document."""
        return evolve(result, issues=placed(result.issues, self.data, self.name))


def document_of(file: str, *, form: Form, lenient: bool) -> Document:
    """Return what a file, or the standard input, holds.

    Raises:
        DocumentError: it cannot be read; where annotations are asked for, they are
            printed first.
    """
    name = called(file)
    data = read_bytes(source(file), name=name)
    try:
        return Document(name, data, load(data, lenient=lenient, name=name))
    except DocumentError as error:
        if form == "github":
            for issue in error.issues:
                say(annotation(issue))
        raise


def lines(
    document: Document, result: CheckResult, project: Project, *, form: Form
) -> Iterator[str]:
    """Yield what is printed of a check, piece by piece."""
    if form == "json":
        yield _json(document, result, project)
    elif form == "github":
        yield from _annotations(document, result, project)
    else:
        yield from _text(document.imported.issues, result, project)


def _text(
    imported: tuple[Issue, ...], result: CheckResult, project: Project
) -> Iterator[str]:
    yield from map(str, imported)
    yield str(result)
    if said := _settings(project):
        yield f"\n{said}"


def _settings(project: Project) -> str:
    """Return in one line what the project's file changed, if it did."""
    said = str(project.settings)
    return f"settings of {project.file}: {said}" if said else ""


def _json(document: Document, result: CheckResult, project: Project) -> str:
    imported = document.imported
    facts = {
        "source": document.name,
        **document.placed(result).as_dict(),
        "imported": {
            "issues": [issue.as_dict() for issue in imported.issues],
            "lost": [
                {"path": lost.path, "value": lost.value, "why": lost.why}
                for lost in imported.lost
            ],
        },
        "settings": _facts(project),
    }
    # In ASCII, so that no terminal has to write a letter in a way that is not JSON's.
    return json.dumps(facts, indent=2)


def _facts(project: Project) -> dict[str, object] | None:
    """Return the project's file and what it changed, where there is one."""
    if not project.file:
        return None
    return {"file": project.file, **project.settings.as_dict()}


def _annotations(
    document: Document, result: CheckResult, project: Project
) -> Iterator[str]:
    # GitHub shows the first ten of a kind: what tells of all of them goes first.
    missed = len(result.not_judged)
    unknown = f"; {missed} not judged" if missed else ""
    yield notice(str(result).partition("\n")[0] + unknown)
    if said := _settings(project):
        yield notice(said)
    place = placed(document.imported.issues, document.data, document.name)
    yield from map(annotation, (*place, *document.placed(result).issues))
    yield from _set_apart(document, result)


def _set_apart(document: Document, result: CheckResult) -> Iterator[str]:
    """Yield a notice for each issue that was waived, and for what was not judged."""
    issues = [evolve(w.issue, message=str(w), why="", fix="") for w in result.waived]
    for issue in placed(issues, document.data, document.name):
        yield annotation(evolve(issue, severity=Severity.ADVICE))
    for missed in result.not_judged:
        yield notice(f"not judged: {missed}")
