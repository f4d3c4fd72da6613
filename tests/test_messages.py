"""Every message of every code reads as an issue must read, and a poor one is caught."""

from typing import Any

import pytest
from attrs import evolve

from missionkit.issue import Code, Severity
from missionkit.report.example import example
from tests.messages import complaints
from tests.report.test_example import CODES, found_in

GOOD = Code("MK-X-001", Severity.ERROR, "it matters", "mend it").issue(
    "Need 'Warm' has no holder.", ref="warm", path="stakeholder"
)


@pytest.mark.parametrize("code", CODES)
def test_a_message_says_what_where_why_and_what_to_do(code: str) -> None:
    for issue in found_in(example(code)):
        assert list(complaints(issue)) == [], issue


def test_a_good_message_is_left_alone() -> None:
    assert list(complaints(GOOD)) == []


@pytest.mark.parametrize(
    "poor",
    [
        {"message": ""},
        {"message": "x" * 121},
        {"message": "one\ntwo"},
        {"message": "Invalid value."},
        {"message": "InvalidValueError was raised."},
        {"message": "The value is None."},
        {"why": ""},
        {"fix": ""},
        {"why": "It matters"},
        {"fix": "mend it."},
        {"value": "x" * 63},
        {"value": "\x1b[2J"},
        {"ref": "", "path": ""},
    ],
)
def test_a_poor_message_is_caught(poor: dict[str, Any]) -> None:
    assert list(complaints(evolve(GOOD, **poor))) != []
