from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from missionkit.domain.draft import Draft
from missionkit.domain.ids import AnyId, ObservationId, SuccessMeasureId
from missionkit.domain.measure import Observation, TargetSetting
from missionkit.domain.model import Model
from missionkit.domain.opaque import Opaque
from missionkit.domain.values import Descriptor, DescriptorScale, Period
from missionkit.issue import Issue
from missionkit.ports.rule import NotJudged
from missionkit.rules.check import check
from tests.rules.cases import DAY, retired, told

STEPS = ("angry", "calm", "happy", "merry", "glad", "blissful")
MOODS = DescriptorScale(name="Moods", steps=tuple(Descriptor(name=s) for s in STEPS))
COUNTED: dict[str, object] = {"unit": "homes"}
IN_WORDS = {"kind": "qualitative", "scale": MOODS}


def issues(model: Model, code: str, on: date | None = None) -> list[Issue]:
    return list(check(model, on=on).of(code))


def not_judged(model: Model, code: str, on: date | None = None) -> list[NotJudged]:
    return [each for each in check(model, on=on).not_judged if each.code == code]


def read(measure: dict[str, object], **reading: object) -> Model:
    def story(d: Draft) -> None:
        d.success_measure("Done", id="done")
        d.set("done", **measure)
        d.make(Observation, id="reading", measure="done", **reading)

    return told(story)


def aimed(measure: dict[str, object], **target: object) -> Model:
    def story(d: Draft) -> None:
        d.success_measure("Done", id="done")
        setting = TargetSetting(**target)  # type: ignore[arg-type]  # of the table
        d.set("done", **measure, targets=(setting,))

    return told(story)


ONE = Decimal(1)
FITTING = [
    (COUNTED, {"value": ONE}),
    (COUNTED, {"value": ONE, "unit": "homes"}),
    (COUNTED, {"value": ONE, "descriptor": "rather many"}),
    ({}, {"value": ONE, "unit": "homes"}),
    ({}, {"descriptor": "many"}),
    ({"kind": "qualitative"}, {"descriptor": "many"}),
    ({"kind": "qualitative"}, {"value": ONE}),
    (IN_WORDS, {"descriptor": "happy"}),
    (IN_WORDS, {"value": ONE, "descriptor": "happy"}),
    ({"scale": MOODS}, {"value": ONE}),
    ({"scale": MOODS}, {"descriptor": "happy"}),
]
LISTED = "'angry', 'calm', 'happy', 'merry', 'glad'"
MISFITS = [
    (COUNTED, {"descriptor": "many"}, "descriptor", "the measure counts", "`value`"),
    *(
        ({level: ONE}, {"descriptor": "many"}, "descriptor", "counts", "`qualitative`")
        for level in ("baseline", "threshold", "worst")
    ),
    (IN_WORDS, {"value": ONE}, "value", "1, but the measure describes", LISTED),
    (IN_WORDS, {"descriptor": "hapy"}, "descriptor", "no step of 'Moods'", "'happy'?"),
    (IN_WORDS, {"descriptor": "x"}, "descriptor", "'x', no step of", LISTED),
    (IN_WORDS, {"value": ONE, "descriptor": "x"}, "descriptor", "no step", LISTED),
    ({"scale": MOODS}, {"descriptor": "x"}, "descriptor", "no step of", LISTED),
]


@pytest.mark.parametrize(("measure", "held"), FITTING, ids=str)
def test_what_fits_its_measure_is_fine(
    measure: dict[str, object], held: dict[str, object]
) -> None:
    assert issues(read(measure, **held), "MK-MSR-018") == []
    if "unit" not in held:
        assert issues(aimed(measure, **held), "MK-MSR-018") == []


