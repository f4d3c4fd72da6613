"""Which signals of drift wait for an answer, and which are not done with."""

from collections.abc import Iterator
from typing import Final

from missionkit.domain.review import DriftSignal, SignalStatus
from missionkit.ports.rule import RuleView

_UNRESOLVED: Final = frozenset({SignalStatus.RAISED, SignalStatus.ACKNOWLEDGED})


def waiting(view: RuleView) -> Iterator[DriftSignal]:
    """Yield the signals raised, up to the day, to which nobody has said anything.

    Whoever names a decision in a signal has answered it, whatever its status says.
    """
    for signal in view.of(DriftSignal):
        later = signal.at is not None and view.on is not None and signal.at > view.on
        if signal.status is SignalStatus.RAISED and not signal.decision and not later:
            yield signal


def unresolved(view: RuleView) -> tuple[DriftSignal, ...]:
    """Return the signals that nobody has decided about; one may have seen them."""
    return tuple(
        signal
        for signal in view.of(DriftSignal)
        if signal.status in _UNRESOLVED and not signal.decision
    )
