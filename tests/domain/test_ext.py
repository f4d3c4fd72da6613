import copy
import json
import pickle
from collections.abc import Iterator, Mapping
from enum import IntEnum, StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missionkit.domain.ext import (
    DEEPEST,
    LARGEST_INT,
    NO_EXT,
    RECORD_DEPTH,
    Ext,
    thawed,
)
from missionkit.testing.strategies import foreign


class Word(StrEnum):
    ONE = "one"


class Rank(IntEnum):
    ONE = 1


class Lines(Mapping[str, object]):
    def __getitem__(self, key: str) -> object:
        return [key]

    def __iter__(self) -> Iterator[str]:
        return iter(["a", "b"])

    def __len__(self) -> int:
        return 2


def nested(depth: int) -> object:
    held: object = 1
    for at in range(depth):
        held = [held] if at % 2 else {"a": held}
    return held


def test_lists_become_tuples_and_mappings_become_ext() -> None:
    ext = Ext({"a": [1, {"b": [True, None]}]})

    assert ext["a"] == (1, Ext({"b": (True, None)}))
    assert ext == Ext({"a": (1, Ext({"b": [True, None]}))})
    assert thawed(ext) == {"a": [1, {"b": [True, None]}]}
    assert Ext(Lines()) == Ext({"a": ["a"], "b": ["b"]})


def test_it_is_a_mapping_in_the_order_given() -> None:
    ext = Ext({"b": 1, "a": 2})

    assert list(ext) == ["b", "a"]
    assert len(ext) == 2
    assert "a" in ext
    assert ext.get("c") is None
    assert {**ext} == {"a": 2, "b": 1}
    assert repr(ext) == "Ext({'b': 1, 'a': 2})"
    assert not NO_EXT


def test_the_order_of_keys_makes_no_difference() -> None:
    assert Ext({"a": 1, "b": 2}) == Ext({"b": 2, "a": 1})
    assert hash(Ext({"a": 1, "b": 2})) == hash(Ext({"b": 2, "a": 1}))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, True),
        (0, False),
        (1, "1"),
        (None, "null"),
        (None, False),
        (None, 0),
        ("", None),
        ([], {}),
        ([1], [1, 1]),
        ([1, 2], [2, 1]),
        ([[1], 2], [[1, 2]]),
        ({"a": 1}, {"a": 2}),
        ({"a": {"b": 1}}, {"a": {"c": 1}}),
        (0.1, 0.2),
        (2.5, 2),
        (1e300, int(LARGEST_INT)),
    ],
    ids=str,
)
def test_what_differs_as_json_differs(one: object, other: object) -> None:
    assert Ext({"x": one}) != Ext({"x": other})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, 1.0),
        (0, -0.0),
        ([1], (1,)),
        (Word.ONE, "one"),
        (Rank.ONE, 1),
        (1e15, 10**15),
    ],
    ids=str,
)
def test_what_is_equal_as_json_is_equal(one: object, other: object) -> None:
    assert Ext({"x": one}) == Ext({"x": other})
    assert hash(Ext({"x": one})) == hash(Ext({"x": other}))


def test_it_is_no_dict() -> None:
    assert Ext({"a": 1}) != {"a": 1}
    assert Ext({"a": 1}) != "a"


def test_it_is_frozen_all_the_way_down() -> None:
    source: dict[str, Any] = {"a": [1], "b": {"c": 1}}
    ext: Any = Ext(source)
    source["a"].append(2)
    source["b"]["c"] = 2

    assert ext == Ext({"a": [1], "b": {"c": 1}})
    for name in ("x", "_items", "_key"):
        with pytest.raises(AttributeError, match="frozen"):
            setattr(ext, name, 1)
    with pytest.raises(TypeError):
        ext["a"] = 1
    with pytest.raises(TypeError):
        del ext["a"]


