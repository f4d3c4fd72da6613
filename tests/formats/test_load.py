import io
import json
import os
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from missionkit.codec.document import dumps
from missionkit.codec.schema import json_schema
from missionkit.codec.yaml_document import yaml_dumps
from missionkit.domain.ids import GoalId, NeedId
from missionkit.domain.kinds import KINDS, Kinds
from missionkit.domain.model import Model
from missionkit.domain.plan import Goal
from missionkit.domain.stakeholder import Need
from missionkit.errors import (
    DocumentError,
    InvalidValueError,
    LimitError,
    MissionKitError,
    NotFoundError,
    StoreUnavailableError,
    UnsafeDocumentError,
)
from missionkit.formats.load import convert, load, looks_like, save
from missionkit.samples import sample

DOCS = Path(__file__).parents[2] / "docs"
MODEL = Model([Need(id=NeedId("warm"), statement="A home that is warm in winter")])
JSON = dumps(MODEL).encode()
YAML = yaml_dumps(MODEL).encode()
PLAN = b"""<?xml version="1.0"?>
<StrategicPlan xmlns="urn:ISO:std:iso:17469:tech:xsd:stratml_core">
  <Name>Plan</Name>
  <StrategicPlanCore>
    <Organization><Name>Harbour</Name><Identifier>_1</Identifier></Organization>
    <Goal><Name>Warm homes</Name><Identifier>_2</Identifier></Goal>
  </StrategicPlanCore>
</StrategicPlan>"""


def codes(error: DocumentError) -> set[str]:
    return {issue.code for issue in error.issues}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "harbour.json"
    path.write_bytes(JSON)
    return path


def test_a_path_as_text_a_path_bytes_and_streams_give_the_same(file: Path) -> None:
    with file.open("rb") as binary, file.open(encoding="utf-8") as text:
        loaded = [load(source) for source in (str(file), file, JSON, binary, text)]

    assert [each.model for each in loaded] == [MODEL] * 5
    assert [each.source for each in loaded] == [str(file)] * 2 + [""] + [str(file)] * 2


def test_a_name_that_is_given_is_what_issues_call_the_source() -> None:
    with pytest.raises(DocumentError) as caught:
        load(b'{"schema": "missionkit/1", "neds": []}', name="upload")

    assert caught.value.issues[0].source is not None
    assert caught.value.issues[0].source.file == "upload"


@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"], ids=["plain", "BOM"])
@pytest.mark.parametrize("space", [b"", b"\n \t\r\n"], ids=["no space", "space"])
def test_a_document_is_told_by_its_content(bom: bytes, space: bytes) -> None:
    assert load(bom + space + JSON).model == MODEL
    plan = PLAN if not space else PLAN.removeprefix(b'<?xml version="1.0"?>\n')
    assert load(bom + space + plan).model.of(Goal)[0].statement == "Warm homes"


@pytest.mark.parametrize(
    "data",
    [
        YAML,
        b"\xef\xbb\xbf" + YAML,
        b"# a plan\n---\n\n" + YAML,
        YAML.replace(b"schema:", b'"schema" :'),
        YAML.replace(b"\n", b"\r\n"),
        YAML.removeprefix(b"schema: missionkit/1\n") + b"schema: missionkit/1",
    ],
    ids=["plain", "BOM", "comment", "quotes", "CRLF", "last"],
)
def test_yaml_is_told_by_its_line_with_the_schema(data: bytes) -> None:
    assert load(data).model == MODEL
    assert load(data, name="plan.json").model == MODEL


@pytest.mark.parametrize("name", ["plan.yaml", "plan.YML"])
def test_yaml_is_told_by_its_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"{schema: missionkit/1}")
    assert load(path).model == Model()

    path.write_bytes(b"needs: []\n")
    with pytest.raises(DocumentError) as caught:
        load(path)
    assert codes(caught.value) == {"MK-DOC-019"}
    assert str(caught.value.issues[0].source) == f"{path}:1:1"


def test_the_plan_of_the_how_to_page_is_read_and_fits_the_schema() -> None:
    page = DOCS / "how-to" / "write-a-plan-by-hand.md"
    plan = page.read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0]
    found = load(plan.encode())

    assert (len(found.model), found.issues, found.lost) == (5, (), ())
    document = json.loads(dumps(found.model))
    Draft202012Validator(json_schema()).validate(document)
    assert "missionkit schema > missionkit.schema.json" in page.read_text("utf-8")
    assert plan.startswith("# yaml-language-server: $schema=missionkit.schema.json\n")


def test_what_is_no_yaml_under_its_name_is_told_by_its_content() -> None:
    assert load(JSON, name="plan.yaml").model == MODEL
    assert load(PLAN, name="plan.yaml").model.of(Goal)
    with pytest.raises(DocumentError, match="looks like a PDF"):
        load(b"%PDF-1", name="plan.yaml")


