"""How satisfaction spreads from what was measured to goals, as numbers or in words.

What was measured is taken as it is: an inference never outweighs a reading. All else
is settled from its sources, each of them before it. What stands in a circle cannot be.
"""

from collections.abc import Iterable, Sequence
from math import fsum, trunc
from typing import Final, Protocol, TypeAlias

from attrs import evolve, field, frozen

from missionkit.ports.part import MissingPolicy, Part, PartRole
from missionkit.ports.propagating import (
    TOLERANCE,
    Step,
    contributed,
    contributed_in_words,
    halves,
    refined_in_words,
    settled,
    settled_in_words,
    worded,
)
from missionkit.ports.scorer import ScoreView
from missionkit.scoring.goals import Goals, Source, goals_of
from missionkit.scoring.knots import knots_before
from missionkit.scoring.naming import named
from missionkit.scoring.readings import measures_of, satisfaction_part

Term: TypeAlias = tuple[Source, Step]

_UNKNOWN: Final = "nothing is known of it: no reading of it or of what it comes from"
_CIRCLE: Final = "it stands in a circle"
_SHOWN: Final = 3


class Rules(Protocol):
    """How satisfaction is held, and how that of sources makes that of an element."""

    def given(self, mean: float) -> Step:
        """Return a satisfaction that was measured as it is held."""

    def settled(self, terms: Sequence[Term]) -> Step:
        """Return the satisfaction that sources give."""

    def shown(self, held: Step) -> tuple[float | None, str]:
        """Return the number, and the word of what has no number."""


@frozen
class Numbers:
    """Satisfaction as whole numbers from -100 to 100."""

    tolerance: float = TOLERANCE

    def given(self, mean: float) -> Step:
        """Return the mean, rounded toward zero."""
        return trunc(mean)

    def settled(self, terms: Sequence[Term]) -> Step:
        """Return the least or the best of the parts, and the contributions added."""
        every: list[float] = []
        anyone: list[float] = []
        added: list[float] = []
        for source, held in terms:
            number = float(held)
            if source.role is PartRole.CONTRIBUTION:
                added.append(contributed(source.weight, number))
            else:
                (every if source.role is PartRole.AND else anyone).append(number)
        refined = min(every) if every else max(anyone, default=None)
        return settled(refined, added, (), self.tolerance)

    def shown(self, held: Step) -> tuple[float | None, str]:
        """Return the number as it is."""
        return float(held), ""


@frozen
class Words:
    """Satisfaction in words, as half steps from none; a conflict stays a word."""

    def given(self, mean: float) -> Step:
        """Return the word that the mean stands for."""
        return halves(mean)

    def settled(self, terms: Sequence[Term]) -> Step:
        """Return the worst or the best of the parts, with the contributions."""
        every = [held for source, held in terms if source.role is PartRole.AND]
        anyone = [held for source, held in terms if source.role is PartRole.OR]
        added = [
            contributed_in_words(held, source.weight)
            for source, held in terms
            if source.role is PartRole.CONTRIBUTION
        ]
        return settled_in_words(refined_in_words(every, anyone), added)

    def shown(self, held: Step) -> tuple[float | None, str]:
        """Return the number in the middle of the word's range, if it has one."""
        number, word = worded(held)
        return number, "" if number is not None else word


