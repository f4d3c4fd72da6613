"""How much a stakeholder counts, by power, legitimacy and urgency, and in which class.

After Mitchell, Agle and Wood, Academy of Management Review 22(4), 1997, 853-886.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time
from math import fsum
from typing import ClassVar, Final

from attrs import frozen

from missionkit.domain.intent import Limit
from missionkit.domain.stakeholder import SalienceRating
from missionkit.domain.values import Descriptor
from missionkit.ports.part import Combine, Part, Scale, said
from missionkit.ports.rule import LimitSpec
from missionkit.ports.score import Score
from missionkit.ports.scorer import Scorer, ScoreView
from missionkit.scoring.salience import CLASSES, Attribute

_CUT: Final = LimitSpec(
    "salience_cut", 0.5, "from which mean rating on a stakeholder has an attribute"
)
SALIENCE: Final = Scale(
    name="attributes of salience",
    low=0,
    high=3,
    steps=tuple(
        Descriptor(name=name, satisfaction=count)
        for count, name in enumerate(("none", "latent", "expectant", "definitive"))
    ),
)


@frozen
class StakeholderSalience:
    """How many of power, legitimacy and urgency a stakeholder is seen to have.

    Of each rater the last rating known on the day counts; the mean of raters is put
    against the cut. With *rater* only the ratings of one party count: salience is what
    somebody sees, and it changes.
    """

    rater: str | None = None
    name: ClassVar[str] = "stakeholder-salience"
    version: ClassVar[str] = "1"
    requires: ClassVar[tuple[str, ...]] = ("salience_rating", "stakeholder.id")
    limits: ClassVar[tuple[LimitSpec, ...]] = (_CUT,)

    def __call__(self, view: ScoreView, /) -> Score:
        """Return how many attributes the stakeholder has, and its class."""
        cut = view.limit(_CUT.name)
        ratings = tuple(self._last(view))
        if not ratings:
            alone = "only a stakeholder has a salience"
            why = "nobody has rated it" if view.subject else alone
            return view.unable(self, why, combine=Combine.SUM, scale=SALIENCE)
        parts = [_part(each, ratings, cut) for each in Attribute]
        return view.scored(
            self,
            (*parts, _class_part(parts, ratings)),
            combine=Combine.SUM,
            scale=SALIENCE,
            settings=(Limit(name=_CUT.name, value=cut),),
        )

    def _last(self, view: ScoreView) -> Iterator[SalienceRating]:
        """Yield the last rating of each rater that was known on the day."""
        end = view.on and datetime.combine(view.on, time.max, UTC)
        found: dict[str, SalienceRating] = {}
        held = view.referring(SalienceRating, "stakeholder").get(view.subject or "", ())
        for each in sorted(held, key=lambda rating: (rating.at, rating.id)):
            known = end is None or each.at <= end
            if known and self.rater in (None, each.rater):
                found[each.rater] = each
        yield from (found[rater] for rater in sorted(found))


def _part(attribute: Attribute, ratings: Sequence[SalienceRating], cut: float) -> Part:
    """Return whether the mean of the ratings reaches the cut."""
    known = [
        (rating, value)
        for rating in ratings
        if (value := getattr(rating, attribute.value)) is not None
    ]
    if not known:
        refs = tuple(rating.id for rating in ratings)
        return Part(name=attribute.value, because="nobody has rated it", refs=refs)
    values = [value for _, value in known]
    mean = fsum(values) / len(values)
    because = f"{said(mean)}, the cut is {said(cut)}"
    if len(values) > 1:
        between = f"{said(min(values))} to {said(max(values))}"
        because = f"{because}; {len(values)} raters see {between}"
    day = max(rating.at for rating, _ in known).date()
    return Part(
        name=attribute.value,
        value=float(mean >= cut),
        label="yes" if mean >= cut else "no",
        because=f"{because}; last rated on {day}",
        refs=tuple(rating.id for rating, _ in known),
    )


def _class_part(parts: Sequence[Part], ratings: Sequence[SalienceRating]) -> Part:
    """Return the class as a part that counts nothing, so that it is told with it."""
    held = frozenset(Attribute(part.name) for part in parts if part.value)
    unknown = [part.name for part in parts if part.value is None]
    because = f"{' and '.join(unknown)} not known" if unknown else "by what it has"
    return Part(
        name="class",
        value=0.0,
        weight=0.0,
        label=CLASSES[held].value,
        because=because,
        refs=tuple(rating.id for rating in ratings),
    )


SCORERS: tuple[Scorer, ...] = (StakeholderSalience(),)
