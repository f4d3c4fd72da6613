"""Documents of earlier schemas are read for ever."""

import json
from pathlib import Path

import pytest

from missionkit.codec.document import dumps, loads
from missionkit.codec.migrations import CURRENT, SCHEMA, STEPS, migrated
from missionkit.domain.plan import Goal
from missionkit.domain.role import Role, RoleAssignment
from missionkit.domain.stakeholder import Need
from missionkit.errors import DocumentError

DOCUMENTS = Path(__file__).parents[1] / "documents"


def test_the_schema_that_is_written_is_the_last_of_the_steps() -> None:
    assert (CURRENT, SCHEMA, len(STEPS)) == (1, "missionkit/1", 1)


@pytest.mark.parametrize("path", sorted(DOCUMENTS.glob("*.json")), ids=lambda p: p.name)
def test_every_document_ever_released_is_read(path: Path) -> None:
    number = json.loads(path.read_bytes())["schema"].removeprefix("missionkit/")
    imported = loads(path.read_bytes(), source=path.name)

    assert [i.code for i in imported.issues] == ["MK-DOC-027"] * (int(number) < CURRENT)
    assert imported.lost == ()
    assert len(imported.model) > 5
    assert loads(dumps(imported.model)).model == imported.model


def test_the_draft_form_keeps_its_meaning() -> None:
    model = loads((DOCUMENTS / "missionkit-0.json").read_bytes()).model

    assert model.get(Need, "warm-home").statement == "A home that is warm in winter"
    assert (
        model.get(Goal, "healthy-homes").statement == "Every home is healthy to live in"
    )
    assert [(a.on, a.role, a.party) for a in model.of(RoleAssignment)] == [
        ("insulate-blocks", "owner", "party-7f3k"),
        ("repairs", "owner", "party-2b9d"),
    ]
    assert [role.name for role in model.of(Role)] == ["Owner"]


def test_a_document_of_the_current_schema_is_left_as_it_is() -> None:
    document = {"schema": "missionkit/1", "needs": [{"text": "x"}]}

    assert migrated(document) == (document, 1)
    assert migrated(document)[0] is document


def test_the_draft_given_is_not_changed() -> None:
    document = {"schema": "missionkit/0", "needs": [{"id": "a", "text": "x"}]}

    assert migrated(document)[0]["needs"] == [{"id": "a", "statement": "x"}]
    assert document == {"schema": "missionkit/0", "needs": [{"id": "a", "text": "x"}]}


def test_ids_that_are_taken_are_left_to_their_owners() -> None:
    document = {
        "schema": "missionkit/0",
        "roles": [{"id": "owner", "name": "Somebody"}],
        "processes": [{"id": "p", "name": "P", "owner": "x"}],
        "parties": [{"id": "p-owner", "name": "X"}],
    }
    found = migrated(document)[0]

    assert found["roles"][1] == {"id": "owner-2", "name": "Owner", "kind": "owner"}
    assert found["role_assignments"] == [
        {"id": "p-owner-2", "role": "owner-2", "party": "x", "on": "p"}
    ]


@pytest.mark.parametrize(
    "broken",
    [
        {"needs": 7},
        {"needs": [7, None, {"text": 7}]},
        {"processes": [{"owner": "x"}, {"id": "p", "owner": 7}]},
        {"processes": [{"id": "p", "owner": "x"}], "roles": 7},
        {"needs": [{"id": "a", "text": "x", "statement": "y"}]},
        {"goals": {"id": "g"}},
    ],
    ids=range(6),
)
def test_a_broken_draft_is_refused_like_any_other(broken: dict[str, object]) -> None:
    with pytest.raises(DocumentError) as caught:
        loads(json.dumps({"schema": "missionkit/0", **broken}))

    assert all(issue.source and issue.source.line for issue in caught.value.issues)
