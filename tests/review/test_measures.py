from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from missionkit.domain.conduct import AllocationBucket
from missionkit.domain.draft import Draft, draft
from missionkit.domain.measure import TargetSetting
from missionkit.domain.model import Model
from missionkit.domain.process import ReleaseLadder, ReleaseState, ReleaseStep
from missionkit.domain.review import ReviewCycle
from missionkit.domain.values import (
    Cadence,
    Descriptor,
    DescriptorScale,
    Period,
    Unit,
)
from missionkit.errors import InvalidValueError, NotFoundError
from missionkit.review.measures import mission_measures
from missionkit.review.mission_measure import Counted, MissionMeasure, MissionMeasures
from missionkit.samples import SAMPLE_DAY, sample
from missionkit.testing.strategies import models
from missionkit.trace.coverage import coverage
from tests.report.pages import NASTY, poisoned

DAY = date(2026, 6, 30)
YEARLY = Cadence(1, Unit.YEAR)
# The ten measures of a mission process, with what each is counted in.
TEN = {
    "need coverage": "share",
    "objective measurability": "share",
    "plan realization": "share",
    "review punctuality": "days",
    "decisions closed in time": "share",
    "age of open actions": "days",
    "oldest open action": "days",
    "drift alarm to decision": "days",
    "objectives met": "share",
    "satisfaction": "points",
    "effort on mission": "share",
}


def of(model: Model, name: str, **asked: Any) -> MissionMeasure:  # noqa: ANN401 - a cycle
    return mission_measures(model, on=DAY, **asked)[name]


def test_a_model_without_anything_has_every_measure_and_no_value() -> None:
    found = mission_measures(Model(), on=DAY)

    assert {each.name: each.unit for each in found} == TEN
    assert len(found) == len(TEN)
    assert all(each.value is None and each.reason for each in found)
    assert {each.said for each in found} == {"not judged"}
    assert {each.size for each in found} == {""}


def test_a_measure_that_is_coverage_is_the_one_of_coverage() -> None:
    found, covered = (
        mission_measures(sample(), on=SAMPLE_DAY),
        coverage(sample(), on=SAMPLE_DAY),
    )
    for name in ("need coverage", "objective measurability"):
        metric = covered[name]
        assert found[name] == MissionMeasure.of(metric)
        assert found[name].said == metric.percent
        assert found[name].missing == metric.missing


def test_the_measures_of_the_sample_are_those_counted_by_hand() -> None:
    found = mission_measures(sample(), on=SAMPLE_DAY)

    assert {each.name: each.said for each in found} == {
        "need coverage": "87 %",
        "objective measurability": "95 %",
        "plan realization": "97 %",
        "review punctuality": "not judged",
        "decisions closed in time": "not judged",
        "age of open actions": "325 days",  # seven, all of 12 December 2025
        "oldest open action": "325 days",
        "drift alarm to decision": "not judged",
        "objectives met": "17 %",  # 3 of 18; tenant-voice has no measure
        "satisfaction of applicants": "-30 of 100",
        "satisfaction of council": "-20 of 100",
        "satisfaction of employees": "not judged",
        "satisfaction of health-partnership": "not judged",
        "satisfaction of lenders": "+50 of 100",
        "satisfaction of neighbors": "+40 of 100",
        "satisfaction of regulator": "not judged",
        "satisfaction of shared-owners": "not judged",
        "satisfaction of supported-tenants": "+80 of 100",
        "satisfaction of tenants": "-6 of 100",
        "effort on mission": "96 %",  # 149,900 of 155,340 hours of the third quarter
    }
    late = found["review punctuality"].reason
    assert "due on 2026-10-06 and has not begun, 27 days late" in late
    waits = found["drift alarm to decision"].reason
    assert "1 not decided about, for 24 days" in waits
    assert "1 covered by a decision taken before" in waits


