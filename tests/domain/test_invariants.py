"""Every rule over several fields, written again: what breaks it, what mends it."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve

from missionkit.domain.care import Benchmark
from missionkit.domain.conduct import (
    AllocationBucket,
    AllocationSnapshot,
    RevenueBucket,
    RevenueSnapshot,
)
from missionkit.domain.kinds import KINDS
from missionkit.domain.measure import Observation, TargetSetting
from missionkit.domain.process import Flow, ReleaseLadder, ReleaseState, ReleaseStep
from missionkit.domain.relation import Relation
from missionkit.domain.review import (
    ActionStatus,
    Agenda,
    AgendaEntry,
    AgendaItem,
    Approval,
    Disposition,
    DriftSignal,
    ImprovementAction,
    IntentAlignment,
    IntentPart,
    PinnedDigest,
    SignalStatus,
    StageRun,
    Waiver,
)
from missionkit.domain.role import Handover
from missionkit.domain.spec import nested_specs
from missionkit.domain.stakeholder import Need, NeedKind, NeedStatus
from missionkit.domain.values import Descriptor, DescriptorScale, Money, Period
from missionkit.errors import InvalidValueError

ONE, TWO = date(2026, 1, 1), date(2026, 1, 2)
E = ("e",)


def step(state: ReleaseState, on: date = ONE) -> ReleaseStep:
    return ReleaseStep(state=state, on=on)


def buckets(cls: Any, *names: str) -> tuple[Any, ...]:  # noqa: ANN401 - either of two
    return tuple(cls(name=name, actual=Decimal(1)) for name in names)


low, high = Descriptor(name="low"), Descriptor(name="high")
first, second = AgendaEntry(code="1", title="x"), AgendaEntry(code="2", title="x")
DEVELOPED, PUBLISHED = step(ReleaseState.DEVELOPED), step(ReleaseState.PUBLISHED)
LATER = step(ReleaseState.PUBLISHED, TWO)

WAIVER: dict[str, Any] = {"code": "MK-TRC-001", "on": "x", "why": "y", "until": ONE}

# code: (class, the path of the fault, what breaks it, what is changed to mend it)
RULES: dict[str, tuple[Any, str, dict[str, Any], dict[str, Any]]] = {
    "MK-DOM-011": (
        Money,
        "currency",
        {"amount": Decimal(1), "currency": "XYZ"},
        {"currency": "USD"},
    ),
    "MK-DOM-012": (
        Money,
        "amount",
        {"amount": Decimal("0.001"), "currency": "EUR"},
        {"currency": "KWD"},
    ),
    "MK-DOM-013": (Period, "end", {"start": TWO, "end": ONE}, {"end": TWO}),
    "MK-DOM-014": (Period, "start", {}, {"end": ONE}),
    "MK-DOM-015": (
        DescriptorScale,
        "steps",
        {"name": "s", "steps": (low, low)},
        {"steps": (low, high)},
    ),
    "MK-DOM-016": (
        Need,
        "status",
        {"statement": "x", "status": NeedStatus.DECLINED},
        {"decided_reason": "y"},
    ),
    "MK-DOM-017": (
        Need,
        "status",
        {
            "statement": "x",
            "status": NeedStatus.DECLINED,
            "decided_reason": "y",
            "kind": NeedKind.OBLIGATION,
        },
        {"kind": NeedKind.REQUIREMENT},
    ),
    "MK-DOM-018": (TargetSetting, "value", {}, {"descriptor": "good"}),
    "MK-DOM-019": (
        TargetSetting,
        "until",
        {"value": Decimal(1), "since": TWO, "until": ONE},
        {"since": ONE},
    ),
    "MK-DOM-020": (Observation, "value", {"measure": "m"}, {"value": Decimal(0)}),
    "MK-DOM-021": (
        ReleaseLadder,
        "steps",
        {"steps": (DEVELOPED, step(ReleaseState.INSTALLED))},
        {"steps": (DEVELOPED, PUBLISHED, step(ReleaseState.INSTALLED))},
    ),
    "MK-DOM-022": (
        ReleaseLadder,
        "steps",
        {"steps": (step(ReleaseState.DEVELOPED, TWO), PUBLISHED)},
        {"steps": (DEVELOPED, LATER)},
    ),
    "MK-DOM-023": (Flow, "source", {"item": "x"}, {"source": "p"}),
    "MK-DOM-024": (
        Handover,
        "accepted",
        {"process": "p", "on": TWO, "accepted": ONE},
        {"accepted": TWO},
    ),
    "MK-DOM-025": (Relation, "source", {"source": "a", "target": "a"}, {"target": "b"}),
    "MK-DOM-026": (
        AllocationSnapshot,
        "buckets",
        {"buckets": buckets(AllocationBucket, "a", "a")},
        {"buckets": buckets(AllocationBucket, "a", "b")},
    ),
    "MK-DOM-027": (
        RevenueSnapshot,
        "buckets",
        {"buckets": buckets(RevenueBucket, "a", "a")},
        {"buckets": buckets(RevenueBucket, "a", "b")},
    ),
    "MK-DOM-028": (
        StageRun,
        "left",
        {"cycle": "c", "stage": "direct", "entered": TWO, "left": ONE},
        {"left": TWO},
    ),
    "MK-DOM-029": (
        Agenda,
        "entries",
        {"name": "x", "entries": (first, first)},
        {"entries": (first, second)},
    ),
    "MK-DOM-030": (
        AgendaItem,
        "deferred_to",
        {"title": "x", "disposition": Disposition.DEFERRED},
        {"deferred_to": ONE},
    ),
    "MK-DOM-031": (
        ImprovementAction,
        "status",
        {"statement": "x", "status": ActionStatus.VERIFIED, "evidence": E},
        {"verified_by": "p"},
    ),
    "MK-DOM-032": (
        Waiver,
        "granted_by",
        {
            "code": "MK-TRC-001",
            "on": "x",
            "why": "y",
            "until": ONE,
            "granted_by": "p",
            "requested_by": "p",
        },
        {"requested_by": "q"},
    ),
    "MK-DOM-033": (
        DriftSignal,
        "status",
        {"indicator": "x", "status": SignalStatus.DISMISSED},
        {"reason": "y"},
    ),
    "MK-DOM-034": (
        IntentAlignment,
        "opinion",
        {"on": "p", "intent": "i", "part": IntentPart.VISION, "rating": 1},
        {"evidence": E},
    ),
}
MENDED_OTHERWISE: dict[str, dict[str, Any]] = {
    "MK-DOM-013": {"start": None},
    "MK-DOM-014": {"start": ONE},
    "MK-DOM-016": {"status": NeedStatus.ACCEPTED},
    "MK-DOM-018": {"value": Decimal(1)},
    "MK-DOM-020": {"descriptor": "good"},
    "MK-DOM-023": {"target": "p"},
    "MK-DOM-028": {"entered": None},
    "MK-DOM-030": {"disposition": Disposition.NO_CHANGE},
    "MK-DOM-033": {"status": SignalStatus.ACTED},
    "MK-DOM-034": {"opinion": True},
}


def built(cls: Any, given: dict[str, Any]) -> object:  # noqa: ANN401 - any declared class
    needs_id = "id" in cls.__annotations__
    made: object = cls(**({"id": "x"} if needs_id else {}), **given)
    return made


def refused(build: Callable[[], object]) -> list[tuple[str, str]]:
    with pytest.raises(InvalidValueError) as caught:
        build()
    return [(issue.code, issue.path) for issue in caught.value.issues]


def test_the_rules_are_those_of_the_kinds_and_their_values() -> None:
    specs = [inner for kind in KINDS for inner in (kind, *nested_specs(kind))]

    assert {rule.code.code for spec in specs for rule in spec.invariants} == set(RULES)


@pytest.mark.parametrize("code", RULES)
def test_a_broken_rule_is_named_with_the_field_to_change(code: str) -> None:
    cls, path, broken, _ = RULES[code]

    assert refused(lambda: built(cls, broken)) == [(code, path)]


@pytest.mark.parametrize("code", RULES)
def test_a_rule_that_is_kept_is_silent(code: str) -> None:
    cls, _, broken, mended = RULES[code]

    assert built(cls, {**broken, **mended})
    assert built(cls, {**broken, **MENDED_OTHERWISE.get(code, mended)})


@pytest.mark.parametrize(
    ("states", "sound"),
    [
        (["developed"], True),
        (["published"], False),
        (["developed", "developed"], False),
        (["developed", "retired"], True),
        (["retired"], False),
        (["developed", "published", "installed", "commissioned", "retired"], True),
        (["developed", "published", "commissioned"], False),
        (["developed", "published", "developed"], False),
        (["developed", "retired", "published"], False),
        (["developed", "retired", "retired"], False),
    ],
    ids=str,
)
def test_the_release_ladder_is_climbed_rung_by_rung(
    states: list[str],
    sound: bool,  # noqa: FBT001 - a case
) -> None:
    steps = tuple(step(ReleaseState(state)) for state in states)

    if sound:
        assert ReleaseLadder(steps=steps).state is ReleaseState(states[-1])
    else:
        assert refused(lambda: ReleaseLadder(steps=steps)) == [("MK-DOM-021", "steps")]


def test_a_flow_may_have_two_different_ends() -> None:
    flow: Any = Flow
    both = flow(id="f", item="x", source="p", target="q")

    assert refused(lambda: evolve(both, target="p")) == [("MK-DOM-023", "source")]


def test_an_approval_pins_what_was_approved() -> None:
    pin = PinnedDigest(of="n", digest="0" * 64)
    given: dict[str, Any] = {"artifact": "a", "party": "p"}
    given |= {"at": datetime(2026, 1, 1, tzinfo=UTC), "digests": ()}

    assert refused(lambda: built(Approval, given)) == [("MK-DOM-002", "digests")]
    assert built(Approval, {**given, "digests": (pin,)})
    with pytest.raises(InvalidValueError, match="SHA-256"):
        evolve(pin, digest="0" * 63)


def test_a_benchmark_may_be_without_a_number() -> None:
    assert built(Benchmark, {"name": "x"})
