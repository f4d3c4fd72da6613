"""What an earlier release stored is read for ever, byte by byte as it was written.

`stored/form-1.json` holds the commits that the first release made of `written`, and
their hashes. It is never made anew: a header that changes by one byte breaks the chain
of every history there is.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from missionkit.codec.migrations import CURRENT
from missionkit.domain.history import Commit, Payload, read_header
from missionkit.domain.opaque import Opaque
from missionkit.domain.stakeholder import Need
from missionkit.history.chain import broken
from missionkit.history.folding import fold
from missionkit.workspace import Workspace
from tests.history.streams import Held, opened

STORED: dict[str, Any] = json.loads(
    (Path(__file__).parent / "stored" / "form-1.json").read_text(encoding="utf-8")
)


def written() -> Workspace:
    """Return a workspace with one commit of each sort that there was."""
    ws = opened()
    with ws.edit(
        "harbour", by="chair", why='Board "Grüße" \\ 12 March', create=True
    ) as d:
        d.need("A home that is warm in winter", id="warm", importance=0.9)
        d.party("Ada Okafor", id="party-1")
        d.need("Quiet nights", id="quiet")
    with ws.edit("harbour", by="ada", why="tab\tand\nline") as d:
        d.set("warm", notes="é 漢 🏠")
        d.remove("quiet")
    ws.revert("harbour", 2, by="chair", why="too early")
    ws.fork("harbour", "harbour/next", by="ada", why="what if")
    with ws.edit("harbour/next", by="ada", why="try") as d:
        d.set("warm", tags=("winter",))
    ws.merge("harbour/next", "harbour", by="chair", why="good")
    ws.dispose("harbour", "party-1", by="officer", why="asked on 3 May")
    return ws


def as_stored(commit: Commit) -> dict[str, Any]:
    payloads = [p and [p.salt.hex(), p.data.decode()] for p in commit.payloads]
    return {
        "header": commit.header.decode(),
        "hash": commit.hash,
        "payloads": payloads,
    }


def from_stored(each: dict[str, Any]) -> Commit:
    payloads = [
        p and Payload(bytes.fromhex(p[0]), p[1].encode()) for p in each["payloads"]
    ]
    return Commit(each["header"].encode(), tuple(payloads))


STREAMS = {name: [*map(from_stored, held)] for name, held in STORED.items()}


@pytest.mark.parametrize("stream", STREAMS)
def test_every_stored_commit_is_read_and_has_its_hash(stream: str) -> None:
    commits = STREAMS[stream]

    assert [c.hash for c in commits] == [each["hash"] for each in STORED[stream]]
    assert [read_header(c.header).sequence for c in commits] == [
        *range(1, len(commits) + 1)
    ]
    assert broken(stream, commits) == ()


def test_what_they_lead_to_is_there() -> None:
    model = fold(STREAMS["harbour"])
    warm = model.get(Need, "warm")

    assert (warm.tags, warm.notes, warm.importance) == (("winter",), "", 0.9)
    assert isinstance(model["party-1"], Opaque)
    assert set(model.ids()) == {"warm", "party-1", "quiet"}
    assert Workspace(store=Held(**STREAMS)).verify()


@pytest.mark.skipif(
    any(c.facts.schema != CURRENT for each in STREAMS.values() for c in each),
    reason="elements are written in a later form today",
)
def test_the_same_is_written_today_byte_by_byte() -> None:
    ws = written()
    made = {name: [as_stored(c) for c in ws.store.read(name)] for name in ws.streams()}

    assert made == STORED
