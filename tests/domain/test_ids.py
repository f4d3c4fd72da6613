import pytest
from hypothesis import given
from hypothesis import strategies as st

from missionkit.domain.ids import is_id, new_id, slug, unused


@pytest.mark.parametrize("ref", ["a", "0", "a-b", "a-", "0-0", "x" * 64])
def test_an_id_is_small_letters_digits_and_hyphens(ref: str) -> None:
    assert is_id(ref)


@pytest.mark.parametrize(
    "ref",
    [
        "",
        "-",
        "-a",
        "A",
        "a b",
        "a_b",
        "a.b",
        "a/b",
        "a\n",
        "é",
        "٣",
        "x" * 65,
        "a\x00",
    ],
    ids=range(13),
)
def test_anything_else_is_no_id(ref: str) -> None:
    assert not is_id(ref)


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("A warm home", "a-warm-home"),
        ("  Élan & drive, 2026! ", "elan-drive-2026"),
        ("ﬁne ½", "fine-12"),
        ("x" * 60, "x" * 48),
        ("x" * 47 + " y", "x" * 47),
        ("住宅", ""),
        ("---", ""),
        ("", ""),
        ("\u202e<script>", "script"),
        ("../../etc", "etc"),
    ],
    ids=range(10),
)
def test_a_slug_keeps_the_letters_that_an_id_can_have(name: str, made: str) -> None:
    assert slug(name) == made


@given(st.text(st.characters(exclude_categories=[])))
def test_a_slug_is_an_id_or_nothing(name: str) -> None:
    made = slug(name)

    assert made == "" or is_id(made)
    assert len(made) <= 48
    assert slug(made) == made


def test_a_name_that_is_taken_is_numbered_from_two() -> None:
    assert unused("warm", "need", set()) == "warm"
    assert unused("warm", "need", {"warm"}) == "warm-2"
    assert unused("warm", "need", {"warm", "warm-2"}) == "warm-3"


def test_without_a_name_the_kind_is_numbered_from_one() -> None:
    assert new_id("need", "住宅", set()) == "need-1"
    assert new_id("core_intent", "", {"core-intent-1"}) == "core-intent-2"
    assert new_id("acme.bet", "", set()) == "acme-bet-1"


@given(st.text(max_size=60), st.sets(st.sampled_from(["a", "a-2", "need-1"])))
def test_a_new_id_is_an_id_that_is_not_taken(name: str, taken: set[str]) -> None:
    made = new_id("need", name, taken)

    assert is_id(made)
    assert made not in taken