def test_merging_gives_a_copy() -> None:
    before = Ext({"a": 1, "b": 1})

    assert before.merged({"b": 2, "c": 3}) == Ext({"a": 1, "b": 2, "c": 3})
    assert before == Ext({"a": 1, "b": 1})


@pytest.mark.parametrize(
    "bad",
    [
        float("nan"),
        float("inf"),
        LARGEST_INT + 1,
        -LARGEST_INT - 1,
        {1},
        b"x",
        object(),
        "\ud800",
        {"\udfff": 1},
        {1: 2},
        {None: 2},
        {Word.ONE: 1},
        [nested(DEEPEST)],
        {"a": nested(DEEPEST)},
    ],
    ids=range(14),
)
def test_what_is_no_json_value_is_refused(bad: object) -> None:
    with pytest.raises(ValueError, match=r"JSON value|must be text|may hold|deep"):
        Ext({"x": bad})


def test_a_structure_that_holds_itself_is_refused() -> None:
    round_and_round: list[object] = []
    round_and_round.append(round_and_round)

    with pytest.raises(ValueError, match="too deep"):
        Ext({"x": round_and_round})


def test_the_deepest_that_is_allowed() -> None:
    ext = Ext({"x": nested(DEEPEST - 1)})

    assert pickle.loads(pickle.dumps(ext)) == ext  # noqa: S301 - our own
    assert Ext({"x": ext["x"]}) == ext
    with pytest.raises(ValueError, match="deep"):
        Ext({"x": nested(DEEPEST)})
    with pytest.raises(ValueError, match="deep"):
        Ext({"x": ext})


@given(foreign())
def test_it_survives_pickling_copying_and_json(ext: Ext) -> None:
    for after in (
        pickle.loads(pickle.dumps(ext)),  # noqa: S301 - our own
        copy.copy(ext),
        copy.deepcopy(ext),
        Ext(json.loads(json.dumps(thawed(ext)))),
        Ext(ext),
    ):
        assert after == ext
        assert hash(after) == hash(ext)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-2, 2)
    | st.sampled_from(["", "a", "1", "true"]),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["a", "b"]), inner, max_size=2)
    ),
    max_leaves=3,
)


@given(JSON, JSON)
def test_equal_means_equal_as_json(one: object, other: object) -> None:
    same = json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)

    assert (Ext({"x": one}) == Ext({"x": other})) is same


def test_deep_nesting_costs_no_more_than_its_size() -> None:
    deep: dict[str, object] = {"a": 'it\'s "quoted"'}
    for _ in range(30):
        deep = {"a": deep}

    # As text inside of text, each level would double the marks of the one below.
    assert Ext(deep) == Ext(deep)
    assert len(repr(Ext(deep))) < 1000


def test_lists_that_share_a_list_do_not_grow_without_end() -> None:
    shared: list[object] = []
    for _ in range(28):
        shared = [shared, shared]

    with pytest.raises(ValueError, match="more than 100,000 values"):
        Ext({"acme": shared})


def test_keys_that_look_the_same_are_refused() -> None:
    with pytest.raises(ValueError, match="look the same"):
        Ext({"e\u0301": 1, "\u00e9": 2})


def test_more_text_than_a_document_may_hold_is_refused() -> None:
    with pytest.raises(ValueError, match="more than 1,000,000 characters"):
        Ext({"a": "x" * 600_000, "b": "y" * 600_000})


def test_a_whole_record_may_be_two_levels_deeper() -> None:
    deep = Ext({"a": nested(DEEPEST)}, depth=RECORD_DEPTH)

    assert pickle.loads(pickle.dumps(deep)) == deep  # noqa: S301 - our own
    with pytest.raises(ValueError, match="deep"):
        Ext({"a": nested(DEEPEST)})


def test_a_number_that_lies_about_its_size_is_refused() -> None:
    class Small(int):
        def __abs__(self) -> int:
            return 0

    with pytest.raises(ValueError, match="no JSON value"):
        Ext({"a": Small(2**70)})
