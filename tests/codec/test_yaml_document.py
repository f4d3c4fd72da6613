"""The catalog of bad YAML, and the agreement of the two readers and writers."""

import json
import os
import random
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from yaml import SafeLoader, YAMLError
from yaml.reader import Reader

from missionkit.codec import document, yaml_document
from missionkit.codec.document import dumps, loads
from missionkit.codec.limits import (
    LARGEST_YAML,
    MOST_YAML_KEYS,
    MOST_YAML_VALUES,
    Limits,
)
from missionkit.codec.yaml_document import yaml_dumps, yaml_loads
from missionkit.codec.yaml_events import Events, StoppedError
from missionkit.codec.yaml_writing import yaml_of
from missionkit.domain.care import CareRecord
from missionkit.domain.ids import NeedId
from missionkit.domain.model import Model
from missionkit.domain.stakeholder import Need
from missionkit.errors import (
    DocumentError,
    LimitError,
    MissingExtraError,
    UnsafeDocumentError,
)
from missionkit.samples import sample
from missionkit.testing.strategies import models
from tests.codec.models import chance, model_of
from tests.codec.mutants import mutated
from tests.codec.vendors import WITH_BETS
from tests.codec.yaml_rows import CATALOG, KEPT, NEED, notes

ROOT = Path(__file__).parents[2]
LINUX = Path("/proc/self/status").exists()


@pytest.mark.parametrize(
    ("text", "error", "code"), [row[1:] for row in CATALOG], ids=[r[0] for r in CATALOG]
)
def test_bad_yaml_is_refused_by_name_with_its_place(
    text: str, error: type[DocumentError], code: str
) -> None:
    with pytest.raises(DocumentError) as caught:
        yaml_loads(text, source="plan.yaml")

    first = caught.value.issues[0]
    assert (type(caught.value), first.code) == (error, code)
    assert first.message
    assert first.why
    assert first.fix
    assert first.source is not None
    assert first.source.file == "plan.yaml"
    assert (first.source.line is None) == (first.code == "MK-DOC-038" and "#" in text)


@pytest.mark.parametrize(("written", "text"), KEPT.values(), ids=KEPT)
def test_text_is_text_as_it_is_written(written: str, text: str) -> None:
    need = yaml_loads(notes(written)).model.get(Need, "warm")

    assert need.notes == text


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("bom", ["", "\ufeff"], ids=["no BOM", "BOM"])
def test_line_ends_and_a_mark_at_the_start_change_nothing(end: str, bom: str) -> None:
    text = bom + notes("|\n      a\n      b").replace("\n", end)

    assert yaml_loads(text).model == yaml_loads(text.encode()).model
    assert yaml_loads(text).model.get(Need, "warm").notes == "a\nb\n"


def test_dates_are_read_by_the_fields_that_are_dates() -> None:
    text = (
        "schema: missionkit/1\ncare_records:\n- {id: a, summary: b, on: 2024-02-29}\n"
    )
    assert yaml_loads(text).model.get(CareRecord, "a").on == date(2024, 2, 29)
    with pytest.raises(DocumentError, match="on must be a date, got '2023-02-29'"):
        yaml_loads(text.replace("2024", "2023"))


def test_both_lines_of_a_key_that_stands_twice_are_named() -> None:
    with pytest.raises(DocumentError) as caught:
        yaml_loads(f"{NEED}    statement: B\n")

    (issue,) = caught.value.issues
    assert "first in line 4, column 5" in issue.message
    assert issue.path == "needs[0].statement"
    assert str(issue.source) == "5:5"


def test_keys_and_values_are_named_where_they_stand() -> None:
    text = f"{NEED}    importance: no\n    statment: a\n  - {{id: b}}\n"
    with pytest.raises(DocumentError) as caught:
        yaml_loads(text, source="p.yaml")

    assert [
        (issue.code, issue.path, str(issue.source)) for issue in caught.value.issues
    ] == [
        ("MK-DOC-012", "needs[0].importance", "p.yaml:5:17"),
        ("MK-DOC-014", "needs[0].statment", "p.yaml:6:5"),
        ("MK-DOC-013", "needs[1]", "p.yaml:7:5"),
    ]


def test_all_faults_of_the_text_are_named_at_once_in_its_order() -> None:
    text = "a: &x b\n1: c\na: *x\nd: !e \0\nf: 1e400\ng: [\n"
    with pytest.raises(UnsafeDocumentError) as caught:
        yaml_loads(text)

    found = [
        (i.code[-3:], i.path, i.source and i.source.line) for i in caught.value.issues
    ]
    assert found == [
        ("032", "a", 1),
        ("035", "", 2),
        ("004", "a", 3),
        ("032", "a", 3),
        ("034", "d", 4),
        ("005", "d", 4),
        ("011", "f", 5),
        ("031", "g", 7),
    ]


