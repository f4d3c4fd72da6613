"""Faults at the gates of `understand`."""

from collections.abc import Iterator
from typing import Final

from attrs import evolve

from missionkit.domain.context import Assessment, Influencer, Side, Trend
from missionkit.domain.ids import AnyId, StakeholderId
from missionkit.domain.model import Model
from missionkit.domain.review import Artifact, CycleStatus, ReviewCycle
from missionkit.domain.role import RoleKind
from missionkit.domain.stakeholder import Need, NeedStatus, Stakeholder
from missionkit.testing.breaking import tracing
from missionkit.testing.breaking.finding import (
    by_ref,
    cycle_in,
    other,
    players_of,
    showing,
)
from missionkit.testing.fault import Change, again, fault

stakes_not_covered: Final = again("MK-GAT-003", tracing.forgotten_stakeholder)


@fault("MK-GAT-001", shape="review")
def unfinished_review(model: Model) -> Iterator[Change]:
    """Leave the last review open."""
    for review in model.of(ReviewCycle):
        if review.status is CycleStatus.CLOSED:
            put = evolve(review, status=CycleStatus.SUSPENDED)
            yield Change(ref=review.id, path="status", put=(put,))


@fault("MK-GAT-002", shape="review")
def nobody_leads(model: Model) -> Iterator[Change]:
    """Take the only facilitator away from the review."""
    for review in cycle_in(model):
        leading = players_of(model, RoleKind.FACILITATOR)
        for each in leading if len(leading) == 1 else ():
            yield Change(ref=review.id, gone=(each.id,))


@fault("MK-GAT-004", shape="review")
def stakeholder_not_asked(model: Model) -> Iterator[Change]:
    """Hand the only need of a stakeholder over to another, or add a silent one."""
    held = by_ref(model, Need, "stakeholder")
    for who in model.of(Stakeholder):
        needs = held.get(who.id, ())
        for heir in model.of(Stakeholder):
            if heir is not who and len(needs) == 1:
                put = evolve(needs[0], stakeholder=heir.id)
                yield Change(ref=who.id, put=(put,))
    for who in model.of(Stakeholder):
        ref = StakeholderId(other(model, "another-stakeholder"))
        yield Change(ref=ref, put=(evolve(who, id=ref),))


@fault("MK-GAT-005", shape="review")
def undecided_need(model: Model) -> Iterator[Change]:
    """Leave a need undecided."""
    for need in model.of(Need):
        put = evolve(need, status=NeedStatus.PROPOSED)
        yield Change(ref=need.id, path="status", put=(put,))


@fault("MK-GAT-006", shape="review")
def blind_spot(model: Model) -> Iterator[Change]:
    """Call the only finding in a part of the environment by another part."""
    parts = by_ref(model, Influencer, "category")
    for found in parts.values():
        if model.root and len(found) == 1 and found[0].side is Side.EXTERNAL:
            put = evolve(found[0], category="weather")
            yield Change(ref=model.root.id, put=(put,))


@fault("MK-GAT-007", shape="review")
def unjudged_influencer(model: Model) -> Iterator[Change]:
    """Let the only assessment of an influencer judge another one."""
    judged = by_ref(model, Assessment, "influencers")
    for found in model.of(Influencer):
        judging = judged.get(found.id, ())
        for instead in model.of(Influencer):
            if instead is not found and len(judging) == 1:
                put = evolve(judging[0], influencers=(instead.id,))
                yield Change(ref=found.id, put=(put,))


@fault("MK-GAT-008", shape="review")
def unread_report(model: Model) -> Iterator[Change]:
    """Take the report of the last review out of what the next one took over."""
    for review in cycle_in(model):
        for report in showing(model, review.previous, "strategic-review-report"):
            for made in by_ref(model, Artifact, "covers").get(report.id, ()):
                rest = tuple(ref for ref in made.covers if ref != AnyId(report.id))
                yield Change(ref=review.id, put=(evolve(made, covers=rest),))


@fault("MK-GAT-009", shape="review", stale=True)
def stale_analysis(model: Model) -> Iterator[Change]:
    """Change what was found around the organization after it was approved."""
    for review in cycle_in(model):
        for made in by_ref(model, Artifact, "cycle").get(review.id, ()):
            for found in model.of(Influencer):
                if AnyId(found.id) in made.covers:
                    put = evolve(found, trend=Trend.FLAT)
                    yield Change(ref=made.id, put=(put,))