def test_json_that_is_also_yaml_is_read_as_json() -> None:
    with pytest.raises(DocumentError) as caught:
        load(b'{"schema": "missionkit/1",\nschema: 1}')

    assert codes(caught.value) == {"MK-DOC-003"}


def test_lenient_and_kinds_reach_the_reader_of_yaml() -> None:
    text = YAML.replace(b"    statement", b"    colour: red\n    statement")
    assert load(text, lenient=True).issues
    with pytest.raises(DocumentError):
        load(text)

    class_only = Kinds(KINDS.classes[::-1])
    assert load(YAML, kinds=class_only).model.kinds == class_only


def test_a_plan_in_utf_16_is_a_plan() -> None:
    text = PLAN.decode().replace('"1.0"', '"1.0" encoding="UTF-16"')

    assert load(text.encode("utf-16")).model.of(Goal)


def test_a_plan_under_a_name_that_lies_is_still_a_plan(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_bytes(PLAN)

    assert load(path).model.of(Goal)


def test_kinds_that_are_asked_for_are_the_model_s() -> None:
    class_only = Kinds(KINDS.classes[::-1])

    assert load(JSON, kinds=class_only).model.kinds == class_only
    assert load(PLAN, kinds=class_only).model.kinds == class_only


def test_lenient_reaches_the_reader_of_documents() -> None:
    text = dumps(MODEL).replace('"statement"', '"colour": "red", "statement"').encode()

    with pytest.raises(DocumentError):
        load(text)
    assert load(text, lenient=True).issues


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "nothing: it is empty"),
        (b"  \n", "nothing: it is empty"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"PK\x03\x04....", "a ZIP archive, or a file of an office program"),
        (b"\xd0\xcf\x11\xe0", "a file of an old office program"),
        (b"\x1f\x8b\x08", "a gzip archive"),
        (b"SQLite format 3\x00", "a SQLite database"),
        (b"\x89PNG\r\n", "a picture (PNG)"),
        (b"\xff\xd8\xff\xe0", "a picture (JPEG)"),
        (b"{\\rtf1", "a text of an office program (RTF)"),
        (b"<!DOCTYPE HTML><html>", "a web page (HTML)"),
        (b"\n<html lang='en'>", "a web page (HTML)"),
        (b"needs:\n- warm\n", "YAML, or text like it"),
        (b"---\na\n", "YAML, or text like it"),
        (b"id,name\n1,a\n", "a table with commas (CSV), or plain text"),
        (b"id;name\n1;a\n", "a table with semicolons (CSV), or plain text"),
        (b"id\tname\n", "a table with tabs (CSV), or plain text"),
        (b"hello", "plain text"),
        (b"a\x00b", "no text at all"),
    ],
    ids=range(19),
)
def test_what_is_not_known_is_said_to_look_like_something(
    data: bytes, words: str
) -> None:
    assert looks_like(data) == words


@pytest.mark.parametrize(
    "data", [b"%PDF-1", b"<html>", b"a,b", b"{\\rtf1"], ids=range(4)
)
def test_content_that_nothing_reads_is_refused_with_its_looks(data: bytes) -> None:
    with pytest.raises(DocumentError, match=r"upload looks like a") as caught:
        load(data, name="upload")

    assert codes(caught.value) == {"MK-DOC-040"}
    assert [str(issue.source) for issue in caught.value.issues] == ["upload:1"]


@pytest.mark.parametrize("data", [b"", b"  ", b"\xef\xbb\xbf"], ids=range(3))
def test_an_empty_document_is_said_to_be_empty(data: bytes) -> None:
    with pytest.raises(DocumentError, match="empty"):
        load(data)


