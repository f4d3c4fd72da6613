"""What a measure of the mission process says: a number that can be counted again."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Final

from attrs import frozen

from missionkit.errors import NotFoundError
from missionkit.issue import nearest
from missionkit.markup import Html, columns, shortened, table
from missionkit.trace.metric import Metric

_NAMED: Final = 3
_WIDE: Final = 100


class Counted(StrEnum):
    """What a measure of the mission process is counted in."""

    SHARE = "share"
    DAYS = "days"
    POINTS = "points"


@frozen(kw_only=True)
class MissionMeasure:
    """One measure of the mission process.

    `value` is None where there is nothing to count, and `reason` says why; with a value
    `reason` names what was left out. `counted` are the ids of what the value was made
    of: of a share those that are above the line, while `base` has those below it.
    `about` is the stakeholder whose satisfaction it is. Points are from -100 to 100.
    """

    name: str
    meaning: str
    unit: Counted
    value: float | None = None
    counted: tuple[str, ...] = ()
    base: tuple[str, ...] = ()
    reason: str = ""
    about: str = ""

    @classmethod
    def of(cls, metric: Metric) -> "MissionMeasure":
        """Return a share of coverage as the measure that it is."""
        return cls(
            name=metric.name,
            meaning=metric.meaning,
            unit=Counted.SHARE,
            value=metric.value,
            counted=metric.numerator,
            base=metric.denominator,
            reason=metric.reason,
        )

    @property
    def missing(self) -> tuple[str, ...]:
        """What a share counts below the line but not above it."""
        above = set(self.counted)
        return tuple(ref for ref in self.base if ref not in above)

    @property
    def said(self) -> str:
        """The value with its unit, or that it is not judged."""
        if self.value is None:
            return "not judged"
        if self.unit is Counted.DAYS:
            return f"{self.value:g} {'day' if abs(self.value) == 1 else 'days'}"
        if self.unit is Counted.POINTS:
            return f"{self.value:+g} of 100"
        return Metric(name=self.name, meaning="", value=self.value).percent

    @property
    def size(self) -> str:
        """How much was counted, as how many of how many, or only how many."""
        if self.value is None:
            return ""
        of = f" of {len(self.base):,}" if self.base else ""
        return f"{len(self.counted):,}{of}"

    def as_dict(self) -> dict[str, object]:
        """Return it as JSON values."""
        return {
            "name": self.name,
            "meaning": self.meaning,
            "unit": self.unit.value,
            "value": self.value,
            "counted": list(self.counted),
            "base": list(self.base),
            "reason": self.reason,
            "about": self.about,
        }

    def __str__(self) -> str:
        """Return the name, the value, what was counted, and what was left out."""
        size = f"{self.size} counted" if self.size else ""
        rest = "; ".join(filter(None, (size, self.reason)))
        return f"{self.name}: {self.said} ({rest})" if rest else self._short()

    def _short(self) -> str:
        return f"{self.name}: {self.said}"


@frozen(kw_only=True)
class MissionMeasures:
    """The measures of the mission process on a day, for one review if one is named."""

    measures: tuple[MissionMeasure, ...]
    on: date
    cycle: str = ""

    def __iter__(self) -> Iterator[MissionMeasure]:
        """Yield the measures."""
        return iter(self.measures)

    def __len__(self) -> int:
        """Return how many measures there are."""
        return len(self.measures)

    def __getitem__(self, name: str) -> MissionMeasure:
        """Return a measure by its name, or raise `NotFoundError`."""
        for measure in self.measures:
            if measure.name == name:
                return measure
        known = (measure.name for measure in self.measures)
        raise NotFoundError("measure", name, nearest(name, known))

    def as_dict(self) -> dict[str, object]:
        """Return them as JSON values."""
        return {
            "on": self.on.isoformat(),
            "cycle": self.cycle or None,
            "measures": [measure.as_dict() for measure in self.measures],
        }

    def __str__(self) -> str:
        """Return one line for each measure: the value, of what, what is left out."""
        return columns([self._head(), *map(_row, self.measures)])

    def to_html(self) -> Html:
        """Return the same as a table; every text is escaped."""
        return table(self._head(), map(_row, self.measures))

    def _repr_html_(self) -> Html:
        return self.to_html()

    def _head(self) -> tuple[str, ...]:
        of = f" of {self.cycle}" if self.cycle else ""
        return f"mission process{of} on {self.on}", "value", "counted", "of which"


def _row(measure: MissionMeasure) -> tuple[str, ...]:
    missing = measure.missing
    more = f" and {len(missing) - _NAMED:,} more" if len(missing) > _NAMED else ""
    named = shortened(", ".join(missing[:_NAMED]), _WIDE) + more
    lacking = f"not {named}" if named else ""
    rest = "; ".join(filter(None, (lacking, measure.reason)))
    return measure.name, measure.said, measure.size, rest