def test_no_more_faults_are_named_than_the_limit_allows() -> None:
    for text in ("- &a b\n" * 20, notes('"' + r"\0" * 20 + '"'), notes("\0" * 20)):
        with pytest.raises(UnsafeDocumentError) as caught:
            yaml_loads(text, limits=Limits(faults=3))
        codes = [issue.code for issue in caught.value.issues]
        assert (len(codes), codes[-1]) == (4, "MK-DOC-029")


def test_limits_that_are_passed_hold() -> None:
    text = notes("abcdef")
    for limits, code in (
        (Limits(size=9), "MK-DOC-006"),
        (Limits(nodes=3), "MK-DOC-008"),
        (Limits(depth=2), "MK-DOC-007"),
        (Limits(text=5), "MK-DOC-009"),
    ):
        with pytest.raises(LimitError) as caught:
            yaml_loads(text, limits=limits)
        assert caught.value.issues[0].code == code
    assert yaml_loads(text, limits=Limits(depth=3, nodes=7)).model


def test_the_largest_document_is_read_and_the_next_one_is_not() -> None:
    text = notes("a")
    text += "#" * (LARGEST_YAML - len(text))

    assert yaml_loads(text).model
    with pytest.raises(LimitError, match="write it as JSON"):
        yaml_loads(f"{text}#")
    assert LARGEST_YAML == 2**19
    assert MOST_YAML_VALUES == 50_000
    assert MOST_YAML_KEYS == 25_000


