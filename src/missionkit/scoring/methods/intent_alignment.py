"""How far processes and spheres are in harmony with the core intent, part by part."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import ClassVar

from attrs import frozen

from missionkit.domain.intent import CoreIntent, OperatingSphere
from missionkit.domain.review import IntentAlignment, IntentPart
from missionkit.ports.part import SATISFACTION, Combine, Part
from missionkit.ports.rule import LimitSpec
from missionkit.ports.score import Score
from missionkit.ports.scorer import Scorer, ScoreView
from missionkit.scoring.naming import named


@frozen
class IntentAlignmentScore:
    """The mean rating against the mission, the vision and the values that hold.

    Each of the three counts alike, however many rated it. Of a rater the last rating
    known on the day counts. A rating without evidence is marked as an opinion. Of the
    organization as a whole, all spheres are asked about, and what else was rated.
    """

    name: ClassVar[str] = "intent-alignment"
    version: ClassVar[str] = "1"
    requires: ClassVar[tuple[str, ...]] = (
        "intent_alignment",
        "operating_sphere.id",
        "process.id",
        "core_intent.effective",
    )
    limits: ClassVar[tuple[LimitSpec, ...]] = ()

    def __call__(self, view: ScoreView, /) -> Score:
        """Return the mean harmony of the subject with the core intent."""
        ratings = _last(view)
        parts = [
            part
            for ref in _asked(view, ratings)
            for intent_part in IntentPart
            for part in _parts(view, ref, intent_part, ratings)
        ]
        if not any(part.value is not None for part in parts) and view.subject:
            said = "nobody has rated its harmony with the core intent"
            return view.unable(self, said, combine=Combine.SUM, scale=SATISFACTION)
        if not parts:
            said = "nothing is there to be rated"
            return view.unable(self, said, combine=Combine.SUM, scale=SATISFACTION)
        return view.scored(
            self, parts, combine=Combine.SUM, scale=SATISFACTION, mean=True
        )


def _last(view: ScoreView) -> tuple[IntentAlignment, ...]:
    """Return the last rating of each rater, of those known on the day."""
    holding = {intent.id for intent in view.in_force(CoreIntent)}
    found: dict[tuple[object, ...], tuple[date, str, IntentAlignment]] = {}
    for each in view.of(IntentAlignment):
        day = each.at or date.min
        known = view.on is None or day <= view.on
        against = view.subject == each.intent or each.intent in holding
        if known and against:
            # Nobody knows whether two ratings without a rater are by the same one.
            who = each.rater or each.id
            key = (each.on, each.intent, each.part, who)
            held = (day, str(each.id), each)
            found[key] = max(held, found.get(key, held))
    return tuple(held[-1] for held in found.values())


def _asked(view: ScoreView, ratings: Sequence[IntentAlignment]) -> list[str]:
    """Return what is rated: the subject, or what an intent, or all, is rated by."""
    subject = view.subject
    if subject is None:
        spheres = {str(sphere.id) for sphere in view.of(OperatingSphere)}
        return sorted(spheres | {str(each.on) for each in ratings})
    if view.model.kind_of(subject) == "core_intent":
        return sorted({str(e.on) for e in ratings if e.intent == subject})
    return [subject]


def _parts(
    view: ScoreView,
    ref: str,
    intent_part: IntentPart,
    ratings: Sequence[IntentAlignment],
) -> Iterator[Part]:
    """Yield a part for each rating of an element against one part of the intent."""
    name = f"{named(view.model[ref])}: {intent_part}"
    intent = view.by_id(CoreIntent).get(view.subject or "")
    held = [
        each
        for each in ratings
        if (each.on, each.part) == (ref, intent_part)
        and (intent is None or each.intent == intent.id)
    ]
    if not held:
        said = f"nobody has rated it against the {intent_part}"
        yield Part(name=name, because=said, refs=(ref,))
    for each in sorted(held, key=lambda rating: rating.id):
        yield Part(
            name=name,
            value=each.rating,
            weight=1 / len(held),
            because=_because(each),
            refs=(each.id, *each.evidence),
        )


def _because(rating: IntentAlignment) -> str:
    day = f"rated on {rating.at}" if rating.at else "rated on an unknown day"
    return f"an opinion, {day}" if rating.opinion else f"{day}, shown by evidence"


SCORERS: tuple[Scorer, ...] = (IntentAlignmentScore(),)
