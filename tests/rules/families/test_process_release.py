from datetime import date
from decimal import Decimal

import pytest
from attrs import evolve

from missionkit.domain.draft import Draft
from missionkit.domain.ids import EvidenceId
from missionkit.domain.measure import TargetSetting
from missionkit.domain.model import Model
from missionkit.domain.process import (
    DesignBrief,
    ReleaseLadder,
    ReleaseState,
    ReleaseStep,
)
from missionkit.domain.values import Period
from missionkit.rules.check import check
from tests.rules.cases import DAY, retired, told
from tests.rules.stories.processes import ANSWERS, climbed

COMMISSIONED = date(2026, 4, 1)
LATER = date(2026, 4, 2)


def found(model: Model, number: int, on: date | None = DAY) -> list[str]:
    return [issue.message for issue in check(model, on=on).of(f"MK-PRC-{number:03}")]


def briefed(brief: DesignBrief | None, ladder: ReleaseLadder | None) -> Model:
    return told(lambda d: d.process("Build", id="build", brief=brief, release=ladder))


def test_a_published_process_without_a_brief_is_one_fault() -> None:
    assert found(briefed(None, climbed(2)), 10) == [
        "Process 'Build' was published without a design brief."
    ]


@pytest.mark.parametrize("rungs", [1, 2, 3, 4])
def test_each_question_is_answered_from_publishing_on(rungs: int) -> None:
    model = briefed(DesignBrief(), climbed(rungs))

    assert len(found(model, 10)) == (0 if rungs == 1 else 5)
    assert found(briefed(DesignBrief(**ANSWERS), climbed(rungs)), 10) == []


def test_what_is_published_later_is_not_judged_yet() -> None:
    model = briefed(None, climbed(2))

    assert found(model, 10, date(2026, 1, 31)) == []
    assert len(found(model, 10, date(2026, 2, 1))) == 1
    assert found(briefed(None, retired()), 10) == []


def test_an_answer_says_something_of_its_own() -> None:
    said = ANSWERS | {"price": "WARM homes,  to tenants", "fit": "yes"}

    assert found(briefed(DesignBrief(**said), None), 11, None) == [
        "Process 'Build': brief.fit is one word.",
        "Process 'Build': brief.price repeats another answer.",
    ]
    assert found(briefed(DesignBrief(**said), retired()), 11) == []
    assert found(briefed(DesignBrief(), None), 11) == []


@pytest.mark.parametrize(
    ("starts", "count"),
    [
        ((date(2026, 7, 1),), 0),
        ((date(2026, 7, 2),), 1),
        ((date(2026, 7, 2), date(2026, 1, 1)), 0),
        ((date(2026, 7, 2), None), 0),
        ((), 0),
    ],
)
def test_objectives_come_before_design(
    starts: tuple[date | None, ...], count: int
) -> None:
    def story(d: Draft) -> None:
        for at, start in enumerate(starts):
            period = Period(start=start) if start else None
            d.objective("Warm", id=f"warm-{at}", period=period)
        refs = tuple(f"warm-{at}" for at in range(len(starts)))
        d.process("Build", id="build", achieves=refs, release=climbed(2))

    model = told(story)
    assert len(found(model, 12)) == count
    d = Draft(model)
    d.set("build", release=climbed(3))
    assert found(d.model, 12) == []


def documented(rungs: int, collected: date | None, day: date | None) -> Model:
    """Return a process with evidence of a document, and one cared for on a day."""

    def story(d: Draft) -> None:
        d.evidence("Handbook", id="book", collected=collected)
        steps = list(climbed(rungs).steps)
        steps[1] = evolve(steps[1], evidence=(EvidenceId("book"),) if collected else ())
        d.process("Build", id="build", release=ReleaseLadder(steps=tuple(steps)))
        if day:
            function = "documentation"
            d.care_record("Wrote it", process="build", function=function, on=day)

    return told(story)


@pytest.mark.parametrize(
    ("rungs", "collected", "day", "said"),
    [
        (2, None, None, "published on 2026-02-01, and has no document"),
        (2, DAY, None, ""),
        (2, None, DAY, ""),
        (2, None, date(2026, 7, 1), "published on 2026-02-01, and has no document"),
        (3, date(2026, 3, 1), None, ""),
        (3, LATER, DAY, "installed on 2026-03-01, and was documented only on"),
        (3, LATER, date(2026, 2, 1), ""),
        (3, None, None, "installed on 2026-03-01, and has no document"),
    ],
)
def test_a_process_is_documented_before_it_is_installed(
    rungs: int, collected: date | None, day: date | None, said: str
) -> None:
    messages = found(documented(rungs, collected, day), 13)

    assert len(messages) == bool(said)
    assert all(said in message for message in messages)


def test_evidence_without_a_day_was_always_there() -> None:
    def story(d: Draft) -> None:
        d.evidence("Handbook", id="book")
        steps = tuple(
            evolve(step, evidence=(EvidenceId("book"),)) for step in climbed(4).steps
        )
        d.process("Build", release=ReleaseLadder(steps=steps))

    assert found(told(story), 13) == []
    assert found(told(story), 14) == []


@pytest.mark.parametrize("what", ["documents", "training", "measures"])
def test_what_was_handed_over_was_there(what: str) -> None:
    number = {"documents": 13, "training": 15, "measures": 16}[what]

    def story(d: Draft, on: date) -> None:
        d.process("Build", id="build", release=climbed(4))
        d.success_measure("Holes", id="holes", of="build")
        d.observation(measure="holes", value=1, at=LATER)
        d.training("Digging", process="build", on=LATER)
        d.handover(process="build", on=on, accepted=DAY, delivered={what})

    assert found(told(lambda d: story(d, date(2026, 3, 1))), number) == []
    assert len(found(told(lambda d: story(d, LATER)), number)) == 1


@pytest.mark.parametrize(("day", "count"), [(COMMISSIONED, 0), (LATER, 1), (None, 1)])
def test_a_reading_shows_that_a_process_works(day: date | None, count: int) -> None:
    def story(d: Draft) -> None:
        d.objective("Warm", id="warm")
        d.process("Build", achieves=("warm",), release=climbed(4))
        d.success_measure("Degrees", id="degrees", of="warm")
        if day:
            d.observation(measure="degrees", value=1, period=Period(end=day))
        else:
            d.observation(measure="degrees", value=1)

    assert len(found(told(story), 14)) == count


def test_without_training_or_measures_nothing_came_late() -> None:
    model = briefed(None, climbed(4))

    assert found(model, 15) == []
    assert found(model, 16) == []


@pytest.mark.parametrize(
    ("since", "told_of", "count"),
    [(COMMISSIONED, True, 0), (LATER, True, 1), (None, True, 0), (None, False, 0)],
)
def test_a_measure_is_there_from_its_first_target_on(
    since: date | None,
    told_of: bool,  # noqa: FBT001 - a case of the table
    count: int,
) -> None:
    def story(d: Draft) -> None:
        d.process("Build", id="build", release=climbed(4))
        targets = (TargetSetting(value=Decimal(3), since=since),) if told_of else ()
        d.success_measure("Holes", id="holes", of="build", targets=targets)

    assert len(found(told(story), 16)) == count


def test_a_ladder_that_ends_tomorrow_is_judged_as_it_is_today() -> None:
    late = ReleaseStep(state=ReleaseState.COMMISSIONED, on=date(2026, 7, 1))
    ladder = ReleaseLadder(steps=(*climbed(3).steps, late))

    assert found(briefed(None, ladder), 14) == []
    assert len(found(briefed(None, ladder), 14, date(2026, 7, 1))) == 1
