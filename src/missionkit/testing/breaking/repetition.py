"""Faults of what stands there twice, and of days on which nothing does."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from attrs import evolve

from missionkit.domain.ids import CoreIntentId, ReviewCycleId, RoleAssignmentId
from missionkit.domain.intent import CoreIntent
from missionkit.domain.model import Model
from missionkit.domain.role import RoleAssignment
from missionkit.domain.values import Period
from missionkit.testing.breaking.finding import cycle_in, other
from missionkit.testing.fault import Change, fault

_LONG_AGO: Final = Period(date(1901, 1, 1), date(1901, 12, 31))
_DAY: Final = timedelta(days=1)
_AGAIN: Final = "yet-again"
"""An id that stands behind those of the elements which it is said beside."""


@fault("MK-STR-029", shape="review")
def two_reviews(model: Model) -> Iterator[Change]:
    """Begin another review of the same thing beside the one that goes on."""
    for review in cycle_in(model):
        ref = ReviewCycleId(other(model, _AGAIN))
        put = evolve(review, id=ref, previous=None)
        yield Change(ref=ref, path="status", put=(put,))


@fault("MK-STR-030", shape="review")
def days_without_mission(model: Model) -> Iterator[Change]:
    """End one mission days before the next one begins."""
    intents = model.of(CoreIntent)
    for intent in intents:
        for later in intents:
            period, start = intent.effective, later.effective and later.effective.start
            if period and period.end and start and date.min < period.end < start:
                end = max(period.end - _DAY, period.start or date.min)
                put = evolve(intent, effective=evolve(period, end=end))
                yield Change(ref=later.id, path="effective", put=(put,))
    for intent in intents:
        if len(intents) == 1 and intent.effective and intent.effective.start:
            ref = CoreIntentId(other(model, "another-mission"))
            put = evolve(intent, id=ref, effective=_LONG_AGO, supersedes=None)
            yield Change(ref=intent.id, path="effective", put=(put,))


@fault("MK-STR-031")
def said_twice(model: Model) -> Iterator[Change]:
    """Say a second time who plays a role for something."""
    for played in model.of(RoleAssignment):
        ref = RoleAssignmentId(other(model, _AGAIN))
        yield Change(ref=ref, put=(evolve(played, id=ref),))
