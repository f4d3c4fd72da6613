"""The document form of a workflow: one object, in JSON or in YAML."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from attrs import evolve

from missionkit.codec import codes
from missionkit.codec.converter import Record, value_writer
from missionkit.codec.faults import Fault, walked
from missionkit.codec.limits import LIMITS, Limits
from missionkit.codec.locate import Place, places
from missionkit.codec.migrations import SCHEMA as OF_MODELS
from missionkit.codec.path import Path, path_parts
from missionkit.codec.placing import Find, placed
from missionkit.codec.schema import value_schema
from missionkit.codec.text import decoded, refuse, values_of
from missionkit.codec.yaml_document import refuse_size, yaml_values
from missionkit.codec.yaml_writing import yaml_of
from missionkit.domain.spec import spec_of
from missionkit.domain.workflow import Workflow
from missionkit.domain.workflow_parts import faults_beside
from missionkit.errors import DocumentError, InvalidValueError
from missionkit.issue import Issue, Source
from missionkit.markup import one_line

WORKFLOW_SCHEMA: Final = "missionkit-workflow/1"
"""The schema of the documents that hold a workflow."""

_NUMBERED: Final = re.compile(r"missionkit-workflow/[1-9][0-9]{0,5}").fullmatch
_JSON_STARTS: Final = ("", "{", "[", '"')  # the first of them is an empty document
_NOWHERE: Final = Source()


def dumps_workflow(workflow: Workflow, *, indent: int | None = 2) -> str:
    """Return *workflow* as a JSON document; equal workflows give equal text.

    Fields stand in the order of declaration; what equals its default is left out.
    """
    document = _document_of(workflow)
    text = json.dumps(document, indent=indent, ensure_ascii=False, allow_nan=False)
    return f"{text}\n"


def yaml_dumps_workflow(workflow: Workflow) -> str:
    """Return *workflow* as a YAML document of the same content.

    Raises:
        LimitError: the text would be too large to be read again.
    """
    text = yaml_of(_document_of(workflow))
    refuse_size(text, "")
    return text


def loads_workflow(
    data: bytes | str | Mapping[str, object],
    *,
    source: str = "",
    limits: Limits = LIMITS,
) -> Workflow:
    """Return the workflow that a document holds: JSON, YAML, or plain values.

    Raises:
        DocumentError: the issues name every fault with path, line and column, those of
            the workflow's shape with the way that shows them.
        MissingExtraError: it is YAML, and the extra ``yaml`` is not installed.
    """
    values, find = _read(data, limits, source)
    if not isinstance(values, dict):
        said, fix = (
            "the document must be an object.",
            f'begin with {{"schema": "{WORKFLOW_SCHEMA}"}}',
        )
        issue = codes.WRONG_TYPE.issue(said, fix=fix, value=values)
        refuse(placed([Fault(issue, ())], find))
    found = [*_schema_faults(values)]
    newer = any(fault.issue.code == codes.NEWER_SCHEMA.code for fault in found)
    if newer or values.get("schema") == OF_MODELS:
        refuse(placed(found, find))  # what else it holds follows other rules
    record = {key: held for key, held in values.items() if key != "schema"}
    workflow, faults = _workflow(record, limits.faults)
    found += faults
    if workflow is None or found:
        issues = (*placed(found, find), *_more(faults, limits.faults))
        refuse(tuple(each.at(_known(each.source)) for each in issues))
    return workflow


def workflow_schema() -> Record:
    """Return the JSON Schema, draft 2020-12, of documents that hold a workflow.

    It cannot see whether the shape of a workflow is sound; `loads_workflow` does.
    """
    return value_schema(Workflow, WORKFLOW_SCHEMA)


def _document_of(workflow: object) -> Record:
    if not isinstance(workflow, Workflow):
        said = "what is written must be a workflow."
        issue = codes.WRONG_TYPE.issue(said, value=workflow)
        raise InvalidValueError("workflow", (issue,))
    return {"schema": WORKFLOW_SCHEMA, **value_writer(Workflow)(workflow)}


def _read(data: object, limits: Limits, source: str) -> tuple[object, Find]:
    """Return plain values, and what finds the places where they stand."""
    if isinstance(data, Mapping):
        return values_of(_as_text(data), limits), _no_places
    text = decoded(data, limits=limits, source=source)
    if text.lstrip()[:1] in _JSON_STARTS:

        def find(paths: Iterable[Path]) -> dict[Path, Place]:
            return places(text, paths, source)

        return values_of(text, limits, source), find
    composed = yaml_values(text, limits, source)
    return composed.values, composed.find


def _as_text(data: Mapping[str, object]) -> str:
    """Return plain values as the JSON that they stand for, so that all rules hold."""
    try:
        return json.dumps(dict(data), allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        said = f"plain values are those of JSON: {one_line(str(error))}."
        issue = codes.WRONG_TYPE.issue(said, fix="use text, numbers, lists and dicts")
        raise DocumentError((issue,)) from None


def _no_places(paths: Iterable[Path]) -> dict[Path, Place]:
    return {path: Place(path, _NOWHERE, _NOWHERE) for path in paths}


def _known(place: Source | None) -> Source | None:
    """Return a place, or None where plain values were read, which stand nowhere."""
    return None if place == _NOWHERE else place


def _schema_faults(values: Record) -> Iterator[Fault]:
    """Yield what is wrong with the name of the schema."""
    fix = f'write "schema": "{WORKFLOW_SCHEMA}"'
    if "schema" not in values:
        said = "the document does not say its schema."
        yield Fault(codes.NO_SCHEMA.issue(said, fix=fix), ())
        return
    named = values["schema"]
    if named == WORKFLOW_SCHEMA:
        return
    said = f"the schema must be {WORKFLOW_SCHEMA!r}."
    code = codes.OTHER_SCHEMA
    if isinstance(named, str) and _NUMBERED(named):
        code, fix = codes.NEWER_SCHEMA, ""
    elif named == OF_MODELS:
        said = "this is the document of a model."
        fix = "read it with `load`"
    yield Fault(code.issue(said, fix=fix, value=named), ("schema",))


def _workflow(record: Record, most: int) -> tuple[Workflow | None, list[Fault]]:
    """Return the workflow, or every fault of its parts and of its shape."""
    try:
        found, told = walked(spec_of(Workflow), record, (), most)
    except InvalidValueError as error:
        return None, list(_of_shape(error.issues))
    faults = [_without_lenient(fault) for fault in told]
    if not faults or found is None or len(faults) >= most:
        return found, faults
    wrong = {str(fault.path[0]) for fault in faults if fault.path}
    missing = {item.name for item in spec_of(Workflow).fields if item.required}
    wrong |= missing - record.keys()
    given = {name: getattr(found, name) for name in spec_of(Workflow).by_name}
    return found, [*faults, *_of_shape(faults_beside(given, frozenset(wrong)))]


def _of_shape(issues: Iterable[Issue]) -> Iterator[Fault]:
    for issue in issues:
        yield Fault(issue, path_parts(issue.path))


def _without_lenient(fault: Fault) -> Fault:
    """Return a fault without the advice to load leniently, which is for models."""
    if fault.issue.fix == codes.UNKNOWN_FIELD.fix:
        return evolve(fault, issue=evolve(fault.issue, fix="take the field out"))
    return fault


def _more(faults: list[Fault], most: int) -> Iterator[Issue]:
    if len(faults) >= most:
        said = f"there are at least {most} faults; no more were looked for."
        yield codes.MORE_FAULTS.issue(said, value=most)
