"""What verification finds, what takes a checkpoint, and that no alarm is false."""

import shutil
from pathlib import Path
from random import Random
from typing import Any

import pytest
from attrs import evolve

from missionkit.domain.history import Commit, Payload
from missionkit.errors import CorruptStoreError, DocumentError, StoreError
from missionkit.history import codes
from missionkit.history.checkpoint import checkpoint_of, read_checkpoint
from missionkit.history.folding import state_after
from missionkit.history.snapshots import snapshot_of
from missionkit.history.verifying import verified
from missionkit.issue import Issue
from missionkit.ports.store import Snapshot
from missionkit.workspace import Workspace
from tests.history.attacks import ATTACKS, honest, plain_past, streams_of
from tests.history.streams import NOON, Clock, Held, counted, with_facts, written
from tests.messages import complaints

FLIPS = 2_000
HONEST = 1_000


def held(**streams: list[Commit]) -> Held:
    return Held(**streams)


def poor(issues: tuple[Issue, ...]) -> list[str]:
    return [said for issue in issues for said in complaints(issue)]


@pytest.mark.parametrize("attack", ATTACKS)
def test_every_attack_is_found_with_a_checkpoint_and_some_by_the_chain_alone(
    attack: str,
) -> None:
    strike, alone = ATTACKS[attack]
    ws = plain_past()
    checkpoint = str(ws.checkpoint())
    streams = streams_of(ws)
    store = Held(**streams)
    assert verified(store, checkpoint)
    strike(store.held)

    with_checkpoint = verified(store, checkpoint)
    assert not with_checkpoint
    assert bool(verified(store, None)) is not alone
    assert poor(with_checkpoint.issues) == []
    assert str(with_checkpoint).startswith("changed: ")


@pytest.mark.parametrize(
    ("attack", "code", "path"),
    [
        ("edit", codes.CHANGED_PAYLOAD, "harbour@3"),
        ("edit a header", codes.BROKEN_CHAIN, "harbour@4"),
        ("delete in the middle", codes.OUT_OF_PLACE, "harbour@4"),
        ("drop the tail", codes.SHORTENED, "harbour@6"),
        ("swap", codes.OUT_OF_PLACE, "harbour@4"),
        ("duplicate", codes.OUT_OF_PLACE, "harbour@3"),
        ("edit and rechain", codes.REWRITTEN, "harbour@6"),
        ("delete the stream", codes.SHORTENED, "harbour@6"),
        ("swap two payloads", codes.CHANGED_PAYLOAD, "harbour@3"),
        ("erase without a word", codes.LOST_PAYLOAD, "harbour@3"),
    ],
)
def test_the_first_bad_commit_is_named(attack: str, code: Any, path: str) -> None:  # noqa: ANN401 - any value
    ws = plain_past()
    store = Held(**streams_of(ws))
    ATTACKS[attack][0](store.held)
    first, *_ = verified(store, ws.checkpoint()).issues

    assert (first.code, first.path) == (code.code, path)


def test_an_old_checkpoint_vouches_for_no_more_than_it_holds() -> None:
    ws = plain_past()
    old = str(ws.checkpoint())
    with ws.edit("harbour", by="chair", why="later") as d:
        d.need("later")
    new = str(ws.checkpoint())
    store = Held(**streams_of(ws))
    del store.held["harbour"][-1]

    replayed = verified(store, old)
    assert replayed
    assert "read 7 commits of 2 streams, and the checkpoint holds 7 of them" in str(
        replayed
    )
    assert [issue.code for issue in verified(store, new).issues] == [
        codes.SHORTENED.code
    ]


def test_a_checkpoint_that_was_altered_is_none() -> None:
    ws = plain_past()
    text = str(ws.checkpoint())
    assert read_checkpoint(text) == ws.checkpoint()
    assert read_checkpoint(f"\n  {text}  \n".replace("\n", "\r\n")) == ws.checkpoint()
    kept = text.splitlines()
    altered = [
        text.replace("6 ", "5 ", 1),
        text.replace("harbour", "harbor"),
        "\n".join([kept[0], *kept[2:]]),
        "\n".join([kept[0], kept[1], kept[1], *kept[2:]]),
        "\n".join(kept[:-1]),
        "\n".join([*kept[:-1], "and so on", kept[-1]]),
        "\n".join([*kept[:-1], "root " + "0" * 64]),
        text.replace("checkpoint 1", "checkpoint 2"),
        "",
        "missionkit checkpoint 1",
        "\0" * 100,
        text.replace("6 ", "9" * 5_000 + " ", 1),
    ]
    for each in altered:
        with pytest.raises(DocumentError) as caught:
            ws.verify(against=each)
        assert poor(caught.value.issues) in ([], ["nothing says where it is"])


