"""How success is measured, and what was observed."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from attrs import frozen

from missionkit.domain.declaration import Entity, entity, invariant, value
from missionkit.domain.ids import (
    EvidenceId,
    ObjectiveId,
    ObservationId,
    PartyId,
    ProcessId,
    SuccessMeasureId,
)
from missionkit.domain.marks import Doc, Expected, Link
from missionkit.domain.values import Cadence, DescriptorScale, Line, Name, Period


class Direction(StrEnum):
    """Which values of a measure are good."""

    HIGHER = "higher"
    LOWER = "lower"
    BAND = "band"


class MeasureKind(StrEnum):
    """Whether a measure counts or describes."""

    QUANTITATIVE = "quantitative"
    QUALITATIVE = "qualitative"


class ValueChainStage(StrEnum):
    """Where along the value chain something is measured."""

    INPUT = "input"
    INPUT_PROCESSING = "input_processing"
    OUTPUT = "output"
    OUTPUT_PROCESSING = "output_processing"
    OUTCOME = "outcome"


class Quality(StrEnum):
    """How an observation came about."""

    MEASURED = "measured"
    ESTIMATED = "estimated"
    PROVISIONAL = "provisional"


@frozen(kw_only=True)
@value
class TargetSetting:
    """A target, since when it holds, who set it and why: a number or a descriptor."""

    value: Decimal | None = None
    descriptor: Line | None = None
    since: date | None = None
    until: date | None = None
    by: Annotated[PartyId | None, Link("set_by")] = None
    why: str = ""

    @invariant(
        "MK-DOM-018",
        "a target is a number or a descriptor",
        fields=("value", "descriptor"),
        fix="give one of the two",
    )
    def _says_something(self) -> bool:
        return self.value is not None or self.descriptor is not None

    @invariant(
        "MK-DOM-019",
        "a target does not end before it holds",
        fields=("until", "since"),
        fix="swap the two dates, or correct one",
    )
    def _ordered(self) -> bool:
        return self.since is None or self.until is None or self.since <= self.until


@frozen(kw_only=True)
@entity("success_measure")
class SuccessMeasure(Entity):
    """By what one sees whether an objective is reached or a process works."""

    id: SuccessMeasureId
    name: Name
    of: Annotated[
        ObjectiveId | ProcessId | None,
        Link("measured_by", reverse=True, trace=True),
        Expected("a measure of nothing steers nothing"),
    ] = None
    kind: MeasureKind = MeasureKind.QUANTITATIVE
    direction: Annotated[
        Direction | None, Expected("one must know which values are good")
    ] = None
    stage: ValueChainStage | None = None
    dimension: str = ""
    unit: Annotated[Line | None, Expected("a number without a unit says nothing")] = (
        None
    )
    baseline: Decimal | None = None
    threshold: Annotated[
        Decimal | None, Expected("below the threshold the result is unsatisfying")
    ] = None
    worst: Annotated[Decimal | None, Expected("the worst value ends the scale")] = None
    targets: Annotated[
        tuple[TargetSetting, ...],
        Expected("without a target nobody can say whether it is met"),
        Doc("in the order in which they were set"),
    ] = ()
    frequency: Annotated[
        Cadence | None, Expected("a measure that is not read goes stale unseen")
    ] = None
    leading: bool = False
    formula: str = ""
    scale: DescriptorScale | None = None

    def target_on(self, day: date) -> TargetSetting | None:
        """Return the newest target that holds on *day*; one without dates always."""
        holding = [
            target
            for target in self.targets
            if (target.since or date.min) <= day <= (target.until or date.max)
        ]
        return max(holding, key=lambda t: t.since or date.min, default=None)


@frozen(kw_only=True)
@entity("observation")
class Observation(Entity):
    """One reading of a measure: a number, or a descriptor of its scale."""

    id: ObservationId
    measure: Annotated[SuccessMeasureId, Link("observed", reverse=True)]
    value: Decimal | None = None
    descriptor: Line | None = None
    unit: Annotated[
        Line | None, Doc("as it was recorded; that of the measure if left out")
    ] = None
    at: Annotated[date | None, Expected("a reading without a day shows no trend")] = (
        None
    )
    period: Period | None = None
    quality: Quality = Quality.MEASURED
    recorded_by: Annotated[PartyId | None, Link("recorded_by")] = None
    evidence: Annotated[EvidenceId | None, Link("shown_by")] = None
    corrects: Annotated[ObservationId | None, Link("corrects", acyclic=True)] = None

    @invariant(
        "MK-DOM-020",
        "an observation holds a number or a descriptor",
        fields=("value", "descriptor"),
        fix="give one of the two",
    )
    def _says_something(self) -> bool:
        return self.value is not None or self.descriptor is not None
