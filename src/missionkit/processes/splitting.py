"""Effort by its value, and the ratios of lean work that follow from it.

The value-added ratio is value-added effort by all effort, the overhead ratio necessary
effort by all effort, and the cycle efficiency value-added time by lead time. Each is
from 0 to 1, and those of effort add up to 1 with waste and what nobody classed.
"""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any, Final

from attrs import frozen

from missionkit.domain.process import ValueClass
from missionkit.processes.numbers import hours_in_words, percent, plain, ratio, total
from missionkit.processes.work import Work

_ZERO: Final = Fraction()
SPLIT_HEAD: Final = (
    "process",
    "value-added",
    "necessary",
    "waste",
    "not classed",
    "value-added ratio",
    "overhead ratio",
    "cycle efficiency",
    "management share",
)


@frozen(kw_only=True)
class EffortSplit:
    """The effort of a process, or of all, by its value; hours add up to the whole.

    A ratio is None where nothing is there to divide by. `lead` is how many hours pass,
    as far as activities tell it, and `lead_added` how many of them add value.
    """

    process: str | None = None
    title: str
    value_added: Fraction = _ZERO
    necessary: Fraction = _ZERO
    waste: Fraction = _ZERO
    unclassed: Fraction = _ZERO
    lead: Fraction = _ZERO
    lead_added: Fraction = _ZERO

    @property
    def whole(self) -> Fraction:
        """All hours of effort."""
        return self.value_added + self.necessary + self.waste + self.unclassed

    @property
    def value_added_ratio(self) -> float | None:
        """Value-added effort by all effort."""
        return ratio(self.value_added, self.whole)

    @property
    def overhead_ratio(self) -> float | None:
        """Necessary effort by all effort."""
        return ratio(self.necessary, self.whole)

    @property
    def waste_ratio(self) -> float | None:
        """Wasted effort by all effort."""
        return ratio(self.waste, self.whole)

    @property
    def unclassed_ratio(self) -> float | None:
        """Effort of which nobody says whether it adds value, by all effort."""
        return ratio(self.unclassed, self.whole)

    @property
    def cycle_efficiency(self) -> float | None:
        """Value-added time by lead time."""
        return ratio(self.lead_added, self.lead)

    @property
    def management_share(self) -> float | None:
        """Necessary effort by value-added effort; above 1 where there is more of it."""
        return ratio(self.necessary, self.value_added)

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON values; hours are numbers."""
        return {
            "process": self.process,
            "title": self.title,
            "value_added": plain(self.value_added),
            "necessary": plain(self.necessary),
            "waste": plain(self.waste),
            "unclassed": plain(self.unclassed),
            "lead": plain(self.lead),
            "value_added_ratio": self.value_added_ratio,
            "overhead_ratio": self.overhead_ratio,
            "waste_ratio": self.waste_ratio,
            "unclassed_ratio": self.unclassed_ratio,
            "cycle_efficiency": self.cycle_efficiency,
            "management_share": self.management_share,
        }

    def row(self) -> tuple[str, ...]:
        """Return its cells in a table."""
        hours = (self.value_added, self.necessary, self.waste, self.unclassed)
        ratios = (
            self.value_added_ratio,
            self.overhead_ratio,
            self.cycle_efficiency,
            self.management_share,
        )
        return (self.title, *map(hours_in_words, hours), *map(percent, ratios))


def split(works: Iterable[Work], title: str, process: str | None = None) -> EffortSplit:
    """Return the effort of some pieces of work by its value, under a title."""
    sums = dict.fromkeys((*ValueClass, None), _ZERO)
    lead = dict(sums)
    for each in works:
        sums[each.value_class] += each.hours
        lead[each.value_class] += each.lead
    return EffortSplit(
        process=process,
        title=title,
        value_added=sums[ValueClass.VALUE_ADDED],
        necessary=sums[ValueClass.NECESSARY],
        waste=sums[ValueClass.WASTE],
        unclassed=sums[None],
        lead=total(lead.values()),
        lead_added=lead[ValueClass.VALUE_ADDED],
    )