def test_every_single_letter_of_a_checkpoint_counts() -> None:
    text = str(plain_past().checkpoint())
    random = Random(7)  # noqa: S311 - for tests
    for _ in range(300):
        at = random.randrange(len(text))
        other = random.choice([c for c in "0123456789abcdef xyz" if c != text[at]])
        with pytest.raises(DocumentError):
            read_checkpoint(text[:at] + other + text[at + 1 :])


def test_the_root_is_that_of_a_merkle_tree() -> None:
    from hashlib import sha256  # noqa: PLC0415 - computed here by hand

    heads = plain_past().checkpoint().heads
    leaves = [
        sha256(f'\0["{h.stream}", {h.sequence}, "{h.hash}"]'.encode()).digest()
        for h in heads
    ]
    both = sha256(b"\1" + leaves[0] + leaves[1]).digest()
    third = evolve(heads[0], stream="z")
    last = sha256(f'\0["z", {third.sequence}, "{third.hash}"]'.encode()).digest()

    assert checkpoint_of(()).root == sha256(b"").hexdigest()
    assert checkpoint_of(heads[:1]).root == leaves[0].hex()
    assert checkpoint_of(heads).root == both.hex()
    assert checkpoint_of(reversed(heads)).root == both.hex()
    assert (
        checkpoint_of([*heads, third]).root == sha256(b"\1" + both + last).hexdigest()
    )


def test_a_thousand_honest_pasts_raise_no_alarm() -> None:
    alarms: list[Issue] = []
    for seed in range(HONEST):
        ws = honest(seed, edits=2 + seed % 4)
        checkpoint = ws.checkpoint()
        with ws.edit("harbour", by="chair", why="afterwards") as d:
            d.need("afterwards", id="after")
        ws.dispose("harbour", "n0", by="chair", why="asked to")
        found = ws.verify(against=str(checkpoint))
        alarms += found.issues
    assert alarms == []


def test_a_clock_that_was_set_back_is_told_and_is_no_alarm() -> None:
    clock = Clock()
    ws = honest(1, clock=clock)
    clock.at = NOON.replace(year=2020)
    with ws.edit("harbour", by="chair", why="set back") as d:
        d.need("late", id="late")
    found = ws.verify()

    assert found
    assert [issue.code for issue in found.issues] == [codes.CLOCK_BACK.code]
    assert str(found).startswith("no change detected in ")
    assert ws.history("harbour").entries[-1].clock_back


def flipped(data: bytes, bit: int) -> bytes:
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def test_no_flipped_bit_of_a_commit_goes_unnoticed() -> None:
    ws = honest(5, edits=12)
    checkpoint, streams = str(ws.checkpoint()), streams_of(ws)
    parts = [
        (name, at, part)
        for name, commits in streams.items()
        for at, commit in enumerate(commits)
        for part in range(-1, len(commit.payloads))
        if part < 0 or commit.payloads[part] is not None
    ]
    random = Random(11)  # noqa: S311 - for tests
    unnoticed = []
    for _ in range(FLIPS):
        name, at, part = random.choice(parts)
        store = Held(**streams)
        store.held[name][at] = _one_bit_off(store.held[name][at], part, random)
        # The chain alone tells of all but the header that nothing follows yet.
        anchor = checkpoint if at == len(streams[name]) - 1 else None
        if verified(store, anchor):
            unnoticed.append((name, at, part))
    assert unnoticed == []


def _one_bit_off(commit: Commit, part: int, random: Random) -> Commit:
    if part < 0:
        bit = random.randrange(len(commit.header) * 8)
        return Commit(flipped(commit.header, bit), commit.payloads)
    payload = commit.payloads[part]
    assert payload is not None
    bit = random.randrange(8 * (len(payload.salt) + len(payload.data)))
    both = flipped(payload.salt + payload.data, bit)
    other = Payload(both[: len(payload.salt)], both[len(payload.salt) :])
    payloads = (*commit.payloads[:part], other, *commit.payloads[part + 1 :])
    return Commit(commit.header, payloads)


