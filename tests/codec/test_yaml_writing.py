"""Plain values as YAML: a text for each, that reads back as the same."""

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from yaml import safe_load

from missionkit.codec.limits import LIMITS
from missionkit.codec.yaml_text import composed
from missionkit.codec.yaml_writing import yaml_of

BARE = (
    "A warm home",
    "11 people",
    "e\u0301lan",
    "\u041f\u0440\u0438\u0432\u0435\u0442",
    "a:b",
    "a#b",
    "it's",
    'say "x", [y] & {z} | > % @ `',
    "https://example.org/a#b",
    "nobody",
    "2 x 4",
)
QUOTED = (
    *("no", "No", "OFF", "yes", "y", "N", "on", "true", "False", "null", "nan", "inf"),
    *(
        "",
        " ",
        "~",
        "010",
        "0x1f",
        "1_000",
        "12:30:45",
        "2024-01-01",
        "1.5",
        ".5",
        "-1",
    ),
    *(
        "1e5",
        "12",
        "+1",
        "2024-01-01 10:00:00",
        "x ",
        " x",
        ": x",
        "# x",
        "a: b",
        "a #b",
    ),
    *(
        "a:",
        "a\tb",
        "- a",
        "? a",
        "! a",
        "*a",
        "&a",
        "%a",
        "@a",
        "`a",
        "[a",
        "{a",
        "|",
        ">",
    ),
    *(
        "---",
        "...",
        "'a'",
        '"a"',
        "\\n",
        "a\u2028b",
        "\u202eb",
        "<<",
        "=",
        "a\xa0",
        "_a",
    ),
    *("a \nb", "a\n\n", "\na", " a\nb", "a\nb\t", "a\n \nb", "\n", "a\u2028\nb"),
)
LINES = (
    "a\nb",
    "a\nb\n",
    "a\n\nb",
    "a\n  b",
    "a\n# b\n",
    "---\n...",
    "- a\n- b",
    "\u0430\nb",
)
names = st.text(st.characters(categories=["L", "N", "P", "Z"]))
texts = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]) | st.just("\n"))
numbers = st.integers(-(2**53), 2**53) | st.floats(-1e9, 1e9)
leaves = st.none() | st.booleans() | numbers | texts | st.sampled_from(BARE + QUOTED)
json = st.recursive(
    leaves | st.sampled_from(LINES),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=4)
    ),
    max_leaves=12,
)


def read(text: str) -> Any:  # noqa: ANN401 - any plain value
    return composed(text, LIMITS).values


@pytest.mark.parametrize("text", BARE)
def test_plain_words_stand_without_quotes(text: str) -> None:
    assert yaml_of({text: [text, {text: text}]}) == (
        f"{text}:\n  - {text}\n  - {text}: {text}\n"
    )
    assert (
        read(yaml_of({text: text})) == safe_load(yaml_of({text: text})) == {text: text}
    )


@pytest.mark.parametrize("text", QUOTED)
def test_what_could_be_taken_for_something_else_stands_in_quotes(text: str) -> None:
    written = yaml_of({text: [text]})

    assert [line.strip(" -")[:1] for line in written.split("\n")] == ['"', '"', ""]
    assert read(written) == safe_load(written) == {text: [text]}


@pytest.mark.parametrize("text", LINES)
def test_text_of_several_lines_keeps_them(text: str) -> None:
    document = {"a": text, "b": [text, [text]], "c": {"d": text}}
    written = yaml_of(document)

    assert written.count("|") == 4
    assert written.startswith("a: |\n" if text.endswith("\n") else "a: |-\n")
    assert read(written) == safe_load(written) == document


def test_lists_and_dicts_stand_in_block_style() -> None:
    document = {
        "a": [1, [2, {"b": None, "c": True}], [], [[]], {}],
        "d": {"e": {"f": 1.5}, "g": [], "h": {}},
    }

    assert yaml_of(document) == (
        "a:\n"
        "  - 1\n"
        "  - - 2\n"
        "    - b: null\n"
        "      c: true\n"
        "  - []\n"
        "  - - []\n"
        "  - {}\n"
        "d:\n"
        "  e:\n"
        "    f: 1.5\n"
        "  g: []\n"
        "  h: {}\n"
    )
    assert read(yaml_of(document)) == document


@pytest.mark.parametrize("value", ["b", ["b"], {"b": ["c"]}, "c\nd", []])
@pytest.mark.parametrize("key", ["x" * 2000, "\n" * 600], ids=["long", "lines"])
def test_a_long_key_is_marked_as_one(key: str, value: object) -> None:
    document = {"a": {key: value, "z": 1}}

    assert read(yaml_of(document)) == document
    assert "  ? " in yaml_of(document)


def test_numbers_are_written_as_in_json() -> None:
    numbers = [0, -1, 2**53, 0.1, 1e16, 1e-7, -0.0, 1e308]

    assert [repr(n) for n in read(yaml_of({"a": numbers}))["a"]] == list(
        map(repr, numbers)
    )
    with pytest.raises(ValueError, match="not JSON compliant"):
        yaml_of({"a": float("nan")})


@example({"": {"a": "x\n"}, "b": ["|\n", "x"]})
@given(st.dictionaries(st.text(st.characters(categories=["L"])), json, max_size=4))
def test_all_plain_values_are_read_as_they_were(document: dict[str, object]) -> None:
    assert read(yaml_of(document) or "{}") == document if document else True
