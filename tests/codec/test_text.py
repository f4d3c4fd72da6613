import json
import math
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from missionkit.codec.limits import LIMITS, Limits
from missionkit.codec.scan import text_faults, unsafe_in
from missionkit.codec.text import parsed
from missionkit.domain.characters import harmless
from missionkit.errors import DocumentError, LimitError, UnsafeDocumentError
from missionkit.issue import Issue
from tests.codec.models import chance, model_of
from tests.codec.mutants import garbled, text_of

ROOMY = Limits(size=2**26, nodes=10**7)


def refused(data: object, limits: Limits = LIMITS) -> tuple[Issue, ...]:
    with pytest.raises(DocumentError) as caught:
        parsed(data, limits=limits, source="plan.json")  # type: ignore[arg-type]  # on purpose
    return caught.value.issues


def places(data: object, limits: Limits = LIMITS) -> list[str]:
    return [f"{i.code} {i.path} {i.source}" for i in refused(data, limits)]


READ: list[tuple[Any, object]] = [
    ("[]", []),
    ("\ufeff[1]", [1]),
    (b"\xef\xbb\xbf[1]", [1]),
    (bytearray(b"[1]"), [1]),
    (memoryview(b"[1]"), [1]),
    ('{"a": {"b": [true, false, null]}}', {"a": {"b": [True, False, None]}}),
    ("-0", 0),
    (
        "[1.0, -0.5, 5e-324, 1.7976931348623157e308]",
        [1.0, -0.5, 5e-324, 1.7976931348623157e308],
    ),
    ("[1.10, 1.0000000000000000000000, 1E5]", [1.1, 1.0, 1e5]),
    ("[0.10000000000000001, 0.0000000000000000000, 0e-999]", [0.1, 0.0, 0.0]),
    (
        "[1.7976931348623157E308, 5E-324, 5.960464477539063E-08]",
        [1.7976931348623157e308, 5e-324, 2**-24],
    ),
    ("[9007199254740992, -9007199254740992]", [2**53, -(2**53)]),
    (r'"\u00e9 \ud83d\ude39 \n\t\r\/ \\u0000"', "é 😹 \n\t\r/ \\u0000"),
    ('"{[not brackets]}\\""', '{[not brackets]}"'),
    ("[" * 64 + "]" * 64, None),
    (f'["{"x" * 2**20}"]', None),
    (json.dumps(["\n" * 2**20, 'x"' * 2**20]), None),
    (f"[{'0,' * 999_998}0]", None),
    (f"[{'1' * 15}]", [int("1" * 15)]),
    ('{"é": 1, "e": 2, "ё": 3}', {"é": 1, "e": 2, "ё": 3}),
]


@pytest.mark.parametrize(("data", "value"), READ, ids=range(len(READ)))
def test_sound_json_is_read(data: bytes | str, value: object) -> None:
    found = parsed(data)

    assert value is None or found == value


def test_whole_numbers_and_fractions_stay_apart() -> None:
    found = parsed("[1, 1.0, -0.0]")

    assert isinstance(found, list)
    assert [type(item) for item in found] == [int, float, float]
    assert math.copysign(1, found[2]) == -1


