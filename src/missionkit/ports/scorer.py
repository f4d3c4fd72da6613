"""The port of scorers: a view of a model goes in, a score with its parts comes out.

A scorer reads nothing but the view, and of it only what it says that it `requires`. It
never fills a gap: what it lacks it gives as a part without a value, and `scored` treats
that as the caller chose. So whoever writes one gathers the parts:

    class Reach:
        name = "acme.reach"
        version = "1"
        requires = ("need", "objective.needs")
        limits = ()

        def __call__(self, view: ScoreView) -> Score:
            met = {ref for each in view.of(Objective) for ref in each.needs}
            parts = [
                Part(name=each.id, value=float(each.id in met), refs=(each.id,))
                for each in view.of(Need)
            ]
            return view.scored(self, parts, combine=Combine.SUM, scale=SHARE, mean=True)
"""

from collections.abc import Iterable
from typing import Protocol, runtime_checkable

from attrs import evolve, field, frozen

from missionkit.domain.display import title_of
from missionkit.domain.intent import Limit
from missionkit.domain.model import Model
from missionkit.markup import one_line
from missionkit.ports.combining import combined, why_none
from missionkit.ports.missing import treated
from missionkit.ports.part import Combine, MissingPolicy, Part, Scale, Weighting
from missionkit.ports.rule import LimitSpec, RuleView
from missionkit.ports.score import Score


class Method(Protocol):
    """What a score was made by: its name, and the version that is kept with it."""

    @property
    def name(self) -> str:
        """Return the name; one of a third party is written ``vendor.name``."""

    @property
    def version(self) -> str:
        """Return the version; it changes with every change of a value."""


@frozen(kw_only=True)
class ScoreView(RuleView):
    """What a scorer sees: a model, the subject, the day, the limits, the policy.

    Without a subject the organization as a whole is asked about. The lookups are those
    of rules.
    """

    model: Model = field(factory=Model)
    subject: str | None = None
    missing: MissingPolicy = MissingPolicy.SKIP

    def scored(  # noqa: PLR0913 - the facts of a score, by keyword
        self,
        method: Method,
        parts: Iterable[Part],
        *,
        combine: Combine,
        scale: Scale,
        mean: bool = False,
        settings: Iterable[Limit] = (),
    ) -> Score:
        """Return the score that parts have, after what is missing was treated.

        With *mean* each weight is its share of all weights that count. There is no
        value where no part counts, and where the policy is to fail and one is missing.
        """
        given, used = tuple(parts), tuple(settings)
        held = treated(given, self.missing, scale, mean=mean)
        limits = {str(each.name): each.value for each in used}
        found = None if held.reason else combined(combine, held.parts, scale, limits)
        reason = held.reason
        if found is None and not reason:
            reason = why_none(held.parts, scale)
        return Score(
            value=found,
            reason=reason,
            scale=scale,
            combine=combine,
            parts=held.parts,
            weights=tuple(Weighting(each.name, each.weight) for each in given),
            missing=held.missing,
            policy=self.missing,
            settings=used,
            method=method.name,
            version=method.version,
            subject=self.subject or "",
            title=self._title(),
            on=self.on,
        )

    def unable(
        self, method: Method, reason: str, *, combine: Combine, scale: Scale
    ) -> Score:
        """Return a score without a value; the reason is said after "no value, as"."""
        none = self.scored(method, (), combine=combine, scale=scale)
        return evolve(none, reason=reason)

    def _title(self) -> str:
        found = self.model.find(self.subject) if self.subject else None
        return one_line(title_of(found)) if found is not None else ""


@runtime_checkable
class Scorer(Method, Protocol):
    """What judges a subject: it says what it reads, and gives a score for a view."""

    @property
    def requires(self) -> tuple[str, ...]:
        """Return the kinds that it reads of a model, or fields as ``kind.field``."""

    @property
    def limits(self) -> tuple[LimitSpec, ...]:
        """Return the limits that it asks the view for, each with its default."""

    def __call__(self, view: ScoreView, /) -> Score:
        """Return the score of the view's subject; never raise for content.

        Equal views give equal scores, in whatever order the elements were put in.
        """
        ...