def test_the_plan_is_carried_by_processes_also_by_way_of_tactics() -> None:
    retired = ReleaseLadder(
        steps=(
            ReleaseStep(state=ReleaseState.DEVELOPED, on=DAY),
            ReleaseStep(state=ReleaseState.RETIRED, on=DAY),
        )
    )
    with draft("Trust") as d:
        aim = d.objective("Worked on", id="worked")
        d.objective("Idle", id="idle")
        old = d.objective("Past", id="past", status="dropped")
        way = d.course_of_action("Way", id="way")
        part = d.course_of_action("Part", id="part", implements=[way])
        left = d.course_of_action("Left", id="left")
        d.course_of_action("Ended", id="ended", period=Period(None, date(2025, 1, 1)))
        d.process("Work", achieves=[aim, old], realizes=[part])
        d.process("Gone", achieves=["idle"], realizes=[left], release=retired)
    found = of(d.model, "plan realization")

    assert found.value == 3 / 5
    assert found.counted == ("part", "way", "worked")
    assert found.missing == ("idle", "left")


def review(d: Draft, ref: str, begun: date | None, **known: Any) -> None:  # noqa: ANN401 - fields
    d.review_cycle(ref, id=ref, **known)
    if begun:
        d.stage_run(cycle=ref, stage="understand", entered=begun, id=f"{ref}-run")


def test_a_review_is_as_late_as_it_began_after_the_day_that_was_planned() -> None:
    with draft("Trust") as d:
        review(d, "first", date(2023, 3, 1), cadence=YEARLY)
        review(d, "second", date(2024, 3, 11), previous="first", cadence=YEARLY)
        review(d, "third", date(2025, 3, 8), previous="second", cadence=YEARLY)
        review(d, "fourth", None, previous="third", cadence=YEARLY)
    found = of(d.model, "review punctuality")

    assert found.value == (10 - 3) / 2
    assert found.said == "3.5 days"
    assert found.counted == ("second", "third")
    assert "'third' was due on 2026-03-08 and has not begun, 114 days" in found.reason
    early = of(d.model, "review punctuality", cycle="third")
    assert (early.value, early.counted, early.reason) == (-3, ("third",), "")
    waits = of(d.model, "review punctuality", cycle="fourth")
    assert waits.value is None
    assert "114 days late" in waits.reason
    assert of(d.model, "review punctuality", cycle="first").value is None


def test_a_review_that_is_due_tomorrow_is_not_late() -> None:
    with draft("Trust") as d:
        review(d, "first", date(2025, 6, 29), cadence=YEARLY)
        review(d, "free", date(2025, 1, 1))
        review(d, "next", date(2025, 6, 1), previous="free")
    assert "1 day late" in of(d.model, "review punctuality").reason
    with draft("Trust") as d:
        review(d, "first", date(2025, 6, 30), cadence=YEARLY)
    assert "late" not in of(d.model, "review punctuality").reason


def action(d: Draft, decision: str, **known: Any) -> None:  # noqa: ANN401 - fields
    d.improvement_action(f"Act on {decision}", decision=decision, **known)


def test_a_decision_is_closed_in_time_when_all_is_done_by_the_last_due_day() -> None:
    with draft("Trust") as d:
        d.review_cycle("Now", id="now")
        for name in ("good", "late", "open", "ahead", "undated", "unclosed", "none"):
            d.decision(name, id=name, cycle="now" if name == "good" else None)
        d.decision("later", id="later", at=date(2026, 7, 1))
        day = date(2026, 5, 1)
        action(d, "good", due=day, status="done", closed=day)
        action(d, "good", due=date(2026, 4, 1), status="done", closed=day)
        action(d, "good", status="canceled")
        action(d, "late", due=day, status="done", closed=date(2026, 5, 2))
        action(d, "open", due=date(2026, 6, 29))
        action(d, "ahead", due=DAY)
        action(d, "undated", due=day, status="done", closed=day)
        action(d, "undated")
        action(d, "unclosed", due=day, status="done")
        action(d, "later", due=day)
    found = of(d.model, "decisions closed in time")

    assert found.value == 1 / 3
    assert (found.counted, found.missing) == (("good",), ("late", "open"))
    assert found.reason == ("1 not due yet; 2 with an action whose day is not recorded")
    assert of(d.model, "decisions closed in time", cycle="now").value == 1


