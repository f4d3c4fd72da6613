import pytest
from hypothesis import given
from hypothesis import strategies as st

from missionkit.codec.path import Path, path_parts, path_text, value_at
from missionkit.errors import NotFoundError

STEPS = st.one_of(st.integers(0, 10**6), st.text(max_size=8))


@given(st.lists(STEPS, max_size=5).map(tuple))
def test_a_path_is_read_as_it_was_written(path: Path) -> None:
    assert path_parts(path_text(path)) == path


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ((), ""),
        (("needs",), "needs"),
        (("needs", 3, "importance"), "needs[3].importance"),
        (("acme.bet", 0), '["acme.bet"][0]'),
        (("needs", 0, "a b"), 'needs[0]["a b"]'),
        ((0, 1), "[0][1]"),
        (("é\u202e",), '["\\u00e9\\u202e"]'),
    ],
)
def test_a_path_reads_as_people_write_it(path: Path, text: str) -> None:
    assert path_text(path) == text


@pytest.mark.parametrize("text", ["needs[", "needs[x]", "needs..x", "a b", '["open'])
def test_what_is_no_path_is_refused(text: str) -> None:
    with pytest.raises(NotFoundError, match="path"):
        path_parts(text)


def test_a_path_leads_to_a_value() -> None:
    document = {"needs": [{"id": "warm"}]}

    assert value_at(document, ()) == document
    assert value_at(document, ("needs", 0, "id")) == "warm"


@pytest.mark.parametrize(
    "path", [("needs", 1), ("needs", "id"), ("goals",), ("needs", 0, "id", 0), (0,)]
)
def test_a_path_that_leads_nowhere_is_refused(path: Path) -> None:
    with pytest.raises(NotFoundError):
        value_at({"needs": [{"id": "warm"}]}, path)
