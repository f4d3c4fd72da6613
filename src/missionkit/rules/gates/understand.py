"""The gates of `understand`: can the review begin, and is the situation understood?

A review begins from the report of the one before it, or as the first, and with the
resources that are there, judged by what they can do. Whoever finds nothing says so in
a conclusion; one that was drawn in another review does not count in this one.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from missionkit.domain.context import SCANNED, Assessment, Influencer, Side
from missionkit.domain.process import (
    Capability,
    Resource,
    ResourceDemand,
    ResourceStage,
)
from missionkit.domain.review import (
    ConclusionKind,
    Decision,
    ImprovementAction,
)
from missionkit.domain.role import RoleKind
from missionkit.domain.stakeholder import Need, NeedStatus, Stakeholder
from missionkit.ports.rule import Judgment, RuleEntry, RuleView
from missionkit.rules.codes import tracing as trc
from missionkit.rules.codes import understand as codes
from missionkit.rules.facts.conclusions import concluded, conclusions, question
from missionkit.rules.facts.officers import officers
from missionkit.rules.facts.players import assigned, players
from missionkit.rules.facts.predecessor import last_review, report_not_read
from missionkit.rules.facts.slips import slip
from missionkit.rules.facts.whole import root_of, whose
from missionkit.rules.families import tracing
from missionkit.rules.restating import entry_of, restated

_SCAN: Final = "scan:"
_NOTHING: Final = (ConclusionKind.NONE, ConclusionKind.NOTHING_MATERIAL)


def resources_not_judged(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each resource in use that nobody judged, or that is not fit.

    What is not capable is settled by a decision, an action, a demand or a conclusion
    that names it. A conclusion about ``resources`` answers for all of them.
    """
    if concluded(view, *_NOTHING, about="resources"):
        return
    used = [r for r in view.of(Resource) if r.stage is not ResourceStage.DISPOSED]
    if not used:
        yield codes.NOTHING_TO_START_FROM.issue(
            f"No resource{whose(view)} is recorded and judged.",
            ref=root_of(view),
            fix="add the resources and judge them, or conclude about 'resources'",
        )
    for resource in used:
        said, fix = _doubt_about(resource)
        if said and not _is_settled(view, resource):
            yield codes.NOTHING_TO_START_FROM.issue(
                f"{view.named(resource)} {said}.",
                ref=resource.id,
                path="capability",
                value=resource.capability or "",
                fix=fix,
            )


def _doubt_about(resource: Resource) -> tuple[str, str]:
    """Return what speaks against a resource, and what to do; or nothing."""
    if resource.capability is None:
        return "was not judged by what it can do", "fill `capability`"
    if resource.capability is Capability.NOT_CAPABLE:
        fix = "decide about it, ask for more of it, or conclude why it will do"
        return "is not capable, and nothing follows from that", fix
    return "", ""


def _is_settled(view: RuleView, resource: Resource) -> bool:
    """Return whether the doubt is answered; asking for more of it judges nothing."""
    ref = resource.id
    asked = resource.capability is not None and ref in view.referring(
        ResourceDemand, "resource"
    )
    return (
        asked
        or concluded(view, *ConclusionKind, on=ref)
        or ref in view.referring(Decision, "addresses")
        or ref in view.referring(Decision, "covers")
        or ref in view.referring(ImprovementAction, "addresses")
    )