@pytest.mark.parametrize(("measure", "held", "path", "said", "fix"), MISFITS, ids=str)
def test_what_does_not_fit_is_found_in_readings_and_in_targets(
    measure: dict[str, object], held: dict[str, object], path: str, said: str, fix: str
) -> None:
    (reading,) = issues(read(measure, **held), "MK-MSR-018")
    (target,) = issues(aimed(measure, **held), "MK-MSR-018")

    assert (reading.ref, reading.path) == ("reading", path)
    assert reading.message.startswith("Observation 'reading' of 'Done' is ")
    assert (target.ref, target.path) == ("done", f"targets[0].{path}")
    assert target.message.startswith("Success measure 'Done' has the target ")
    for issue in (reading, target):
        assert said in issue.message
        assert fix in issue.fix


def test_many_wrong_words_are_not_all_looked_for() -> None:
    steps = tuple(Descriptor(name=f"step number {n}") for n in range(150))
    scale = DescriptorScale(name="Steps", steps=steps)

    def story(d: Draft) -> None:
        d.success_measure("Done", id="done", scale=scale)
        for number in range(150):
            d.observation(
                id=f"o{number:03}", measure="done", descriptor=f"stop number {number}"
            )

    found = issues(told(story), "MK-MSR-018")

    assert len(found) == 150
    near = ["did you mean" in issue.fix for issue in found]
    assert near == [True] * 100 + [False] * 50


def test_long_words_and_names_fit_into_a_line() -> None:
    long = "so many words that one line is too short for them " * 9
    scale = DescriptorScale(name=long.strip(), steps=(Descriptor(name="x"),))

    def story(d: Draft) -> None:
        target = TargetSetting(descriptor=long.strip())
        for ref in ("counted", "scaled"):
            d.success_measure(long.strip(), id=ref, targets=(target,))
            d.observation(id=f"{ref}-{'x' * 40}", measure=ref, descriptor=long.strip())
        d.set("counted", unit=long.strip())
        d.set("scaled", scale=scale)
        unit = f"other {long.strip()}"
        d.observation(id="y" * 40, measure="counted", value=ONE, unit=unit)

    found = issues(told(story), "MK-MSR-018")

    assert len(found) == 5
    assert max(len(issue.message) for issue in found) <= 120


def test_a_reading_in_another_unit_names_both() -> None:
    (issue,) = issues(read(COUNTED, value=ONE, unit="Homes"), "MK-MSR-018")

    assert (issue.path, issue.value) == ("unit", "'Homes'")
    assert (
        issue.message
        == "Observation 'reading' of 'Done' is in 'Homes', not in 'homes'."
    )
    assert "'homes'" in issue.fix


def test_a_corrected_reading_is_not_judged_any_more() -> None:
    def story(d: Draft) -> None:
        d.success_measure("Done", id="done", unit="homes")
        d.observation(
            id="wrong", measure="done", value=1, unit="streets", at=date(2030, 1, 1)
        )
        d.observation(id="right", measure="done", value=9, at=DAY, corrects="wrong")

    assert issues(told(story), "MK-MSR-018", DAY) == []
    assert issues(told(story), "MK-MSR-019", DAY) == []


def test_a_reading_of_a_measure_that_was_erased_has_no_unit_to_fit() -> None:
    gone = Opaque(kind="success_measure", id=AnyId("gone"), erased=True)
    reading = Observation(
        id=ObservationId("reading"),
        measure=SuccessMeasureId("gone"),
        value=ONE,
        unit="homes",
        at=DAY,
    )

    assert issues(Model([gone, reading]), "MK-MSR-018") == []
    assert issues(Model([gone, reading]), "MK-MSR-019", DAY) == []


