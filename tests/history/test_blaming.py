"""Each field is blamed on the commit that changed it last."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from missionkit.codec.writing import record_of
from missionkit.domain.kinds import KINDS
from missionkit.domain.model import Model
from missionkit.domain.stakeholder import Need
from missionkit.errors import NotFoundError
from missionkit.history.blaming import blame, versions, versions_of_each
from missionkit.testing.strategies import elements
from tests.history.streams import Clock, commits_of, written

WARM = {"id": "warm", "statement": "A warm home"}
NEEDS = elements(Need, id="warm", stakeholder=None)


@given(st.lists(st.none() | NEEDS, min_size=1, max_size=8))
@settings(max_examples=60)
def test_each_field_is_blamed_on_the_commit_that_changed_it_last(
    states: list[Need | None],
) -> None:
    kept = _changing(states)
    if not kept:
        return
    commits = commits_of([Model([n] if n else []) for n in kept], at=Clock())
    records = [record_of(n, KINDS)[1] if n else {} for n in kept]
    found = dict(blame(commits, "warm").fields)

    assert found.keys() == records[-1].keys()
    for name, header in found.items():
        first = len(records)
        while first and records[first - 1].get(name) == records[-1][name]:
            first -= 1
        assert header.sequence == first + 1


def _changing(states: list[Need | None]) -> list[Need | None]:
    """Return states without those that are like the one before."""
    return [
        now
        for before, now in zip([None, *states[:-1]], states, strict=True)
        if before != now
    ]


def test_versions_tell_what_each_commit_did_to_an_element() -> None:
    one = written(("need", "warm", WARM), ("need", "dry", {**WARM, "id": "dry"}))
    two = written(("need", "warm", {**WARM, "notes": "a\nb"}), after=one)
    three = written(("need", "dry", {**WARM, "id": "dry", "notes": "c"}), after=two)
    four = written(("need", "warm", None), after=three)
    five = written(("need", "warm", WARM), after=four)

    said = "\n".join(map(str, versions(five, "warm")))
    assert said == (
        "1 2026-01-01 12:00 chair: as written (added)\n"
        '    id: nothing → "warm"\n'
        '    statement: nothing → "A warm home"\n'
        "2 2026-01-02 12:00 chair: as written (changed)\n"
        '    notes: nothing → "a\\nb"\n'
        "4 2026-01-04 12:00 chair: as written (removed)\n"
        "5 2026-01-05 12:00 chair: as written (added)\n"
        '    id: nothing → "warm"\n'
        '    statement: nothing → "A warm home"'
    )
    told = versions(five, "warm")[1].as_dict()
    assert (told["sequence"], told["what"]) == (2, "changed")
    assert told["fields"] == [{"path": "notes", "before": None, "after": "a\nb"}]


def test_versions_of_several_elements_are_those_of_each() -> None:
    one = written(("need", "warm", WARM), ("need", "dry", {**WARM, "id": "dry"}))
    two = written(("need", "warm", {**WARM, "notes": "a"}), after=one)

    assert versions_of_each(iter(two), ["warm", "dry", "none"]) == {
        "warm": versions(two, "warm"),
        "dry": versions(two, "dry"),
        "none": (),
    }


def test_of_what_was_erased_nothing_is_known_but_when_it_was_put() -> None:
    commits = written(("need", "warm", WARM))
    (erased,) = [type(c)(c.header, (None,)) for c in commits]
    (version,) = versions([erased], "warm")

    assert (version.what, version.known, version.fields) == ("erased", False, ())
    assert str(blame([erased], "warm")) == "warm: nothing is known"


def test_what_follows_on_an_erased_version_is_wholly_its_own() -> None:
    one = written(("need", "warm", WARM))
    two = written(("need", "warm", {**WARM, "notes": "x"}), after=one)
    commits = [type(one[0])(one[0].header, (None,)), two[1]]

    assert {h.sequence for _, h in blame(commits, "warm").fields} == {2}
    assert [v.what for v in versions(commits, "warm")] == ["erased", "changed"]


def test_an_earlier_schema_is_told_in_the_words_of_this_one() -> None:
    old = written(("need", "warm", {"id": "warm", "text": "A warm home"}), schema=0)
    both = written(("need", "warm", {**WARM, "notes": "x"}), after=old)

    assert [(n, h.sequence) for n, h in blame(both, "warm").fields] == [
        ("id", 1),
        ("statement", 1),
        ("notes", 2),
    ]


def test_an_element_that_never_was_is_not_found_and_the_nearest_is_named() -> None:
    commits = written(("need", "warm", WARM))

    with pytest.raises(NotFoundError, match="did you mean 'warm'"):
        blame(commits, "warmth")
    with pytest.raises(NotFoundError):
        versions(commits, "x")


def test_blame_shows_as_a_table() -> None:
    found = blame(written(("need", "warm", WARM)), "warm")

    assert str(found).splitlines() == [
        "id         1  2026-01-01  chair  as written",
        "statement  1  2026-01-01  chair  as written",
    ]
    assert "<td>statement</td><td>1</td>" in found.to_html()
    assert list(found.as_dict()["fields"]) == ["id", "statement"]  # type: ignore[call-overload]
