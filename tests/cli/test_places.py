import json
import re

import pytest

from missionkit.cli.places import placed
from missionkit.codec.document import dumps
from missionkit.domain.model import Model
from missionkit.issue import Issue, Source
from missionkit.rules.check import check
from missionkit.samples import sample

TEXT = """\
{
  "schema": "missionkit/1",
  "objectives": [
    {"id": "heat", "statement": "Heat"},
    {
      "id": "insulate",
      "needs": ["warm",
                "dry"]
    }
  ]
}
"""


def at(ref: str, path: str = "", text: str = TEXT) -> str:
    issue = Issue(code="X", message="x", ref=ref, path=path)
    (found,) = placed([issue], text.encode(), "plan.json")
    return str(found.source)


@pytest.mark.parametrize(
    ("ref", "path", "place"),
    [
        ("heat", "", "plan.json:4:5"),
        ("heat", "statement", "plan.json:4:20"),
        ("insulate", "", "plan.json:5:5"),
        ("insulate", "needs", "plan.json:7:7"),
        ("insulate", "needs[1]", "plan.json:8:17"),
        ("insulate", "needs[7].deep", "plan.json:7:7"),
        ("insulate", "goal", "plan.json:5:5"),
        ("insulate", "a path {of its own}", "plan.json:5:5"),
        ("nowhere", "goal", "plan.json"),
        ("", "objectives[1]", "plan.json"),
    ],
)
def test_an_issue_stands_where_its_element_does(
    ref: str, path: str, place: str
) -> None:
    assert at(ref, path) == place


def test_a_place_that_is_known_stays() -> None:
    known = Issue(code="X", message="x", ref="heat", source=Source(file="a", line=9))

    assert placed([known], TEXT.encode(), "plan.json") == (known,)


@pytest.mark.parametrize(
    "data",
    [
        b"<StrategicPlan/>",
        b"\xff\xfe<\0",
        b"{broken",
        b"",
        b"[]",
        b'{"needs": [5, {"id": 5}, {}], "schema": "x"}',
        b"a: [b, *c]",
    ],
)
def test_elsewhere_only_the_file_is_known(data: bytes) -> None:
    issue = Issue(code="X", message="x", ref="heat")

    (found,) = placed([issue], data, "plan.xml")

    assert found.source == Source(file="plan.xml")


@pytest.mark.parametrize("indent", [None, 2])
def test_every_issue_of_the_sample_stands_at_its_element(indent: int | None) -> None:
    text = dumps(sample(), indent=indent)
    lines = text.split("\n")
    issues = placed(check(sample()).issues, b"\xef\xbb\xbf" + text.encode(), "plan")

    assert len(issues) > 3
    for issue in issues:
        assert issue.source is not None
        if not issue.ref:
            assert issue.source.line is None
            continue
        assert issue.source.line is not None
        assert issue.source.column is not None
        rest = lines[issue.source.line - 1][issue.source.column - 1 :]
        steps = re.split(r"[.\[]", issue.path)  # the last of them may be missing
        if rest.startswith("{") and indent is None:
            held, _ = json.JSONDecoder().raw_decode(rest)
            assert held["id"] == issue.ref
        elif not rest.startswith("{") and not issue.path.endswith("]"):
            assert rest.startswith(tuple(f'"{step}"' for step in steps))


def test_nothing_has_no_places() -> None:
    assert placed([], dumps(Model()).encode(), "plan.json") == ()


def test_yaml_has_places_where_its_reader_is_installed() -> None:
    yaml_text = pytest.importorskip("missionkit.codec.yaml_text")
    assert yaml_text
    text = "schema: missionkit/1\nneeds:\n  - id: warm\n    statement: Warm\n"

    assert at("warm", "statement", text) == "plan.json:4:5"
    assert at("warm", "goal", "{a: 1, needs: [{id: warm}]}") == "plan.json:1:16"
