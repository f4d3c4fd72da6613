"""What was concluded: recorded answers, where otherwise there would be a gap."""

from collections.abc import Iterator

from missionkit.domain.review import Conclusion, ConclusionKind
from missionkit.ports.rule import RuleView


def conclusions(view: RuleView) -> Iterator[Conclusion]:
    """Yield the conclusions that count: all but those drawn in another review.

    Without a review to judge, each counts.
    """
    cycle = view.cycle.id if view.cycle else None
    for each in view.of(Conclusion):
        if cycle is None or each.cycle in (None, cycle):
            yield each


def concluded(
    view: RuleView, *kinds: ConclusionKind, about: str = "", on: str = ""
) -> bool:
    """Return whether something of one of the kinds was concluded about a question.

    A conclusion that is on no element is on the review in which it was drawn.
    """
    answers = view.once(_answers)
    return any((kind, about, on) in answers for kind in kinds)


def _answers(view: RuleView) -> frozenset[tuple[ConclusionKind, str, str]]:
    found = set()
    for each in conclusions(view):
        about, on = question(each), str(each.on or each.cycle or "")
        found |= {(each.kind, a, o) for a in (about, "") for o in (on, "")}
    return frozenset(found)


def question(conclusion: Conclusion) -> str:
    """Return what a conclusion is about, as questions are compared."""
    return (conclusion.about or "").casefold()
