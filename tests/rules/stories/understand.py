from missionkit.domain.draft import Draft
from missionkit.domain.stakeholder import STAKES
from tests.rules.approving import approve
from tests.rules.cases import DAY, Twin, case

PARTS = ("economic", "social", "technological", "legal", "environmental")


def reviewed(d: Draft) -> None:
    """Tell of a review that is closed, with its report, and of the next one."""
    d.review_cycle("Last year", id="last", status="closed")
    d.artifact("Report", id="report", view="strategic-review-report", cycle="last")
    approve(d, "report")
    d.review_cycle("Review", id="review", previous="last")


@case("MK-GAT-001", "review", "previous", cycle="review")
def _nothing_before(d: Draft, twin: Twin) -> None:
    reviewed(d)
    d.set("review", previous=twin(None, "last"))
    d.resource("Trades", capability="capable")


@case("MK-GAT-002", "review", on=DAY, cycle="review")
def _nobody_facilitates(d: Draft, twin: Twin) -> None:
    d.review_cycle("Review", id="review")
    d.party("Ann", id="ann")
    d.role("Sponsor", id="sponsor", kind="sponsor")
    d.role("Guide", id="guide", kind=twin("reviewer", "facilitator"))
    d.role_assignment(role="sponsor", party="ann", on="review")
    d.role_assignment(role="guide", party="ann")


@case("MK-GAT-003", "trust")
def _stake_without_holder(d: Draft, twin: Twin) -> None:
    d.organization("Trust", id="trust")
    d.stakeholder("Most", stakes=set(STAKES) - {"supplier"})
    d.conclusion("There are none", about=twin("stake:buyer", "stake:supplier"))


@case("MK-GAT-004", "tenants")
def _stakeholder_not_asked(d: Draft, twin: Twin) -> None:
    d.stakeholder("Tenants", id="tenants")
    d.stakeholder("Lenders", id="lenders")
    d.need("Warm", stakeholder=twin("lenders", "tenants"))
    d.conclusion("They need nothing", about="needs", on="lenders")


@case("MK-GAT-005", "warm", "status")
def _need_not_decided(d: Draft, twin: Twin) -> None:
    d.need("Warm", id="warm", status=twin("proposed", "accepted"))


@case("MK-GAT-006", "trust")
def _politics_not_scanned(d: Draft, twin: Twin) -> None:
    d.organization("Trust", id="trust")
    for part in PARTS:
        d.influencer(f"Something {part}", category=part.title(), side="external")
    d.influencer("Loyal trades", side="internal", category="people")
    d.influencer("Elections", category=twin("politics", "political"))


@case("MK-GAT-007", "tides")
def _influencer_not_assessed(d: Draft, twin: Twin) -> None:
    d.influencer("Storm tides", id="tides")
    d.assessment("Streets flood", influencers=twin((), ("tides",)))


@case("MK-GAT-008", "review", cycle="review")
def _report_not_read(d: Draft, twin: Twin) -> None:
    reviewed(d)
    d.artifact("Taken over", id="taken", cycle="review", covers=("report",))
    d.set("taken", view="carry-over", status=twin("draft", "submitted"))
