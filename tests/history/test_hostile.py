"""Whatever somebody wrote into a store, only our errors come out of it, and soon."""

import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from missionkit.domain.history import Commit, Payload
from missionkit.errors import ConflictError, MissionKitError
from missionkit.workspace import Workspace
from tests.history.attacks import Streams, plain_past, streams_of
from tests.history.streams import Held, counted, facts_of, rechained, with_facts
from tests.messages import SHOWN

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.text(max_size=8)
    | st.sampled_from(["n0", "need", "put", "dispose:1:0", "fork:harbour@1", "quay"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "kind", "op", "statement", "ext", "digest"])
            | st.text(),
            inner,
            max_size=4,
        )
    ),
    max_leaves=6,
)
WHO: Any = {"by": "chair", "why": "asked"}
ASKED: dict[str, Callable[[Workspace], object]] = {
    "model": lambda ws: ws.model("harbour"),
    "version": lambda ws: ws.model("harbour", version=3),
    "log": lambda ws: (
        str(ws.history("harbour")),
        ws.history("harbour").to_csv(),
        ws.history("harbour").to_html(),
        ws.history("harbour").to_json(),
    ),
    "history": lambda ws: [str(v) for v in ws.history("harbour", "n0")],
    "blame": lambda ws: (str(ws.blame("harbour", "n0")), ws.blame("harbour", "n0")),
    "diff": lambda ws: (str(ws.diff("harbour", 1)), ws.diff("harbour", 1).to_html()),
    "mentions": lambda ws: ws.find_mentions("harbour", "n0", history=True),
    "checkpoint": lambda ws: str(ws.checkpoint()),
    "verify": lambda ws: str(ws.verify()),
    "revert": lambda ws: ws.revert("harbour", 2, **WHO),
    "merge": lambda ws: ws.merge("harbour", "quay", **WHO),
    "fork": lambda ws: ws.fork("harbour", "new", **WHO),
    "dispose": lambda ws: ws.dispose("harbour", "n0", **WHO),
}


class Written(Held):
    """A store that takes whatever it is given."""

    def append(self, stream: str, commits: Any, *, expected: int) -> int:  # noqa: ANN401 - any commits
        if len(self.held.get(stream, [])) != expected:
            raise ConflictError(expected, len(self.held[stream]))
        self.held.setdefault(stream, []).extend(commits)
        return expected + len(commits)


@st.composite
def hostile(draw: st.DrawFn) -> Streams:
    """Return streams of which some commits say and store other things."""
    streams = streams_of(plain_past())
    commits = streams["harbour"]
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(commits) - 1))
        commits[at] = draw(st.sampled_from([header, change, stored]))(draw, commits[at])
    if draw(st.booleans()):
        with suppress(ValueError, TypeError, AttributeError):
            streams["harbour"] = rechained(commits)
    return streams


def header(draw: st.DrawFn, commit: Commit) -> Commit:
    name = draw(st.sampled_from(sorted(facts_of(commit))))
    return with_facts(commit, **{name: draw(JSON)})


def change(draw: st.DrawFn, commit: Commit) -> Commit:
    changes = facts_of(commit)["changes"]
    if isinstance(changes, list) and changes and isinstance(changes[0], dict):
        name = draw(st.sampled_from(sorted(changes[0]) or ["op"]))
        changes[0][name] = draw(JSON)
    return with_facts(commit, changes=changes)


def stored(draw: st.DrawFn, commit: Commit) -> Commit:
    """Return a commit that stores anything at all, and whose header says so."""
    record = draw(JSON | st.dictionaries(st.just("id"), st.just("n0"), min_size=1))
    payload = Payload(b"salt", json.dumps(record).encode())
    changes = facts_of(commit)["changes"]
    with suppress(TypeError, LookupError):
        changes[0]["digest"] = payload.digest
    return evolve(with_facts(commit, changes=changes), payloads=(payload,))


@pytest.mark.parametrize("ask", ASKED)
@given(streams=hostile())
@settings(max_examples=40)
def test_only_our_errors_come_out(ask: str, streams: Streams) -> None:
    ws = Workspace(store=Written(**streams), token=counted())
    said = ""
    try:
        ASKED[ask](ws)
    except MissionKitError as error:
        said = str(error)
    assert all(len(line) < 4 * SHOWN + 100 for line in said.splitlines())


@given(streams=hostile())
def test_verification_answers_whatever_it_meets(streams: Streams) -> None:
    checkpoint = str(plain_past().checkpoint())
    found = Workspace(store=Held(**streams)).verify(against=checkpoint)

    assert bool(found) == (streams == streams_of(plain_past()))