REFUSED: list[tuple[object, list[str]]] = [
    # not UTF-8
    (b"[1]\xff", ["MK-DOC-001  plan.json:1:4"]),
    (b'[1,\n "\xc3\xa9\xe9"]', ["MK-DOC-001  plan.json:2:4"]),
    ("[1]".encode("utf-16"), ["MK-DOC-001  plan.json:1:1"]),
    (b"\xed\xa0\x80", ["MK-DOC-001  plan.json:1:1"]),
    # empty
    ("", ["MK-DOC-002  plan.json:1:1"]),
    (b" \n\t\r ", ["MK-DOC-002  plan.json:1:1"]),
    # not JSON
    ('{"a": 1,}', ["MK-DOC-003  plan.json:1:8"]),
    ("[1,\n 2,\n]", ["MK-DOC-003  plan.json:2:3"]),
    ('{"a": 1} // end', ["MK-DOC-003  plan.json:1:10"]),
    ('{"a": 1} {"b": 2}', ["MK-DOC-003  plan.json:1:10"]),
    ("{'a': 1}", ["MK-DOC-003  plan.json:1:2"]),
    ("{a: 1}", ["MK-DOC-003  plan.json:1:2"]),
    ('{"a" 1}', ["MK-DOC-003  plan.json:1:6"]),
    ('{"a": tru}', ["MK-DOC-003 a plan.json:1:7"]),
    ('{"a": [1 2]}', ["MK-DOC-003 a plan.json:1:10"]),
    ('{"a": [01]}', ["MK-DOC-003 a plan.json:1:9"]),
    ('{"a": {"b": "c', ["MK-DOC-003 a.b plan.json:1:15"]),
    ('["a\tb"]', ["MK-DOC-003 [0] plan.json:1:4"]),
    (r'["\x41"]', ["MK-DOC-003 [0] plan.json:1:3"]),
    ("[٣]", ["MK-DOC-003 [0] plan.json:1:2"]),
    # keys that stand twice
    ('{"id": 1,\n "id": 2}', ["MK-DOC-004 id plan.json:2:2"]),
    ('{"é": 1, "e\u0301": 2}', ['MK-DOC-004 ["e\\u0301"] plan.json:1:10']),
    (r'{"\u00e9": 1, "e\u0301": 2}', ['MK-DOC-004 ["e\\u0301"] plan.json:1:15']),
    ('[{"a": {"b": 0, "b": 0}}]', ["MK-DOC-004 [0].a.b plan.json:1:17"]),
    # characters that no text may hold
    (r'{"a": ["\u0000"]}', ["MK-DOC-005 a[0] plan.json:1:9"]),
    (r'{"a": "x\ud800"}', ["MK-DOC-005 a plan.json:1:9"]),
    (r'"\udc00\ud800"', ["MK-DOC-005  plan.json:1:2", "MK-DOC-005  plan.json:1:8"]),
    ('["a\ufeff"]', ["MK-DOC-005 [0] plan.json:1:4"]),
    ('["\x7f"]', ["MK-DOC-005 [0] plan.json:1:3"]),
    ('["\x85é"]', ["MK-DOC-005 [0] plan.json:1:3"]),
    ('["\U0001ffff"]', ["MK-DOC-005 [0] plan.json:1:3"]),
    (r'{"\u0001": 1}', ["MK-DOC-005  plan.json:1:3"]),
    ('["\ud800"]', ["MK-DOC-005 [0] plan.json:1:3"]),
    # numbers
    (
        "[NaN, -Infinity]",
        ["MK-DOC-010 [0] plan.json:1:2", "MK-DOC-010 [1] plan.json:1:7"],
    ),
    ("[1e400]", ["MK-DOC-011 [0] plan.json:1:2"]),
    ("[1e-400]", ["MK-DOC-011 [0] plan.json:1:2"]),
    ("[-1.2345678e-322]", ["MK-DOC-011 [0] plan.json:1:2"]),
    ("[0.1234567890123456789012]", ["MK-DOC-011 [0] plan.json:1:2"]),
    ("[0.12345678901234567]", ["MK-DOC-011 [0] plan.json:1:2"]),
    ("[9007199254740993.0]", ["MK-DOC-011 [0] plan.json:1:2"]),
    ("[9007199254740993]", ["MK-DOC-011 [0] plan.json:1:2"]),
    (f"[-1{'0' * 30}]", ["MK-DOC-011 [0] plan.json:1:2"]),
    (f"[{'9' * 5000}]", ["MK-DOC-009 [0] plan.json:1:2"]),
    (f"[0.{'9' * 5000}]", ["MK-DOC-009 [0] plan.json:1:2"]),
    # limits
    ("[" * 65, ["MK-DOC-007  plan.json:1:65"]),
    ("[" * 65 + "]" * 65, ["MK-DOC-007  plan.json:1:65"]),
    ("[" * 100_000, ["MK-DOC-007  plan.json:1:65"]),
    ('{"a":' * 100_000, ["MK-DOC-007  plan.json:1:321"]),
    ('\\"' + "[" * 65 + '"', ["MK-DOC-007  plan.json"]),
    ('["]", ' + "[" * 64 + "]" * 65, ["MK-DOC-007  plan.json:1:70"]),
    (f"[{'0,' * 1_000_000}0]", ["MK-DOC-008  plan.json"]),
    (" " * (2**24 + 1), ["MK-DOC-006  plan.json"]),
    ("é" * 2**23 + "é", ["MK-DOC-006  plan.json"]),
    (b" " * (2**24 + 1), ["MK-DOC-006  plan.json"]),
    (f'["{"x" * (2**20 + 1)}"]', ["MK-DOC-009 [0] plan.json:1:2"]),
    # nothing to read
    (None, ["MK-DOC-012  None"]),
    (7, ["MK-DOC-012  None"]),
]


