"""The contract finds what is wrong with a store, whoever wrote it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import missionkit

HERE = Path(__file__).parent

# Which cases find it, of each store in `wrong_stores.py`.
FOUND = {
    "NoLock": [
        "test_of_many_at_one_place_one_is_first[0]",
        "test_no_number_is_missing_or_given_twice",
    ],
    "LosesTheTail": [
        "test_commits_are_there_again[1]",
        "test_an_id_stays_taken",
    ],
    "WrongOrder": [
        "test_what_is_appended_first_is_the_stream[10]",
        "test_a_thousand_commits_are_one_step",
    ],
    "ChangesInPlace": ["test_other_content_under_the_same_id_is_a_conflict"],
    "SwallowsConflicts": [
        "test_another_count_is_a_conflict[1-0]",
        "test_a_conflict_names_the_commits_since[3-1]",
    ],
    "AppendsFirst": [
        "test_a_conflict_changes_nothing[1-0]",
        "test_a_retry_adds_nothing[1]",
    ],
    "SnapshotFirst": ["test_a_conflict_leaves_the_older_snapshot[0]"],
    "SnapshotAgain": [
        "test_a_retry_does_not_bring_an_older_snapshot_back",
        "test_a_retry_does_not_bring_the_old_snapshot_back",
    ],
    "AddsAgain": [
        "test_a_retry_adds_nothing[1]",
        "test_the_same_commits_sent_by_many_are_added_once",
    ],
    "TakesAnyId": [
        "test_an_id_is_not_taken_again_at_another_place",
        "test_two_commits_of_one_append_do_not_share_an_id",
    ],
    "Trims": [
        "test_a_payload_is_kept[spaces-around]",
        "test_a_payload_is_kept[line-ends]",
    ],
    "WritesAnew": [
        "test_a_header_is_not_written_anew[None]",
        "test_a_header_is_kept[accents]",
    ],
    "LeavesBytes": ["test_what_is_erased_is_gone_and_all_else_stays[((1, 0),)]"],
    "ErasesHalf": ["test_a_payload_that_is_not_there_cannot_be_erased[(9, 0)]"],
    "KeepsOldSnapshot": ["test_the_old_snapshot_is_dropped"],
    "Unsorted": ["test_streams_are_those_that_begin_with_a_prefix_sorted[a]"],
    "PrefixIsSegment": ["test_streams_are_those_that_begin_with_a_prefix_sorted[harb]"],
    "SeesWhatFollows": ["test_what_is_appended_meanwhile_is_not_seen[None-1]"],
    "OneTooFew": ["test_a_part_is_what_lies_after_one_and_up_to_another[0-3]"],
    "CountsFromTheEnd": [
        "test_a_part_is_what_lies_after_one_and_up_to_another[-1-None]"
    ],
    "KeepsTheList": ["test_a_list_that_is_changed_afterwards_changes_nothing"],
    "AnswersWhenClosed": ["test_a_store_that_is_closed_answers_nothing[read]"],
}


def wanted() -> list[str]:
    cases = sorted({case for cases in FOUND.values() for case in cases})
    right = [("Right", case) for case in cases]
    wrong = [(store, case) for store, cases in FOUND.items() for case in cases]
    return [f"wrong_stores.py::Test{store}::{case}" for store, case in (*right, *wrong)]


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Run pytest as a third party would; give what became of each case."""
    ini = tmp_path_factory.mktemp("third-party") / "pytest.ini"
    ini.write_text("[pytest]\n", encoding="utf-8")
    options = ["-p", "no:cacheprovider", "-p", "no:randomly", "--tb=short", "-rA"]
    command = [sys.executable, "-m", "pytest", "-q", "-c", str(ini), *options]
    output = subprocess.run(
        [*command, f"--rootdir={HERE}", *wanted()],
        check=False,
        capture_output=True,
        cwd=HERE,
        env={**os.environ, "PYTHONPATH": str(Path(missionkit.__file__).parents[1])},
        text=True,
    ).stdout
    lines = [line.split(" ", 1) for line in output.splitlines()]
    found = {
        line[1].partition(" - ")[0].partition("::")[2]: line[0]
        for line in lines
        if line[0] in ("PASSED", "FAILED", "ERROR", "SKIPPED")
    }
    assert len(found) == len(wanted()), output
    return {**found, "output": output}


@pytest.mark.parametrize("store", FOUND)
def test_a_wrong_store_fails_the_case_about_what_is_wrong(
    results: dict[str, str], store: str
) -> None:
    failed = [
        case for case in FOUND[store] if results[f"Test{store}::{case}"] == "FAILED"
    ]

    assert failed == FOUND[store]


def test_the_right_store_passes_all_of_them(results: dict[str, str]) -> None:
    right = {result for name, result in results.items() if name.startswith("TestRight")}

    assert right == {"PASSED"}


def test_a_failure_shows_what_was_compared(results: dict[str, str]) -> None:
    assert "assert 2 == 1" in results["output"]


def test_every_wrong_store_is_judged() -> None:
    text = (HERE / "wrong_stores.py").read_text(encoding="utf-8")

    assert [name for name in FOUND if f"class {name}(Right)" not in text] == []
    assert text.count("(Right):") == len(FOUND)