@pytest.mark.parametrize("a_line", [2, 5])
def test_the_keys_of_a_document_are_counted_in_all(a_line: int) -> None:
    keys = ", ".join(f"k{number}: a" for number in range(a_line))
    text = f"- {{{keys}}}\n" * (MOST_YAML_KEYS // a_line)

    with pytest.raises(DocumentError) as caught:
        yaml_loads(text)
    assert [issue.code for issue in caught.value.issues] == ["MK-DOC-018"]
    with pytest.raises(LimitError) as caught:
        yaml_loads(f"{text}- k: a\n")
    (issue,) = caught.value.issues
    assert issue.code == "MK-DOC-038"
    assert issue.message == "the document has more than 25000 keys."
    assert issue.source is not None
    assert issue.source.line == text.count("\n") + 1


@pytest.mark.skipif(not LINUX, reason="only Linux tells what a process held at most")
def test_nothing_takes_more_than_two_seconds_and_256_mb() -> None:
    # Counting which lines run takes longer than running them.
    bare = {k: v for k, v in os.environ.items() if not k.startswith("COVERAGE")}
    ended = subprocess.run(
        [sys.executable, "-m", "tests.codec.yaml_rows"],
        check=True,
        capture_output=True,
        cwd=ROOT,
        env=bare,
        text=True,
    )
    seconds, name, most = ended.stdout.splitlines()

    assert float(seconds) <= 2, name
    assert int(most) <= 256 * 2**20


def test_reading_runs_nothing_and_opens_nothing() -> None:
    code = f"""
import sys
from missionkit.codec.yaml_document import yaml_loads
yaml_loads({NEED!r})
seen = []
sys.addaudithook(lambda event, args: seen.append(event))
try:
    yaml_loads({notes("!!python/object/apply:os.system [exit 3]")!r})
except ValueError as error:
    seen.append("refused")
before, after = seen[:seen.index("refused")], seen[seen.index("refused"):]
bad = ("exec", "compile", "import", "open", "os.", "subprocess", "socket", "pickle")
print([event for event in before if event.startswith(bad)], after)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    )

    assert done.stdout.strip() == "[] ['refused']"


def test_the_reader_in_c_is_never_loaded_and_yaml_only_when_it_is_read() -> None:
    code = f"""
import sys
import missionkit, missionkit.formats.load
from missionkit.codec.yaml_document import yaml_loads, yaml_dumps
from missionkit.domain.model import Model
yaml_dumps(Model())
assert "yaml" not in sys.modules
yaml_loads({NEED!r})
assert "yaml" in sys.modules
"""
    subprocess.run([sys.executable, "-c", code], check=True)


def test_without_pyyaml_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "missionkit.codec.yaml_text", None)

    with pytest.raises(MissingExtraError, match=r"missionkit\[yaml\]"):
        yaml_loads(NEED)
    assert yaml_loads('{"schema": "missionkit/1"}').model == Model()
    assert yaml_dumps(Model()) == "schema: missionkit/1\n"


# ---- JSON and YAML agree -------------------------------------------------------------


def test_what_is_json_is_read_as_json(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(yaml_document, "yaml_values", lambda *_: asked.append("YAML"))
    model = model_of(3)

    assert yaml_loads(dumps(model)).model == model
    for text in ('{"schema": 1}', '{"schema": "missionkit/1", "schema": 2}', "[1]"):
        with pytest.raises(DocumentError) as caught:
            yaml_loads(text)
        with pytest.raises(DocumentError) as said:
            loads(text)
        assert caught.value.issues == said.value.issues
    assert asked == []


def test_yaml_in_braces_and_quotes_is_yaml() -> None:
    text = "{schema: missionkit/1, needs: [{id: warm, statement: A warm home,},]}"

    assert yaml_loads(text).model == yaml_loads(NEED).model
    assert yaml_loads(NEED.replace("schema", '"schema"')).model.of(Need)


def test_lenient_and_kinds_are_as_in_json() -> None:
    found = yaml_loads(f"{NEED}    colour: red\nneeeds: []\n", lenient=True)

    assert [(issue.code, str(issue.source)) for issue in found.issues] == [
        ("MK-DOC-025", "5:5"),
        ("MK-DOC-026", "6:1"),
    ]
    assert [(lost.path, str(lost.source)) for lost in found.lost] == [("neeeds", "6:1")]
    model = model_of(5, kinds=WITH_BETS)
    assert yaml_loads(yaml_dumps(model), kinds=WITH_BETS).model == model


def test_an_older_document_is_brought_up_to_date() -> None:
    found = yaml_loads("schema: missionkit/0\nneeds:\n- id: a\n  text: b\n")

    assert found.model.get(Need, "a").statement == "b"
    assert [str(issue.source) for issue in found.issues] == ["1:9"]


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(models())
def test_what_is_written_is_read_as_the_same_model(model: Model) -> None:
    text = yaml_dumps(model)

    assert yaml_loads(text).model == model
    assert yaml_dumps(yaml_loads(text).model) == text


@pytest.mark.parametrize("seed", range(12))
def test_models_with_difficult_texts_are_read_as_they_were(seed: int) -> None:
    model = model_of(seed)

    assert yaml_loads(yaml_dumps(model)).model == model


def test_the_sample_is_written_and_read() -> None:
    assert yaml_loads(yaml_dumps(sample())).model == sample()


def test_what_is_too_large_to_be_read_is_not_written() -> None:
    model = Model(
        Need(id=NeedId(f"n{number}"), statement="x" * 90_000) for number in range(6)
    )

    with pytest.raises(LimitError, match="write it as JSON"):
        yaml_dumps(model)


def issues_of(read: Callable[..., Any], text: str) -> list[tuple[str, str]]:
    try:
        read(text)
    except DocumentError as error:
        return sorted((issue.code, issue.path) for issue in error.issues)
    return []


@pytest.mark.parametrize("part", range(8))
def test_of_a_changed_document_both_readers_say_the_same(part: int) -> None:
    chance_of_it = chance(part)
    written = [json.loads(dumps(model_of(seed, 12))) for seed in range(part, 20, 4)]
    for _ in range(60):
        changed = mutated(chance_of_it.choice(written), chance_of_it)
        as_json, as_yaml = json.dumps(changed, ensure_ascii=False), yaml_of(changed)
        assert issues_of(document.loads, as_json) == issues_of(yaml_loads, as_yaml)


GARBAGE = [
    *"{}[]\"':,-?!&*|>%@`# \n\t\r~0aé\0\x85\u2028\ufeff\ud800",
    *(
        "\n  ",
        "- ",
        ": ",
        "---",
        "...",
        "%YAML 1.1\n",
        "!!",
        "<<",
        "\\x4",
        "\\U0011ffff",
    ),
]


def events_of(loader: Any) -> list[str]:  # noqa: ANN401 - ours, or one of PyYAML
    found = []
    try:
        while loader.check_event():
            event = loader.get_event()
            found.append(f"{event} {event.start_mark.index} {event.end_mark.index}")
    except (YAMLError, StoppedError, ValueError, OverflowError) as error:
        found.append(getattr(error, "problem", ""))
    return found


@pytest.mark.parametrize("seed", range(4))
def test_the_events_are_those_of_pyyaml(seed: int) -> None:
    by_chance = random.Random(seed)  # noqa: S311 - to be repeated, not to be secret
    pieces = [piece for piece in GARBAGE if Reader.NON_PRINTABLE.search(piece) is None]
    for _ in range(300):
        text = "".join(by_chance.choices(pieces, k=by_chance.randrange(60)))
        text = text.replace("%", "a") * by_chance.choice((1, 1, 40))
        assert events_of(Events(text, 10_000)) == events_of(SafeLoader(text))


@pytest.mark.parametrize("seed", range(4))
def test_garbled_text_is_read_or_refused_at_a_place_that_exists(seed: int) -> None:
    by_chance = random.Random(seed)  # noqa: S311 - to be repeated, not to be secret
    base = notes("|\n      two\n      lines") + "? k\n: [a, 'b', {x: \"y\\n\"}]\n"
    for number in range(300):
        text = base if number % 2 else ""
        for _ in range(by_chance.randrange(1, 4 if number % 2 else 40)):
            at = by_chance.randrange(len(text) + 1)
            text = text[:at] + by_chance.choice(GARBAGE) + text[at + number % 3 :]
        lines = text.split("\n")
        try:
            yaml_loads(text)
        except DocumentError as error:
            for issue in error.issues:
                assert issue.source is not None
                assert issue.source.line is not None
                assert issue.source.column is not None
                assert issue.source.column <= len(lines[issue.source.line - 1]) + 1
