"""What the review of 2025 produced, and the approvals that pin it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Final

from missionkit.domain.context import Assessment, Influencer, PotentialImpact
from missionkit.domain.declaration import Element
from missionkit.domain.digest import digest_of
from missionkit.domain.ids import (
    AnyId,
    ApprovalId,
    ArtifactId,
    PartyId,
    ProcessId,
)
from missionkit.domain.intent import CoreIntent
from missionkit.domain.measure import SuccessMeasure
from missionkit.domain.plan import CourseOfAction, Goal, Objective
from missionkit.domain.process import Process
from missionkit.domain.review import Approval, Artifact, ArtifactStatus, PinnedDigest
from missionkit.domain.stakeholder import Need, Stakeholder
from missionkit.samples.harbour import parties
from missionkit.samples.harbour.review_2025 import CYCLE
from missionkit.samples.harbour.then import digest_then, refs_of
from missionkit.samples.tables import rows

ALL_FOUR: Final = (
    "mission-management resource-management demand-creation demand-fulfillment"
)

# view | title | stage | author | made from | used by
ARTIFACTS: Final = f"""
stakeholder-register | Who has a stake in the Trust | understand | planner | |
needs-register | What they need | understand | planner | stakeholder-register |
market-research | Homes and incomes in Saltmere | understand | growth | |
strategic-analysis | What bears on the Trust | understand | planner
    | needs-register market-research |
core-intent | Mission, vision and values from 2026 | direct | chief
    | needs-register strategic-analysis |
objective-tree | Goals and objectives for 2026 | direct | chief
    | needs-register core-intent |
strategy | How we get there | direct | chief | objective-tree strategic-analysis |
business-plan | Plan and budget for 2026 | direct | finance | objective-tree strategy
    | {ALL_FOUR}
new-offering-strategy | Which homes, for whom, where | direct | growth
    | market-research strategy | demand-creation
risk-register | What may come of it | direct | finance | strategic-analysis |
process-map | The fifteen processes | enable | secretary | business-plan |
process-definitions | What each process is for | enable | secretary | process-map |
responsibility-matrix | Who answers for what | enable | secretary | process-map |
measurement-plan | By what we see it | enable | secretary | objective-tree process-map |
resource-demand | What the processes ask for | enable | homes | business-plan
    | resource-management
management-system-release | In use from January 2026 | enable | secretary
    | process-definitions responsibility-matrix measurement-plan | {ALL_FOUR}
performance-report | The year 2025 in figures | review | planner | measurement-plan
    | {ALL_FOUR}
improvement-plan | What we improve in 2026 | review | chief | performance-report
    | {ALL_FOUR}
decision-log | What the board decided | review | secretary | performance-report
    | {ALL_FOUR}
strategic-review-report | Report of the strategic review 2025 | review | chief
    | performance-report improvement-plan decision-log | mission-management
"""
COVERS: Final[dict[str, tuple[type[Element], ...]]] = {
    "stakeholder-register": (Stakeholder,),
    "needs-register": (Need,),
    "strategic-analysis": (Influencer, Assessment),
    "objective-tree": (Goal, Objective),
    "strategy": (CourseOfAction,),
    "risk-register": (PotentialImpact,),
    "process-map": (Process,),
    "measurement-plan": (SuccessMeasure,),
    "core-intent": (CoreIntent,),
}
AUTHORS: Final = {
    "planner": parties.PLANNER,
    "growth": parties.DEVELOPMENT_MANAGER,
    "chief": parties.CHIEF,
    "finance": parties.FINANCE_DIRECTOR,
    "secretary": parties.SECRETARY,
    "homes": parties.HOMES_DIRECTOR,
}
SUBMITTERS: Final = {
    "understand": parties.SECRETARY,
    "direct": parties.PLANNER,
    "enable": parties.PLANNER,
    "review": parties.AUDIT_CHAIR,
}
APPROVED: Final = {
    "understand": datetime(2025, 11, 7, 15, 0, tzinfo=UTC),
    "direct": datetime(2025, 11, 21, 15, 0, tzinfo=UTC),
    "enable": datetime(2025, 12, 5, 15, 0, tzinfo=UTC),
    "review": datetime(2025, 12, 12, 16, 30, tzinfo=UTC),
}
REPORT: Final = """\
What changed. The law now counts days for hazards, and money costs twice what it did. \
We met nine of 21 objectives. Tenants with damp homes are half as content as the rest.

Is the mission still right? No. "Leading landlord" had come to mean bigger, and drew \
people and money to whatever grew. From January our mission names the homes, and the \
people who must be able to afford them.

What we correct. Repairs come back in house, and are closed by the tenant. Damp is \
counted in days. We build on land that we own. We keep one record of each home.

What we do not know. How contractors see us: nobody speaks for them in our register. \
How many of our homes can be used from a wheelchair.

For the next review. Look first at damp, at second visits, and at what our development \
team spends its days on.\
"""


def _ref(view: str) -> ArtifactId:
    return ArtifactId(f"{view}-2025")


def _artifact(cells: list[str]) -> Artifact:
    view, title, stage, author, inputs, consumers = cells
    return Artifact(
        id=_ref(view),
        title=title,
        view=view,
        cycle=CYCLE,
        stage=stage,
        covers=tuple(
            AnyId(ref) for kind in COVERS.get(view, ()) for ref in refs_of(kind)
        ),
        inputs=tuple(map(_ref, inputs.split())),
        consumers=tuple(map(ProcessId, consumers.split())),
        author=AUTHORS[author],
        submitter=SUBMITTERS[stage],
        locator=f"board/2025/{view}.pdf",
        text=REPORT if view == "strategic-review-report" else "",
        status=ArtifactStatus.APPROVED,
    )


def _approval(artifact: Artifact, digest: Callable[[str], str]) -> Approval:
    pinned = (artifact.id, *artifact.covers, *artifact.inputs)
    return Approval(
        id=ApprovalId(f"approval-{artifact.id}"),
        artifact=artifact.id,
        party=_approver(artifact),
        at=APPROVED[artifact.stage or ""],
        digests=tuple(
            PinnedDigest(of=AnyId(ref), digest=digest(ref)) for ref in pinned
        ),
    )


def _approver(artifact: Artifact) -> PartyId:
    enabled = artifact.stage == "enable"
    return parties.AUDIT_CHAIR if enabled else parties.CHAIR


def elements() -> Iterator[Element]:
    """Give the results of the stages and an approval of each."""
    artifacts = {made.id: made for made in map(_artifact, rows(ARTIFACTS))}

    def digest(ref: str) -> str:
        made = artifacts.get(ArtifactId(ref))
        return (digest_of(made) or "") if made else digest_then(ref)

    yield from artifacts.values()
    yield from (_approval(made, digest) for made in artifacts.values())