@pytest.mark.parametrize(
    ("demand", "resource", "found"),
    [
        ({"unit": "hours", "quantity": 3}, {"unit": "people", "capacity": 9}, 1),
        ({"unit": "people", "quantity": 3}, {"unit": "people", "capacity": 9}, 0),
        ({"unit": "hours"}, {"unit": "people", "capacity": 9}, 0),
        ({"unit": "hours", "quantity": 3}, {"unit": "people"}, 0),
        ({"quantity": 3}, {"unit": "people", "capacity": 9}, 0),
        ({"unit": "hours", "quantity": 3}, {"capacity": 9}, 0),
        ({"unit": "hours", "quantity": 3, "resource": None}, {}, 0),
    ],
    ids=str,
)
def test_a_demand_is_in_the_unit_of_its_resource(
    demand: dict[str, object], resource: dict[str, object], found: int
) -> None:
    def story(d: Draft) -> None:
        d.resource("Fitters", id="fitters")
        d.set("fitters", **resource)
        d.resource_demand("Fitters for streets", id="demand", resource="fitters")
        d.set("demand", **demand)

    assert len(issues(told(story), "MK-MSR-018")) == found


def test_a_demand_in_another_unit_names_both() -> None:
    def story(d: Draft) -> None:
        d.resource("Fitters", id="fitters", capacity=9, unit="people")
        d.resource_demand(
            "Work", id="demand", resource="fitters", quantity=3, unit="hours"
        )

    (issue,) = issues(told(story), "MK-MSR-018")

    assert (issue.ref, issue.path, issue.value) == ("demand", "unit", "'hours'")
    assert issue.message == (
        "Resource demand 'Work' is in 'hours', but 'Fitters' in 'people'."
    )


YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
LATER = date(2030, 1, 1)


def of_objective(
    *targets: TargetSetting, period: Period | None = YEAR
) -> Callable[[Draft], None]:
    def story(d: Draft) -> None:
        d.objective("Insulate", id="insulate", period=period)
        d.success_measure("Done", id="done", of="insulate", targets=targets)

    return story


def of_process(d: Draft) -> None:
    d.process("Build", id="build", release=retired(date(2026, 12, 31)))
    d.success_measure("Done", id="done", of="build")


def judged(
    life: Callable[[Draft], object], at: date | None, period: Period | None = None
) -> list[tuple[str, str]]:
    def story(d: Draft) -> None:
        life(d)
        d.observation(id="reading", measure="done", value=1, at=at, period=period)

    return [(i.path, i.message) for i in issues(told(story), "MK-MSR-019", LATER)]


def target(since: date | None, until: date | None = None) -> TargetSetting:
    return TargetSetting(value=ONE, since=since, until=until)