def test_an_action_is_as_old_as_the_days_since_it_was_opened_or_decided() -> None:
    with draft("Trust") as d:
        d.review_cycle("Now", id="now")
        d.decision("Do it", id="do", at=date(2026, 6, 1), cycle="now")
        d.improvement_action("Old", id="old", opened=date(2026, 1, 1))
        d.improvement_action("Mid", id="mid", opened=date(2026, 6, 20), status="done")
        d.improvement_action("Of decision", id="new", decision="do")
        d.improvement_action("Undated", id="undated")
        d.improvement_action("Ahead", id="ahead", opened=date(2026, 7, 1))
        d.improvement_action("Stopped", opened=date(2020, 1, 1), status="canceled")
        d.artifact("Taken over", view="carry-over", cycle="now", covers=["mid"])
    found = of(d.model, "age of open actions")

    assert (found.value, found.counted) == (29, ("mid", "new", "old"))
    assert found.reason == "1 without a day left out"
    oldest = of(d.model, "oldest open action")
    assert (oldest.value, oldest.counted) == (180, ("old",))
    ours = of(d.model, "age of open actions", cycle="now")
    assert (ours.value, ours.counted) == ((10 + 29) / 2, ("mid", "new"))


def test_an_alarm_is_timed_to_the_decision_that_came_after_it() -> None:
    with draft("Trust") as d:
        spring = Period(date(2026, 1, 1), date(2026, 4, 30))
        d.review_cycle("Now", id="now", period=spring)
        for name, at in (
            ("soon", date(2026, 5, 11)),
            ("before", date(2026, 1, 1)),
            ("ahead", date(2026, 7, 2)),
            ("undated", None),
        ):
            d.decision(name, id=name, at=at)
        for name, at, decision in (
            ("a", date(2026, 5, 1), "soon"),
            ("b", date(2026, 4, 1), "soon"),
            ("c", date(2026, 4, 1), "before"),
            ("d", date(2026, 6, 1), "ahead"),
            ("e", date(2026, 6, 1), "undated"),
            ("f", date(2026, 6, 29), None),
            ("g", None, "soon"),
            ("h", date(2026, 7, 1), None),
        ):
            d.drift_signal(name, id=f"signal-{name}", at=at, decision=decision)
    found = of(d.model, "drift alarm to decision")

    assert found.value == (10 + 40) / 2
    assert found.counted == ("signal-a", "signal-b")
    assert found.reason == (
        "2 not decided about, for 29 days; 1 covered by a decision taken before;"
        " 2 without a day left out"
    )
    assert of(d.model, "drift alarm to decision", cycle="now").value == 40


def measured(d: Draft, ref: str, *values: int | None, **known: Any) -> None:  # noqa: ANN401 - fields
    """Add an objective with measures of target 10; None is a measure without any."""
    d.objective(ref, id=ref, **known)
    for at, value in enumerate(values):
        measure = f"{ref}-m{at}"
        aim = [TargetSetting(value=Decimal(10))]
        d.success_measure(measure, id=measure, of=ref, direction="higher", targets=aim)
        if value is not None:
            d.observation(measure=measure, value=Decimal(value), at=DAY)


def test_an_objective_is_met_when_concluded_or_when_all_readings_say_so() -> None:
    with draft("Trust") as d:
        measured(d, "both", 10, 11)
        measured(d, "half", 10, 9)
        measured(d, "unread", 10, None)
        measured(d, "silent", None)
        measured(d, "bare")
        measured(d, "concluded", 1, status="met")
        measured(d, "given-up", 12, status="missed")
        measured(d, "gone", 12, status="dropped")
    found = of(d.model, "objectives met")

    assert found.value == 2 / 5
    assert found.counted == ("both", "concluded")
    assert found.missing == ("given-up", "half", "unread")
    assert found.reason == "2 that cannot be judged left out"


