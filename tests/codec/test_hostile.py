"""Hostile documents: a named error or a result, and never a hang."""

import json
import os
import re
from pathlib import Path

import pytest

from missionkit.codec.document import dumps, loads
from missionkit.codec.text import parsed
from missionkit.errors import DocumentError
from tests.codec.hostile import COMBINING_MARKS, LARGE, limits_for

DATA = os.environ.get("MISSIONKIT_DATA", "")
NEEDS_DATA = pytest.mark.skipif(not DATA, reason="MISSIONKIT_DATA is not set")
FILES = sorted((Path(DATA) / "hostile" / "json").glob("*.json")) if DATA else []
# Sound JSON that is refused all the same, and why.
STRICTER = {
    "y_object_duplicated_key_and_value": "MK-DOC-004",
    "y_object_escaped_null_in_key": "MK-DOC-005",
    "y_string_escaped_control_character": "MK-DOC-005",
    "y_string_nonCharacterInUTF-8_U+10FFFF": "MK-DOC-005",
    "y_string_unicode_U+10FFFE_nonchar": "MK-DOC-005",
}
FEW = 50_000  # values that are allowed; `bench` has the documents at full size


@pytest.mark.parametrize("name", LARGE)
def test_a_large_hostile_document_is_refused_by_name(name: str) -> None:
    code, text = LARGE[name]
    with pytest.raises(DocumentError) as caught:
        loads(text(FEW), limits=limits_for(FEW))

    assert caught.value.issues[0].code == code
    assert len(str(caught.value)) < 200_000


def test_a_long_name_of_combining_marks_is_refused() -> None:
    with pytest.raises(DocumentError) as caught:
        loads(COMBINING_MARKS)

    assert [issue.code for issue in caught.value.issues] == ["MK-DOM-004"]


@NEEDS_DATA
def test_hostile_files_are_there() -> None:
    assert len(FILES) > 100


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_hostile_file_is_read_or_refused_by_name(path: Path) -> None:
    name = path.stem.partition("__")[2]
    try:
        parsed(path.read_bytes())
        found = set()
    except DocumentError as error:
        found = {issue.code for issue in error.issues}

    if name in STRICTER:
        assert found == {STRICTER[name]}
    elif name[:2] in ("y_", "n_"):
        assert bool(found) == (name[0] == "n")
    with pytest.raises(DocumentError):
        loads(path.read_bytes(), source=path.name)


@NEEDS_DATA
def test_a_hostile_string_is_refused_as_an_id_and_kept_or_refused_as_a_name() -> None:
    path = Path(DATA) / "hostile" / "strings" / "blns_third.json"
    for text in json.loads(path.read_bytes()):
        party = {"id": "p", "name": text, "notes": text}
        document = json.dumps({"schema": "missionkit/1", "parties": [party]})
        try:
            model = loads(document).model
        except DocumentError as error:
            assert all(i.code and i.fix for i in error.issues)  # noqa: PT017
        else:
            assert loads(dumps(model)).model == model
            assert getattr(model["p"], "name", "") == text.strip()
        party = {"id": text, "name": "x"}
        document = json.dumps({"schema": "missionkit/1", "parties": [party]})
        if re.fullmatch("[a-z0-9][a-z0-9-]{0,63}", text):
            assert text in loads(document).model
        else:
            with pytest.raises(DocumentError):
                loads(document)
