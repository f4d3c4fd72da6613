import json

from hypothesis import given
from hypothesis import strategies as st

from missionkit.codec.document import dumps
from missionkit.codec.locate import places as located
from missionkit.codec.path import value_at
from tests.codec.models import chance, model_of
from tests.codec.mutants import places

TEXT = (
    '{"needs": [\n  {"id": "warm", "tags": ["a",\n "b"]},\n {}], "é\\n": {"x" : [ ]}}'
)


def at(*path: str | int) -> tuple[str, str]:
    place = located(TEXT, [path], "f")[path]
    return str(place.key), str(place.value)


def test_keys_and_values_have_their_own_places() -> None:
    assert at() == ("f:1:1", "f:1:1")
    assert at("needs") == ("f:1:2", "f:1:11")
    assert at("needs", 0, "id") == ("f:2:4", "f:2:10")
    assert at("needs", 0, "tags", 1) == ("f:3:2", "f:3:2")
    assert at("needs", 1) == ("f:4:2", "f:4:2")
    assert at("é\n", "x") == ("f:4:15", "f:4:21")


def test_for_what_is_not_there_the_last_step_that_is_there_is_given() -> None:
    asked = [
        ("needs", 0, "owner"),
        ("needs", 7, "id"),
        ("goals",),
        ("needs", 0, "id", 0),
    ]
    found = located(TEXT, asked)

    assert [found[path].path for path in asked] == [
        ("needs", 0),
        ("needs",),
        (),
        ("needs", 0, "id"),
    ]


def test_many_paths_are_found_in_one_pass() -> None:
    asked = [("needs", 0, "id"), ("needs",), ("needs", 0, "tags", 0), ("needs",)]
    found = located(TEXT, asked)

    assert [found[path].path for path in asked] == asked
    assert located(TEXT, []) == {}


@given(st.integers(0, 10**6), st.sampled_from([None, 0, 2]))
def test_at_the_place_stands_the_value(seed: int, indent: int | None) -> None:
    text = dumps(model_of(seed, 6), indent=indent)
    document = json.loads(text)
    asked = chance(seed).sample(places(document), 3)
    for path, place in located(text, asked).items():
        line = text.split("\n")[(place.value.line or 0) - 1]
        rest = line[(place.value.column or 0) - 1 :]
        value = json.dumps(value_at(document, path), ensure_ascii=False, indent=indent)
        assert rest.startswith(value.split("\n")[0])
