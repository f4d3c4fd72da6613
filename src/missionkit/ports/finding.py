"""A finding: drift, no drift, or not enough data to tell; and what it rests on."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Final

import attrs
from attrs import frozen

from missionkit.domain.codes import WRONG_TYPE
from missionkit.domain.declaration import proof, value
from missionkit.domain.intent import Limit
from missionkit.domain.marks import AtLeast
from missionkit.domain.review import Shift
from missionkit.domain.values import Line, Name, Period, Ratio
from missionkit.errors import InvalidValueError
from missionkit.issue import Issue
from missionkit.markup import Html, join, shown, table, tag
from missionkit.ports import codes
from missionkit.ports.series import Series
from missionkit.ports.shift_picture import Shifted, said_as, shift_picture

SLOPE: Final = "points of the slope"
"""The parameter of a shift that took its time: how many points it took."""


class DriftVerdict(StrEnum):
    """What data say about a change: there is one, there is none, they cannot tell."""

    DRIFT = "drift"
    NO_DRIFT = "no_drift"
    NOT_ENOUGH_DATA = "not_enough_data"


class Covering(StrEnum):
    """How a decision stands to a shift: taken before it showed, or after the fact."""

    BEFORE = "before"
    AFTER_THE_FACT = "after_the_fact"


@frozen(kw_only=True)
@value
class Driver:
    """What moved a figure: one activity, role, client or segment, and by how much.

    `before` and `after` are its own figure. `moved` is what it did to the whole, in the
    unit of the whole, and `share` which part of the whole change that is; these parts
    of all drivers of one dimension add up to 1, and one that moved against the change
    has a negative part. `part_before` and `part_after` say which part of everything
    counted it was, `of_before` and `of_after` how much that is, such as hours.
    `driven_by` names what drives the thing itself, such as influencers of a purpose.
    `things` is how many it tells together, where it stands for all the smaller ones.
    """

    dimension: Line
    name: Line
    before: float
    after: float
    moved: float
    share: float | None = None
    part_before: Ratio | None = None
    part_after: Ratio | None = None
    of_before: float | None = None
    of_after: float | None = None
    refs: tuple[str, ...] = ()
    driven_by: tuple[Line, ...] = ()
    things: Annotated[int, AtLeast(1)] = 1

    def as_dict(self) -> dict[str, Any]:
        """Return everything as JSON values; what is empty is left out."""
        return attrs.asdict(
            self,
            filter=lambda _, held: held not in (None, "", ()),
            value_serializer=lambda _, __, held: _plain(held),
        )

    @property
    def direction(self) -> Shift | None:
        """Whether it grew or shrank itself, or else which way its own figure moved."""
        grown = (self.part_after or 0) - (self.part_before or 0)
        moved = grown or self.after - self.before
        if not moved:
            return None
        return Shift.UP if moved > 0 else Shift.DOWN


@frozen(kw_only=True)
@value
class Cover:
    """A decision that covers a shift: which one, and since when it is in force.

    `whole` is False where it allowed less than what happened, and `why` says in words
    what it left open.
    """

    decision: str
    title: Line
    standing: Covering
    effective: date
    whole: bool = True
    why: str = ""


@frozen(kw_only=True)
@value
class Finding:
    """What a detector found of one figure, with all that is needed to defend it.

    `effect` is how far the figure moved, in its unit, between `low` and `high` with the
    `confidence` stated; `visible` is the smallest shift that these data could have
    shown with a power of 80 %. `since` is the first period from which the shift shows,
    between `earliest` and `latest`. `p_value` is that of this figure alone, `adjusted`
    what it is among all figures asked about at once. `autocorrelation` and `season`
    (points a year, 1 for none) are what the verdict allows for. `directed` is False
    where the effect is a distance, which goes neither up nor down.
    """

    indicator: Line
    title: Name
    unit: Line
    verdict: DriftVerdict
    reason: str = ""
    effect: float | None = None
    low: float | None = None
    high: float | None = None
    confidence: Ratio = 0.95
    visible: float | None = None
    least: float | None = None
    before: float | None = None
    after: float | None = None
    since: date | None = None
    earliest: date | None = None
    latest: date | None = None
    directed: bool = True
    p_value: Ratio | None = None
    adjusted: Ratio | None = None
    level: Ratio = 0.05
    statistic: float | None = None
    limit: float | None = None
    autocorrelation: float | None = None
    season: int | None = None
    points: int = 0
    period: Period | None = None
    method: Line
    version: Line
    parameters: tuple[Limit, ...] = ()
    drivers: tuple[Driver, ...] = ()
    covers: tuple[Cover, ...] = ()
    refs: tuple[str, ...] = ()
    series: Series | None = None

    @proof("verdict", "reason", "effect", "low", "high", "visible")
    def _can_be_defended(self) -> Iterator[Issue]:
        unsure = self.verdict is DriftVerdict.NOT_ENOUGH_DATA
        if unsure is not bool(self.reason.strip()):
            yield codes.FINDING_INCOMPLETE.issue(
                "a reason is given where data cannot tell, and only there.",
                path="reason",
                value=self.reason,
            )
        if not unsure:
            for name in ("effect", "low", "high"):
                if getattr(self, name) is None:
                    yield codes.FINDING_INCOMPLETE.issue(
                        f"a verdict has an effect with its interval, and {name} is"
                        " missing.",
                        path=name,
                    )

    def as_dict(self) -> dict[str, Any]:
        """Return everything as JSON values; what is empty is left out."""
        return attrs.asdict(
            self,
            filter=lambda _, held: held not in (None, "", ()),
            value_serializer=lambda _, __, held: _plain(held),
        )

    @property
    def direction(self) -> Shift | None:
        """Which way the figure moved; None where it did not, or nobody knows."""
        drifted = self.verdict is DriftVerdict.DRIFT and self.directed
        if not drifted or not self.effect:
            return None
        return Shift.UP if self.effect > 0 else Shift.DOWN

    @property
    def is_adaptation(self) -> bool:
        """Whether decisions that were in force in time cover the whole shift."""
        return self.verdict is DriftVerdict.DRIFT and any(
            cover.standing is Covering.BEFORE and cover.whole for cover in self.covers
        )

    @property
    def is_sloped(self) -> bool:
        """Whether the shift took its time, from `earliest` to `latest`."""
        return any(each.name == SLOPE for each in self.parameters)

    @property
    def called(self) -> str:
        """The verdict in words; a shift that was decided in time is an adaptation."""
        if self.is_adaptation:
            return "adaptation"
        return self.verdict.value.replace("_", " ")

    def picture(self, said: str = "") -> Html:
        """Return the figure over time as SVG, with its levels before and after.

        *said* is what is written above; without it that is the title and the verdict.
        Where there is no series, or no value in it, there is no picture.
        """
        if self.series is None:
            return Html("")
        shift = Shifted(
            verdict=self.called,
            said=f"{_SIGNS[self.called]} {said or f'{self.title}: {self.called}'}",
            before=self.before,
            after=self.after,
            since=self.since,
            earliest=self.earliest,
            latest=self.latest,
            sloped=self.is_sloped,
        )
        return shift_picture(self.series, shift)

    def _repr_html_(self) -> Html:
        head = tag("p", tag("strong", f"{self.title}: {self.called}"))
        parts: list[object] = [head, self.picture(), table(_HEAD, self._facts())]
        if self.drivers:
            parts.append(table(_MOVED, self._moved()))
        return join(parts)

    def _facts(self) -> Iterator[tuple[str, str]]:
        """Yield what is known of the shift, each with its name."""
        if self.reason:
            yield "why", self.reason
        if self.before is not None and self.after is not None:
            ends = f"{self._said(self.before)} to {self._said(self.after)}"
            yield "from level to level", ends
        if self.effect is not None and self.low is not None and self.high is not None:
            between = f"{self.sized(self.low)} to {self.sized(self.high)}"
            sure = f"{self.confidence:.0%} sure: {between}"
            yield "moved by", f"{self.sized(self.effect)} ({sure})"
        if self.since is not None:
            alone = self.earliest == self.latest
            between = "" if alone else f" (from {self.earliest} to {self.latest})"
            yield "since", f"{self.since}{between}"
        if self.visible is not None:
            yield "smallest shift seen four times in five", self.sized(self.visible)
        if self.p_value is not None:
            among = "" if self.adjusted is None else f"; among all {self.adjusted:.3g}"
            yield "p-value", f"{self.p_value:.3g}{among}; level {self.level:g}"
        for cover in self.covers:
            when = cover.standing.value.replace("_", " ")
            why = f"; {cover.why}" if cover.why else ""
            yield "decided", f"{cover.title}, {cover.effective}, {when}{why}"
        yield "method", f"{self.method}, version {self.version}, {self.points} points"

    def _moved(self) -> Iterator[tuple[str, ...]]:
        for each in self.drivers[:_MOST]:
            share = "" if each.share is None else f"{each.share:.0%}"
            moved = self.sized(each.moved)
            yield f"{each.dimension}: {each.name}", moved, share

    def _said(self, value: float) -> str:
        return said_as(value, self.unit)

    def sized(self, moved: float) -> str:
        """Return how far something moved in words; a share moves by points."""
        if self.directed and "share" in self.unit.split():
            return f"{moved * 100:.3g} points"
        return self._said(moved)


_HEAD: Final = ("what", "figure")
_MOVED: Final = ("moved by", "how much", "part of it")
_MOST: Final = 12
_SIGNS: Final = {
    "drift": "✕",
    "adaptation": "◆",
    "no drift": "✓",
    "not enough data": "?",
}


def refuse_no_finding(held: object, asked: str, path: str = "finding") -> None:
    """Raise `InvalidValueError` where what is asked about is no finding."""
    if not isinstance(held, Finding):
        said = f"{path} must be a finding, got {shown(held)}."
        fix = "give one of the findings of a report"
        issue = WRONG_TYPE.issue(said, path=path, value=held, fix=fix)
        raise InvalidValueError(asked, (issue,))


def _plain(held: object) -> object:
    if isinstance(held, StrEnum):
        return held.value
    return held.isoformat() if isinstance(held, date) else held
