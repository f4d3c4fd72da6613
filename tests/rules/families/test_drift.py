"""Where effort went, against where it was meant to go."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest

from missionkit.domain.conduct import AllocationBucket
from missionkit.domain.draft import Draft
from missionkit.domain.ids import AnyId
from missionkit.domain.model import Model
from missionkit.domain.values import Period
from missionkit.issue import Issue
from missionkit.rules.check import check
from missionkit.samples import SAMPLE_DAY, sample
from tests.rules.cases import DAY

WINTER = Period(date(2026, 1, 1), date(2026, 3, 31))
SPRING = Period(date(2026, 4, 1), date(2026, 6, 30))
EFFORT = ("MK-DRF-037", "MK-DRF-038", "MK-DRF-039")
Amounts = Mapping[str, tuple[int | None, int]]


def issues(
    model: Model, code: str, on: date | None = None, **limits: float
) -> tuple[Issue, ...]:
    return check(model, on=on, limits=limits, select=(code,)).issues


def values(model: Model, code: str, on: date | None = None) -> dict[str, str]:
    return {issue.ref: issue.value.strip("'") for issue in issues(model, code, on)}


def gaps(model: Model, code: str, on: date | None = None) -> dict[str, str]:
    found = check(model, on=on, select=(code,)).not_judged
    return {ref: each.why for each in found for ref in each.refs}


def cast() -> Draft:
    d = Draft()
    d.operating_sphere("Homes", id="homes")
    d.operating_sphere("Town", id="town")
    d.purpose("Festival", id="festival")
    d.purpose("Learning", id="learning", off_mission=False)
    return d


def counted(  # noqa: PLR0913 - what a snapshot can say, by keyword
    d: Draft,
    amounts: Amounts,
    *,
    ref: str = "hours",
    off: int | None = 0,
    unknown: int | None = None,
    period: Period | None = WINTER,
    basis: str = "effort_hours",
) -> Draft:
    """Add a snapshot; a bucket whose name is the id of something is on that."""
    buckets = tuple(
        AllocationBucket(
            name=name,
            on=AnyId(name) if name in d.model else None,
            planned=None if planned is None else Decimal(planned),
            actual=Decimal(actual),
        )
        for name, (planned, actual) in amounts.items()
    )
    d.allocation_snapshot(
        id=ref,
        period=period,
        basis=basis,
        buckets=buckets,
        off_mission=None if off is None else Decimal(off),
        unknown=None if unknown is None else Decimal(unknown),
    )
    return d


LOST = "it depends on where the unknown part belongs"
UNSAID = "nobody said how much effort was off mission"


@pytest.mark.parametrize(
    ("amounts", "off", "unknown", "share", "why"),
    [
        ({"homes": (None, 85)}, 15, None, None, None),
        ({"homes": (None, 84)}, 16, None, "16.0%", None),
        ({"homes": (None, 84)}, 16, 20, None, LOST),
        ({"homes": (None, 84)}, 15, 1, None, LOST),
        ({"homes": (None, 85)}, 14, 1, None, None),
        ({"homes": (None, 10)}, 80, 10, "80.0%", None),
        ({"homes": (None, 85), "loose": (None, 1)}, 15, 0, None, LOST),
        ({"homes": (None, 85), "learning": (None, 16)}, 0, 0, None, None),
        ({"homes": (None, 84), "festival": (None, 16)}, None, None, "16.0%", None),
        ({"homes": (None, 84), "festival": (None, 8)}, 8, None, "16.0%", None),
        ({"homes": (None, 85)}, None, 1, None, UNSAID),
        ({}, 0, 0, None, "no effort is counted"),
        ({"homes": (None, 0)}, None, None, None, "no effort is counted"),
    ],
)
def test_effort_off_mission_is_a_share_of_all_of_it(
    amounts: Amounts,
    off: int | None,
    unknown: int | None,
    share: str | None,
    why: str | None,
) -> None:
    model = counted(cast(), amounts, off=off, unknown=unknown).model

    assert values(model, "MK-DRF-037") == ({"hours": share} if share else {})
    assert gaps(model, "MK-DRF-037") == ({"hours": why} if why else {})


def test_how_much_may_be_off_mission_is_a_limit() -> None:
    model = counted(cast(), {"homes": (None, 84)}, off=16).model

    assert not issues(model, "MK-DRF-037", off_mission_share=0.16)
    assert issues(model, "MK-DRF-037", off_mission_share=0.159)


@pytest.mark.parametrize(
    ("amounts", "path", "many"),
    [
        ({"homes": (None, 1), "town": (None, 1)}, "buckets[0].planned", "2 of 2"),
        ({"homes": (1, 1), "town": (None, 1)}, "buckets[1].planned", "1 of 2"),
        ({"homes": (1, 1)}, None, ""),
        ({}, None, ""),
    ],
)
def test_every_bucket_has_its_plan(
    amounts: Amounts, path: str | None, many: str
) -> None:
    model = counted(cast(), amounts).model
    found = issues(model, "MK-DRF-038")

    assert [issue.path for issue in found] == ([path] if path else [])
    assert all(f"for {many} buckets." in issue.message for issue in found)
    assert ("hours" in gaps(model, "MK-DRF-039")) == (path is not None or not amounts)


def test_how_far_effort_is_from_its_plan_is_the_published_number() -> None:
    shares = {"a": (50, 30), "b": (30, 30), "c": (20, 40)}
    model = counted(cast(), shares).model
    (issue,) = issues(model, "MK-DRF-039")

    assert issue.value == "'0.2067'"
    assert issue.path == "buckets[2].actual"
    assert issue.message == (
        "Allocation snapshot 'hours' is 0.21 from its plan, more than 0.2: most grew"
        " 'c'."
    )
    assert not issues(model, "MK-DRF-039", drift_distance=0.2068)


def test_effort_off_mission_was_not_planned() -> None:
    shares = {"a": (50, 25), "b": (30, 20), "c": (20, 15)}
    model = counted(cast(), shares, off=40).model
    (issue,) = issues(model, "MK-DRF-039")

    assert issue.value == "'0.4904'"
    assert issue.path == "off_mission"
    assert "most grew effort off mission." in issue.message


def test_twice_the_effort_in_the_same_shares_is_no_drift() -> None:
    model = counted(cast(), {"homes": (5, 10), "town": (1, 2)}).model

    assert values(model, "MK-DRF-039") == gaps(model, "MK-DRF-039") == {}


@pytest.mark.parametrize("off", [None, 0])
@pytest.mark.parametrize(
    ("homes", "town", "unknown", "value", "judged"),
    [
        (90, 10, 1, None, True),
        (90, 10, 60, None, False),
        (40, 60, 1, "0.45", True),
        (40, 60, 900, None, False),
    ],
)
def test_unknown_effort_may_decide(  # noqa: PLR0913 - one row of a table
    homes: int,
    town: int,
    unknown: int,
    value: str | None,
    off: int | None,
    *,
    judged: bool,
) -> None:
    shares = {"homes": (90, homes), "town": (10, town)}
    model = counted(cast(), shares, off=off, unknown=unknown).model
    found = values(model, "MK-DRF-039")

    assert [each[:4] for each in found.values()] == ([value] if value else [])
    assert gaps(model, "MK-DRF-039") == ({} if judged else {"hours": LOST})


@pytest.mark.parametrize(
    "amounts", [{"homes": (0, 5)}, {"homes": (5, 0)}, {"homes": (0, 0)}]
)
def test_nothing_has_no_shares(amounts: Amounts) -> None:
    model = counted(cast(), amounts).model

    assert values(model, "MK-DRF-039") == {}
    assert gaps(model, "MK-DRF-039") == {
        "hours": "nothing was planned, or no effort is counted"
    }


GREW: Amounts = {"homes": (90, 60), "town": (10, 40)}


@pytest.mark.parametrize(
    ("decision", "drifted"),
    [
        ({}, False),
        ({"direction": "up"}, False),
        ({"direction": "down"}, True),
        ({"direction": "up", "up_to": Decimal(40)}, False),
        ({"direction": "up", "up_to": Decimal(30)}, False),
        ({"direction": "up", "up_to": Decimal(12)}, True),
        ({"direction": "up", "up_to": Decimal(5)}, True),
        ({"up_to": Decimal(12)}, True),
        ({"effective": date(2026, 3, 31)}, False),
        ({"effective": date(2026, 4, 1)}, True),
        ({"at": date(2026, 4, 1)}, True),
        ({"at": date(2026, 4, 1), "effective": date(2026, 1, 1)}, False),
        ({"kind": "confirm_course"}, True),
        ({"kind": "resource"}, False),
        ({"covers": ()}, True),
    ],
)
def test_what_somebody_decided_is_no_drift(
    decision: dict[str, object], *, drifted: bool
) -> None:
    d = counted(cast(), GREW)
    d.decision("Change", id="change", covers=("town",))
    d.set("change", **decision)

    assert bool(values(d.model, "MK-DRF-039")) == drifted
    assert gaps(d.model, "MK-DRF-039") == {}


SHRANK: Amounts = {"homes": (50, 10), "town": (50, 50)}


@pytest.mark.parametrize(
    ("decision", "drifted"),
    [
        ({}, False),
        ({"direction": "up"}, True),
        ({"direction": "down"}, False),
        ({"direction": "down", "up_to": Decimal(10)}, False),
        ({"direction": "down", "up_to": Decimal(45)}, True),
        ({"direction": "down", "up_to": Decimal(60)}, True),
        ({"up_to": Decimal(45)}, False),
    ],
)
def test_what_may_shrink_by_decision_is_no_drift(
    decision: dict[str, object], *, drifted: bool
) -> None:
    d = counted(cast(), SHRANK)
    d.decision("Fewer homes", id="fewer", covers=("homes",))
    d.set("fewer", **decision)

    assert bool(values(d.model, "MK-DRF-039")) == drifted


def test_of_two_decisions_the_one_that_allows_more_counts() -> None:
    d = counted(cast(), GREW)
    d.decision("Less", covers=("town",), direction="up", up_to=Decimal(12))
    d.decision("More", covers=("town",), direction="up", up_to=Decimal(40))
    d.decision("Other way", covers=("town",), direction="down")

    assert values(d.model, "MK-DRF-039") == {}


def test_a_decision_makes_no_drift_of_what_is_none() -> None:
    d = counted(cast(), {"homes": (50, 500), "town": (50, 500)})
    d.decision("Ten times the homes", covers=("homes",))

    assert values(d.model, "MK-DRF-039") == {}


def test_without_an_end_of_its_period_any_decision_is_in_force() -> None:
    d = counted(cast(), GREW, period=None)
    d.decision("Grow", covers=("town",), effective=date(2030, 1, 1))

    assert values(d.model, "MK-DRF-039") == {}


@pytest.mark.parametrize(
    ("status", "at", "answered", "found"),
    [
        ("raised", None, False, True),
        ("raised", DAY, False, True),
        ("raised", date(2026, 7, 1), False, False),
        ("raised", DAY, True, False),
        ("acknowledged", DAY, False, False),
        ("acted", DAY, False, False),
    ],
)
def test_a_signal_waits_for_an_answer(
    status: str, at: date | None, *, answered: bool, found: bool
) -> None:
    d = Draft()
    d.decision("Move back", id="back")
    decision = "back" if answered else None
    d.drift_signal("Hours", id="signal", status=status, at=at, decision=decision)

    assert bool(values(d.model, "MK-DRF-039", DAY)) == found
    assert bool(values(d.model, "MK-DRF-039")) == (status == "raised" and not answered)


FAR: Amounts = {"homes": (None, 1)}


def judged(*snapshots: tuple[str, Period | None, str], on: date | None) -> set[str]:
    d = cast()
    for ref, period, basis in snapshots:
        counted(d, FAR, ref=ref, period=period, basis=basis)
    return set(values(d.model, "MK-DRF-038", on))


HOURS, MONEY = "effort_hours", "spend"


@pytest.mark.parametrize(
    ("snapshots", "on", "wanted"),
    [
        ([("a", WINTER, HOURS), ("b", SPRING, HOURS)], DAY, {"b"}),
        ([("a", WINTER, HOURS), ("b", SPRING, HOURS)], None, {"b"}),
        ([("a", WINTER, HOURS), ("b", SPRING, HOURS)], date(2026, 6, 29), {"a"}),
        ([("a", WINTER, HOURS), ("b", SPRING, HOURS)], date(2026, 3, 30), set()),
        ([("a", WINTER, HOURS), ("b", SPRING, MONEY)], DAY, {"a", "b"}),
        ([("a", SPRING, HOURS), ("b", SPRING, HOURS)], DAY, {"a", "b"}),
        ([("a", SPRING, HOURS), ("b", None, HOURS)], DAY, {"a"}),
        ([("a", None, HOURS), ("b", None, MONEY)], DAY, {"a", "b"}),
        ([("a", Period(start=DAY), HOURS)], DAY, {"a"}),
    ],
)
def test_the_newest_snapshots_are_judged(
    snapshots: list[tuple[str, Period | None, str]], on: date | None, wanted: set[str]
) -> None:
    assert judged(*snapshots, on=on) == wanted


def test_of_several_without_an_end_none_is_the_newest() -> None:
    d = counted(cast(), FAR, ref="a", period=None)
    counted(d, FAR, ref="b", period=Period(start=DAY))
    why = "without an end of its period a snapshot may or may not be the newest"

    for code in EFFORT:
        assert values(d.model, code, DAY) == {}
        assert gaps(d.model, code, DAY) == {"a": why, "b": why}


def test_without_snapshots_there_is_nothing_to_judge() -> None:
    result = check(cast().model, on=DAY, select=("MK-DRF",))

    assert (result.issues, result.not_judged) == ((), ())


def test_amounts_of_any_size_are_judged() -> None:
    d = cast()
    tiny, huge = Decimal("1e-39"), Decimal(10) ** 38
    d.allocation_snapshot(
        id="hours",
        period=WINTER,
        buckets=(
            AllocationBucket(name="a", planned=tiny, actual=tiny),
            AllocationBucket(name="b", planned=huge, actual=huge),
        ),
        unknown=Decimal(10) ** 37 * 2,
    )
    result = check(d.model, select=("MK-DRF",))

    assert {each.code for each in result.not_judged} == {"MK-DRF-037", "MK-DRF-039"}
    assert result.issues == ()


def test_the_sample_leaves_a_signal_unanswered_and_its_growth_is_decided() -> None:
    result = check(sample(), on=SAMPLE_DAY, select=EFFORT)

    assert [(i.code, i.ref) for i in result.issues] == [
        ("MK-DRF-039", "signal-waterfront-hours")
    ]
    assert result.not_judged == ()