@pytest.mark.parametrize(("data", "said"), REFUSED, ids=range(len(REFUSED)))
def test_unsound_json_is_refused_with_its_place(data: object, said: list[str]) -> None:
    assert places(data) == said


def test_the_gravest_fault_names_the_error() -> None:
    with pytest.raises(LimitError):
        parsed("[" * 65)
    with pytest.raises(LimitError):
        parsed(f"[{'9' * 5000}, NaN]")
    with pytest.raises(UnsafeDocumentError):
        parsed(r'["\u0000", NaN]')


def test_all_faults_of_a_text_are_named_at_once() -> None:
    text = '{"a": NaN, "a": 1e999, "b": "\\u0000", "c": 9007199254740993 "d"}'

    assert [place.split()[0] for place in places(text)] == [
        "MK-DOC-010",
        "MK-DOC-004",
        "MK-DOC-011",
        "MK-DOC-005",
        "MK-DOC-011",
        "MK-DOC-003",
    ]


def test_a_key_that_stands_twice_is_named_with_both_places() -> None:
    (issue,) = refused('{"needs": 1,\n  "needs": 2}')

    assert "line 1, column 2" in issue.message
    assert str(issue.source) == "plan.json:2:3"


def test_keys_that_only_look_the_same_are_explained() -> None:
    (issue,) = refused('{"é": 1, "e\u0301": 2}')

    assert "encoded otherwise" in issue.message


def test_a_limit_says_how_to_raise_it() -> None:
    (issue,) = refused(f"[{'0,' * 1_000_000}0]")

    assert "Limits(nodes=1000002)" in issue.fix
    assert parsed(f"[{'0,' * 1_000_000}0]", limits=ROOMY)


def test_reading_stops_after_as_many_faults_as_asked_for() -> None:
    found = refused("[" + "NaN," * 50 + "0]", Limits(faults=10))

    assert len(found) == 11
    assert found[-1].code == "MK-DOC-029"


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("[1,]", "take the comma away"),
        ("[1", "its end is missing"),
        ("{'a': 1}", "double quotes"),
        ("[1] # no", "take the comment out"),
        ("[.5]", "write numbers such as 0.5"),
        ("[True]", "double quotes"),
        ('["a\nb"]', "write \\n"),
        ("[\x00]", "UTF-8"),
    ],
)
def test_the_remedy_fits_what_was_found(text: str, fix: str) -> None:
    (issue,) = refused(text)

    assert fix in issue.fix


@pytest.mark.parametrize("limits", [Limits(digits=6000), Limits(digits=6000, text=1)])
def test_a_number_of_any_length_is_refused_and_not_computed(limits: Limits) -> None:
    assert places(f"[{'9' * 5000}]", limits) == ["MK-DOC-011 [0] plan.json:1:2"]


@given(st.text(max_size=12), st.integers(1, 12))
@example('\\""', 1)
@example('""""""""', 1)
@example("\\\\\\\\", 1)
def test_the_length_of_a_text_is_bounded(text: str, longest: int) -> None:
    written = json.dumps([text, "", text], ensure_ascii=False)
    bare = text.replace("\\", "").replace('"', "")
    limits = Limits(text=longest)
    try:
        parsed(written, limits=limits)
    except DocumentError as error:
        too_long = "MK-DOC-009" in {issue.code for issue in error.issues}
        unsafe = not too_long
    else:
        too_long = unsafe = False

    assert unsafe or too_long == (len(bare) > longest)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"])),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(st.text('abcdefé"\\{}[]:,', max_size=4), inner, max_size=4),
    max_leaves=20,
)  # fmt: skip


