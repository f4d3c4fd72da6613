"""A finding becomes a signal, which a review has to answer."""

from datetime import date
from typing import Final

from missionkit.domain.checking import refuse_no_day
from missionkit.domain.ids import AnyId, DriftSignalId, new_id, slug
from missionkit.domain.model import Model, refuse_no_model
from missionkit.domain.review import DriftSignal
from missionkit.drift import codes
from missionkit.errors import InvalidValueError
from missionkit.ports.finding import DriftVerdict, Finding, refuse_no_finding

_NAMED: Final = 5


def raised(finding: Finding, model: Model, at: date) -> DriftSignal:
    """Return the signal of a drift that no decisions cover, raised on a day.

    Its id is made of the first period from which the shift shows and of the figure's
    title. A signal that was raised of the same shift before is returned as it is, so
    that asking again raises nothing anew. It concerns what the figure is about and the
    largest drivers, as far as they are elements of the model.

    Raises:
        InvalidValueError: the finding is no drift, or decisions taken in time cover it.
    """
    refuse_no_finding(finding, "raised")
    refuse_no_model(model, "raised")
    refuse_no_day(at, "raised")
    _refuse_what_is_no_drift(finding)
    name = f"drift {finding.since or at} {finding.title}"
    for signal in model.of(DriftSignal):
        same = signal.indicator == finding.title and signal.detector == finding.method
        if same and signal.id.startswith(slug(name)):
            return signal
    return DriftSignal(
        id=DriftSignalId(new_id("drift_signal", name, model)),
        indicator=finding.title,
        detector=finding.method,
        at=at,
        direction=finding.direction,
        statistic=finding.statistic,
        limit=finding.limit,
        concerns=_concerns(finding, model),
    )


def _refuse_what_is_no_drift(finding: Finding) -> None:
    if finding.verdict is not DriftVerdict.DRIFT:
        said = "The finding is no drift."
    elif finding.is_adaptation:
        named = ", ".join(cover.decision for cover in finding.covers if cover.whole)
        said = f"The shift was decided in time: {named}."
    else:
        return
    issue = codes.NOTHING_TO_RAISE.issue(said, path="verdict", value=finding.verdict)
    raise InvalidValueError("raised", (issue,))


def _concerns(finding: Finding, model: Model) -> tuple[AnyId, ...]:
    moving = [driver for driver in finding.drivers if (driver.share or 0) > 0]
    refs = [*finding.refs, *(ref for each in moving[:_NAMED] for ref in each.refs)]
    return tuple(AnyId(ref) for ref in dict.fromkeys(refs) if ref in model)