def roles_of_review(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each of the two roles without which no review begins.

    They are played on the review, on what it looks at, or for the whole organization.
    """
    cycle = view.review
    for kind in (RoleKind.SPONSOR, RoleKind.FACILITATOR):
        given = assigned(view, kind)
        near = (*given.get(cycle.id, ()), *given.get(cycle.scope or "", ()))
        if not players(view, (*near, *officers(view, kind)), view.day).sure:
            yield codes.NOBODY_LEADS.issue(
                f"{view.named(cycle)} has no {kind} on {view.day}.",
                ref=cycle.id,
                value=kind,
                fix=f"assign a role of the kind {kind} on it, or for the organization",
            )


def stakeholders_not_asked(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each stakeholder who has no need and did not say so.

    A `Conclusion` about ``needs`` of the kind none on the stakeholder says so.
    """
    asked = view.referring(Need, "stakeholder")
    for who in view.of(Stakeholder):
        said = concluded(view, ConclusionKind.NONE, about="needs", on=who.id)
        if who.id not in asked and not said:
            yield codes.NOT_ASKED.issue(
                f"{view.named(who)} has no need, and did not say so.", ref=who.id
            )


def needs_not_decided(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each need that was proposed and not decided about."""
    for need in view.of(Need):
        if need.status is NeedStatus.PROPOSED:
            yield codes.NOT_DECIDED.issue(
                f"{view.named(need)} is neither accepted nor declined.",
                ref=need.id,
                path="status",
                value=need.status,
            )


def parts_not_scanned(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each part of the environment in which nothing was found.

    A `Conclusion` about ``scan:political`` that there is nothing material is a find.
    """
    found = {_part(each) for each in view.of(Influencer)}
    missing = [
        part
        for part in SCANNED
        if part not in found and not concluded(view, *_NOTHING, about=f"{_SCAN}{part}")
    ]
    words = _unknown_words(view) if missing else {}
    for part in missing:
        where = "inside" if part == Side.INTERNAL.value else f"of the category {part!r}"
        yield codes.NOT_SCANNED.issue(
            f"No influencer{whose(view)} is {where}.",
            ref=root_of(view),
            value=part,
            fix=f"{slip(part, words)}add one, or conclude about '{_SCAN}{part}'"
            " that nothing is material",
        )


def _part(influencer: Influencer) -> str:
    """Return what part of the environment an influencer is of."""
    inside = influencer.side is Side.INTERNAL
    return Side.INTERNAL.value if inside else (influencer.category or "").casefold()


def _unknown_words(view: RuleView) -> Mapping[str, str]:
    """Return words for parts of the environment that are none, and who uses them."""
    used = [(_part(each), str(each.id)) for each in view.of(Influencer)]
    for each in conclusions(view):
        if question(each).startswith(_SCAN):
            word = question(each).removeprefix(_SCAN).strip()
            used.append((word, str(each.id)))
    return {word: ref for word, ref in reversed(used) if word not in ("", *SCANNED)}


def influencers_not_assessed(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each influencer of which no assessment says what it means."""
    judged = view.referring(Assessment, "influencers")
    for influencer in view.of(Influencer):
        if influencer.id not in judged:
            yield codes.NOT_ASSESSED.issue(
                f"{view.named(influencer)} was not assessed.", ref=influencer.id
            )


RULES: Final = (
    restated(
        codes.NOTHING_TO_START_FROM,
        RuleEntry(rule=last_review, needs_cycle=True),
        RuleEntry(rule=resources_not_judged),
    ),
    RuleEntry(
        rule=roles_of_review,
        codes=(codes.NOBODY_LEADS,),
        needs_on=True,
        needs_cycle=True,
        on_request=True,
    ),
    restated(
        codes.STAKES_NOT_COVERED, entry_of(trc.STAKE_WITHOUT_HOLDER, tracing.RULES)
    ),
    RuleEntry(rule=stakeholders_not_asked, codes=(codes.NOT_ASKED,), on_request=True),
    RuleEntry(rule=needs_not_decided, codes=(codes.NOT_DECIDED,), on_request=True),
    RuleEntry(rule=parts_not_scanned, codes=(codes.NOT_SCANNED,), on_request=True),
    RuleEntry(
        rule=influencers_not_assessed, codes=(codes.NOT_ASSESSED,), on_request=True
    ),
    RuleEntry(
        rule=report_not_read,
        codes=(codes.REPORT_NOT_READ,),
        needs_cycle=True,
        on_request=True,
    ),
)
