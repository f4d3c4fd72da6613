"""Gates say what is not as it was when a stage's artifacts were approved."""

import pytest

from missionkit.domain.draft import Draft
from missionkit.issue import Issue
from missionkit.rules.check import check
from missionkit.trace.approvals import pins_of
from tests.rules.approving import APPROVED, reviewing


def reviewed() -> Draft:
    d = Draft()
    reviewing(d)
    d.need("Warm", id="warm")
    d.need("Dry", id="dry")
    d.review_cycle("Review", id="review", status="active", stage="direct")
    d.stage_run(cycle="review", stage="direct", id="run", status="in_progress")
    needs = d.artifact(
        "Needs",
        id="needs",
        view="needs-register",
        cycle="review",
        stage="direct",
        status="approved",
    )
    d.approval(
        artifact="needs",
        party="ann",
        at=APPROVED,
        digests=pins_of(d.model, needs),
        view_version=1,
        pass_number=1,
    )
    return d


def found(d: Draft) -> list[Issue]:
    return list(check(d.model, cycle="review", select=("MK-GAT-017",)).issues)


def test_what_stands_passes() -> None:
    assert found(reviewed()) == []


@pytest.mark.parametrize(
    ("how", "said", "fix"),
    [
        ("changed", "one thing changed since it was approved", "'Warm'"),
        ("added", "one thing was added since it was approved", "'Cheap'"),
        ("removed", "one thing was removed since it was approved", "'dry'"),
        (
            "undone",
            "the pass of the stage in which it was approved was undone",
            "'Needs'",
        ),
    ],
)
def test_what_does_not_is_named(how: str, said: str, fix: str) -> None:
    d = reviewed()
    if how == "changed":
        d.set("warm", notes="changed")
    elif how == "added":
        d.need("Cheap", id="cheap")
    elif how == "removed":
        d.remove("dry")
    else:
        d.set("run", status="superseded")
    (issue,) = found(d)

    assert issue.message == f"Artifact 'Needs' is stale: {said}."
    assert issue.fix == f"look at {fix} again, and reaffirm the approval"


def test_of_much_the_first_is_named_and_the_rest_counted() -> None:
    d = reviewed()
    d.set("warm", notes="changed")
    d.set("dry", notes="changed")
    d.need("Cheap", id="cheap")
    (issue,) = found(d)

    assert issue.message == (
        "Artifact 'Needs' is stale: 2 things changed and one thing was added since it"
        " was approved."
    )
    assert issue.fix == "look at 'Dry' and 2 more again, and reaffirm the approval"
    assert issue.value == "'dry, warm, cheap'"