def seen(ws: Workspace) -> object:
    """Return everything that can be read of a workspace."""
    return [
        (name, [(c.header, c.payloads) for c in ws.store.read(name)], ws.model(name))
        for name in ws.streams()
    ]


def test_no_flipped_bit_of_a_file_changes_anything_unnoticed(tmp_path: Path) -> None:
    path, copy = tmp_path / "harbour.db", tmp_path / "copy.db"
    with Workspace(path, clock=Clock(), token=counted()) as ws:
        for number in range(52):  # past the first snapshot
            with ws.edit("harbour", by="chair", why="x", create=True) as d:
                d.need(f"need {number}", id=f"n{number}")
        checkpoint, whole = str(ws.checkpoint()), seen(ws)
    data = path.read_bytes()
    random = Random(13)  # noqa: S311 - for tests
    unnoticed, noticed = [], 0
    for _ in range(FLIPS):
        bit = random.randrange(len(data) * 8)
        copy.write_bytes(flipped(data, bit))
        Path(f"{copy}-journal").unlink(missing_ok=True)
        try:
            with Workspace(copy) as ws:
                if not ws.verify(against=checkpoint):
                    noticed += 1
                elif seen(ws) != whole:
                    unnoticed.append(bit)
        except StoreError:
            noticed += 1
    assert unnoticed == []
    assert noticed > FLIPS / 4
    shutil.rmtree(tmp_path)


class Torn(Held):
    """A store that cannot read beyond some commit."""

    def read(self, stream: str, *, after: int = 0, upto: int | None = None) -> Any:  # noqa: ANN401, ARG002 - any value
        yield self.held[stream][0]
        raise CorruptStoreError("the payloads of a commit are cut off")


def test_what_a_store_cannot_read_is_a_finding_and_the_rest_is_still_verified() -> None:
    streams = streams_of(plain_past())
    found = verified(Torn(**streams), None)

    assert [(i.code, i.path) for i in found.issues] == [
        (codes.UNREADABLE.code, "harbour@2"),
        (codes.UNREADABLE.code, "quay@2"),
    ]
    assert (found.commits, found.streams) == (2, 2)


def test_of_a_long_reason_the_beginning_is_told() -> None:
    class Merged(Held):
        def read(self, stream: str, *, after: int = 0, upto: int | None = None) -> Any:  # noqa: ANN401, ARG002 - any value
            raise CorruptStoreError(f"the file of {stream} has two sides: {'x' * 200}")

    (issue,) = verified(Merged(harbour=()), None).issues

    assert "cannot be read: the file of harbour has two sides: xxx" in issue.message
    assert issue.message.endswith("x…")
    assert len(issue.message) == 120


def test_a_header_that_cannot_be_read_is_told_and_so_is_what_follows() -> None:
    streams = streams_of(plain_past())
    streams["harbour"][2] = Commit(b"{}", streams["harbour"][2].payloads)
    found = verified(Held(**streams), None)

    assert [(i.code, i.path) for i in found.issues] == [
        (codes.UNREADABLE.code, "harbour@3"),
        (codes.BROKEN_CHAIN.code, "harbour@4"),
    ]


def test_messages_do_not_show_what_is_stored_at_length() -> None:
    (commit,) = written(("need", "warm", b'{"secret":"' + b"x" * 10_000 + b'"}'))
    long = with_facts(commit, stream="s" * 10_000)
    payload = commit.payloads[0]
    assert payload is not None
    other = evolve(long, payloads=(Payload(payload.salt, b"secret" * 1_000),))
    found = verified(Held(harbour=[other]), None)

    assert poor(found.issues) == []
    assert "secret" not in str(found)


class WithSnapshot(Held):
    """A store with a snapshot that somebody else made."""

    made: Snapshot | None = None

    def snapshot(self, stream: str) -> Snapshot | None:
        return self.made if stream == "harbour" else None

    def append_with_snapshot(self, *_: object, **__: object) -> int:
        raise NotImplementedError


def test_a_snapshot_of_another_history_is_told_and_passed_over() -> None:
    store = WithSnapshot(**streams_of(plain_past()))
    other = state_after(streams_of(honest(3))["harbour"])
    store.made = evolve(snapshot_of(other), sequence=6)
    found = verified(store, None)

    assert [issue.code for issue in found.issues] == [codes.WRONG_SNAPSHOT.code]
    assert set(Workspace(store=store).model("harbour").ids()) == {
        f"n{number}" for number in range(6)
    }
    assert Workspace(store=store).model("harbour").title("n5") == "need 5"
    assert not Workspace(store=store).model("harbour").opaque


