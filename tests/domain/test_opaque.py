import pytest
from hypothesis import given

from missionkit.domain.ext import NO_EXT, Ext
from missionkit.domain.opaque import Opaque
from missionkit.errors import InvalidValueError
from missionkit.testing.strategies import foreign


def test_an_opaque_element_has_what_every_element_has() -> None:
    opaque = Opaque(kind="acme.bet", id="b", data=Ext({"tags": ["a"]}))

    assert (opaque.tags, opaque.notes, opaque.ext) == ((), "", NO_EXT)


def test_every_text_in_its_data_may_be_an_id() -> None:
    data = Ext({"of": "warm", "deep": [{"x": ["dry", 1, None]}, "wet"], "key-only": 3})

    assert Opaque(kind="acme.bet", id="b", data=data).mentions() == {
        "warm",
        "dry",
        "wet",
    }
    assert Opaque(kind="acme.bet", id="b", erased=True).mentions() == frozenset()


@given(foreign())
def test_mentions_are_texts(data: Ext) -> None:
    found = Opaque(kind="acme.bet", id="b", data=data).mentions()

    assert all(type(text) is str for text in found)


@pytest.mark.parametrize(
    ("kind", "ref", "paths"),
    [
        ("acme.bet", "Not an id", ["id"]),
        ("Acme Bet", "b", ["kind"]),
        ("", "", ["kind", "id"]),
        (None, None, ["kind", "id"]),
        ("<b>", "<b>", ["kind", "id"]),
    ],
    ids=range(5),
)
def test_its_kind_and_id_are_checked(kind: str, ref: str, paths: list[str]) -> None:
    with pytest.raises(InvalidValueError) as caught:
        Opaque(kind=kind, id=ref)

    assert [issue.path for issue in caught.value.issues] == paths
