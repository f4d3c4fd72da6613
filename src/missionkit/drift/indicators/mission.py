"""Which share of the effort serves the mission, and of which share nobody knows."""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Final

from missionkit.drift.effort import Effort, Key, efforts
from missionkit.drift.figure import Figure, known, series, unknown
from missionkit.drift.ledger.sums import ZERO, decimal_of, plus, ratio, times, total
from missionkit.drift.moved.effort import OFF_UNSAID, Counts, effort_moved
from missionkit.drift.sight import sight, strengths
from missionkit.ports.finding import Finding
from missionkit.ports.indicator import Indicator, IndicatorView
from missionkit.ports.series import Series, SeriesPoint

SHARE: Final = "share of effort"
_BY_SIGHT: Final = "effort-on-mission"
_WEIGHTED: Final = "effort-on-mission-weighted"
_UNKNOWN: Final = "effort-unknown"


def shares(
    efforts: Iterable[Effort], counts: Callable[[Key], float | bool]
) -> Iterator[SeriesPoint]:
    """Yield which share of each period's effort counts, each key in part or whole."""
    for effort in efforts:
        if effort.reason:
            yield unknown(effort.span, effort.reason)
            continue
        whole, part = effort.whole, ZERO
        for key, amount in effort.amounts.items():
            part = plus(part, times(amount, decimal_of(float(counts(key)))))
        yield known(effort.span, ratio(part, whole), float(whole))


def on_mission(view: IndicatorView) -> Callable[[Key], bool]:
    """Return the function that says whether effort has the mission in sight."""
    on = view.once(sight).on
    return lambda key: key[0] in on


def by_sight(view: IndicatorView) -> Iterator[Series]:
    """Yield which share of all effort serves what has a line of sight to the intent.

    Effort traced to the intent by all effort, also that which serves something else,
    or nobody knows what. What counts as in sight, `sight` says. Intents and dropped
    objectives are those of the day that is asked about.
    """
    yield series(
        view,
        _BY_SIGHT,
        title="Effort on the mission",
        unit=SHARE,
        points=shares(view.once(efforts), on_mission(view)),
        refs=view.once(sight).intents,
    )


def weighted(view: IndicatorView) -> Iterator[Series]:
    """Yield the same with each hour weighted by the strongest way to the intent.

    Contributions count as parts of 100, needs by their importance, relations of spheres
    by their strength. Where a model states none of these for what was served, this is
    the figure without weights, and is not given again.
    """
    found = view.once(strengths)
    on = view.once(sight).on
    served = {key[0] or "" for each in view.once(efforts) for key in each.amounts} & on
    if any(found[ref] < 1 for ref in served):
        yield series(
            view,
            _WEIGHTED,
            title="Effort on the mission, weighted by what it contributes",
            unit="weighted share of effort",
            points=shares(view.once(efforts), _weights(view)),
            refs=view.once(sight).intents,
        )


def _weights(view: IndicatorView) -> Callable[[Key], float]:
    found, on = view.once(strengths), view.once(sight).on
    return lambda key: found[key[0]] if key[0] in on and key[0] else 0.0


def not_known(view: IndicatorView) -> Iterator[Series]:
    """Yield of which share of the effort nobody can say what it served.

    Nothing is named, or something that the model does not have.
    """
    yield series(
        view,
        _UNKNOWN,
        title="Effort of which nobody knows what it served",
        unit=SHARE,
        points=shares(view.once(efforts), _nobody_knows(view)),
    )


def _nobody_knows(view: IndicatorView) -> Callable[[Key], bool]:
    seen = view.once(sight)
    return lambda key: key[0] != OFF_UNSAID and not seen.knows(key[0])


def whole_of(effort: Effort, keep: Callable[[Key], bool]) -> Decimal:
    """Return the effort of the keys that are kept."""
    return total(amount for key, amount in effort.amounts.items() if keep(key))


def counted_on_mission(view: IndicatorView, finding: Finding) -> Counts:  # noqa: ARG001 - as each is asked
    """Return what counts of the effort on the mission."""
    return on_mission(view)


def _counted_by_weight(view: IndicatorView, finding: Finding) -> Counts:  # noqa: ARG001 - as each is asked
    return _weights(view)


def _counted_unknown(view: IndicatorView, finding: Finding) -> Counts:  # noqa: ARG001 - as each is asked
    return _nobody_knows(view)


INDICATORS: tuple[Indicator, ...] = (
    Figure(
        name=_BY_SIGHT,
        make=by_sight,
        requires=("activities", "core_intent"),
        moved=effort_moved(counted_on_mission),
    ),
    Figure(
        name=_WEIGHTED,
        make=weighted,
        requires=("activities", "core_intent"),
        moved=effort_moved(_counted_by_weight),
    ),
    Figure(
        name=_UNKNOWN,
        make=not_known,
        requires=("activities",),
        moved=effort_moved(_counted_unknown),
    ),
)