def test_satisfaction_is_the_mean_of_what_was_said_and_of_readings_in_words() -> None:
    steps = (
        Descriptor(name="bad", satisfaction=-80),
        Descriptor(name="fair"),
        Descriptor(name="good", satisfaction=40),
    )
    scale = DescriptorScale(name="verdict", steps=steps)
    with draft("Trust") as d:
        d.stakeholder("Tenants", id="tenants")
        d.stakeholder("Bank", id="bank")
        d.review_cycle("Now", id="now", period=Period(date(2025, 1, 1), None))
        need = d.need("Warmth", stakeholder="tenants")
        d.need("Nobody's")
        aim = d.objective("Warm", needs=[need])
        work = d.process("Repairs", id="repairs")
        d.business_output("A repair", satisfies=[need], produced_by=work)
        d.success_measure("Panel", id="panel", of=aim, scale=scale)
        d.success_measure("Voice", id="voice", of=work, scale=scale)
        d.success_measure("Count", id="count", of=aim)
        for measure, word, at in (
            ("panel", "bad", date(2026, 1, 1)),
            ("panel", "good", date(2026, 2, 1)),
            ("voice", "fair", date(2026, 2, 1)),
        ):
            d.observation(
                measure=measure, descriptor=word, at=at, id=f"{measure}-{word}"
            )
        d.observation(measure="count", value=Decimal(7), at=DAY)
        for name, on, said in (
            ("new", DAY, -91),
            ("unrated", DAY, None),
            ("old", date(2025, 6, 29), 100),
            ("ahead", date(2026, 7, 1), 100),
            ("undated", None, 100),
        ):
            d.feedback(
                name, id=f"said-{name}", stakeholder="tenants", on=on, satisfaction=said
            )
    found = of(d.model, "satisfaction of tenants")

    assert found.value == -25  # (40 - 91) / 2 is -25.5, rounded toward zero
    assert found.counted == ("panel-good", "said-new")
    assert (found.about, found.unit) == ("tenants", Counted.POINTS)
    assert found.reason == "1 without a rating left out"
    longer = of(d.model, "satisfaction of tenants", cycle="now")
    assert longer.value == 16  # (40 - 91 + 100) / 3
    unheard = of(d.model, "satisfaction of bank")
    assert unheard.value is None
    assert unheard.reason.startswith("no feedback with a rating")


def effort(d: Draft, end: date | None, *buckets: AllocationBucket, **known: Any) -> str:  # noqa: ANN401 - fields
    period = Period(date(2020, 1, 1), end)
    return d.allocation_snapshot(period=period, buckets=buckets, **known).id


def bucket(name: str, actual: str, on: Any = None) -> AllocationBucket:  # noqa: ANN401 - an id
    return AllocationBucket(name=name, actual=Decimal(actual), on=on)


def test_effort_on_mission_is_what_is_neither_off_mission_nor_unknown() -> None:
    with draft("Trust") as d:
        homes = d.objective("Homes").id
        off = d.purpose("Festival").id
        law = d.purpose("Returns", off_mission=False).id
        effort(d, date(2026, 3, 31), bucket("homes", "1", homes), off_mission=0)
        effort(d, date(2026, 7, 31), bucket("homes", "1", homes), off_mission=0)
        effort(d, None, bucket("homes", "1", homes), off_mission=0)
        effort(d, DAY, bucket("heads", "1", homes), basis="headcount")
        newest = effort(
            d,
            DAY,
            bucket("homes", "50", homes),
            bucket("festival", "10", off),
            bucket("returns", "5", law),
            bucket("loose", "15"),
            off_mission=Decimal(12),
            unknown=Decimal(8),
        )
    found = of(d.model, "effort on mission")

    assert found.value == 55 / 100
    assert found.counted == (newest,)
    assert found.reason == "23.0% of it unknown"
    assert found.meaning.endswith(": 2020-01-01 to 2026-06-30")


