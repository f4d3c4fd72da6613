"""A stream with something to approve, and a review that decides only once."""

from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any, Unpack

from missionkit.domain.draft import Draft
from missionkit.domain.four_stages import FOUR_STAGES
from missionkit.domain.history import Commit
from missionkit.domain.lifecycle import lifecycle
from missionkit.domain.model import Model
from missionkit.domain.review import Artifact, ArtifactStatus
from missionkit.domain.stages import Move, Stage
from missionkit.domain.workflow import Workflow
from missionkit.errors import ConflictError, RefusedError
from missionkit.history.edit import Edit
from missionkit.review.approving import approve
from missionkit.workspace import Workspace
from missionkit.workspace.acting import committed
from missionkit.workspace.reviewing import Review, Told

ROUNDS = 100
HANDS = 8
FREE = Workflow(
    name="free",
    stages=(Stage(key="look", label="Look"),),
    moves=(
        *lifecycle("look"),
        Move(event="complete", source="look", target="closed"),
    ),
)
SETTINGS: dict[str, Any] = {"workflows": (FOUR_STAGES, FREE)}
STREAM = "harbor"


def prepared() -> Model:
    """Return a review with one stage, eight who may approve, and one who writes."""
    d = Draft()
    d.organization("Harbor", id="harbor")
    for number in range(HANDS):
        d.party(f"Reviewer {number}", id=f"party-{number}")
    d.party("Writer", id="writer")
    d.party("Too late", id="late")
    d.review_cycle("Review", id="cycle", workflow="free", stage="look", status="active")
    d.stage_run(id="run", cycle="cycle", stage="look", status="in_progress")
    return d.model


def submitted(number: int) -> Artifact:
    """Return what is to be approved in a round."""
    d = Draft()
    d.artifact(f"Plan {number}", id=f"plan-{number}", text="The plan")
    return d.model.of(Artifact)[0]


def review_at(place: Path, kind: type[Review] = Review) -> tuple[Workspace, Review]:
    """Open the review of a store in a file; it is made where there is none."""
    return review_in(Workspace(place), kind)


def review_in(ws: Workspace, kind: type[Review] = Review) -> tuple[Workspace, Review]:
    """Open the review of a workspace; it is made where there is none."""
    if STREAM not in ws.streams():
        with ws.edit(STREAM, by="writer", why="begin", create=True) as d:
            d.become(prepared())
    return ws, kind(ws._desk, STREAM, "cycle", **SETTINGS)


def hand(review: Review, number: int, by: str) -> str:
    """Approve what is to be approved in a round; return what came of it."""
    try:
        review.approve(f"plan-{number}", by=by, why=f"read by {by}")
    except RefusedError as error:
        return ", ".join(each.issue.code for each in error.verdict.refusals)
    except ConflictError:
        return "conflict"
    return "done"


class Hasty(Review):
    """Decides on what it sees at first, and writes that whatever others did."""

    def approve(self, artifact: Artifact | str, **told: Unpack[Told]) -> Commit:
        """Decide once."""
        seen = self.model
        at = self._desk.writer.instant()
        after = approve(seen, self.id, artifact, at=at, **told, **self._settings)
        made = [each for each in after if seen.find(each.id) != each]

        def doing(draft: Edit, _: datetime) -> Model:
            return draft.model.with_(*made)

        return committed(self._desk, self.stream, "approve", doing, **told)


def is_approved(model: Model, number: int) -> bool:
    """Return whether what a round was about is approved."""
    made = model.get(Artifact, f"plan-{number}")
    return made.status is ArtifactStatus.APPROVED


def one_alone(review: Review) -> Counter[str]:
    """Return what comes of a race with one winner: the rest hear what who is late does.

    Call it when the race of the first round is over.
    """
    late = hand(review, 0, "late")
    assert late.startswith("MK-WFL-"), late
    return Counter({"done": 1, late: HANDS - 1})
