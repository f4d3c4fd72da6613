"""An ISO 9001 management review of one site: two sittings, one agenda, its outputs.

python examples/iso_review_of_a_site.py
"""

import missionkit as mk

DONE = mk.Disposition.CONSIDERED
REVIEW = (
    mk.define_workflow("site-review", label="Management review", start="inputs")
    .stage("inputs", "Look at what happened: 9.3.2", responsible="facilitator")
    .stage("outputs", "Decide: 9.3.3", exit=["MK-GAT-028"], responsible="sponsor")
    .move("turn", "inputs", "outputs", roles="facilitator")
    .move("reopen", "outputs", "inputs", causes="new", roles="sponsor", gated=False)
    .move("sign", "outputs", "signed", roles="sponsor")
    .end("signed")
    .allow("dispose_agenda_item", "facilitator", "sponsor")
    .allow("decide", "sponsor")
    .workflow
)

ws = mk.Workspace(":memory:")
with ws.edit("works", by="party-lena", why="The site is set up", create=True) as d:
    d.organization("Northern Pumps")
    site = d.operating_sphere("Foundry, Kiruna", id="kiruna")
    d.add(mk.MANAGEMENT_REVIEW_2024)
    for name, kind in (("lena", "sponsor"), ("omar", "facilitator")):
        party = d.party(name, id=f"party-{name}")
        d.role_assignment(role=d.role(kind, kind=kind), party=party)

plan = mk.ReviewCycle(
    id=mk.ReviewCycleId("kiruna-2026"),
    name="Kiruna 2026",
    workflow=REVIEW.name,
    scope=mk.OperatingSphereId(site.id),
    agenda=mk.MANAGEMENT_REVIEW_2024.id,
)
furnace = mk.Decision(
    id=mk.DecisionId("furnace"),
    statement="Replace the furnace",
    kind=mk.DecisionKind.RESOURCE,
    rationale="It is the source of most rejects",
)
lena, omar = "party-lena", "party-omar"
review = ws.open_review("works", plan, by=lena, why="Yearly", workflows=REVIEW)
review.fire("open", by=lena, why="All figures are in")
for code in (entry.code for entry in mk.MANAGEMENT_REVIEW_2024.entries):
    if code == "9.3.3.a":
        review.fire("turn", by=omar, why="What happened has been looked at")
        print(review.can("sign", by=lena))
        review.decide(furnace, by=lena, why="Rejects rose to 4 %")
    note = mk.Evidence(id=mk.EvidenceId(mk.slug(code)), locator=f"minutes#{code}")
    review.dispose_agenda_item(
        code, DONE, summary="See minutes", evidence=[note], by=omar, why="Talked about"
    )
review.fire("sign", by=lena, why="Every point was dealt with")
items = review.model.of(mk.AgendaItem)
print(f"ended: {review.cycle.outcome} with {len(items)} items")
