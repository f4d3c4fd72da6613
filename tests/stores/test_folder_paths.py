import unicodedata
from itertools import combinations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from missionkit.errors import StoreError
from missionkit.stores.folder.paths import (
    FARTHEST,
    LONGEST,
    folders_of,
    may_hold_streams,
    stream_of,
)

names = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60
) | st.text("aA/.%+é ", max_size=300)

# Written a second time, from what the page says.
WHERE = {
    "harbour": ("harbour",),
    "harbour/scenario-x": ("harbour", "scenario-x"),
    "a_b-0/9": ("a_b-0", "9"),
    "Harbour": ("%48arbour",),
    "a.json": ("a%2ejson",),
    "..": ("%2e%2e",),
    "../../etc": ("%2e%2e", "%2e%2e", "etc"),
    ".git": ("%2egit",),
    "": ("%",),
    "/": ("%", "%"),
    "/etc/passwd": ("%", "etc", "passwd"),
    "a//b/": ("a", "%", "b", "%"),
    "%": ("%25",),
    "a%2e": ("a%252e",),
    "a+": ("a%2b",),
    "é": ("%c3%a9",),
    "a\\b:c*": ("a%5cb%3ac%2a",),
    "a b\n": ("a%20b%0a",),
    "x" * 200: ("x" * 200,),
    "x" * 201: ("x" * 199 + "+", "xx"),
    "x" * 400 + "/y": ("x" * 199 + "+", "x" * 199 + "+", "xx", "y"),
}


@pytest.mark.parametrize(("stream", "folders"), WHERE.items(), ids=map(ascii, WHERE))
def test_a_stream_lies_where_its_name_says(
    stream: str, folders: tuple[str, ...]
) -> None:
    assert folders_of(stream) == folders
    assert stream_of(folders) == stream


@given(names)
@example("a" * 199 + "A")
@example("/" * 50)
@example("\N{GRINNING FACE}" * 50)
def test_a_name_comes_back_as_it_was(stream: str) -> None:
    folders = folders_of(stream)

    assert stream_of(folders) == stream
    assert all(map(may_hold_streams, folders))
    assert all(0 < len(each) <= LONGEST for each in folders)


@given(names)
def test_no_name_leads_out_or_meets_a_file_of_the_store(stream: str) -> None:
    for folder in folders_of(stream):
        assert "." not in folder
        assert "/" not in folder
        assert folder == folder.lower()
        assert folder.isascii()


def test_names_that_a_file_system_may_take_for_one_lie_apart() -> None:
    alike = [
        "a",
        "A",
        "é",
        unicodedata.normalize("NFD", "é"),
        "ß",
        "ss",
        "SS",
        "i",
    ]
    apart = [folders_of(name) for name in alike]

    for one, other in combinations(apart, 2):
        joined, its = "/".join(one), "/".join(other)
        assert joined.casefold() != its.casefold()
        assert unicodedata.normalize("NFC", joined) != unicodedata.normalize("NFC", its)


@pytest.mark.parametrize(
    ("stream", "said"),
    [
        ("a\0b", "has a NUL in it: 'a"),
        ("\ud800", "is no text"),
        ("x" * (FARTHEST + 1), "has more than 4000 letters"),
        ("É" * 700, "take a shorter name"),
        ("a/" * 2001, "take a shorter name"),
    ],
    ids=["nul", "half a pair", "long", "long when written", "deep"],
)
def test_a_name_that_cannot_lie_anywhere_is_refused(stream: str, said: str) -> None:
    with pytest.raises(StoreError, match=said) as caught:
        folders_of(stream)

    assert caught.value.committed is False


@pytest.mark.parametrize(("letters", "refused"), [(3961, False), (3962, True)])
def test_the_farthest_path_is_as_far_as_is_said(letters: int, refused: bool) -> None:  # noqa: FBT001 - a row of the table
    path = 0
    try:
        path = len("/".join(folders_of("x" * letters))) + 1
    except StoreError:
        assert refused
    else:
        assert not refused
    assert path <= FARTHEST


@pytest.mark.parametrize(
    "folders",
    [
        ("Harbour",),
        ("a.b",),
        ("%41%",),
        ("%C3%A9",),
        ("%61",),
        ("%ff",),
        ("%0",),
        ("%00",),
        ("a+",),
        ("a+", "b"),
        ("x" * 201,),
        ("%ed%a0%80",),
        ("",),
        ("é",),
        ("a b",),
        ("\udc80",),
        ("%%25",),
    ],
    ids=ascii,
)
def test_a_folder_that_another_program_made_is_no_stream(
    folders: tuple[str, ...],
) -> None:
    assert stream_of(folders) is None


@pytest.mark.parametrize("name", [".git", "a.b", "Notes", "", "x" * 201, "é", "a\n"])
def test_a_folder_of_another_program_is_not_looked_into(name: str) -> None:
    assert not may_hold_streams(name)