def test_xml_of_another_kind_is_refused_by_the_reader_of_plans() -> None:
    with pytest.raises(DocumentError, match="definitions"):
        load(b"<definitions/>")
    with pytest.raises(UnsafeDocumentError):
        load(b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>")


def test_a_missing_file_is_told_with_the_nearest_names(file: Path) -> None:
    with pytest.raises(NotFoundError) as caught:
        load(file.with_name("harbor.json"))

    assert caught.value.what == "file"
    assert caught.value.nearest == ("harbour.json",)


def test_a_missing_folder_has_no_nearest_names(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError) as caught:
        load(tmp_path / "no" / "where.json")

    assert caught.value.nearest == ()


def test_a_folder_is_no_file(tmp_path: Path, file: Path) -> None:
    for source in (tmp_path, file / "below"):
        with pytest.raises(DocumentError) as caught:
            load(source)
        assert codes(caught.value) == {"MK-DOC-041"}


@pytest.mark.parametrize("path", ["a\x00b", "\ud800"], ids=["null", "surrogate"])
def test_a_path_that_cannot_be_one_is_refused(path: str) -> None:
    with pytest.raises(MissionKitError) as caught:
        load(path)

    str(caught.value).encode()


def test_a_file_that_may_not_be_read_is_refused(file: Path) -> None:
    file.chmod(0)
    if os.access(file, os.R_OK):
        pytest.skip("this user may read everything")
    with pytest.raises(DocumentError) as caught:
        load(file)
    assert codes(caught.value) == {"MK-DOC-042"}


def test_a_stream_that_fails_is_refused() -> None:
    class Broken(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, _: object) -> int:
            raise OSError(5, "Input/output error")

    with pytest.raises(DocumentError, match="the stream cannot be read: Input"):
        load(Broken())


def test_a_stream_that_gives_little_at_a_time_is_read_whole() -> None:
    class Slow(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            return super().read(min(size or 0, 7))

    assert load(Slow(JSON)).model == MODEL


def test_text_that_is_no_utf_8_in_a_stream_is_refused() -> None:
    stream = io.TextIOWrapper(io.BytesIO(b'{"a": "\xff"}'), encoding="utf-8")

    with pytest.raises(DocumentError) as caught:
        load(stream)
    assert codes(caught.value) == {"MK-DOC-042"}


@pytest.mark.parametrize(
    "source", [None, 3, {"needs": []}], ids=["none", "int", "dict"]
)
def test_what_is_no_source_is_refused(source: object) -> None:
    with pytest.raises(DocumentError) as caught:
        load(source)  # type: ignore[arg-type]  # what is tested
    assert codes(caught.value) == {"MK-DOC-044"}


def test_no_more_is_read_than_the_limit_allows() -> None:
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size: int = -1, /) -> bytes:
            self.given += size
            return b" " * size

    stream = Endless()
    with pytest.raises(LimitError) as caught:
        load(stream)
    assert codes(caught.value) == {"MK-DOC-043"}
    assert stream.given == 16 * 2**20 + 1


def test_a_large_file_is_refused_before_it_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "large.json"
    with path.open("wb") as file:
        file.truncate(2**40 if sys.platform == "linux" else 2**25)

    with pytest.raises(LimitError):
        load(path)


def test_converting_a_plan_gives_a_document_that_loads_as_the_same(
    tmp_path: Path,
) -> None:
    done = convert(PLAN, tmp_path / "new" / "plan.json")

    assert done.path == tmp_path / "new" / "plan.json"
    assert load(done.path).model == load(PLAN).model
    assert done.issues == load(PLAN).issues
    assert list(done.path.parent.iterdir()) == [done.path]


@pytest.mark.parametrize("ending", [".yaml", ".yml", ".YAML"])
def test_converting_to_yaml_gives_a_document_that_loads_as_the_same(
    tmp_path: Path, ending: str
) -> None:
    done = convert(PLAN, tmp_path / f"plan{ending}")

    assert done.path.read_bytes().startswith(b"schema: missionkit/1\n")
    assert load(done.path).model == load(PLAN).model
    assert done.lost == load(PLAN).lost


def test_what_is_too_large_for_yaml_is_not_written(tmp_path: Path) -> None:
    needs = [Need(id=NeedId(f"n{n}"), statement="x" * 90_000) for n in range(6)]
    with pytest.raises(LimitError):
        convert(dumps(Model(needs)).encode(), tmp_path / "plan.yaml")

    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("ending", [".mmd", ".DOT"])
def test_a_picture_says_what_it_leaves_behind(tmp_path: Path, ending: str) -> None:
    model = Model([*MODEL, Goal(id=GoalId("g"), statement="Warm")])
    done = convert(dumps(model).encode(), tmp_path / f"plan{ending}")

    assert done.path.read_text(encoding="utf-8").strip()
    assert "titles and links" in done.lost[0].why
    assert done.lost[0].value == f"{len(model)} in all"


@pytest.mark.parametrize("name", ["plan.jsn", "plan", "plan.xlsx"])
def test_a_target_of_an_unknown_form_is_refused_first(
    tmp_path: Path, name: str
) -> None:
    with pytest.raises(DocumentError) as caught:
        convert(PLAN, tmp_path / name)

    assert codes(caught.value) == {"MK-DOC-045"}
    assert ".json" in caught.value.issues[0].fix
    assert not list(tmp_path.iterdir())


def test_a_near_ending_is_offered() -> None:
    with pytest.raises(DocumentError, match=r"did you mean \.json\?"):
        convert(PLAN, "plan.jsn")


def test_a_target_in_a_place_that_is_a_file_is_refused(file: Path) -> None:
    with pytest.raises(StoreUnavailableError):
        convert(PLAN, file / "plan.json")
    assert file.read_bytes() == JSON


def test_a_model_is_saved_in_the_form_that_the_ending_names(tmp_path: Path) -> None:
    model = sample()
    for name in ("plan.json", "plan.yaml"):
        assert load(save(model, tmp_path / name).path).model == model
    assert save(model, tmp_path / "plan.dot").lost != ()


def test_what_cannot_be_saved_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(DocumentError):
        save(sample(), tmp_path / "plan.odt")
    with pytest.raises(InvalidValueError, match="model"):
        save(5, tmp_path / "plan.json")  # type: ignore[arg-type]

    assert list(tmp_path.iterdir()) == []