class TornSnapshot(WithSnapshot):
    """A store that cannot read its snapshot."""

    def snapshot(self, stream: str) -> Snapshot | None:
        raise CorruptStoreError(f"the snapshot of {stream} is cut off")


def test_a_snapshot_that_a_store_cannot_read_is_told() -> None:
    found = verified(TornSnapshot(**streams_of(plain_past())), None)

    assert [(issue.code, issue.path) for issue in found.issues] == [
        (codes.WRONG_SNAPSHOT.code, "harbour@0"),
        (codes.WRONG_SNAPSHOT.code, "quay@0"),
    ]


@pytest.mark.parametrize("sequence", [-1, 0, 1, 6, 99])
def test_a_snapshot_that_is_not_what_folding_gives_is_told_and_passed_over(
    sequence: int,
) -> None:
    store = WithSnapshot(**streams_of(plain_past()))
    commits = store.held["harbour"]
    head = commits[min(max(sequence, 1), 6) - 1].hash
    store.made = Snapshot(sequence=sequence, head=head, data=b'{"gone":[]}')
    found = verified(store, None)

    assert [issue.code for issue in found.issues] == [codes.WRONG_SNAPSHOT.code]
    assert poor(found.issues) == []
    assert len(Workspace(store=store).model("harbour")) == 6
    store.made = evolve(store.made, head="0" * 64)
    assert len(Workspace(store=store).model("harbour")) == 6


def test_what_is_said_to_be_erased_and_is_still_there_is_told() -> None:
    ws = plain_past()
    before = streams_of(ws)["harbour"]
    ws.dispose("harbour", "n1", by="chair", why="asked to")
    after = streams_of(ws)["harbour"]
    found = verified(Held(harbour=[*before, after[-1]]), None)

    assert verified(Held(harbour=after), None)
    assert [(i.code, i.path) for i in found.issues] == [
        (codes.KEPT_PAYLOAD.code, "harbour@2")
    ]
    assert poor(found.issues) == []


def test_progress_is_told_while_verifying() -> None:
    told: list[int] = []
    plain_past().verify(progress=told.append)

    assert told == [6, 1]


def test_an_act_with_very_many_digits_is_no_act() -> None:
    (commit,) = written(("need", "warm", {"id": "warm", "statement": "A warm home"}))
    for act in ("dispose:1:" + "9" * 5000, "dispose:" + "9" * 5000 + ":0"):
        found = verified(Held(harbour=[with_facts(commit, acts=[act])]), None)
        assert (found.intact, found.erased) == (True, ())


def test_what_was_erased_is_told_with_the_commits_that_say_so() -> None:
    ws = Workspace(":memory:", clock=Clock(), token=counted())
    with ws.edit("harbour", by="chair", why="begun", create=True) as d:
        d.party("Ada", id="party-1")
    with ws.edit("harbour", by="chair", why="again") as d:
        d.set("party-1", name="Ada Byrne")
    assert "erased" not in str(ws.verify())
    ws.dispose("harbour", "party-1", by="chair", why="asked")
    found = ws.verify()

    assert found.erased == (("harbour@3", 2),)
    assert str(found).splitlines()[1:] == [
        "erased on purpose: 2 payloads, as harbour@3 says"
    ]
    assert found.as_dict()["erased"] == [{"commit": "harbour@3", "payloads": 2}]


@pytest.mark.parametrize("act", ["dispose:1:0", "dispose:1:7", "dispose:9:0"])
def test_what_is_only_said_to_be_erased_is_not_told_as_erased(act: str) -> None:
    (commit,) = written(("need", "warm", {"id": "warm", "statement": "A warm home"}))
    found = verified(Held(harbour=[with_facts(commit, acts=[act])]), None)
    assert (found.intact, found.erased) == (False, ())


def test_a_checkpoint_that_holds_nothing_vouches_for_nothing() -> None:
    empty = str(checkpoint_of(()))
    found = plain_past().verify(against=empty)

    assert (found.intact, found.anchored, found.covered) == (True, False, 0)
    assert str(found).startswith("no change detected in ")


def test_a_mark_before_a_checkpoint_does_not_matter() -> None:
    ws = plain_past()
    assert ws.verify(against=f"\ufeff{ws.checkpoint()}").anchored
