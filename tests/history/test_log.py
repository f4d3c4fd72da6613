"""The audit trail: as text, CSV, HTML and JSON."""

import csv
import io
import json
from datetime import timedelta

import pytest
from attrs import evolve
from hypothesis import example, given
from hypothesis import strategies as st

from missionkit.domain.history import CommitDraft, Head
from missionkit.history.log import log_of
from missionkit.history.sealing import seal
from tests.history.streams import NOON, written

WARM = {"id": "warm", "statement": "A warm home"}
HEADINGS = [
    "sequence", "recorded_at", "actor", "reason", "acts", "operation", "kind",
    "element", "digest", "hash", "roles",
]  # fmt: skip


def test_a_row_for_each_change_says_who_when_why_and_what() -> None:
    one = written(("need", "warm", WARM), ("need", "dry", {**WARM, "id": "dry"}))
    two = written(("need", "warm", None), after=one)
    log = log_of(two)
    head, *rows = csv.reader(io.StringIO(log.to_csv()))

    assert head == HEADINGS
    assert {(row[2], row[3], row[4], row[6]) for row in rows} == {
        ("chair", "as written", "", "need")
    }
    assert [(row[0], row[1], row[5], row[7]) for row in rows] == [
        ("1", "2026-01-01T12:00:00.000000Z", "put", "warm"),
        ("1", "2026-01-01T12:00:00.000000Z", "put", "dry"),
        ("2", "2026-01-02T12:00:00.000000Z", "remove", "warm"),
    ]
    assert [row[9] for row in rows] == [one[0].hash, one[0].hash, two[1].hash]
    assert rows[0][8] == one[0].facts.puts[0].digest
    assert len(log) == 2
    assert [entry.header.sequence for entry in log] == [1, 2]
    assert str(log).splitlines()[1:] == [
        "1       2026-01-01 12:00:00  chair  as written  2",
        "2       2026-01-02 12:00:00  chair  as written  1",
    ]
    assert str(log.entries[0]) == "1 2026-01-01 12:00:00 chair as written 2"
    assert "<td>remove</td>" in log.to_html()
    assert "<td>chair</td>" in log._repr_html_()
    told = json.loads(log.to_json())["commits"]
    assert [each["hash"] for each in told] == [c.hash for c in two]
    assert told[1]["changes"] == [
        {"op": "remove", "kind": "need", "id": "warm", "digest": ""}
    ]


def test_a_commit_that_changes_nothing_has_a_row_of_its_own() -> None:
    draft = CommitDraft(
        id="x", at=NOON, actor="a", why="w", changes=(), schema=1, acts=("one", "two")
    )
    log = log_of(seal([draft], Head(stream="s")))

    (row,) = list(csv.reader(io.StringIO(log.to_csv())))[1:]
    assert row[4:8] == ["one; two", "", "", ""]


@pytest.mark.parametrize(
    ("roles", "cell"),
    [(None, ""), ((), "none"), (("sponsor", "=owner"), "sponsor; =owner")],
)
def test_to_which_roles_who_acts_was_narrowed_is_told(
    roles: tuple[str, ...] | None, cell: str
) -> None:
    draft = CommitDraft(
        id="x", at=NOON, actor="a", why="w", changes=(), schema=1, roles=roles
    )
    log = log_of(seal([draft], Head(stream="s")))
    (row,) = csv.DictReader(io.StringIO(log.to_csv()))
    (told,) = json.loads(log.to_json())["commits"]

    assert row["roles"] == cell
    assert told.get("roles") == (None if roles is None else list(roles))


def test_a_clock_that_was_set_back_is_told() -> None:
    one = CommitDraft(id="x", at=NOON, actor="a", why="w", changes=(), schema=1)
    two = evolve(one, id="y", at=NOON - timedelta(seconds=1))
    log = log_of(seal([one, two], Head(stream="s")))

    assert [entry.clock_back for entry in log] == [False, True]
    assert "the clock was set back" in str(log)


TURNING = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def test_what_turns_the_direction_of_text_is_seen_in_a_cell() -> None:
    draft = CommitDraft(
        id="x", at=NOON, actor="a", why="a\u202eb", changes=(), schema=1
    )
    assert "a\\u202eb" in log_of(seal([draft], Head(stream="s"))).to_csv()


@given(
    st.text(
        st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), min_size=1
    )
)
@example("\n=1")
@example("\t=1")
@example("=1")
@example("+1")
@example("-1")
@example("@x")
@example("  =1")
@example("\u00a0+1")
@example("fine\n-1")
@example("fine\n  @x")
@example("\uff1d1")
def test_no_text_becomes_a_formula_or_a_row_or_html(why: str) -> None:
    draft = CommitDraft(id="x", at=NOON, actor=why, why=why, changes=(), schema=1)
    log = log_of(seal([draft], Head(stream="s")))
    (row,) = list(csv.reader(io.StringIO(log.to_csv(), newline="")))[1:]

    seen = "".join(f"\\u{ord(c):04x}" if c in TURNING else c for c in why)
    assert row[3] in (seen, f"'{seen}")
    assert not row[3].startswith(("\t", "\n"))
    assert row[3].startswith("'") or not any(
        line.strip().startswith(("=", "+", "-", "@", "\uff1d"))
        for line in row[3].splitlines()
    )
    assert log.to_html().count("<tr>") == 2
    assert len(str(log).splitlines()) == 2