@frozen(eq=False)
class Spread:
    """The satisfaction of elements, and why there is none of the others."""

    goals: Goals
    rules: Rules
    values: dict[str, Step] = field(factory=dict, repr=False)
    why: dict[str, str] = field(factory=dict, repr=False)

    def parts(self, view: ScoreView, ref: str) -> tuple[Part, ...]:
        """Return what satisfaction is made of; in a circle there is nothing."""
        measured = measured_part(view, ref)
        if measured is not None:
            fails = view.missing is MissingPolicy.FAIL
            if measured.value is not None:
                number, _ = self.rules.shown(self.values[ref])
                return (evolve(measured, value=number),)
            if fails:
                return (measured,)
        if ref not in self.values and self.why[ref].startswith(_CIRCLE):
            return ()
        return tuple(self.part(view, source) for source in self.goals.of(ref))

    def part(self, view: ScoreView, source: Source) -> Part:
        """Return a source as a part of a score."""
        held = self.values.get(source.ref)
        number, label = (None, "") if held is None else self.rules.shown(held)
        measured = measured_part(view, source.ref)
        because = self._settled_by(view, source.ref)
        refs: tuple[str, ...] = (source.ref,)
        if measured is not None and measured.value is not None:
            because, refs = measured.because, measured.refs
        return Part(
            name=named(view.model[source.ref]),
            value=number,
            label=label,
            role=source.role,
            weight=source.weight,
            because=self.why[source.ref] if held is None else because,
            refs=refs,
        )

    def _settled_by(self, view: ScoreView, ref: str) -> str:
        """Return which part settled an element, and how much contributes to it."""
        sources = self.goals.of(ref)
        parts = [
            (each, self.values[each.ref])
            for each in sources
            if each.role is not PartRole.CONTRIBUTION and each.ref in self.values
        ]
        told = []
        if parts:
            alone = self.rules.settled(parts)
            least = parts[0][0].role is PartRole.AND
            first = next((each for each, held in parts if held == alone), parts[0][0])
            word = "least" if least else "best"
            name = named(view.model[first.ref])
            told.append(f"the {word} of its {len(parts):,} parts is {name}")
        count = sum(each.role is PartRole.CONTRIBUTION for each in sources)
        if count:
            told.append(f"{count:,} contribution{'s' * (count > 1)}")
        return "; ".join(told)


def spread(view: ScoreView, rules: Rules, refs: Iterable[str]) -> Spread:
    """Return the satisfaction of *refs*, and of all that it comes from."""
    goals = view.once(goals_of)
    found = Spread(goals, rules)
    for group in knots_before(refs, goals.before):
        for ref in group:
            measured = measured_part(view, ref)
            if measured is not None and measured.value is not None:
                found.values[ref] = rules.given(measured.value)
            elif measured is not None and view.missing is MissingPolicy.FAIL:
                found.why[ref] = measured.because
            elif group[1:] or ref in goals.before(ref):
                found.why[ref] = _circle(group)
            else:
                _settle(view, found, ref)
    return found


def _settle(view: ScoreView, found: Spread, ref: str) -> None:
    """Settle an element from its sources, or say why it cannot be."""
    terms: list[Term] = []
    for source in found.goals.of(ref):
        held = found.values.get(source.ref)
        if held is not None:
            terms.append((source, held))
        elif view.missing is MissingPolicy.ZERO:
            terms.append((source, 0))
        elif view.missing is MissingPolicy.FAIL:
            found.why[ref] = f"{named(view.model[source.ref])} is missing"
            return
    if terms:
        found.values[ref] = found.rules.settled(terms)
    else:
        found.why[ref] = _UNKNOWN


def _circle(group: list[str]) -> str:
    others = sorted(group)
    more = f" and {len(others) - _SHOWN:,} more" if len(others) > _SHOWN else ""
    return f"{_CIRCLE} of {', '.join(others[:_SHOWN])}{more}"


def measured_part(view: ScoreView, ref: str) -> Part | None:
    """Return the mean satisfaction with the measures of an element, if it has some."""
    measures = measures_of(view, ref)
    if not measures:
        return None
    parts = [satisfaction_part(view, each) for each in measures]
    missing = [part for part in parts if part.value is None]
    zeros = [0.0] * len(missing) if view.missing is MissingPolicy.ZERO else []
    known = [part.value for part in parts if part.value is not None] + zeros
    whole = not missing or view.missing is not MissingPolicy.FAIL
    because = "; ".join(map(str, (*parts[:_SHOWN],)))
    more = f"; and {len(parts) - _SHOWN:,} more" if len(parts) > _SHOWN else ""
    return Part(
        name=named(view.model[ref]),
        value=fsum(known) / len(known) if known and whole else None,
        role=PartRole.GIVEN,
        because=f"measured: {because}{more}",
        refs=(ref, *dict.fromkeys(each for part in parts for each in part.refs)),
    )
