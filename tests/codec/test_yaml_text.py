"""What YAML text means, and what is said where it means nothing."""

import pytest
from yaml.error import MarkedYAMLError

from missionkit.codec.limits import LIMITS
from missionkit.codec.yaml_events import Events, StoppedError
from missionkit.codec.yaml_text import composed
from missionkit.errors import DocumentError
from missionkit.issue import Issue

# What stands after `a: `, and the value that it is.
PLAIN = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "nULL": "nULL",
    "true": True,
    "True": True,
    "TRUE": True,
    "tRUE": "tRUE",
    "false": False,
    "False": False,
    "FALSE": False,
    "yes": "yes",
    "on": "on",
    "0": 0,
    "-0": 0,
    "12": 12,
    "-3": -3,
    "9007199254740992": 2**53,
    "0.5": 0.5,
    "-0.0": -0.0,
    "1.0": 1.0,
    "1e3": 1000.0,
    "1E-3": 0.001,
    "+1": "+1",
    ".5": ".5",
    "1.": "1.",
    "01": "01",
    "1 2": "1 2",
    "\u0661": "\u0661",
    "'12'": "12",
    '"true"': "true",
    '"\\x41\\u00e9\\U0001F600\\t\\/\\ \\_"': "A\u00e9\U0001f600\t/ \xa0",
    "[a, 1, [], {b: c, d}]": ["a", 1, [], {"b": "c", "d": None}],
    "[b: c]": [{"b": "c"}],
    "<<": "<<",
    "\n- b\n-\n- - c": ["b", None, ["c"]],
    "\n  ? b\n  : c\n  ? d": {"b": "c", "d": None},
    "|+\n  b\n\n": "b\n\n",
    ">\n  b\n  c\n\n  d": "b c\nd",
}
# The text, what is said of it, where, and which value stands there.
SAID = {
    "a: @b": ("no value may begin with this character", "1:4", "'@b'"),
    "a: %b": ("no value may begin with this character", "1:4", "'%b'"),
    "\ta: b": ("no value may begin with this character", "1:1", r"'\t'"),
    "a: b\nc\nd: e": ("a colon is missing after this key", "2:1", "'c'"),
    "a: - b": ("no item of a list may begin here", "1:4", "'-'"),
    "a: b: c": ("a colon and a space may not stand here", "1:5", "':'"),
    "a: ? b": ("a question mark and a space may not stand here", "1:4", "'?'"),
    "a: |x\n  b": ("after | or > the text begins in the next line", "1:5", "'x'"),
    "a: >0\n  b": ("after | or > the text begins in the next line", "1:5", "'0'"),
    "a: 'b": ("a text that begins here has no end", "1:4", "''b'"),
    'a: "b\n---\n': ("a text that begins here has no end", "1:4", "'\"b'"),
    'a: "b\\q"': ("text holds an escape that YAML does not know", "1:7", "'q\"'"),
    'a: "\\u12"': ("text holds an escape that YAML does not know", "1:7", "'12\"'"),
    "[a]\nb": ("there is more after the end of the document", "2:1", "'b'"),
    "a: ]": ("a value belongs here", "1:4", "']'"),
    "a: b\n- c": ("this does not fit the lines above it", "2:1", "'-'"),
    "a: [b c: d\n": ("a comma or a closing bracket belongs here", "2:1", "''"),
    "a: {b c\n---\n": ("a comma or a closing bracket belongs here", "2:1", "'---'"),
    "a: *": ("text may not begin with * or &", "1:4", "'*'"),
    "a: **b**": ("text may not begin with * or &", "1:4", "'**b**'"),
    "a: &": ("text may not begin with * or &", "1:4", "'&'"),
    "a: !b!c d": ("text may not begin with !", "1:4", "'!b!c'"),
    "a: !%zz b": ("text may not begin with !", "1:4", "'!%zz'"),
    "%": ("a line that begins with % is a directive", "1:1", "'%'"),
    "? [a]": ("a key must be text", "1:3", "'[a]'"),
    "a\n---\n": ("a second document begins here", "2:1", "'---'"),
}


def refused(text: str) -> Issue:
    with pytest.raises(DocumentError) as caught:
        composed(text, LIMITS)
    return caught.value.issues[0]


