"""Brings documents of earlier schemas up to date, one numbered step after another.

``missionkit/0`` was the draft form used before the first release. It stays readable,
and its test document shows the way for every step to come.
"""

import re
from collections.abc import Callable
from copy import deepcopy
from typing import Any, Final

from missionkit.codec import codes
from missionkit.domain.ids import new_id
from missionkit.errors import DocumentError

Record = dict[str, Any]

_SCHEMA: Final = re.compile(r"missionkit/(0|[1-9][0-9]{0,5})").fullmatch


def _from_draft(document: Record) -> None:
    """Rename `text` of needs and goals, and make a role assignment of each `owner`."""
    for record in (*_records(document, "needs"), *_records(document, "goals")):
        if "text" in record and "statement" not in record:
            record["statement"] = record.pop("text")
    owned = [
        (record["id"], record.pop("owner"))
        for plural in ("objectives", "processes")
        for record in _records(document, plural)
        if isinstance(record.get("id"), str) and isinstance(record.get("owner"), str)
    ]
    if owned:
        _assign_owners(document, owned)


def _assign_owners(document: Record, owned: list[tuple[str, str]]) -> None:
    held = (value for value in document.values() if isinstance(value, list))
    records = (record for many in held for record in many if isinstance(record, dict))
    taken = {str(record.get("id")) for record in records}
    role = new_id("role", "Owner", taken)
    taken.add(role)
    owner = {"id": role, "name": "Owner", "kind": "owner"}
    _array(document, "roles").append(owner)
    for ref, party in owned:
        name = new_id("role_assignment", f"{ref}-owner", taken)
        taken.add(name)
        assignment = {"id": name, "role": role, "party": party, "on": ref}
        _array(document, "role_assignments").append(assignment)


STEPS: Final[tuple[Callable[[Record], None], ...]] = (_from_draft,)
"""The step at position n changes a document of schema n to one of schema n + 1."""

CURRENT: Final = len(STEPS)
SCHEMA: Final = f"missionkit/{CURRENT}"
"""The schema that this release writes."""


def migrated(document: Record) -> tuple[Record, int]:
    """Return a document in the current form, and the number of its own schema.

    Raises:
        DocumentError: it names no schema, another one, or a newer one.
    """
    number = _number(document)
    if number < CURRENT:
        document = deepcopy(document)
        for step in STEPS[number:]:
            step(document)
        document["schema"] = SCHEMA
    return document, number


def _number(document: Record) -> int:
    if "schema" not in document:
        said = "the document does not say its schema."
        raise DocumentError((codes.NO_SCHEMA.issue(said),))
    named = document["schema"]
    hit = _SCHEMA(named) if isinstance(named, str) else None
    if hit is None:
        said = f"the schema must be {SCHEMA!r}."
        flow = isinstance(named, str) and named.startswith("missionkit-workflow/")
        fix = "this is a workflow: read it with `load_workflow`" if flow else ""
        issue = codes.OTHER_SCHEMA.issue(said, path="schema", value=named, fix=fix)
        raise DocumentError((issue,))
    number = int(hit[1])
    if number > CURRENT:
        said = f"the document is of schema {named!r}; {SCHEMA!r} is the newest known."
        issue = codes.NEWER_SCHEMA.issue(said, path="schema", value=named)
        raise DocumentError((issue,))
    return number


def _records(document: Record, plural: str) -> list[Record]:
    many = document.get(plural)
    if not isinstance(many, list):
        return []
    return [record for record in many if isinstance(record, dict)]


def _array(document: Record, plural: str) -> list[Any]:
    many = document.setdefault(plural, [])
    return many if isinstance(many, list) else []
