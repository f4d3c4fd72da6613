"""What somebody may do to a store who wants to change the past, and honest pasts."""

from collections.abc import Callable
from random import Random

from attrs import evolve

from missionkit.domain.history import Commit, Payload
from missionkit.workspace import Workspace
from tests.history.streams import Clock, facts_of, opened, rechained, with_facts

Streams = dict[str, list[Commit]]


def changed_payload(commit: Commit, *, digest: bool) -> Commit:
    """Return a commit that stores other bytes; with *digest* so says its header."""
    first = commit.payloads[0]
    assert first is not None
    other = Payload(first.salt, first.data.replace(b"need", b"NEED"))
    assert other != first
    commit = evolve(commit, payloads=(other, *commit.payloads[1:]))
    if digest:
        changes = facts_of(commit)["changes"]
        put = next(change for change in changes if change["op"] == "put")
        put["digest"] = other.digest
        commit = with_facts(commit, changes=changes)
    return commit


def edit(held: Streams) -> None:
    held["harbour"][2] = changed_payload(held["harbour"][2], digest=False)


def edit_header(held: Streams) -> None:
    held["harbour"][2] = with_facts(held["harbour"][2], why="the client agreed")


def delete_middle(held: Streams) -> None:
    del held["harbour"][2]


def drop_tail(held: Streams) -> None:
    del held["harbour"][-2:]


def swap(held: Streams) -> None:
    commits = held["harbour"]
    commits[2], commits[3] = commits[3], commits[2]


def insert(held: Streams) -> None:
    extra = with_facts(held["harbour"][1], id="inserted", why="agreed")
    held["harbour"].insert(2, extra)


def duplicate(held: Streams) -> None:
    held["harbour"].insert(3, held["harbour"][2])


def edit_and_rechain(held: Streams) -> None:
    held["harbour"][2] = changed_payload(held["harbour"][2], digest=True)
    held["harbour"] = rechained(held["harbour"])


def delete_and_rechain(held: Streams) -> None:
    del held["harbour"][2]
    held["harbour"] = rechained(held["harbour"])


def insert_backdated_and_rechain(held: Streams) -> None:
    extra = with_facts(held["harbour"][1], id="inserted", why="agreed", changes=[])
    held["harbour"].insert(2, evolve(extra, payloads=()))
    held["harbour"] = rechained(held["harbour"])


def delete_stream(held: Streams) -> None:
    del held["harbour"]


def swap_payloads(held: Streams) -> None:
    commits = held["harbour"]
    one, other = commits[2].payloads, commits[3].payloads
    commits[2] = evolve(commits[2], payloads=other)
    commits[3] = evolve(commits[3], payloads=one)


def erase_without_a_word(held: Streams) -> None:
    held["harbour"][2] = evolve(held["harbour"][2], payloads=(None,))


def add_a_payload(held: Streams) -> None:
    commit = held["harbour"][2]
    held["harbour"][2] = evolve(commit, payloads=(*commit.payloads, None))


def rename_stream(held: Streams) -> None:
    held["harbor"] = held.pop("harbour")


ATTACKS: dict[str, tuple[Callable[[Streams], None], bool]] = {
    # each with whether the chain alone tells, without a checkpoint
    "edit": (edit, True),
    "edit a header": (edit_header, True),
    "delete in the middle": (delete_middle, True),
    "drop the tail": (drop_tail, False),
    "swap": (swap, True),
    "insert": (insert, True),
    "duplicate": (duplicate, True),
    "edit and rechain": (edit_and_rechain, False),
    "delete and rechain": (delete_and_rechain, False),
    "insert backdated and rechain": (insert_backdated_and_rechain, False),
    "delete the stream": (delete_stream, False),
    "swap two payloads": (swap_payloads, True),
    "erase without a word": (erase_without_a_word, True),
    "add a payload": (add_a_payload, True),
    "rename the stream": (rename_stream, True),
}


def honest(seed: int, *, edits: int = 6, clock: Clock | None = None) -> Workspace:
    """Return a workspace with a past of some edits, scenarios, merges and erasures."""
    random, ws = Random(seed), opened(clock=clock or Clock())  # noqa: S311 - for tests
    with ws.edit("harbour", by="chair", why="begun", create=True) as d:
        d.need("need 0", id="n0")
    for number in range(1, edits):
        ref = f"n{random.randrange(number)}"
        act = random.choice(("add", "add", "set", "set", "remove", "dispose", "fork"))
        if act == "fork":
            ws.fork("harbour", f"harbour/s{number}", by="a", why="what if")
        elif act == "dispose":
            ws.dispose("harbour", ref, by="a", why="asked to")
        with ws.edit("harbour", by="chair", why=f"edit {number}") as d:
            there = {each.id for each in d}
            if act == "remove" and ref in there:
                d.remove(ref)
            elif act == "set" and ref in there and not d.model.opaque:
                d.set(ref, notes=f"need {number}")
            d.need(f"need {number}", id=f"n{number}")
    return ws


def streams_of(ws: Workspace) -> Streams:
    """Return all commits of a workspace."""
    return {name: list(ws.store.read(name)) for name in ws.streams()}


def plain_past() -> Workspace:
    """Return a workspace of two streams; each commit puts one element."""
    ws = opened()
    for number in range(6):
        with ws.edit("harbour", by="chair", why=f"edit {number}", create=True) as d:
            d.need(f"need {number}", id=f"n{number}")
    with ws.edit("quay", by="chair", why="another", create=True) as d:
        d.need("need", id="n")
    return ws
