"""Which share of the effort serves a purpose that is declared to be off the mission."""

from collections.abc import Iterable, Iterator
from typing import Final

from missionkit.domain.plan import Purpose
from missionkit.drift.effort import Effort, efforts
from missionkit.drift.figure import Figure, known, series, unknown
from missionkit.drift.indicators.mission import SHARE, whole_of
from missionkit.drift.ledger.sums import plus, ratio
from missionkit.drift.moved.effort import OFF_UNSAID, Counts, effort_moved
from missionkit.drift.naming import titled
from missionkit.drift.sight import sight
from missionkit.ports.finding import Finding
from missionkit.ports.indicator import Indicator, IndicatorView
from missionkit.ports.series import Series, SeriesPoint

_OFF: Final = "effort-off-mission"
_PURPOSE: Final = "effort-for-purpose"


def off_mission(view: IndicatorView) -> Iterator[Series]:
    """Yield which share of all effort serves purposes declared to be off the mission.

    With what a snapshot calls off mission without saying what it served.
    """
    off = view.once(sight).off

    def point(effort: Effort) -> SeriesPoint:
        part = plus(whole_of(effort, lambda key: key[0] in off), effort.off)
        return known(effort.span, ratio(part, effort.whole), float(effort.whole))

    found = view.once(efforts)
    yield series(
        view,
        _OFF,
        title="Effort off the mission",
        unit=SHARE,
        points=(unknown(e.span, e.reason) if e.reason else point(e) for e in found),
        refs=sorted(off),
    )


def by_purpose(view: IndicatorView) -> Iterator[Series]:
    """Yield the share of each purpose declared to be off the mission.

    It refers to the influencers that drive the purpose, too: what changes in society
    shows inside first.
    """
    called = titled(view, Purpose)
    for purpose in view.of(Purpose):
        if purpose.off_mission:
            yield series(
                view,
                _PURPOSE,
                title=f"Effort for {called[purpose.id]}",
                unit=SHARE,
                points=_points(view.once(efforts), purpose.id),
                refs=(purpose.id, *purpose.driven_by),
            )


def _points(found: Iterable[Effort], ref: str) -> Iterator[SeriesPoint]:
    for effort in found:
        part = whole_of(effort, lambda key: key[0] == ref)
        if effort.reason:
            yield unknown(effort.span, effort.reason)
        elif effort.off:
            said = "a snapshot does not say for which purpose effort was off mission"
            yield unknown(effort.span, said)
        else:
            yield known(effort.span, ratio(part, effort.whole), float(effort.whole))


def _counted_off(view: IndicatorView, finding: Finding) -> Counts:  # noqa: ARG001 - as each is asked
    off = view.once(sight).off | {OFF_UNSAID}
    return lambda key: key[0] in off


def _counted_for(view: IndicatorView, finding: Finding) -> Counts:  # noqa: ARG001 - as each is asked
    ref = finding.refs[0]
    return lambda key: key[0] == ref


INDICATORS: tuple[Indicator, ...] = (
    Figure(
        name=_OFF,
        make=off_mission,
        requires=("activities", "purpose"),
        moved=effort_moved(_counted_off),
    ),
    Figure(
        name=_PURPOSE,
        make=by_purpose,
        requires=("activities", "purpose"),
        moved=effort_moved(_counted_for),
    ),
)