LAST_YEAR = Period(date(2025, 1, 1), date(2025, 12, 31))
INSIDE: dict[str, tuple[Callable[[Draft], object], date | None, Period | None]] = {
    "on the first day": (of_objective(), YEAR.start, None),
    "on the last day": (of_objective(), YEAR.end, None),
    "a month after the end": (of_objective(), date(2027, 1, 31), None),
    "of the period, taken long after": (of_objective(), LATER, YEAR),
    "of a period that begins before": (
        of_objective(),
        None,
        Period(date(2025, 12, 1), YEAR.start),
    ),
    "of a period that ends after": (
        of_objective(),
        None,
        Period(YEAR.end, date(2027, 1, 31)),
    ),
    "of a period without an end": (of_objective(), None, Period(date(2020, 1, 1))),
    "of a period without a start": (of_objective(), None, Period(None, YEAR.start)),
    "with a target from before": (
        of_objective(target(None), target(LAST_YEAR.start)),
        LAST_YEAR.start,
        None,
    ),
    "with a target to later": (
        of_objective(target(None, date(2027, 12, 31)), target(None)),
        date(2028, 1, 31),
        None,
    ),
    "of an objective without a start": (
        of_objective(target(YEAR.start), period=Period(None, YEAR.end)),
        LAST_YEAR.start,
        None,
    ),
    "of an objective without an end": (
        of_objective(target(None, YEAR.end), period=Period(YEAR.start)),
        LATER,
        None,
    ),
    "of an objective without a period": (of_objective(period=None), LATER, None),
    "of a process in use": (of_process, date(2025, 1, 1), None),
    "of a process that ended a month ago": (of_process, date(2027, 1, 31), None),
    "of a process that nobody released": (
        lambda d: d.success_measure("Done", id="done", of=d.process("Build")),
        date(1990, 1, 1),
        None,
    ),
    "of a process that is not retired": (
        lambda d: d.success_measure(
            "Done",
            id="done",
            of=d.process("Build", release=type(retired())(steps=retired().steps[:1])),
        ),
        LATER,
        None,
    ),
    "of nothing": (lambda d: d.success_measure("Done", id="done"), LATER, None),
}
BEGAN = "before 'Insulate' began on 2026-01-01."
ENDED = "after 'Insulate' ended on 2026-12-31."
OUTSIDE: dict[
    str, tuple[Callable[[Draft], object], date | None, Period | None, tuple[str, str]]
] = {
    "the day before": (of_objective(), date(2025, 12, 31), None, ("at", BEGAN)),
    "more than a month after": (of_objective(), date(2027, 2, 1), None, ("at", ENDED)),
    "of the year before": (of_objective(), YEAR.start, LAST_YEAR, ("period", BEGAN)),
    "of the year after": (
        of_objective(),
        None,
        Period(date(2027, 1, 1), date(2027, 12, 31)),
        ("period", ENDED),
    ),
    "before its first target": (
        of_objective(target(LAST_YEAR.start)),
        date(2024, 12, 31),
        None,
        ("at", "before 'Insulate' began on 2025-01-01."),
    ),
    "before the process was made": (
        of_process,
        date(2024, 12, 31),
        None,
        ("at", "before 'Build' was developed on 2025-01-01."),
    ),
    "when the process was retired": (
        of_process,
        date(2027, 2, 1),
        None,
        ("at", "after 'Build' was retired on 2026-12-31."),
    ),
    "ahead": (
        of_objective(),
        date(2030, 1, 2),
        YEAR,
        ("period", "which is after 2030-01-01."),
    ),
    "of a period that lies ahead": (
        of_objective(period=None),
        None,
        Period(date(2030, 1, 2)),
        ("period", "which is after 2030-01-01."),
    ),
    "of a period that ends ahead, nobody knows when it began": (
        of_objective(period=None),
        None,
        Period(None, date(2030, 1, 2)),
        ("period", "which is after 2030-01-01."),
    ),
}


@pytest.mark.parametrize("reading", INSIDE)
def test_a_reading_within_its_time_is_fine(reading: str) -> None:
    assert judged(*INSIDE[reading]) == []


@pytest.mark.parametrize("reading", OUTSIDE)
def test_a_reading_outside_of_its_time_is_found(reading: str) -> None:
    life, at, period, (path, said) = OUTSIDE[reading]
    ((found, message),) = judged(life, at, period)

    assert found == path
    assert message.startswith("Observation 'reading' is of ")
    assert message.endswith(said)


def test_how_late_a_reading_may_be_taken_is_a_limit() -> None:
    def story(d: Draft) -> None:
        of_objective()(d)
        d.observation(measure="done", value=1, at=date(2027, 1, 2))

    def found(days: float) -> int:
        limits = {"late_reading_days": days}
        return len(check(told(story), on=LATER, limits=limits).of("MK-MSR-019"))

    assert [found(days) for days in (0, 1, 2, 1e300)] == [1, 1, 0, 0]


def test_a_reading_without_a_day_is_not_judged() -> None:
    model = read({}, value=ONE)
    (found,) = not_judged(model, "MK-MSR-019", DAY)

    assert found.refs == ("reading",)
    assert not_judged(model, "MK-MSR-019") == [found]


def test_without_a_day_to_judge_only_what_lies_ahead_is_left_open() -> None:
    def story(d: Draft) -> None:
        of_objective()(d)
        d.observation(id="reading", measure="done", value=1, at=date(2025, 12, 31))

    (issue,) = issues(told(story), "MK-MSR-019")
    (found,) = not_judged(told(story), "MK-MSR-019")

    assert issue.ref == "reading"
    assert "lies ahead" in found.why