@pytest.mark.parametrize(
    ("amount", "known", "said"),
    [
        ("5", {}, "nobody said how much effort was off mission"),
        ("0", {"off_mission": 0}, "no effort is counted in the newest period"),
    ],
)
def test_effort_that_cannot_be_judged_says_why(
    amount: str, known: dict[str, Any], said: str
) -> None:
    with draft("Trust") as d:
        homes = d.objective("Homes").id
        other = d.objective("Others").id
        buckets = (bucket("a", amount, homes), bucket("b", amount, other))
        effort(d, DAY, *buckets, **{k: Decimal(v) for k, v in known.items()})
    found = of(d.model, "effort on mission")

    assert found.value is None
    assert found.reason == said


def test_what_is_asked_for_must_be_there() -> None:
    with pytest.raises(InvalidValueError):
        mission_measures("plan.json", on=DAY)  # type: ignore[arg-type]  # the point
    with pytest.raises(InvalidValueError):
        mission_measures(Model(), on="today")  # type: ignore[arg-type]  # the point
    with pytest.raises(NotFoundError, match="review-2025"):
        mission_measures(sample(), on=DAY, cycle="review-2052")
    with pytest.raises(NotFoundError, match="need coverage"):
        mission_measures(Model(), on=DAY)["need coverag"]


def test_measures_show_themselves_as_text_html_and_json() -> None:
    cycle = sample().get(ReviewCycle, "review-2025")
    found = mission_measures(sample(), on=SAMPLE_DAY, cycle=cycle)

    assert found.cycle == "review-2025"
    assert str(found).startswith("mission process of review-2025 on 2026-11-02")
    assert "not arrears, charges-explained, checks-in-date and 12 more;" in str(found)
    assert found._repr_html_() == found.to_html()
    assert found.to_html().count("<tr>") == len(found) + 1
    first = found.as_dict()["measures"]
    assert isinstance(first, list)
    assert first[0]["name"] == "need coverage"
    assert (found.as_dict()["on"], found.as_dict()["cycle"]) == (
        "2026-11-02",
        "review-2025",
    )
    assert mission_measures(Model(), on=DAY).as_dict()["cycle"] is None


def test_one_measure_shows_itself_in_a_line() -> None:
    days = MissionMeasure(name="age", meaning="", unit=Counted.DAYS, value=1)

    assert str(days) == "age: 1 day (0 counted)"
    none = MissionMeasure(name="age", meaning="", unit=Counted.DAYS, reason="no day")
    assert str(none) == "age: not judged (no day)"
    assert str(MissionMeasure(name="x", meaning="", unit=Counted.DAYS)) == (
        "x: not judged"
    )


def test_nasty_texts_stay_text() -> None:
    model = poisoned(sample(), NASTY, 1)
    html = mission_measures(model, on=SAMPLE_DAY).to_html()

    assert "<script" not in html
    assert "<img" not in html


def plain(found: MissionMeasures) -> list[dict[str, object]]:
    return [each.as_dict() for each in found]


@settings(max_examples=60)
@given(models(), st.dates(date(2000, 1, 1), date(2060, 1, 1)), st.randoms())
def test_no_order_changes_a_measure_and_nothing_is_counted_as_zero(
    model: Model,
    day: date,
    chance: Any,  # noqa: ANN401 - a random.Random
) -> None:
    found = mission_measures(model, on=day)
    turned = [*model]
    chance.shuffle(turned)

    assert found == mission_measures(Model(turned, kinds=model.kinds), on=day)
    for each in found:
        if each.value is None:
            assert each.reason
        elif each.unit is Counted.SHARE:
            assert each.counted or each.base
            assert 0 <= each.value <= 1
        else:
            assert each.counted
    for cycle in model.of(ReviewCycle):
        assert len(mission_measures(model, on=day, cycle=cycle)) == len(found)