@given(JSON, st.sampled_from([(None, True), (None, False), (0, False), (3, True)]))
def test_what_the_standard_library_writes_is_read_alike(
    value: object, form: tuple[int | None, bool]
) -> None:
    text = json.dumps(value, indent=form[0], ensure_ascii=form[1])

    assert parsed(text) == parsed(text.encode()) == value


BRACKETS = (('{"]{":', "}"), ('["[", ', "]"))


@given(st.integers(1, 200), st.integers(1, 200), st.sampled_from(BRACKETS))
@example(64, 64, BRACKETS[0])
@example(65, 64, BRACKETS[1])
def test_depth_is_counted_exactly(
    depth: int, deepest: int, brackets: tuple[str, str]
) -> None:
    text = brackets[0] * depth + '"]"' + brackets[1] * depth

    if depth > deepest:
        assert [i.code for i in refused(text, Limits(depth=deepest))] == ["MK-DOC-007"]
    else:
        assert parsed(text, limits=Limits(depth=deepest))


SAMPLES = [text_of(json.loads("{}")), '{"a": [1, "\\u00e9", {"b": null}]}', "[]"]


@given(st.integers(0, 2**32), st.integers(0, 3))
def test_the_fast_reader_refuses_exactly_where_the_slow_one_finds_a_fault(
    seed: int, times: int
) -> None:
    random = chance(seed)
    text = random.choice([*SAMPLES, json.dumps(repr(model_of(seed % 7, 3)))])
    for _ in range(times):
        text = garbled(text or "[]", random)
    text = text.encode(errors="replace").decode().lstrip("\ufeff")
    found = text_faults(text, LIMITS) if text.strip() else ()
    try:
        parsed(text)
    except DocumentError as error:
        assert not text.strip() or error.issues == tuple(found)  # noqa: PT017 - either
    else:
        assert found == ()
        json.loads(text)


@given(st.text(alphabet='{}[]",:\\ntrue0123456789.eE+- \n\t\ud800\x00é', max_size=30))
def test_the_standard_library_agrees_about_what_is_json(text: str) -> None:
    try:
        parsed(text)
    except DocumentError as error:
        only_syntax = {issue.code for issue in error.issues} == {"MK-DOC-003"}
        if only_syntax:
            with pytest.raises(json.JSONDecodeError):
                json.loads(text)
    else:
        json.loads(text)


@pytest.mark.parametrize("end", range(1, 39))
def test_a_document_cut_at_any_place_is_refused(end: int) -> None:
    text = '{"a": [1, "\\u00e9", {"b": null, "c": 2}]}'

    assert len(text) > 39
    assert all(issue.code == "MK-DOC-003" for issue in refused(text[:end]))


def test_depth_is_counted_where_each_level_holds_a_shallower_neighbor() -> None:
    def grown(depth: int) -> str:
        spine = ""
        for height in range(depth):
            shorter = height - 1
            neighbor = "[" * shorter + "]" * shorter + "," if height > 1 else ""
            spine = f"[{neighbor}{spine or 0}]"
        return spine

    assert parsed(grown(64))
    assert [i.code for i in refused(grown(65))] == ["MK-DOC-007"]


def test_every_unsafe_character_is_found_however_it_is_written() -> None:
    for number in [*range(0x10000), *(p << 16 | 0xFFFE for p in range(1, 17))]:
        character = chr(number)
        written = json.dumps(character)
        unsafe = character != "\r" and not harmless(character)
        assert bool(unsafe_in(written)) == unsafe
        assert bool(unsafe_in(rf'"\\\\{written[1:]}')) == unsafe


def test_what_only_the_fast_reader_refuses_is_refused_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("missionkit.codec.text.text_faults", lambda *_: ())

    assert places("[1,]") == ["MK-DOC-003  plan.json"]
    assert places("[NaN]") == ["MK-DOC-003  plan.json"]
    assert parsed('["\\u0000"]') == ["\x00"]
