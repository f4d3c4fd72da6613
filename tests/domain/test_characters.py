import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missionkit.domain.characters import MOST_MARKS, bare, safe, shows, thinned

MARKS = st.sampled_from("\u0301\u0327\u0489\u1ab0\u1dc0\u20dd\ufe20")
PILES = st.lists(st.sampled_from("e \u5f01") | MARKS, max_size=40).map("".join)


def highest(text: str) -> int:
    """Return how many marks follow each other at most."""
    most = run = 0
    for letter in text:
        run = run + 1 if unicodedata.category(letter) in ("Mn", "Me") else 0
        most = max(most, run)
    return most


@given(PILES)
def test_a_letter_has_no_more_accents_than_any_language_knows(text: str) -> None:
    assert bare(text) == (highest(text) <= MOST_MARKS)
    assert safe(text) == bare(text)


@given(PILES)
def test_what_is_thinned_keeps_all_but_the_accents_that_are_too_many(text: str) -> None:
    thin = thinned(text)

    assert bare(thin)
    assert highest(thin) == min(highest(text), MOST_MARKS)
    assert (thin == text) == bare(text)


@pytest.mark.parametrize(
    "text", ["", " ", "\u200d", "\ufe0f", "\u3164", "\u2800", "\u115f \u034f"]
)
def test_what_has_no_look_shows_nothing(text: str) -> None:
    assert not shows(text)
    assert shows(f"{text}\u5f01{text}")
