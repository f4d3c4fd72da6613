"""A two-stage grant review: a letter, then a proposal that three of five approve.

python examples/grant_review.py
"""

import missionkit as mk
from missionkit.review import Approve

GRANTS = (
    mk.define_workflow("grant-review", label="Two-stage grant review", start="letter")
    .stage("letter", "Letter of intent", responsible="applicant")
    .stage("proposal", "Full proposal", responsible="applicant")
    .move("invite", "letter", "proposal", roles="officer", approvals=1)
    .move("award", "proposal", "awarded", roles="officer", approvals=3)
    .move("decline", target="declined", roles="officer", gated=False)
    .end("awarded", "declined")
    .role("applicant")
    .role("officer")
    .role("panelist", parties=5)
    .allow(["approve", "reaffirm"], "panelist")
    .workflow
)
TEAM = {
    "applicant": ["Ina"],
    "officer": ["Otto"],
    "panelist": ["Ada", "Ben", "Cleo", "Dev", "Eve"],
}
who = {name: f"party-{name.lower()}" for names in TEAM.values() for name in names}

ws = mk.Workspace(":memory:")
with ws.edit("fund", by=who["Otto"], why="The fund is set up", create=True) as d:
    d.organization("Riverside Fund")
    for role, names in TEAM.items():
        d.role(role.capitalize(), id=role)
        for name in names:
            d.role_assignment(role=role, party=d.party(name, id=who[name]))

cycle = mk.ReviewCycle(
    id=mk.ReviewCycleId("playground"), name="A playground", workflow=GRANTS.name
)
grant = ws.open_review(
    "fund", cycle, by=who["Otto"], why="A letter came", workflows=GRANTS
)
grant.fire("open", by=who["Otto"], why="It is complete")

for stage, wanted, event in (("letter", 1, "invite"), ("proposal", 3, "award")):
    paper = mk.Artifact(id=mk.ArtifactId(stage), title=stage, text="Swings for all")
    grant.submit(paper, by=who["Ina"], why="For the panel")
    print(f"Ina about her {stage}:", grant.can(Approve(artifact=stage), by=who["Ina"]))
    for name in TEAM["panelist"][:wanted]:
        print(f"{event}:", grant.can(event, by=who["Otto"]))
        grant.approve(stage, by=who[name], why="The children need it")
    grant.fire(event, by=who["Otto"], why="The panel stands by it")
print("ended:", grant.cycle.outcome)
