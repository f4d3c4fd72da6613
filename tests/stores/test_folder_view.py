import json
from pathlib import Path
from typing import Final

import pytest

from missionkit.domain.history import Commit, CommitDraft, Payload, Put, Remove
from missionkit.history.sealing import head_of, seal
from missionkit.ports.store import Disposed
from missionkit.stores.folder.store import FolderStore
from missionkit.stores.folder.view import VIEW, View
from missionkit.testing.stores import commits
from missionkit.testing.stores.making import START

S: Final = "harbour"


def put(kind: str, ref: str, data: bytes = b"{}") -> Put:
    return Put(kind=kind, id=ref, payload=Payload(b"salt", data))


def one(*changes: Put | Remove, after: Commit | None = None) -> Commit:
    head = head_of(S, after)
    number = head.sequence + 1
    draft = CommitDraft(
        id=f"c{number}", at=START, actor="ann", why="so", changes=changes, schema=1
    )
    return seal([draft], head)[0]


def shown(*made: Commit) -> str:
    view = View()
    for commit in made:
        view.add(commit)
    return view.text(S, len(made), "abc")


def test_elements_stand_one_a_line_by_kind_and_id() -> None:
    first = one(put("need", "b"), put("goal", "z", b'{"a": "\xc3\xa4"}'))
    text = shown(first, one(put("need", "a", b'{\n "x": 1\r\n}'), after=first))

    assert text == (
        "{\n"
        '"stream": "harbour",\n'
        '"sequence": 2,\n'
        '"head": "abc",\n'
        '"elements": {\n'
        '"goal": {\n"z": {"a": "ä"}\n},\n'
        '"need": {\n"a": {  "x": 1  },\n"b": {}\n}\n'
        "}\n"
        "}\n"
    )
    assert json.loads(text)["elements"]["need"]["a"] == {"x": 1}


def test_a_stream_without_elements_has_none() -> None:
    assert json.loads(shown())["elements"] == {}


def test_what_was_removed_is_not_shown_and_what_was_put_again_is() -> None:
    first = one(put("need", "a"), put("need", "b"))
    second = one(Remove(kind="need", id="a"), after=first)
    third = one(put("need", "a", b"3"), Remove(kind="goal", id="none"), after=second)

    assert json.loads(shown(first, second))["elements"] == {"need": {"b": {}}}
    assert json.loads(shown(first, second, third))["elements"]["need"]["a"] == 3


DATA: Final = {
    b"": '""',
    b"{": '"{"',
    b"\xff": '"ff"',
    b'{"a": 1.10}': '{"a": 1.10}',
    b"12345678901234567890123": "12345678901234567890123",
    b"NaN": '"NaN"',
    b"[" * 100_000: json.dumps("[" * 100_000),
    b'"\xe2\x80\xa8"': '"\u2028"',
    b"a\nb": '"a\\nb"',
}


@pytest.mark.parametrize(("data", "line"), DATA.items(), ids=range(len(DATA)))
def test_bytes_are_shown_as_they_are_where_they_are_json(
    data: bytes, line: str
) -> None:
    text = shown(one(put("need", "a", data)))

    assert f'"a": {line}\n' in text
    json.loads(text)


def test_payloads_that_are_missing_are_null() -> None:
    made = one(put("need", "a"), put("need", "b"))
    text = shown(Commit(made.header, (None,)))

    assert json.loads(text)["elements"] == {"need": {"a": None, "b": None}}


def view_of(path: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads((path / S / VIEW).read_bytes())
    return found


def test_the_view_goes_with_the_commits(quick_path: Path) -> None:
    store = FolderStore(quick_path)
    new = commits(S, 3)
    for count, commit in enumerate(new):
        store.append(S, [commit], expected=count)
        assert view_of(quick_path)["head"] == commit.hash
    note = commits(S, 1, after=new, data=())[0]
    store.dispose(S, [Disposed(sequence=3, put=1)], note, expected=3, snapshot=None)

    assert view_of(quick_path) == {
        "stream": S,
        "sequence": 4,
        "head": note.hash,
        "elements": {"need": {"need-1": {"name": "one"}, "need-2": None}},
    }
    store.close()


@pytest.mark.parametrize("wrong", [b"", b"{", None])
def test_a_wrong_view_is_written_anew(quick_path: Path, wrong: bytes | None) -> None:
    store = FolderStore(quick_path)
    new = commits(S, 2)
    store.append(S, new[:1], expected=0)
    sound = (quick_path / S / VIEW).read_bytes()
    (quick_path / S / VIEW).unlink()
    if wrong is not None:
        (quick_path / S / VIEW).write_bytes(wrong)
    assert list(store.read(S)) == list(new[:1])
    store.append(S, new[1:], expected=1)

    assert view_of(quick_path)["sequence"] == 2
    assert len((quick_path / S / VIEW).read_bytes()) == len(sound)
    store.close()


def test_the_view_is_the_same_whether_made_at_once_or_step_by_step(
    quick_path: Path,
) -> None:
    new = commits(S, 4)
    step, once = FolderStore(quick_path / "step"), FolderStore(quick_path / "once")
    for count, commit in enumerate(new):
        step.append(S, [commit], expected=count)
    once.append(S, new[:3], expected=0)
    FolderStore(quick_path / "once").append(S, new[3:], expected=3)

    assert (quick_path / "step" / S / VIEW).read_bytes() == (
        quick_path / "once" / S / VIEW
    ).read_bytes()


def test_a_store_may_do_without(quick_path: Path) -> None:
    store = FolderStore(quick_path, view=False)
    new = commits(S, 2)
    store.append(S, new, expected=0)
    assert not (quick_path / S / VIEW).exists()
    FolderStore(quick_path).append(S, commits(S, 1, after=new), expected=2)
    note = commits(S, 2, after=new, data=())[1]
    note = commits(S, 1, after=commits(S, 3), by="dpo", data=())[0]
    store.dispose(S, [Disposed(sequence=1, put=0)], note, expected=3, snapshot=None)

    assert not (quick_path / S / VIEW).exists()
    store.close()
