"""The catalog of bad inputs: each is refused by name, or kept as it is.

The rows are those of the study on reliability; an `Apart` tells why a row, or a part
of it, is not tried here. What each takes of time and memory is measured in a process
of its own.
"""

import json
import os
import subprocess
import sys
from itertools import chain
from pathlib import Path

import pytest

import missionkit as mk
from missionkit.cli import main
from missionkit.issue import Issue
from missionkit.markup import visible
from tests.catalog.answers import answers
from tests.catalog.entry import SOURCE, Apart, Kept, Refused, ready
from tests.catalog.groups import GROUPS, named
from tests.catalog.payloads import LOG, MARKDOWN, PAYLOADS, TERMINAL, nasty, texts

ROOT = Path(__file__).parents[2]
ENTRIES = tuple(chain.from_iterable(rows for _, rows in GROUPS.values()))
REFUSED = [entry for entry in ENTRIES if isinstance(entry, Refused)]
KEPT = [entry for entry in ENTRIES if isinstance(entry, Kept)]
NO_PLACE = {"MK-DOC-006", "MK-DOC-008"}  # of the whole document
# What shows hostile texts draws a whole pack each time: no input that is read.
READ = [group for group in GROUPS if group != "K output"]
PRINTED = (
    *TERMINAL,
    *LOG,
    *MARKDOWN[3:5],
    PAYLOADS[0],
    "::error::fake %0A",
    "\\x1b[2J",
)
DAY = mk.SAMPLE_DAY.isoformat()
MOST_SECONDS = 2
MOST_MEMORY = 256 * 2**20
LINUX = Path("/proc/self/clear_refs").exists()


def issues_of(error: mk.MissionKitError) -> tuple[Issue, ...]:
    found: tuple[Issue, ...] = getattr(error, "issues", ())
    return found


@pytest.mark.parametrize("entry", REFUSED, ids=named)
def test_a_bad_input_is_refused_by_name(entry: Refused) -> None:
    with pytest.raises(mk.MissionKitError) as caught:
        ready(entry.given)()
    issues = issues_of(caught.value)

    assert type(caught.value) is entry.error
    assert [issue.code for issue in issues] == [entry.code] * bool(entry.code)
    assert entry.path in ("", *(issue.path for issue in issues))
    assert entry.said in str(caught.value)
    for issue in issues:
        assert issue.message.isprintable()
        assert issue.why
        assert issue.fix
        if issubclass(entry.error, mk.DocumentError):
            assert issue.source is not None
            assert issue.source.file == SOURCE
            assert issue.source.line or issue.code in NO_PLACE


@pytest.mark.parametrize("entry", KEPT, ids=named)
def test_an_odd_input_is_kept_as_it_is(entry: Kept) -> None:
    found = ready(entry.given)()

    if isinstance(found, mk.Imported):
        assert found.issues == ()
        assert mk.loads(mk.dumps(found.model)).model == found.model
    else:
        assert found == entry.wanted


@pytest.mark.parametrize("group", GROUPS)
def test_every_row_is_tried_or_told_why_not(group: str) -> None:
    rows, entries = GROUPS[group]

    assert {entry.row for entry in entries} == set(rows)
    assert all(entry.why for entry in entries if isinstance(entry, Apart))


@pytest.mark.skipif(not LINUX, reason="only Linux tells what a process held at most")
@pytest.mark.parametrize("group", READ)
def test_nothing_takes_more_than_two_seconds_and_256_mb(group: str) -> None:
    # Counting which lines run takes longer than running them.
    bare = {k: v for k, v in os.environ.items() if not k.startswith("COVERAGE")}
    ended = subprocess.run(
        [sys.executable, "-m", "tests.catalog.cost", group],
        cwd=ROOT,
        env=bare,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    costs = json.loads(ended.stdout)
    slowest = max(costs, key=lambda cost: cost[1])
    largest = max(costs, key=lambda cost: cost[2])
    print(f"{group}: slowest {slowest}, largest {largest}")  # noqa: T201 - the figures

    assert slowest[1] <= MOST_SECONDS, slowest
    assert largest[2] <= MOST_MEMORY, largest


def test_there_are_seventy_payloads_and_each_reaches_the_texts_of_every_kind() -> None:
    kinds: set[type] = {type(element) for element in mk.sample()}

    assert len(set(PAYLOADS)) == 70
    assert kinds == {spec.cls for spec in mk.KINDS}
    for payload in PAYLOADS:
        reached = {type(e) for e in nasty(payload) if payload in texts(e)}
        assert reached == kinds, payload


def test_every_public_class_that_shows_itself_is_among_the_answers() -> None:
    made = {type(answer) for answer in answers(mk.sample())}
    public = [getattr(mk, name) for name in mk.__all__]
    shows = {
        cls for cls in public if isinstance(cls, type) and "_repr_html_" in vars(cls)
    }
    values = {cls for cls in shows if "__missionkit__" in vars(cls)}

    assert shows - values <= made
    assert made <= shows


@pytest.mark.parametrize("payload", PRINTED)
def test_no_command_prints_what_a_terminal_or_a_log_acts_upon(
    payload: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "plan.json"
    path.write_text(mk.dumps(nasty(payload)), encoding="utf-8")
    said = {}
    for form in ("text", "json", "github"):
        main(("check", str(path), "--on", DAY, "--format", form))
        said[form] = capsys.readouterr().out
    main(("why", str(path), nasty(payload).of(mk.Objective)[0].id))
    said["why"] = capsys.readouterr().out

    for text in said.values():
        assert text
        assert {c for c in text if c != "\n" and visible(c) != c} == set()
    assert all(line.startswith("::") for line in said["github"].splitlines())
    json.loads(said["json"])