@pytest.mark.parametrize(("text", "value"), PLAIN.items(), ids=map(repr, PLAIN))
def test_a_value_is_what_the_core_of_yaml_1_2_says(text: str, value: object) -> None:
    found = composed(f"a: {text}", LIMITS).values

    assert found == {"a": value}
    assert repr(found) == repr({"a": value})


@pytest.mark.parametrize(("text", "said"), SAID.items(), ids=map(repr, SAID))
def test_what_is_no_yaml_is_said_in_our_words_with_its_place(
    text: str, said: tuple[str, str, str]
) -> None:
    issue = refused(text)

    assert (issue.message, str(issue.source), issue.value) == (f"{said[0]}.", *said[1:])
    assert issue.fix


def test_a_tab_is_told_as_one() -> None:
    assert "no tabs" in refused("a:\tb").fix
    assert "no tabs" not in refused("a: @b").fix


def test_an_escape_of_no_character_is_refused() -> None:
    for escape in (r"\U00110000", r"\UFFFFFFFF"):
        issue = refused(f'a: "{escape}"')
        assert "stands for no character" in issue.message
        assert issue.path == "a"


def test_a_key_that_is_too_long_to_be_one_is_told_as_such() -> None:
    for text in (
        f"{'x' * 1025}: b",
        f"a: b\n{'x' * 1025}:\n",
        f"a: b\n'{'x' * 1025}': c",
    ):
        issue = refused(text)
        assert issue.code == "MK-DOC-009"
        assert "longer than 1024" in issue.message
    for text in (f"a: {'x' * 2000}: b", f"a: b\n{'x' * 2000}\n"):
        assert refused(text).code == "MK-DOC-031"
    assert composed(f"{'x' * 1000}: b", LIMITS).values == {"x" * 1000: "b"}


def test_a_complaint_of_a_later_pyyaml_is_said_as_well() -> None:
    stopped = Events("a", 64)._stopped(MarkedYAMLError(None, None, "news"))

    assert (stopped.said, stopped.at) == ("this cannot be read", 0)


def test_an_error_that_is_none_of_pyyaml_is_ours_and_memory_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fails(_: object) -> bool:
        raise error

    monkeypatch.setattr(Events, "check_event", fails)
    error: Exception = IndexError()
    with pytest.raises(StoppedError):
        list(Events("a", 64))
    error = MemoryError()
    with pytest.raises(MemoryError):
        list(Events("a", 64))


@pytest.mark.parametrize(
    ("text", "depth"),
    [("[" * 64 + "]" * 64, 64), ("- " * 63 + "[]", 64), ("{a: " * 64 + "}" * 64, 64)],
    ids=["lists", "hyphens", "braces"],
)
def test_the_deepest_that_is_allowed_is_read(text: str, depth: int) -> None:
    assert composed(text, LIMITS).values

    deeper = f"- {text}"
    assert refused(deeper).message == f"the document is nested more than {depth} deep."


# ---- places --------------------------------------------------------------------------

TEXT = 'a:\n- b: "c"\n  "d e": [f,\n  g]\n-\nh: {}\n'


@pytest.mark.parametrize(
    ("path", "near", "key", "value"),
    [
        ((), (), "1:1", "1:1"),
        (("a",), ("a",), "1:1", "2:1"),
        (("a", 0), ("a", 0), "2:3", "2:3"),
        (("a", 0, "b"), ("a", 0, "b"), "2:3", "2:6"),
        (("a", 0, "d e"), ("a", 0, "d e"), "3:3", "3:10"),
        (("a", 0, "d e", 1), ("a", 0, "d e", 1), "4:3", "4:3"),
        (("a", 1), ("a", 1), "5:2", "5:2"),
        (("h",), ("h",), "6:1", "6:4"),
        (("h", "i"), ("h",), "6:1", "6:4"),
        (("a", 2), ("a",), "1:1", "2:1"),
        (("a", "b"), ("a",), "1:1", "2:1"),
        (("a", 0, 0), ("a", 0), "2:3", "2:3"),
        (("a", 0, "b", 0), ("a", 0, "b"), "2:3", "2:6"),
        (("z", "a"), (), "1:1", "1:1"),
    ],
    ids=str,
)
def test_each_key_and_value_is_found_or_the_last_that_is_there(
    path: tuple[str | int, ...], near: tuple[str | int, ...], key: str, value: str
) -> None:
    found = composed(TEXT, LIMITS, "").find([path])[path]

    assert (found.path, str(found.key), str(found.value)) == (near, key, value)
