"""4,000 documents with one change each: read and kept, or refused with its place."""

import json
from typing import Any

import pytest

from missionkit.codec.document import dumps, loads
from missionkit.codec.path import path_parts, value_at
from missionkit.errors import DocumentError
from missionkit.issue import Issue
from tests.codec.models import chance, model_of
from tests.codec.mutants import garbled, mutated, text_of

PART = 250
DOCUMENTS: list[dict[str, Any]] = [
    json.loads(dumps(model_of(seed, 12))) for seed in range(20)
]


def read_or_refused(text: str) -> tuple[Issue, ...]:
    try:
        model = loads(text).model
    except DocumentError as error:
        assert error.issues  # noqa: PT017 - most are refused, and both are right
        return error.issues
    assert loads(dumps(model)).model == model
    return ()


def stands_there(document: object, text: str, issue: Issue) -> bool:
    """Return whether the value, or its key, stands at the issue's line and column."""
    path = path_parts(issue.path)
    value = json.dumps(value_at(document, path), ensure_ascii=False)
    assert issue.source is not None
    assert issue.source.line is not None
    assert issue.source.column is not None
    rest = text.split("\n")[issue.source.line - 1][issue.source.column - 1 :]
    key = json.dumps(path[-1], ensure_ascii=False) + ": " if path else value
    return rest.startswith((value if value[0] not in "[{" else value[0], key))


@pytest.mark.parametrize("part", range(12))
def test_a_changed_value_is_kept_or_refused_at_a_path_that_exists(part: int) -> None:
    random = chance(part)
    for _ in range(PART):
        document = mutated(random.choice(DOCUMENTS), random)
        text = text_of(document)
        for issue in read_or_refused(text):
            assert issue.message
            assert issue.why
            assert issue.fix
            inside = issue.code == "MK-DOC-005"  # the character itself is pointed at
            assert inside or stands_there(document, text, issue), issue


@pytest.mark.parametrize("part", range(4))
def test_a_changed_text_is_kept_or_refused_with_line_and_column(part: int) -> None:
    random = chance(part)
    texts = [text_of(document) for document in DOCUMENTS]
    for _ in range(PART):
        text = garbled(random.choice(texts), random)
        lines = text.split("\n")
        for issue in read_or_refused(text):
            place = issue.source
            assert place is not None
            assert 1 <= (place.line or 0) <= len(lines)
            assert 1 <= (place.column or 0) <= len(lines[(place.line or 1) - 1]) + 1


def test_four_thousand_documents_are_tried() -> None:
    assert (12 + 4) * PART == 4_000
